import { placeKey, targetKey, type KindId, type Place, type Target } from '../../core/target';
import type { Clock } from '../../util/clock';
import type { Disposable, Event } from '../../util/lifecycle';
import type { Accounts, Clouds } from '../accounts/ports';
import type { Inventory, InventoryChange } from './inventory';

/** Rows of one list that somebody looks at. */
export interface RowsInSight {
  readonly place: Place;
  readonly kind: KindId;
  readonly ids: Iterable<string>;
}

/** What somebody looks at. */
export interface Sight {
  readonly isVisible: boolean;
  /** Rows that a run works on are not among them: it reads them itself. */
  rows(): Iterable<RowsInSight>;
  readonly onDidChange: Event<void>;
}

export interface TransientRowsOptions {
  readonly inventory: Pick<Inventory, 'item' | 'lookup' | 'onDidChange'>;
  readonly accounts: Pick<Accounts, 'get'>;
  readonly clouds: Clouds;
  readonly clock: Clock;
  readonly sight: Sight;
}

/** How long until a row in a transient state is read again, by how often it was. After the last one it is left alone. */
const lookAfterMs = [2, 3, 5, 5, 10, 10, 15, 15, 30, 30, 30, 60, 60, 60, 60, 60, 60].map((s) => s * 1_000);
/** Changes that follow each other are looked through together. */
const gatherMs = 500;
/** Rows that are due so soon are read in the same call. */
const togetherMs = 1_000;
/** A look that failed counts as several, so that the next one is much later and their number small. */
const failureCounts = 3;

/** A row in a transient state. */
interface Watched {
  readonly token: string;
  readonly looks: number;
  /** In milliseconds; infinite when it is not looked at any more. */
  readonly dueAt: number;
}

interface TransientRow {
  readonly key: string;
  readonly id: string;
  readonly dueAt: number;
}

interface TransientList extends Pick<RowsInSight, 'place' | 'kind'> {
  readonly rows: readonly TransientRow[];
}

/**
 * Reads rows that are on their way to another state again until they have arrived, so that nobody has to refresh: only
 * those, by id, and only while somebody looks at them. Reads less and less often, and ends by itself.
 */
export class TransientRows implements Disposable {
  private readonly watched = new Map<string, Watched>();
  /** Lists that are being read. */
  private readonly reading = new Set<string>();
  private readonly ended = new AbortController();
  private readonly subscriptions: readonly Disposable[];
  private timer: { readonly at: number; readonly abort: AbortController } | undefined;

  constructor(private readonly options: TransientRowsOptions) {
    this.subscriptions = [
      options.inventory.onDidChange((change) => this.inventoryChanged(change)),
      options.sight.onDidChange(() => this.lookIn(gatherMs)),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.timer?.abort.abort();
    this.ended.abort();
  }

  /** A list that is read anew is a reason to look again at what was given up. */
  private inventoryChanged({ ids }: InventoryChange): void {
    if (ids === undefined)
      for (const [key, { dueAt }] of this.watched) if (dueAt === Infinity) this.watched.delete(key);
    if (this.options.sight.isVisible) this.lookIn(gatherMs);
  }

  private lookIn(ms: number): void {
    const at = this.now() + ms;
    if (this.ended.signal.aborted || (this.timer !== undefined && this.timer.at <= at)) return;
    this.timer?.abort.abort();
    const timer = { at, abort: new AbortController() };
    this.timer = timer;
    void this.options.clock.sleep(ms, timer.abort.signal).then(() => this.wake(timer), ignored);
  }

  private wake(timer: TransientRows['timer']): void {
    if (this.timer !== timer) return;
    this.timer = undefined;
    const now = this.now();
    let next = Infinity;
    for (const list of this.look(now)) {
      const earliest = Math.min(...list.rows.map(({ dueAt }) => dueAt));
      if (earliest <= now) void this.read(list, now);
      else next = Math.min(next, earliest);
    }
    if (next !== Infinity) this.lookIn(next - now);
  }

  /** The rows in sight that are in a transient state, by list; all others are forgotten. */
  private look(now: number): TransientList[] {
    const lists: TransientList[] = [];
    const seen = new Map<string, Watched>();
    for (const { place, kind, ids } of this.options.sight.rows()) {
      const rows: TransientRow[] = [];
      for (const id of ids) {
        const target: Target = { ...place, kind, id };
        const token = this.transientState(target);
        if (token === undefined) continue;
        const key = targetKey(target);
        const before = this.watched.get(key);
        const watched = before?.token === token ? before : { token, looks: 0, dueAt: now + (lookAfterMs[0] ?? 0) };
        seen.set(key, watched);
        rows.push({ key, id, dueAt: watched.dueAt });
      }
      // A list that is being read is looked at again when it is there.
      if (rows.length > 0 && !this.reading.has(listKey({ place, kind }))) lists.push({ place, kind, rows });
    }
    this.watched.clear();
    for (const [key, watched] of seen) this.watched.set(key, watched);
    return lists;
  }

  /** The token of the state that a row is in, where that will pass by itself. */
  private transientState({ kind, id, ...place }: Target): string | undefined {
    const { inventory, accounts, clouds, clock } = this.options;
    if (accounts.get(place.accountId) === undefined) return undefined;
    const item = inventory.item(place, kind, id);
    const state = item && clouds.kind(place.provider, kind)?.state(item, clock.now());
    return state?.isTransient === true ? state.token : undefined;
  }

  private async read(list: TransientList, now: number): Promise<void> {
    const { place, kind } = list;
    const rows = list.rows.filter(({ dueAt }) => dueAt <= now + togetherMs);
    this.reading.add(listKey(list));
    const ids = rows.map(({ id }) => id);
    const isRead = await this.options.inventory.lookup(place, kind, ids, { signal: this.ended.signal }).then(
      () => true,
      () => false,
    );
    this.reading.delete(listKey(list));
    for (const { key } of rows) this.count(key, isRead ? 1 : failureCounts);
    this.lookIn(0);
  }

  private count(key: string, looks: number): void {
    const before = this.watched.get(key);
    if (before === undefined) return;
    const total = before.looks + looks;
    const afterMs = lookAfterMs[total] ?? Infinity;
    this.watched.set(key, { ...before, looks: total, dueAt: this.now() + afterMs });
  }

  private now(): number {
    return this.options.clock.now().getTime();
  }
}

function listKey({ place, kind }: Pick<RowsInSight, 'place' | 'kind'>): string {
  return `${placeKey(place)}/${kind}`;
}

function ignored(): void {
  // Nothing to do: another look comes earlier, or nobody looks any more.
}
