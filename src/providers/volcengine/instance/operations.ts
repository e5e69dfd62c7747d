import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { defineOperation, documented, strict } from '../../../core/operation';
import { count, flag, list, listedText, object, optionalObject, requiredText, text } from '../../../core/tolerant';
import { clientToken, required } from '../../params';
import { docs, ecs } from '../api/product';
import { batchErrors, clientTokenErrors, instanceErrors, invalidArgument } from './errors';

/** Ids a call may name, and records a page may hold. */
export const maxPerCall = 100;

const statuses = [
  'CREATING',
  'RUNNING',
  'STOPPING',
  'STOPPED',
  'REBOOTING',
  'STARTING',
  'REBUILDING',
  'RESIZING',
  'ERROR',
  'DELETING',
] as const;

/** The statuses the list can be narrowed to. */
export type InstanceStatus = (typeof statuses)[number];

/** Whether the list can be narrowed to `status`. */
export function isInstanceStatus(status: string): status is InstanceStatus {
  return statuses.some((known) => known === status);
}

/** Up to 100 ids of instances. */
export const ids = z.array(required).check(z.minLength(1), z.maxLength(maxPerCall));
const upTo100 = z.optional(z.array(z.string()).check(z.maxLength(100)));

const tagFilter = () =>
  z.strictObject({ Key: z.string(), Values: z.optional(z.array(z.string()).check(z.maxLength(3))) });

const networkInterface = object({
  NetworkInterfaceId: text,
  PrimaryIpAddress: text,
  MacAddress: text,
  SubnetId: text,
  VpcId: text,
  Type: text,
  SecurityGroupIds: list(listedText),
  Ipv6Addresses: list(listedText),
});

/** One record of `DescribeInstances`; lists may be null, and only the id is relied on. */
export const listedInstance = object({
  InstanceId: requiredText,
  InstanceName: text,
  Description: text,
  // Both spellings are sent; which of them is filled in differs between answers.
  HostName: text,
  Hostname: text,
  Status: text,
  StoppedMode: text,
  ZoneId: text,
  VpcId: text,
  InstanceTypeId: text,
  ImageId: text,
  OsName: text,
  OsType: text,
  InstanceChargeType: text,
  SpotStrategy: text,
  SpotPriceLimit: count,
  ProjectName: text,
  KeyPairId: text,
  KeyPairName: text,
  CreatedAt: text,
  UpdatedAt: text,
  ExpiredAt: text,
  Uuid: text,
  HpcClusterId: text,
  DeploymentSetId: text,
  DeploymentSetGroupNumber: count,
  AffinityGroupId: text,
  ScheduledInstanceId: text,
  ElasticScheduledInstanceType: text,
  Cpus: count,
  MemorySize: count,
  DeletionProtection: flag,
  EnableJumboFrame: flag,
  EipAddress: optionalObject(object({ AllocationId: text, IpAddress: text })),
  NetworkInterfaces: list(networkInterface),
  Volumes: list(object({ VolumeId: text })),
  LocalVolumes: list(object({ VolumeType: text, Count: count, Size: count })),
  Tags: list(object({ Key: text, Value: text })),
  CpuOptions: optionalObject(object({ CoreCount: count, ThreadsPerCore: count, TopologyType: text })),
  MetadataOptions: optionalObject(object({ HttpTokens: text })),
  Placement: optionalObject(
    object({ DedicatedHostId: text, DedicatedHostClusterId: text, Affinity: text, Tenancy: text }),
  ),
  RdmaIpAddresses: list(listedText),
  RdmaNetworkInterfaceDetails: list(
    object({ Ip: text, Gateway: text, Mask: text, SwitchName: text, SwitchPort: text }),
  ),
});

/** The instances of the region in the signature's scope. `TotalCount` is not relied on: its meaning is not documented. */
export const describeInstances = defineOperation({
  action: 'DescribeInstances',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    MaxResults: z.optional(z.int().check(z.minimum(1), z.maximum(maxPerCall))),
    NextToken: z.optional(z.string()),
    InstanceIds: upTo100,
    InstanceName: z.optional(z.string()),
    Status: z.optional(z.enum(statuses)),
    ZoneId: z.optional(z.string()),
    VpcId: z.optional(z.string()),
    PrimaryIpAddress: z.optional(z.string()),
    KeyPairName: z.optional(z.string()),
    HpcClusterId: z.optional(z.string()),
    ProjectName: z.optional(z.string().check(z.maxLength(64))),
    DedicatedHostId: z.optional(z.string()),
    DedicatedHostClusterId: z.optional(z.string()),
    ScheduledInstanceId: z.optional(z.string()),
    InstanceChargeType: z.optional(z.enum(['PostPaid', 'PrePaid'])),
    EipAddresses: upTo100,
    Ipv6Addresses: upTo100,
    InstanceTypeIds: upTo100,
    InstanceTypes: upTo100,
    InstanceTypeFamilies: upTo100,
    DeploymentSetIds: upTo100,
    DeploymentSetGroupNumbers: z.optional(z.array(z.int().check(z.minimum(1), z.maximum(7)))),
    AffinityGroupIds: upTo100,
    TagFilters: z.optional(z.array(tagFilter()).check(z.maxLength(10))),
  })),
  response: object({ Instances: list(listedInstance), NextToken: text, TotalCount: count }),
  permission: 'ecs:DescribeInstances',
  errors: { InvalidArgument: invalidArgument },
  page: `${docs}70466`,
});

/** The answer of operations on several instances. */
export const operationDetails = object({
  OperationDetails: list(object({ InstanceId: text, Error: optionalObject(object({ Code: text, Message: text })) })),
});

/** Deletes up to 100 instances. A 200 says nothing about any of them: each has its own outcome in `OperationDetails`. */
export const deleteInstances = defineOperation({
  action: 'DeleteInstances',
  product: ecs,
  effect: 'destroy',
  danger: 'destroys',
  params: strict(() => ({ InstanceIds: ids, ClientToken: clientToken })),
  response: operationDetails,
  permission: 'ecs:DeleteInstances',
  errors: {
    ...instanceErrors,
    ...clientTokenErrors,
    ...batchErrors,
  },
  page: `${docs}101070`,
});

/** Deletes one instance. We call it only with `DryRun`, which `DeleteInstances` does not have. */
export const deleteInstance = defineOperation({
  action: 'DeleteInstance',
  product: ecs,
  effect: 'destroy',
  danger: 'destroys',
  params: strict(() => ({
    InstanceId: required,
    ClientToken: clientToken,
    DryRun: z.optional(z.boolean()),
  })),
  response: optionalObject(object({})),
  permission: 'ecs:DeleteInstance',
  errors: {
    ...instanceErrors,
    ...clientTokenErrors,
    InvalidArgument: invalidArgument,
    // The page names the code but neither its status nor its text.
    DryRunOperation: documented(400, 'The request would have succeeded; DryRun is set.', 'conflict', () =>
      l10n.t('The dry run passed. Nothing was changed.'),
    ),
  },
  page: `${docs}70465`,
});
