import type { KindId, Place } from '../../core/target';
import { placeKey } from '../../core/target';
import type { Accounts, Clouds } from '../accounts/ports';
import type { Inventory } from '../inventory/inventory';
import type { ShownLists } from './shownLists';
import type { RowView } from './viewState';

export interface EmptyRegionsParts {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Pick<Inventory, 'knownRegions'>;
  readonly lists: ShownLists;
  readonly view: RowView;
}

/** Which regions are left out because it is known that nothing is in them. What was never read is never left out. */
export class EmptyRegions {
  private readonly drawn = new Map<string, boolean>();

  constructor(private readonly parts: EmptyRegionsParts) {}

  /** Whether a region is left out. It is remembered as drawn. */
  draw(place: Place): boolean {
    const isOut = this.isLeftOut(place);
    this.drawn.set(placeKey(place), isOut);
    return isOut;
  }

  /** Whether a region that is drawn would be left out now, or the other way round. */
  isStale(place: Place): boolean {
    const drawn = this.drawn.get(placeKey(place));
    return drawn !== undefined && drawn !== this.isLeftOut(place);
  }

  /** How many regions of all accounts are left out, and of how many it is not known whether something is in them. */
  count(): { readonly empty: number; readonly unread: number } {
    const places = this.parts.accounts.list().flatMap(({ id }) => this.places(id));
    return {
      empty: places.filter((place) => this.isEmpty(place)).length,
      unread: places.filter((place) => this.isUnread(place)).length,
    };
  }

  private isLeftOut(place: Place): boolean {
    return this.parts.view.hidesEmpty && this.isEmpty(place);
  }

  private isEmpty(place: Place): boolean {
    const kinds = this.kinds(place);
    return kinds.length > 0 && kinds.every((kind) => this.parts.lists.of({ place, kind }).isEmpty);
  }

  /** Something that was read tells enough. */
  private isUnread(place: Place): boolean {
    const lists = this.kinds(place).map((kind) => this.parts.lists.of({ place, kind }));
    const isAnythingThere = lists.some(({ whole }) => whole !== undefined && whole.items.size > 0);
    return (
      !isAnythingThere &&
      lists.some(({ whole }) => whole === undefined || (whole.total === undefined && !whole.unsupported))
    );
  }

  private kinds(place: Place): KindId[] {
    const { clouds, view } = this.parts;
    const hidden = view.hidden(place.accountId).kinds;
    return clouds.provider(place.provider).kinds.flatMap(({ id }) => (hidden.includes(id) ? [] : [id]));
  }

  private places(accountId: string): Place[] {
    const { accounts, inventory, view } = this.parts;
    const provider = accounts.get(accountId)?.provider;
    const { regions: hidden } = view.hidden(accountId);
    if (provider === undefined) return [];
    return (inventory.knownRegions(accountId)?.regions ?? []).flatMap(({ id: region }) =>
      hidden.includes(region) ? [] : [{ provider, accountId, region }],
    );
  }
}
