import type { JournalLine } from './records';
import type { JournalRecord } from './records';

/** The journal as it is, line by line: the hashes can be checked by anyone, and what is damaged stays as it was found. */
export function toJsonLines(lines: readonly JournalLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

const columns = [
  'time',
  'run',
  'call',
  'type',
  'provider',
  'accountName',
  'accountId',
  'caller',
  'region',
  'action',
  'kind',
  'id',
  'name',
  'outcome',
  'code',
  'message',
  'note',
  'requestId',
] as const;

type Row = Partial<Record<(typeof columns)[number], string | undefined>>;

/**
 * One line for every target of every record, RFC 4180, with a heading; for spreadsheets and auditors. A line of the
 * journal that cannot be read is one line here, too, with its text as the note.
 */
export function toCsv(lines: readonly JournalLine[]): string {
  const calls: Calls = new Map();
  const rows = lines.flatMap(({ text, record }): Row[] =>
    record === undefined ? [{ type: 'damaged', note: text }] : rowsOf(record, calls),
  );
  // The byte order mark makes spreadsheets read Chinese names as UTF-8.
  return `\uFEFF${[columns.join(','), ...rows.map(lineOf)].map((line) => `${line}\r\n`).join('')}`;
}

type Calls = Map<
  string,
  Row & { readonly names: ReadonlyMap<string, { readonly kind: string; readonly name: string }> }
>;

function rowsOf(record: JournalRecord, calls: Calls): Row[] {
  const { time, type } = record;
  switch (record.type) {
    case 'before': {
      const { run, call, provider, region, action, account, targets } = record;
      const place: Row = {
        provider,
        region,
        action,
        accountName: account.name,
        accountId: account.identity ?? account.id,
        caller: account.caller,
      };
      calls.set(`${run} ${call}`, { ...place, names: new Map(targets.map((t) => [t.id, t])) });
      return targets.map(({ kind, id, name }) => ({ time, type, run, call, ...place, kind, id, name }));
    }
    case 'after':
    case 'checked': {
      const { run, call, outcomes } = record;
      const { names, ...place } = calls.get(`${run} ${call}`) ?? {
        names: new Map<string, { kind: string; name: string }>(),
      };
      const requestId = record.type === 'after' ? record.requestId : undefined;
      return outcomes.map(({ advice: _, ...o }) => ({
        time,
        type,
        run,
        call,
        ...place,
        ...names.get(o.id),
        ...o,
        requestId,
      }));
    }
    case 'ended':
      return record.unsent.map(({ advice: _, ...o }) => ({ time, type, run: record.run, ...o }));
    case 'opened':
    case 'run':
    case 'followed':
      return [];
    default: {
      const never: never = record;
      return never;
    }
  }
}

function lineOf(row: Row): string {
  return columns.map((column) => cell(row[column] ?? '')).join(',');
}

/** Quoted where needed, with formulas defused by an apostrophe. */
function cell(value: string): string {
  const safe = defused(value);
  return /[",;|\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What some locale or importer takes for the end of a cell. */
const cellEnd = /[,;:|^~\t\v\f\r\n\u0085\u2028\u2029،؛、，；：｜፣]/u;
/** What may stand before a formula without making it text: blanks, quotes and characters that nobody sees. */
const filling = /[\s\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800"'“”‘’]/u;
/** What begins a formula, with its likes in Unicode. */
const formulaStart = /[=+\-@＝＋－＠﹦﹢﹣﹫−]/u;

/**
 * Text that no spreadsheet runs as a formula, whatever it takes for the separator of its cells: the quotes around a
 * cell count only where the separator is the comma.
 */
function defused(value: string): string {
  // What begins with the end of a cell is text from the start: some importers trim it.
  let safe = /^[\t\r\n]/.test(value) ? "'" : '';
  let atStart = true;
  for (const c of value) {
    if (atStart && formulaStart.test(c)) safe += "'";
    safe += c;
    atStart = cellEnd.test(c) || (atStart && filling.test(c));
  }
  return safe;
}
