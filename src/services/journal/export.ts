import { csvOf } from '../../util/csv';
import { runsOf } from './history';
import type { JournalLine } from './records';
import { allTargets, runTargetKey, type RunRecord, type RunTarget } from './runRecord';

/** The journal as it is, line by line: the hashes can be checked by anyone, and what is damaged stays as it was found. */
export function toJsonLines(lines: readonly JournalLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

const columns = [
  'started',
  'run',
  'task',
  'provider',
  'accountName',
  'accountId',
  'caller',
  'region',
  'kind',
  'id',
  'name',
  'action',
  'outcome',
  'updated',
  'outcomeOfRun',
  'code',
  'message',
  'note',
  'requestId',
] as const;

type Row = Partial<Record<(typeof columns)[number], string | undefined>>;

/**
 * One line for every resource of every run with what became of it, RFC 4180, with a heading; for spreadsheets and
 * auditors. What happened one after the other is in the JSON Lines. A line of the journal that cannot be read is one
 * line here, too, with its text as the note.
 */
export function toCsv(lines: readonly JournalLine[]): string {
  return csvOf(columns, csvRows(lines));
}

/** The lines of the same, without the heading. */
export function csvRows(lines: readonly JournalLine[]): readonly Row[] {
  const records = lines.flatMap(({ record }) => record ?? []);
  const runs = runsOf(records, new Set()).toReversed();
  const targets = new Map(runs.map((run) => [run.run, new Set(allTargets(run).map(runTargetKey))]));
  const rows = runs.flatMap((run) => {
    // What a retry came to stands with the run that it tried again.
    const known = targets.get(run.retryOf ?? '');
    return rowsOf(
      run,
      allTargets(run).filter((target) => known?.has(runTargetKey(target)) !== true),
    );
  });
  const damaged = lines.filter(({ record }) => record === undefined);
  return [...rows, ...damaged.map(({ text }): Row => ({ outcome: 'damaged', note: text }))];
}

function rowsOf(run: RunRecord, targets: readonly RunTarget[]): Row[] {
  return targets.map((target): Row => {
    const { provider, accountName, accountId, account, region, kind, id, name, action } = target;
    const { outcome, time, said, code, message, note, requestId } = target;
    return {
      started: run.startedAt.toISOString(),
      run: run.run,
      task: run.title,
      provider,
      accountName,
      accountId: account?.identity ?? accountId,
      caller: account?.caller,
      region,
      kind,
      id,
      name,
      action,
      outcome: outcome ?? 'unresolved',
      updated: time.toISOString(),
      outcomeOfRun: said[0]?.outcome ?? outcome ?? 'unresolved',
      code,
      message,
      note,
      requestId,
    };
  });
}
