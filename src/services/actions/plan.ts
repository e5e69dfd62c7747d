import type { AccountInfo } from '../../core/account';
import { actionOf, type Action, type Finding } from '../../core/action';
import type { Answers } from '../../core/input';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import type { Identity } from '../../core/provider';
import { targetKey, type Place, type Target } from '../../core/target';

/**
 * What is expected of one target.
 * - `go`: nothing speaks against it.
 * - `refused`: the cloud will say no, for the reasons given; it is not sent.
 * - `gone`: it does not exist any more; nothing to do.
 * - `already`: it has what is asked for; nothing to do.
 * - `unclear`: it cannot be told; it is read again before the call and stops there if it still cannot.
 */
export type Verdict = 'go' | 'refused' | 'gone' | 'already' | 'unclear';

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
  /** Those of them that its record does not show and no answer changes. */
  readonly beside?: readonly Finding[];
  readonly leftBehind: readonly string[];
}

/** The targets of one kind in one account and region: one group, one kind of call. */
export interface PlanGroup {
  readonly place: Place;
  readonly account: AccountInfo;
  readonly regionName: string;
  /** Who the keys belong to; undefined where it could not be told. */
  readonly identity: Identity | undefined;
  /** Whose the keys were when the same was tried before, where they are another's now. */
  readonly ownersBefore?: readonly string[];
  /** Tells the reviewed keys from others without holding them. */
  readonly keyMark: string | undefined;
  /** The policy asks for more than a click; the reason, for people. */
  readonly confirmReason: string | undefined;
  readonly kind: Kind;
  readonly action: Action;
  readonly answers: Answers;
  readonly targets: readonly PlanTarget[];
  /** Sent only once all groups before it are known to be done. */
  readonly isLast?: boolean;
  /** A policy or the account's level forbids the whole group; the reason, for people. */
  readonly forbidden: string | undefined;
}

/** What will be done, frozen: the ids that were reviewed are the ids that are sent, or fewer, never others. */
export interface Plan {
  readonly id: string;
  readonly madeAt: Date;
  readonly groups: readonly PlanGroup[];
  /** What is asked before it can run: until then it tells what there is, not yet what is sent. Absent in a final plan. */
  readonly questions?: readonly PlanQuestion[];
  /** SHA-256 over operations, answers, targets and records; the journal names it. */
  readonly hash: string;
}

/** A question of a plan, and the targets whose fate depends on the answer, by `targetKey`. */
export interface PlanQuestion {
  readonly text: string;
  readonly about: ReadonlySet<string>;
}

/** The questions a target's fate depends on, in words. */
export function questionsAbout({ questions = [] }: Plan, { target }: PlanTarget): string[] {
  const key = targetKey(target);
  return questions.filter(({ about }) => about.has(key)).map(({ text }) => text);
}

/** The targets that will be sent if the plan runs. */
export function runnable(plan: Plan): PlanTarget[] {
  return plan.groups.flatMap((group) => runnableOf(group));
}

export function runnableOf(group: PlanGroup): PlanTarget[] {
  if (group.forbidden !== undefined) return [];
  return group.targets.filter((t) => t.verdict === 'go' || t.verdict === 'unclear');
}

/** What can be taken out of a group: what will be sent, or may be once the questions are answered. */
export function choosable(plan: Plan, group: PlanGroup): PlanTarget[] {
  const sent = new Set(runnableOf(group));
  return group.targets.filter((target) => sent.has(target) || questionsAbout(plan, target).length > 0);
}

/** Whether real accounts and the sandbox are in one plan. */
export function isMixed(plan: Plan): boolean {
  const accounts = plan.groups.filter((group) => runnableOf(group).length > 0).map(({ account }) => account);
  return accounts.some(({ sandbox }) => sandbox === true) && accounts.some(({ sandbox }) => sandbox !== true);
}

/** An action that takes away what stands in the way of some targets. */
export interface Remedy {
  readonly action: Action;
  readonly targets: readonly Target[];
}

/** What would lift refusals of the plan, each as an action of its own; most targets first. */
export function remediesOf(plan: Plan): Remedy[] {
  const byAction = new Map<string, { readonly action: Action; readonly targets: Target[] }>();
  for (const group of plan.groups) {
    if (group.forbidden !== undefined) continue;
    for (const { target, findings, verdict } of group.targets) {
      if (verdict !== 'refused') continue;
      // Where the cloud itself refused, what was only a warning before is the reason.
      const ids = findings.flatMap(({ remedy }) => remedy ?? []);
      for (const id of new Set(ids)) {
        const action = actionOf(group.kind, id);
        if (action === undefined) continue;
        const remedy = byAction.get(id) ?? { action, targets: [] };
        remedy.targets.push(target);
        byAction.set(id, remedy);
      }
    }
  }
  return [...byAction.values()].sort((a, b) => b.targets.length - a.targets.length);
}
