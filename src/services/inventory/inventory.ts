import * as l10n from '@vscode/l10n';
import type { ReadResult } from '../../client/cloudClient';
import { keyFingerprint, type Account } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import type { Item } from '../../core/item';
import type { Kind, ListFilter, ListSource } from '../../core/kind';
import type { Operation } from '../../core/operation';
import { readPages, type Cursor, type Pager } from '../../core/pager';
import type { Identity } from '../../core/provider';
import { placeKey, type KindId, type Place, targetKey, type Target } from '../../core/target';
import { droppedFrom } from '../../core/unreadable';
import { chunk, forEachLimited } from '../../util/async';
import { Emitter } from '../../util/lifecycle';
import { AccountFacts, type AccountFactsOptions } from './accountFacts';
import { KeyOwners, type KeyOwner } from './keyOwners';
import { Listing, readListing } from './listing';
import { readNamed } from './lookup';
import { ReadBy } from './readBy';
import type { RegionList } from './regionLists';

/** What changed, as narrowly as it is known: everything of an account, a list, or some rows of it. */
export interface InventoryChange {
  readonly accountId?: string;
  readonly place?: Place;
  readonly kind?: KindId;
  readonly ids?: readonly string[];
}

export type InventoryOptions = AccountFactsOptions;

/** A list that is known, and where it is from. */
export interface KnownList {
  readonly place: Place;
  readonly kind: KindId;
  readonly listing: Listing;
}

/** What a search found: by id, and whether the cloud has more than it answered at once. */
export interface Found {
  readonly items: ReadonlyMap<string, Item>;
  readonly more: boolean;
  /** What asks for the page behind; absent on the last one, and where the answer does not tell. */
  readonly next?: Cursor | undefined;
}

export interface SearchOptions {
  readonly signal?: AbortSignal | undefined;
  /** The page to ask for; the first without it. */
  readonly from?: Cursor | undefined;
}

export interface LookupOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * The account with the keys to read with; without it, whatever keys the account has by then. What a run concludes
   * from a resource that is not there holds only for the owner it was asked of.
   */
  readonly account?: Account | undefined;
  /** It is known from elsewhere that the resources belong to the owner of these keys: they were reviewed with them. */
  readonly isReviewed?: boolean;
}

/** What differs from one reading of a list's operation to the next. */
interface ReadCall {
  readonly params: Record<string, unknown>;
  readonly subject?: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The key of a list that is not narrowed. */
const whole = '';

/** How many rows of one list are read without being asked for more, unless its kind says another number. */
export const firstRows = 2_000;

/** How many answers of single lookups are remembered. */
const answersKept = 1_000;

/** What the clouds last said, kept with its age. Concurrent callers share one flight; refresh keeps the old rows. */
export class Inventory {
  /** By place and kind: the whole list under the empty key, beside lists that the cloud narrowed. */
  private readonly listings = new Map<string, Map<string, Listing>>();
  private readonly changed = new Emitter<InventoryChange>();
  readonly onDidChange = this.changed.event;

  private readonly exchanges = new WeakMap<Item, string>();
  /** Which answers named resources came with, the latest last: they may be in no list. */
  private readonly lookedUp = new Map<string, string>();
  private readonly facts: AccountFacts;

  private readonly owners: KeyOwners;
  /** Whose keys what is shown of an account was read with. */
  private readonly current = new Map<string, KeyOwner>();
  private readonly readBy = new ReadBy();

  constructor(private readonly options: InventoryOptions) {
    const { clouds } = options;
    this.owners = new KeyOwners({
      identify: (account) => this.facts.identify(account),
      canTell: ({ provider }) => clouds.provider(provider).identity !== undefined,
    });
    this.facts = new AccountFacts({
      ...options,
      onAnswer: (account, signer, epoch) => this.admit(account, signer, epoch),
      onIdentity: (account, signer, identity) => this.owners.learn(account, signer, identity),
    });
  }

  /**
   * The regions of an account: the cloud's list, cached until `refresh`, with the profile's own and the typed ones; and
   * what went wrong where the cloud did not list all. Rejects with `CloudError` where there is none at all.
   */
  regions(accountId: string, signal?: AbortSignal): Promise<RegionList> {
    return this.facts.regions(accountId, signal);
  }

  /** Regions if they are known already. */
  knownRegions(accountId: string): RegionList | undefined {
    return this.facts.knownRegions(accountId);
  }

