import * as l10n from '@vscode/l10n';
import type { CloudClient } from '../../client/cloudClient';
import type { Account } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import { readPages, type Cursor } from '../../core/pager';
import type { Provider, Region } from '../../core/provider';
import { isRegionId } from '../../core/regionNames';
import { droppedFrom } from '../../core/unreadable';
import type { Clock } from '../../util/clock';
import type { Memory } from '../accounts/ports';

/** The regions of an account: those that the cloud lists, its profile's own and those that were typed. */
export interface RegionList {
  readonly regions: readonly Region[];
  readonly readAt: Date;
  /** Why the cloud did not list all of them. */
  readonly problem?: CloudError | undefined;
}

export interface RegionListsOptions {
  readonly client: CloudClient;
  readonly clock: Clock;
  /** The user's language, as VS Code names it: `en`, `zh-cn`. */
  readonly language: string;
  /** Keeps the regions that were typed; without it they are forgotten with the session. */
  readonly memory?: Memory | undefined;
}

/** Told with whose keys each answer was signed. */
interface AnswerHook {
  readonly onAnswer: (signer: string) => unknown;
}

/** What the cloud said of its regions; refused keys reject, for nothing of the account can be read with them. */
export async function readRegions(
  { account, provider }: { readonly account: Account; readonly provider: Provider },
  { client, clock, language, onAnswer }: Pick<RegionListsOptions, 'client' | 'clock' | 'language'> & AnswerHook,
  signal: AbortSignal | undefined,
): Promise<RegionList> {
  const { operation, region, params, pager, rows } = provider.regions;
  const all = new Map<string, Region>();
  let problem: CloudError | undefined;
  const read = async (cursor: Cursor): Promise<unknown> => {
    const page = { ...params(language), ...cursor };
    const { value, signer } = await client.read({ provider, account, region, operation, params: page, signal });
    await onAnswer(signer);
    return value;
  };
  try {
    for await (const { value } of readPages(pager, read, { count: () => all.size })) {
      const some = rows(value, language);
      for (const row of some) all.set(row.id, row);
      if (droppedFrom(some) > 0) problem = unreadableRegions();
    }
  } catch (error) {
    if (!CloudError.is(error) || CloudError.is(error, 'auth', 'cancelled')) throw error;
    problem = error;
  }
  return { regions: [...all.values()], readAt: clock.now(), problem };
}

function unreadableRegions(): CloudError {
  const message = l10n.t('Some regions in the answer have no readable ID, so the list is not complete.');
  return new CloudError(message, { reason: 'unexpectedAnswer', delivery: 'answered' });
}

const key = 'regions.typed';

/** The regions that people typed, by account: some are not in the cloud's list, or the list may not be read. */
export class TypedRegions {
  private readonly kept: Map<string, readonly string[]>;

  constructor(private readonly memory: Memory | undefined) {
    this.kept = readKept(memory?.get(key));
  }

  of(accountId: string): readonly string[] {
    return this.kept.get(accountId) ?? [];
  }

  async set(accountId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) this.kept.delete(accountId);
    else this.kept.set(accountId, [...new Set(ids)]);
    await this.memory?.set(key, Object.fromEntries(this.kept));
  }
}

/** Account by account: one that is broken takes no other along. */
function readKept(value: unknown): Map<string, readonly string[]> {
  const accounts: [string, unknown][] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(
    accounts.flatMap(([id, regions]) => {
      const ids = Array.isArray(regions)
        ? regions.filter((one): one is string => typeof one === 'string' && isRegionId(one))
        : [];
      return ids.length === 0 ? [] : [[id, ids] as const];
    }),
  );
}

/**
 * The cloud's list with the regions that were typed and are not in it, and with the profile's own region where the
 * cloud did not list all: it is the one that people work in.
 */
export function withOwn(
  list: RegionList,
  { account, provider }: { readonly account: Account; readonly provider: Provider },
  { typed, language }: { readonly typed: readonly string[]; readonly language: string },
): RegionList {
  const own = [...(list.problem === undefined ? [] : [account.region ?? '']), ...typed];
  if (own.length === 0) return list;
  const known = new Set(list.regions.map(({ id }) => id));
  const added = [...new Set(own)].filter((id) => isRegionId(id)).filter((id) => !known.has(id));
  return {
    ...list,
    regions: [...list.regions, ...added.map((id) => ({ id, name: provider.regions.nameOf(id, language) }))],
  };
}
