import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import { targetKey, type Target } from '../../core/target';
import type { Clock } from '../../util/clock';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { AccountOwners } from '../inventory/accountOwners';
import type { Inventory, InventoryChange, KnownList } from '../inventory/inventory';
import type { MessageNode, ResourceNode } from '../resources/nodes';
import { nextLimit, rowsAtMost, rowsAtOnce } from '../resources/rowLimits';
import { RowOrder, settledMs } from '../resources/rowOrder';
import { sumOf, tallyOf, type Tally } from '../resources/tally';
import type { RowView } from '../resources/viewState';
import { FleetPlaces, hasFailed, isUnread, type FleetList } from './fleetPlaces';
import { FleetReader } from './fleetReader';
import { FleetRows, type FleetRow } from './fleetRows';
import { FleetView } from './fleetView';
import { fleetNodeId, type FleetNode, type Note } from './nodes';
import type { Accounts, Busy, Clouds, Memory } from './ports';

export interface FleetModelOptions {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
  readonly owners: AccountOwners;
  readonly busy: Busy;
  /** What the user hides of the resources. */
  readonly rows: RowView;
  readonly workspace: Memory;
  readonly clock: Clock;
  readonly language: string;
}

/** A list that is not complete, and what a row says of it. */
export interface Incomplete {
  readonly node: MessageNode;
  /** Absent where all of an account is not known. */
  readonly list?: FleetList;
}

/** So many lists that are not complete have a row of their own. */
const incompleteAtMost = 10;

/**
 * The flat list of hosts over accounts, regions and kinds. Shows what is known anyway and asks no cloud by itself; what
 * was not read, or not to its end, is a row of its own.
 */
export class FleetModel implements Disposable {
  readonly view: FleetView;
  readonly places: FleetPlaces;
  readonly reader: FleetReader;
  private readonly rows: FleetRows;
  /** The one object for each note: VS Code tells rows apart by identity. */
  private readonly nodes = new Map<string, FleetNode>();
  private limit = rowsAtOnce;
  private readonly changed = new Emitter<readonly FleetNode[] | undefined>();
  /** The rows to be drawn again; undefined for all. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: readonly Disposable[];
  private known: readonly FleetRow[] | undefined;
  /** When the reading under way began, in milliseconds. */
  private readingSince: number | undefined;

  constructor(private readonly options: FleetModelOptions) {
    const { inventory, accounts, busy, rows, clock, language } = options;
    this.view = new FleetView(options.workspace);
    this.places = new FleetPlaces({ ...options, view: this.view });
    this.reader = new FleetReader(inventory, this.places, options.owners);
    this.rows = new FleetRows({ view: this.view, order: new RowOrder(language), clock });
    this.subscriptions = [
      inventory.onDidChange((change) => this.inventoryChanged(change)),
      accounts.onDidChange(() => this.redrawAll()),
      options.owners.onDidChange(() => this.redraw()),
      busy.onDidChange((targets) => this.redrawRows(targets)),
      this.view.onDidChange(() => this.redrawAll()),
      rows.onDidChange(({ what }) => (what === 'hidden' ? this.redrawAll() : undefined)),
      this.reader.onDidChange(() => this.readingChanged()),
    ];
  }

  /** All rows, from top to bottom. Asks no cloud. */
  children(): readonly FleetNode[] {
    if (this.options.accounts.list().length === 0) return [];
    const rows = this.shown();
    return [
      ...this.notesAbove(),
      ...this.incompleteRows(),
      ...rows.slice(0, this.limit).map(({ node }) => node),
      ...(rows.length > this.limit ? [this.note('more')] : []),
      ...(rows.length === 0 ? this.emptiness() : []),
    ];
  }

  /** Everything that passes, drawn or not, in its order. */
  shown(): readonly FleetRow[] {
    return (this.known ??= this.rows.of(this.places.lists()));
  }

  /** What passes, in which states; and how many there are with what does not pass. */
  tally(): { readonly shown: Tally; readonly of: number } {
    const lists = this.places.lists();
    const isAll = this.places.unknown().length === 0 && lists.every((list) => !isUnread(list) && !isIncomplete(list));
    const now = this.options.clock.now();
    const byKind = new Map<Kind, [string, Item][]>();
    for (const { kind, item, node } of this.shown()) {
      const items = byKind.get(kind) ?? [];
      byKind.set(kind, items);
      items.push([node.target.id, item]);
    }
    const tallies = [...byKind].map(([kind, items]) => tallyOf({ kind, items, count: items.length, isAll }, now));
    const of = this.view.only?.keys.size ?? lists.reduce((sum, { listing }) => sum + (listing?.items.size ?? 0), 0);
    return { shown: { ...sumOf(tallies), isAll }, of };
  }

  /** The lists that are known, for the values that rows have. */
  *lists(): Iterable<KnownList> {
    for (const { place, kind, listing } of this.places.lists())
      if (listing !== undefined) yield { place, kind: kind.id, listing };
  }

  /** Lists that were read, but not to their end. */
  incomplete(): Incomplete[] {
    const accounts = this.places
      .unknown()
      .flatMap(({ id }): Incomplete[] =>
        this.reader.failure(id) === undefined
          ? []
          : [{ node: this.message({ type: 'account', accountId: id }, 'failed') }],
      );
    const lists = this.places.lists().flatMap((list): Incomplete[] => {
      const parent = { type: 'kind', place: list.place, kind: list.kind.id } as const;
      if (hasFailed(list)) return [{ node: this.message(parent, 'failed'), list }];
      if (list.listing?.hasMore === true && !list.listing.reading)
        return [{ node: this.message(parent, 'partial'), list }];
      return (list.listing?.left.count ?? 0) === 0 ? [] : [{ node: this.message(parent, 'left'), list }];
    });
    return [...accounts, ...lists];
  }

