import * as l10n from '@vscode/l10n';
import type { AccountInfo } from '../../core/account';
import { outcomeWords, type Action, type OutcomeWords } from '../../core/action';
import type { Place } from '../../core/target';
import type { Clouds } from '../../services/accounts/ports';
import { actionWritten } from '../../services/actions/declared';
import { accountText, ownerText } from '../../services/actions/planText';
import { outcomeLabel, outcomes, problemsFirst, type Outcome } from '../../services/journal/outcome';
import { allTargets, type RunRecord, type RunTarget } from '../../services/journal/runRecord';
import { saidText } from '../../services/journal/saidText';
import { nameAndId, oneLine } from '../../util/plainText';
import { fact, heading, inner, text, title } from './documentLines';
import type { DocumentWords } from './planDocument';

/** What is known today of what the journal names. */
export interface ResultWords extends DocumentWords {
  readonly clouds: Pick<Clouds, 'all'>;
  readonly account: (id: string) => AccountInfo | undefined;
  readonly regionName: (place: Place) => string;
}

/** What became of every target of a run, as the journal has it by now: problems first. */
export function resultText(run: RunRecord, words: ResultWords): string {
  const targets = allTargets(run).toSorted((a, b) => rank(a) - rank(b));
  const groups = groupsOf(targets, words);
  const head = [
    title(l10n.t('Result: {0}', resultTitle(run, groups, words))),
    fact(l10n.t('Outcome'), countsText(run, words)),
    ...changesOf(targets, words).map((change) => fact(l10n.t('Since the run'), change)),
    fact(l10n.t('Started at'), words.time(run.startedAt)),
    fact(l10n.t('Ended at'), run.endedAt === undefined ? stateText(run) : words.time(run.endedAt)),
    ...(run.state === 'cancelled'
      ? [fact(l10n.t('Cancelled'), l10n.t('Calls that were already sent are listed with what became of them.'))]
      : []),
    ...(run.stopped === undefined ? [] : [fact(l10n.t('Stopped early'), run.stopped)]),
    ...(run.plan === '' ? [] : [fact(l10n.t('Plan hash'), run.plan)]),
  ];
  return text([...head, ...groups.flatMap((group) => groupLines(group, words))]);
}

/** The targets of one action in one place. */
interface ResultGroup {
  readonly targets: readonly RunTarget[];
  readonly first: RunTarget;
  readonly action: Action | undefined;
}

function groupsOf(targets: readonly RunTarget[], { clouds }: ResultWords): ResultGroup[] {
  const groups = new Map<string, RunTarget[]>();
  for (const target of targets) {
    const { provider, accountId, region, kind, action, does, answers } = target;
    const key = JSON.stringify([provider, accountId, region, kind, action, does, answers]);
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    return first === undefined ? [] : [{ targets: members, first, action: actionWritten(clouds, first) }];
  });
}

function rank({ outcome }: RunTarget): number {
  return outcome === undefined ? -1 : problemsFirst.indexOf(outcome);
}

/** "Deregister 3 managed instances, China (Hangzhou)", without the place where there are several. */
function resultTitle(run: RunRecord, groups: readonly ResultGroup[], words: ResultWords): string {
  const count = allTargets(run).length;
  const tasks = new Set(groups.map(({ action, first }) => action?.words.task(count, first.answers ?? {})));
  const [only] = tasks;
  const written = run.title.replace(/[?？]\s*$/, '');
  const task = (tasks.size === 1 ? only : undefined) ?? (written || l10n.t('Delete {0} resources', count));
  const places = [...new Set(groups.map(({ first }) => regionOf(first, words)))];
  return places.length === 1 && places[0] !== undefined
    ? l10n.t('{0}, {1}', oneLine(task), oneLine(places[0]))
    : oneLine(task);
}

