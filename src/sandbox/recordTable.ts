import type { Clock } from '../util/clock';

/** A stored record with its place in the list; places grow and are never used again. */
export interface Entry<T> {
  readonly place: number;
  readonly id: string;
  readonly value: T;
}

/** The end of a record that leaves the table. */
export const gone = Symbol('gone');

/** A state of a record: the fields that say so, which may depend on when it comes to it, or `gone`. */
export type RecordState<T> = Partial<T> | ((at: Date) => Partial<T>) | typeof gone;

/** States that a record is still to pass, and when it comes to the next one. */
interface Passage<T> {
  readonly next: readonly RecordState<T>[];
  readonly ms: number;
  readonly at: number;
}

/** Records of one kind in one region, in the order they came, found by id. Time passes in it by the clock it is given. */
export class RecordTable<T extends object> {
  private readonly byId = new Map<string, Entry<T>>();
  private readonly passages = new Map<string, Passage<T>>();
  private list: readonly Entry<T>[] | undefined;
  private nextPlace = 1;

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  get size(): number {
    this.settle();
    return this.byId.size;
  }

  get(id: string): T | undefined {
    this.settle();
    return this.byId.get(id)?.value;
  }

  add(id: string, value: T): void {
    this.byId.set(id, { place: this.nextPlace++, id, value });
    this.list = undefined;
  }

  remove(id: string): boolean {
    this.list = undefined;
    this.passages.delete(id);
    return this.byId.delete(id);
  }

  /**
   * Takes a record through states, each for `ms` of the clock; the last one stays. So a stop is
   * `pass(id, [{ Status: 'Stopping' }, { Status: 'Stopped' }], ms)`. With 0 ms it is in the last state at once.
   * States it was still to pass before are forgotten.
   */
  pass(id: string, states: readonly RecordState<T>[], ms: number): void {
    this.passages.delete(id);
    this.enter(id, states, ms, this.clock.now().getTime());
  }

  /** Brings every record to the last state it is on its way to, whatever the clock says. */
  finish(): void {
    for (const [id, { next }] of [...this.passages]) this.pass(id, next, 0);
  }

  /** All records in order. The same array until something is added or removed, so paging a long list stays cheap. */
  entries(): readonly Entry<T>[] {
    this.settle();
    this.list ??= [...this.byId.values()];
    return this.list;
  }

  values(): readonly T[] {
    return this.entries().map((entry) => entry.value);
  }

  /**
   * The records a list call is about, in order: all, or those named, then narrowed by `keep`.
   * Ids nobody has are left out, as the clouds' lists do.
   */
  select(ids: readonly string[] | undefined, keep?: (record: T) => boolean): readonly Entry<T>[] {
    const entries = ids === undefined ? this.entries() : this.named(ids);
    return keep === undefined ? entries : entries.filter(({ value }) => keep(value));
  }

  private named(ids: readonly string[]): Entry<T>[] {
    this.settle();
    const found = [...new Set(ids)].map((id) => this.byId.get(id)).filter((entry) => entry !== undefined);
    return found.sort((a, b) => a.place - b.place);
  }

  /** Applies what has come due; a record may have passed several states meanwhile. */
  private settle(): void {
    if (this.passages.size === 0) return;
    const now = this.clock.now().getTime();
    for (const [id, { next, ms, at }] of this.passages) {
      if (at > now) continue;
      this.passages.delete(id);
      // A later state is entered again as the last of the map, so this loop still comes to it.
      this.enter(id, next, ms, at);
    }
  }

  private enter(id: string, [state, ...next]: readonly RecordState<T>[], ms: number, at: number): void {
    const record = this.byId.get(id)?.value;
    if (record === undefined || state === undefined) return;
    if (state === gone) this.remove(id);
    else Object.assign(record, typeof state === 'function' ? state(new Date(at)) : state);
    if (next.length === 0) return;
    if (ms > 0) this.passages.set(id, { next, ms, at: at + ms });
    else this.enter(id, next, ms, at);
  }
}
