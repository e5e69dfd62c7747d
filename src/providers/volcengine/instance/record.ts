import { viewOf, type ReadBy } from '../../../core/tolerant';
import { subscriptionState, type Subscription } from '../../subscription';
import type { Decisive } from '../../unknown';
import { listedInstance } from './operations';

/** An instance as the response schema reads it. */
export type EcsRecord = ReadBy<typeof listedInstance>;

/** The typed view of a listed record. */
export const recordOf = viewOf(listedInstance);

/** Where status and end of a subscription are not known, there are other words for it. */
export const decisive: Decisive = {
  said: ['DeletionProtection', 'InstanceChargeType'],
  readable: ['EipAddress', 'Volumes', 'LocalVolumes', 'NetworkInterfaces'],
};

/** The text, or undefined when it is missing or empty: this cloud sends `""` for "none". */
export function filled(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

/** The address of the primary network interface, where the record has one. */
export function privateIp(record: EcsRecord): string | undefined {
  const interfaces = record.NetworkInterfaces;
  const primary = interfaces.find(({ Type }) => Type?.toLowerCase() === 'primary') ?? interfaces[0];
  return filled(primary?.PrimaryIpAddress);
}

/** The public address bound to the instance, with the id under which it is billed. */
export function publicIp(record: EcsRecord): { readonly address: string; readonly allocation?: string } | undefined {
  const address = filled(record.EipAddress?.IpAddress);
  const allocation = filled(record.EipAddress?.AllocationId);
  if (address === undefined && allocation === undefined) return undefined;
  return { address: address ?? allocation ?? '', ...(allocation === undefined ? {} : { allocation }) };
}

export function subscription(record: EcsRecord, now: Date): Subscription {
  return subscriptionState(record.InstanceChargeType, record.ExpiredAt, now);
}
