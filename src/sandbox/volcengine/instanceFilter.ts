import type * as z from 'zod/mini';
import type { describeInstances } from '../../providers/volcengine/instance/operations';
import type { VolcengineInstance } from './region';

type Filters = z.output<typeof describeInstances.params>;

/** Filters that must equal the field of the same name. */
const sameField = [
  'Status',
  'ZoneId',
  'VpcId',
  'KeyPairName',
  'HpcClusterId',
  'ProjectName',
  'ScheduledInstanceId',
  'InstanceChargeType',
] as const;

/** Filters that list the values a field may have. */
const oneOfField = [
  ['InstanceTypeIds', 'InstanceTypeId'],
  ['InstanceTypes', 'InstanceTypeId'],
  ['DeploymentSetIds', 'DeploymentSetId'],
  ['DeploymentSetGroupNumbers', 'DeploymentSetGroupNumber'],
  ['AffinityGroupIds', 'AffinityGroupId'],
] as const;

/** Whether a list call asks for this instance; names are compared by any part, everything else exactly. */
export function matches(record: VolcengineInstance, filters: Filters): boolean {
  return (
    record.InstanceName.includes(filters.InstanceName ?? '') &&
    sameField.every((name) => filters[name] === undefined || record[name] === filters[name]) &&
    oneOfField.every(([name, field]) => oneOf(filters[name], record[field])) &&
    oneOf(filters.InstanceTypeFamilies, familyOf(record)) &&
    isPlaced(record, filters) &&
    hasAddress(record, filters) &&
    hasTags(record, filters)
  );
}

/** `ecs.g3i` of `ecs.g3i.large`. */
function familyOf(record: VolcengineInstance): string {
  return String(record['InstanceTypeId']).split('.').slice(0, 2).join('.');
}

function isPlaced(record: VolcengineInstance, { DedicatedHostId, DedicatedHostClusterId }: Filters): boolean {
  return mentions(record['Placement'], DedicatedHostId) && mentions(record['Placement'], DedicatedHostClusterId);
}

function hasAddress(record: VolcengineInstance, { PrimaryIpAddress, EipAddresses, Ipv6Addresses }: Filters): boolean {
  const { NetworkInterfaces, EipAddress } = record;
  return (
    mentions(NetworkInterfaces, PrimaryIpAddress) &&
    (EipAddresses?.some((address) => mentions(EipAddress, address)) ?? true) &&
    (Ipv6Addresses?.some((address) => mentions(NetworkInterfaces, address)) ?? true)
  );
}

/** A filter without values takes any; one with an empty value takes that. */
function hasTags({ Tags }: VolcengineInstance, { TagFilters }: Filters): boolean {
  return (TagFilters ?? []).every((filter) =>
    Tags.some(({ Key, Value }) => Key === filter.Key && oneOf(filter.Values, Value)),
  );
}

function oneOf(wanted: readonly unknown[] | undefined, value: unknown): boolean {
  return wanted === undefined || wanted.includes(value);
}

/** Whether a value stands anywhere in a nested field; an absent filter is met by all. */
function mentions(field: unknown, value: string | undefined): boolean {
  return value === undefined || JSON.stringify(field ?? null).includes(JSON.stringify(value));
}
