import * as z from 'zod/mini';
import { defineOperation, strict } from '../../../core/operation';
import { count, flag, list, listedText, object, optionalObject, requiredText, text } from '../../../core/tolerant';
import { clientToken, required } from '../../params';
import { pageFields } from '../api/paging';
import { docs, ecs, ownerParams, tagFilters } from '../api/product';
import { deleteInstancesErrors, describeInstancesErrors } from './errors';

const addresses = list(listedText, 'IpAddress');

const networkInterface = object({
  NetworkInterfaceId: text,
  MacAddress: text,
  PrimaryIpAddress: text,
  Type: text,
  PrivateIpSets: list(object({ PrivateIpAddress: text, Primary: flag, PrivateDnsName: text }), 'PrivateIpSet'),
  Ipv6Sets: list(object({ Ipv6Address: text, Primary: flag }), 'Ipv6Set'),
  Ipv4PrefixSets: list(object({ Ipv4Prefix: text }), 'Ipv4PrefixSet'),
  Ipv6PrefixSets: list(object({ Ipv6Prefix: text }), 'Ipv6PrefixSet'),
});

const nested = {
  VpcAttributes: optionalObject(
    object({ VpcId: text, VSwitchId: text, NatIpAddress: text, PrivateIpAddress: addresses }),
  ),
  EipAddress: optionalObject(
    object({
      AllocationId: text,
      IpAddress: text,
      Bandwidth: count,
      InternetChargeType: text,
      IsSupportUnassociate: flag,
    }),
  ),
  CpuOptions: optionalObject(
    object({
      CoreCount: count,
      ThreadsPerCore: count,
      Numa: text,
      TopologyType: text,
      TurboMode: text,
      NestedVirtualization: text,
      EnableVISST: flag,
      EnableVRDT: flag,
    }),
  ),
  MetadataOptions: optionalObject(
    object({ HttpEndpoint: text, HttpTokens: text, HttpPutResponseHopLimit: count, InstanceMetadataTags: text }),
  ),
  DedicatedHostAttribute: optionalObject(
    object({ DedicatedHostId: text, DedicatedHostName: text, DedicatedHostClusterId: text }),
  ),
  DedicatedInstanceAttribute: optionalObject(object({ Affinity: text, Tenancy: text })),
  EcsCapacityReservationAttr: optionalObject(
    object({ CapacityReservationId: text, CapacityReservationPreference: text }),
  ),
  HibernationOptions: optionalObject(object({ Configured: flag })),
  ImageOptions: optionalObject(object({ LoginAsNonRoot: flag, CurrentOSNVMeSupported: flag })),
  PrivateDnsNameOptions: optionalObject(
    object({
      HostnameType: text,
      EnableInstanceIdDnsARecord: flag,
      EnableInstanceIdDnsAAAARecord: flag,
      EnableIpDnsARecord: flag,
      EnableIpDnsPtrRecord: flag,
    }),
  ),
  SecurityOptions: optionalObject(object({ EnableSecureBoot: flag })),
  ClockOptions: optionalObject(object({ PtpStatus: text })),
  AdditionalInfo: optionalObject(object({ EnableHighDensityMode: flag, ManagedHostId: text, NodeSerialNumber: text })),
};

/** An ECS instance as `DescribeInstances` answers. Times have minutes only; empty text stands for "none". */
export const listedInstance = object({
  InstanceId: requiredText,
  InstanceName: text,
  Description: text,
  HostName: text,
  Status: text,
  RegionId: text,
  ZoneId: text,
  ClusterId: text,
  InstanceType: text,
  InstanceTypeFamily: text,
  Cpu: count,
  Memory: count,
  GPUAmount: count,
  GPUSpec: text,
  ImageId: text,
  OSName: text,
  OSNameEn: text,
  OSType: text,
  CreationTime: text,
  StartTime: text,
  ExpiredTime: text,
  AutoReleaseTime: text,
  InstanceChargeType: text,
  InternetChargeType: text,
  InstanceNetworkType: text,
  InternetMaxBandwidthIn: count,
  InternetMaxBandwidthOut: count,
  StoppedMode: text,
  SerialNumber: text,
  KeyPairName: text,
  ResourceGroupId: text,
  HpcClusterId: text,
  DeploymentSetId: text,
  DeploymentSetGroupNo: count,
  CreditSpecification: text,
  SpotStrategy: text,
  SpotPriceLimit: count,
  SpotDuration: count,
  SpotInterruptionBehavior: text,
  SaleCycle: text,
  VlanId: text,
  ISP: text,
  LocalStorageAmount: count,
  LocalStorageCapacity: count,
  DeletionProtection: flag,
  IoOptimized: flag,
  Recyclable: flag,
  DeviceAvailable: flag,
  EnableNVS: flag,
  PublicIpAddress: addresses,
  InnerIpAddress: addresses,
  RdmaIpAddress: addresses,
  SecurityGroupIds: list(listedText, 'SecurityGroupId'),
  Tags: list(object({ TagKey: text, TagValue: text }), 'Tag'),
  OperationLocks: list(object({ LockReason: text, LockMsg: text }), 'LockReason'),
  NetworkInterfaces: list(networkInterface, 'NetworkInterface'),
  ...nested,
});

