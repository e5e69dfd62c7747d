import type { CloudError } from '../../core/cloudError';
import type { Item } from '../../core/item';
import type { Kind, ListFilter } from '../../core/kind';
import type { Clock } from '../../util/clock';
import { facetOf, isLeftToCloud, serverFilter, type RowTexts } from '../inventory/filter';
import type { Inventory } from '../inventory/inventory';
import type { Listing } from '../inventory/listing';
import { DrawnRows } from './drawnRows';
import { partsOf, type Grouping } from './grouping';
import type { KindNode, ResourceNode } from './nodes';
import type { RowOrder } from './rowOrder';
import { ShownRows } from './shownRows';
import { tallyOf, type Tally } from './tally';
import type { RowView } from './viewState';

export interface ShownListOptions {
  readonly inventory: Inventory;
  readonly view: RowView;
  readonly clock: Clock;
}

export interface ShownListParts extends ShownListOptions {
  readonly order: RowOrder;
  readonly texts: RowTexts;
  readonly onDidMakeRow: (row: ResourceNode, list: ShownList) => void;
}

/**
 * One list of the view: what is known of it, what the filter and the groups make of it, and which rows are drawn.
 * Looked up once and passed along. Nothing here asks a cloud.
 */
export class ShownList {
  readonly drawn: DrawnRows;
  /** Whether the list was left out when its region was drawn last; undefined where it never was drawn. */
  wasLeftOut: boolean | undefined;
  private knownSearch: ListSearch | undefined;
  private knownListing: Listing | undefined;
  private knownRows: ShownRows | undefined;
  private knownTally: Tally | undefined;

  constructor(
    readonly node: KindNode,
    /** Undefined where the cloud has no such kind. */
    readonly kind: Kind | undefined,
    private readonly parts: ShownListParts,
  ) {
    this.drawn = new DrawnRows((row) => parts.onDidMakeRow(row, this));
  }

  /** The list as it is known: narrowed by the cloud where it can be and not all of it is known anyway. */
  get listing(): Listing | undefined {
    const { place, kind } = this.node;
    return (this.knownListing ??= this.parts.inventory.peek(place, kind, this.narrowing));
  }

  /** The list as it is known without a filter. */
  get whole(): Listing | undefined {
    return this.parts.inventory.peek(this.node.place, this.node.kind);
  }

  /** What the cloud is asked for; undefined for everything. */
  get narrowing(): ListFilter | undefined {
    const { filter } = this.parts.view;
    if (filter === undefined) return undefined;
    const { whole } = this;
    const isAllKnown = whole?.readAt !== undefined && !whole.hasMore && whole.error === undefined;
    return isAllKnown ? undefined : serverFilter(filter);
  }

  /** Which rows are shown, as far as they are known. */
  get rows(): ShownRows | undefined {
    return (this.knownRows ??= this.find());
  }

  /** The record of a row. */
  item(id: string): Item | undefined {
    return this.listing?.items.get(id) ?? this.parts.inventory.item(this.node.place, this.node.kind, id);
  }

  /** What the cloud was asked for beyond the rows that are read; undefined where it was not, for this filter and these rows. */
  get search(): ListSearch | undefined {
    const { filter } = this.parts.view;
    const known = this.knownSearch;
    if (known === undefined || filter === undefined || known.filter !== JSON.stringify(filter)) return undefined;
    return known.state === 'asking' || known.items === this.listing?.items ? known : undefined;
  }

  begin(search: ListSearch | undefined): void {
    this.knownSearch = search;
  }

  /** Whether the filter or the groups tell only of a part of the list, because the rest was not read. */
  get isPartial(): boolean {
    const { filter } = this.parts.view;
    const { listing, kind, grouping } = this;
    if (listing?.total === undefined || kind === undefined) return false;
    if (this.search?.isComplete === true) return false;
    if (this.isCapped) return true;
    return listing.hasMore && (grouping !== undefined || (filter !== undefined && !isLeftToCloud(filter, kind)));
  }

  /** Whether it is known that nothing in the list fits the filter. */
  get isWithoutMatch(): boolean {
    const { listing } = this;
    if (this.parts.view.filter === undefined || listing === undefined || listing.reading) return false;
    if (listing.unsupported) return true;
    if (listing.error !== undefined || listing.total === undefined || listing.left.count > 0) return false;
    return !this.isPartial && this.rows?.count === 0;
  }

