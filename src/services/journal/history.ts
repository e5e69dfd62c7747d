import type { ProviderId } from '../../core/account';
import type { ActionId } from '../../core/action';
import type { Item } from '../../core/item';
import type { KindId } from '../../core/target';
import { groupBy } from '../../util/async';
import { countOutcomes, isOpen, outcomeRead, type Outcome } from './outcome';
import type { JournalRecord } from './records';
import type { JournalOutcome } from './records';

/** What the journal knows of one target of a run. */
export interface RunTarget {
  readonly kind: KindId;
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly accountName: string;
  /** Undefined for targets that were never sent. */
  readonly provider: ProviderId | undefined;
  readonly region: string;
  /** The operation; undefined for targets that were never sent. */
  readonly action: string | undefined;
  /** The id of the action, where it is written down. */
  readonly does?: ActionId | undefined;
  /** Undefined while no outcome is written down. */
  readonly outcome: Outcome | undefined;
  /** When the last word about it was written. */
  readonly time: Date;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly advice?: string | undefined;
  readonly note?: string | undefined;
  readonly requestId?: string | undefined;
  /** The record as it was before the call. */
  readonly resource: Item | undefined;
}

/**
 * - `running`: this window is at it.
 * - `ended`: every target has its last word, unless some are `unknown`.
 * - `cancelled`: it ended because the person stopped it.
 * - `interrupted`: no end is written down: the window was closed or crashed, or another window is still at it.
 */
export type RunState = 'running' | 'ended' | 'cancelled' | 'interrupted';

/** One run as the journal tells it. */
export interface RunRecord {
  readonly run: string;
  /** As it was asked, in the language of that time: "Deregister 3 managed instances?" */
  readonly title: string;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  readonly state: RunState;
  /** In the order in which they were sent; those never sent last. */
  readonly targets: readonly RunTarget[];
  readonly counts: ReadonlyMap<Outcome, number>;
  /** Targets of which nobody can say what became of them until they are read again. */
  readonly unresolved: readonly RunTarget[];
  /** Confirmed targets of an interrupted run that were surely never sent: nothing about them is written down. */
  readonly neverSent: number;
}

/** The runs in the journal, newest first. `ownRuns` are those this window started. */
export function runsOf(records: readonly JournalRecord[], ownRuns: ReadonlySet<string>): RunRecord[] {
  const byRun = groupBy(records.filter(belongsToRun), (record) => record.run);
  const runs = [...byRun].map(([run, written]) => runOf(run, written, ownRuns.has(run)));
  return runs.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
}

type RunEntry = Exclude<JournalRecord, { readonly type: 'opened' }>;

/**
 * A line that does not verify can still be JSON of any shape. What lacks the parts that are read here is left out:
 * the journal's problems name its file and line.
 */
function belongsToRun(record: JournalRecord): record is RunEntry {
  if (record.type === 'opened' || typeof record.run !== 'string' || Number.isNaN(Date.parse(record.time))) return false;
  switch (record.type) {
    case 'run':
    case 'followed':
      return true;
    case 'before':
      return Array.isArray(record.targets) && typeof record.account === 'object';
    case 'after':
    case 'checked':
      return Array.isArray(record.outcomes);
    case 'ended':
      return Array.isArray(record.unsent);
    default: {
      const never: never = record;
      return never;
    }
  }
}

function runOf(run: string, written: readonly RunEntry[], own: boolean): RunRecord {
  const begin = written.find((record) => record.type === 'run');
  const end = written.find((record) => record.type === 'ended');
  const state: RunState = end !== undefined ? (end.cancelled ? 'cancelled' : 'ended') : own ? 'running' : 'interrupted';
  const sent = sentTargets(written);
  const unsent = end === undefined ? [] : end.unsent.map((one) => unsentTarget(one, new Date(end.time)));
  const targets = [...sent, ...unsent];
  return {
    run,
    title: begin?.title ?? '',
    startedAt: new Date(begin?.time ?? written[0]?.time ?? 0),
    endedAt: end === undefined ? undefined : new Date(end.time),
    state,
    targets,
    counts: countOutcomes(targets.flatMap(({ outcome }) => (outcome === undefined ? [] : [{ outcome }]))),
    unresolved: state === 'running' ? [] : targets.filter(({ outcome }) => isOpen(outcome)),
    neverSent: state === 'interrupted' ? Math.max(0, (begin?.count ?? 0) - sent.length) : 0,
  };
}

/** What was sent, each target with the last word about it. A repeat of a call does not make it two targets. */
function sentTargets(written: readonly RunEntry[]): RunTarget[] {
  const targets = new Map<string, RunTarget>();
  for (const record of written) {
    if (record.type === 'before') {
      for (const target of beforeTargets(record)) targets.set(`${record.call}\n${target.id}`, target);
    } else if (record.type === 'after' || record.type === 'checked') {
      const requestId = record.type === 'after' ? record.requestId : undefined;
      for (const said of record.outcomes) {
        const key = `${record.call}\n${said.id}`;
        const target = targets.get(key);
        if (target !== undefined)
          targets.set(key, {
            ...target,
            ...factsOf(said),
            requestId: requestId ?? target.requestId,
            time: new Date(record.time),
          });
      }
    }
  }
  return [...targets.values()];
}

function beforeTargets(record: Extract<JournalRecord, { readonly type: 'before' }>): RunTarget[] {
  const { account, provider, region, does, action, time } = record;
  return record.targets.map(({ kind, id, name, resource }) => ({
    kind,
    id,
    name,
    accountId: account.id,
    accountName: account.name,
    provider,
    region,
    does,
    action,
    outcome: undefined,
    time: new Date(time),
    resource,
  }));
}

type Unsent = Extract<JournalRecord, { readonly type: 'ended' }>['unsent'][number];

function unsentTarget(one: Unsent, time: Date): RunTarget {
  const { id, kind, region, accountId } = one;
  return {
    kind,
    id,
    name: id,
    accountId,
    accountName: accountId,
    provider: undefined,
    region,
    action: undefined,
    resource: undefined,
    time,
    ...factsOf(one),
  };
}

function factsOf({ outcome, code, message, advice, note }: JournalOutcome) {
  return { outcome: outcomeRead(outcome), code, message, advice, note };
}
