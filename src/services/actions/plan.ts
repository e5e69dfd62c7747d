import type { AccountInfo } from '../../core/account';
import type { ChosenOptions, DestroyAction, Finding, Item, Kind } from '../../core/kind';
import type { Identity } from '../../core/provider';
import type { Place, Target } from '../../core/target';

/**
 * What is expected of one target.
 * - `go`: nothing speaks against it.
 * - `refused`: the cloud will say no, for the reasons given; it is not sent.
 * - `gone`: it does not exist any more; nothing to do.
 * - `unclear`: it cannot be told; it is read again before the call and stops there if it still cannot.
 */
export type Verdict = 'go' | 'refused' | 'gone' | 'unclear';

/** One target as it was when the plan was made. */
export interface PlanTarget {
  readonly target: Target;
  readonly name: string;
  /** The record as it was read for this plan; undefined when it could not be read. */
  readonly item: Item | undefined;
  readonly fingerprint: Readonly<Record<string, string | undefined>>;
  readonly stateLabel: string;
  readonly verdict: Verdict;
  /** Why it may be or will be refused, and what to know. */
  readonly findings: readonly Finding[];
  readonly leftBehind: readonly string[];
}

/** The targets of one kind in one account and region: one group, one kind of call. */
export interface PlanGroup {
  readonly place: Place;
  readonly account: AccountInfo;
  readonly regionName: string;
  /** Who the keys belong to; undefined where it could not be told. */
  readonly identity: Identity | undefined;
  /** Tells the reviewed keys from others without holding them. */
  readonly keyMark: string | undefined;
  /** The policy asks for more than a click; the reason, for people. */
  readonly confirmReason: string | undefined;
  readonly kind: Kind;
  readonly action: DestroyAction;
  readonly options: ChosenOptions;
  readonly targets: readonly PlanTarget[];
  /** A policy or the account's level forbids the whole group; the reason, for people. */
  readonly forbidden: string | undefined;
}

/** What will be done, frozen: the ids that were reviewed are the ids that are sent, or fewer, never others. */
export interface Plan {
  readonly id: string;
  readonly madeAt: Date;
  readonly groups: readonly PlanGroup[];
  /** SHA-256 over targets, records and options; the journal names it. */
  readonly hash: string;
}

/** The targets that will be sent if the plan runs. */
export function runnable(plan: Plan): PlanTarget[] {
  return plan.groups.flatMap((group) => runnableOf(group));
}

export function runnableOf(group: PlanGroup): PlanTarget[] {
  if (group.forbidden !== undefined) return [];
  return group.targets.filter((t) => t.verdict === 'go' || t.verdict === 'unclear');
}

/** Whether real accounts and the sandbox are in one plan. */
export function isMixed(plan: Plan): boolean {
  const accounts = plan.groups.filter((group) => runnableOf(group).length > 0).map(({ account }) => account);
  return accounts.some(({ sandbox }) => sandbox === true) && accounts.some(({ sandbox }) => sandbox !== true);
}
