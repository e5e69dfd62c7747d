import type { HostOutcome } from '../../core/commands';

/** How many failures are too many: more than a number of hosts, or more than a share in percent. */
export type MaxErrors =
  { readonly type: 'count'; readonly value: number } | { readonly type: 'share'; readonly value: number };

/** How hosts are divided: all at once, or a few sizes, each a number or a share of all in percent, and then the rest. */
export type WaveChoice =
  { readonly type: 'allAtOnce' } | { readonly type: 'waves'; readonly sizes: readonly (number | `${number}%`)[] };

/** When a person is asked before the next wave. */
export type BatchPause = 'automatic' | 'firstBatchPause' | 'everyBatchPause';

export interface WavePlan {
  /** Ids of hosts; each stands in one wave. */
  readonly waves: readonly (readonly string[])[];
  readonly maxErrors: MaxErrors;
  readonly pause: BatchPause;
}

export interface WaveHost {
  readonly id: string;
  /** Account and region: the smallest of them go first. */
  readonly place: string;
}

/** Divides hosts into waves. Those of the smallest region go first, so that a bad script meets as few as can be. */
export function planWaves(
  hosts: readonly WaveHost[],
  choice: WaveChoice,
  rule: Pick<WavePlan, 'maxErrors' | 'pause'>,
): WavePlan {
  const ids = smallestFirst(hosts);
  if (choice.type === 'allAtOnce') return { waves: ids.length === 0 ? [] : [ids], ...rule };
  const waves: string[][] = [];
  let at = 0;
  for (const size of [...choice.sizes, '100%' as const]) {
    const count = sizeOf(size, ids.length);
    if (at < ids.length) waves.push(ids.slice(at, at + count));
    at += count;
  }
  return { waves, ...rule };
}

function sizeOf(size: number | `${number}%`, total: number): number {
  const count = typeof size === 'number' ? size : (parseFloat(size) / 100) * total;
  return Math.max(1, Math.ceil(count) || 1);
}

function smallestFirst(hosts: readonly WaveHost[]): string[] {
  const places = new Map<string, string[]>();
  for (const { id, place } of hosts) places.set(place, [...(places.get(place) ?? []), id]);
  const ids = [...places.values()].sort((a, b) => a.length - b.length).flat();
  return [...new Set(ids)];
}

/** Above so many hosts waves are on by themselves. */
export const wavesAbove = 10;

/** What is chosen where nobody chooses: the first host, then the rest; above ten hosts a tenth of them in between. */
export function defaultWaves(
  count: number,
  isProduction: boolean,
): { readonly choice: WaveChoice; readonly pause: BatchPause } {
  if (count <= 1) return { choice: { type: 'allAtOnce' }, pause: 'automatic' };
  const sizes = count > wavesAbove ? ([1, '10%'] as const) : ([1] as const);
  return { choice: { type: 'waves', sizes }, pause: isProduction ? 'firstBatchPause' : 'automatic' };
}

/** How bad it can get. */
export interface WorstCase {
  /** Hosts that a script is run on which fails everywhere, before it stops. */
  readonly touched: number;
  /** Hosts that can fail at most, however they do, before nothing further is sent. */
  readonly failed: number;
  readonly total: number;
}

export function worstCase(plan: WavePlan): WorstCase {
  const total = totalOf(plan);
  let touched = 0;
  for (const wave of plan.waves) {
    touched += wave.length;
    if (isBroken(plan, { failedInWave: wave.length, waveSize: wave.length, failed: touched })) break;
  }
  return { touched, failed: mostFailed(plan), total };
}

/** The most that can fail: as many as the rule lets pass in each wave, and all of the wave that breaks it. */
function mostFailed(plan: WavePlan): number {
  let passed = 0;
  let most = 0;
  for (const wave of plan.waves) {
    most = Math.max(most, passed + wave.length);
    passed += passableIn(plan, wave.length, passed);
  }
  return most;
}

function passableIn(plan: WavePlan, waveSize: number, before: number): number {
  for (let failed = waveSize; failed > 0; failed--)
    if (!isBroken(plan, { failedInWave: failed, waveSize, failed: before + failed })) return failed;
  return 0;
}

function totalOf({ waves }: WavePlan): number {
  return waves.reduce((sum, wave) => sum + wave.length, 0);
}

interface Counts {
  readonly failedInWave: number;
  readonly waveSize: number;
  readonly failed: number;
}

/** Too many failures in the wave or in the whole run, or a wave of which nothing came back well. */
function isBroken(plan: WavePlan, { failedInWave, waveSize, failed }: Counts): boolean {
  if (failedInWave > 0 && failedInWave >= waveSize) return true;
  const { type, value } = plan.maxErrors;
  if (type === 'count') return failed > value;
  return failedInWave > (value / 100) * waveSize || failed > (value / 100) * totalOf(plan);
}

/** What became of a host so far. */
export type HostProgress = 'waiting' | 'sent' | HostOutcome;

export type WaveStatus = 'running' | 'asking' | 'paused' | 'stopping' | 'ended';

/** Why nothing further is sent. */
export type WaveStop = 'maxErrors' | 'waveFailed' | 'user';

export interface WaveState {
  readonly plan: WavePlan;
  /** The present wave, from 0. */
  readonly wave: number;
  readonly status: WaveStatus;
  readonly stop: WaveStop | undefined;
  readonly hosts: ReadonlyMap<string, HostProgress>;
}