  /** The regions of an account that were typed. */
  typedRegions(accountId: string): readonly string[] {
    return this.facts.typedRegions(accountId);
  }

  /** Keeps exactly these as the typed regions of an account. */
  async keepRegions(accountId: string, ids: readonly string[]): Promise<void> {
    await this.facts.keepRegions(accountId, ids);
    this.changed.fire({ accountId });
  }

  /** A region's name in the user's language, as far as it is known; its id otherwise. */
  regionName(place: Place): string {
    return this.facts.regionName(place);
  }

  /** Who the account's keys belong to; undefined where the cloud cannot say. Rejects with `CloudError`. */
  identity(accountId: string, options: { readonly signal?: AbortSignal } = {}): Promise<Identity | undefined> {
    return this.facts.identity(accountId, options);
  }

  /** Who the account's keys belong to, as far as that was asked since they changed. */
  knownIdentity(accountId: string): Identity | undefined {
    return this.facts.knownIdentity(accountId);
  }

  /** Fires with the account of which something else is said than before. */
  get onDidLearnOwner(): AccountFacts['onDidLearnOwner'] {
    return this.facts.onDidLearnOwner;
  }

  /** Asks the cloud whose keys exactly these are, whatever is cached. Rejects with `CloudError`. */
  identify(account: Account, signal?: AbortSignal): Promise<Identity | undefined> {
    return this.facts.identify(account, signal);
  }

  /**
   * The list as it is known, without asking the cloud: the whole one, or the one the cloud narrows by a filter. Where
   * the API cannot narrow by anything of the filter, that is the whole list.
   */
  peek(place: Place, kind: KindId, filter?: ListFilter): Listing | undefined {
    return this.listings.get(listKey(place, kind))?.get(this.narrowing(place, kind, filter));
  }

  /** Whether the cloud narrows the list by anything of the filter. */
  isNarrowed(place: Place, kind: KindId, filter: ListFilter | undefined): boolean {
    return this.narrowing(place, kind, filter) !== whole;
  }

  /** Every list that is known, whole or narrowed. */
  *lists(): Iterable<KnownList> {
    for (const listing of this.allListings()) if (listing.origin !== undefined) yield { ...listing.origin, listing };
  }

  /**
   * The list of one kind in one place. Resolves as soon as the first page is there (the rest follows, with change
   * events) or reading failed: a failure is in the listing, beside the rows that are known.
   */
  async list(
    place: Place,
    kind: KindId,
    options: { readonly refresh?: boolean; readonly filter?: ListFilter | undefined } = {},
  ): Promise<Listing> {
    const listing = this.peek(place, kind, options.filter) ?? this.create(place, kind, options.filter);
    const isKnown = listing.reading || listing.readAt !== undefined || listing.error !== undefined;
    if (options.refresh === true || !isKnown) {
      const first = this.kindOf(place, kind).list.firstRows ?? firstRows;
      this.read(place, kind, listing, { wanted: Math.max(first, listing.wanted), more: false });
    }
    await listing.firstPage;
    return listing;
  }

  /** Reads further rows of a list, up to `wanted` in all. */
  async loadMore(place: Place, kind: KindId, wanted: number, filter?: ListFilter): Promise<void> {
    const listing = this.peek(place, kind, filter);
    if (listing === undefined) return;
    this.read(place, kind, listing, { wanted, more: true });
    await listing.finished;
  }

  /** Stops reading; the rows that have arrived stay. */
  stop(place: Place, kind: KindId, filter?: ListFilter): void {
    this.peek(place, kind, filter)?.stop();
  }

  /** Forgets the narrowed lists that are not narrowed by this filter: nobody sees them any more. */
  keepNarrowed(filter: ListFilter | undefined): void {
    for (const variants of this.listings.values()) {
      for (const [key, listing] of variants) {
        const { origin } = listing;
        if (key === whole || (origin !== undefined && key === this.narrowing(origin.place, origin.kind, filter)))
          continue;
        listing.stop();
        variants.delete(key);
      }
    }
  }

