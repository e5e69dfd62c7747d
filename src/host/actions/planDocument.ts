import * as l10n from '@vscode/l10n';
import type { Plan, PlanGroup, PlanTarget } from '../../services/actions/plan';
import {
  accountOf,
  consequencesOf,
  countsOf,
  optionsOf,
  ownerOf,
  regionOf,
  taskFor,
  taskOf,
  verdictLabel,
  whyNotSent,
  type CloudName,
} from '../../services/actions/planText';
import { type RunReport, type TargetResult } from '../../services/actions/report';
import { rolloutLines } from '../../services/actions/rollout';
import { countOutcomes, outcomeLabel, problemsFirst } from '../../services/journal/outcome';
import { nameAndId, oneLine } from '../../util/plainText';
import { wordsOf } from './runSummary';

/**
 * Plans and results as plain text: what a name is, is what is seen, found and saved. One fact a line, so that two
 * versions can be compared.
 */
export interface DocumentWords {
  readonly cloudName: CloudName;
  /** A time as the user reads it. */
  readonly time: (date: Date) => string;
}

const longest = 500;

/** A plan: what would be sent, to whom, and what is expected of each target. */
export function planText(plan: Plan, status: string, words: DocumentWords): string {
  const head = [
    title(l10n.t('Deletion plan: {0}', taskOf(plan))),
    fact(l10n.t('Status'), status),
    fact(l10n.t('Created at'), words.time(plan.madeAt)),
    fact(l10n.t('Resources'), countsOf(plan)),
    ...consequencesOf(plan).map((text) => fact(l10n.t('What happens'), text)),
    ...rolloutLines(plan).map((text) => fact(l10n.t('How'), text)),
    fact(
      l10n.t('Before each call'),
      l10n.t('Every resource is read again; one that changed since this plan was made is not touched.'),
    ),
    fact(l10n.t('Plan hash'), plan.hash),
  ];
  return text([
    ...head,
    ...plan.groups.flatMap((group, i) => groupLines(group, { number: i + 1, of: plan.groups.length, words })),
  ]);
}

/** What became of every target of a run. */
export function resultText(report: RunReport, words: DocumentWords): string {
  const counts = [...countOutcomes(report.results)].map(([outcome, count]) =>
    l10n.t('{0} {1}', count, outcomeLabel(outcome, wordsOf(report.results))),
  );
  const results = report.results.toSorted(
    (a, b) => problemsFirst.indexOf(a.outcome) - problemsFirst.indexOf(b.outcome),
  );
  const groups = [...new Set(results.map((r) => r.group))];
  const head = [
    title(l10n.t('Result: {0}', resultTitle(report))),
    fact(l10n.t('Outcome'), counts.join(l10n.t(', '))),
    fact(l10n.t('Started at'), words.time(report.startedAt)),
    fact(l10n.t('Ended at'), words.time(report.endedAt)),
    ...(report.cancelled
      ? [fact(l10n.t('Cancelled'), l10n.t('Calls that were already sent are listed with what became of them.'))]
      : []),
    ...(report.stopped === undefined ? [] : [fact(l10n.t('Stopped early'), report.stopped)]),
    fact(l10n.t('Plan hash'), report.planHash),
  ];
  const body = groups.flatMap((group) => [
    ...groupHead(group, words),
    ...results.filter((r) => r.group === group).flatMap(resultLines),
  ]);
  return text([...head, ...body]);
}

/** "Deregister 3 managed instances, China (Hangzhou)", without the place where there are several. */
function resultTitle({ results }: RunReport): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  const task = taskFor(groups, results.length);
  const places = [...new Set(groups.map(({ regionName }) => regionName))];
  return places.length === 1 && places[0] !== undefined ? l10n.t('{0}, {1}', task, oneLine(places[0])) : task;
}

function groupLines(
  group: PlanGroup,
  { number, of, words }: { number: number; of: number; words: DocumentWords },
): string[] {
  const where = of > 1 ? [fact(l10n.t('Group'), l10n.t('{0} of {1}', number, of))] : [];
  return [...groupHead(group, words, where), ...group.targets.flatMap((target) => targetLines(group, target))];
}

function groupHead(group: PlanGroup, words: DocumentWords, more: readonly string[] = []): string[] {
  const options = optionsOf(group);
  return [
    '',
    heading(`${group.kind.many()}, ${regionOf(group)}`),
    ...more,
    fact(l10n.t('Account'), accountOf(group, words.cloudName)),
    fact(l10n.t('Credential owner'), ownerOf(group)),
    fact(l10n.t('Call'), group.action.operation.action),
    ...(options.length === 0 ? [] : [fact(l10n.t('With'), options.join(l10n.t(', ')))]),
    ...(group.confirmReason === undefined ? [] : [fact(l10n.t('Policy'), group.confirmReason)]),
    ...(group.forbidden === undefined ? [] : [fact(l10n.t('Forbidden'), group.forbidden)]),
  ];
}

function targetLines(group: PlanGroup, target: PlanTarget): string[] {
  const { name, stateLabel, verdict, findings, leftBehind, fingerprint } = target;
  const reason = whyNotSent(group, target);
  const label = group.forbidden === undefined ? verdictLabel(verdict) : l10n.t('forbidden');
  const compared = Object.entries(fingerprint).flatMap(([key, value]) => (value ? [`${key}=${value}`] : []));
  return [
    '',
    `[${label}] ${nameAndId(name, target.target.id)}`,
    inner(l10n.t('State'), stateLabel),
    ...(reason === undefined ? [] : [inner(l10n.t('Reason'), reason)]),
    ...findings.filter((f) => f.level === 'warning').map((f) => inner(l10n.t('Warning'), f.text)),
    ...leftBehind.map((after) => inner(l10n.t('Afterwards'), after)),
    ...(compared.length === 0 ? [] : [inner(l10n.t('Compared before the call'), compared.join('; '))]),
  ];
}

function resultLines(result: TargetResult): string[] {
  const { planned, outcome, code, message, advice, note, requestId, exchangeId } = result;
  const isAnswer = code !== undefined || requestId !== undefined || exchangeId !== undefined;
  const said = [code, message].filter((part) => part !== undefined && part !== '').join(': ');
  const facts: [string, string | undefined][] = [
    [isAnswer ? l10n.t('Answer') : l10n.t('Reason'), said === '' ? undefined : said],
    [l10n.t('What to do'), advice],
    [l10n.t('Note'), note],
    [l10n.t('Request ID'), requestId],
  ];
  const lines = facts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [inner(name, value)]));
  return [
    '',
    `[${outcomeLabel(outcome, result.group.action.words.outcome)}] ${nameAndId(planned.name, planned.target.id)}`,
    ...lines,
  ];
}

function title(words: string): string {
  return `${words}\n${'='.repeat(60)}`;
}

function heading(words: string): string {
  return `${words}\n${'-'.repeat(60)}`;
}

function fact(name: string, value: string): string {
  return l10n.t('{0}: {1}', name, oneLine(value, longest));
}

function inner(name: string, value: string): string {
  return `    ${fact(name, value)}`;
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
