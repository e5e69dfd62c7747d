/**
 * What a cloud sent and nobody can make anything of. The field itself is then undefined, which is "unknown"; what was
 * sent stays with the record, for details, journals and whoever decides by it.
 */
const sentAs: unique symbol = Symbol('sentAs');

/** By the names of the fields, as the cloud sent them. */
type Raw = Readonly<Record<string, unknown>>;

/** Keeps what was sent where nothing could be made of it. */
export function markUnreadable(record: object, name: string, raw: unknown): void {
  const before = rawOf(record);
  // Enumerable, so that a copy of the record has it too; no JSON shows a symbol.
  (record as { [sentAs]?: Raw })[sentAs] = { ...before, [name]: raw };
}

function rawOf(record: object): Raw | undefined {
  return (record as { readonly [sentAs]?: Raw })[sentAs];
}

/** Whether the cloud sent something at this path of names, or below it, of which nothing, or not all, could be read. */
export function isUnreadable(record: unknown, ...path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (typeof record !== 'object' || record === null) return false;
  if (Array.isArray(record)) return record.some((entry) => isUnreadable(entry, ...path));
  const raw = rawOf(record);
  if (name !== undefined) {
    if (raw !== undefined && Object.hasOwn(raw, name)) return true;
    return isUnreadable((record as Record<string, unknown>)[name], ...rest);
  }
  return raw !== undefined || Object.values(record).some((value) => isUnreadable(value));
}

/** The value with everything as the cloud sent it; the very same one where all of it could be read. */
export function asSent(value: unknown): unknown {
  if (Array.isArray(value)) return unlessSame(value, value.map(asSent));
  if (typeof value !== 'object' || value === null) return value;
  const raw = rawOf(value);
  const entries = Object.entries(value).map(([name, inner]) =>
    raw !== undefined && Object.hasOwn(raw, name) ? raw[name] : asSent(inner),
  );
  const names = Object.keys(value);
  return unlessSame(Object.values(value), entries) === entries
    ? Object.fromEntries(names.map((name, index) => [name, entries[index]]))
    : value;
}

function unlessSame(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.some((value, index) => value !== before[index]) ? after : before;
}

/** What the cloud sent at this path of names where not all of it could be read; undefined where it could. */
export function rawAt(record: unknown, path: readonly string[]): unknown {
  return isUnreadable(record, ...path) ? partAt(asSent(record), path) : undefined;
}

function partAt(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isObject ? partAt((value as Record<string, unknown>)[name], rest) : undefined;
}

const dropped = new WeakMap<readonly unknown[], number>();

/** Keeps how many entries of a list were left out. */
export function noteDropped(list: readonly unknown[], count: number): void {
  dropped.set(list, count);
}

export function wasAnyDropped(list: readonly unknown[]): boolean {
  return dropped.has(list);
}

/** What `make` makes of each entry; how many were left out before goes on with it. */
export function mapReadable<T, U>(list: readonly T[], make: (entry: T) => U): U[] {
  const made = list.map(make);
  const count = droppedFrom(list);
  if (count > 0) noteDropped(made, count);
  return made;
}

/** How many entries of a list could not be read, so that they are not in it: records without an id. */
export function droppedFrom(list: readonly unknown[]): number {
  return dropped.get(list) ?? 0;
}