  /**
   * The resources that one answer of the cloud to `params` (of `Kind.search`) holds, and whether there are more.
   * Leaves the lists as they are. Rejects with `CloudError`.
   */
  async search(
    place: Place,
    kindId: KindId,
    params: Readonly<Record<string, unknown>>,
    { signal, from }: SearchOptions = {},
  ): Promise<Found> {
    const asked = this.facts.resolve(place.accountId);
    const { list, identify } = this.kindOf(place, kindId);
    const { account } = asked;
    const epoch = this.facts.epoch(account.id);
    const cursor = from ?? list.pager.first;
    const call = { params: { ...params, ...cursor }, signal };
    const { value, signer } = await this.ask(asked, place, list, call);
    const items = list.items(value);
    const found = new Map(items.map((item) => [identify(item), item]));
    this.readBy.note(listKey(place, kindId), found.keys(), await this.admit(account, signer, epoch));
    const { more, next } = behind(list.pager, value, cursor);
    return { items: found, more: more || droppedFrom(items) > 0, next };
  }

  /**
   * The named resources as they are now, read from the cloud; ids that are not in the result do not exist (any more).
   * Updates the rows that are shown. Rejects with `CloudError`, also where a resource that was read with the keys of
   * another owner is not found: these keys do not tell whether it exists.
   */
  async lookup(
    place: Place,
    kindId: KindId,
    ids: readonly string[],
    options: LookupOptions = {},
  ): Promise<Map<string, Item>> {
    const known = this.facts.resolve(place.accountId);
    const account = options.account ?? known.account;
    const kind = this.kindOf(place, kindId);
    const epoch = this.facts.epoch(place.accountId);
    const found = new Map<string, Item>();
    const readBy = new Map(ids.map((id) => [id, this.ownerOf(place, kindId, id)]));
    const by = new Set<KeyOwner>();
    await forEachLimited(chunk(ids, kind.lookup.idsPerCall), 4, async (some) => {
      let signer = '';
      const subject = some.length === 1 ? some[0] : undefined;
      const read = async (params: Record<string, unknown>) => {
        const call = { params, subject, signal: options.signal };
        const result = await this.ask({ ...known, account }, place, kind.list, call);
        ({ signer } = result);
        return result;
      };
      for (const [id, item] of await readNamed(kind, some, read)) found.set(id, item);
      const owner = await (options.account === undefined
        ? this.admit(account, signer, epoch)
        : this.owners.of({ ...account, ...(known.account.renewal && { renewal: known.account.renewal }) }, signer));
      by.add(owner);
      const strangers = some.filter((id) => !found.has(id) && (readBy.get(id) ?? owner) !== owner);
      if (strangers.length > 0 && options.isReviewed !== true) throw this.readByAnother(known.account, strangers);
    });
    const isCurrent = [...by].every((owner) => owner === (this.current.get(place.accountId) ?? owner));
    if (isCurrent && epoch === this.facts.epoch(place.accountId)) this.update(place, kindId, ids, found);
    for (const [id, item] of found) this.noteAnswer({ ...place, kind: kindId, id }, item);
    return found;
  }

  /**
   * All records that the cloud finds by `params` of the list's operation, as the owner of these keys sees them. Leaves
   * the lists as they are. Rejects with `CloudError`.
   */
  async named(
    place: Place,
    kindId: KindId,
    params: Readonly<Record<string, unknown>>,
    { account, signal }: Pick<LookupOptions, 'account' | 'signal'> = {},
  ): Promise<Item[]> {
    const known = this.facts.resolve(place.accountId);
    const { list } = this.kindOf(place, kindId);
    const asked = { ...known, account: account ?? known.account };
    const items: Item[] = [];
    const page = async (cursor: Cursor): Promise<unknown> =>
      (await this.ask(asked, place, list, { params: { ...params, ...cursor }, signal })).value;
    for await (const { value } of readPages(list.pager, page, { count: () => items.length }))
      items.push(...list.items(value));
    return items;
  }

  private noteAnswer(target: Target, item: Item): void {
    const key = targetKey(target);
    const exchange = this.exchanges.get(item);
    this.lookedUp.delete(key);
    if (exchange !== undefined) this.lookedUp.set(key, exchange);
    const [oldest] = this.lookedUp.keys();
    if (this.lookedUp.size > answersKept && oldest !== undefined) this.lookedUp.delete(oldest);
  }

  /**
   * Looks whether the account still signs for the owner whose rows are shown, and drops them if not. Settles when that
   * is known and never rejects.
   */
  async verifyOwner(accountId: string): Promise<void> {
    const before = this.current.get(accountId);
    const account = this.options.accounts.get(accountId);
    if (before === undefined || account === undefined) return;
    try {
      const owner = await this.owners.of(account, keyFingerprint(await account.credentials()));
      if (owner !== before && this.current.get(accountId) === before) this.dropAccount(accountId);
    } catch {
      // Without keys nothing can be told; whoever needs them says why there are none.
    }
  }

