import * as z from 'zod/mini';
import { providerIds } from '../../core/account';
import type { Exchange } from '../../core/exchange';
import { kindIds, type KindId, type Place } from '../../core/target';
import type { Clouds } from '../accounts/ports';
import type { Inventory } from '../inventory/inventory';
import type { Responses } from './exchangeLog';
import { isRead } from './keptReads';

/** What an answer was about, as far as it can be read again: a list, or one resource by its id. */
export interface Reread {
  readonly place: Place;
  readonly kind: KindId;
  readonly id?: string | undefined;
}

/** Undefined where nothing of what an answer was about can be read again. What changed something is not done again. */
export function rereadOf(exchange: Exchange, clouds: Pick<Clouds, 'all'>): Reread | undefined {
  const { provider, accountId, region, action, subject } = exchange;
  const kinds = clouds.all.find(({ id }) => id === provider)?.kinds ?? [];
  const listed = kinds.find(({ list }) => list.operation.action === action);
  const acted = kinds.find(({ actions }) => actions.some(({ operation }) => operation.action === action));
  const kind = isRead(exchange) ? (listed ?? acted) : acted;
  if (kind === undefined || region === undefined) return undefined;
  const id = subject !== undefined && /^[\w-]+$/.test(subject) ? subject : undefined;
  return { place: { provider, accountId, region }, kind: kind.id, id };
}

const text = z.string().check(z.minLength(1), z.maxLength(512));
const querySchema = z.object({
  cloud: z.enum(providerIds),
  account: text,
  region: text,
  kind: z.enum(kindIds),
  id: z.optional(text),
});

/** As it stands in the address of a tab, which outlives the window. */
export function queryOf({ place, kind, id }: Reread): string {
  const { provider: cloud, accountId: account, region } = place;
  return new URLSearchParams({ cloud, account, region, kind, ...(id === undefined ? {} : { id }) }).toString();
}

/** Undefined where an address says nothing of it, or anything else. */
export function rereadIn(query: string): Reread | undefined {
  const read = querySchema.safeParse(Object.fromEntries(new URLSearchParams(query)));
  if (!read.success) return undefined;
  const { cloud: provider, account: accountId, region, kind, id } = read.data;
  return { place: { provider, accountId, region }, kind, id };
}

/** Asks the cloud again. The answer; of several pages the first. Rejects with `CloudError`. */
export async function readAnew(
  { place, kind, id }: Reread,
  { inventory, responses }: { readonly inventory: Inventory; readonly responses: Responses },
): Promise<Exchange | undefined> {
  const heard: Exchange[] = [];
  const subscription = responses.onDidAdd((exchange) => {
    if (isRead(exchange) && exchange.accountId === place.accountId && exchange.region === place.region)
      heard.push(exchange);
  });
  try {
    if (id !== undefined) {
      await inventory.lookup(place, kind, [id]);
      return heard.find(({ subject }) => subject === id) ?? heard.at(-1);
    }
    const listing = await inventory.list(place, kind, { refresh: true });
    return (listing.exchangeId === undefined ? undefined : responses.get(listing.exchangeId)) ?? heard[0];
  } finally {
    subscription.dispose();
  }
}
