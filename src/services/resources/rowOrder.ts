import type { Item, Kind } from '../../core/kind';
import type { Listing } from '../inventory/listing';

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

  /** All ids in their order. Ids that went away since they were sorted may still be among them. */
  of(listing: Listing, kind: Kind): Iterable<string> {
    const known = this.sorted.get(listing);
    if (known?.items === listing.items) return known.ids;
    if (listing.reading) return arrivals(listing.items, known?.ids ?? []);
    const ids = this.sort(listing.items, kind);
    this.sorted.set(listing, { items: listing.items, ids });
    return ids;
  }

  /** By label; what is not known stands last. */
  compareGroups(a: { readonly key: string; readonly label: string }, b: typeof a): number {
    if ((a.key === '') !== (b.key === '')) return a.key === '' ? 1 : -1;
    return this.collator.compare(a.label, b.label) || (a.key < b.key ? -1 : 1);
  }

  private sort(items: ReadonlyMap<string, Item>, kind: Kind): string[] {
    const named = [...items].map(([id, item]) => ({ id, name: kind.name(item) }));
    named.sort((a, b) => this.collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
    return named.map(({ id }) => id);
  }
}

/** Rows that were sorted before stay where they are; new ones follow as they come. */
function arrivals(items: ReadonlyMap<string, Item>, before: readonly string[]): Iterable<string> {
  return before.length === 0 ? items.keys() : new Set([...before, ...items.keys()]);
}

function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
}
