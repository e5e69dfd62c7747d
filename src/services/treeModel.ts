import type { Kind } from '../core/kind';
import type { Place, Target } from '../core/target';
import type { CloudError } from '../core/cloudError';
import { Emitter, type Disposable } from '../util/lifecycle';
import { AccountRegions, type RegionsState } from './accountRegions';
import type { AccountProblem } from './accounts';
import { asFailure } from './asFailure';
import type { BusyTargets } from './busyTargets';
import { firstRows, type Inventory, type InventoryChange } from './inventory';
import type { Listing } from './listing';
import type { Accounts, Clouds } from './ports';
import { RowOrder } from './rowOrder';
import {
  accountOf,
  nodeId,
  type AccountNode,
  type KindNode,
  type Message,
  type MessageNode,
  type MoreNode,
  type Node,
  type ResourceNode,
} from './treeNodes';

/** How many rows one node shows at first, and how many more each time: VS Code gets slow with many more. */
export const rowsAtOnce = 1_000;
/** The most rows that "load all" puts under one node at once; the others are one click further. */
export const rowsAtMost = 10_000;

export interface TreeModelOptions {
  readonly inventory: Inventory;
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly busy: Pick<BusyTargets, 'has' | 'onDidChange'>;
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
  private readonly nodes = new Map<string, Node>();
  private readonly rows = new Map<string, Map<string, ResourceNode>>();
  private readonly limits = new Map<string, number>();
  private readonly listFailures = new Map<string, CloudError>();
  private readonly regions: AccountRegions;
  private readonly order: RowOrder;
  private readonly subscriptions: readonly Disposable[];
  private readonly changed = new Emitter<readonly Node[] | undefined>();
  private readonly started = new Emitter<Promise<unknown>>();
  /** The rows to be drawn again, with what is below them; undefined for all. */
  readonly onDidChange = this.changed.event;
  /** Fires with every reading that begins; the promise settles when it is over and never rejects. */
  readonly onDidStartReading = this.started.event;

