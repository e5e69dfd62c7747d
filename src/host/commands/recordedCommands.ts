import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { RecordedResult } from '../../services/commands/recordedResult';
import type { RecordedRuns } from '../../services/commands/recordedRuns';
import type { OperationNode } from '../../services/operations/nodes';
import type { OwnRunBook } from '../../services/views/ownRunBook';
import type { Row } from '../contract/arguments';
import type { CommandTable } from '../contract/commandTypes';
import { UserError } from '../contract/errors';
import { clickedOf, type Selection } from '../contract/selection';
import { showProgress } from '../ui/progress';

export interface RecordedDeps {
  readonly recordedRuns: RecordedRuns;
  readonly ownRuns: OwnRunBook;
  readonly operations: { readonly model: { locate(run: string): Promise<OperationNode | undefined> } };
  readonly operationsView: vscode.TreeView<unknown>;
  readonly treeView: Selection;
  /** Shows what hosts said. */
  readonly showResult: (result: RecordedResult) => void;
}

/** What the clouds keep of runs, and which of them are ours. */
export function recordedCommands(deps: RecordedDeps): CommandTable<'readRunResult' | 'showInOperations'> {
  return {
    readRunResult: (args) => readRunResult(args, deps),
    showInOperations: (args) => showInOperations(args, deps),
  };
}

/** Reads what the hosts of a run said, whoever started it and in whichever session. */
async function readRunResult(args: readonly unknown[], deps: RecordedDeps): Promise<void> {
  const result = await resultOf(clickedOf(args, deps), deps);
  if (result === undefined)
    throw new UserError(l10n.t('Choose a run in the Resources view, or one that went on in a cloud in Operations.'));
  await showProgress(l10n.t('Reading what the instances said'), () => result.read());
  deps.showResult(result);
}

async function resultOf(row: Row | undefined, { recordedRuns }: RecordedDeps): Promise<RecordedResult | undefined> {
  if (row?.type === 'resource') return recordedRuns.ofRecord(row.target);
  return row?.type === 'run' ? recordedRuns.ofRun(row.run) : undefined;
}

/** Shows the run of ours that started a record. */
async function showInOperations(args: readonly unknown[], deps: RecordedDeps): Promise<void> {
  const row = clickedOf(args, deps);
  const run = row?.type === 'resource' ? deps.ownRuns.of(row.target) : undefined;
  const node = run === undefined ? undefined : await deps.operations.model.locate(run);
  if (node === undefined) throw new UserError(l10n.t('This run was not started here.'));
  await deps.operationsView.reveal(node, { select: true, focus: true, expand: true });
}
