import type { Clock } from '../../util/clock';
import { sha256 } from '../../util/hash';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { JournalEntry, JournalFile, JournalFiles, JournalLine, JournalRecord, WholeJournal } from './records';
import { headsOf, readJournal, runsIn, zeros } from './verify';

export interface JournalOptions {
  readonly files: JournalFiles;
  readonly clock: Clock;
  /** The name of this window's file, unique over all windows and sessions. */
  readonly fileName: string;
}

interface WrittenLine extends JournalLine {
  readonly record: JournalRecord;
}

/** For how long lines of other windows are collected, in milliseconds. */
const burstMs = 250;
/** How often a window with a run under way tells others that it lives, and how often that is looked at. */
const beatMs = 20_000;
const lookMs = 30_000;
/** How often a line that is not whole is looked at again before it is believed. */
const lookAgain = 2;

/** Append-only, hash-chained account of every destructive call. */
export class Journal implements Disposable {
  private seq = 0;
  private head = zeros;
  private queue: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | undefined;
  private loaded: Promise<WholeJournal> | undefined;
  private watching: Disposable | undefined;
  private following = false;
  private isBehind = false;
  private living: ReadonlySet<string> = new Set();
  private looking = false;
  private readonly open = new Set<string>();
  private beating: AbortController | undefined;
  private readonly disposing = new AbortController();
  private readonly own: WrittenLine[] = [];
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly options: JournalOptions) {}

  /** Resolves when the record is on the disk. Once one failed, all later ones fail: the chain would have a hole. */
  append(entry: JournalEntry): Promise<void> {
    const written = this.queue.then(() => this.write(entry));
    this.queue = written.catch(() => undefined);
    return written;
  }

  /** Everything of earlier sessions and other windows, which are followed, and of this one; problems said plainly. */
  async load(): Promise<WholeJournal> {
    const { lines, records, problems } = await this.earlier();
    return {
      lines: [...lines, ...this.own],
      records: [...records, ...this.own.map(({ record }) => record)],
      problems,
    };
  }

  /** The runs of this window: one of them without an end is still going on, any other was interrupted. */
  ownRuns(): ReadonlySet<string> {
    return new Set(this.own.flatMap(({ record }) => (record.type === 'run' ? [record.run] : [])));
  }

  /** The runs of other windows that live: one of them without an end is still going on there. */
  livingRuns(): ReadonlySet<string> {
    return this.living;
  }

  dispose(): void {
    this.disposing.abort();
    if (this.beating !== undefined) this.options.files.restNow?.(this.options.fileName);
    this.beating?.abort();
    this.watching?.dispose();
    this.changed.dispose();
  }

  private async earlier(): Promise<WholeJournal> {
    const { files, fileName } = this.options;
    this.watching ??= files.watch?.((name) => {
      if (name !== fileName) void this.follow();
    });
    this.loaded ??= this.readOthers();
    try {
      return await this.loaded;
    } catch (error) {
      this.loaded = undefined;
      throw error;
    }
  }

  /** What other windows wrote by now. Ours still grows, so it is not judged, but what others say of it is. */
  private async readOthers(): Promise<WholeJournal> {
    const { files, fileName } = this.options;
    const others = await files.list(this.own.length === 0 ? {} : { except: fileName });
    const text = this.own.map((line) => `${line.text}\n`).join('');
    this.living = await this.readLiving(others);
    if (this.living.size > 0) void this.lookAtLiving();
    return withoutOwn(this.own.length === 0 ? others : [...others, { name: fileName, text }], fileName);
  }

  /** The runs that are begun in files of windows that live. */
  private async readLiving(others: readonly JournalFile[]): Promise<ReadonlySet<string>> {
    const { files, clock } = this.options;
    const alive = new Set((await files.alive?.(clock.now()).catch(() => undefined)) ?? []);
    return new Set(others.filter(({ name }) => alive.has(name)).flatMap(runsIn));
  }

  /** A window that ends writes nothing: whether those that lived still do is looked at from time to time. */
  private async lookAtLiving(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    const { files, fileName, clock } = this.options;
    while (this.living.size > 0 && !this.disposing.signal.aborted) {
      await clock.sleep(lookMs, this.disposing.signal).catch(() => undefined);
      if (this.disposing.signal.aborted) break;
      const now = await this.readLiving(await files.list({ except: fileName }).catch(() => []));
      const isSame = now.size === this.living.size && [...now].every((run) => this.living.has(run));
      this.living = now;
      if (!isSame) this.changed.fire();
    }
    this.looking = false;
  }

  /** Others see that a run is still under way as long as its window says that it lives. */
  private noteRun(entry: JournalEntry): void {
    if (entry.type === 'run') this.open.add(entry.run);
    if (entry.type === 'ended') this.open.delete(entry.run);
    if (this.open.size === 0) this.beating?.abort();
    else if (this.beating === undefined && this.options.files.beat !== undefined) void this.beat();
  }

  private async beat(): Promise<void> {
    const { files, fileName, clock } = this.options;
    const beating = new AbortController();
    this.beating = beating;
    while (!beating.signal.aborted) {
      // Without it others tell the run as one that did not finish.
      await files.beat?.(fileName).catch(() => undefined);
      await clock.sleep(beatMs, beating.signal).catch(() => undefined);
    }
    await files.rest?.(fileName).catch(() => undefined);
    this.beating = undefined;
    if (this.open.size > 0 && !this.disposing.signal.aborted) void this.beat();
  }

  /** Takes up what other windows wrote, as often as they did so meanwhile. */
  private async follow(): Promise<void> {
    this.isBehind = true;
    if (this.following) return;
    this.following = true;
    try {
      while (this.isBehind && !this.disposing.signal.aborted) {
        this.isBehind = false;
        await this.catchUp();
      }
    } catch {
      // It cannot be read now, or nobody looks any more: what was read stays, and the next change is told again.
    } finally {
      this.following = false;
    }
  }

  /** Lines of other windows come in bursts, and one that is being written is not whole yet. */
  private async catchUp(): Promise<void> {
    const pause = (): Promise<void> => this.options.clock.sleep(burstMs, this.disposing.signal);
    await pause();
    const before = await this.loaded;
    if (before === undefined) return;
    let now = await this.readOthers();
    for (let i = 0; i < lookAgain && now.problems.length > before.problems.length; i++) {
      await pause();
      now = await this.readOthers();
    }
    if (sameLines(before, now)) return;
    this.loaded = Promise.resolve(now);
    this.changed.fire();
  }

  private async write(entry: JournalEntry): Promise<void> {
    if (this.failure !== undefined) throw this.failure.error;
    try {
      if (this.seq === 0) await this.put({ type: 'opened', heads: headsOf(await this.options.files.list()) });
      await this.put(entry);
      this.noteRun(entry);
    } catch (error) {
      this.failure = { error };
      throw error;
    }
    this.changed.fire();
  }

  private async put(entry: JournalEntry): Promise<void> {
    const record = seal(entry, this.seq + 1, this.options.clock.now(), this.head);
    const text = JSON.stringify(record);
    await this.options.files.append(this.options.fileName, `${text}\n`);
    this.seq = record.seq;
    this.head = record.hash;
    this.own.push({ text, record });
  }
}

function sameLines(a: WholeJournal, b: WholeJournal): boolean {
  return (
    a.lines.length === b.lines.length &&
    a.problems.length === b.problems.length &&
    a.lines.every((line, i) => line.text === b.lines[i]?.text)
  );
}

/** The other files. Ours still grows, so it is not judged, but what others say of it is. */
function withoutOwn(files: readonly JournalFile[], own: string): WholeJournal {
  const { problems } = readJournal(files);
  const { records, lines } = readJournal(files.filter((f) => f.name !== own));
  return { records, lines, problems: problems.filter((p) => p.file !== own || p.line === 0) };
}

/** The hash stands over the text of the line up to it: what is read again is held against the same bytes. */
function seal(entry: JournalEntry, seq: number, now: Date, prev: string): JournalRecord {
  const open = { seq, time: now.toISOString(), ...entry, prev };
  return { ...open, hash: sha256(JSON.stringify(open)) };
}
