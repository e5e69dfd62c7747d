import { asFailure } from '../../core/asFailure';
import type { CloudError } from '../../core/cloudError';
import { placeOf } from '../../core/target';
import type { Clock } from '../../util/clock';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { Inventory } from '../inventory/inventory';
import type { Listing } from '../inventory/listing';
import { AccountRegions, type RegionsState } from './accountRegions';
import { accountOf, concerns, type AccountNode, type KindNode, type Node } from './nodes';
import type { ShownList } from './shownList';
import type { ListKey, ShownLists } from './shownLists';

export interface TreeReadsOptions {
  readonly inventory: Inventory;
  readonly clock: Clock;
  readonly lists: ShownLists;
  /** Draws rows again, with what is below them. */
  readonly redraw: (nodes: readonly Node[] | undefined) => void;
}

/** How long a list may show nothing before its row says that it is being read, in milliseconds. */
const slowAfterMs = 300;

/**
 * What the rows of the Resources view make the inventory read. Nothing here is waited for by a row: what was read is
 * announced, and what failed is kept until somebody asks again.
 */
export class TreeReads implements Disposable {
  private readonly accountRegions: AccountRegions;
  private readonly listFailures = new Map<KindNode, CloudError>();
  private readonly ended = new AbortController();
  private readonly started = new Emitter<Promise<unknown>>();
  /** Fires with every reading that begins; the promise settles when it is over and never rejects. */
  readonly onDidStart = this.started.event;

  constructor(private readonly options: TreeReadsOptions) {
    this.accountRegions = new AccountRegions(options.inventory);
  }

  /** The regions of an account as they are known. Starts reading what was never read. */
  regions(node: AccountNode): RegionsState {
    const reading = this.accountRegions.read(node.accountId);
    const tell = (news: boolean): void => (news ? this.options.redraw([node]) : undefined);
    if (reading !== undefined) void this.track(reading.then(tell));
    return this.regionsOf(node.accountId);
  }

  /** The same without reading anything. */
  regionsOf(accountId: string): RegionsState {
    return this.accountRegions.peek(accountId);
  }

  /** A list as it is known. Starts reading what was never read. */
  list(list: ShownList): Listing | undefined {
    const { inventory } = this.options;
    const { node, listing: known } = list;
    if (known !== undefined || this.listFailures.has(node)) return known;
    const listed = inventory
      .list(node.place, node.kind, { filter: list.narrowing })
      .catch((error: unknown) => this.failed(node, error));
    const { listing } = list;
    void this.track(listed.then(() => listing?.finished));
    void this.tellIfSlow(node, listing);
    return listing;
  }

  /** Why the rows of an account or a list could not be read; undefined when they could. */
  failure(node: AccountNode | KindNode): CloudError | undefined {
    if (node.type === 'account') return this.regionsOf(node.accountId).error;
    const list = this.options.lists.of(node);
    return this.listFailures.get(list.node) ?? list.listing?.error;
  }

  /** Asks the cloud again for a node, or for everything that is known. Rejects with `CloudError` for a single resource only. */
  async refresh(node: Node | undefined): Promise<void> {
    this.forgetFailures(node);
    const reading = this.refreshing(node);
    // What fails in a list is shown in its place.
    await (node?.type === 'resource' ? Promise.all([reading, this.track(reading)]) : this.track(reading));
  }

  /** Reads a list as far as it is read by itself; what is known is not read again. */
  async some({ node, narrowing }: ShownList): Promise<void> {
    const listed = this.options.inventory.list(node.place, node.kind, { filter: narrowing });
    await this.track(listed.then((listing) => listing.finished));
  }

  /** Reads further rows of a list, up to `wanted` in all. */
  async more({ node, narrowing }: ShownList, wanted: number): Promise<void> {
    await this.track(this.options.inventory.loadMore(node.place, node.kind, wanted, narrowing));
  }

  /** Reads the whole list. */
  async all({ node: { place, kind }, isCapped, narrowing }: ShownList): Promise<void> {
    const { inventory } = this.options;
    const filter = isCapped ? undefined : narrowing;
    if (inventory.peek(place, kind, filter) === undefined) await this.track(inventory.list(place, kind, { filter }));
    if (inventory.peek(place, kind, filter)?.hasMore !== true) return;
    await this.track(inventory.loadMore(place, kind, Number.MAX_SAFE_INTEGER, filter));
  }

  /** Stops reading a list; the rows that have arrived stay. */
  stop({ node: { place, kind }, narrowing }: ShownList): void {
    for (const filter of [undefined, narrowing]) this.options.inventory.stop(place, kind, filter);
  }

  /** Lets what failed be read again with the next look: below a node, or everything. */
  forgetFailures(node: Node | undefined): void {
    this.accountRegions.forgetFailures(node === undefined ? undefined : accountOf(node));
    for (const list of this.listFailures.keys()) if (concerns(node, list)) this.listFailures.delete(list);
  }

  /** Forgets the accounts that are not there any more. */
  keepOnly(accountIds: ReadonlySet<string>): void {
    this.accountRegions.keepOnly(accountIds);
    for (const list of this.listFailures.keys())
      if (!accountIds.has(list.place.accountId)) this.listFailures.delete(list);
  }

  dispose(): void {
    this.ended.abort();
    this.started.dispose();
  }

  /** The count of a list says that it is being read. Not at once: VS Code would hold the first rows back behind it. */
  private async tellIfSlow(node: KindNode, listing: Listing | undefined): Promise<void> {
    const isLate = await this.options.clock.sleep(slowAfterMs, this.ended.signal).then(
      () => true,
      () => false,
    );
    if (isLate && listing?.reading === true && listing.items.size === 0) this.options.redraw([node]);
  }

  private refreshing(node: Node | undefined): Promise<unknown> {
    const { inventory, redraw } = this.options;
    switch (node?.type) {
      case undefined:
        return inventory.refresh();
      case 'account':
        return inventory.refresh({ accountId: node.accountId });
      case 'region':
        return inventory.refresh({ place: node.place });
      case 'kind':
      case 'group':
      case 'more':
        return this.refreshList(node);
      case 'message':
        return node.parent?.type === 'kind'
          ? this.refreshList(node.parent)
          : Promise.resolve(redraw(node.parent && [node.parent]));
      case 'resource':
        return inventory.lookup(placeOf(node.target), node.target.kind, [node.target.id]);
    }
  }

  private async refreshList(key: ListKey): Promise<void> {
    const { inventory, lists, redraw } = this.options;
    const list = lists.of(key);
    const { node } = list;
    try {
      const refreshed = inventory.refresh({ place: node.place, kind: node.kind });
      redraw([node]);
      await refreshed;
      await list.listing?.finished;
    } catch (error) {
      this.failed(node, error);
    }
  }

  private failed(node: KindNode, error: unknown): void {
    this.listFailures.set(node, asFailure(error));
    this.options.redraw([node]);
  }

  /** Shows that something is on its way. */
  track(reading: Promise<unknown>): Promise<void> {
    const settled = reading.then(
      () => undefined,
      () => undefined,
    );
    this.started.fire(settled);
    return settled;
  }
}
