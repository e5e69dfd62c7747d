import type { Account } from '../../core/account';
import { asFailure } from '../../core/asFailure';
import type { CloudError } from '../../core/cloudError';
import { placeKey } from '../../core/target';
import { forEachLimited, groupBy } from '../../util/async';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { AccountOwners } from '../inventory/accountOwners';
import type { Inventory } from '../inventory/inventory';
import { hasFailed, isUnread, type FleetList, type FleetPlaces } from './fleetPlaces';

/** How far reading is. */
export interface FleetProgress {
  /** Lists that are done, of those that are known so far. */
  readonly done: number;
  readonly total: number;
  /** Where something was read last. */
  readonly at: FleetList | undefined;
}

/** Lists of one account that are read side by side; the account's throttle bounds the calls. */
const listsAtOnce = 6;

/**
 * Reads the lists of the flat list: into the inventory, which everything else shares. Lists that are known are not read
 * again unless that is asked for. Never rejects for a cloud: what failed is kept beside what is known.
 */
export class FleetReader implements Disposable {
  private running: { readonly abort: AbortController; readonly over: Promise<void> } | undefined;
  private at: FleetProgress = { done: 0, total: 0, at: undefined };
  private readonly regionFailures = new Map<string, CloudError>();
  private readonly changed = new Emitter<void>();
  /** Fires when reading begins, goes on and ends. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly inventory: Inventory,
    private readonly places: FleetPlaces,
    private readonly owners: Pick<AccountOwners, 'ask'>,
  ) {}

  /** How far the reading under way is; undefined while nothing is read. */
  get progress(): FleetProgress | undefined {
    return this.running === undefined ? undefined : this.at;
  }

  /** Why the regions of an account are not known. */
  failure(accountId: string): CloudError | undefined {
    return this.regionFailures.get(accountId);
  }

  /** Reads what is not known and what failed, or everything anew. Joins a reading that is under way. */
  read(everything: boolean): Promise<void> {
    if (this.running !== undefined) return this.running.over;
    const abort = new AbortController();
    this.at = { done: 0, total: 0, at: undefined };
    const over = this.run(everything, abort.signal).finally(() => {
      this.running = undefined;
      this.changed.fire();
    });
    this.running = { abort, over };
    this.changed.fire();
    return over;
  }

  /** Stops reading; what has arrived stays. Resolves when nothing is under way any more. */
  stop(): Promise<void> {
    this.running?.abort.abort();
    return this.running?.over ?? Promise.resolve();
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
  }

  private async run(everything: boolean, signal: AbortSignal): Promise<void> {
    const { places } = this;
    await forEachLimited(places.alike(), listsAtOnce, (account) => this.owners.ask(account, signal));
    const groups = places.groups();
    await forEachLimited(groups, groups.length, (group) => this.readRegions(group, signal));
    const first = places.lists().filter((list) => everything || isUnread(list) || hasFailed(list));
    await this.readLists(first, signal, true);
    const tried = new Set(first.map(keyOf));
    const untried = (): FleetList[] => places.lists().filter((list) => isUnread(list) && !tried.has(keyOf(list)));
    // What one account may not list another account of the same owner may.
    for (let rest = untried(); rest.length > 0 && !signal.aborted; rest = untried()) {
      for (const list of rest) tried.add(keyOf(list));
      await this.readLists(rest, signal, false);
    }
    await forEachLimited(places.lists(), listsAtOnce, (list) => this.readMissing(list, signal));
  }

  /** What was chosen by itself may stand behind all that is read of its list. */
  private async readMissing({ place, kind, listing }: FleetList, signal: AbortSignal): Promise<void> {
    const ids = this.places.chosenIds(place, kind.id).filter((id) => listing?.items.has(id) !== true);
    if (ids.length === 0 || signal.aborted) return;
    // Where it cannot be read, the row of its list says why.
    const found = await this.inventory.lookup(place, kind.id, ids, { signal }).catch(() => undefined);
    if (found !== undefined) this.inventory.add(place, kind.id, found);
  }

  private async readRegions(group: readonly Account[], signal: AbortSignal): Promise<void> {
    for (const { id } of group) {
      if (signal.aborted) return;
      try {
        await this.inventory.regions(id, signal);
        this.regionFailures.delete(id);
        return;
      } catch (error) {
        if (!signal.aborted) this.regionFailures.set(id, asFailure(error));
      }
    }
  }

  private async readLists(lists: readonly FleetList[], signal: AbortSignal, again: boolean): Promise<void> {
    this.report({ total: this.at.total + lists.length });
    const lanes = [...groupBy(lists, ({ account }) => account.id).values()];
    const readOne = (list: FleetList): Promise<void> => this.readList(list, signal, again);
    await Promise.all(lanes.map((lane) => forEachLimited(lane, listsAtOnce, readOne)));
  }

  private async readList(list: FleetList, signal: AbortSignal, again: boolean): Promise<void> {
    if (signal.aborted) return;
    const { place, kind, listing: before } = list;
    const isOurs = before?.reading !== true;
    const stop = (): void => (isOurs ? this.inventory.stop(place, kind.id) : undefined);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const listing = await this.inventory.list(place, kind.id, { refresh: again && isOurs });
      await listing.finished;
    } catch {
      // The account is not there any more, and its rows are gone with it.
    } finally {
      signal.removeEventListener('abort', stop);
    }
    if (!signal.aborted) this.report({ done: this.at.done + 1, at: list });
  }

  private report(step: Partial<FleetProgress>): void {
    this.at = { ...this.at, ...step };
    this.changed.fire();
  }
}

function keyOf({ place, kind }: FleetList): string {
  return `${placeKey(place)}/${kind.id}`;
}