/** Lists that this operation alone takes as the text of a JSON array, at most 100 long. */
const jsonList = z.optional(z.string().check(z.refine(isJsonList)));

function isJsonList(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length <= 100 && value.every((entry) => typeof entry === 'string');
  } catch {
    return false;
  }
}

const optionalText = z.optional(z.string());

/** ECS instances of a region. Unlike Cloud Assistant's lists its pages hold 100, and smaller or larger wishes are bent. */
export const describeInstances = defineOperation({
  action: 'DescribeInstances',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    RegionId: required,
    InstanceIds: jsonList,
    PrivateIpAddresses: jsonList,
    PublicIpAddresses: jsonList,
    EipAddresses: jsonList,
    InnerIpAddresses: jsonList,
    RdmaIpAddresses: optionalText,
    Ipv6Address: z.optional(z.array(z.string())),
    InstanceName: optionalText,
    Status: optionalText,
    VpcId: optionalText,
    VSwitchId: optionalText,
    ZoneId: optionalText,
    SecurityGroupId: optionalText,
    ImageId: optionalText,
    KeyPairName: optionalText,
    HpcClusterId: optionalText,
    InstanceType: optionalText,
    InstanceTypeFamily: optionalText,
    ResourceGroupId: optionalText,
    InstanceNetworkType: optionalText,
    InternetChargeType: optionalText,
    InstanceChargeType: optionalText,
    LockReason: optionalText,
    HttpEndpoint: optionalText,
    HttpTokens: optionalText,
    HttpPutResponseHopLimit: z.optional(z.int()),
    IoOptimized: z.optional(z.boolean()),
    DeviceAvailable: z.optional(z.boolean()),
    NeedSaleCycle: z.optional(z.boolean()),
    DryRun: z.optional(z.boolean()),
    AdditionalAttributes: z.optional(z.array(z.string())),
    Filter: z.optional(z.array(z.strictObject({ Key: z.string(), Value: z.string() }))),
    Tag: tagFilters(),
    MaxResults: z.optional(z.int().check(z.minimum(1))),
    NextToken: optionalText,
    PageNumber: z.optional(z.int().check(z.minimum(1))),
    PageSize: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
    ...ownerParams(),
  })),
  response: object({
    RequestId: text,
    Instances: list(listedInstance, 'Instance'),
    ...pageFields,
  }),
  permission: 'ecs:DescribeInstances',
  errors: describeInstancesErrors,
  page: `${docs}describeinstances`,
});

/**
 * Releases 1 to 100 instances, all of them or none. `ForceStop` counts only with `Force`, and is then on unless it is
 * sent as false; the older page does not have it, the SDK's model does.
 */
export const deleteInstances = defineOperation({
  action: 'DeleteInstances',
  product: ecs,
  effect: 'destroy',
  danger: 'destroys',
  params: strict(() => ({
    RegionId: required,
    InstanceId: z.array(required).check(z.minLength(1), z.maxLength(100)),
    Force: z.optional(z.boolean()),
    ForceStop: z.optional(z.boolean()),
    TerminateSubscription: z.optional(z.boolean()),
    DryRun: z.optional(z.boolean()),
    ClientToken: clientToken,
    ...ownerParams(),
  })),
  response: object({ RequestId: text }),
  permission: 'ecs:DeleteInstances',
  errors: deleteInstancesErrors,
  page: `${docs}deleteinstances`,
});
