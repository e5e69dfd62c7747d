import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { encodeLossless } from '../../platform/losslessText';
import type { Clouds } from '../../services/accounts/ports';
import type { Gate } from '../../services/actions/gate';
import { retryable } from '../../services/actions/report';
import { recipeFor } from '../../services/actions/undo';
import { toCsv, toJsonLines } from '../../services/journal/export';
import type { Journal } from '../../services/journal/journal';
import type { Clock } from '../../util/clock';
import type { Performer } from '../actions/perform';
import type { PlanDocuments } from '../actions/planDocuments';
import type { Row } from '../contract/arguments';
import type { CommandTable } from '../contract/commandTypes';
import { UserError } from '../contract/errors';
import { rowsOf, type Selection } from '../contract/selection';
import { copy } from '../ui/copy';
import { notify } from '../ui/messages';
import { showProgress } from '../ui/progress';
import type { OperationsTree } from './tree';

export interface OperationsDeps {
  readonly clouds: Clouds;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly gate: Pick<Gate, 'check' | 'retry'>;
  readonly performer: Performer;
  readonly planDocuments: Pick<PlanDocuments, 'openResult' | 'report'>;
  readonly operations: OperationsTree;
  readonly treeView: Selection;
}

export function operationsCommands(
  deps: OperationsDeps,
): CommandTable<'openResult' | 'retryFailed' | 'checkRun' | 'copyRecipe' | 'exportJournal'> {
  return {
    openResult: (args) => openResult(args, deps),
    retryFailed: (args) => retryFailed(args, deps),
    checkRun: (args) => checkRun(args, deps),
    copyRecipe: (args) => copyRecipe(args, deps),
    exportJournal: () => exportJournal(deps),
  };
}

/** Opens the result of a run of this session. */
async function openResult(args: readonly unknown[], deps: OperationsDeps): Promise<void> {
  await deps.planDocuments.openResult(reportOf(args, deps));
}

/** Makes a new plan of what failed or is unknown, asks and runs it. */
async function retryFailed(args: readonly unknown[], deps: OperationsDeps): Promise<void> {
  const report = reportOf(args, deps);
  if (retryable(report).length === 0) throw new UserError(l10n.t('Nothing of this run failed. Nothing was sent.'));
  await deps.performer.act(await deps.gate.retry(report));
}

/** Reads what a run left open, in whichever session, and writes down what is there now. */
async function checkRun(args: readonly unknown[], deps: OperationsDeps): Promise<void> {
  const { run } = only(args, 'run', deps);
  const outcomes = await showProgress(l10n.t('Checking unresolved results'), (progress) =>
    deps.gate.check(run, progress),
  );
  const gone = outcomes.filter((o) => o.outcome === 'done').length;
  const message =
    outcomes.length === 0
      ? l10n.t('Nothing of this run is unresolved.')
      : l10n.t('Checked: {0} gone, {1} still there. It is written down in the journal.', gone, outcomes.length - gone);
  void notify('info', message);
}

/** How to bring back what a row of a run took away. */
async function copyRecipe(args: readonly unknown[], deps: OperationsDeps): Promise<void> {
  const target = deps.operations.model.target(only(args, 'runTarget', deps));
  const recipe = target && recipeFor(deps.clouds, target);
  if (recipe === undefined) throw new UserError(l10n.t('There is no registration recipe for this row.'));
  await copy([recipe], () => l10n.t('Recipe copied'));
  void notify('info', l10n.t('The recipe is on the clipboard. Fill in the activation code before you run it.'));
}

/** Saves the journal of all sessions as JSON Lines or CSV. */
async function exportJournal({ journal, clock }: OperationsDeps): Promise<void> {
  const { lines, problems } = await journal.load();
  if (lines.length === 0 && problems.length === 0) {
    void notify('info', l10n.t('The journal is empty: nothing was deleted yet.'));
    return;
  }
  const name = `cloud-assistant-journal-${clock.now().toISOString().slice(0, 10)}.jsonl`;
  const filters = { 'JSON Lines': ['jsonl'], CSV: ['csv'] };
  const title = l10n.t('Export the journal');
  const uri = await vscode.window.showSaveDialog({ defaultUri: folderOf(name), filters, title });
  if (uri === undefined) return;
  const text = uri.path.toLowerCase().endsWith('.csv') ? toCsv(lines) : toJsonLines(lines);
  await vscode.workspace.fs.writeFile(uri, encodeLossless(text));
  await sayExported(uri, lines.length, problems.length);
}

function folderOf(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(folder, name);
}

async function sayExported(uri: vscode.Uri, records: number, problems: number): Promise<void> {
  const open = l10n.t('Open');
  const said = l10n.t('Exported {0} records.', records);
  const shown =
    problems === 0
      ? notify('info', said, open)
      : notify(
          'warning',
          `${said} ${l10n.t('The journal is not as it was written in {0} places; see the Operations view. It was exported as it is.', problems)}`,
          open,
        );
  if ((await shown) === open) await vscode.window.showTextDocument(uri);
}

function reportOf(args: readonly unknown[], deps: OperationsDeps) {
  const report = deps.planDocuments.report(only(args, 'run', deps).run);
  if (report === undefined)
    throw new UserError(
      l10n.t('The result of this run is no longer kept. Its row tells what became of each resource.'),
    );
  return report;
}

/** The one row of a type that a command of the Operations view is about. */
function only<T extends Row['type']>(
  args: readonly unknown[],
  type: T,
  deps: OperationsDeps,
): Extract<Row, { type: T }> {
  const row = rowsOf(args, deps).find((r): r is Extract<Row, { type: T }> => r.type === type);
  if (row === undefined) throw new UserError(l10n.t('Choose a row of the Operations view first.'));
  return row;
}
