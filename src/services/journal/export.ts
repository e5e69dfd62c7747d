import { csvOf } from '../../util/csv';
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
  return csvOf(columns, rows);
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
