import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';

/** The short facts of a record, without the one that its state says already. */
export function factsOf(kind: Pick<Kind, 'state' | 'summary'>, item: Item, now: Date): string[] {
  const state = kind.state(item, now).label().toLowerCase();
  return kind.summary(item, now).filter((fact) => fact.toLowerCase() !== state);
}