  /** How many lists were never read; of accounts whose regions are not known nobody can tell. */
  unread(): { readonly lists: number; readonly all: number; readonly accounts: number } {
    const lists = this.places.lists();
    const accounts = this.places.unknown().filter(({ id }) => this.reader.failure(id) === undefined);
    return { lists: lists.filter(isUnread).length, all: lists.length, accounts: accounts.length };
  }

  /** Shows the next rows. */
  showMore(): void {
    this.limit = nextLimit(this.limit);
    this.changed.fire(undefined);
  }

  /** Shows as many rows as VS Code bears. */
  showAll(): void {
    this.limit = Math.max(this.limit, rowsAtMost);
    this.changed.fire(undefined);
  }

  /** How many rows are drawn. */
  drawn(): number {
    return Math.min(this.limit, this.shown().length);
  }

  /** Reads what is not known and what failed, or everything anew. */
  read(everything: boolean): Promise<void> {
    if (everything) this.rows.forgetAll();
    return this.reader.read(everything);
  }

  /** Shows exactly these, and reads what of them is not known. */
  async showOnly(title: string, targets: readonly Target[]): Promise<void> {
    // A reading under way is about other lists.
    await this.reader.stop();
    await this.view.showOnly(title, targets);
    await this.reader.read(false);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.reader.dispose();
    this.view.dispose();
    this.changed.dispose();
  }

  private notesAbove(): FleetNode[] {
    const { view, reader, places } = this;
    const { accounts, regions, kinds } = view.scope;
    const isNarrowed = accounts !== undefined || regions !== undefined || kinds !== undefined;
    const { lists, accounts: unknown } = this.unread();
    const isReading = reader.progress !== undefined;
    return [
      ...(view.only === undefined ? [] : [this.note('only')]),
      ...(view.filter === undefined ? [] : [this.note('filter')]),
      ...(isNarrowed && view.only === undefined ? [this.note('scope')] : []),
      ...(isReading ? [this.note('reading')] : lists + unknown > 0 ? [this.note('unread')] : []),
      ...(places.groups().some((group) => group.length > 1) ? [this.note('twins')] : []),
    ];
  }

  private incompleteRows(): FleetNode[] {
    const all = this.incomplete();
    const nodes = all.slice(0, incompleteAtMost).map(({ node }) => node);
    return all.length > incompleteAtMost ? [...nodes, this.note('further')] : nodes;
  }

  private emptiness(): FleetNode[] {
    const { lists, all, accounts } = this.unread();
    const isNothingKnown = lists === all && (accounts > 0 || all > 0);
    if (this.reader.progress !== undefined || isNothingKnown || this.incomplete().length > 0) return [];
    return [this.note(this.tally().of > 0 ? 'noMatch' : 'empty')];
  }

  private inventoryChanged({ place, kind, ids }: InventoryChange): void {
    const isOfOne = place !== undefined && kind !== undefined;
    if (!isOfOne) return this.redraw();
    const listing = this.options.inventory.peek(place, kind);
    if (ids === undefined || listing === undefined) return this.redraw(listing);
    const before = this.shown();
    this.rows.forget(listing);
    this.known = undefined;
    const isSame =
      before.length === this.shown().length && before.every(({ node }, i) => this.shown()[i]?.node === node);
    if (isSame) this.redrawRows(ids.map((id) => ({ ...place, kind, id })));
    else this.changed.fire(undefined);
  }

  private redraw(listing?: Parameters<FleetRows['forget']>[0]): void {
    this.rows.forget(listing);
    this.known = undefined;
    this.changed.fire(undefined);
  }

  private redrawAll(): void {
    this.rows.forgetAll();
    this.limit = rowsAtOnce;
    this.redraw();
  }

  private readingChanged(): void {
    const isReading = this.reader.progress !== undefined;
    if (isReading === (this.readingSince !== undefined)) return this.changed.fire([this.note('reading')]);
    const now = this.options.clock.now().getTime();
    // Rows that stood for a while are looked at: they keep their places when the last list arrives.
    if (!isReading && this.readingSince !== undefined && now - this.readingSince < settledMs) this.rows.sortAnew();
    this.readingSince = isReading ? now : undefined;
    this.known = undefined;
    this.changed.fire(undefined);
  }

  private redrawRows(targets: readonly Target[]): void {
    const wanted = new Set(targets.map(targetKey));
    const drawn = this.shown().slice(0, this.limit);
    const rows = drawn.flatMap(({ node }): ResourceNode[] => (wanted.has(targetKey(node.target)) ? [node] : []));
    if (rows.length > 0) this.changed.fire(rows);
  }

  private note(about: Note): FleetNode {
    return this.keep({ type: 'hosts', about });
  }

  private message(parent: MessageNode['parent'], about: 'failed' | 'partial' | 'left'): MessageNode {
    return this.keep<MessageNode>({ type: 'message', parent, about });
  }

  private keep<N extends FleetNode>(node: N): N {
    const id = fleetNodeId(node);
    // A node with the same id has the same type: the id begins with it.
    const known = (this.nodes.get(id) as N | undefined) ?? node;
    this.nodes.set(id, known);
    return known;
  }
}

function isIncomplete(list: FleetList): boolean {
  return hasFailed(list) || list.listing?.hasMore === true || list.listing?.reading === true;
}
