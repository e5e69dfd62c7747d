import type { ProviderId, Reach } from '../../core/account';
import type { Item } from '../../core/kind';
import type { KindId } from '../../core/target';
import type { Clock } from '../../util/clock';
import { sha256 } from '../../util/hash';
import { Emitter } from '../../util/lifecycle';
import type { Outcome } from './outcome';

/** What one target of a call was when the call was about to be sent. */
export interface JournalTarget {
  readonly kind: KindId;
  readonly id: string;
  readonly name: string;
  /** The full record as the cloud last showed it. */
  readonly resource: Item | undefined;
}

export interface JournalCall {
  /** Unique within the run: ties `before`, `after` and `checked` together. */
  readonly call: string;
  readonly provider: ProviderId;
  readonly account: {
    readonly id: string;
    readonly name: string;
    readonly identity: string | undefined;
    readonly caller: string | undefined;
    /** Tells one key from another without naming it; absent in records of older versions. */
    readonly keyMark?: string | undefined;
    /** Where its calls go, if not to the vendor's own addresses. */
    readonly reach?: Reach;
  };
  readonly region: string;
  readonly action: string;
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

/** Where the journal lives: one append-only file per window, so that two windows never share a chain. */
export interface JournalFiles {
  list(): Promise<readonly { readonly name: string; readonly text: string }[]>;
  /** Resolves when the line is on the disk; rejects when it may not be. */
  append(name: string, line: string): Promise<void>;
}

/** A place where the journal is not what was written. It is said, never repaired. */
export interface JournalProblem {
  readonly file: string;
  /** 1-based; 0 for the file as a whole. */
  readonly line: number;
  readonly problem: 'notJson' | 'cutOff' | 'chainBroken' | 'hashWrong' | 'sequence' | 'fileMissing' | 'fileShortened';
}

export interface LoadedJournal {
  readonly records: readonly JournalRecord[];
  readonly problems: readonly JournalProblem[];
}

const zeros = '0'.repeat(64);

export interface JournalOptions {
  readonly files: JournalFiles;
  readonly clock: Clock;
  /** The name of this window's file, unique over all windows and sessions. */
  readonly fileName: string;
}

/** Append-only, hash-chained account of every destructive call. */
export class Journal {
  private seq = 0;
  private head = zeros;
  private queue: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | undefined;
  private loaded: Promise<LoadedJournal> | undefined;
  private readonly own: JournalRecord[] = [];
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly options: JournalOptions) {}

  /** Resolves when the record is on the disk. Once one failed, all later ones fail: the chain would have a hole. */
  append(entry: JournalEntry): Promise<void> {
    const written = this.queue.then(() => this.write(entry));
    this.queue = written.catch(() => undefined);
    return written;
  }

  /** Everything of earlier sessions and other windows (read once), and of this one so far; problems said plainly. */
  async load(): Promise<LoadedJournal> {
    const before = await this.earlier();
    return { records: [...before.records, ...this.own], problems: before.problems };
  }

  /** The runs of this window: one of them without an end is still going on, any other was interrupted. */
  ownRuns(): ReadonlySet<string> {
    return new Set(this.own.flatMap((record) => (record.type === 'run' ? [record.run] : [])));
  }

  private async earlier(): Promise<LoadedJournal> {
    this.loaded ??= this.options.files.list().then((files) => withoutOwn(files, this.options.fileName));
    try {
      return await this.loaded;
    } catch (error) {
      this.loaded = undefined;
      throw error;
    }
  }

  private async write(entry: JournalEntry): Promise<void> {
    if (this.failure !== undefined) throw this.failure.error;
    try {
      if (this.seq === 0) await this.put({ type: 'opened', heads: headsOf(await this.options.files.list()) });
      await this.put(entry);
    } catch (error) {
      this.failure = { error };
      throw error;
    }
    this.changed.fire();
  }

  private async put(entry: JournalEntry): Promise<void> {
    const record = seal(entry, this.seq + 1, this.options.clock.now(), this.head);
    await this.options.files.append(this.options.fileName, `${JSON.stringify(record)}\n`);
    this.seq = record.seq;
    this.head = record.hash;
    this.own.push(record);
  }
}

