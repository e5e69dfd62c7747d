import type { Place } from '../../core/target';
import { placeKey } from '../../core/target';
import type { Accounts, Clouds } from '../accounts/ports';
import type { Inventory } from '../inventory/inventory';
import type { ShownList } from './shownList';
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

  /** What stands beside hosts need not be read to tell, but counts once it is known to be there. */
  private isEmpty(place: Place): boolean {
    const lists = this.lists(place);
    const counted = lists.filter(({ kind }) => kind?.beside === undefined);
    const isKnown = ({ whole }: ShownList): boolean => whole !== undefined && whole.items.size > 0;
    return counted.length > 0 && counted.every((list) => list.isEmpty) && !lists.some(isKnown);
  }

  /** Something that was read tells enough. */
  private isUnread(place: Place): boolean {
    const lists = this.lists(place).filter(({ kind }) => kind?.beside === undefined);
    const isAnythingThere = lists.some(({ whole }) => whole !== undefined && whole.items.size > 0);
    return (
      !isAnythingThere &&
      lists.some(({ whole }) => whole === undefined || (whole.total === undefined && !whole.unsupported))
    );
  }

  /** The lists that are shown, without those that everybody has. */
  private lists(place: Place): ShownList[] {
    const { clouds, view, lists } = this.parts;
    const hidden = view.hidden(place.accountId).kinds;
    const kinds = clouds.provider(place.provider).kinds.filter((kind) => kind.beside !== 'shared');
    return kinds.flatMap(({ id }) => (hidden.includes(id) ? [] : [lists.of({ place, kind: id })]));
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
