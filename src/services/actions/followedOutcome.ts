import * as l10n from '@vscode/l10n';
import type { RunRecord, RunState } from '../../core/followed';
import type { Outcome } from '../journal/outcome';
import type { PlanGroup, PlanTarget } from './plan';
import type { TargetResult } from './report';

/** What a final record comes to; states that are not final come to nothing yet. */
const outcomes: Readonly<Record<RunState, Outcome | undefined>> = {
  waiting: undefined,
  running: undefined,
  stopping: undefined,
  other: undefined,
  succeeded: 'done',
  failed: 'failed',
  timedOut: 'timedOut',
  notDelivered: 'notDelivered',
  refused: 'refused',
  stoppedBefore: 'stoppedBefore',
  stopped: 'stopped',
};

/** The last word of a cloud about one resource; undefined while there is none. */
export function finalOutcome({ state }: RunRecord): Outcome | undefined {
  return outcomes[state];
}

export function endOf(group: PlanGroup, planned: PlanTarget, record: RunRecord): TargetResult {
  const { code, message, meaning } = record;
  const note = exitNote(record);
  // An exit code says all that the cloud's words for it say.
  const words = note === undefined ? { message, advice: meaning } : { note };
  return { group, planned, code, record, ...words, outcome: finalOutcome(record) ?? 'unknown' };
}

/** "Exit code 3." */
export function exitNote({ state, exitCode }: RunRecord): string | undefined {
  return exitCode === undefined || state !== 'failed' ? undefined : l10n.t('Exit code {0}.', exitCode);
}

/** The record of a resource whose run was asked to stop, where the cloud has no word for that. */
export function afterStop(record: RunRecord): RunRecord {
  if (record.state !== 'failed') return record;
  return { ...record, state: record.startedAt === undefined ? 'stoppedBefore' : 'stopped' };
}
