import * as l10n from '@vscode/l10n';
import type { Account } from '../core/account';
import { CloudError } from '../core/cloudError';
import type { Item, Kind, ListFilter } from '../core/kind';
import type { Identity, Region } from '../core/provider';
import { placeKey, type KindId, type Place } from '../core/target';
import type { CloudClient } from '../client/cloudClient';
import { chunk, forEachLimited, SingleFlight } from '../util/async';
import type { Clock } from '../util/clock';
import { Emitter } from '../util/lifecycle';
import { Listing, readListing } from './listing';
import type { Accounts, Clouds } from './ports';

/** What changed, as narrowly as it is known: everything of an account, a list, or some rows of it. */
export interface InventoryChange {
  readonly accountId?: string;
  readonly place?: Place;
  readonly kind?: KindId;
  readonly ids?: readonly string[];
}

export interface RegionList {
  readonly regions: readonly Region[];
  readonly readAt: Date;
}

export interface InventoryOptions {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly client: CloudClient;
  readonly clock: Clock;
  /** The user's language, as VS Code names it: `en`, `zh-cn`. */
  readonly language: string;
}

/** How many rows of one list are read without being asked for more. */
export const firstRows = 2_000;

/** What the clouds last said, kept with its age. Concurrent callers share one flight; refresh keeps the old rows. */
export class Inventory {
  private readonly regionLists = new Map<string, RegionList>();
  private readonly identities = new Map<string, Identity>();
  private readonly listings = new Map<string, Listing>();
  private readonly regionFlights = new SingleFlight<RegionList>();
  /** Counts how often an account was dropped: what was asked for before is not kept afterwards. */
  private readonly epochs = new Map<string, number>();
  private readonly changed = new Emitter<InventoryChange>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly options: InventoryOptions) {}

  /** The regions of an account, from the cloud; cached until `refresh`. Rejects with `CloudError`. */
  async regions(accountId: string, signal?: AbortSignal): Promise<RegionList> {
    const cached = this.regionLists.get(accountId);
    if (cached !== undefined) return cached;
    const epoch = this.epoch(accountId);
    try {
      return await this.regionFlights.run(`${epoch} ${accountId}`, async () => {
        const list = { regions: await this.readRegions(accountId, signal), readAt: this.options.clock.now() };
        if (epoch === this.epoch(accountId)) this.regionLists.set(accountId, list);
        return list;
      });
    } catch (error) {
      // Whoever began the flight turned away; that does not cancel those who joined it.
      if (!CloudError.is(error, 'cancelled') || signal?.aborted === true) throw error;
      return this.regions(accountId, signal);
    }
  }

  /** Regions if they are known already. */
  knownRegions(accountId: string): RegionList | undefined {
    return this.regionLists.get(accountId);
  }

  /** A region's name in the user's language, as far as it is known; its id otherwise. */
  regionName(place: Place): string {
    return this.regionLists.get(place.accountId)?.regions.find((r) => r.id === place.region)?.name ?? place.region;
  }

  /** Who the account's keys belong to; undefined where the cloud cannot say. Rejects with `CloudError`. */
  async identity(
    accountId: string,
    options: { readonly fresh?: boolean; readonly signal?: AbortSignal } = {},
  ): Promise<Identity | undefined> {
    const { account, provider } = this.resolve(accountId);
    const known = this.identities.get(accountId);
    if (provider.identity === undefined) return undefined;
    if (known !== undefined && options.fresh !== true) return known;
    const epoch = this.epoch(accountId);
    const identity = await this.identify(account, options.signal);
    if (identity !== undefined && epoch === this.epoch(accountId)) this.identities.set(accountId, identity);
    return identity;
  }

  /** Asks the cloud whose keys exactly these are, whatever is cached. Rejects with `CloudError`. */
  async identify(account: Account, signal?: AbortSignal): Promise<Identity | undefined> {
    const provider = this.options.clouds.provider(account.provider);
    if (provider.identity === undefined) return undefined;
    const { operation, region, read } = provider.identity;
    const { value } = await this.options.client.read({ provider, account, region, operation, params: {}, signal });
    return read(value);
  }

  /** The list as it is known, without asking the cloud. */
  peek(place: Place, kind: KindId): Listing | undefined {
    return this.listings.get(listKey(place, kind));
  }

  /**
   * The list of one kind in one place. Resolves as soon as the first page is there (the rest follows, with change
   * events) or reading failed: a failure is in the listing, beside the rows that are known.
   */
  async list(
    place: Place,
    kind: KindId,
    options: { readonly refresh?: boolean; readonly filter?: ListFilter } = {},
  ): Promise<Listing> {
    const key = listKey(place, kind);
    let listing = this.listings.get(key);
    const filter = options.filter ?? listing?.filter ?? {};
    if (listing === undefined || !isSameFilter(filter, listing.filter)) {
      listing?.stop();
      listing = new Listing(filter);
      this.listings.set(key, listing);
    } else if (
      options.refresh !== true &&
      (listing.reading || listing.readAt !== undefined || listing.error !== undefined)
    ) {
      await listing.firstPage;
      return listing;
    }
    this.read(place, kind, listing, { wanted: Math.max(firstRows, listing.wanted), more: false });
    await listing.firstPage;
    return listing;
  }

  /** Reads further rows of a list, up to `wanted` in all. */
  async loadMore(place: Place, kind: KindId, wanted: number): Promise<void> {
    const listing = this.peek(place, kind);
    if (listing === undefined) return;
    this.read(place, kind, listing, { wanted, more: true });
    await listing.finished;
  }

  /** Stops reading; the rows that have arrived stay. */
  stop(place: Place, kind: KindId): void {
    this.peek(place, kind)?.stop();
  }

  /**
   * The named resources as they are now, read from the cloud; ids that are not in the result do not exist (any more).
   * Updates the rows that are shown. Rejects with `CloudError`.
   */
  async lookup(place: Place, kindId: KindId, ids: readonly string[], signal?: AbortSignal): Promise<Map<string, Item>> {
    const { account, provider } = this.resolve(place.accountId);
    const kind = this.kindOf(place, kindId);
    const epoch = this.epoch(place.accountId);
    const found = new Map<string, Item>();
    const readSome = async (some: readonly string[]): Promise<void> => {
      const { value } = await this.options.client.read({
        provider,
        account,
        region: place.region,
        operation: kind.list.operation,
        params: kind.lookup.params(some),
        subject: some.length === 1 ? some[0] : undefined,
        signal,
      });
      const asked = new Set(some);
      const answered = new Map(kind.list.items(value).map((item) => [kind.identify(item), item]));
      // A gateway that ignores the filter answers with other resources. What was asked for and is not among them can
      // then be on another page: it must not look gone.
      const ignored = [...answered.keys()].some((id) => !asked.has(id));
      if (ignored && some.some((id) => !answered.has(id))) throw filterIgnored(kind.list.operation.action);
      for (const [id, item] of answered) if (asked.has(id)) found.set(id, item);
    };
    await forEachLimited(chunk(ids, kind.lookup.idsPerCall), 4, readSome);
    if (epoch === this.epoch(place.accountId)) this.update(place, kindId, ids, found);
    return found;
  }

  /** The record as it is shown now, if it is. */
  item(place: Place, kind: KindId, id: string): Item | undefined {
    return this.peek(place, kind)?.items.get(id);
  }

  /** Takes rows away that are known to be gone. */
  forget(place: Place, kind: KindId, ids: readonly string[]): void {
    this.update(place, kind, ids, new Map());
  }

  /** Forgets what is cached for an account (or all), so that the next look asks the cloud; old rows stay until then. */
  async refresh(
    scope: { readonly accountId?: string; readonly place?: Place; readonly kind?: KindId } = {},
  ): Promise<void> {
    if (scope.place !== undefined && scope.kind !== undefined) {
      await this.list(scope.place, scope.kind, { refresh: true });
      return;
    }
    const inScope = (accountId: string): boolean => scope.accountId === undefined || scope.accountId === accountId;
    if (scope.place === undefined) {
      for (const id of [...this.regionLists.keys()]) if (inScope(id)) this.regionLists.delete(id);
      for (const id of [...this.identities.keys()]) if (inScope(id)) this.identities.delete(id);
    }
    const prefix = scope.place === undefined ? undefined : placeKey(scope.place);
    const stale = [...this.listings.values()].filter(
      (l) =>
        l.origin !== undefined &&
        inScope(l.origin.place.accountId) &&
        (prefix === undefined || placeKey(l.origin.place) === prefix),
    );
    this.changed.fire(scope);
    await Promise.all(stale.map(({ origin }) => origin && this.list(origin.place, origin.kind, { refresh: true })));
  }

  /** An account went away or its keys changed: nothing read with the old ones may be shown as current. */
  dropAccount(accountId: string): void {
    this.epochs.set(accountId, this.epoch(accountId) + 1);
    this.regionLists.delete(accountId);
    this.identities.delete(accountId);
    for (const [key, listing] of this.listings) {
      if (listing.origin?.place.accountId !== accountId) continue;
      listing.stop();
      this.listings.delete(key);
    }
    this.changed.fire({ accountId });
  }

  private epoch(accountId: string): number {
    return this.epochs.get(accountId) ?? 0;
  }

  private read(
    place: Place,
    kindId: KindId,
    listing: Listing,
    how: { readonly wanted: number; readonly more: boolean },
  ): void {
    const { account, provider } = this.resolve(place.accountId);
    const kind = this.kindOf(place, kindId);
    listing.origin = { place, kind: kindId };
    readListing(listing, {
      source: kind.list,
      identify: kind.identify,
      ...how,
      clock: this.options.clock,
      unsupportedCodes: provider.unsupportedRegionCodes,
      onDidChange: () => this.changed.fire({ place, kind: kindId }),
      call: (params, signal) =>
        this.options.client.read({
          provider,
          account,
          region: place.region,
          operation: kind.list.operation,
          params,
          signal,
        }),
    });
  }

  private update(place: Place, kind: KindId, ids: readonly string[], found: ReadonlyMap<string, Item>): void {
    const listing = this.peek(place, kind);
    if (listing === undefined) return;
    if (listing.replace(ids, found)) this.changed.fire({ place, kind, ids });
  }

  private async readRegions(accountId: string, signal: AbortSignal | undefined): Promise<Region[]> {
    const { account, provider } = this.resolve(accountId);
    const { operation, region, params, rows, next } = provider.regions;
    const all = new Map<string, Region>();
    let token: string | undefined;
    do {
      const { value } = await this.options.client.read({
        provider,
        account,
        region,
        operation,
        params: params(this.options.language, token),
        signal,
      });
      for (const row of rows(value, this.options.language)) all.set(row.id, row);
      token = next(value);
    } while (token !== undefined);
    return [...all.values()];
  }

  private resolve(accountId: string): { account: Account; provider: ReturnType<Clouds['provider']> } {
    const account = this.options.accounts.get(accountId);
    if (account === undefined) {
      throw new CloudError(`No account "${accountId}".`, { reason: 'auth', delivery: 'notSent' });
    }
    return { account, provider: this.options.clouds.provider(account.provider) };
  }

  private kindOf(place: Place, id: KindId): Kind {
    const kind = this.options.clouds.kind(place.provider, id);
    if (kind === undefined) throw new TypeError(`${place.provider} has no ${id}.`);
    return kind;
  }
}

function listKey(place: Place, kind: KindId): string {
  return `${placeKey(place)}/${kind}`;
}

function isSameFilter(a: ListFilter, b: ListFilter): boolean {
  const textOf = (filter: ListFilter): string =>
    JSON.stringify(Object.entries(filter).sort(([x], [y]) => (x < y ? -1 : 1)));
  return textOf(a) === textOf(b);
}

function filterIgnored(action: string): CloudError {
  const message = l10n.t('{0} was asked for certain resources and answered with others.', action);
  const advice = l10n.t('Check the endpoint settings of this extension: it may be the address of something else.');
  return new CloudError(message, { reason: 'unexpectedAnswer', delivery: 'answered', advice });
}
