import type { Account } from '../../core/account';
import { asFailure } from '../../core/asFailure';
import type { CloudError } from '../../core/cloudError';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import type { Cursor } from '../../core/pager';
import { targetKey, type Place, type Target } from '../../core/target';
import { asSent } from '../../core/unreadable';
import { forEachLimited } from '../../util/async';
import type { Clock } from '../../util/clock';
import type { Accounts, Clouds } from '../accounts/ports';
import type { AccountOwners } from './accountOwners';
import { matcher } from './filter';
import type { Found, Inventory } from './inventory';

/** A resource that fits. */
export interface Hit {
  readonly target: Target;
  readonly item: Item;
  readonly kind: Kind;
}

/** A place that could not be searched, or not to its end. */
export interface Miss {
  readonly account: Account;
  readonly region: string | undefined;
  readonly kind: Kind | undefined;
  readonly error: CloudError;
}

export interface FindOptions {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
  readonly owners: Pick<AccountOwners, 'alike' | 'ask' | 'lead'>;
  readonly clock: Clock;
}

/** What a search tells while it goes on. Each resource comes once. */
export interface FindSink {
  hit(hit: Hit): void;
  miss(miss: Miss): void;
  /** Places (a kind in a region of an account) that are done, of those that are known so far. */
  progress(done: number, total: number): void;
  /** The cloud has more that fit than it answered at once. */
  more(more: More): void;
}

/** A place of which not all that fits was read. */
export interface More {
  readonly account: Account;
  readonly region: string;
  readonly kind: Kind;
  /** Reads the rest and tells it, or why not. Never rejects for a cloud. Absent where the answer does not say how. */
  readonly read?: (() => Promise<void>) | undefined;
}

/** Places of one account that are searched side by side; the account's throttle bounds the calls. */
const placesAtOnce = 6;

/**
 * Looks for an id, an address or a part of a name in all accounts, regions and kinds, hidden ones included: first in
 * what is known, then by the cloud's own search, and list by list where the cloud has none for it. Resolves when all
 * is searched or the signal stops it; never rejects for a cloud.
 */
export async function find(text: string, sink: FindSink, options: FindOptions, signal: AbortSignal): Promise<void> {
  const search = new Search(text.trim(), sink, options, signal);
  search.known();
  await search.accounts(options.accounts.list());
}

class Search {
  private readonly seen = new Set<string>();
  private done = 0;
  private total = 0;

  constructor(
    private readonly text: string,
    private readonly sink: FindSink,
    private readonly options: FindOptions,
    private readonly signal: AbortSignal,
  ) {}

  known(): void {
    for (const { place, kind, listing } of this.options.inventory.lists()) {
      const known = this.options.clouds.kind(place.provider, kind);
      if (known !== undefined) this.tell(place, known, listing.items);
    }
  }

  /** All at once, but of those of one owner only the first; what it may not read is looked for with the others. */
  async accounts(all: readonly Account[]): Promise<void> {
    const begun = new Map<string, Promise<readonly Miss[]>>();
    const begin = (account: Account): Promise<readonly Miss[]> => {
      const known = begun.get(account.id) ?? this.account(account);
      begun.set(account.id, known);
      return known;
    };
    await Promise.all(
      all.map(async (account) => {
        const lead = await this.leadOf(account);
        const before = begin(lead);
        if (lead.id !== account.id)
          begun.set(
            lead.id,
            before.then((misses) => this.again(account, misses)),
          );
      }),
    );
    for (const misses of await Promise.all(begun.values())) for (const miss of misses) this.sink.miss(miss);
  }

  /** The first account needs no answer: it is searched at once. */
  private async leadOf(account: Account): Promise<Account> {
    const { owners } = this.options;
    const alike = owners.alike(account);
    if (alike[0]?.id === account.id || alike.length === 0) return account;
    await Promise.all(alike.map((one) => owners.ask(one, this.signal)));
    return owners.lead(account);
  }

  /** Looks with another account of the same owner where the first could not. */
  private async again(account: Account, misses: readonly Miss[]): Promise<readonly Miss[]> {
    const places = misses.flatMap(({ region, kind }) =>
      region === undefined || kind === undefined
        ? []
        : [{ place: { provider: account.provider, accountId: account.id, region }, kind }],
    );
    // Nothing is known of its regions.
    if (misses.length > places.length) return this.account(account);
    return this.places(account, places);
  }

  private async account(account: Account): Promise<readonly Miss[]> {
    const { inventory, clouds } = this.options;
    try {
      const { regions, problem } = await inventory.regions(account.id, this.signal);
      const places = regions.flatMap(({ id: region }) =>
        clouds.provider(account.provider).kinds.map((kind) => ({
          place: { provider: account.provider, accountId: account.id, region },
          kind,
        })),
      );
      const misses = await this.places(account, places);
      const whole = { account, region: undefined, kind: undefined };
      return problem === undefined ? misses : [...this.missOf(whole, problem), ...misses];
    } catch (error) {
      return this.missOf({ account, region: undefined, kind: undefined }, error);
    }
  }

