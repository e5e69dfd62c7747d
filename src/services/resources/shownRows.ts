import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import { matcher, type RowFilter, type RowTexts } from '../inventory/filter';
import type { Listing } from '../inventory/listing';
import { groupOf, type Grouping, type RowGroup } from './grouping';

export interface ShownRowsOptions {
  readonly listing: Listing;
  readonly kind: Kind;
  readonly filter: RowFilter | undefined;
  readonly grouping: Grouping | undefined;
  /** The ids of the list in their order. */
  readonly order: () => Iterable<string>;
  readonly texts: RowTexts;
  readonly now: Date;
  /** What the cloud found by the filter: it passes, whatever is known of it. */
  readonly found?: ReadonlySet<string> | undefined;
}

/** Rows of one group, in their order. */
export interface ShownGroup extends RowGroup {
  readonly ids: readonly string[];
}

/** Which rows of a list pass the filter, and how they are grouped; made anew when the list or the view changes. */
export class ShownRows {
  /** How many rows pass. */
  readonly count: number;
  /** By key, in the order in which their first rows come; empty without a grouping. */
  readonly groups: ReadonlyMap<string, ShownGroup>;
  private readonly fits: (id: string, item: Item) => boolean;
  private readonly passing: readonly string[] | undefined;
  private readonly keys = new Map<string, string>();
  private set: ReadonlySet<string> | undefined;

  constructor(private readonly options: ShownRowsOptions) {
    const { listing, kind, filter, now, texts, found } = options;
    const test = filter === undefined ? () => true : matcher(filter, kind, now, texts);
    this.fits = (id, item) => test(item) || found?.has(id) === true;
    this.passing = filter === undefined ? undefined : this.pass();
    this.count = this.passing?.length ?? listing.items.size;
    this.groups = this.grouped();
  }

  /** The first rows that pass, in the order of the list. */
  first(limit: number): readonly string[] {
    if (this.passing !== undefined) return this.passing.slice(0, limit);
    const ids: string[] = [];
    for (const id of this.options.order()) {
      if (ids.length >= limit) break;
      if (this.options.listing.items.has(id)) ids.push(id);
    }
    return ids;
  }

  has(id: string): boolean {
    if (this.passing === undefined) return this.options.listing.items.has(id);
    return (this.set ??= new Set(this.passing)).has(id);
  }

  /** The group of a row that passes. */
  keyOf(id: string): string | undefined {
    return this.keys.get(id);
  }

  /** Whether the rows are still where they are after their records changed. */
  isStillRight(ids: readonly string[]): boolean {
    const { listing, grouping } = this.options;
    return ids.every((id) => {
      const item = listing.items.get(id);
      const passes = item !== undefined && this.fits(id, item);
      if (passes !== this.has(id)) return false;
      return (
        item === undefined || grouping === undefined || !passes || this.group(grouping, item).key === this.keyOf(id)
      );
    });
  }

  private pass(): string[] {
    const { order, listing } = this.options;
    const passing: string[] = [];
    for (const id of order()) {
      const item = listing.items.get(id);
      if (item !== undefined && this.fits(id, item)) passing.push(id);
    }
    return passing;
  }

  private grouped(): Map<string, ShownGroup> {
    const { grouping, listing } = this.options;
    const groups = new Map<string, RowGroup & { readonly ids: string[] }>();
    if (grouping === undefined) return groups;
    for (const id of this.first(Infinity)) {
      const item = listing.items.get(id);
      if (item === undefined) continue;
      const { key, label } = this.group(grouping, item);
      this.keys.set(id, key);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { key, label, ids: [id] });
      else group.ids.push(id);
    }
    return groups;
  }

  private group(grouping: Grouping, item: Item): RowGroup {
    return groupOf(grouping, this.options.kind, item, this.options.now);
  }
}
