import type { Answers } from './input';
import type { Operation } from './operation';
import type { Pager } from './pager';

/**
 * How far a resource is in a run that goes on in the cloud, in one vocabulary for both clouds.
 * - `waiting`: being checked, delivered, or waiting for its time.
 * - `succeeded`: it ended with exit code 0.
 * - `failed`: it ended with another exit code, or could not go on.
 * - `timedOut`: it was cut off at its time limit.
 * - `notDelivered`: it never reached the resource. `refused`: its type or a parameter cannot be used there.
 * - `stoppedBefore`: stopped before it began. `stopped`: stopped while it ran.
 * - `other`: a word of the cloud that is not known here; taken as going on.
 */
export type RunState =
  | 'waiting'
  | 'running'
  | 'stopping'
  | 'succeeded'
  | 'failed'
  | 'timedOut'
  | 'notDelivered'
  | 'refused'
  | 'stoppedBefore'
  | 'stopped'
  | 'other';

/** States in which more can still come. */
const goingOn: ReadonlySet<RunState> = new Set(['waiting', 'running', 'stopping', 'other']);

export function isFinal(state: RunState): boolean {
  return !goingOn.has(state);
}

/** What a resource printed, as far as the cloud keeps it. */
export interface RunOutput {
  readonly bytes: Uint8Array;
  /** Bytes that are missing; undefined where the cloud does not say. */
  readonly missing: number | undefined;
}

/** What the cloud's record of a run says of one resource. */
export interface RunRecord {
  readonly id: string;
  readonly state: RunState;
  /** The cloud's own word for the state. */
  readonly word: string;
  /** In final states only, and only where something ran to its end. */
  readonly exitCode: number | undefined;
  /** Why it did not run or did not go on, in the cloud's words. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** What the code means, in the user's language, where it is documented. */
  readonly meaning?: string | undefined;
  /** ISO 8601. */
  readonly startedAt?: string | undefined;
  readonly finishedAt?: string | undefined;
  readonly output: RunOutput | undefined;
}

/** A read of the cloud, page by page, that belongs to a run. */
export interface RunRead<T> {
  readonly operation: Operation;
  readonly pager: Pager;
  readonly read: (value: unknown) => readonly T[];
  /** What tells one entry from another. */
  readonly idOf: (entry: T) => string;
}

/** The records of what one run did, by its id. */
export interface HostRecords extends RunRead<RunRecord> {
  readonly params: (handle: string) => Record<string, unknown>;
}

/** A run as the cloud lists it. */
export interface ListedRun {
  readonly handle: string;
  /** Whether it carries this mark. */
  readonly isMarked: (mark: string) => boolean;
  /** What the cloud keeps as having been sent; undefined where it does not say. */
  readonly content: Uint8Array | undefined;
}

/** The call only starts it: it goes on in the cloud, which keeps a record of what became of each resource. */
export interface FollowedGoal {
  readonly type: 'followed';
  /** Nothing means that it is so already. */
  readonly codes: readonly string[];
  readonly settlesLater: boolean;
  /** The parameters of the call, with a mark of this call alone, by which the run is found when the answer is lost. */
  readonly marked: (ids: readonly string[], answers: Answers, mark: string) => Record<string, unknown>;
  /** The parameters as the journal keeps them: without what may hold a secret. */
  readonly recorded: (params: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /** The answers as the journal keeps them: without what may hold a secret. Those it leaves out are asked again. */
  readonly recordedAnswers: (answers: Answers) => Answers;
  /** The cloud's id of what was started; undefined where the answer does not tell it. */
  readonly handleOf: (value: unknown) => string | undefined;
  /** The records of one run by its id. */
  readonly records: HostRecords;
  /** The cloud's list of runs, whoever started them, by their id or by a mark. */
  readonly listed: RunRead<ListedRun> & {
    readonly params: (by: { readonly handle: string } | { readonly mark: string }) => Record<string, unknown>;
  };
  /** What was confirmed, as bytes. */
  readonly content: (answers: Answers) => Uint8Array;
  /** Ends what is still going on. */
  readonly stop: {
    readonly operation: Operation;
    readonly idsPerCall: number;
    /** The cloud has no word for what was stopped and tells it as failed. */
    readonly isToldAsFailure: boolean;
    readonly params: (handle: string, ids: readonly string[]) => Record<string, unknown>;
  };
  /** It goes on at times of its own until it is stopped: nobody waits for an end. */
  readonly repeats?: boolean;
  /** How long after the call every resource must have a final state, in milliseconds; who has none then is silent. */
  readonly deadlineMs: (answers: Answers) => number;
}
