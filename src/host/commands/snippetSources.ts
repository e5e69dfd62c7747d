import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Script } from '../../core/script';
import { readScriptFolder } from '../../platform/scriptFolder';
import { folderProblem, snippetEndings, snippetsOf, type Snippet } from '../../services/commands/snippets';
import { settings } from '../contract/contributions';
import { pickOne, type Choice } from '../ui/steps';
import type { ScratchScripts } from './scratchScripts';
import type { Picked, ScriptRequest, ScriptSource } from './scriptSources';

type PickedChoice = Choice<() => Promise<Picked>>;

export interface SnippetOptions {
  readonly scratch: ScratchScripts;
  /** Where the folder is; undefined where none is set. Asked for each list. */
  readonly folder: () => string | undefined;
}

/** The jobs that come with the extension: first those that only read, then those that change something. */
export function shippedSource({ scratch, folder }: SnippetOptions): ScriptSource {
  return {
    choices: async (request) => {
      const snippets = fitting(await snippetsIn(folder() ?? '', request), request);
      const reads = snippets.filter(({ effect }) => effect === 'reads');
      const changes = snippets.filter(({ effect }) => effect === 'changes');
      return [
        ...reads.map((one) => choiceOf(one, l10n.t('Snippets that only read'), request, scratch)),
        ...changes.map((one) => choiceOf(one, l10n.t('Snippets that change something'), request, scratch)),
        ...toOpen(snippets, l10n.t('Snippets to read or edit first'), request, scratch),
      ];
    },
  };
}

/** The jobs in the folder that a person keeps, read whenever they are listed. */
export function folderSource({ scratch, folder }: SnippetOptions): ScriptSource {
  return {
    choices: async (request) => {
      const path = folder();
      if (path === undefined) return [];
      const group = l10n.t('Folder {0}', path);
      const read = await readScriptFolder(path, snippetEndings);
      if (!read.ok) return [troubled(folderProblem(read), group, openSetting)];
      const snippets = fitting(snippetsOf(read.files, vscode.env.language, request.input.languages), request);
      return [
        ...snippets.map((one) => choiceOf(one, group, request, scratch)),
        ...toOpen(snippets, group, request, scratch),
      ];
    },
  };
}

async function snippetsIn(path: string, { input: { languages } }: ScriptRequest): Promise<Snippet[]> {
  const read = await readScriptFolder(path, snippetEndings);
  return read.ok ? snippetsOf(read.files, vscode.env.language, languages) : [];
}

/** What these resources can run, and what nobody can, so that it is not missed. */
function fitting(snippets: readonly Snippet[], { input: { languages } }: ScriptRequest): Snippet[] {
  return snippets.filter(
    ({ scripts, problem }) => problem !== undefined || scripts.some(({ language }) => languages.includes(language)),
  );
}

function choiceOf(snippet: Snippet, group: string, request: ScriptRequest, scratch: ScratchScripts): PickedChoice {
  const { name, description, scripts, problem, path } = snippet;
  if (problem !== undefined) return troubled(problem, group, () => openFile(path), name);
  const open = {
    icon: 'go-to-file',
    label: l10n.t('Open to Read or Edit'),
    value: () => opened(snippet, request, scratch),
  };
  return {
    label: name,
    description,
    icon: 'code',
    group,
    value: () => Promise.resolve(scripts),
    button: open,
  };
}

/** The same as the buttons do, for whoever uses the keyboard alone. */
function toOpen(
  snippets: readonly Snippet[],
  group: string,
  request: ScriptRequest,
  scratch: ScratchScripts,
): PickedChoice[] {
  const usable = snippets.filter(({ problem }) => problem === undefined);
  if (usable.length === 0) return [];
  const open = async (): Promise<Picked> => {
    const answer = await pickOne<Snippet>({
      title: l10n.t('Open a script to read or edit it'),
      placeholder: '',
      empty: '',
      back: true,
      load: () =>
        Promise.resolve(usable.map((value) => ({ label: value.name, description: value.description, value }))),
    });
    if (answer === 'back') return 'back';
    return answer === 'cancel' ? undefined : opened(answer.value, request, scratch);
  };
  return [{ label: l10n.t('Open One to Read or Edit…'), icon: 'go-to-file', group, value: open }];
}

/** As a new document, so that what was shipped or kept stays as it is. */
async function opened(
  { scripts }: Snippet,
  { input: { languages }, targets }: ScriptRequest,
  scratch: ScratchScripts,
): Promise<undefined> {
  const script: Script | undefined = scripts.find(({ language }) => languages.includes(language));
  if (script !== undefined) await scratch.open(script.language, targets, script.text);
  return undefined;
}

function troubled(problem: string, group: string, open: () => Promise<unknown>, name = problem): PickedChoice {
  return {
    label: name,
    description: name === problem ? '' : problem,
    icon: 'warning',
    group,
    value: async () => {
      await open();
      return undefined;
    },
  };
}

async function openFile(path: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path));
}

async function openSetting(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', settings.commandsFolder);
}
