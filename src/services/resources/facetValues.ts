import type { Item, Kind } from '../../core/kind';
import { placeKey } from '../../core/target';
import type { Clock } from '../../util/clock';
import type { Inventory } from '../inventory/inventory';
import type { Clouds } from '../accounts/ports';

/** A value that rows have, and how many of them. */
export interface RowChoice {
  readonly value: string;
  /** In the user's language where there are words for it. */
  readonly label: string;
  readonly count: number;
}

/** What rows are told apart by. The values of `tag` are `key=value`, those of `tagKey` keys. */
export type RowFact = 'state' | 'os' | 'tag' | 'tagKey' | 'activation' | 'resourceGroup';

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
        const key = fact === 'state' ? value.toLowerCase() : value;
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

interface Value {
  readonly value: string;
  readonly label: string;
}

function valuesOf(fact: RowFact, kind: Kind, item: Item, now: Date): readonly Value[] {
  if (fact === 'state') {
    const { token, label } = kind.state(item, now);
    return [{ value: token, label: label() }];
  }
  const { os, tags, activationId, resourceGroupId } = kind.facets(item);
  switch (fact) {
    case 'os':
      return plain(os);
    case 'tag':
      return tags.flatMap(({ key, value }) => plain(`${key}=${value}`));
    case 'tagKey':
      return tags.flatMap(({ key }) => plain(key));
    case 'activation':
      return plain(activationId);
    case 'resourceGroup':
      return plain(resourceGroupId);
    default: {
      const never: never = fact;
      return never;
    }
  }
}

function plain(value: string | undefined): readonly Value[] {
  return value === undefined || value === '' ? [] : [{ value, label: value }];
}

/** Reads `key=value`, or `key` for any value; undefined where there is no key. */
export function parseTag(text: string): { readonly key: string; readonly value?: string } | undefined {
  const [, key = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(text.trim()) ?? [];
  if (key.trim() === '') return undefined;
  return value === undefined ? { key: key.trim() } : { key: key.trim(), value: value.trim() };
}
