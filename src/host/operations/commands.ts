import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { outcomeWords, type OutcomeWords } from '../../core/action';
import type { Clouds } from '../../services/accounts/ports';
import { actionWritten } from '../../services/actions/declared';
import type { Gate } from '../../services/actions/gate';
import { againOf, triedAgain } from '../../services/actions/retry';
import { recipeFor } from '../../services/actions/undo';
import { csvRows, toCsv, toJsonLines } from '../../services/journal/export';
import { loadRuns } from '../../services/journal/history';
import type { Journal } from '../../services/journal/journal';
import { countOutcomes, outcomeLabel } from '../../services/journal/outcome';
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
import { saveText } from '../ui/saveText';
import type { OperationsTree } from './tree';

export interface OperationsDeps {
  readonly clouds: Clouds;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly gate: Pick<Gate, 'check' | 'retry'>;
  readonly performer: Performer;
  readonly planDocuments: Pick<PlanDocuments, 'openResult'>;
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

/** Opens what became of a run of any session. */
async function openResult(args: readonly unknown[], deps: OperationsDeps): Promise<void> {
  if (!(await deps.planDocuments.openResult(only(args, 'run', deps).run))) throw unknownRun();
}

/** Makes a new plan of what did not succeed, asks and runs it. */
async function retryFailed(args: readonly unknown[], deps: OperationsDeps): Promise<void> {
  const { runs } = await loadRuns(deps.journal);
  const run = runs.get(only(args, 'run', deps).run);
  if (run === undefined) throw unknownRun();
  if (triedAgain(run).length === 0) throw new UserError(l10n.t('Nothing of this run failed. Nothing was sent.'));
  if (againOf(run, deps.clouds) === undefined)
    throw new UserError(l10n.t('This version does not know what was done in this run. Nothing was sent.'));
  await deps.performer.act(await deps.gate.retry(run));
}

function unknownRun(): UserError {
  return new UserError(l10n.t('The journal knows nothing of this run.'));
}

/** Reads what a run left open, in whichever session, and writes down what is there now. */
async function checkRun(args: readonly unknown[], deps: OperationsDeps): Promise<void> {
  const { run } = only(args, 'run', deps);
  const outcomes = await showProgress(l10n.t('Checking unresolved results'), (progress) =>
    deps.gate.check(run, progress),
  );
  const counts = [...countOutcomes(outcomes)].map(([outcome, count]) =>
    l10n.t('{0} {1}', count, outcomeLabel(outcome, wordsOf(run, deps))),
  );
  const message =
    counts.length === 0
      ? l10n.t('Nothing of this run is unresolved.')
      : l10n.t('Checked: {0}. It is written down in the journal.', counts.join(l10n.t(', ')));
  void notify('info', message);
}

function wordsOf(id: string, { operations, clouds }: OperationsDeps): OutcomeWords | undefined {
  const targets = operations.model.run(id)?.targets ?? [];
  return outcomeWords([...new Set(targets.flatMap((target) => actionWritten(clouds, target) ?? []))]);
}

/** How to bring back what a row of a run took away. */
async function copyRecipe(args: readonly unknown[], deps: OperationsDeps): Promise<void> {
  const target = deps.operations.model.target(only(args, 'runTarget', deps));
  const recipe = target && recipeFor(deps.clouds, target);
  if (recipe === undefined) throw new UserError(l10n.t('There is no registration recipe for this row.'));
  await copy([recipe], () => l10n.t('Recipe copied'));
  void notify('info', l10n.t('The recipe is on the clipboard. Fill in the activation code before you run it.'));
}

/** Saves the journal of all sessions: every event as JSON Lines, or what became of every resource as CSV. */
async function exportJournal({ journal, clock }: OperationsDeps): Promise<void> {
  const { lines, problems } = await journal.load();
  if (lines.length === 0 && problems.length === 0) {
    void notify('info', l10n.t('The journal is empty: nothing was deleted yet.'));
    return;
  }
  const name = `cloud-assistant-journal-${clock.now().toISOString().slice(0, 10)}.jsonl`;
  const filters = { 'JSON Lines': ['jsonl'], CSV: ['csv'] };
  const title = l10n.t('Export the journal');
  const isCsv = (path: string): boolean => path.toLowerCase().endsWith('.csv');
  const text = (path: string): string => (isCsv(path) ? toCsv(lines) : toJsonLines(lines));
  const uri = await saveText({ title, name, filters, text });
  if (uri !== undefined)
    await sayExported(uri, isCsv(uri.path) ? csvRows(lines).length : lines.length, problems.length);
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
