import type { ActionIds } from './action';
import type { RunState } from './followed';
import type { Operation } from './operation';
import { unknownNext, type Cursor, type Pager } from './pager';
import type { Schedule } from './schedule';
import type { ScriptLanguage } from './script';
import { isUnreadable } from './unreadable';

export { scriptLanguages, type ScriptLanguage } from './script';

export type HostSystem = 'linux' | 'windows';

/** What one host answered, as the cloud tells it. */
export interface HostResult {
  readonly id: string;
  readonly state: RunState;
  /** The cloud's own word for it. */
  readonly word: string;
  /** Only once it has ended. */
  readonly exitCode: number | undefined;
  /** Base64. */
  readonly output: string;
  /** Bytes that are missing of it; undefined where the cloud does not say. */
  readonly dropped: number | undefined;
  readonly errorCode: string;
  readonly errorText: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly user: string;
  /** How often it ran, of a schedule. */
  readonly rounds: number | undefined;
}

/** A run as the cloud's own list has it, whoever started it. */
export interface CloudRun {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The cloud's own word. */
  readonly state: string;
  readonly isGoingOn: boolean;
  /** It runs at times of its own, until it is stopped or its end has come. */
  readonly isRepeated: boolean;
  readonly commandId: string;
  readonly language: ScriptLanguage | undefined;
  /** The script that the cloud has stored, in Base64. */
  readonly content: string;
  readonly createdAt: string;
  readonly schedule: string;
  readonly user: string;
  readonly folder: string;
  readonly timeout: number | undefined;
  /** The hosts, where the list names them. */
  readonly hostIds: readonly string[] | undefined;
  readonly hostCount: number | undefined;
  /** How far each host is, where the list tells. */
  readonly hostStates: readonly RunState[] | undefined;
}

/** The agent of a host. */
export interface AgentState {
  readonly id: string;
  /** Undefined where the cloud does not tell in a readable way. */
  readonly isOnline: boolean | undefined;
  /** The cloud's own word. */
  readonly state: string;
  readonly version: string;
  readonly system: HostSystem | undefined;
  readonly lastHeard: string;
}

/** What is run, once for all hosts of a call. */
export interface RunRequest {
  readonly language: ScriptLanguage;
  /** The finished script; it is sent in Base64, and nothing is put in by the cloud. */
  readonly content: string;
  /** What the run is called in the cloud: it holds the nonce by which a lost call is found again. */
  readonly name: string;
  readonly description?: string;
  readonly user?: string;
  /** The name of a stored password, where the cloud takes one. */
  readonly passwordName?: string;
  readonly folder?: string;
  readonly timeout?: number;
  /** In the cloud's own spelling. */
  readonly repeat?: Readonly<Record<string, unknown>>;
  /** The cloud's own rehearsal, where it has one. */
  readonly checkOnly?: boolean;
  /** Lets the cloud put in its own values and secrets: `{{…}}` in the script is then theirs. */
  readonly cloudValues?: boolean;
}

/** Running a script, as an action: the operation, how hosts are named, and how it goes on. */
export interface RunAction {
  readonly id: 'runCommand';
  readonly operation: Operation;
  readonly ids: ActionIds;
  readonly params: (ids: readonly string[], request: RunRequest) => Record<string, unknown>;
  readonly goal: { readonly type: 'followed'; readonly runId: (value: unknown) => string };
}

/** Pages of answers about runs. */
export interface RunRead<F, T> {
  readonly operation: Operation;
  readonly params: (filter: F) => Record<string, unknown>;
  readonly pager: Pager;
  readonly read: (value: unknown) => readonly T[];
}

export interface RunFilter {
  readonly id?: string;
  readonly name?: string;
}

export interface CommandLimits {
  /** Bytes of the script after Base64. */
  readonly content: number;
  readonly savedContent: number;
  readonly leastTimeout: number;
  readonly mostTimeout: number;
  readonly defaultTimeout: number;
  readonly name: number;
  /** A name that the cloud takes for a run. */
  readonly runName: RegExp;
}

/** A schedule as a person writes it, read. */
export type ReadSchedule =
  | {
      readonly ok: true;
      /** The parameters of a run that has it, in the cloud's spelling. */
      readonly repeat: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly problem: string };

/** How schedules are written. */
export interface ScheduleWriting {
  /** "rate(10m), at(…) or cron", for the question. */
  readonly examples: () => string;
  /** What stands in the box first. */
  readonly initial: string;
  readonly read: (text: string) => ReadSchedule;
}

/** What a cloud can do with commands. */
export interface CommandSupport {
  readonly limits: CommandLimits;
  readonly languages: (system: HostSystem) => readonly ScriptLanguage[];
  /** The first line that a script must have; undefined where none is needed. */
  readonly interpreterLine: (language: ScriptLanguage) => string | undefined;
  readonly defaultUser: (system: HostSystem) => string;
  readonly defaultFolder: (system: HostSystem) => string;
  /** Whether the cloud puts in a value of its own for `{{name}}`, such as a stored secret. */
  readonly cloudValue: (name: string) => boolean;
  /** Exit codes by which the agent turns a host off or restarts it. */
  readonly actingExits: (system: HostSystem) => readonly number[];
  /** How a call is kept from running twice: by its client token, or by the name of the run alone. */
  readonly once: 'clientToken' | 'name';
  readonly hasCheck: boolean;
  readonly run: RunAction;
  /** What the hosts of a run answered. */
  readonly results: RunRead<string, HostResult>;
  /** The cloud's own records, newest first. */
  readonly runs: RunRead<RunFilter, CloudRun>;
  readonly stop: {
    readonly operation: Operation;
    /** Hosts that one call can name; undefined where it stops the whole run only. */
    readonly hostsPerCall: number | undefined;
    /** The cloud has no word for what was stopped and tells it as failed. */
    readonly isToldAsFailure: boolean;
    readonly params: (runId: string, ids?: readonly string[]) => Record<string, unknown>;
  };
  readonly agents: RunRead<readonly string[], AgentState> & { readonly idsPerCall: number };
  /** What a word of the cloud for the state of a host means. A word that we do not know goes on: `other`. */
  readonly stateOf: (word: string) => RunState;
  /** What a host's error code means, in the user's language; undefined for one that nobody documents. */
  readonly explain: (errorCode: string) => string | undefined;
  /** Absent where runs cannot be scheduled. */
  readonly schedules?: ScheduleWriting;
  /** When something repeats; undefined for a text that the cloud would not take. */
  readonly scheduleOf: (repeat: Readonly<Record<string, unknown>>, createdAt: number) => Schedule | undefined;
}

/** Numbered pages, where there are no tokens. */
export function numberedPager(size: number, totalOf: (value: unknown) => number | undefined): Pager {
  const page = (number: number): Cursor => ({ PageNumber: number, PageSize: size });
  return {
    first: page(1),
    sample: { PageNumber: 1, PageSize: 1 },
    next: (value, cursor) => {
      if (isUnreadable(value, 'TotalCount')) throw unknownNext();
      const number = Number(cursor['PageNumber'] ?? 1);
      return number * size < (totalOf(value) ?? 0) ? page(number + 1) : undefined;
    },
  };
}
