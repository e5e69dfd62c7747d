import type { Item } from '../../../core/kind';
import { viewOf } from '../../../core/tolerant';
import { subscriptionState, type Subscription } from '../../subscription';
import { listedInstance } from './operations';

/** The typed view of a listed ECS instance. */
export const recordOf = viewOf(listedInstance);

/** Why the cloud has locked the instance: `security`, `financial`, `Recycling` …; empty when it has not. */
export function lockReasons(item: Item): string[] {
  return recordOf(item).OperationLocks.flatMap(({ LockReason }) => (LockReason ? [LockReason] : []));
}

export function subscription(item: Item, now: Date): Subscription {
  const { InstanceChargeType, ExpiredTime } = recordOf(item);
  return subscriptionState(InstanceChargeType, ExpiredTime, now);
}
