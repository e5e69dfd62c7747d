import { facetType, type FacetId } from '../../core/facet';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import { placeKey } from '../../core/target';
import type { Clock } from '../../util/clock';
import type { Clouds } from '../accounts/ports';
import { facetOf, wantedText } from '../inventory/filter';
import type { Inventory } from '../inventory/inventory';

/** A value that rows have, and how many of them. */
export interface RowChoice {
  readonly value: string;
  /** In the user's language where there are words for it. */
  readonly label: string;
  readonly count: number;
}

/** What is chosen: values of a facet, `key=value` where they have keys, or the keys alone. */
export type RowFact = FacetId | 'tagKey';

export interface RowChoicesOptions {
  readonly inventory: Pick<Inventory, 'lists'>;
  readonly clouds: Clouds;
  readonly clock: Clock;
}

/** The values of the rows that are known, most frequent first. Asks no cloud. */
export function rowChoices(fact: RowFact, { inventory, clouds, clock }: RowChoicesOptions): RowChoice[] {
  const now = clock.now();
  const found = new Map<string, { value: string; label: string; count: number }>();
  // A narrowed list and the whole one can both have a row.
  const seen = new Set<string>();
  for (const { place, kind: id, listing } of inventory.lists()) {
    const kind = clouds.kind(place.provider, id);
    if (kind === undefined) continue;
    for (const [itemId, item] of listing.items) {
      const row = `${placeKey(place)}/${id}/${itemId}`;
      if (seen.has(row)) continue;
      seen.add(row);
      for (const { value, label } of valuesOf(fact, kind, item, now)) {
        // Two clouds spell the same state in different ways; the filter takes them as one.
        const key = fact !== 'tagKey' && facetType(fact).ignoresCase === true ? value.toLowerCase() : value;
        const known = found.get(key) ?? { value, label, count: 0 };
        known.count++;
        found.set(key, known);
      }
    }
  }
  if (fact === 'activation')
    for (const choice of found.values()) choice.label = activationName(choice.value, { inventory, clouds });
  return [...found.values()].sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

/** An activation by its name, with its id; by its id alone where no list has it. */
export function activationName(id: string, { inventory, clouds }: Omit<RowChoicesOptions, 'clock'>): string {
  for (const { place, kind: kindId, listing } of inventory.lists()) {
    const kind = clouds.kind(place.provider, kindId);
    const item = kind?.registers === undefined ? undefined : listing.items.get(id);
    if (kind !== undefined && item !== undefined && kind.name(item) !== id) return `${kind.name(item)} (${id})`;
  }
  return id;
}

/** What a value of the filter is called by the rows that have it; the value itself where there are none. */
export function valueName(id: FacetId, value: string, options: RowChoicesOptions): string {
  if (id === 'activation') return activationName(value, options);
  if (facetType(id).hasWords !== true) return value;
  return rowChoices(id, options).find((known) => known.value.toLowerCase() === value.toLowerCase())?.label ?? value;
}

interface Value {
  readonly value: string;
  readonly label: string;
}

function valuesOf(fact: RowFact, kind: Kind, item: Item, now: Date): readonly Value[] {
  const values = facetOf(kind, fact === 'tagKey' ? 'tag' : fact)?.values(item, now) ?? [];
  return values.flatMap(({ key, value, label }) => {
    const text = fact === 'tagKey' ? (key ?? '') : wantedText(key === undefined ? { value } : { key, value });
    return text === '' ? [] : [{ value: text, label: label?.() ?? text }];
  });
}
