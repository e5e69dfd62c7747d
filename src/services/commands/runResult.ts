import type { RunOutput, RunRecord, RunState } from '../../core/followed';
import type { Target } from '../../core/target';
import type { Event } from '../../util/lifecycle';
import { finalOutcome } from '../actions/followedOutcome';
import type { RunStage } from '../actions/runControl';
import type { Outcome } from '../journal/outcome';

/** How far a host is: not sent yet, going on in the cloud, or what became of it. */
export type HostState = 'notYet' | GoingOn | Outcome;
type GoingOn = Extract<RunState, 'waiting' | 'running' | 'stopping' | 'other'>;

const goingOn: ReadonlySet<string> = new Set<GoingOn>(['waiting', 'running', 'stopping', 'other']);

/** Whether the cloud is still at it, as far as is known. */
export function isGoingOn(state: HostState): boolean {
  return goingOn.has(state);
}

/** Whether more can still come. */
export function isOpenState(state: HostState): boolean {
  return state === 'notYet' || isGoingOn(state);
}

/** One host of a run: what it is, what became of it, and what it printed. Never changed: news are another object. */
export interface HostResult {
  /** The same text for the same host in every result: its `targetKey`. */
  readonly key: string;
  readonly target: Target;
  readonly name: string;
  /** What it calls itself, and its addresses: both are taken for the same in all hosts. */
  readonly hostnames: readonly string[];
  readonly addresses: readonly string[];
  readonly account: string;
  readonly region: string;
  readonly state: HostState;
  /** The cloud's own word, for states that are not known here. */
  readonly word?: string | undefined;
  readonly exitCode?: number | undefined;
  /** ISO 8601. */
  readonly startedAt?: string | undefined;
  readonly finishedAt?: string | undefined;
  /** Why it did not run or did not go on. */
  readonly note?: string | undefined;
  /** What it printed; undefined where nothing is known of it. */
  readonly output: RunOutput | undefined;
}

/** What is known of a run by now. */
export interface RunResult {
  /** The same text for the same run in every session. */
  readonly id: string;
  readonly title: string;
  /** "check.sh, Shell, 12 lines (SHA-256 ab12cd34ef56)" */
  readonly scripts: readonly string[];
  readonly startedAt: Date;
  readonly stage: RunStage | 'ended';
  /** Why it stopped early. */
  readonly stopped?: string | undefined;
  /** Those that had their last word before somebody stopped the run; undefined where nobody did. */
  readonly endedBeforeStop?: ReadonlySet<string> | undefined;
  readonly hosts: readonly HostResult[];
}

/** Where a result comes from: a run under way, or records that are read later. */
export interface ResultSource {
  /** What is known by now; the same object as long as nothing changed. */
  current(): RunResult;
  readonly onDidChange: Event<void>;
  /** Whether the journal has the run, so that it can be run again; it does unless told otherwise. */
  readonly isOwn?: boolean | undefined;
  /** What can be done to it while it goes on; absent where that is not in our hands. */
  readonly control?: { pause(): void; goOn(): void; stop(): void } | undefined;
}

/** What a cloud's record says of a host, over what is known of it already. */
export function withRecord(host: HostResult, record: RunRecord): HostResult {
  const { word, exitCode, startedAt, finishedAt, output, message, meaning } = record;
  return {
    ...host,
    state: stateOf(record),
    word,
    exitCode,
    startedAt,
    finishedAt,
    note: meaning ?? message,
    output: output ?? host.output,
  };
}

/** The state of a record: its last word, or how it goes on. */
export function stateOf(record: RunRecord): HostState {
  // What has no last word goes on.
  return finalOutcome(record) ?? (record.state as GoingOn);
}

/** The numbers that matter once a run was asked to stop. */
export interface StopCounts {
  /** It never began: stopped before, or not sent. */
  readonly before: number;
  /** It had begun, and was ended. */
  readonly during: number;
  /** It came to its end all the same. */
  readonly finished: number;
  readonly goingOn: number;
}

/** Undefined where nobody stopped it. */
export function stopCounts({ hosts, endedBeforeStop }: RunResult): StopCounts | undefined {
  if (endedBeforeStop === undefined) return undefined;
  const since = hosts.filter(({ key }) => !endedBeforeStop.has(key));
  const count = (test: (state: HostState) => boolean): number => since.filter(({ state }) => test(state)).length;
  return {
    before: count((state) => neverBegan.has(state)),
    during: count((state) => state === 'stopped'),
    finished: count((state) => !neverBegan.has(state) && state !== 'stopped' && !isGoingOn(state)),
    goingOn: count(isGoingOn),
  };
}

const neverBegan: ReadonlySet<HostState> = new Set(['notYet', 'notSent', 'changed', 'already', 'stoppedBefore']);
