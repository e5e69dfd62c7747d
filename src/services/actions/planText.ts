import * as l10n from '@vscode/l10n';
import type { AccountInfo, ProviderId } from '../../core/account';
import type { Action, ActionWords } from '../../core/action';
import type { Answers } from '../../core/input';
import { fitted } from '../../util/columns';
import { nameAndId, oneLine } from '../../util/plainText';
import { levelWords } from '../accounts/levelText';
import { questionsAbout, runnable, runnableOf, type Plan, type PlanGroup, type PlanTarget, type Verdict } from './plan';

/** The sentences about a plan that the dialog and the document share. Nothing here is Markdown. */

export type CloudName = (provider: ProviderId) => string;

/** "Release 3 instances?", the name of a single one, or a question for all kinds together. */
export function questionOf(plan: Plan): string {
  const targets = runnable(plan);
  const name = fitted(targets[0]?.name ?? '', 30);
  const only = wordsFor(plan);
  return only?.words.question(targets.length, name, only.answers) ?? l10n.t('Delete {0} resources?', targets.length);
}

/** What a plan about something is called: "Deletion plan: web-01", and "Plan: web-01" where nothing is removed. */
export function planTitle({ groups }: Plan, about: string): string {
  const isRemoval = groups.every(({ action }) => action.goal.type === 'gone');
  return isRemoval ? l10n.t('Deletion plan: {0}', about) : l10n.t('Plan: {0}', about);
}

/** The same as a heading: "Release 3 instances". */
export function taskOf(plan: Plan): string {
  const count = runnable(plan).length;
  const only = wordsFor(plan);
  return only?.words.task(count, only.answers) ?? l10n.t('Delete {0} resources', count);
}

/** What the button says. */
export function runLabel(plan: Plan): string {
  const only = wordsFor(plan);
  return only?.words.button(only.answers) ?? l10n.t('Delete {0} Resources', runnable(plan).length);
}

/** The words of the one action of a plan and what was answered; undefined where it has several. */
function wordsFor(plan: Plan): { readonly words: ActionWords; readonly answers: Answers } | undefined {
  return wordsOfGroups(sendingGroups(plan));
}

function wordsOfGroups(
  groups: readonly PlanGroup[],
): { readonly words: ActionWords; readonly answers: Answers } | undefined {
  const words = groups.map(({ action, answers }) => ({ words: action.words, answers }));
  // What comes last is a part of what comes first, whose words say so.
  if (groups.some(({ isLast }) => isLast === true)) return words[0];
  const isSame = new Set(words.map((one) => one.words.task(2, one.answers))).size === 1;
  return isSame ? words[0] : undefined;
}

/** What will happen, one sentence for each action; clouds may call different actions the same. */
export function consequencesOf(plan: Plan): string[] {
  const counts = new Map<Action, { readonly count: number; readonly answers: Answers }>();
  for (const group of sendingGroups(plan)) {
    const { action, answers } = group;
    if (group.isLast === true) continue;
    counts.set(action, { count: (counts.get(action)?.count ?? 0) + runnableOf(group).length, answers });
  }
  return [...new Set([...counts].map(([action, { count, answers }]) => action.words.consequence(count, answers)))];
}

export function sendingGroups(plan: Plan): PlanGroup[] {
  return plan.groups.filter((group) => runnableOf(group).length > 0);
}

/** "Prod (added by hand) · Alibaba Cloud · production" */
export function accountOf(group: PlanGroup, cloudName: CloudName): string {
  return accountText(group.account, cloudName);
}

export function accountText({ name, source, level, provider }: AccountInfo, cloudName: CloudName): string {
  const parts = [
    l10n.t('{0} ({1})', oneLine(name), source),
    cloudName(provider),
    ...(level === 'normal' ? [] : [levelWords(level).label]),
  ];
  return parts.join(' · ');
}

/** Whose keys these are, as far as it is known. */
export function ownerOf({ identity }: PlanGroup): string {
  return ownerText(identity?.accountId, identity?.caller);
}

export function ownerText(...owner: readonly (string | undefined)[]): string {
  const parts = owner.filter((part) => part !== undefined && part !== '').map((part) => oneLine(part ?? ''));
  return parts.length === 0 ? l10n.t('not reported') : parts.join(' · ');
}

/** Says that the keys are another's than when the same was tried before; undefined where they are not. */
export function otherOwnerOf(group: PlanGroup): string | undefined {
  const before = group.ownersBefore ?? [];
  if (before.length === 0) return undefined;
  return l10n.t(
    'The credential owner is another one than when this was tried before: now {0}, then {1}.',
    ownerOf(group),
    before.map((owner) => oneLine(owner)).join(l10n.t(', ')),
  );
}

/** The address by which people know a host; undefined where it is not known, or is the name already. */
export function addressOf({ kind }: PlanGroup, { item, name }: PlanTarget): string | undefined {
  const address = item === undefined ? undefined : kind.addresses?.(item)[0];
  return address === name ? undefined : address;
}

export function regionOf(group: PlanGroup): string {
  return nameAndId(group.regionName, group.place.region);
}

/** What was answered: what it does, and how it is called where it is sent. */
export function optionsOf(group: PlanGroup): string[] {
  const { action, answers } = group;
  return Object.keys(answers).flatMap((name) => action.words.answer?.(name, answers) ?? []);
}

const verdicts: readonly Verdict[] = ['go', 'unclear', 'refused', 'already', 'gone'];

function verdictLabel(verdict: Verdict): string {
  switch (verdict) {
    case 'go':
      return l10n.t('will be sent');
    case 'refused':
      return l10n.t('will be refused');
    case 'gone':
      return l10n.t('already gone');
    case 'already':
      return l10n.t('already in that state');
    case 'unclear':
      return l10n.t('unknown');
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

/** Why a target will not be sent; undefined for those that will. */
export function whyNotSent(group: PlanGroup, target: PlanTarget): string | undefined {
  if (group.forbidden !== undefined) return group.forbidden;
  if (target.verdict === 'gone') return l10n.t('It no longer exists.');
  if (target.verdict === 'already') return l10n.t('It is already in that state.');
  if (target.verdict !== 'refused') return undefined;
  const reasons = target.findings.filter((f) => f.level === 'refused').map((f) => f.text);
  return reasons.length === 0 ? verdictLabel('refused') : reasons.join(' ');
}

/** What is expected of a target of a plan, in words. */
export function expectationOf(plan: Plan, group: PlanGroup, target: PlanTarget): string {
  if (group.forbidden !== undefined) return l10n.t('forbidden');
  return questionsAbout(plan, target).length > 0 ? l10n.t('asked first') : verdictLabel(target.verdict);
}

/** The plan as it is if everything that is asked is taken in. */
export function atMost(plan: Plan): Plan {
  const included = (target: PlanTarget): PlanTarget =>
    target.verdict === 'refused' && questionsAbout(plan, target).length > 0 ? { ...target, verdict: 'go' } : target;
  return { ...plan, groups: plan.groups.map((group) => ({ ...group, targets: group.targets.map(included) })) };
}

/** How many of each verdict, in words: "3 will be sent, 1 already gone". */
export function countsOf(plan: Plan): string {
  // In this order, whichever comes first in the plan.
  const counts = new Map<string, number>(verdicts.map((verdict) => [verdictLabel(verdict), 0]));
  for (const group of plan.groups) {
    for (const target of group.targets) {
      const label = expectationOf(plan, group, target);
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([label, count]) => l10n.t('{0} {1}', count, label))
    .join(l10n.t(', '));
}