/** The other files. Ours still grows, so it is not judged, but what others say of it is. */
function withoutOwn(files: readonly { readonly name: string; readonly text: string }[], own: string): LoadedJournal {
  const { problems } = verifyAll(files);
  const { records } = verifyAll(files.filter((f) => f.name !== own));
  return { records, problems: problems.filter((p) => p.file !== own || p.line === 0) };
}

function seal(entry: JournalEntry, seq: number, now: Date, prev: string): JournalRecord {
  const open = { seq, time: now.toISOString(), ...entry, prev };
  return { ...open, hash: sha256(JSON.stringify(open)) };
}

/** The last hash of every file there is: a file that is shortened or removed later contradicts the next one. */
function headsOf(files: readonly { readonly name: string; readonly text: string }[]): Record<string, string> {
  return Object.fromEntries(files.map((f) => [f.name, verify(f.name, f.text).records.at(-1)?.hash ?? zeros]));
}

/** Checks all files, each chain by itself and against what later files say of earlier ones. */
export function verifyAll(files: readonly { readonly name: string; readonly text: string }[]): LoadedJournal {
  const each = files.map((file) => ({ name: file.name, ...verify(file.name, file.text) }));
  const hashes = new Map(each.map((f) => [f.name, new Set(f.records.map((r) => r.hash))]));
  const contradicted = each.flatMap((f) =>
    f.records.flatMap((r) => (r.type === 'opened' ? contradictions(r.heads, hashes) : [])),
  );
  const records = each.flatMap((f) => inOrder(f.records)).sort((a, b) => compare(a.since, b.since) || a.seq - b.seq);
  return {
    records: records.map(({ record }) => record),
    problems: distinct([...each.flatMap((f) => f.problems), ...contradicted]),
  };
}

interface Placed {
  readonly record: JournalRecord;
  /** The latest time up to this record of its file. */
  readonly since: string;
  readonly seq: number;
}

/** A file is in the order in which things happened, also when the clock was set back meanwhile. */
function inOrder(records: readonly JournalRecord[]): Placed[] {
  let since = '';
  return records.map((record, seq) => {
    if (record.time > since) since = record.time;
    return { record, since, seq };
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function contradictions(
  heads: Readonly<Record<string, string>>,
  hashes: ReadonlyMap<string, ReadonlySet<string>>,
): JournalProblem[] {
  return Object.entries(heads).flatMap(([file, head]): JournalProblem[] => {
    const known = hashes.get(file);
    if (known === undefined) return [{ file, line: 0, problem: 'fileMissing' }];
    return head === zeros || known.has(head) ? [] : [{ file, line: 0, problem: 'fileShortened' }];
  });
}

function distinct(problems: readonly JournalProblem[]): JournalProblem[] {
  return [...new Map(problems.map((p) => [`${p.file}\n${p.line}\n${p.problem}`, p])).values()];
}

/** Checks one file. Reading goes on after a problem, so that what is there can still be seen. */
export function verify(file: string, text: string): LoadedJournal {
  const lines = text.split('\n');
  // A complete file ends in a line feed; what stands behind the last one was cut off while it was written.
  const tail = lines.pop() ?? '';
  const records: JournalRecord[] = [];
  const problems: JournalProblem[] = tail === '' ? [] : [{ file, line: lines.length + 1, problem: 'cutOff' }];
  let prev = zeros;
  for (const [index, line] of lines.entries()) {
    const record = parse(line);
    if (record === undefined) {
      problems.push({ file, line: index + 1, problem: 'notJson' });
      continue;
    }
    const problem = check(record, prev, records.at(-1)?.seq ?? 0);
    if (problem !== undefined) problems.push({ file, line: index + 1, problem });
    records.push(record);
    prev = record.hash;
  }
  return { records, problems };
}

function check(record: JournalRecord, prev: string, lastSeq: number): JournalProblem['problem'] | undefined {
  const { hash, ...open } = record;
  if (sha256(JSON.stringify(open)) !== hash) return 'hashWrong';
  if (record.prev !== prev) return 'chainBroken';
  return record.seq === lastSeq + 1 ? undefined : 'sequence';
}

function parse(line: string): JournalRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('type' in value) || !('hash' in value) || !('seq' in value))
      return undefined;
    // The hash over the exact text stands for the shape: only this program writes records that verify.
    return value as JournalRecord;
  } catch {
    return undefined;
  }
}
