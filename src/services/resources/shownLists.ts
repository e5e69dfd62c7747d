import type { Kind, ListFilter } from '../../core/kind';
import { placeKey, type KindId, type Place } from '../../core/target';
import type { Clock } from '../../util/clock';
import type { Inventory } from '../inventory/inventory';
import type { Listing } from '../inventory/listing';
import type { Clouds } from '../accounts/ports';
import { isLeftToCloud, RowTexts, serverFilter } from '../inventory/filter';
import type { RowOrder } from './rowOrder';
import type { RowView } from './viewState';
import { ShownRows } from './shownRows';

/** One list: a kind of resource in one place. */
export interface ListKey {
  readonly place: Place;
  readonly kind: KindId;
}

export interface ShownListsOptions {
  readonly inventory: Inventory;
  readonly clouds: Clouds;
  readonly view: RowView;
  readonly clock: Clock;
}

/** What the filter and the grouping of the view make of each list. Nothing here asks a cloud. */
export class ShownLists {
  private readonly known = new Map<string, { readonly of: Listing; readonly rows: ShownRows }>();
  private readonly texts = new RowTexts();

  constructor(
    private readonly options: ShownListsOptions,
    private readonly order: RowOrder,
  ) {}

  /** The list as it is known: narrowed by the cloud where it can be and not all of it is known anyway. */
  listing(list: ListKey): Listing | undefined {
    return this.options.inventory.peek(list.place, list.kind, this.narrowing(list));
  }

  /** The list as it is known without a filter. */
  whole({ place, kind }: ListKey): Listing | undefined {
    return this.options.inventory.peek(place, kind);
  }

  /** What the cloud is asked for; undefined for everything. */
  narrowing(list: ListKey): ListFilter | undefined {
    const { filter } = this.options.view;
    if (filter === undefined) return undefined;
    const all = this.whole(list);
    const isAllKnown = all?.readAt !== undefined && !all.hasMore && all.error === undefined;
    return isAllKnown ? undefined : serverFilter(filter);
  }

  /** Which rows of the list are shown, as far as they are known. */
  rows(list: ListKey): ShownRows | undefined {
    const [listing, kind, id] = [this.listing(list), this.kindOf(list), keyOf(list)];
    if (listing === undefined || kind === undefined) return undefined;
    const known = this.known.get(id);
    if (known?.of === listing) return known.rows;
    const { filter, grouping } = this.options.view;
    const now = this.options.clock.now();
    const order = (): Iterable<string> => this.order.of(listing, kind);
    const rows = new ShownRows({ listing, kind, filter, grouping, order, texts: this.texts, now });
    this.known.set(id, { of: listing, rows });
    return rows;
  }

  /** Gets the text of all known rows ready, bit by bit, so that the first keystroke is as quick as the others. */
  async prepare(): Promise<void> {
    let count = 0;
    for (const { place, kind, listing } of [...this.options.inventory.lists()]) {
      const known = this.kindOf({ place, kind });
      for (const item of known === undefined ? [] : listing.items.values()) {
        if (known !== undefined) this.texts.of(known, item);
        if (++count % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  /** Whether the rows are still where they are drawn after their records changed. */
  isStillRight(list: ListKey, ids: readonly string[]): boolean {
    return this.known.get(keyOf(list))?.rows.isStillRight(ids) !== false;
  }

  /**
   * Finds out anew what is shown of a list after records changed: the groups that rows left and came to, where the
   * groups are the same as before and hold as many rows. Undefined for any other change.
   */
  regroup(list: ListKey, ids: readonly string[]): ReadonlySet<string> | undefined {
    const before = this.known.get(keyOf(list))?.rows;
    this.forget(list);
    const after = this.rows(list);
    if (before === undefined || after === undefined || before.groups.size === 0) return undefined;
    const isSame =
      before.groups.size === after.groups.size && [...after.groups.keys()].every((k) => before.groups.has(k));
    if (!isSame || before.count !== after.count) return undefined;
    return new Set(ids.flatMap((id) => [before.keyOf(id) ?? [], after.keyOf(id) ?? []].flat()));
  }

  /** The list changed: what is shown of it is found out anew. */
  forget(list: ListKey): void {
    this.known.delete(keyOf(list));
  }

  forgetAll(): void {
    this.known.clear();
  }

  /** Whether the filter or the groups tell only of a part of the list, because the rest was not read. */
  isPartial(list: ListKey): boolean {
    const { filter, grouping } = this.options.view;
    const [listing, kind] = [this.listing(list), this.kindOf(list)];
    if (listing?.total === undefined || kind === undefined) return false;
    if (this.isCapped(list)) return true;
    return listing.hasMore && (grouping !== undefined || (filter !== undefined && !isLeftToCloud(filter, kind)));
  }

  /** Whether a narrowed list is as long as the cloud makes them, so that more may fit than it holds. */
  isCapped(list: ListKey): boolean {
    const { filter, total = 0 } = this.listing(list) ?? { filter: {} };
    if (filter.tag === undefined && filter.resourceGroupId === undefined) return false;
    return total >= (this.kindOf(list)?.list.narrowedAtMost ?? Infinity);
  }

  private kindOf({ place, kind }: ListKey): Kind | undefined {
    return this.options.clouds.kind(place.provider, kind);
  }
}

function keyOf({ place, kind }: ListKey): string {
  return `${placeKey(place)}/${kind}`;
}