function countsText(run: RunRecord, words: ResultWords): string {
  const shared = wordsOf(run.targets, words);
  const open = run.targets.filter(({ outcome }) => outcome === undefined).length;
  const parts = [
    ...(open === 0 ? [] : [l10n.t('{0} {1}', open, outcomeText(undefined, shared))]),
    ...outcomes.flatMap((outcome) => {
      const count = run.counts.get(outcome) ?? 0;
      return count === 0 ? [] : [l10n.t('{0} {1}', count, outcomeLabel(outcome, shared))];
    }),
    ...(run.neverSent === 0 ? [] : [l10n.t('{0} never sent', run.neverSent)]),
  ];
  return parts.length === 0 ? l10n.t('nothing was sent') : parts.join(l10n.t(', '));
}

/** "4 unknown → deregistered", one line for each way in which targets came to stand otherwise. */
function changesOf(targets: readonly RunTarget[], words: ResultWords): string[] {
  const counts = new Map<string, number>();
  for (const target of targets) {
    const [first] = target.said;
    if (target.said.length < 2 || first === undefined || first.outcome === target.outcome) continue;
    const own = wordsOf([target], words);
    const change = `${outcomeLabel(first.outcome, own)} → ${outcomeText(target.outcome, own)}`;
    counts.set(change, (counts.get(change) ?? 0) + 1);
  }
  return [...counts].map(([change, count]) => l10n.t('{0} {1}', count, change));
}

function stateText({ state }: RunRecord): string {
  if (state === 'elsewhere') return l10n.t('running in another window');
  return state === 'running' ? l10n.t('running') : l10n.t('did not finish');
}

function wordsOf(targets: readonly RunTarget[], { clouds }: ResultWords): OutcomeWords | undefined {
  return outcomeWords([...new Set(targets.flatMap((target) => actionWritten(clouds, target) ?? []))]);
}

function outcomeText(outcome: Outcome | undefined, words: OutcomeWords | undefined): string {
  return outcome === undefined ? l10n.t('no outcome recorded') : outcomeLabel(outcome, words);
}

function groupLines({ targets, first, action }: ResultGroup, words: ResultWords): string[] {
  const { clouds, cloudName } = words;
  const kind = clouds.all.find(({ id }) => id === first.provider)?.kinds.find(({ id }) => id === first.kind);
  const account = words.account(first.accountId);
  const { accountName: name, provider, answers = {} } = first;
  const options =
    action === undefined ? [] : Object.keys(answers).flatMap((o) => action.words.answer?.(o, answers) ?? []);
  return [
    '',
    heading(`${kind?.many() ?? first.kind}, ${nameAndId(regionOf(first, words), first.region)}`),
    fact(
      l10n.t('Account'),
      account !== undefined && account.provider === (provider ?? account.provider)
        ? accountText({ ...account, name }, cloudName)
        : [name, ...(provider === undefined ? [] : [cloudName(provider)])].map((part) => oneLine(part)).join(' · '),
    ),
    fact(l10n.t('Credential owner'), ownerText(first.account?.identity, first.account?.caller)),
    ...(first.action === undefined ? [] : [fact(l10n.t('Call'), first.action)]),
    ...(options.length === 0 ? [] : [fact(l10n.t('With'), options.join(l10n.t(', ')))]),
    ...targets.flatMap((target) => targetLines(target, words)),
  ];
}

function regionOf({ provider, accountId, region }: RunTarget, { regionName }: ResultWords): string {
  return provider === undefined ? region : regionName({ provider, accountId, region });
}

function targetLines(target: RunTarget, words: ResultWords): string[] {
  const { name, id, outcome, code, message, advice, note, requestId } = target;
  const own = wordsOf([target], words);
  const isAnswer = code !== undefined || requestId !== undefined;
  const said = [code, message].filter((part) => part !== undefined && part !== '').join(': ');
  const facts: [string, string | undefined][] = [
    [isAnswer ? l10n.t('Answer') : l10n.t('Reason'), said],
    [l10n.t('What to do'), advice],
    [l10n.t('Note'), note],
    [l10n.t('Since the run'), saidText(target, { words: own, time: words.time })],
    [l10n.t('Request ID'), requestId],
  ];
  const lines = facts.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [inner(label, value)]));
  return ['', `[${outcomeText(outcome, own)}] ${nameAndId(name, id)}`, ...lines];
}
