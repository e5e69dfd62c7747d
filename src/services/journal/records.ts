import type { ProviderId, Reach } from '../../core/account';
import type { ActionId } from '../../core/action';
import type { Answers } from '../../core/input';
import type { Item } from '../../core/item';
import type { KindId } from '../../core/target';
import type { Disposable } from '../../util/lifecycle';
import type { Outcome } from './outcome';

/** What one target of a call was when the call was about to be sent. */
export interface JournalTarget {
  readonly kind: KindId;
  readonly id: string;
  readonly name: string;
  /** The full record as the cloud last showed it. */
  readonly resource: Item | undefined;
}

/** An account as it was when something was about to be done with it. */
export interface JournalAccount {
  readonly id: string;
  readonly name: string;
  readonly identity?: string | undefined;
  readonly caller?: string | undefined;
  /** Tells one key from another without naming it; absent in records of older versions. */
  readonly keyMark?: string | undefined;
  /** Where its calls go, if not to the vendor's own addresses. */
  readonly reach?: Reach;
}

/** Which action, where, and how it was answered. */
export interface JournalDeed {
  readonly provider: ProviderId;
  readonly account: JournalAccount;
  readonly region: string;
  /** The id of the action; absent in records of older versions, which knew one action a kind. */
  readonly does?: ActionId | undefined;
  /** What the person answered, without secrets; absent in records of older versions. */
  readonly answers?: Answers | undefined;
  /** The operation. */
  readonly action: string;
}

/** What was confirmed of one kind in one place, whether or not it was sent. */
export interface JournalGroup extends JournalDeed {
  readonly kind: KindId;
  readonly targets: readonly {
    readonly id: string;
    readonly name: string;
    /** The plan itself left it out. */
    readonly left?: boolean | undefined;
  }[];
}

export interface JournalCall extends JournalDeed {
  /** Unique within the run: ties `before`, `after` and `checked` together. */
  readonly call: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly clientToken: string | undefined;
  readonly targets: readonly JournalTarget[];
}

export interface JournalOutcome {
  readonly id: string;
  readonly outcome: Outcome;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly advice?: string | undefined;
  readonly note?: string | undefined;
}

/** What is written down. `before` is on the disk before its call is sent. */
export type JournalEntry =
  | { readonly type: 'opened'; readonly heads: Readonly<Record<string, string>> }
  | {
      readonly type: 'run';
      readonly run: string;
      readonly plan: string;
      readonly count: number;
      readonly title: string;
      /** What was confirmed; absent in records of older versions. */
      readonly groups?: readonly JournalGroup[] | undefined;
      /** The run whose failures it tries again. */
      readonly retryOf?: string | undefined;
    }
  | ({ readonly type: 'before'; readonly run: string } & JournalCall)
  | {
      readonly type: 'after';
      readonly run: string;
      readonly call: string;
      readonly outcomes: readonly JournalOutcome[];
      readonly requestId: string | undefined;
      readonly attempts: number;
    }
  /** The call was accepted and goes on in the cloud under this id. */
  | { readonly type: 'followed'; readonly run: string; readonly call: string; readonly handle: string }
  | {
      readonly type: 'checked';
      readonly run: string;
      readonly call: string;
      readonly outcomes: readonly JournalOutcome[];
    }
  | {
      readonly type: 'ended';
      readonly run: string;
      readonly cancelled: boolean;
      /** Targets that were never sent, with the reason; those that were have their own records. */
      readonly unsent: readonly (JournalOutcome & {
        readonly kind: KindId;
        readonly region: string;
        readonly accountId: string;
        /** Nothing of the resource was why. */
        readonly mayRetry?: boolean | undefined;
      })[];
    };

export type JournalRecord = JournalEntry & {
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** The hash of the record before it; 64 zeros for the first of a file. */
  readonly prev: string;
  /** SHA-256 over the record without this field. */
  readonly hash: string;
};

export interface JournalFile {
  readonly name: string;
  /** The same bytes always are the same text, and no others. */
  readonly text: string;
  /** Why there is no text although there is a file: the system's code. */
  readonly unreadable?: string | undefined;
}

/** Where the journal lives: one append-only file per window, so that two windows never share a chain. */
export interface JournalFiles {
  /** A file that did not change may be the same object. */
  list(options?: { readonly except?: string | undefined }): Promise<readonly JournalFile[]>;
  /** Resolves when the line is on the disk; rejects when it may not be. */
  append(name: string, line: string): Promise<void>;
  /** Tells others that the window of this file lives; again and again, for it counts for a minute or two. */
  beat?(name: string): Promise<void>;
  /** It lives no longer, or has nothing to tell any more. */
  rest?(name: string): Promise<void>;
  /** The same at once: the process may end with the next turn. */
  restNow?(name: string): void;
  /** The files of windows that told of late that they live. */
  alive?(now: Date): Promise<readonly string[]>;
  /** Tells the name of a file that any window wrote to, or undefined where it is not known; may tell too often. */
  watch?(changed: (name: string | undefined) => void): Disposable;
}

/** A place where the journal is not what was written. It is said, never repaired. */
export interface JournalProblem {
  readonly file: string;
  /** 1-based; 0 for the file as a whole. */
  readonly line: number;
  readonly problem:
    | 'notJson'
    | 'cutOff'
    | 'malformed'
    | 'chainBroken'
    | 'hashWrong'
    | 'sequence'
    | 'fileMissing'
    | 'fileShortened'
    | 'fileUnreadable';
}

/** A line as it stands in its file, and what it says, as far as it can be read. */
export interface JournalLine {
  readonly text: string;
  readonly record: JournalRecord | undefined;
}

export interface LoadedJournal {
  readonly records: readonly JournalRecord[];
  readonly problems: readonly JournalProblem[];
}

/** All of it, in the order in which things happened: each line, and the records among them. */
export interface WholeJournal extends LoadedJournal {
  readonly lines: readonly JournalLine[];
}