  constructor(readonly options: TreeModelOptions) {
    this.regions = new AccountRegions(options.inventory);
    this.order = new RowOrder(options.language);
    this.subscriptions = [
      options.inventory.onDidChange((change) => this.inventoryChanged(change)),
      options.accounts.onDidChange(() => this.accountsChanged()),
      options.busy.onDidChange((targets) => this.fireRows(targets)),
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
        return this.listRows(node);
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
      case 'more':
        return this.kindNode(node.place, node.kind);
      case 'resource':
        return this.kindNode(placeOf(node.target), node.target.kind);
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
    return this.rows.get(nodeId(this.kindNode(placeOf(target), target.kind)))?.get(target.id);
  }

  /** Asks the cloud again for a node, or for everything that is known. Rejects with `CloudError` for a single resource only. */
  async refresh(node?: Node): Promise<void> {
    this.forgetFailures(node);
    const reading = this.refreshing(node);
    // What fails in a list is shown in its place.
    await (node?.type === 'resource' ? Promise.all([reading, this.track(reading)]) : this.track(reading));
  }

  /** Shows the next rows of a list; reads them first where the cloud was not asked yet. */
  async showMore(node: MoreNode | KindNode): Promise<void> {
    const shown = this.limit(node);
    await this.show(node, shown >= rowsAtMost ? shown + rowsAtMost : shown + rowsAtOnce);
  }

  /** Reads the whole list and shows as much of it as VS Code bears. */
  async showAll(node: MoreNode | KindNode): Promise<void> {
    const listing = this.listing(node);
    const { inventory } = this.options;
    this.setLimit(node, Math.max(this.limit(node), rowsAtMost));
    if (listing?.hasMore === true) await this.track(inventory.loadMore(node.place, node.kind, Number.MAX_SAFE_INTEGER));
  }

  /** The list behind a row, as it is known. */
  listing(node: { readonly place: Place; readonly kind: Kind['id'] }): Listing | undefined {
    return this.options.inventory.peek(node.place, node.kind);
  }

  /** How many rows of a list are drawn. */
  shown(node: MoreNode | KindNode): number {
    return Math.min(this.limit(node), this.listing(node)?.items.size ?? 0);
  }

  /** Why the rows of an account or a list could not be read; undefined when they could. */
  failure(node: AccountNode | KindNode): CloudError | undefined {
    if (node.type === 'account') return this.regionsOf(node.accountId).error;
    return this.listFailures.get(nodeId(node)) ?? this.listing(node)?.error;
  }

  regionsOf(accountId: string): RegionsState {
    return this.regions.peek(accountId);
  }

  /** A region's name in the user's language; its id where it has none. */
  regionName(place: Place): string {
    const known = this.regionsOf(place.accountId).regions?.find(({ id }) => id === place.region);
    return known?.name ?? this.options.inventory.regionName(place);
  }

  kindOf(node: { readonly place: Place; readonly kind: Kind['id'] }): Kind | undefined {
    return this.options.clouds.kind(node.place.provider, node.kind);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
    this.started.dispose();
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
    const state = this.readRegions(node);
    const { provider, id } = account;
    const rows = (state.regions ?? []).map((region) =>
      this.keep({ type: 'region', place: { provider, accountId: id, region: region.id } }),
    );
    if (state.error !== undefined) return [this.message(node, 'failed'), ...rows];
    if (rows.length > 0) return rows;
    return [this.message(node, state.regions === undefined ? 'loading' : 'empty')];
  }

  private readRegions(node: AccountNode): RegionsState {
    const reading = this.regions.read(node.accountId);
    if (reading !== undefined) void this.track(reading.then((news) => (news ? this.changed.fire([node]) : undefined)));
    return this.regions.peek(node.accountId);
  }

  private listRows(node: KindNode): Node[] {
    const listing = this.readList(node);
    if (listing === undefined) return [this.message(node, this.listFailures.has(nodeId(node)) ? 'failed' : 'loading')];
    if (listing.unsupported) return [this.message(node, 'unsupported')];
    const rows = this.resourceRows(node, listing);
    const more = rows.length < listing.items.size || (listing.hasMore && !listing.reading);
    return [
      ...(listing.error === undefined || listing.reading ? [] : [this.message(node, 'failed')]),
      ...rows,
      ...(more ? [this.keep({ type: 'more', place: node.place, kind: node.kind })] : []),
      ...(rows.length === 0 && !more ? this.emptiness(node, listing) : []),
    ];
  }

  /** What stands where there are no rows. */
  private emptiness(node: KindNode, listing: Listing): Node[] {
    if (listing.reading) return [this.message(node, 'loading')];
    if (listing.error !== undefined) return [];
    return [this.message(node, listing.total === undefined ? 'stopped' : 'empty')];
  }

  private resourceRows(node: KindNode, listing: Listing): ResourceNode[] {
    const kind = this.kindOf(node);
    if (kind === undefined) return [];
    const before = this.rows.get(nodeId(node));
    const rows = new Map<string, ResourceNode>();
    for (const id of this.order.first(listing, kind, this.limit(node))) {
      rows.set(id, before?.get(id) ?? { type: 'resource', target: { ...node.place, kind: node.kind, id } });
    }
    this.rows.set(nodeId(node), rows);
    return [...rows.values()];
  }

  private readList(node: KindNode): Listing | undefined {
    const known = this.listing(node);
    const id = nodeId(node);
    if (known !== undefined || this.listFailures.has(id)) return known;
    const listed = this.options.inventory.list(node.place, node.kind).catch((error: unknown) => {
      this.listFailures.set(id, asFailure(error));
      this.changed.fire([node]);
    });
    const listing = this.listing(node);
    void this.track(listed.then(() => listing?.finished));
    // Its count says from now on that it is being read; not before this answer was drawn.
    queueMicrotask(() => this.changed.fire([node]));
    return listing;
  }

  private refreshing(node: Node | undefined): Promise<unknown> {
    const { inventory } = this.options;
    switch (node?.type) {
      case undefined:
        return inventory.refresh();
      case 'account':
        return inventory.refresh({ accountId: node.accountId });
      case 'region':
        return inventory.refresh({ place: node.place });
      case 'kind':
      case 'more':
        return this.refreshList(this.kindNode(node.place, node.kind));
      case 'message':
        return node.parent?.type === 'kind'
          ? this.refreshList(node.parent)
          : Promise.resolve(this.changed.fire(node.parent && [node.parent]));
      case 'resource':
        return inventory.lookup(placeOf(node.target), node.target.kind, [node.target.id]);
    }
  }

  private async refreshList(node: KindNode): Promise<void> {
    const { place, kind } = node;
    try {
      const refreshed = this.options.inventory.refresh({ place, kind });
      this.changed.fire([node]);
      await refreshed;
      await this.listing(node)?.finished;
    } catch (error) {
      this.listFailures.set(nodeId(node), asFailure(error));
      this.changed.fire([node]);
    }
  }

  private forgetFailures(node: Node | undefined): void {
    this.regions.forgetFailures(node === undefined ? undefined : accountOf(node));
    this.listFailures.clear();
  }

  private async show(node: MoreNode | KindNode, limit: number): Promise<void> {
    this.setLimit(node, limit);
    const listing = this.listing(node);
    if (listing === undefined || !listing.hasMore || listing.items.size >= limit) return;
    await this.track(
      this.options.inventory.loadMore(node.place, node.kind, Math.max(limit, listing.items.size + firstRows)),
    );
  }

  private track(reading: Promise<unknown>): Promise<void> {
    const settled = reading.then(
      () => undefined,
      () => undefined,
    );
    this.started.fire(settled);
    return settled;
  }

  private inventoryChanged({ accountId, place, kind, ids }: InventoryChange): void {
    if (place !== undefined && kind !== undefined) this.listChanged(this.kindNode(place, kind), ids);
    else if (place !== undefined) this.changed.fire([this.keep({ type: 'region', place })]);
    else if (accountId !== undefined) this.changed.fire([this.keep({ type: 'account', accountId })]);
    else this.changed.fire(undefined);
  }

  /** A change of some rows redraws those rows; rows that went away change the list. */
  private listChanged(node: KindNode, ids: readonly string[] | undefined): void {
    const listing = this.listing(node);
    const rows = this.rows.get(nodeId(node));
    if (ids === undefined || ids.some((id) => listing?.items.has(id) !== true)) return this.changed.fire([node]);
    const shown = ids.flatMap((id) => rows?.get(id) ?? []);
    if (shown.length > 0) this.changed.fire(shown);
  }

  private fireRows(targets: readonly Target[]): void {
    const rows = targets.flatMap((target) => this.find(target) ?? []);
    if (rows.length > 0) this.changed.fire(rows);
  }

  private accountsChanged(): void {
    const there = new Set(this.options.accounts.list().map(({ id }) => id));
    for (const [id, node] of this.nodes) if (!there.has(accountOf(node) ?? '')) this.nodes.delete(id);
    this.regions.keepOnly(there);
    for (const [id, rows] of this.rows) {
      const [first] = rows.values();
      if (first === undefined || !there.has(first.target.accountId)) this.rows.delete(id);
    }
    this.changed.fire(undefined);
  }

  private kinds(place: Place): readonly Kind[] {
    return this.options.clouds.provider(place.provider).kinds;
  }

  private kindNode(place: Place, kind: Kind['id']): KindNode {
    return this.keep({ type: 'kind', place, kind });
  }

  private message(parent: MessageNode['parent'], about: Message): MessageNode {
    return this.keep({ type: 'message', parent, about });
  }

  private limit(node: MoreNode | KindNode): number {
    return this.limits.get(nodeId(this.kindNode(node.place, node.kind))) ?? rowsAtOnce;
  }

  private setLimit(node: MoreNode | KindNode, limit: number): void {
    const kind = this.kindNode(node.place, node.kind);
    this.limits.set(nodeId(kind), limit);
    this.changed.fire([kind]);
  }

  /** The one object for a row: VS Code tells rows apart by identity. */
  private keep<T extends Node>(node: T): T {
    const id = nodeId(node);
    // A node with the same id has the same type: the id begins with it.
    const known = this.nodes.get(id) as T | undefined;
    if (known !== undefined) return known;
    this.nodes.set(id, node);
    return node;
  }
}

export function placeOf({ provider, accountId, region }: Target): Place {
  return { provider, accountId, region };
}
