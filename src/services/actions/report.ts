import type { RunRecord } from '../../core/followed';
import { mayTryAgain, type Outcome } from '../journal/outcome';
import type { PlanGroup, PlanTarget } from './plan';

/** One target's outcome, with what the cloud said. */

export interface TargetResult {
  readonly group: PlanGroup;
  readonly planned: PlanTarget;
  readonly outcome: Outcome;
  readonly code?: string | undefined;
  /** The cloud's words, or ours where it said nothing. */
  readonly message?: string | undefined;
  readonly advice?: string | undefined;
  /** The permission the caller lacks, where that is why. */
  readonly permission?: string | undefined;
  /** Nothing was sent, and nothing of the resource was why. */
  readonly mayRetry?: boolean | undefined;
  /** How we know, where it is not the plain answer: "confirmed by reading". */
  readonly note?: string | undefined;
  /** What the cloud keeps of it, where it went on there. */
  readonly record?: RunRecord | undefined;
  readonly requestId?: string | undefined;
  readonly exchangeId?: string | undefined;
  /** Where the outcome is `unknown`: the token a repeat of the very same call must carry. */
  readonly repeat?: RepeatToken | undefined;
}
/** Ties a client token to the exact call it stands for. */

export interface RepeatToken {
  /** Names place, operation and parameters; the same text for the same call only. */
  readonly call: string;
  readonly token: string;
}
/** What a run came to. */

export interface RunReport {
  readonly run: string;
  readonly planHash: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly cancelled: boolean;
  readonly results: readonly TargetResult[];
  /** Why the run stopped early, for example because the journal could not be written. */
  readonly stopped: string | undefined;
}
/**
 * The results that are worth another try: nothing is known to speak against them, or they were not sent because
 * something else went wrong.
 */

export function retryable(report: RunReport): TargetResult[] {
  return report.results.filter(({ outcome, mayRetry }) => mayTryAgain(outcome) || mayRetry === true);
}

/** Targets that were left alone because the cloud refused a whole call for another target's sake. */

export function untouched(report: RunReport): TargetResult[] {
  return report.results.filter((r) => r.outcome === 'notSent' && r.exchangeId !== undefined);
}