  /** Whether it is known that there is nothing in the list, whatever the filter. */
  get isEmpty(): boolean {
    const { whole } = this;
    if (whole === undefined || whole.reading) return false;
    if (whole.unsupported) return true;
    return whole.error === undefined && whole.total === 0 && whole.items.size === 0 && whole.left.count === 0;
  }

  /** How many rows are shown or could be, and in which states; undefined while that was never read. */
  get tally(): Tally | undefined {
    return (this.knownTally ??= this.count());
  }

  /** What the rows are grouped by; undefined where the records do not tell of it. */
  get grouping(): Grouping | undefined {
    const { grouping } = this.parts.view;
    if (grouping === undefined || this.kind === undefined) return undefined;
    return facetOf(this.kind, partsOf(grouping).id) === undefined ? undefined : grouping;
  }

  /** Whether a narrowed list is as long as the cloud makes them, so that more may fit than it holds. */
  get isCapped(): boolean {
    const { filter, total = 0 } = this.listing ?? { filter: {} };
    if (filter.tag === undefined && filter.resourceGroupId === undefined) return false;
    return total >= (this.kind?.list.narrowedAtMost ?? Infinity);
  }

  /** Whether the rows are still where they are drawn after their records changed. */
  isStillRight(ids: readonly string[]): boolean {
    return this.knownRows?.isStillRight(ids) !== false;
  }

  /**
   * Finds out anew what is shown after records changed: the groups that rows left and came to, where the groups are
   * the same as before and hold as many rows. Undefined for any other change.
   */
  regroup(ids: readonly string[]): ReadonlySet<string> | undefined {
    const before = this.knownRows;
    this.forget();
    const after = this.rows;
    if (before === undefined || after === undefined || before.groups.size === 0) return undefined;
    const isSame =
      before.groups.size === after.groups.size && [...after.groups.keys()].every((k) => before.groups.has(k));
    if (!isSame || before.count !== after.count) return undefined;
    return new Set(ids.flatMap((id) => [before.keyOf(id) ?? [], after.keyOf(id) ?? []].flat()));
  }

  /** The list or the view changed: what is shown is found out anew. */
  forget(): void {
    this.knownListing = undefined;
    this.knownRows = undefined;
    this.knownTally = undefined;
  }

  /** Records changed where they are: only what is told of them is found out anew. */
  forgetTally(): void {
    this.knownTally = undefined;
  }

  private count(): Tally | undefined {
    const { kind, listing, rows, isPartial } = this;
    if (kind === undefined || rows === undefined || listing?.total === undefined) return undefined;
    const { filter } = this.parts.view;
    const isAll = !listing.hasMore && !isPartial && listing.error === undefined;
    const items = filter === undefined ? listing.items : [...listing.items].filter(([id]) => rows.has(id));
    const count = filter === undefined ? totalOf(listing) : rows.count;
    return tallyOf({ kind, items, count, isAll }, this.parts.clock.now());
  }

  private find(): ShownRows | undefined {
    const { listing, kind } = this;
    if (listing === undefined || kind === undefined) return undefined;
    const { view, clock, texts } = this.parts;
    const { filter } = view;
    const { grouping } = this;
    const now = clock.now();
    const drawn = (): Iterable<string> => this.drawn.ids(this.node);
    const order = (): Iterable<string> => this.parts.order.of({ listing, kind, now, drawn });
    const found = this.search?.ids;
    return new ShownRows({ listing, kind, filter, grouping, order, texts, now, found });
  }
}

/** How many there are at least: a cloud that only says "there are more" is not taken for one that counts them. */
function totalOf({ items, total = 0 }: Listing): number {
  return total === items.size + 1 ? items.size : Math.max(total, items.size);
}

/** What the cloud itself finds by the text of the filter in a list that is not wholly read. */
export interface ListSearch {
  readonly state: 'asking' | 'done' | 'failed';
  /** What was found and fits: an address may stand in a part of the record that no facet tells of. */
  readonly ids: ReadonlySet<string>;
  /** Nothing else in the list fits, read or not. */
  readonly isComplete: boolean;
  readonly error?: CloudError;
  /** The filter it is about, and the rows it was added to: with others it is asked again. */
  readonly filter: string;
  readonly items: ReadonlyMap<string, Item> | undefined;
}
