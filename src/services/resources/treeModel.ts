import type { CloudError } from '../../core/cloudError';
import type { Kind } from '../../core/kind';
import { placeOf, type Place, type Target } from '../../core/target';
import type { Clock } from '../../util/clock';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { RegionsState } from './accountRegions';
import type { AccountProblem } from '../accounts/registry';
import type { BusyTargets } from '../actions/busyTargets';
import { firstRows, type Inventory, type InventoryChange } from '../inventory/inventory';
import type { Listing } from '../inventory/listing';
import { ListNodes } from './listNodes';
import { NodeStore } from '../views/nodeStore';
import type { Accounts, Clouds } from '../accounts/ports';
import { serverFilter } from '../inventory/filter';
import { rowsAtMost } from './rowLimits';
import { RowOrder } from './rowOrder';
import type { RowView, ViewChange } from './viewState';
import { ShownLists, type ListKey } from './shownLists';
import {
  accountOf,
  nodeId,
  type AccountNode,
  type GroupNode,
  type KindNode,
  type Message,
  type MessageNode,
  type MoreNode,
  type Node,
  type ResourceNode,
} from './nodes';
import { TreeReads } from './reads';

export interface TreeModelOptions {
  readonly inventory: Inventory;
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly busy: Pick<BusyTargets, 'has' | 'onDidChange'>;
  /** What the user wants to see of it. */
  readonly view: RowView;
  readonly clock: Clock;
  /** The user's language, for sorting. */
  readonly language: string;
  /** What is wrong with the sources of accounts; each is a row at the top. */
  readonly problems?: () => readonly AccountProblem[];
}

/**
 * The rows of the Resources view. Answers at once with what is known and never waits for a cloud: what is missing is
 * read in the background and announced when it is there, so that a slow region holds up nothing else.
 * The same row is the same object for as long as it is shown.
 */
export class TreeModel implements Disposable {
  private readonly nodes = new NodeStore<Node>(nodeId);
  private readonly reads: TreeReads;
  private readonly listNodes: ListNodes;
  /** What the view shows of each list. */
  readonly lists: ShownLists;
  private readonly subscriptions: readonly Disposable[];
  private readonly changed = new Emitter<readonly Node[] | undefined>();
  /** The rows to be drawn again, with what is below them; undefined for all. */
  readonly onDidChange = this.changed.event;
  /** Fires with every reading that begins; the promise settles when it is over and never rejects. */
  readonly onDidStartReading: TreeReads['onDidStart'];

  constructor(private readonly options: TreeModelOptions) {
    const { inventory, view } = options;
    const { nodes } = this;
    const order = new RowOrder(options.language);
    const lists = new ShownLists(options, order);
    const redraw = (changed: readonly Node[] | undefined): void => this.changed.fire(changed);
    this.lists = lists;
    this.reads = new TreeReads({ inventory, lists, nodes, redraw });
    this.listNodes = new ListNodes({ lists, reads: this.reads, nodes, order, view });
    this.onDidStartReading = this.reads.onDidStart;
    this.subscriptions = [
      inventory.onDidChange((change) => this.inventoryChanged(change)),
      options.accounts.onDidChange(() => this.accountsChanged()),
      options.busy.onDidChange((targets) => this.fireRows(targets)),
      view.onDidChange((change) => this.viewChanged(change)),
    ];
  }

  /** The rows below a node, or at the top. Starts reading what was never read. */
  children(node?: Node): readonly Node[] {
    if (node === undefined) return this.roots();
    switch (node.type) {
      case 'account':
        return this.regionRows(node);
      case 'region':
        return this.kinds(node.place).map(({ id }) => this.keep({ type: 'kind', place: node.place, kind: id }));
      case 'kind':
      case 'group':
        return this.listNodes.below(node);
      case 'resource':
      case 'more':
      case 'message':
        return [];
      default: {
        const never: never = node;
        return never;
      }
    }
  }

  /** The row above, so that a row can be revealed; undefined at the top. */
  parent(node: Node): Node | undefined {
    switch (node.type) {
      case 'account':
        return undefined;
      case 'region':
        return this.keep({ type: 'account', accountId: node.place.accountId });
      case 'kind':
        return this.keep({ type: 'region', place: node.place });
      case 'group':
        return this.kindNode(node.place, node.kind);
      case 'more':
        return node.group ?? this.kindNode(node.place, node.kind);
      case 'resource':
        return this.listNodes.above(node.target);
      case 'message':
        return node.parent;
      default: {
        const never: never = node;
        return never;
      }
    }
  }

  /** The row of a target, to reveal it; undefined when it is not among the rows that are shown. */
  find(target: Target): ResourceNode | undefined {
    return this.listNodes.find(target);
  }

  /**
   * The row of a target, read and drawn if need be, so that it can be revealed. Undefined when it is hidden, does not
   * pass the filter, or lies behind more rows than VS Code bears. Rejects with `CloudError`.
   */
  async locate(target: Target): Promise<ResourceNode | undefined> {
    const node = await this.locateList({ place: placeOf(target), kind: target.kind });
    if (node === undefined) return undefined;
    await this.reads.some(node);
    const shown = this.lists.rows(node);
    if (shown?.has(target.id) !== true) return undefined;
    const above = this.listNodes.above(target);
    const ids = above.type === 'group' ? (shown.groups.get(above.key)?.ids ?? []) : shown.first(Infinity);
    const at = ids.indexOf(target.id);
    if (at >= rowsAtMost) return undefined;
    if (at >= this.listNodes.limits.of(above)) this.setLimit(above, rowsAtMost);
    this.children(above);
    return this.find(target);
  }

