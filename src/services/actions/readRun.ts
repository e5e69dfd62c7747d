import type { CloudClient } from '../../client/cloudClient';
import type { FollowedGoal, RunRead } from '../../core/followed';
import { readPages } from '../../core/pager';
import type { Pinned } from './accountGuard';

export interface RunReading {
  readonly client: CloudClient;
  readonly pinned: Pinned;
  readonly region: string;
}

/** All pages of what the cloud says of a run, in their order. Rejects with `CloudError`. */
export async function readRun<T>(
  { client, pinned: { provider, account }, region }: RunReading,
  { operation, pager, read }: RunRead<T>,
  params: Readonly<Record<string, unknown>>,
): Promise<T[]> {
  const parts: T[] = [];
  const page = async (cursor: object): Promise<unknown> =>
    (await client.read({ provider, account, region, operation, params: { ...params, ...cursor } })).value;
  for await (const { value } of readPages(pager, page, { count: () => parts.length })) parts.push(read(value));
  return parts;
}

/** The ids of the runs with this mark: one, none yet, or more where something is wrong. Rejects with `CloudError`. */
export async function findRun(reading: RunReading, { listed }: FollowedGoal, mark: string): Promise<string[]> {
  const runs = (await readRun(reading, listed, listed.params({ mark }))).flat();
  return [...new Set(runs.filter((run) => run.isMarked(mark)).map(({ handle }) => handle))];
}
