import type { CloudError } from '../../core/cloudError';
import { placeOf, type Place, type Target } from '../../core/target';
import { Emitter, type Disposable } from '../../util/lifecycle';
import { serverFilter } from '../inventory/filter';
import { firstRows, type InventoryChange } from '../inventory/inventory';
import { NodeStore } from '../views/nodeStore';
import type { RegionsState } from './accountRegions';
import { DrawnSight } from './drawnSight';
import { EmptyRegions } from './emptyRegions';
import { Expansion } from './expansion';
import { groupsOf } from './groupNode';
import { ListSearches } from './listSearch';
import {
  accountOf,
  nodeId,
  type AccountNode,
  type GroupNode,
  type KindNode,
  type MoreNode,
  type Node,
  type ResourceNode,
} from './nodes';
import { typeOf } from './nodeTypes';
import { TreeReads } from './reads';
import { RegionCounts } from './regionCounts';
import { levelAbove } from './resourceNode';
import { nextLimit, rowsAtMost } from './rowLimits';
import { RowOrder } from './rowOrder';
import type { ShownList } from './shownList';
import { ShownLists, type ListKey } from './shownLists';
import { message, type TreeModelOptions, type TreeParts } from './treeParts';
import type { ViewChange } from './viewState';

/**
 * The rows of the Resources view. Answers at once with what is known and never waits for a cloud: what is missing is
 * read in the background and announced when it is there, so that a slow region holds up nothing else.
 * The same row is the same object for as long as it is shown.
 */
export class TreeModel implements Disposable {
  private readonly nodes = new NodeStore<Node>(nodeId);
  /** What the view shows of each list. */
  readonly lists: ShownLists;
  readonly expansion: Expansion;
  /** Which regions are left out because nothing is in them. */
  readonly empty: EmptyRegions;
  /** What is known of the hosts of each region. */
  readonly counts: RegionCounts;
  /** The rows that somebody looks at. */
  readonly sight: DrawnSight;
  private readonly reads: TreeReads;
  private readonly searches: ListSearches;
  private readonly parts: TreeParts;
  private readonly subscriptions: readonly Disposable[];
  private readonly changed = new Emitter<readonly Node[] | undefined>();
  /** The rows to be drawn again, with what is below them; undefined for all. */
  readonly onDidChange = this.changed.event;
  /** Fires with every reading that begins; the promise settles when it is over and never rejects. */
  readonly onDidStartReading: TreeReads['onDidStart'];

  constructor(private readonly options: TreeModelOptions) {
    const { inventory, view, language, clock } = options;
    const keep = <T extends Node>(node: T): T => this.nodes.keep(node);
    const order = new RowOrder(language);
    const lists = new ShownLists(options, order, keep);
    const redraw = (changed: readonly Node[] | undefined): void => this.changed.fire(changed);
    this.lists = lists;
    this.expansion = new Expansion(options.workspace);
    this.reads = new TreeReads({ inventory, clock, lists, redraw });
    const track = (reading: Promise<unknown>): Promise<void> => this.reads.track(reading);
    this.searches = new ListSearches({ ...options, track, onDidEnd: (list) => this.drawList(list) });
    this.empty = new EmptyRegions({ ...options, lists });
    this.parts = { ...options, reads: this.reads, searches: this.searches, lists, order, empty: this.empty, keep };
    this.counts = new RegionCounts(this.parts, language);
    this.sight = new DrawnSight({ ...this.parts, expansion: this.expansion, busy: options.busy });
    this.onDidStartReading = this.reads.onDidStart;
    this.subscriptions = [
      inventory.onDidChange((change) => this.inventoryChanged(change)),
      options.accounts.onDidChange(() => this.accountsChanged()),
      options.busy.onDidChange((targets) => this.fireRows(targets)),
      options.owners.onDidChange(() => this.drawAccounts()),
      ...(options.ownRuns === undefined ? [] : [options.ownRuns.onDidChange((targets) => this.fireRows(targets))]),
      view.onDidChange((change) => this.viewChanged(change)),
    ];
  }

  /** The rows below a node, or at the top. Starts reading what was never read. */
  children(node?: Node): readonly Node[] {
    if (node === undefined) return this.roots();
    const kept = this.keep(node);
    const rows = typeOf(kept).children(kept, this.parts);
    if (kept.type === 'kind' || kept.type === 'group') this.sight.drawn();
    return rows;
  }

  /** The row above, so that a row can be revealed; undefined at the top. */
  parent(node: Node): Node | undefined {
    return typeOf(node).parent(node, this.parts);
  }

  /** The row of a target, to reveal it; undefined when it is not among the rows that are shown. */
  find(target: Target): ResourceNode | undefined {
    return this.drawnRow(this.lists.of({ place: placeOf(target), kind: target.kind }), target.id);
  }

