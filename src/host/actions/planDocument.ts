import * as l10n from '@vscode/l10n';
import { questionsAbout, type Plan, type PlanGroup, type PlanTarget } from '../../services/actions/plan';
import {
  accountOf,
  addressOf,
  atMost,
  consequencesOf,
  countsOf,
  expectationOf,
  optionsOf,
  otherOwnerOf,
  ownerOf,
  planTitle,
  regionOf,
  taskOf,
  whyNotSent,
  type CloudName,
} from '../../services/actions/planText';
import { rolloutLines } from '../../services/actions/rollout';
import { nameAndId } from '../../util/plainText';
import { fact, heading, inner, text, title } from './documentLines';

/** Plans and results as plain text: what a name is, is what is seen, found and saved. */
export interface DocumentWords {
  readonly cloudName: CloudName;
  /** A time as the user reads it. */
  readonly time: (date: Date) => string;
}

/** A plan: what would be sent, to whom, and what is expected of each target. */
export function planText(plan: Plan, status: string, words: DocumentWords): string {
  const head = [
    title(planTitle(plan, taskOf(atMost(plan)))),
    fact(l10n.t('Status'), status),
    fact(l10n.t('Created at'), words.time(plan.madeAt)),
    fact(l10n.t('Resources'), countsOf(plan)),
    ...consequencesOf(atMost(plan)).map((text) => fact(l10n.t('What happens'), text)),
    ...(plan.questions ?? []).map(({ text }) => fact(l10n.t('Asked before it runs'), text)),
    ...rolloutLines(plan).map((text) => fact(l10n.t('How'), text)),
    fact(
      l10n.t('Before each call'),
      l10n.t('Every resource is read again; one that changed since this plan was made is not touched.'),
    ),
    fact(l10n.t('Plan hash'), plan.hash),
  ];
  return text([...head, ...plan.groups.flatMap((group, i) => groupLines(plan, group, { number: i + 1, words }))]);
}

function groupLines(
  plan: Plan,
  group: PlanGroup,
  { number, words }: { number: number; words: DocumentWords },
): string[] {
  const of = plan.groups.length;
  const where = of > 1 ? [fact(l10n.t('Group'), l10n.t('{0} of {1}', number, of))] : [];
  return [...groupHead(group, words, where), ...group.targets.flatMap((target) => targetLines(plan, group, target))];
}

function groupHead(group: PlanGroup, words: DocumentWords, more: readonly string[] = []): string[] {
  const options = optionsOf(group);
  const otherOwner = otherOwnerOf(group);
  return [
    '',
    heading(`${group.kind.many()}, ${regionOf(group)}`),
    ...more,
    fact(l10n.t('Account'), accountOf(group, words.cloudName)),
    fact(l10n.t('Credential owner'), ownerOf(group)),
    fact(l10n.t('Call'), group.action.operation.action),
    ...(options.length === 0 ? [] : [fact(l10n.t('With'), options.join(l10n.t(', ')))]),
    ...(otherOwner === undefined ? [] : [fact(l10n.t('Warning'), otherOwner)]),
    ...(group.confirmReason === undefined ? [] : [fact(l10n.t('Policy'), group.confirmReason)]),
    ...(group.forbidden === undefined ? [] : [fact(l10n.t('Forbidden'), group.forbidden)]),
  ];
}

function targetLines(plan: Plan, group: PlanGroup, target: PlanTarget): string[] {
  const { name, stateLabel, findings, leftBehind, fingerprint } = target;
  const reason = whyNotSent(group, target);
  const address = addressOf(group, target);
  const compared = Object.entries(fingerprint).flatMap(([key, value]) => (value ? [`${key}=${value}`] : []));
  return [
    '',
    `[${expectationOf(plan, group, target)}] ${nameAndId(name, target.target.id)}`,
    ...(address === undefined ? [] : [inner(l10n.t('Address'), address)]),
    inner(l10n.t('State'), stateLabel),
    ...(reason === undefined ? [] : [inner(l10n.t('Reason'), reason)]),
    ...questionsAbout(plan, target).map((question) => inner(l10n.t('Asked before it runs'), question)),
    ...findings.filter((f) => f.level === 'warning').map((f) => inner(l10n.t('Warning'), f.text)),
    ...leftBehind.map((after) => inner(l10n.t('Afterwards'), after)),
    ...(compared.length === 0 ? [] : [inner(l10n.t('Compared before the call'), compared.join('; '))]),
  ];
}
