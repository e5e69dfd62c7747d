import type { Clock } from '../../util/clock';
import type { HostBehaviour, ReceivedRun } from '../hostBehaviour';
import { RecordTable } from '../recordTable';
import type { Execution } from './execution';
import { bytesWritten, type Written } from './written';

/** What a host of a run is at, in nobody's spelling. */
export type HostState =
  | 'pending'
  | 'scheduled'
  | 'running'
  | 'stopping'
  | 'success'
  | 'failed'
  | 'timeout'
  | 'undelivered'
  | 'invalid'
  | 'cancelled'
  | 'terminated';

export const finalStates: ReadonlySet<HostState> = new Set([
  'success',
  'failed',
  'timeout',
  'undelivered',
  'invalid',
  'cancelled',
  'terminated',
]);

/** What one host of a run is at, at one moment. */
export interface HostView {
  readonly id: string;
  readonly state: HostState;
  readonly output: Buffer;
  /** Bytes that are missing at the beginning. */
  readonly dropped: number;
  readonly exitCode: number | undefined;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly stoppedAt: number | undefined;
  readonly rounds: number;
  /** Why the host did not take the command, in the cloud's own code. */
  readonly refusal: string | undefined;
}

export interface RunHost {
  readonly id: string;
  readonly behaviour: HostBehaviour;
  readonly execution: Execution;
  /** The host says no: there is no such user or folder on it. */
  readonly refusal?: string | undefined;
}

/** When it runs: at once, or at times that are still to come. */
export interface Plan {
  /** Beginnings of rounds up to a moment, oldest first; undefined for a run that begins at once. */
  readonly roundsUntil?: (ms: number) => readonly number[];
  /** Whether a round is still to come after a moment. */
  readonly hasMore?: (ms: number) => boolean;
}

/** A run as the sandbox keeps it. The times of its hosts follow from when it was made and from the clock. */
export interface Run<D extends object> {
  readonly id: string;
  readonly createdAt: number;
  readonly timeoutMs: number;
  readonly stepMs: number;
  readonly outputLimit: number;
  readonly hosts: readonly RunHost[];
  readonly plan: Plan;
  readonly script: string;
  /** What the cloud says of it besides. */
  readonly details: D;
  readonly stops: { readonly at: number; readonly ids: ReadonlySet<string> | undefined }[];
}

/** A command that nobody answers is given up after this long. */
const deliveryMs = 60_000;

/** Runs of one region. */
export class RunBook<D extends object> {
  readonly table: RecordTable<Run<D>>;

  constructor(private readonly clock: Pick<Clock, 'now'>) {
    this.table = new RecordTable<Run<D>>(clock);
  }

  add(run: Run<D>): void {
    this.table.add(run.id, run);
  }

  /** The hosts whose records are there by now. */
  hosts(run: Run<D>, now = this.clock.now().getTime()): HostView[] {
    return run.hosts
      .filter(({ behaviour }) => now >= run.createdAt + (behaviour.recordAfterMs ?? 0))
      .map((host) => viewOf(run, host, now));
  }

  isGoingOn(run: Run<D>, now = this.clock.now().getTime()): boolean {
    return run.hosts.some((host) => !finalStates.has(viewOf(run, host, now).state));
  }

  /** What was received, oldest first. */
  received(): ReceivedRun[] {
    return this.table.values().map(({ id, script, hosts }) => ({ id, script, hosts: hosts.map((host) => host.id) }));
  }

  /** Asks hosts to stop; what has ended by then stays as it is. */
  stop(run: Run<D>, ids: readonly string[] | undefined): void {
    run.stops.push({ at: this.clock.now().getTime(), ids: ids === undefined ? undefined : new Set(ids) });
  }
}

/** One round of one host. */
interface Round {
  readonly from: number;
  readonly to: number;
  readonly isCut: boolean;
}

