import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import type { Listing } from '../inventory/listing';

/** Rows that stood for longer than this are looked at: they keep their places when the last page arrives. */
export const settledMs = 1_000;

interface Order {
  readonly items: ReadonlyMap<string, Item>;
  /** Undefined until the last row arrived. */
  readonly ids: readonly string[] | undefined;
  /** What was sorted before the reading under way began. */
  readonly before: readonly string[];
  /** When the first rows stood, in milliseconds. */
  readonly since: number;
}

export interface OrderOf {
  readonly listing: Listing;
  readonly kind: Kind;
  readonly now: Date;
  /** The rows that people see, in their order. */
  readonly drawn: () => Iterable<string>;
}

/**
 * The order of a list's rows: by name as people sort (`web-2` before `web-10`), same names by id; the newest first where
 * a kind tells when its records came to be. While a list is
 * being read its rows stay in the order in which they arrive, and those that stood for a while stay where they are:
 * nothing jumps away under the pointer. A refresh sorts them.
 */
export class RowOrder {
  private readonly orders = new WeakMap<Listing, Order>();
  private readonly collator: Intl.Collator;

  constructor(language: string) {
    const known = Intl.Collator.supportedLocalesOf([language].filter(isTag));
    this.collator = new Intl.Collator([...known], { numeric: true, sensitivity: 'base' });
  }

  /** All ids in their order. Ids that went away since they were sorted may still be among them. */
  of({ listing, kind, now, drawn }: OrderOf): Iterable<string> {
    const { items } = listing;
    const known = this.orders.get(listing);
    if (known?.items === items && known.ids !== undefined) return known.ids;
    if (listing.reading) return this.arriving(listing, known, now);
    const wasSeen = known?.ids === undefined && known !== undefined && now.getTime() - known.since > settledMs;
    const sorted = this.sort(items, kind);
    const ids = wasSeen ? [...new Set([...drawn(), ...sorted])] : sorted;
    this.orders.set(listing, { items, ids, before: ids, since: now.getTime() });
    return ids;
  }

  /** As people sort names: `web-2` before `web-10`. */
  compareNames(a: string, b: string): number {
    return this.collator.compare(a, b);
  }

  /** By label; what is not known stands last. */
  compareGroups(a: { readonly key: string; readonly label: string }, b: typeof a): number {
    if ((a.key === '') !== (b.key === '')) return a.key === '' ? 1 : -1;
    return this.collator.compare(a.label, b.label) || (a.key < b.key ? -1 : 1);
  }

  /** Rows that were sorted before stay where they are; new ones follow as they come. */
  private arriving(listing: Listing, known: Order | undefined, now: Date): Iterable<string> {
    const { items } = listing;
    const before = known?.before ?? [];
    if (items.size > 0 && (known === undefined || known.ids !== undefined))
      this.orders.set(listing, { items, ids: undefined, before, since: now.getTime() });
    return before.length === 0 ? items.keys() : new Set([...before, ...items.keys()]);
  }

  private sort(items: ReadonlyMap<string, Item>, kind: Kind): string[] {
    if (kind.time !== undefined) return newestFirst(items, kind.time);
    const named = [...items].map(([id, item]) => ({ id, name: kind.name(item) }));
    named.sort((a, b) => this.collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
    return named.map(({ id }) => id);
  }
}

/** Records of the same moment stay as they came; those without a time stand last. */
function newestFirst(items: ReadonlyMap<string, Item>, time: (item: Item) => number | undefined): string[] {
  const timed = [...items].map(([id, item]) => ({ id, time: time(item) ?? -Infinity }));
  return timed.sort((a, b) => (a.time === b.time ? 0 : b.time - a.time)).map(({ id }) => id);
}

function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
}
