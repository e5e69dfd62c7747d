import { groupBy } from '../../util/async';
import { cloudRunsIn } from './cloudRuns';
import type { Journal } from './journal';
import { countOutcomes, isOpen } from './outcome';
import type { JournalProblem, JournalRecord } from './records';
import { withRetries } from './retries';
import type { RunRecord, RunState } from './runRecord';
import { namesIn, neverSentTargets, sentTargets, unsentTargets, type KnownNames, type RunEntry } from './runTargets';

/** All runs of the journal as they stand now, by id, newest first. Rejects where the journal cannot be read. */
export async function loadRuns(
  journal: Pick<Journal, 'load' | 'ownRuns'> & Partial<Pick<Journal, 'livingRuns'>>,
): Promise<{ readonly runs: ReadonlyMap<string, RunRecord>; readonly problems: readonly JournalProblem[] }> {
  const { records, problems } = await journal.load();
  return {
    runs: new Map(runsOf(records, journal.ownRuns(), journal.livingRuns?.()).map((run) => [run.run, run])),
    problems,
  };
}

/** The runs in the journal, newest first. `ownRuns` are those this window started, `living` those of other windows that live. */
export function runsOf(
  records: readonly JournalRecord[],
  ownRuns: ReadonlySet<string>,
  living: ReadonlySet<string> = new Set(),
): RunRecord[] {
  const entries = records.filter(belongsToRun);
  const known = namesIn(entries);
  const byRun = groupBy(entries, (record) => record.run);
  const runs = [...byRun].map(([run, written]) =>
    runOf({ run, written, at: ownRuns.has(run) ? 'here' : living.has(run) ? 'elsewhere' : undefined, known }),
  );
  return withRetries(runs.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())).map(counted);
}

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

interface Written {
  readonly run: string;
  readonly written: readonly RunEntry[];
  /** Which window may still be at it; undefined for one that is gone. */
  readonly at: 'here' | 'elsewhere' | undefined;
  readonly known: KnownNames;
}

const unended = { here: 'running', elsewhere: 'elsewhere' } as const;

function runOf({ run, written, at, known }: Written): RunRecord {
  const begin = written.find((record) => record.type === 'run');
  const end = written.find((record) => record.type === 'ended');
  const state: RunState =
    end !== undefined ? (end.cancelled ? 'cancelled' : 'ended') : at === undefined ? 'interrupted' : unended[at];
  const sent = sentTargets(written);
  const isInterrupted = state === 'interrupted';
  return {
    run,
    title: begin?.title ?? '',
    plan: begin?.plan ?? '',
    startedAt: new Date(begin?.time ?? written[0]?.time ?? 0),
    endedAt: end === undefined ? undefined : new Date(end.time),
    state,
    retryOf: begin?.retryOf,
    targets: [...sent, ...unsentTargets(written, known)],
    counts: new Map(),
    unresolved: [],
    neverSent: isInterrupted ? Math.max(0, (begin?.count ?? 0) - sent.length) : 0,
    cloudRuns: cloudRunsIn(written),
    neverSentTargets: isInterrupted ? neverSentTargets(written, sent) : [],
  };
}

/** With what is counted of the targets as they stand. */
function counted(run: RunRecord): RunRecord {
  const { targets, state } = run;
  return {
    ...run,
    counts: countOutcomes(targets.flatMap(({ outcome }) => (outcome === undefined ? [] : [{ outcome }]))),
    unresolved: state === 'running' || state === 'elsewhere' ? [] : targets.filter(({ outcome }) => isOpen(outcome)),
  };
}
