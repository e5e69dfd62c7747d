import type { Action, Asked } from '../../core/action';
import type { Item } from '../../core/item';

/**
 * How far a resource is on the way to what was asked for.
 * - `vanished`: it exists no longer, although that is not what was asked for.
 * - `open`: nothing of it shows that anything was carried out.
 */
export type GoalProgress = 'reached' | 'underWay' | 'open' | 'vanished';

/** What the record as it is now (undefined where there is none) says of an action that was sent. */
export function progressOf({ goal }: Action, item: Item | undefined, asked: Asked): GoalProgress {
  if (goal.type === 'gone') return item === undefined ? 'reached' : 'open';
  if (goal.type === 'created') return item === undefined ? 'open' : 'reached';
  if (item === undefined) return 'vanished';
  // Nothing of the resource itself shows what ran there: its run has a record of its own.
  if (goal.type === 'followed') return 'open';
  if (goal.reached(item, asked)) return 'reached';
  return goal.isUnderWay?.(item) === true ? 'underWay' : 'open';
}
