import type { Account } from '../../core/account';
import { actionOf, type ActionId } from '../../core/action';
import { asFailure } from '../../core/asFailure';
import type { CloudError } from '../../core/cloudError';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import type { DetailsView } from '../../core/panelProtocol';
import type { Place, Target } from '../../core/target';
import { SingleFlight } from '../../util/async';
import type { Clock } from '../../util/clock';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { Accounts, Clouds } from '../accounts/ports';
import type { Responses } from '../exchanges/exchangeLog';
import type { Inventory, InventoryChange } from '../inventory/inventory';
import type { Listing } from '../inventory/listing';
import type { Busy } from '../views/busy';
import type { Wording } from '../views/fieldText';
import { detailsView } from './detailsView';

export interface DetailsModelOptions extends Wording {
  readonly inventory: Inventory;
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly responses: Pick<Responses, 'get'>;
  readonly busy: Busy;
  readonly clock: Clock;
}

/**
 * What one details view shows. Follows the lists: a row that changes, changes here, and one that goes away is said to
 * be gone. What no list shows is read by itself. Remembers the last record, so that what was deleted can still be read.
 */
export class DetailsModel implements Disposable {
  private readonly kind: Kind;
  private readonly place: Place;
  private readonly flight = new SingleFlight<void>();
  private readonly subscriptions: readonly Disposable[];
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private item: Item | undefined;
  private readAt: Date | undefined;
  private gone = false;
  private reading = false;
  private error: CloudError | undefined;

  /** Throws `TypeError` for a kind the cloud does not have. */
  constructor(
    readonly target: Target,
    private readonly options: DetailsModelOptions,
  ) {
    const kind = options.clouds.kind(target.provider, target.kind);
    if (kind === undefined) throw new TypeError(`${target.provider} has no ${target.kind}.`);
    this.kind = kind;
    this.place = { provider: target.provider, accountId: target.accountId, region: target.region };
    this.take();
    this.subscriptions = [
      options.inventory.onDidChange((change) => this.inventoryChanged(change)),
      options.accounts.onDidChange(() => this.changed.fire()),
      options.busy.onDidChange(() => this.changed.fire()),
    ];
  }

  view(): DetailsView {
    const { target, kind, item, readAt, gone, reading, error } = this;
    const { inventory, busy, clock } = this.options;
    const regionName = inventory.regionName(this.place);
    const facts = {
      target,
      account: this.account(),
      kind,
      regionName,
      item,
      readAt,
      gone,
      reading,
      error,
      busy: busy.doing(target),
      now: clock.now(),
    };
    return detailsView(facts, this.options);
  }

  /** Whether resources of this kind have such an action. */
  has(action: ActionId): boolean {
    return actionOf(this.kind, action) !== undefined;
  }

  /** Reads the resource if nothing is known of it yet. Never rejects. */
  async open(): Promise<void> {
    if (this.item === undefined && !this.gone) await Promise.all([this.refresh(), this.nameRegion()]);
  }

  /** Reads the resource again. Never rejects: what went wrong is in the view. */
  refresh(): Promise<void> {
    return this.flight.run('refresh', () => this.read());
  }

  /** The answer that shows the resource; read anew when none is kept. Undefined when there is none to be had. */
  async response(): Promise<string | undefined> {
    const known = this.keptResponse();
    if (known !== undefined || this.gone) return known ?? this.error?.exchangeId;
    await this.refresh();
    return this.keptResponse() ?? this.error?.exchangeId;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private keptResponse(): string | undefined {
    const id = this.item && this.options.inventory.exchangeOf(this.item);
    return id === undefined ? undefined : this.options.responses.get(id)?.id;
  }

  private account(): Account | undefined {
    const account = this.options.accounts.get(this.target.accountId);
    return account?.provider === this.target.provider ? account : undefined;
  }

  /** Its id does until the name is known; after a restart nobody else may ask for it. */
  private async nameRegion(): Promise<void> {
    if (this.account() === undefined || this.options.inventory.knownRegions(this.target.accountId) !== undefined)
      return;
    try {
      await this.options.inventory.regions(this.target.accountId);
      this.changed.fire();
    } catch {
      // The resource itself says what is wrong with the account.
    }
  }

  private async read(): Promise<void> {
    if (this.account() === undefined) return;
    this.reading = true;
    this.changed.fire();
    try {
      const found = await this.options.inventory.lookup(this.place, this.kind.id, [this.target.id]);
      this.set(found.get(this.target.id), this.options.clock.now());
      this.error = undefined;
    } catch (error) {
      this.error = asFailure(error);
    } finally {
      this.reading = false;
      this.changed.fire();
    }
  }

  private set(item: Item | undefined, readAt: Date): void {
    this.gone = item === undefined;
    this.item = item ?? this.item;
    this.readAt = readAt;
  }

  private inventoryChanged({ accountId, place, kind, ids }: InventoryChange): void {
    const about = place?.accountId ?? accountId;
    if (about !== undefined && about !== this.target.accountId) return;
    if (place !== undefined && place.region !== this.target.region) return;
    if (kind !== undefined && kind !== this.kind.id) return;
    const named = ids?.includes(this.target.id) === true;
    if (ids !== undefined && !named) return;
    this.take(named);
    this.changed.fire();
  }

  /** Takes the record from the list; `named` means that the change was about this very resource. */
  private take(named = false): void {
    const { inventory, clock } = this.options;
    const listing = inventory.peek(this.place, this.kind.id);
    const showing = inventory.listOf(this.place, this.kind.id, this.target.id);
    const item = showing?.items.get(this.target.id);
    // A narrowed list may still show what a later look at all of them misses.
    const isMissed = listing !== showing && listing !== undefined && isComplete(listing) && isLater(listing, showing);
    if (item !== undefined && !isMissed) {
      const readAt = named ? clock.now() : (showing?.readAt ?? clock.now());
      // A list keeps its old rows until the new ones are there: they are no news of what a look-up found gone.
      if (item === this.item || (this.readAt !== undefined && readAt < this.readAt)) return;
      this.set(item, readAt);
      this.error = undefined;
    } else if (named || (listing !== undefined && isComplete(listing) && this.isOlderThan(listing))) {
      this.set(undefined, clock.now());
    }
  }

  /** What was read after the list was can be missing in it and be there all the same. */
  private isOlderThan({ readAt }: Listing): boolean {
    return this.item !== undefined && this.readAt !== undefined && readAt !== undefined && this.readAt <= readAt;
  }
}

function isLater({ readAt: a }: Listing, other: Listing | undefined): boolean {
  return a !== undefined && other?.readAt !== undefined && a > other.readAt;
}

/** Whether what is missing in the list is missing in the cloud. */
function isComplete({ reading, error, hasMore, left, total, filter }: Listing): boolean {
  const isAll = total !== undefined && !hasMore && left.count === 0;
  return !reading && error === undefined && isAll && Object.keys(filter).length === 0;
}
