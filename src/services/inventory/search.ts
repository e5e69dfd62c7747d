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
  await Promise.all(options.accounts.list().map((account) => search.account(account)));
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

  async account(account: Account): Promise<void> {
    const { inventory, clouds } = this.options;
    try {
      const { regions, problem } = await inventory.regions(account.id, this.signal);
      if (problem !== undefined) this.miss({ account, region: undefined, kind: undefined }, problem);
      const places = regions.flatMap(({ id: region }) =>
        clouds.provider(account.provider).kinds.map((kind) => ({
          place: { provider: account.provider, accountId: account.id, region },
          kind,
        })),
      );
      this.total += places.length;
      await forEachLimited(places, placesAtOnce, ({ place, kind }) => this.place(account, place, kind));
    } catch (error) {
      this.miss({ account, region: undefined, kind: undefined }, error);
    }
  }

  private async place(account: Account, place: Place, kind: Kind): Promise<void> {
    if (this.signal.aborted) return;
    try {
      const { calls, findsAll } = kind.search?.(this.text) ?? { calls: [], findsAll: false };
      for (const params of calls) await this.ask({ account, place, kind, params });
      if (!findsAll) await this.readList(place, kind);
    } catch (error) {
      this.miss({ account, region: place.region, kind }, error);
    }
    this.sink.progress(++this.done, this.total);
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
      this.miss({ account, region: place.region, kind }, error);
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
    for (const [id, item] of items) {
      const target: Target = { ...place, kind: kind.id, id };
      if (this.seen.has(targetKey(target))) continue;
      if (!fits(item) && !(isAnswer && hasText(item, this.text))) continue;
      this.seen.add(targetKey(target));
      this.sink.hit({ target, item, kind });
    }
  }

  private miss(where: Omit<Miss, 'error'>, error: unknown): void {
    const failure = asFailure(error);
    const provider = this.options.clouds.provider(where.account.provider);
    const isUnsupported = failure.code !== undefined && provider.unsupportedRegionCodes.includes(failure.code);
    if (this.signal.aborted || failure.reason === 'cancelled' || isUnsupported) return;
    this.sink.miss({ ...where, error: failure });
  }
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
