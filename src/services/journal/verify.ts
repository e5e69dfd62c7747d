import { sha256 } from '../../util/hash';
import type { WholeJournal } from './records';
import type { LoadedJournal } from './records';
import type { JournalLine } from './records';
import type { JournalProblem } from './records';
import type { JournalFile } from './records';
import type { JournalRecord } from './records';
import { isJournalRecord } from './recordShape';

/** What stands before the first record of a file. */
export const zeros = '0'.repeat(64);

/** Checks one file. Reading goes on after a problem, so that what is there can still be seen. */
export function verify(file: string, text: string): LoadedJournal {
  const { lines, problems } = readFile({ name: file, text });
  return { records: recordsOf(lines), problems };
}

/** Checks all files, each chain by itself and against what later files say of earlier ones. */
export function verifyAll(files: readonly JournalFile[]): LoadedJournal {
  const { records, problems } = readJournal(files);
  return { records, problems };
}

/** The same with every line as it stands. */
export function readJournal(files: readonly JournalFile[]): WholeJournal {
  const each = files.map(readFile);
  const known = new Map(each.map(({ name, hashes }) => [name, new Set(hashes)]));
  const unreadable = new Set(files.flatMap((f) => (f.unreadable === undefined ? [] : [f.name])));
  const contradicted = each.flatMap(({ lines }) =>
    recordsOf(lines).flatMap((r) => (r.type === 'opened' ? contradictions(r.heads, known) : [])),
  );
  const placed = each.flatMap(({ lines }) => inOrder(lines)).sort((a, b) => compare(a.since, b.since) || a.at - b.at);
  const lines = placed.map(({ line }) => line);
  const problems = [...each.flatMap((f) => f.problems), ...contradicted.filter((p) => !unreadable.has(p.file))];
  return { lines, records: recordsOf(lines), problems: distinct(problems) };
}

/** The runs that a file begins. */
export function runsIn(file: JournalFile): string[] {
  return recordsOf(readFile(file).lines).flatMap((record) => (record.type === 'run' ? [record.run] : []));
}

/** The last hash of every file there is: a file that is shortened or removed later contradicts the next one. */
export function headsOf(files: readonly JournalFile[]): Record<string, string> {
  const readable = files.filter(({ unreadable }) => unreadable === undefined);
  return Object.fromEntries(readable.map((file) => [file.name, readFile(file).hashes.at(-1) ?? zeros]));
}

function recordsOf(lines: readonly JournalLine[]): JournalRecord[] {
  return lines.flatMap(({ record }) => record ?? []);
}

interface ReadFile {
  readonly name: string;
  readonly lines: readonly JournalLine[];
  readonly problems: readonly JournalProblem[];
  /** Of every line that names one, whatever else it is. */
  readonly hashes: readonly string[];
}

/** A file that did not change is not read twice. */
const read = new WeakMap<JournalFile, ReadFile>();

function readFile(file: JournalFile): ReadFile {
  const known = read.get(file) ?? readText(file);
  read.set(file, known);
  return known;
}

function readText({ name, text, unreadable }: JournalFile): ReadFile {
  if (unreadable !== undefined)
    return { name, lines: [], hashes: [], problems: [{ file: name, line: 0, problem: 'fileUnreadable' }] };
  const texts = text.split('\n');
  // A complete file ends in a line feed; what stands behind the last one was cut off while it was written.
  const tail = texts.pop() ?? '';
  const chain = new Chain();
  const lines = texts.map((line): JournalLine => ({ text: line, record: chain.read(line) }));
  const problems = chain.problems.map((one) => ({ file: name, ...one }));
  if (tail === '') return { name, lines, problems, hashes: chain.hashes };
  const cutOff: JournalProblem = { file: name, line: texts.length + 1, problem: 'cutOff' };
  return {
    name,
    lines: [...lines, { text: tail, record: undefined }],
    problems: [cutOff, ...problems],
    hashes: chain.hashes,
  };
}

/** Holds each line of a file against those before it. */
class Chain {
  readonly problems: Omit<JournalProblem, 'file'>[] = [];
  readonly hashes: string[] = [];
  private line = 0;
  private prev = zeros;
  private seq = 0;

  /** What a line says; undefined, with a problem, when it is no record. */
  read(text: string): JournalRecord | undefined {
    this.line++;
    const sealed = parse(text);
    if (sealed === undefined) return this.note('notJson');
    const isRecord = isJournalRecord(sealed);
    const problem = this.check(text, sealed) ?? (isRecord ? undefined : 'malformed');
    if (problem !== undefined) this.note(problem);
    this.prev = sealed.hash;
    this.seq = sealed.seq;
    this.hashes.push(sealed.hash);
    return isRecord ? sealed : undefined;
  }

  private check(text: string, sealed: Sealed): JournalProblem['problem'] | undefined {
    if (!isSealed(text, sealed)) return 'hashWrong';
    if (sealed.prev !== this.prev) return 'chainBroken';
    return sealed.seq === this.seq + 1 ? undefined : 'sequence';
  }

  private note(problem: JournalProblem['problem']): undefined {
    this.problems.push({ line: this.line, problem });
  }
}

/** What every line has that this program wrote. */
interface Sealed {
  readonly seq: number;
  readonly prev?: unknown;
  readonly hash: string;
}

/**
 * Whether the hash at the end of the line is that of the text before it, and the text is spelled as this program
 * spells it: a field that is there twice says one thing to whoever reads the line and another to a parser.
 */
function isSealed(text: string, sealed: Sealed): boolean {
  const end = `,"hash":"${sealed.hash}"}`;
  if (!text.endsWith(end) || sha256(`${text.slice(0, -end.length)}}`) !== sealed.hash) return false;
  return JSON.stringify(sealed) === text;
}

function parse(line: string): Sealed | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
    if (!('hash' in value) || typeof value.hash !== 'string') return undefined;
    if (!('seq' in value) || typeof value.seq !== 'number') return undefined;
    // Both fields were just looked at.
    return value as Sealed;
  } catch {
    return undefined;
  }
}

interface Placed {
  readonly line: JournalLine;
  /** The latest time up to this line of its file. */
  readonly since: string;
  readonly at: number;
}

/** A file is in the order in which things happened, also when the clock was set back meanwhile. */
function inOrder(lines: readonly JournalLine[]): Placed[] {
  let since = '';
  return lines.map((line, at) => {
    if (line.record !== undefined && line.record.time > since) since = line.record.time;
    return { line, since, at };
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