  /** The row of a list with the rows above it known, so that it can be revealed; undefined when it is hidden. */
  async locateList({ place, kind }: ListKey): Promise<KindNode | undefined> {
    const { regions, kinds } = this.options.view.hidden(place.accountId);
    if (regions.includes(place.region) || kinds.includes(kind)) return undefined;
    await this.options.inventory.regions(place.accountId);
    return this.kindNode(place, kind);
  }

  /** Asks the cloud again for a node, or for everything that is known. Rejects with `CloudError` for a single resource only. */
  async refresh(node?: Node): Promise<void> {
    await this.reads.refresh(node);
  }

  /** Shows the next rows of a list or a group; reads them first where the cloud was not asked yet. */
  async showMore(node: MoreNode | KindNode): Promise<void> {
    const rows = this.listNodes.rowsNode(node);
    const limit = this.listNodes.limits.next(rows);
    this.setLimit(rows, limit);
    const listing = this.listing(rows);
    if (rows.type === 'group' || listing?.hasMore !== true || this.shown(rows).known >= limit) return;
    await this.reads.more(rows, Math.max(limit, listing.items.size + firstRows));
  }

  /** Reads the whole list and shows as much of it as VS Code bears. */
  async showAll(node: MoreNode | KindNode): Promise<void> {
    const rows = this.listNodes.rowsNode(node);
    this.setLimit(rows, Math.max(this.listNodes.limits.of(rows), rowsAtMost));
    await this.reads.all(node);
  }

  /** Stops reading a list; the rows that have arrived stay. */
  stop(list: ListKey): void {
    this.reads.stop(list);
  }

  /** The list behind a row, as it is known: narrowed by the cloud where it can be and not all of it is known anyway. */
  listing(list: ListKey): Listing | undefined {
    return this.lists.listing(list);
  }

  /** How many rows of a list or a group are drawn, and of how many that are known. */
  shown(node: MoreNode | KindNode | GroupNode): { readonly drawn: number; readonly known: number } {
    return this.listNodes.shown(node);
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

  kindOf(node: ListKey): Kind | undefined {
    return this.options.clouds.kind(node.place.provider, node.kind);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
    this.reads.dispose();
  }

  private roots(): Node[] {
    const problems = this.options.problems?.() ?? [];
    return [
      ...problems.map((about) => this.message(undefined, about)),
      ...this.options.accounts.list().map(({ id }) => this.keep({ type: 'account', accountId: id })),
    ];
  }

  private regionRows(node: AccountNode): Node[] {
    const account = this.options.accounts.get(node.accountId);
    if (account === undefined) return [];
    const state = this.reads.regions(node);
    const { provider, id } = account;
    const hidden = new Set(this.options.view.hidden(id).regions);
    const rows = (state.regions ?? [])
      .filter((region) => !hidden.has(region.id))
      .map((region) => this.keep({ type: 'region', place: { provider, accountId: id, region: region.id } }));
    if (state.error !== undefined) return [this.message(node, 'failed'), ...rows];
    if (rows.length > 0) return rows;
    if ((state.regions ?? []).length > 0) return [this.message(node, 'allHidden')];
    return [this.message(node, state.regions === undefined ? 'loading' : 'empty')];
  }

  private inventoryChanged({ accountId, place, kind, ids }: InventoryChange): void {
    if (place !== undefined && kind !== undefined) this.listChanged(this.kindNode(place, kind), ids);
    else if (place !== undefined) this.changed.fire([this.keep({ type: 'region', place })]);
    else if (accountId !== undefined) this.accountChanged(accountId);
    else this.changed.fire(undefined);
  }

  /** Refreshed, or other keys or another address: what failed before may work now. */
  private accountChanged(accountId: string): void {
    const node = this.keep({ type: 'account', accountId });
    this.reads.forgetFailures(node);
    this.changed.fire([node]);
  }

  /** A change of some rows redraws those rows, or the groups they moved between; any other change the list. */
  private listChanged(node: KindNode, ids: readonly string[] | undefined): void {
    const listing = this.listing(node);
    if (ids?.every((id) => listing?.items.has(id) === true) !== true) {
      this.lists.forget(node);
      return this.changed.fire([node]);
    }
    if (!this.lists.isStillRight(node, ids)) {
      const keys = this.lists.regroup(node, ids);
      // All at once: a row must not stand below two groups while VS Code draws one after the other.
      return this.changed.fire(keys === undefined ? [node] : this.listNodes.groups(node, keys));
    }
    const shown = ids.flatMap((id) => this.find({ ...node.place, kind: node.kind, id }) ?? []);
    if (shown.length > 0) this.changed.fire(shown);
  }

  private viewChanged(change: ViewChange): void {
    const { view, inventory } = this.options;
    if (change.what === 'hidden') {
      this.changed.fire([this.keep({ type: 'account', accountId: change.accountId })]);
      return;
    }
    this.lists.forgetAll();
    if (change.what === 'filter') inventory.keepNarrowed(view.filter && serverFilter(view.filter));
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
    this.lists.forgetAll();
    this.reads.keepOnly(there);
    this.listNodes.keepOnly(there);
    this.changed.fire(undefined);
  }

  private kinds(place: Place): readonly Kind[] {
    const hidden = this.options.view.hidden(place.accountId).kinds;
    return this.options.clouds.provider(place.provider).kinds.filter(({ id }) => !hidden.includes(id));
  }

  private kindNode(place: Place, kind: Kind['id']): KindNode {
    return this.keep({ type: 'kind', place, kind });
  }

  private message(parent: MessageNode['parent'], about: Message): MessageNode {
    return this.keep({ type: 'message', parent, about });
  }

  private setLimit(node: KindNode | GroupNode, limit: number): void {
    this.listNodes.limits.set(node, limit);
    this.changed.fire([this.keep(node)]);
  }

  private keep<T extends Node>(node: T): T {
    return this.nodes.keep(node);
  }
}