  private async places(account: Account, places: readonly SearchPlace[]): Promise<readonly Miss[]> {
    this.total += places.length;
    const misses: Miss[] = [];
    await forEachLimited(places, placesAtOnce, async ({ place, kind }) => {
      misses.push(...(await this.place(account, place, kind)));
    });
    return misses;
  }

  private async place(account: Account, place: Place, kind: Kind): Promise<readonly Miss[]> {
    if (this.signal.aborted) return [];
    let misses: readonly Miss[] = [];
    try {
      const { calls, findsAll } = kind.search?.(this.text) ?? { calls: [], findsAll: false };
      for (const params of calls) await this.ask({ account, place, kind, params });
      if (!findsAll && kind.isHistory !== true) await this.readList(place, kind);
    } catch (error) {
      misses = this.missOf({ account, region: place.region, kind }, error);
    }
    this.sink.progress(++this.done, this.total);
    return misses;
  }

  private async ask(asked: Asked): Promise<void> {
    const { account, place, kind, params } = asked;
    const { signal } = this;
    const { items, more, next } = await this.options.inventory.search(place, kind.id, params, { signal });
    this.tell(place, kind, items, true);
    const read = next && ((): Promise<void> => this.readRest(asked, next));
    if (more) this.sink.more({ account, region: place.region, kind, read });
  }

  private async readRest({ account, place, kind, params }: Asked, from: Cursor): Promise<void> {
    const { signal } = this;
    const asked = new Set<string>();
    try {
      for (let cursor: Cursor | undefined = from; cursor !== undefined && !signal.aborted;) {
        // A cloud that turns in a circle has told all it tells.
        if (asked.size === asked.add(JSON.stringify(cursor)).size) return;
        const page: Found = await this.options.inventory.search(place, kind.id, params, { signal, from: cursor });
        this.tell(place, kind, page.items, true);
        cursor = page.next;
      }
    } catch (error) {
      for (const miss of this.missOf({ account, region: place.region, kind }, error)) this.sink.miss(miss);
    }
  }

  /** Reads the whole list; it stays known, so that the next search is quick. */
  private async readList(place: Place, kind: Kind): Promise<void> {
    const { inventory } = this.options;
    const before = inventory.peek(place, kind.id);
    const isOurs = before?.reading !== true;
    const stop = (): void => (isOurs ? inventory.stop(place, kind.id) : undefined);
    this.signal.addEventListener('abort', stop, { once: true });
    try {
      // What failed before is asked for again: the user looks for something now.
      const listing = await inventory.list(place, kind.id, { refresh: before?.error !== undefined });
      this.tell(place, kind, listing.items);
      await listing.finished;
      if (listing.hasMore && !this.signal.aborted && listing.error === undefined)
        await inventory.loadMore(place, kind.id, Number.MAX_SAFE_INTEGER);
      this.tell(place, kind, listing.items);
      if (listing.error !== undefined && !listing.unsupported) throw listing.error;
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }

  /** `isAnswer`: the cloud searched, so that an address may stand in a part of the record that no facet tells of. */
  private tell(place: Place, kind: Kind, items: ReadonlyMap<string, Item>, isAnswer = false): void {
    if (this.signal.aborted) return;
    const fits = matcher({ text: this.text }, kind, this.options.clock.now());
    const lead = this.leadId(place.accountId);
    for (const [id, item] of items) {
      const target: Target = { ...place, kind: kind.id, id };
      const key = targetKey({ ...target, accountId: lead });
      if (this.seen.has(key)) continue;
      if (!fits(item) && !(isAnswer && hasText(item, this.text))) continue;
      this.seen.add(key);
      this.sink.hit({ target, item, kind });
    }
  }

  /** The same for all accounts of an owner. */
  private leadId(accountId: string): string {
    const account = this.options.accounts.get(accountId);
    return account === undefined ? accountId : this.options.owners.lead(account).id;
  }

  private missOf(where: Omit<Miss, 'error'>, error: unknown): readonly Miss[] {
    const failure = asFailure(error);
    const provider = this.options.clouds.provider(where.account.provider);
    const isUnsupported = failure.code !== undefined && provider.unsupportedRegionCodes.includes(failure.code);
    if (this.signal.aborted || failure.reason === 'cancelled' || isUnsupported) return [];
    return [{ ...where, error: failure }];
  }
}

/** A kind in a region of an account. */
interface SearchPlace {
  readonly place: Place;
  readonly kind: Kind;
}

/** One question to a cloud about a place. */
interface Asked {
  readonly account: Account;
  readonly place: Place;
  readonly kind: Kind;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Whether a field of the record, known or not, is this text. */
export function hasText(item: Item, text: string): boolean {
  return JSON.stringify(asSent(item)).toLowerCase().includes(`"${text.trim().toLowerCase()}"`);
}
