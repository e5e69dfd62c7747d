import type { Entry, Shelf } from './recordTable';

/**
 * The records a list call is about, in order: all, or those named, then narrowed by `keep`.
 * Ids nobody has are left out, as the clouds' lists do.
 */
export function entriesOf<T>(
  shelf: Shelf<T>,
  ids: readonly string[] | undefined,
  keep: ((record: T) => boolean) | undefined,
): readonly Entry<T>[] {
  const entries = ids === undefined ? shelf.entries() : named(shelf, ids);
  return keep === undefined ? entries : entries.filter(({ value }) => keep(value));
}

function named<T>(shelf: Shelf<T>, ids: readonly string[]): Entry<T>[] {
  const found = [...new Set(ids)].map((id) => shelf.entry(id)).filter((entry) => entry !== undefined);
  return found.sort((a, b) => a.place - b.place);
}
