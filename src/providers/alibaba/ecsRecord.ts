import type * as z from 'zod/mini';
import type { Item } from '../../core/kind';
import type { describeInstances, listedInstance } from './ecsOperations';
import { timeOf } from './fields';

/** An ECS instance as the list's schema leaves it. */
export type EcsRecord = z.output<typeof listedInstance>;

export function recordOf(item: Item): EcsRecord {
  // Items come out of the list's response schema.
  return item as EcsRecord;
}

export function pageOf(value: unknown): z.output<typeof describeInstances.response> {
  // Values come out of the operation's response schema.
  return value as z.output<typeof describeInstances.response>;
}

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
