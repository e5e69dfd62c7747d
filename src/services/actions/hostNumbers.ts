import * as l10n from '@vscode/l10n';
import { isFinal, type HostRecords, type RunRecord } from '../../core/followed';
import { readRun, type RunReading } from './readRun';

/** The hosts of something that is asked to stop, and those that had ended before. */
export interface HostsBefore {
  readonly ended: ReadonlySet<string>;
}

/** Which hosts had ended before it was asked to stop; undefined where that cannot be read. */
export async function hostsBefore(
  reading: RunReading,
  hosts: HostRecords,
  handle: string,
): Promise<HostsBefore | undefined> {
  const records = await read(reading, hosts, handle);
  return records && { ended: new Set(records.filter(({ state }) => isFinal(state)).map(({ id }) => id)) };
}

/** How far the hosts are that had not ended before, in words; undefined where that cannot be read. */
export async function hostNumbers(
  reading: RunReading,
  hosts: HostRecords,
  { handle, before }: { readonly handle: string; readonly before: HostsBefore | undefined },
): Promise<string | undefined> {
  const records = await read(reading, hosts, handle);
  return records && numberWords(records, before?.ended ?? new Set());
}

/** "Stopped before they began: 2. Stopped while running: 1. Finished all the same: 4. Still going on: 0." */
export function numberWords(records: readonly RunRecord[], endedBefore: ReadonlySet<string>): string {
  const since = records.filter(({ id }) => !endedBefore.has(id));
  const count = (...states: readonly RunRecord['state'][]): number =>
    since.filter(({ state }) => states.includes(state)).length;
  const before = count('stoppedBefore');
  const during = count('stopped');
  const goingOn = since.filter(({ state }) => !isFinal(state)).length;
  return [
    l10n.t('Stopped before they began: {0}.', before),
    ...(during === 0 ? [] : [l10n.t('Stopped while running: {0}.', during)]),
    l10n.t('Finished all the same: {0}.', since.length - before - during - goingOn),
    l10n.t('Still going on: {0}.', goingOn),
  ].join(' ');
}

async function read(
  reading: RunReading,
  hosts: HostRecords,
  handle: string,
): Promise<readonly RunRecord[] | undefined> {
  const { known, problem } = await readRun(reading, hosts, hosts.params(handle));
  // Numbers are a help: without them the state of the whole is still told.
  return problem === undefined ? [...known.values()] : undefined;
}