  /**
   * The row of a target, read and drawn if need be, so that it can be revealed. Undefined when it is hidden, does not
   * pass the filter, or lies behind more rows than VS Code bears. Rejects with `CloudError`.
   */
  async locate(target: Target): Promise<ResourceNode | undefined> {
    const node = await this.locateList({ place: placeOf(target), kind: target.kind });
    if (node === undefined) return undefined;
    const list = this.lists.of(node);
    await this.reads.some(list);
    const { rows, drawn } = list;
    if (rows?.has(target.id) !== true) return undefined;
    const above = levelAbove(list, target.id, this.parts);
    const ids = above.type === 'group' ? (rows.groups.get(above.key)?.ids ?? []) : rows.first(Infinity);
    const at = ids.indexOf(target.id);
    if (at >= rowsAtMost) return undefined;
    if (at >= drawn.limit(above)) this.setLimit(above, rowsAtMost);
    this.children(above);
    return this.drawnRow(list, target.id);
  }

  /** The resources of a group, as far as they are known. */
  targetsOf(group: GroupNode): readonly Target[] {
    const { place, kind } = group;
    const ids = this.lists.of(group).rows?.groups.get(group.key)?.ids ?? [];
    return ids.map((id) => ({ ...place, kind, id }));
  }

  /** The row of a list with the rows above it known, so that it can be revealed; undefined when it is hidden. */
  async locateList({ place, kind }: ListKey): Promise<KindNode | undefined> {
    const { regions, kinds } = this.options.view.hidden(place.accountId);
    if (regions.includes(place.region) || kinds.includes(kind)) return undefined;
    await this.options.inventory.regions(place.accountId);
    return this.lists.of({ place, kind }).node;
  }

  /** Asks the cloud again for a node, or for everything that is known. Rejects with `CloudError` for a single resource only. */
  async refresh(node?: Node): Promise<void> {
    await this.reads.refresh(node);
  }

  /** Shows the next rows that are known of a list or a group. */
  showKnown(node: MoreNode): void {
    const list = this.lists.of(node);
    const above = aboveOf(node, list);
    const { drawn, known } = this.shown(above);
    if (drawn < known) this.setLimit(above, nextLimit(list.drawn.limit(above)));
  }

  /** Shows the next rows of a list or a group; reads them first where they are not known, and always for a list's own row. */
  async showMore(node: MoreNode | KindNode): Promise<void> {
    const list = this.lists.of(node);
    const above = aboveOf(node, list);
    const limit = nextLimit(list.drawn.limit(above));
    this.setLimit(above, limit);
    const { listing } = list;
    if (above.type === 'group' || listing?.hasMore !== true) return;
    if (node.type === 'more' && this.shown(above).known >= limit) return;
    await this.reads.more(list, Math.max(limit, listing.items.size + (list.kind?.list.firstRows ?? firstRows)));
  }

  /** Reads the whole list; asked for behind its rows, shows as much of it as VS Code bears. */
  async showAll(node: MoreNode | KindNode): Promise<void> {
    const list = this.lists.of(node);
    const above = aboveOf(node, list);
    await this.reads.all(list);
    if (node.type === 'more') this.setLimit(above, Math.max(list.drawn.limit(above), rowsAtMost));
  }

  /** Stops reading a list; the rows that have arrived stay. */
  stop(list: ListKey): void {
    this.reads.stop(this.lists.of(list));
  }

  /** How many rows of a list or a group are drawn, and of how many that are known. */
  shown(node: MoreNode | KindNode | GroupNode): { readonly drawn: number; readonly known: number } {
    const list = this.lists.of(node);
    const above = aboveOf(node, list);
    const known = (above.type === 'group' ? list.rows?.groups.get(above.key)?.ids.length : list.rows?.count) ?? 0;
    return { drawn: Math.min(list.drawn.limit(above), known), known };
  }

  /** The answer that a row's record came with. */
  exchangeOf(node: ResourceNode): string | undefined {
    const item = this.lists.ofRow(node).item(node.target.id);
    const { inventory } = this.options;
    return item === undefined ? inventory.exchangeOfLookup(node.target) : inventory.exchangeOf(item);
  }

  /** Why the rows of an account or a list could not be read; undefined when they could. */
  failure(node: AccountNode | KindNode): CloudError | undefined {
    return this.reads.failure(node);
  }

  regionsOf(accountId: string): RegionsState {
    return this.reads.regionsOf(accountId);
  }

  /** A region's name in the user's language; its id where it has none. */
  regionName(place: Place): string {
    const known = this.regionsOf(place.accountId).regions?.find(({ id }) => id === place.region);
    return known?.name ?? this.options.inventory.regionName(place);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.searches.dispose();
    this.sight.dispose();
    this.expansion.dispose();
    this.changed.dispose();
    this.reads.dispose();
  }

  private drawAccounts(): void {
    const rows = this.options.accounts.list().map(({ id }) => this.keep<Node>({ type: 'account', accountId: id }));
    if (rows.length > 0) this.changed.fire(rows);
  }

  private roots(): Node[] {
    // Several accounts of a cloud are told apart by whose they are.
    void this.options.owners.askAlike();
    const problems = this.options.problems?.() ?? [];
    const { view, accounts } = this.options;
    const isFiltered = view.filter !== undefined && accounts.list().length > 0;
    const hidesEmpty = view.hidesEmpty && accounts.list().length > 0;
    return [
      ...(isFiltered ? [message(this.parts, undefined, 'filter')] : []),
      ...(hidesEmpty ? [message(this.parts, undefined, 'hidesEmpty')] : []),
      ...problems.map((about) => message(this.parts, undefined, about)),
      ...accounts.list().map(({ id }) => this.keep<Node>({ type: 'account', accountId: id })),
    ];
  }

