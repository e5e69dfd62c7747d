import type { Item } from '../../core/kind';
import { viewOf } from '../../core/tolerant';
import { timeOf } from '../fields';
import { listedInstance } from './ecsOperations';

/** The typed view of a listed ECS instance. */
export const recordOf = viewOf(listedInstance);

/** Why the cloud has locked the instance: `security`, `financial`, `Recycling` …; empty when it has not. */
export function lockReasons(item: Item): string[] {
  return recordOf(item).OperationLocks.flatMap(({ LockReason }) => (LockReason ? [LockReason] : []));
}

/** Only subscriptions expire; pay-as-you-go instances carry a date in the far future. */
export function subscription(item: Item, now: Date): 'none' | 'running' | 'expired' | 'unknown' {
  const { InstanceChargeType, ExpiredTime } = recordOf(item);
  if (InstanceChargeType !== 'PrePaid') return 'none';
  const expiry = timeOf(ExpiredTime);
  if (expiry === undefined) return 'unknown';
  return expiry <= now.getTime() ? 'expired' : 'running';
}
