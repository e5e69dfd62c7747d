import type { Clock } from '../../util/clock';
import { sha256 } from '../../util/hash';
import { Emitter } from '../../util/lifecycle';
import type { JournalEntry, JournalFile, JournalFiles, JournalLine, JournalRecord, WholeJournal } from './records';
import { headsOf, readJournal, zeros } from './verify';

export interface JournalOptions {
  readonly files: JournalFiles;
  readonly clock: Clock;
  /** The name of this window's file, unique over all windows and sessions. */
  readonly fileName: string;
}

interface WrittenLine extends JournalLine {
  readonly record: JournalRecord;
}

/** Append-only, hash-chained account of every destructive call. */
export class Journal {
  private seq = 0;
  private head = zeros;
  private queue: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | undefined;
  private loaded: Promise<WholeJournal> | undefined;
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

  /** Everything of earlier sessions and other windows (read once), and of this one so far; problems said plainly. */
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

  private async earlier(): Promise<WholeJournal> {
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
    const text = JSON.stringify(record);
    await this.options.files.append(this.options.fileName, `${text}\n`);
    this.seq = record.seq;
    this.head = record.hash;
    this.own.push({ text, record });
  }
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