  private inventoryChanged({ accountId, place, kind, ids }: InventoryChange): void {
    if (place !== undefined && kind !== undefined) return this.listChanged(this.lists.of({ place, kind }), ids);
    // Lists may have come and gone.
    this.lists.forgetAll();
    if (place !== undefined) this.changed.fire([this.keep({ type: 'region', place })]);
    else if (accountId !== undefined) this.accountChanged(accountId);
    else this.changed.fire(undefined);
  }

  /** Refreshed, or other keys or another address: what failed before may work now. */
  private accountChanged(accountId: string): void {
    const node = this.keep<AccountNode>({ type: 'account', accountId });
    this.reads.forgetFailures(node);
    this.changed.fire([node]);
  }

  /** A change of some rows redraws those rows, or the groups they moved between; any other change the list. */
  private listChanged(list: ShownList, ids: readonly string[] | undefined): void {
    const { node, listing } = list;
    if (ids?.every((id) => listing?.items.has(id) === true) !== true) {
      list.forget();
      return this.drawList(list);
    }
    if (!list.isStillRight(ids)) {
      const keys = list.regroup(ids);
      const groups = keys && groupsOf(list, this.parts).filter(({ key }) => keys.has(key));
      // All at once: a row must not stand below two groups while VS Code draws one after the other.
      return this.drawIn(list, groups ?? [node]);
    }
    list.forgetTally();
    this.drawIn(
      list,
      ids.flatMap((id) => this.drawnRow(list, id) ?? []),
    );
  }

  /** With a filter, a list may come or go, and its region with it. */
  private drawList(list: ShownList): void {
    const { node, wasLeftOut } = list;
    const isOther = wasLeftOut !== undefined && wasLeftOut !== list.isWithoutMatch;
    // The row that says how many are left out, too.
    if (this.empty.isStale(node.place)) this.changed.fire(undefined);
    else if (isOther) this.changed.fire([this.keep<Node>({ type: 'account', accountId: node.place.accountId })]);
    else this.drawIn(list, [node]);
  }

  /** Draws rows of a list again; with the whole region where its count is another one. Not while more is to come. */
  private drawIn({ node: { place }, listing }: ShownList, nodes: readonly Node[]): void {
    if (listing?.reading === true) return this.changed.fire(nodes);
    const rows = this.counts.isStale(place) ? [this.keep<Node>({ type: 'region', place })] : nodes;
    // The row that says how many regions are left out says how many are not read, too.
    const notes = this.options.view.hidesEmpty ? [message(this.parts, undefined, 'hidesEmpty')] : [];
    if (rows.length + notes.length > 0) this.changed.fire([...rows, ...notes]);
  }

  private viewChanged(change: ViewChange): void {
    const { view, inventory } = this.options;
    if (change.what === 'hidden') {
      this.changed.fire(
        this.options.view.hidesEmpty ? undefined : [this.keep({ type: 'account', accountId: change.accountId })],
      );
      return;
    }
    if (change.what === 'empty') return this.changed.fire(undefined);
    this.lists.forgetAll();
    if (change.what === 'filter') {
      inventory.keepNarrowed(view.filter && serverFilter(view.filter));
      // Lists and regions come and go with it.
      return this.changed.fire(undefined);
    }
    // All at once: a row must not stand below two groups while VS Code draws one after the other.
    const lists = [...this.nodes.all()].filter((node) => node.type === 'kind');
    if (lists.length > 0) this.changed.fire(lists);
  }

  private fireRows(targets: readonly Target[]): void {
    const rows = targets.flatMap((target) => this.find(target) ?? []);
    if (rows.length > 0) this.changed.fire(rows);
  }

  private accountsChanged(): void {
    const there = new Set(this.options.accounts.list().map(({ id }) => id));
    this.nodes.drop((node) => !there.has(accountOf(node) ?? ''));
    this.reads.keepOnly(there);
    this.lists.keepOnly(there);
    this.lists.forgetAll();
    this.changed.fire(undefined);
  }

  private drawnRow(list: ShownList, id: string): ResourceNode | undefined {
    return list.drawn.find(levelAbove(list, id, this.parts), id);
  }

  private setLimit(node: KindNode | GroupNode, limit: number): void {
    this.lists.of(node).drawn.setLimit(node, limit);
    this.changed.fire([this.keep(node)]);
  }

  private keep<T extends Node>(node: T): T {
    return this.nodes.keep(node);
  }
}

/** The row whose children are drawn up to a limit: the group, or the list where rows are not grouped. */
function aboveOf(node: MoreNode | KindNode | GroupNode, list: ShownList): KindNode | GroupNode {
  if (node.type === 'group') return node;
  return node.type === 'more' && node.group !== undefined ? node.group : list.node;
}
