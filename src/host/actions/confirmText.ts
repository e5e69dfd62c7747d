import * as l10n from '@vscode/l10n';
import { runnable, runnableOf, type Plan, type PlanGroup, type PlanTarget } from '../../services/actions/plan';
import {
  accountOf,
  consequencesOf,
  optionsOf,
  ownerOf,
  questionOf,
  regionOf,
  runLabel,
  sendingGroups,
  whyNotSent,
  type CloudName,
} from '../../services/actions/planText';
import { listing } from '../ui/lists';
import { nameAndId, oneLine } from '../../util/plainText';

/** What a modal shows; plain text, names exactly as they are. */
export interface ModalText {
  readonly message: string;
  readonly detail: string;
}

const namesShown = 10;
const groupsShown = 5;
const linesShown = 6;
const bullet = '• ';

/** The question before a plan runs: who, where, how many, which, what follows, and what is left out. */
export function confirmText(plan: Plan, cloudName: CloudName): ModalText & { readonly run: string } {
  const groups = sendingGroups(plan);
  const paragraphs = [
    ...groups
      .slice(0, groupsShown)
      .map((group) => groupText(group, { cloudName, names: Math.max(1, Math.floor(namesShown / groups.length)) })),
    groups.length > groupsShown
      ? l10n.t('and {0} more groups. Review the plan to see all.', groups.length - groupsShown)
      : '',
    consequencesOf(plan).join('\n'),
    section(l10n.t('Take note:'), findingLines(plan)),
    section(
      l10n.t('Afterwards:'),
      counted(
        runnable(plan).flatMap((t) => t.leftBehind.map((text) => ({ text, name: t.name }))),
        runnable(plan).length,
      ),
    ),
    notSentText(plan, l10n.t('Not sent:')),
  ];
  return { message: questionOf(plan), detail: joined(paragraphs), run: runLabel(plan) };
}

/** Said instead of the question when no target can be sent. */
export function nothingToDoText(plan: Plan): ModalText {
  const count = plan.groups.reduce((sum, group) => sum + group.targets.length, 0);
  const gone = plan.groups.every(
    (group) => group.forbidden === undefined && group.targets.every((t) => t.verdict === 'gone'),
  );
  const message = gone
    ? count === 1
      ? l10n.t('It is already gone. There is nothing to do.')
      : l10n.t('All {0} resources are already gone. There is nothing to do.', count)
    : count === 1
      ? l10n.t('It cannot be deleted now. Nothing was sent.')
      : l10n.t('None of the {0} resources can be deleted now. Nothing was sent.', count);
  return { message, detail: notSentText(plan, '') };
}

function groupText(group: PlanGroup, { cloudName, names }: { cloudName: CloudName; names: number }): string {
  const targets = runnableOf(group);
  const options = optionsOf(group);
  const more = targets.length - names;
  return joined(
    [
      l10n.t('Account: {0}', accountOf(group, cloudName)),
      l10n.t('Owner of the keys: {0}', ownerOf(group)),
      l10n.t('Region: {0}', regionOf(group)),
      l10n.t('{0}: {1}', group.kind.many(), targets.length),
      ...targets.slice(0, names).map((t) => `${bullet}${nameAndId(t.name, t.target.id)} – ${t.stateLabel}`),
      more > 0 ? l10n.t('and {0} more', more) : '',
      options.length === 0 ? '' : l10n.t('With: {0}', options.join(l10n.t(', '))),
      group.confirmReason ?? '',
    ],
    '\n',
  );
}

function findingLines(plan: Plan): string[] {
  const targets = runnable(plan);
  // What would be refused and is sent all the same was asked about and answered.
  const said = targets.flatMap((t) =>
    t.findings.filter(({ level }) => level === 'warning').map(({ text }) => ({ text, name: t.name })),
  );
  return counted(said, targets.length);
}

/** Each sentence once, with the names it is about unless it is about all. */
function counted(said: readonly { readonly text: string; readonly name: string }[], all: number): string[] {
  const byText = new Map<string, string[]>();
  for (const { text: raw, name } of said) {
    const text = oneLine(raw, 400);
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  const lines = [...byText].map(([text, names]) =>
    names.length === all ? text : l10n.t('{0}: {1}', listing(names, 3), text),
  );
  const more = lines.length - linesShown;
  return more > 0 ? [...lines.slice(0, linesShown), l10n.t('and {0} more. Review the plan to see all.', more)] : lines;
}

function notSentText(plan: Plan, heading: string): string {
  const left = plan.groups.flatMap((group) =>
    group.targets.map((target) => ({ target, text: whyNotSent(group, target) })),
  );
  const said = left.flatMap(({ target, text }) => (text === undefined ? [] : [{ text, name: nameOf(target) }]));
  // Never "about all": what is left out is always named.
  return section(heading, counted(said, Number.POSITIVE_INFINITY));
}

function nameOf({ name, target }: PlanTarget): string {
  return name === target.id ? oneLine(name) : nameAndId(name, target.id);
}

function section(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return joined([heading, ...lines.map((line) => `${bullet}${line}`)], '\n');
}

function joined(parts: readonly string[], separator = '\n\n'): string {
  return parts.filter((part) => part !== '').join(separator);
}
