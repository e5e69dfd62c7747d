import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import { targetKey, type Target } from '../../core/target';
import type { Clock } from '../../util/clock';
import { RowTexts } from '../inventory/filter';
import type { Listing } from '../inventory/listing';
import type { ResourceNode } from '../resources/nodes';
import type { RowOrder } from '../resources/rowOrder';
import { fleetTest } from './fleetFilter';
import type { FleetList } from './fleetPlaces';
import type { FleetView } from './fleetView';

/** One resource that is shown. */
export interface FleetRow {
  readonly node: ResourceNode;
  readonly kind: Kind;
  readonly item: Item;
  readonly name: string;
}

export interface FleetRowsOptions {
  readonly view: FleetView;
  readonly order: Pick<RowOrder, 'compareNames'>;
  readonly clock: Clock;
}

/** What of a list passes, found out for these records. */
interface Passing {
  readonly items: Listing['items'];
  readonly size: number;
  readonly rows: readonly FleetRow[];
}

/**
 * Which rows of all lists pass, in their order. Only what changed is looked at again, and rows that stand keep their
 * places: they are sorted by name when what is to be seen changes, not when something arrives.
 */
export class FleetRows {
  private passing = new WeakMap<Listing, Passing>();
  private readonly texts = new RowTexts();
  /** The one object that stands for a row. */
  private readonly nodes = new Map<string, ResourceNode>();
  private standing: readonly FleetRow[] = [];
  private isUnsorted = true;

  constructor(private readonly options: FleetRowsOptions) {}

  of(lists: readonly FleetList[]): readonly FleetRow[] {
    const found = new Map<ResourceNode, FleetRow>();
    for (const list of lists) for (const row of this.rowsOf(list)) found.set(row.node, row);
    const stood = this.isUnsorted ? [] : this.standing.flatMap(({ node }) => found.get(node) ?? []);
    for (const { node } of stood) found.delete(node);
    const arrived = [...found.values()].sort((a, b) => this.compare(a, b));
    this.isUnsorted = false;
    this.standing = [...stood, ...arrived];
    return this.standing;
  }

  /** Another filter or scope, or everything is read anew: all rows are found and sorted anew. */
  forgetAll(): void {
    this.passing = new WeakMap();
    this.isUnsorted = true;
  }

  sortAnew(): void {
    this.isUnsorted = true;
  }

  /** Records of a list changed where they are. */
  forget(listing: Listing | undefined): void {
    if (listing !== undefined) this.passing.delete(listing);
  }

  private rowsOf({ place, kind, listing }: FleetList): readonly FleetRow[] {
    if (listing === undefined) return [];
    const { items } = listing;
    const known = this.passing.get(listing);
    // Pages that arrive are put into the same map.
    if (known?.items === items && known.size === items.size) return known.rows;
    const { view, clock } = this.options;
    const fits = fleetTest(view.filter, kind, { now: clock.now(), texts: this.texts });
    const rows: FleetRow[] = [];
    for (const [id, item] of items) {
      const target: Target = { ...place, kind: kind.id, id };
      if (view.only?.keys.has(targetKey(target)) === false || !fits(item)) continue;
      rows.push({ node: this.nodeOf(target), kind, item, name: kind.name(item) });
    }
    this.passing.set(listing, { items, size: items.size, rows });
    return rows;
  }

  private nodeOf(target: Target): ResourceNode {
    const key = targetKey(target);
    const known = this.nodes.get(key);
    if (known !== undefined) return known;
    const node: ResourceNode = { type: 'resource', target };
    this.nodes.set(key, node);
    return node;
  }

  private compare(a: FleetRow, b: FleetRow): number {
    return (
      this.options.order.compareNames(a.name, b.name) || (targetKey(a.node.target) < targetKey(b.node.target) ? -1 : 1)
    );
  }
}
