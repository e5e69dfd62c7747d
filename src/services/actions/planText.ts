import * as l10n from '@vscode/l10n';
import type { ProviderId } from '../../core/account';
import type { DestroyAction, DestroyWords } from '../../core/kind';
import { levelWords } from '../accounts/levelText';
import { runnable, runnableOf, type Plan, type PlanGroup, type PlanTarget, type Verdict } from './plan';
import { fitted } from '../../util/columns';
import { nameAndId, oneLine } from '../../util/plainText';

/** The sentences about a plan that the dialog and the document share. Nothing here is Markdown. */

export type CloudName = (provider: ProviderId) => string;

/** "Release 3 instances?", the name of a single one, or a question for all kinds together. */
export function questionOf(plan: Plan): string {
  const targets = runnable(plan);
  const name = fitted(targets[0]?.name ?? '', 40);
  return wordsFor(plan)?.question(targets.length, name) ?? l10n.t('Delete {0} resources?', targets.length);
}

/** The same as a heading: "Release 3 instances". */
export function taskOf(plan: Plan): string {
  const count = runnable(plan).length;
  return wordsFor(plan)?.task(count) ?? l10n.t('Delete {0} resources', count);
}

/** What the button says. */
export function runLabel(plan: Plan): string {
  return wordsFor(plan)?.button() ?? l10n.t('Delete {0} Resources', runnable(plan).length);
}

/** The words of the one action of a plan; undefined where it has several. */
function wordsFor(plan: Plan): DestroyWords | undefined {
  const words = sendingGroups(plan).map(({ action }) => action.words);
  const isSame = new Set(words.map(({ task }) => task(2))).size === 1;
  return isSame ? words[0] : undefined;
}

/** What will happen, one sentence for each action; clouds may call different actions the same. */
export function consequencesOf(plan: Plan): string[] {
  const counts = new Map<DestroyAction, number>();
  for (const group of sendingGroups(plan)) {
    counts.set(group.action, (counts.get(group.action) ?? 0) + runnableOf(group).length);
  }
  return [...new Set([...counts].map(([action, count]) => action.words.consequence(count)))];
}

export function sendingGroups(plan: Plan): PlanGroup[] {
  return plan.groups.filter((group) => runnableOf(group).length > 0);
}

/** "Prod (added by hand) · Alibaba Cloud · production" */
export function accountOf(group: PlanGroup, cloudName: CloudName): string {
  const { name, source, level, provider } = group.account;
  const parts = [
    l10n.t('{0} ({1})', oneLine(name), source),
    cloudName(provider),
    ...(level === 'normal' ? [] : [levelWords(level).label]),
  ];
  return parts.join(' · ');
}

/** Whose keys these are, as far as it is known. */
export function ownerOf(group: PlanGroup): string {
  const { identity } = group;
  if (identity === undefined) return l10n.t('not reported');
  return [identity.accountId, identity.caller]
    .filter((part) => part !== '')
    .map((part) => oneLine(part))
    .join(' · ');
}

export function regionOf(group: PlanGroup): string {
  return nameAndId(group.regionName, group.place.region);
}

/** The options that were asked for: what they do, and how they are called where they are sent. */
export function optionsOf(group: PlanGroup): string[] {
  const { option } = group.action.words;
  return Object.entries(group.options).flatMap(([name, on]) => (on ? [option?.(name) ?? name] : []));
}

const verdicts: readonly Verdict[] = ['go', 'unclear', 'refused', 'gone'];

export function verdictLabel(verdict: Verdict): string {
  switch (verdict) {
    case 'go':
      return l10n.t('will be sent');
    case 'refused':
      return l10n.t('will be refused');
    case 'gone':
      return l10n.t('already gone');
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
  if (target.verdict !== 'refused') return undefined;
  const reasons = target.findings.filter((f) => f.level === 'refused').map((f) => f.text);
  return reasons.length === 0 ? verdictLabel('refused') : reasons.join(' ');
}

/** How many of each verdict, in words: "3 will be sent, 1 already gone". */
export function countsOf(plan: Plan): string {
  // In this order, whichever comes first in the plan.
  const counts = new Map<string, number>(verdicts.map((verdict) => [verdictLabel(verdict), 0]));
  for (const group of plan.groups) {
    for (const target of group.targets) {
      const label = group.forbidden === undefined ? verdictLabel(target.verdict) : l10n.t('forbidden');
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([label, count]) => l10n.t('{0} {1}', count, label))
    .join(l10n.t(', '));
}
