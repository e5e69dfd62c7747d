import * as l10n from '@vscode/l10n';
import type { AccountInfo } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import type { ChosenOptions, DestroyAction, Finding, Item, Kind } from '../../core/kind';
import type { Target } from '../../core/target';
import type { Rehearsal } from '../../client/rehearser';
import type { PlanTarget } from './plan';
import type { SafetyVerdict } from './safetyPolicy';

/** What one target is judged by. */
export interface ReviewFacts {
  readonly kind: Kind;
  readonly action: DestroyAction;
  /** What the cloud says now, or why it could not be asked. */
  readonly found: ReadonlyMap<string, Item> | CloudError;
  /** What the user was looking at. */
  readonly shown: Item | undefined;
  readonly now: Date;
}

/** What is expected of a target, by what the cloud says of it now. */
export function review(target: Target, facts: ReviewFacts): PlanTarget {
  const { kind, action, found, shown, now } = facts;
  if (found instanceof CloudError) {
    const finding: Finding = {
      level: 'refused',
      code: 'unreadable',
      text: [l10n.t('It could not be read, so it is not sent: {0}', found.message), found.advice]
        .filter((part) => part !== undefined)
        .join(' '),
    };
    return { ...describe(target, kind, shown, now), verdict: 'refused', findings: [finding], leftBehind: [] };
  }
  const item = found.get(target.id);
  if (item === undefined) {
    return { ...describe(target, kind, shown, now), verdict: 'gone', findings: [], leftBehind: [] };
  }
  const findings = action.findings(item, now);
  const verdict = findings.some((f) => f.level === 'refused') ? 'refused' : 'go';
  return { ...describe(target, kind, item, now), verdict, findings, leftBehind: action.leftBehind(item) };
}

function describe(target: Target, kind: Kind, item: Item | undefined, now: Date) {
  return {
    target,
    item,
    name: item === undefined ? target.id : kind.name(item),
    fingerprint: item === undefined ? {} : kind.fingerprint(item),
    stateLabel: item === undefined ? l10n.t('unknown') : kind.state(item, now).label(),
  };
}

/** Why nothing of an account may be sent, for people; undefined when it may. */
export function forbiddenBy(account: AccountInfo, policy: SafetyVerdict): string | undefined {
  if (account.level === 'readOnly') return l10n.t('The account "{0}" is marked read-only.', account.name);
  return policy.decision === 'deny' ? policy.reason : undefined;
}

/** Whether a refusal stands that no chosen option lifts. */
export function isRefused(findings: readonly Finding[], options: ChosenOptions): boolean {
  return findings.some((f) => f.level === 'refused' && (f.liftedBy === undefined || options[f.liftedBy] !== true));
}

/** Whether a refusal stands that no option could lift. */
export function isBarred(findings: readonly Finding[]): boolean {
  return findings.some((f) => f.level === 'refused' && f.liftedBy === undefined);
}

/** Options lift some refusals: a running instance goes with Force. */
export function judge(target: PlanTarget, options: ChosenOptions): PlanTarget {
  if (target.verdict !== 'refused') return target;
  return isRefused(target.findings, options) ? target : { ...target, verdict: 'go' };
}

/** What the dry run adds to the judgement. */
export function withRehearsal(target: PlanTarget, said: Rehearsal | undefined): PlanTarget {
  if (said === undefined || said.verdict === 'wouldPass') return target;
  const { error, verdict } = said;
  const detail = [error.code, error.message].filter((s) => s !== undefined && s !== '').join(': ');
  if (verdict === 'unclear') {
    const text = l10n.t('The dry run gave no answer to rely on: {0}', detail);
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
