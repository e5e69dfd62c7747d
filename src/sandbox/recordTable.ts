/** A stored record with its place in the list; places grow and are never used again. */
export interface Entry<T> {
  readonly place: number;
  readonly id: string;
  readonly value: T;
}

/** Records of one kind in one region, in the order they came, found by id. */
export class Shelf<T> {
  private readonly byId = new Map<string, Entry<T>>();
  private list: readonly Entry<T>[] | undefined;
  private nextPlace = 1;

  get size(): number {
    return this.byId.size;
  }

  get(id: string): T | undefined {
    return this.byId.get(id)?.value;
  }

  entry(id: string): Entry<T> | undefined {
    return this.byId.get(id);
  }

  add(id: string, value: T): void {
    this.byId.set(id, { place: this.nextPlace++, id, value });
    this.list = undefined;
  }

  remove(id: string): boolean {
    this.list = undefined;
    return this.byId.delete(id);
  }

  /** All records in order. The same array until something is added or removed, so paging a long list stays cheap. */
  entries(): readonly Entry<T>[] {
    this.list ??= [...this.byId.values()];
    return this.list;
  }

  values(): readonly T[] {
    return this.entries().map((entry) => entry.value);
  }
}