export type WaveEvent =
  /** A call with these hosts is about to go out. */
  | { readonly type: 'sent'; readonly ids: readonly string[] }
  /** A host has ended, fell silent past its deadline, or can surely not be sent to. An end after silence counts anew. */
  | { readonly type: 'ended'; readonly id: string; readonly outcome: HostOutcome }
  | { readonly type: 'pause' | 'continue' | 'stop' };

export function startWaves(plan: WavePlan): WaveState {
  const ids = plan.waves.flat();
  const hosts = new Map<string, HostProgress>(ids.map((id) => [id, 'waiting']));
  return { plan, wave: 0, status: ids.length === 0 ? 'ended' : 'running', stop: undefined, hosts };
}

/** The hosts that may be sent to now. */
export function hostsToSend({ plan, wave, status, hosts }: WaveState): readonly string[] {
  return status === 'running' ? (plan.waves[wave] ?? []).filter((id) => hosts.get(id) === 'waiting') : [];
}

/** What follows from something that happened. Hosts of no plan, and what was over before, change nothing. */
export function advanceWaves(state: WaveState, event: WaveEvent): WaveState {
  switch (event.type) {
    case 'sent':
      return withHosts(
        state,
        event.ids.filter((id) => state.hosts.get(id) === 'waiting').map((id) => [id, 'sent']),
      );
    case 'ended':
      return afterEnd(state, event.id, event.outcome);
    case 'pause':
      return state.status === 'running' ? { ...state, status: 'paused' } : state;
    case 'continue':
      return state.status === 'paused' || state.status === 'asking'
        ? settled({ ...state, status: 'running' }, true)
        : state;
    case 'stop':
      return state.status === 'ended' ? state : stopped(state, 'user');
  }
}

/** The outcomes as they stand; what was not sent when it ended is "not sent". They add up to the number that was confirmed. */
export function countOutcomes({ hosts }: WaveState): Readonly<Record<HostProgress, number>> {
  const counts = Object.fromEntries(progresses.map((progress) => [progress, 0])) as Record<HostProgress, number>;
  for (const progress of hosts.values()) counts[progress]++;
  return counts;
}

const progresses: readonly HostProgress[] = [
  'waiting',
  'sent',
  'ok',
  'failed',
  'timedOut',
  'notDelivered',
  'refused',
  'stoppedBefore',
  'stoppedDuring',
  'silent',
  'unknown',
  'notSent',
];

/** Everything but a success is a failure for the rule: silence and what cannot be told above all. */
export function isFailure(progress: HostProgress): boolean {
  return !['waiting', 'sent', 'ok', 'notSent'].includes(progress);
}

function withHosts(state: WaveState, changes: readonly (readonly [string, HostProgress])[]): WaveState {
  return changes.length === 0 ? state : { ...state, hosts: new Map([...state.hosts, ...changes]) };
}

function afterEnd(state: WaveState, id: string, outcome: HostOutcome): WaveState {
  const before = state.hosts.get(id);
  // What the cloud says later of a host that was silent or not known is the truth of it.
  const isOpen = before === 'waiting' || before === 'sent' || before === 'silent' || before === 'unknown';
  if (!isOpen) return state;
  return settled(withHosts(state, [[id, outcome]]), false);
}

/** Looks at the rule, and goes to the next wave where the present one is over. */
function settled(state: WaveState, isAnswered: boolean): WaveState {
  if (state.status === 'stopping') return endIfOver(state);
  if (state.status === 'ended') return state;
  const reason = brokenBy(state);
  if (reason !== undefined) return stopped(state, reason);
  if (!isWaveOver(state)) return state;
  if (state.wave >= state.plan.waves.length - 1) return { ...state, status: 'ended' };
  if (!isAnswered && asks(state)) return { ...state, status: state.status === 'paused' ? 'paused' : 'asking' };
  if (state.status === 'paused') return state;
  return { ...state, wave: state.wave + 1, status: 'running' };
}

function asks({ plan, wave }: WaveState): boolean {
  return plan.pause === 'everyBatchPause' || (plan.pause === 'firstBatchPause' && wave === 0);
}

function isWaveOver({ plan, wave, hosts }: WaveState): boolean {
  return (plan.waves[wave] ?? []).every((id) => !['waiting', 'sent'].includes(hosts.get(id) ?? 'waiting'));
}

function brokenBy(state: WaveState): WaveStop | undefined {
  const { plan, wave, hosts } = state;
  const ids = plan.waves[wave] ?? [];
  const failures = (some: Iterable<HostProgress | undefined>): number =>
    [...some].filter((one) => one !== undefined && isFailure(one)).length;
  const counts = {
    failedInWave: failures(ids.map((id) => hosts.get(id))),
    waveSize: ids.length,
    failed: failures(hosts.values()),
  };
  if (!isBroken(plan, counts)) return undefined;
  return counts.failedInWave >= counts.waveSize ? 'waveFailed' : 'maxErrors';
}

/** Nothing further is sent; what runs is followed to its end. */
function stopped(state: WaveState, stop: WaveStop): WaveState {
  const unsent = [...state.hosts]
    .filter(([, progress]) => progress === 'waiting')
    .map(([id]) => [id, 'notSent'] as const);
  return endIfOver({ ...withHosts(state, unsent), status: 'stopping', stop: state.stop ?? stop });
}

function endIfOver(state: WaveState): WaveState {
  return [...state.hosts.values()].includes('sent') ? state : { ...state, status: 'ended' };
}
