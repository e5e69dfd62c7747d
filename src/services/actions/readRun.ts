import type { CloudClient } from '../../client/cloudClient';
import { CloudError } from '../../core/cloudError';
import type { FollowedGoal, RunRead } from '../../core/followed';
import { readPages } from '../../core/pager';
import type { Pinned } from './accountGuard';

export interface RunReading {
  readonly client: CloudClient;
  readonly pinned: Pinned;
  readonly region: string;
}

/** What the cloud says of runs, as far as it could be read. */
export interface RunPages<T> {
  /** By id; of what is told twice, the last word. */
  readonly known: ReadonlyMap<string, T>;
  /** Why there may be more. */
  readonly problem: CloudError | undefined;
}

/** All pages of what the cloud says of a run. A page that cannot be had takes nothing from those before it. */
export async function readRun<T>(
  { client, pinned: { provider, account }, region }: RunReading,
  { operation, pager, read, idOf }: RunRead<T>,
  params: Readonly<Record<string, unknown>>,
): Promise<RunPages<T>> {
  const known = new Map<string, T>();
  const page = async (cursor: object): Promise<unknown> =>
    (await client.read({ provider, account, region, operation, params: { ...params, ...cursor } })).value;
  try {
    for await (const { value } of readPages(pager, page, { count: () => known.size }))
      for (const entry of read(value)) known.set(idOf(entry), entry);
  } catch (error) {
    if (!CloudError.is(error)) throw error;
    return { known, problem: error };
  }
  return { known, problem: undefined };
}

/**
 * The ids of the runs with this mark: one, none yet, or more where something is wrong. Rejects with `CloudError` where
 * none is found and not everything could be read.
 */
export async function findRun(reading: RunReading, { listed }: FollowedGoal, mark: string): Promise<string[]> {
  const { known, problem } = await readRun(reading, listed, listed.params({ mark }));
  const found = [...known.values()].filter((run) => run.isMarked(mark)).map(({ handle }) => handle);
  if (found.length === 0 && problem !== undefined) throw problem;
  return found;
}
