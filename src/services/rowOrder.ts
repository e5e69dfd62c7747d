import type { Item, Kind } from '../core/kind';
import type { Listing } from './listing';

interface Sorted {
  readonly items: ReadonlyMap<string, Item>;
  readonly ids: readonly string[];
}

/**
 * The order of a list's rows: by name as people sort (`web-2` before `web-10`), same names by id. While a list is
 * being read for the first time its rows stay in the order in which they arrive, so that nothing jumps.
 */
export class RowOrder {
  private readonly sorted = new WeakMap<Listing, Sorted>();
  private readonly collator: Intl.Collator;

  constructor(language: string) {
    const known = Intl.Collator.supportedLocalesOf([language].filter(isTag));
    this.collator = new Intl.Collator([...known], { numeric: true, sensitivity: 'base' });
  }

  /** The first `limit` ids. */
  first(listing: Listing, kind: Kind, limit: number): string[] {
    const known = this.sorted.get(listing);
    if (known?.items === listing.items) return take(known.ids, limit, (id) => listing.items.has(id));
    if (listing.reading) return arrivals(listing.items, known?.ids ?? [], limit);
    const ids = this.sort(listing.items, kind);
    this.sorted.set(listing, { items: listing.items, ids });
    return ids.slice(0, limit);
  }

  private sort(items: ReadonlyMap<string, Item>, kind: Kind): string[] {
    const named = [...items].map(([id, item]) => ({ id, name: kind.name(item) }));
    named.sort((a, b) => this.collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
    return named.map(({ id }) => id);
  }
}

/** Rows that were sorted before stay where they are; new ones follow as they come. */
function arrivals(items: ReadonlyMap<string, Item>, before: readonly string[], limit: number): string[] {
  const old = take(before, limit, (id) => items.has(id));
  if (old.length === limit) return old;
  const shown = new Set(old);
  return [...old, ...take(items.keys(), limit - old.length, (id) => !shown.has(id))];
}

function take(ids: Iterable<string>, limit: number, wanted: (id: string) => boolean): string[] {
  const taken: string[] = [];
  for (const id of ids) {
    if (taken.length >= limit) break;
    if (wanted(id)) taken.push(id);
  }
  return taken;
}

function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
}
