import * as l10n from '@vscode/l10n';
import type { Rehearsal } from '../../client/rehearser';
import type { AccountInfo } from '../../core/account';
import type { Action, Finding } from '../../core/action';
import { CloudError } from '../../core/cloudError';
import type { Answers } from '../../core/input';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import type { Target } from '../../core/target';
import { readOnlyText } from '../accounts/levelText';
import type { PlanTarget } from './plan';
import type { SafetyVerdict } from './safetyPolicy';

const unreadable = 'unreadable';

/** What one target is judged by. */
export interface ReviewFacts {
  readonly kind: Kind;
  readonly action: Action;
  /** What the cloud says now, or why it could not be asked. */
  readonly found: ReadonlyMap<string, Item> | CloudError;
  /** What the user was looking at. */
  readonly shown: Item | undefined;
  readonly now: Date;
}

/** What is expected of a target, by what the cloud says of it now. */
export function review(target: Target, facts: ReviewFacts): PlanTarget {
  const { action, found, shown, now } = facts;
  if (found instanceof CloudError) {
    const finding: Finding = {
      level: 'refused',
      code: unreadable,
      text: [l10n.t('It could not be read, so it is not sent: {0}', found.message), found.advice]
        .filter((part) => part !== undefined)
        .join(' '),
    };
    return { ...describe(target, facts, shown), verdict: 'refused', findings: [finding], leftBehind: [] };
  }
  const item = found.get(target.id);
  if (item === undefined && action.goal.type === 'created') {
    return { ...describe(target, facts, item), verdict: 'go', findings: [], leftBehind: [] };
  }
  if (item === undefined) {
    return { ...describe(target, facts, shown), verdict: 'gone', findings: [], leftBehind: [] };
  }
  const findings = action.review.findings(item, now, {});
  const verdict = findings.some((f) => f.level === 'refused') ? 'refused' : 'go';
  const leftBehind = action.review.leftBehind?.(item, {}) ?? [];
  return { ...describe(target, facts, item), verdict, findings, leftBehind };
}

function describe(target: Target, { kind, action, now }: ReviewFacts, item: Item | undefined) {
  return {
    target,
    item,
    name: item === undefined ? target.id : kind.name(item),
    fingerprint: item === undefined ? {} : action.review.sameAs(item),
    stateLabel: item === undefined ? stateBefore(action) : kind.state(item, now).label(),
  };
}

function stateBefore({ goal }: Action): string {
  return goal.type === 'created' ? l10n.t('does not exist yet') : l10n.t('unknown');
}

/** What an action that makes something is judged by, as long as there is no record. */
export function recordBefore({ goal }: Action): Item | undefined {
  return goal.type === 'created' ? {} : undefined;
}

/** Why nothing of an account may be sent, for people; undefined when it may. */
export function forbiddenBy(account: AccountInfo, policy: SafetyVerdict): string | undefined {
  if (account.level === 'readOnly') return readOnlyText(account);
  return policy.decision === 'deny' ? policy.reason : undefined;
}

/** Whether a refusal stands that no answer lifts. */
export function isRefused(findings: readonly Finding[], answers: Answers): boolean {
  return findings.some((f) => f.level === 'refused' && (f.liftedBy === undefined || answers[f.liftedBy] !== true));
}

/** Whether a refusal stands that no answer could lift. */
export function isBarred(findings: readonly Finding[]): boolean {
  return findings.some((f) => f.level === 'refused' && f.liftedBy === undefined);
}

/** The judgement under the answers: some lift a refusal, and what is so already needs no call. */
export function underAnswers(
  target: PlanTarget,
  { action, answers, now }: { readonly action: Action; readonly answers: Answers; readonly now: Date },
): PlanTarget {
  const { item = recordBefore(action), verdict, findings } = target;
  // What could not be read again stands on an old record: no answer lifts that.
  if (item === undefined || verdict === 'gone' || findings.some(({ code }) => code === unreadable)) return target;
  const leftBehind = action.review.leftBehind?.(item, answers) ?? [];
  if (hasAlready(action, item, answers)) return { ...target, verdict: 'already', findings: [], leftBehind: [] };
  const found = [...(target.beside ?? []), ...action.review.findings(item, now, answers)];
  return { ...target, findings: found, leftBehind, verdict: isRefused(found, answers) ? 'refused' : 'go' };
}

/** The judgement with what was read beside the record. */
export function withBeside(target: PlanTarget, beside: readonly Finding[] | undefined): PlanTarget {
  if (beside === undefined || beside.length === 0) return target;
  const findings = [...beside, ...target.findings];
  const isRefusedNow = target.verdict === 'go' && beside.some(({ level }) => level === 'refused');
  return { ...target, beside, findings, verdict: isRefusedNow ? 'refused' : target.verdict };
}

/** Whether a record has what is asked for before anything is sent. */
export function hasAlready({ goal }: Action, item: Item, answers: Answers): boolean {
  return goal.type === 'state' && goal.reached(item, { answers, before: undefined, seenUnderWay: false });
}

/** What the dry run adds to the judgement. */
export function withRehearsal(target: PlanTarget, said: Rehearsal | undefined): PlanTarget {
  if (said === undefined || said.verdict === 'wouldPass') return target;
  const { error, verdict } = said;
  const detail = [error.code, error.message].filter((s) => s !== undefined && s !== '').join(': ');
  if (verdict === 'unclear') {
    const text = l10n.t('The dry run was inconclusive: {0}', detail);
    return {
      ...target,
      verdict: 'unclear',
      findings: [...target.findings, { level: 'warning', code: 'dryRunUnclear', text }],
    };
  }
  // The advice tells what to do, as after a refusal.
  const text = [l10n.t('The dry run was refused: {0}', detail), error.advice].filter((s) => s !== undefined).join(' ');
  return {
    ...target,
    verdict: 'refused',
    findings: [...target.findings, { level: 'refused', code: error.code ?? 'dryRun', text }],
  };
}
