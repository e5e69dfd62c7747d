import type { Item } from '../../../core/item';
import { viewOf } from '../../../core/tolerant';
import { subscriptionState, type Subscription } from '../../subscription';
import type { Decisive } from '../../unknown';
import { listedInstance } from './operations';

/** The typed view of a listed ECS instance. */
export const recordOf = viewOf(listedInstance);

/** Where status and end of a subscription are not known, there are other words for it. */
export const decisive: Decisive = {
  said: ['DeletionProtection', 'InstanceChargeType'],
  readable: ['OperationLocks', 'EipAddress', 'NetworkInterfaces', 'LocalStorageAmount'],
};

/** Why the cloud has locked the instance: `security`, `financial`, `Recycling` …; empty when it has not. */
export function lockReasons(item: Item): string[] {
  return recordOf(item).OperationLocks.flatMap(({ LockReason }) => (LockReason ? [LockReason] : []));
}

export function subscription(item: Item, now: Date): Subscription {
  const { InstanceChargeType, ExpiredTime } = recordOf(item);
  return subscriptionState(InstanceChargeType, ExpiredTime, now);
}
