import type { Action } from '../../core/action';
import type { Answers } from '../../core/input';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import type { Place } from '../../core/target';
import type { Inventory, LookupOptions } from '../inventory/inventory';

/** Of which action the targets are; undefined where this version does not know it. */
export interface Reading {
  readonly place: Place;
  readonly kind: Kind;
  readonly action?: Action;
  readonly answers: Answers;
}

/**
 * The targets of an action as they are now: resources by their ids, and what an action makes by the name it was given.
 * Rejects with `CloudError`.
 */
export async function readTargets(
  inventory: Pick<Inventory, 'lookup' | 'named'>,
  { place, kind, action, answers }: Reading,
  ids: readonly string[],
  options: LookupOptions,
): Promise<Map<string, Item>> {
  const goal = action?.goal;
  if (goal?.type !== 'created') return inventory.lookup(place, kind.id, ids, options);
  const found = new Map<string, Item>();
  for (const name of ids) {
    const items = await inventory.named(place, kind.id, goal.named(name), options);
    const item = items.find((one) => goal.isIt(one, name, answers));
    if (item !== undefined) found.set(name, item);
  }
  return found;
}