  /**
   * Adds records that the cloud found to a list that is not wholly read; false where there is no such list, or it is
   * being read.
   */
  add(place: Place, kind: KindId, found: ReadonlyMap<string, Item>, filter?: ListFilter): boolean {
    const listing = this.peek(place, kind, filter);
    if (listing === undefined || listing.reading) return false;
    if (found.size > 0) listing.add(found);
    return true;
  }

  /** The record as it was read last, if any list has it. */
  item(place: Place, kind: KindId, id: string): Item | undefined {
    return this.listOf(place, kind, id)?.items.get(id);
  }

  /** The list that has a resource; the one that was read last if several have it. */
  listOf(place: Place, kind: KindId, id: string): Listing | undefined {
    let latest: Listing | undefined;
    for (const listing of this.listings.get(listKey(place, kind))?.values() ?? [])
      if (listing.items.has(id) && (latest === undefined || ageOf(listing) >= ageOf(latest))) latest = listing;
    return latest;
  }

  /** The answer that a record came with. */
  exchangeOf(item: Item): string | undefined {
    return this.exchanges.get(item);
  }

  /** The answer that a resource was last looked up with, by name, also where no list has it. */
  exchangeOfLookup(target: Target): string | undefined {
    return this.lookedUp.get(targetKey(target));
  }

  /** Takes rows away that are known to be gone. */
  forget(place: Place, kind: KindId, ids: readonly string[]): void {
    this.update(place, kind, ids, new Map());
  }

  /** Forgets what is cached for an account (or all), so that the next look asks the cloud; old rows stay until then. */
  async refresh(
    scope: { readonly accountId?: string; readonly place?: Place; readonly kind?: KindId } = {},
  ): Promise<void> {
    if (scope.place !== undefined && scope.kind !== undefined) return this.refreshLists(scope.place, scope.kind);
    const inScope = (accountId: string): boolean => scope.accountId === undefined || scope.accountId === accountId;
    if (scope.place === undefined) this.facts.forget(scope.accountId);
    const prefix = scope.place === undefined ? undefined : placeKey(scope.place);
    const stale = [...this.allListings()].filter(
      (l) =>
        l.origin !== undefined &&
        inScope(l.origin.place.accountId) &&
        (prefix === undefined || placeKey(l.origin.place) === prefix),
    );
    this.changed.fire(scope);
    await Promise.all(
      stale.flatMap(({ origin, filter }) =>
        origin === undefined ? [] : [this.list(origin.place, origin.kind, { refresh: true, filter })],
      ),
    );
  }

  /** An account went away or its keys changed: nothing read with the old ones may be shown as current. */
  dropAccount(accountId: string): void {
    this.drop(accountId);
  }

  private drop(accountId: string, except?: Listing): void {
    this.facts.drop(accountId);
    this.current.delete(accountId);
    for (const [key, variants] of this.listings) {
      const own = [...variants.values()];
      if (!own.some((listing) => listing.origin?.place.accountId === accountId)) continue;
      this.readBy.noteAll(key, own);
      for (const [variant, listing] of variants) {
        if (listing === except) continue;
        listing.stop();
        variants.delete(variant);
      }
      if (variants.size === 0) this.listings.delete(key);
    }
    this.changed.fire({ accountId });
  }

  /** Takes note whose answer this is. One of another owner than before ends what was read until then. */
  private admit(account: Account, signer: string, epoch: number, into?: Listing): KeyOwner | Promise<KeyOwner> {
    const owner = this.owners.of(account, signer);
    const take = (one: KeyOwner): KeyOwner => {
      // An answer to what was asked before the account was dropped does not decide whose it is now.
      if (epoch !== this.facts.epoch(account.id)) return one;
      if ((this.current.get(account.id) ?? one) !== one)
        this.drop(account.id, into?.items.size === 0 ? into : undefined);
      this.current.set(account.id, one);
      return one;
    };
    return owner instanceof Promise ? owner.then(take) : take(owner);
  }

  private isKept(listing: Listing): boolean {
    const { origin, filter } = listing;
    return origin !== undefined && this.peek(origin.place, origin.kind, filter) === listing;
  }

  private ownerOf(place: Place, kind: KindId, id: string): KeyOwner | undefined {
    return this.listOf(place, kind, id)?.readBy ?? this.readBy.of(listKey(place, kind), id);
  }

