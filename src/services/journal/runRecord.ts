import type { ProviderId } from '../../core/account';
import type { ActionId } from '../../core/action';
import type { Answers } from '../../core/input';
import type { Item } from '../../core/item';
import type { KindId } from '../../core/target';
import type { CloudRunStarted } from './cloudRuns';
import type { Outcome } from './outcome';
import type { JournalAccount } from './records';

/** What the journal knows of one target of a run, as it stands now. */
export interface RunTarget {
  readonly kind: KindId;
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly accountName: string;
  /** The account with the owner of its keys; undefined where older versions wrote down nothing but its id. */
  readonly account?: JournalAccount | undefined;
  /** Undefined for targets that were never sent, where older versions did not write it down. */
  readonly provider: ProviderId | undefined;
  readonly region: string;
  /** The operation; undefined as above. */
  readonly action: string | undefined;
  /** The id of the action, where it is written down. */
  readonly does?: ActionId | undefined;
  readonly answers?: Answers | undefined;
  /** Undefined while no outcome is written down. */
  readonly outcome: Outcome | undefined;
  /** When the last word about it was written. */
  readonly time: Date;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly advice?: string | undefined;
  readonly note?: string | undefined;
  readonly requestId?: string | undefined;
  /** It was not sent, and nothing of the resource was why. */
  readonly mayRetry?: boolean | undefined;
  /** The record as it was before the call. */
  readonly resource: Item | undefined;
  /** What was said of it one after the other, the last word included; at most one word where nothing changed since. */
  readonly said: readonly RunWord[];
}

/** What was known of a target at one time, and where it was learnt. */
export interface RunWord {
  readonly time: Date;
  readonly outcome: Outcome;
  readonly code?: string | undefined;
  readonly from: 'run' | 'check' | 'retry';
}

/**
 * - `running`: this window is at it.
 * - `ended`: every target has its last word, unless some are `unknown`.
 * - `cancelled`: it ended because the person stopped it.
 * - `elsewhere`: another window, which lives, is at it.
 * - `interrupted`: no end is written down: its window was closed or crashed.
 */
export type RunState = 'running' | 'elsewhere' | 'ended' | 'cancelled' | 'interrupted';

/** One run as the journal tells it, with what checks and retries have said since. */
export interface RunRecord {
  readonly run: string;
  /** As it was asked, in the language of that time: "Deregister 3 managed instances?" */
  readonly title: string;
  /** The hash of its plan; empty where its beginning is not written down. */
  readonly plan: string;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  readonly state: RunState;
  /** The run whose failures it tries again. */
  readonly retryOf?: string | undefined;
  /** In the order in which they were sent; those never sent last. */
  readonly targets: readonly RunTarget[];
  readonly counts: ReadonlyMap<Outcome, number>;
  /** Targets of which nobody can say what became of them until they are read again. */
  readonly unresolved: readonly RunTarget[];
  /** Confirmed targets of an interrupted run that were surely never sent: nothing about them is written down. */
  readonly neverSent: number;
  /** The same by name; empty where older versions wrote down nothing but how many were confirmed. */
  readonly neverSentTargets: readonly RunTarget[];
  /** What its calls started in clouds. */
  readonly cloudRuns: readonly CloudRunStarted[];
  /** Why it stopped early, where that could not be written down. */
  readonly stopped?: string | undefined;
}

/** All targets that were confirmed, as far as they are known by name. */
export function allTargets({ targets, neverSentTargets }: RunRecord): readonly RunTarget[] {
  return [...targets, ...neverSentTargets];
}

/** The same text for the same target of any run. */
export function runTargetKey({ accountId, region, kind, id }: RunTargetId): string {
  return JSON.stringify([accountId, region, kind, id]);
}

/** What tells one target from another within a run. */
export interface RunTargetId {
  readonly accountId: string;
  readonly region: string;
  readonly kind: string;
  readonly id: string;
}
