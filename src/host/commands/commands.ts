import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { actionOf } from '../../core/action';
import type { ScriptInput } from '../../core/input';
import type { ScriptLanguage } from '../../core/script';
import { placeOf, type Place, type Target } from '../../core/target';
import type { Accounts, Clouds } from '../../services/accounts/ports';
import type { Inventory } from '../../services/inventory/inventory';
import type { Clock } from '../../util/clock';
import type { Performer } from '../actions/perform';
import { readArguments } from '../contract/arguments';
import type { CommandTable } from '../contract/commandTypes';
import { UserError } from '../contract/errors';
import { clickedOf, targetsOf } from '../contract/selection';
import { pickTargets } from '../resources/pickTargets';
import { notify } from '../ui/messages';
import { pickOne, type Choice } from '../ui/steps';
import { scriptOf } from './editorScript';
import type { MarkedHosts } from './markedHosts';
import { prepareScripts } from './prepareScript';
import { runCommands, type RunCommandsDeps } from './runCommands';
import { editStored, saveAsCommand } from './saveScript';
import type { ScratchScripts } from './scratchScripts';
import type { ScriptDocuments } from './scriptDocuments';
import { answersFor } from './scriptSources';
import { readStored, readyScript } from './storedScripts';

export interface CommandsDeps extends RunCommandsDeps {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly clock: Clock;
  readonly inventory: Inventory;
  readonly performer: Performer;
  readonly scratch: ScratchScripts;
  readonly marked: MarkedHosts;
  readonly scriptDocuments: Pick<ScriptDocuments, 'open'>;
  readonly treeView: vscode.TreeView<unknown>;
}

const action = 'runCommand';

type RunCommandName = 'runOnInstances' | 'showRunResult' | 'pauseRun' | 'goOnRun' | 'stopRun';
type StoredCommandName = 'openScript' | 'runStored' | 'editStored' | 'saveAsCommand';

/** Running the script in the editor, what becomes of it, and scripts that the clouds keep. */
export function commandsCommands(deps: CommandsDeps): CommandTable<RunCommandName | StoredCommandName> {
  return {
    runOnInstances: ([first]) => runOnInstances(first, deps),
    openScript: (args) => openScript(storedTarget(args, deps), deps),
    runStored: (args) => runStored(storedTarget(args, deps), deps),
    editStored: (args) => editStored(storedTarget(args, deps), deps),
    saveAsCommand: ([first]) => saveAsCommand(editorOf(first), deps),
    ...runCommands(deps),
  };
}

/** The one row whose script is meant. */
function storedTarget(args: readonly unknown[], deps: CommandsDeps): Target {
  const row = clickedOf(args, deps);
  const target = row?.type === 'resource' ? row.target : undefined;
  if (target === undefined || deps.clouds.kind(target.provider, target.kind)?.script === undefined)
    throw new UserError(l10n.t('This row holds no script. Nothing was sent.'));
  return target;
}

/** What the row was read with; what no list has is read. */
async function openScript(target: Target, deps: CommandsDeps): Promise<void> {
  const item = deps.inventory.item(target, target.kind, target.id);
  const known = item && deps.clouds.kind(target.provider, target.kind)?.script?.(item);
  const script = known ?? (await readStored(target, deps));
  await deps.scriptDocuments.open(target, script);
  if (!script.isExact)
    void notify('warning', l10n.t('The script of "{0}" is not UTF-8; what cannot be shown is replaced.', script.name));
}

/** Runs what the cloud keeps through the same plan as any other script; a person chooses where. */
async function runStored(target: Target, deps: CommandsDeps): Promise<void> {
  const stored = await readStored(target, deps);
  const script = await readyScript(stored);
  if (script === undefined) return;
  const ready = await prepareScripts([script], { valueProblem: valueProblemOf(deps, script.language), back: false });
  if (typeof ready === 'string') return;
  const targets = await askTargets(deps, [], placeOf(target));
  if (targets === undefined) return;
  const { user = '', folder = '', timeout } = stored;
  const settings = { settings: 'own', user, folder, ...(timeout !== undefined && { timeout: String(timeout) }) };
  const answers = { ...settings, ...answersFor(ready) };
  await deps.performer.perform({ action, targets, ours: true, answers });
}

/** The argument, if any, is the address that VS Code passes from the editor's title; nothing else is read from it. */
async function runOnInstances(first: unknown, deps: CommandsDeps): Promise<void> {
  const editor = editorOf(first);
  const script = editor && scriptOf(editor.document, editor.selection);
  if (editor === undefined || script === undefined)
    throw new UserError(l10n.t('Open a shell, PowerShell, batch or Python script first. Nothing was sent.'));
  const valueProblem = valueProblemOf(deps, script.language);
  const ready = await prepareScripts([script], { valueProblem, back: false });
  if (typeof ready === 'string') return;
  const targets = await askTargets(deps, deps.scratch.targetsOf(editor.document));
  if (targets === undefined) return;
  await deps.performer.perform({ action, targets, ours: true, answers: answersFor(ready) });
}

/** What the clouds say of values for a language; they say the same, for the values become part of the script. */
function valueProblemOf({ clouds }: CommandsDeps, language: ScriptLanguage): ScriptInput['valueProblem'] {
  const inputs = clouds.all.flatMap(({ kinds }) => kinds.flatMap((kind) => actionOf(kind, action)?.inputs ?? []));
  const input = inputs.find((one) => one.type === 'script' && one.languages.includes(language));
  return input?.type === 'script' ? input.valueProblem : () => undefined;
}

function editorOf(first: unknown): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  if (!(first instanceof vscode.Uri)) return active;
  const address = first.toString();
  const all = [...(active === undefined ? [] : [active]), ...vscode.window.visibleTextEditors];
  return all.find(({ document }) => document.uri.toString() === address);
}

type Where = { readonly targets: readonly Target[] } | 'others';

async function askTargets(
  deps: CommandsDeps,
  begun: readonly Target[],
  place?: Place,
): Promise<readonly Target[] | undefined> {
  const kinds = [
    ...new Set(
      deps.clouds.all.flatMap((cloud) => cloud.kinds.filter((kind) => actionOf(kind, action)).map(({ id }) => id)),
    ),
  ];
  const args = readArguments([deps.treeView.selection]);
  const selected = args.from === 'rows' ? targetsOf(args.selected, kinds) : undefined;
  const rows = selected?.ok === true ? selected.targets : [];
  const title = l10n.t('Run on instances');
  const marked = deps.marked.targets.filter(({ kind }) => kinds.includes(kind));
  const choices: Choice<Where>[] = [
    ...(begun.length === 0 ? [] : [choice(l10n.t('Those it was begun for ({0})', begun.length), begun)]),
    ...(marked.length === 0 ? [] : [choice(l10n.t('Marked in a result ({0})', marked.length), marked)]),
    ...(rows.length === 0 ? [] : [choice(l10n.t('Selected in the Resources view ({0})', rows.length), rows)]),
  ];
  if (choices.length > 0) {
    const others: Choice<Where> = { label: l10n.t('Choose others…'), icon: 'search', value: 'others' };
    const answer = await pickOne<Where>({
      title,
      placeholder: l10n.t('Which resources?'),
      empty: '',
      load: () => Promise.resolve([...choices, others]),
    });
    if (typeof answer === 'string') return undefined;
    if (answer.value !== 'others') return answer.value.targets;
  }
  return pickTargets({ title, kinds, many: true, forDeletion: false, ...(place && { place }) }, deps);
}

function choice(label: string, targets: readonly Target[]): Choice<Where> {
  return { label, icon: 'list-selection', value: { targets } };
}
