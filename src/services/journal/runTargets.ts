import { providerIds, type ProviderId } from '../../core/account';
import type { Answers } from '../../core/input';
import { outcomeRead } from './outcome';
import type { JournalAccount, JournalDeed, JournalGroup, JournalOutcome, JournalRecord } from './records';
import { runTargetKey, type RunTarget, type RunWord } from './runRecord';

export type RunEntry = Exclude<JournalRecord, { readonly type: 'opened' }>;
type Unsent = Extract<RunEntry, { readonly type: 'ended' }>['unsent'][number];

/** What any run says of accounts and resources: older versions wrote down less about what they did not send. */
export interface KnownNames {
  readonly accounts: ReadonlyMap<string, Pick<JournalDeed, 'account' | 'provider'>>;
  readonly resources: ReadonlyMap<string, string>;
}

export function namesIn(entries: readonly RunEntry[]): KnownNames {
  const accounts = new Map<string, Pick<JournalDeed, 'account' | 'provider'>>();
  const resources = new Map<string, string>();
  for (const entry of entries) {
    if (entry.type !== 'before') continue;
    const { account, provider, region } = entry;
    accounts.set(account.id, { account, provider });
    for (const { kind, id, name } of entry.targets)
      resources.set(runTargetKey({ accountId: account.id, region, kind, id }), name);
  }
  return { accounts, resources };
}

/** What was sent, each target with the last word about it. A repeat of a call does not make it two targets. */
export function sentTargets(written: readonly RunEntry[]): RunTarget[] {
  const targets = new Map<string, RunTarget>();
  for (const record of written) {
    if (record.type === 'before') {
      for (const target of beforeTargets(record)) targets.set(`${record.call}\n${target.id}`, target);
    } else if (record.type === 'after' || record.type === 'checked') {
      for (const said of record.outcomes) {
        const key = `${record.call}\n${said.id}`;
        const target = targets.get(key);
        if (target !== undefined) targets.set(key, withWord(target, record, said));
      }
    }
  }
  return [...targets.values()];
}

/** What the end of the run says it did not send. */
export function unsentTargets(written: readonly RunEntry[], known: KnownNames): RunTarget[] {
  const end = written.find((record) => record.type === 'ended');
  if (end === undefined) return [];
  const confirmed = confirmedIn(written);
  return end.unsent.map((one) => unsentTarget(one, new Date(end.time), { confirmed, known }));
}

/** What was confirmed and about which nothing is written down. */
export function neverSentTargets(written: readonly RunEntry[], sent: readonly RunTarget[]): RunTarget[] {
  const begun = new Set(sent.map(runTargetKey));
  const time = new Date(written[0]?.time ?? 0);
  return [...confirmedIn(written)].flatMap(([key, { group, target }]) =>
    begun.has(key) || target.left === true
      ? []
      : [
          {
            ...deedOf(group),
            kind: group.kind,
            id: target.id,
            name: target.name,
            outcome: 'notSent',
            time,
            mayRetry: true,
            resource: undefined,
            said: [],
          } as const,
        ],
  );
}

function withWord(
  target: RunTarget,
  record: Extract<RunEntry, { readonly type: 'after' | 'checked' }>,
  said: JournalOutcome,
): RunTarget {
  const isCheck = record.type === 'checked';
  const facts = factsOf(said);
  // What the cloud said stays true of a resource that a look did not find changed.
  const kept = isCheck && facts.outcome !== 'done' && facts.outcome !== 'already' ? target : undefined;
  const { code = kept?.code, message = kept?.message, advice = kept?.advice } = facts;
  const time = new Date(record.time);
  const word: RunWord = { time, outcome: facts.outcome, code, from: isCheck ? 'check' : 'run' };
  // A run has one last word; its answers can come in parts and its calls be repeated.
  const before = isCheck ? target.said : target.said.filter(({ from }) => from !== 'run');
  const requestId = isCheck ? target.requestId : (record.requestId ?? target.requestId);
  return { ...target, ...facts, code, message, advice, requestId, time, said: [...before, word] };
}

function beforeTargets(record: Extract<RunEntry, { readonly type: 'before' }>): RunTarget[] {
  return record.targets.map(({ kind, id, name, resource }) => ({
    ...deedOf(record),
    kind,
    id,
    name,
    outcome: undefined,
    time: new Date(record.time),
    resource,
    said: [],
  }));
}

interface Confirmed {
  readonly group: JournalGroup;
  readonly target: JournalGroup['targets'][number];
}

function confirmedIn(written: readonly RunEntry[]): Map<string, Confirmed> {
  const begin = written.find((record) => record.type === 'run');
  return new Map(
    (begin?.groups ?? []).flatMap((group) =>
      group.targets.map((target): [string, Confirmed] => {
        const { account, region, kind } = group;
        return [runTargetKey({ accountId: account.id, region, kind, id: target.id }), { group, target }];
      }),
    ),
  );
}

function unsentTarget(
  one: Unsent,
  time: Date,
  { confirmed, known }: { readonly confirmed: ReadonlyMap<string, Confirmed>; readonly known: KnownNames },
): RunTarget {
  const { id, kind, accountId, mayRetry } = one;
  const found = confirmed.get(runTargetKey(one));
  const facts = factsOf(one);
  const deed = found === undefined ? olderDeed(one, known) : deedOf(found.group);
  const name = found?.target.name ?? known.resources.get(runTargetKey(one)) ?? id;
  const said: RunWord[] = [{ time, outcome: facts.outcome, code: facts.code, from: 'run' }];
  return { ...deed, kind, id, name, accountId, ...facts, mayRetry, time, resource: undefined, said };
}

type Deed = Pick<
  RunTarget,
  'accountId' | 'accountName' | 'account' | 'provider' | 'region' | 'does' | 'action' | 'answers'
>;

function deedOf({ account, provider, region, does, action, answers }: JournalDeed): Deed {
  const { id, name } = account;
  return { accountId: id, accountName: name, account, provider, region, does, action, answers: answersRead(answers) };
}

/** Older versions wrote down nothing but ids of what they did not send. */
function olderDeed({ accountId, region }: Unsent, { accounts }: KnownNames): Deed {
  const found = accounts.get(accountId);
  const account: JournalAccount | undefined = found?.account;
  const provider = found?.provider ?? providerIn(accountId);
  return { accountId, accountName: account?.name ?? accountId, account, provider, region, action: undefined };
}

/** `env:alibabaCloud`, `profile:alibabaCloud:cli:prod` */
function providerIn(accountId: string): ProviderId | undefined {
  return providerIds.find((id) => accountId.split(':').includes(id));
}

/** Any value can stand in a line; answers are flags and texts. */
function answersRead(written: Readonly<Record<string, unknown>> | undefined): Answers | undefined {
  if (typeof written !== 'object') return undefined;
  const read = Object.entries(written).filter(([, value]) => typeof value === 'boolean' || typeof value === 'string');
  return Object.fromEntries(read) as Answers;
}

function factsOf({ outcome, code, message, advice, note }: JournalOutcome) {
  return { outcome: outcomeRead(outcome), code, message, advice, note };
}
