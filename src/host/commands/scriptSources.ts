import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Answers, ScriptInput } from '../../core/input';
import { encodeScript, type Script } from '../../core/script';
import type { Target } from '../../core/target';
import type { Choice } from '../ui/steps';
import { languageOf, scriptOf } from './editorScript';
import type { ScratchScripts } from './scratchScripts';

/** What is asked: a script for these resources. */
export interface ScriptRequest {
  readonly input: ScriptInput;
  readonly targets: readonly Target[];
}

/**
 * A script, or one for each system; none on purpose, the list once more, or undefined when the person turned away or
 * first writes one.
 */
export type Picked = Script | readonly Script[] | 'none' | 'back' | undefined;

/** Somewhere scripts come from. Each is a part of one list; the order of the sources is that of the list. */
export interface ScriptSource {
  /** The choices, each with what choosing it does. */
  readonly choices: (request: ScriptRequest, signal: AbortSignal) => Promise<readonly Choice<() => Promise<Picked>>[]>;
}

/** Each script as the answer for the system that can run it; what others get is asked. */
export function answersFor(scripts: readonly Script[]): Answers {
  return Object.fromEntries(
    scripts.map((script) => {
      const isForWindows = script.language === 'powershell' || script.language === 'batch';
      return [isForWindows ? 'windowsScript' : 'script', encodeScript(script)];
    }),
  );
}

/** Scripts of the editor: what is selected, then every open document of a language that these resources run. */
export const editorSource: ScriptSource = {
  choices: ({ input: { languages } }) => {
    const fits = (document: vscode.TextDocument): boolean => {
      const language = languageOf(document);
      return language !== undefined && languages.includes(language) && !document.isClosed;
    };
    const editor = vscode.window.activeTextEditor;
    const selected = editor !== undefined && fits(editor.document) && !editor.selection.isEmpty ? editor : undefined;
    return Promise.resolve([
      ...(selected === undefined ? [] : [documentChoice(selected.document, selected.selection)]),
      ...vscode.workspace.textDocuments.filter(fits).map((document) => documentChoice(document)),
    ]);
  },
};

/** A new script for these resources, or one in a file. */
export function newSource(scratch: ScratchScripts): ScriptSource {
  return {
    choices: ({ input, targets }) =>
      Promise.resolve([
        {
          label: l10n.t('New Script…'),
          icon: 'new-file',
          value: async () => {
            await scratch.open(input.languages[0] ?? 'shell', targets);
            return undefined;
          },
        },
        { label: l10n.t('Open a File…'), icon: 'folder-opened', value: () => chosenFile(input) },
      ]),
  };
}

/** No script: these resources are left out. */
export const noneSource: ScriptSource = {
  choices: () =>
    Promise.resolve([
      { label: l10n.t('Leave These Out'), icon: 'circle-slash', value: () => Promise.resolve('none' as const) },
    ]),
};

function documentChoice(document: vscode.TextDocument, selection?: vscode.Selection): Choice<() => Promise<Picked>> {
  const label = scriptOf(document, selection)?.name ?? '';
  const description = selection === undefined ? vscode.workspace.asRelativePath(document.uri) : l10n.t('selection');
  return {
    label,
    description: description === label ? '' : description,
    icon: 'file-code',
    value: () => Promise.resolve(scriptOf(document, selection)),
  };
}

async function chosenFile({ languages }: ScriptInput): Promise<Picked> {
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