  private readByAnother(account: Account, ids: readonly string[]): CloudError {
    void this.verifyOwner(account.id);
    const [first = ''] = ids;
    const message = l10n.t(
      '"{0}" was read with other keys of "{1}", which may be another owner\'s. These keys do not find it, which does not mean that it is gone.',
      first,
      account.name,
    );
    const advice = l10n.t('Refresh the list, then select again.');
    return new CloudError(message, { reason: 'invalid', delivery: 'answered', advice });
  }

  private *allListings(): Iterable<Listing> {
    for (const variants of this.listings.values()) yield* variants.values();
  }

  private create(place: Place, kind: KindId, filter: ListFilter | undefined): Listing {
    const key = this.narrowing(place, kind, filter);
    const listing = new Listing(key === whole ? {} : (filter ?? {}));
    const variants = this.listings.get(listKey(place, kind)) ?? new Map<string, Listing>();
    this.listings.set(listKey(place, kind), variants.set(key, listing));
    return listing;
  }

  /** The lists of one kind in one place, or the whole one where none is known. */
  private async refreshLists(place: Place, kind: KindId): Promise<void> {
    const known = [...(this.listings.get(listKey(place, kind))?.values() ?? [])];
    const filters = known.length === 0 ? [{}] : known.map(({ filter }) => filter);
    await Promise.all(filters.map((filter) => this.list(place, kind, { refresh: true, filter })));
  }

  /** The same text for filters that make the same request. */
  private narrowing(place: Place, kind: KindId, filter: ListFilter | undefined): string {
    if (filter === undefined) return whole;
    const params = Object.entries(this.kindOf(place, kind).list.filter(filter)).filter(([, v]) => v !== undefined);
    return params.length === 0 ? whole : JSON.stringify(params.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private read(
    place: Place,
    kindId: KindId,
    listing: Listing,
    how: { readonly wanted: number; readonly more: boolean },
  ): void {
    const asked = this.facts.resolve(place.accountId);
    const { account } = asked;
    const kind = this.kindOf(place, kindId);
    let epoch = this.facts.epoch(account.id);
    listing.origin = { place, kind: kindId };
    readListing(listing, {
      source: kind.list,
      identify: kind.identify,
      ...how,
      clock: this.options.clock,
      unsupportedCodes: asked.provider.unsupportedRegionCodes,
      onDidChange: () => this.changed.fire({ place, kind: kindId }),
      call: async (params, signal) => {
        const result = await this.ask(asked, place, kind.list, { params, signal });
        const owner = this.admit(account, result.signer, epoch, listing);
        listing.readBy = owner instanceof Promise ? await owner : owner;
        // Rows of two owners never stand in one list.
        if (!this.isKept(listing)) throw new CloudError('', { reason: 'cancelled', delivery: 'answered' });
        epoch = this.facts.epoch(account.id);
        return result;
      },
    });
  }

  /** Asks the cloud and notes with each record which answer it came with. */
  private async ask(
    { account, provider }: ReturnType<AccountFacts['resolve']>,
    { region }: Place,
    { operation, items }: ListSource,
    call: ReadCall,
  ): Promise<ReadResult<Operation>> {
    const answer = await this.options.client.read({ provider, account, region, operation, ...call });
    for (const item of items(answer.value)) this.exchanges.set(item, answer.exchange.id);
    return answer;
  }

  private update(place: Place, kind: KindId, ids: readonly string[], found: ReadonlyMap<string, Item>): void {
    let changed = false;
    for (const listing of this.listings.get(listKey(place, kind))?.values() ?? [])
      changed = listing.replace(ids, found) || changed;
    if (changed) this.changed.fire({ place, kind, ids });
  }

  private kindOf(place: Place, id: KindId): Kind {
    const kind = this.options.clouds.kind(place.provider, id);
    if (kind === undefined) throw new TypeError(`${place.provider} has no ${id}.`);
    return kind;
  }
}

/** What does not tell whether there is more is taken for more. */
function behind(pager: Pager, value: unknown, cursor: Cursor): Pick<Found, 'more' | 'next'> {
  try {
    const next = pager.next(value, cursor);
    return { more: next !== undefined, next };
  } catch {
    return { more: true };
  }
}

function listKey(place: Place, kind: KindId): string {
  return `${placeKey(place)}/${kind}`;
}

/** When a list was read; one that is being read for the first time is the newest. */
function ageOf({ readAt }: Listing): number {
  return readAt?.getTime() ?? Infinity;
}