function viewOf<D extends object>(run: Run<D>, host: RunHost, now: number): HostView {
  const stop = run.stops.find(({ at, ids }) => at <= now && (ids === undefined || ids.has(host.id)));
  const starts = startsOf(run, host, Math.min(now, stop?.at ?? now));
  const last = starts.at(-1);
  const rounds = run.plan.roundsUntil === undefined ? 0 : starts.length;
  const base = { id: host.id, stoppedAt: stop?.at, rounds, refusal: host.refusal };
  if (host.behaviour.unreachable === true) return undelivered(run, base, now, stop?.at);
  const isStopped = stop !== undefined;
  if (last === undefined) {
    const state = isStopped ? 'cancelled' : run.plan.roundsUntil === undefined ? 'pending' : 'scheduled';
    return { ...base, ...nothing, state, finishedAt: isStopped ? stop.at : undefined };
  }
  if (host.refusal !== undefined) return { ...base, ...nothing, state: 'invalid', finishedAt: last };
  return played(run, host, { base, from: last, stop: stop?.at, now });
}

const nothing = {
  output: Buffer.alloc(0),
  dropped: 0,
  exitCode: undefined,
  startedAt: undefined,
  finishedAt: undefined,
};

type Base = Pick<HostView, 'id' | 'stoppedAt' | 'rounds' | 'refusal'>;

function undelivered<D extends object>(run: Run<D>, base: Base, now: number, stop: number | undefined): HostView {
  const end = run.createdAt + deliveryMs;
  if (stop !== undefined && stop < end) return { ...base, ...nothing, state: 'cancelled', finishedAt: stop };
  const isOver = now >= end;
  return { ...base, ...nothing, state: isOver ? 'undelivered' : 'pending', finishedAt: isOver ? end : undefined };
}

function startsOf<D extends object>(run: Run<D>, { behaviour }: RunHost, until: number): readonly number[] {
  const late = run.stepMs + (behaviour.delayMs ?? 0);
  if (run.plan.roundsUntil !== undefined) return run.plan.roundsUntil(until - late).map((at) => at + late);
  const from = run.createdAt + late;
  return from <= until ? [from] : [];
}

interface Played {
  readonly base: Base;
  readonly from: number;
  readonly stop: number | undefined;
  readonly now: number;
}

function played<D extends object>(run: Run<D>, host: RunHost, { base, from, stop, now }: Played): HostView {
  const round = roundOf(run, host, from);
  const stopEnd = stop === undefined ? Infinity : stop + run.stepMs;
  const isStopped = stop !== undefined && stop < round.to && stopEnd < round.to;
  const end = isStopped ? stopEnd : round.to;
  const isOver = now >= end;
  const written = bytesWritten(host.execution.pieces, Math.min(now, end) - from, {
    limit: run.outputLimit,
    gbk: host.behaviour.gbk === true,
  });
  if (!isOver) {
    const state = stop !== undefined && stop <= now ? 'stopping' : 'running';
    return { ...base, ...written, state, exitCode: undefined, startedAt: from, finishedAt: undefined };
  }
  return { ...base, ...ended(run, host, { round, written, isStopped, stop, now }), startedAt: from, finishedAt: end };
}

interface Ended {
  readonly round: Round;
  readonly written: Written;
  readonly isStopped: boolean;
  readonly stop: number | undefined;
  readonly now: number;
}

function ended<D extends object>(run: Run<D>, { execution }: RunHost, { round, written, isStopped, stop, now }: Ended) {
  if (isStopped) return { ...written, state: 'terminated' as const, exitCode: 137 };
  const exitCode = round.isCut ? 137 : execution.exitCode;
  const state: HostState = round.isCut ? 'timeout' : exitCode === 0 ? 'success' : 'failed';
  const goesOn = stop === undefined && run.plan.hasMore?.(now) === true;
  if (stop !== undefined && run.plan.roundsUntil !== undefined)
    return { ...written, state: 'cancelled' as const, exitCode };
  return { ...written, state: goesOn ? ('scheduled' as const) : state, exitCode };
}

function roundOf<D extends object>(run: Run<D>, { execution, behaviour }: RunHost, from: number): Round {
  const duration = behaviour.silent === true ? Infinity : execution.durationMs + run.stepMs;
  const isCut = behaviour.silent !== true && execution.durationMs > run.timeoutMs;
  return { from, to: from + (isCut ? run.timeoutMs : duration), isCut };
}
