import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ScriptInput } from '../../core/input';
import { encodeScript, type Script } from '../../core/script';
import type { Target } from '../../core/target';
import { pickOne, type Choice } from '../ui/steps';
import { languageOf, scriptOf, withItsLineEnds } from './editorScript';
import type { ScratchScripts } from './scratchScripts';

type Source =
  | { readonly type: 'document'; readonly document: vscode.TextDocument; readonly selection?: vscode.Selection }
  | { readonly type: 'file' | 'new' | 'none' };

/** Which script the resources get. Undefined means that the person turned away, or writes one first. */
export async function askScript(
  input: ScriptInput,
  targets: readonly Target[],
  scratch: ScratchScripts,
): Promise<string | undefined> {
  const answer = await pickOne<Source>({
    title: input.question(targets.length),
    placeholder: l10n.t('Where is the script?'),
    empty: '',
    load: () => Promise.resolve(sources(input)),
  });
  if (typeof answer === 'string') return undefined;
  const { value } = answer;
  if (value.type === 'none') return '';
  if (value.type === 'new') {
    await scratch.open(input.languages[0] ?? 'shell', targets);
    return undefined;
  }
  const script = value.type === 'document' ? scriptOf(value.document, value.selection) : await chosenFile(input);
  const ready = script && (await withItsLineEnds(script));
  return ready && encodeScript(ready);
}

function sources(input: ScriptInput): Choice<Source>[] {
  const fits = (document: vscode.TextDocument): boolean => {
    const language = languageOf(document);
    return language !== undefined && input.languages.includes(language);
  };
  const editor = vscode.window.activeTextEditor;
  const selected = editor !== undefined && fits(editor.document) && !editor.selection.isEmpty ? editor : undefined;
  const documents = vscode.workspace.textDocuments.filter((document) => fits(document) && !document.isClosed);
  return [
    ...(selected === undefined ? [] : [documentChoice(selected.document, selected.selection)]),
    ...documents.map((document) => documentChoice(document)),
    { label: l10n.t('New Script…'), icon: 'new-file', value: { type: 'new' } },
    { label: l10n.t('Open a File…'), icon: 'folder-opened', value: { type: 'file' } },
    { label: l10n.t('Leave These Out'), icon: 'circle-slash', value: { type: 'none' } },
  ];
}

function documentChoice(document: vscode.TextDocument, selection?: vscode.Selection): Choice<Source> {
  const label = scriptOf(document, selection)?.name ?? '';
  const description = selection === undefined ? vscode.workspace.asRelativePath(document.uri) : l10n.t('selection');
  return {
    label,
    description: description === label ? '' : description,
    icon: 'file-code',
    value: { type: 'document', document, ...(selection && { selection }) },
  };
}

async function chosenFile({ languages }: ScriptInput): Promise<Script | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ canSelectMany: false })) ?? [];
  if (uri === undefined) return undefined;
  const document = await vscode.workspace.openTextDocument(uri);
  const script = scriptOf(document);
  if (script !== undefined) return script;
  const [language] = languages;
  // A file without an ending that tells: it is taken for what these resources run.
  return language === undefined
    ? undefined
    : { language, name: uri.path.split('/').at(-1) ?? '', text: document.getText() };
}
