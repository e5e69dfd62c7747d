import * as l10n from '@vscode/l10n';
import type { Permit } from '../../client/sender';
import type { CloudError } from '../../core/cloudError';
import type { RunRecord } from '../../core/followed';
import type { Outcome } from '../journal/outcome';
import type { AccountGuard } from './accountGuard';
import type { Plan, PlanGroup, PlanTarget } from './plan';
import type { Progress } from './ports';
import type { TargetResult } from './report';
import { factsOf } from './results';
import type { RunControl } from './runControl';

/** News of one target of a run: what the cloud's record of it says by now, or its result. */
export type RunNews =
  | { readonly planned: PlanTarget; readonly record: RunRecord }
  | { readonly planned: PlanTarget; readonly result: TargetResult };

/** News of a run that is under way. */
export type Heard = RunNews & { readonly run: string; readonly plan: Plan };

/** One run in progress. */
export interface Run {
  readonly id: string;
  readonly plan: Plan;
  /** Leave to send what was confirmed. */
  readonly permit: Permit;
  readonly progress: Progress;
  readonly control: RunControl;
  readonly guard: AccountGuard;
  readonly results: TargetResult[];
  /** Tokens of earlier calls whose answer never came, by `callKey`. */
  readonly tokens: ReadonlyMap<string, string>;
  /** The run whose failures this one tries again. */
  readonly retryOf: string | undefined;
  /** Targets whose outcome stands in an `after` record. */
  readonly written: Set<PlanTarget>;
  readonly total: number;
  calls: number;
  /** Set when nothing further may be sent, although nobody cancelled. */
  stopped: string | undefined;
  /** Set when what was started must be ended as well. */
  mustEnd: boolean;
  /** What goes on in the cloud and is being followed. */
  readonly following: Promise<void>[];
  /** Whoever shows the run is told at once. */
  readonly tell: (news: RunNews) => void;
}

/** Gives a target its result; every target gets exactly one. */
export function settle(run: Run, result: TargetResult): void {
  run.results.push(result);
  run.tell({ planned: result.planned, result });
  const done = run.results.length;
  run.progress.report({ done: Math.min(done, run.total), total: run.total, text: result.planned.name });
}

/** Says what is going on where nothing is settled yet. */
export function working({ progress, results, total }: Pick<Run, 'progress' | 'results' | 'total'>, text: string): void {
  progress.report({ done: Math.min(results.length, total), total, text });
}

/** The name of a single one, or how many there are. */
export function namesOf(targets: readonly PlanTarget[]): string {
  const [only] = targets;
  return targets.length === 1 && only !== undefined ? only.name : l10n.t('{0} resources', targets.length);
}

/** What targets that never got as far as a call have in common. */
export interface SharedFate {
  readonly outcome: Outcome;
  readonly error: CloudError;
}

export function settleAll(run: Run, group: PlanGroup, targets: readonly PlanTarget[], fate: SharedFate): void {
  for (const planned of targets) settle(run, factsOf(group, planned, fate.outcome, fate.error));
}

/** Settles the targets as not sent when the run was cancelled or stopped; false where they may be sent. */
export function settleIfStopped(run: Run, group: PlanGroup, targets: readonly PlanTarget[]): boolean {
  const why = run.stopped ?? (run.progress.signal.aborted ? l10n.t('Cancelled before it was sent.') : undefined);
  if (why === undefined) return false;
  for (const planned of targets) settle(run, { group, planned, outcome: 'notSent', message: why });
  return true;
}

/** Nothing more may be sent: what happens could not be written down. */
export function stopRun(run: Run, error: unknown): void {
  const detail = error instanceof Error ? error.message : String(error);
  run.stopped ??= l10n.t('The journal could not be written, so nothing more was sent: {0}', detail);
}

/** Something is not as it was confirmed: nothing more may be sent, and what was started is stopped. */
export function alarm(run: Run, reason: string): void {
  run.stopped ??= reason;
  run.mustEnd = true;
}
