import type { Account } from '../../core/account';
import { isHost, type Kind } from '../../core/kind';
import { placeKey, placeOf, type KindId, type Place, type Target } from '../../core/target';
import type { AccountOwners } from '../inventory/accountOwners';
import type { Inventory } from '../inventory/inventory';
import type { Listing } from '../inventory/listing';
import type { RowView } from '../resources/viewState';
import { regionKey, type FleetView } from './fleetView';
import type { Accounts, Clouds } from './ports';

/** One list that the flat list is made of, read or not. */
export interface FleetList {
  readonly account: Account;
  readonly place: Place;
  readonly kind: Kind;
  readonly listing: Listing | undefined;
}

export interface FleetPlacesOptions {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
  readonly owners: Pick<AccountOwners, 'groups' | 'alike'>;
  /** What the user hides of the resources is not read here either, unless it is chosen. */
  readonly rows: Pick<RowView, 'hidden'>;
  readonly view: FleetView;
}

/** Which lists are looked at: those of the scope, and of accounts with the same owner only one's. Asks no cloud. */
export class FleetPlaces {
  constructor(private readonly options: FleetPlacesOptions) {}

  /** The accounts of the scope, those with the same owner together. */
  groups(): readonly (readonly [Account, ...Account[]])[] {
    const { accounts, owners, view } = this.options;
    // Whoever chose the resources one by one chose their accounts, too.
    if (view.only !== undefined) return this.accountsOf(view.only.targets).map((account) => [account]);
    const chosen = view.scope.accounts;
    return owners.groups(accounts.list().filter(({ id }) => chosen === undefined || chosen.includes(id)));
  }

  /** The lists of the scope as far as their regions are known. */
  lists(): FleetList[] {
    const { only } = this.options.view;
    if (only !== undefined) return this.listsWith(only.targets);
    return this.groups().flatMap((group) => this.listsOf(group));
  }

  /** The ids of a list that were chosen one by one. */
  chosenIds(place: Place, kind: KindId): string[] {
    const key = placeKey(place);
    const targets = this.options.view.only?.targets ?? [];
    return targets.flatMap((one) => (one.kind === kind && placeKey(one) === key ? [one.id] : []));
  }

  /** Accounts of the scope whose regions are not known, so that nothing of them is. */
  unknown(): Account[] {
    if (this.options.view.only !== undefined) return [];
    return this.groups().flatMap((group) => (this.reader(group) === undefined ? [group[0]] : []));
  }

  /** Accounts of the same cloud and addresses: their owners are worth a question. */
  alike(): Account[] {
    const { accounts, owners, view } = this.options;
    return view.only === undefined ? accounts.list().filter((one) => owners.alike(one).length > 1) : [];
  }

  /** The kinds that are looked at. */
  kinds({ provider, id }: Pick<Account, 'provider' | 'id'>): Kind[] {
    const { clouds, view } = this.options;
    const chosen = view.scope.kinds;
    if (chosen === undefined) return this.usualKinds({ provider, id });
    return clouds.provider(provider).kinds.filter((kind) => chosen.includes(kind.id));
  }

  /** The kinds that are looked at unless others are chosen. */
  usualKinds({ provider, id }: Pick<Account, 'provider' | 'id'>): Kind[] {
    const { clouds, rows } = this.options;
    const hidden = rows.hidden(id).kinds;
    return clouds.provider(provider).kinds.filter((kind) => isHost(kind) && !hidden.includes(kind.id));
  }

  /** The regions that are not looked at unless they are chosen. */
  hiddenRegions(accountId: string): readonly string[] {
    return this.options.rows.hidden(accountId).regions;
  }

  /** The regions that are looked at. */
  regions(account: Account): Place[] {
    const { inventory, view } = this.options;
    const chosen = view.scope.regions;
    const hidden = this.hiddenRegions(account.id);
    const places = (inventory.knownRegions(account.id)?.regions ?? []).map(({ id: region }): Place => {
      return { provider: account.provider, accountId: account.id, region };
    });
    return places.filter((place) =>
      chosen === undefined ? !hidden.includes(place.region) : chosen.includes(regionKey(place)),
    );
  }

  private accountsOf(targets: readonly Target[]): Account[] {
    const ids = new Set(targets.map(({ accountId }) => accountId));
    return this.options.accounts.list().filter(({ id }) => ids.has(id));
  }

  /** The lists that hold these, whether or not they are looked at otherwise. */
  private listsWith(targets: readonly Target[]): FleetList[] {
    const { clouds, inventory } = this.options;
    const accounts = new Map(this.accountsOf(targets).map((account) => [account.id, account]));
    const one = new Map(targets.map((target) => [`${placeKey(target)}/${target.kind}`, target]));
    return [...one.values()].flatMap((target): FleetList[] => {
      const [account, place] = [accounts.get(target.accountId), placeOf(target)];
      const kind = clouds.kind(target.provider, target.kind);
      if (account === undefined || kind === undefined) return [];
      return [{ account, place, kind, listing: inventory.peek(place, kind.id) }];
    });
  }

  private listsOf(group: readonly [Account, ...Account[]]): FleetList[] {
    const reader = this.reader(group);
    if (reader === undefined) return [];
    const kinds = this.kinds(reader);
    return this.regions(reader).flatMap((place) => kinds.map((kind) => this.list(place, kind, group)));
  }

  /** What one account may not list another one of the same owner may. */
  private list({ provider, region }: Place, kind: Kind, group: readonly Account[]): FleetList {
    const candidates = group.map((account): FleetList => {
      const place = { provider, accountId: account.id, region };
      return { account, place, kind, listing: this.options.inventory.peek(place, kind.id) };
    });
    const isFine = ({ listing }: FleetList): boolean => listing?.error === undefined || listing.unsupported;
    const read = candidates.find((list) => isFine(list) && !isUnread(list));
    // There is at least one account in a group.
    return read ?? candidates.find(isFine) ?? (candidates[0] as FleetList);
  }

  /** The first account of a group whose regions are known. */
  private reader(group: readonly Account[]): Account | undefined {
    return group.find(({ id }) => this.options.inventory.knownRegions(id) !== undefined);
  }
}

/** Whether a list was never read to an end. */
export function isUnread({ listing }: FleetList): boolean {
  if (listing === undefined) return true;
  const { readAt, error, unsupported, reading } = listing;
  return readAt === undefined && error === undefined && !unsupported && !reading;
}

/** Whether a list could not be read, which says nothing of what is in it. */
export function hasFailed({ listing }: FleetList): boolean {
  return listing?.error !== undefined && !listing.unsupported && !listing.reading;
}
