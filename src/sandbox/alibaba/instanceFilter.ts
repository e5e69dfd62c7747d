import type * as z from 'zod/mini';
import type { describeInstances } from '../../providers/alibaba/instance/operations';
import { wildcardPattern } from '../../util/wildcard';
import { Refusal } from '../refusal';
import type { EcsInstance } from './records';
import { checkTags, hasTags } from './region';

type Params = z.output<typeof describeInstances.params>;

/** Filters whose values the cloud knows by heart, with the code it answers to any other. */
const closedSets: readonly (readonly [name: keyof Params, values: readonly string[], code: string])[] = [
  ['Status', ['Pending', 'Running', 'Starting', 'Stopping', 'Stopped'], 'InvalidStatus.NotFound'],
  ['InstanceChargeType', ['PostPaid', 'PrePaid'], 'InvalidInstanceChargeType.NotFound'],
  ['InternetChargeType', ['PayByBandwidth', 'PayByTraffic'], 'InvalidInternetChargeType.ValueNotSupported'],
  ['InstanceNetworkType', ['vpc', 'classic'], 'InvalidNetworkType.NotFound'],
  [
    'LockReason',
    ['financial', 'security', 'Recycling', 'dedicatedhostfinancial', 'refunded'],
    'InvalidLockReason.NotFound',
  ],
];

/** Filters that must equal the field of the same name. */
const sameField = [
  'Status',
  'ZoneId',
  'ImageId',
  'KeyPairName',
  'HpcClusterId',
  'InstanceType',
  'InstanceTypeFamily',
  'ResourceGroupId',
  'InstanceNetworkType',
  'InternetChargeType',
  'InstanceChargeType',
  'IoOptimized',
  'DeviceAvailable',
] as const;

/** Which instances a list call asks for. Refuses values and filter keys that the cloud does not know. */
export function instanceFilter(params: Params): (instance: EcsInstance) => boolean {
  for (const [name, values, code] of closedSets) {
    const value = params[name];
    if (typeof value === 'string' && !values.includes(value)) throw new Refusal(code);
  }
  checkTags(params.Tag);
  const times = (params.Filter ?? []).map(timeFilter);
  const name = namePattern(params.InstanceName);
  return (record) =>
    sameField.every((field) => params[field] === undefined || params[field] === record[field]) &&
    name.test(record.InstanceName) &&
    hasNested(record, params) &&
    hasAddress(record, params) &&
    hasTags(record.Tags?.Tag ?? [], params.Tag) &&
    times.every((fits) => fits(record));
}

/** `*` stands for any text. */
function namePattern(name = '*'): RegExp {
  return wildcardPattern(name, { flags: 's' });
}

/** Filters whose value stands somewhere inside a nested field. */
const nestedFields = [
  ['VpcId', 'VpcAttributes'],
  ['VSwitchId', 'VpcAttributes'],
  ['SecurityGroupId', 'SecurityGroupIds'],
  ['LockReason', 'OperationLocks'],
  ['RdmaIpAddresses', 'RdmaIpAddress'],
  ['HttpEndpoint', 'MetadataOptions'],
  ['HttpTokens', 'MetadataOptions'],
  ['HttpPutResponseHopLimit', 'MetadataOptions'],
] as const;

function hasNested(record: EcsInstance, params: Params): boolean {
  return nestedFields.every(([filter, field]) => mentions(record[field], params[filter]));
}

function hasAddress(record: EcsInstance, params: Params): boolean {
  const lists: readonly (readonly [string | undefined, unknown])[] = [
    [params.PrivateIpAddresses, record['VpcAttributes']],
    [params.PublicIpAddresses, record['PublicIpAddress']],
    [params.EipAddresses, record['EipAddress']],
    [params.InnerIpAddresses, record['InnerIpAddress']],
  ];
  const byIpv6 = params.Ipv6Address?.some((address) => mentions(record['NetworkInterfaces'], address)) ?? true;
  return (
    byIpv6 &&
    lists.every(([text, field]) => {
      if (text === undefined) return true;
      // The parameter's schema has made sure that it is a JSON list of texts.
      return (JSON.parse(text) as string[]).some((address) => mentions(field, address));
    })
  );
}

/** Whether a value stands anywhere in a nested field; an absent filter is met by all. */
function mentions(field: unknown, value: string | number | undefined): boolean {
  return value === undefined || JSON.stringify(field ?? null).includes(JSON.stringify(value));
}

function timeFilter({
  Key,
  Value,
}: {
  readonly Key: string;
  readonly Value: string;
}): (record: EcsInstance) => boolean {
  const limit = Date.parse(Value);
  const created = (record: EcsInstance): number => Date.parse(String(record['CreationTime']));
  const expires = (record: EcsInstance): number => Date.parse(record.ExpiredTime);
  switch (Key) {
    case 'CreationStartTime':
      return (record) => created(record) >= limit;
    case 'CreationEndTime':
      return (record) => created(record) <= limit;
    case 'ExpiredStartTime':
      return (record) => expires(record) >= limit;
    case 'ExpiredEndTime':
      return (record) => expires(record) <= limit;
    default:
      throw new Refusal('InvalidFilterKey.NotFound');
  }
}
