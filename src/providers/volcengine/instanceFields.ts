import * as l10n from '@vscode/l10n';
import type { Field } from '../../core/kind';
import { recordOf, type InstanceRecord } from './record';

type Read = (record: InstanceRecord) => unknown;

function field(name: string, type: Field['type'], label: () => string, read: Read): Field {
  return { name, type, label, value: (item) => read(recordOf(item)) };
}

function join(...parts: readonly (string | number | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** Every field that https://www.volcengine.com/docs/6396/70466 documents, most asked for first. */
export const instanceFields: readonly Field[] = [
  field(
    'InstanceId',
    'text',
    () => l10n.t('Instance ID'),
    (r) => r.InstanceId,
  ),
  field(
    'InstanceName',
    'text',
    () => l10n.t('Name'),
    (r) => r.InstanceName,
  ),
  field(
    'Status',
    'text',
    () => l10n.t('Status'),
    (r) => r.Status,
  ),
  field(
    'StoppedMode',
    'text',
    () => l10n.t('Billing while stopped'),
    (r) => r.StoppedMode,
  ),
  field(
    'DeletionProtection',
    'flag',
    () => l10n.t('Deletion protection'),
    (r) => r.DeletionProtection,
  ),
  field(
    'InstanceChargeType',
    'text',
    () => l10n.t('Billing method'),
    (r) => r.InstanceChargeType,
  ),
  field(
    'ExpiredAt',
    'time',
    () => l10n.t('Expires'),
    (r) => r.ExpiredAt,
  ),
  field(
    'CreatedAt',
    'time',
    () => l10n.t('Created'),
    (r) => r.CreatedAt,
  ),
  field(
    'UpdatedAt',
    'time',
    () => l10n.t('Last changed'),
    (r) => r.UpdatedAt,
  ),
  field(
    'Description',
    'text',
    () => l10n.t('Description'),
    (r) => r.Description,
  ),
  field(
    'HostName',
    'text',
    () => l10n.t('Host name'),
    (r) => r.HostName || r.Hostname,
  ),
  field(
    'EipAddress.IpAddress',
    'text',
    () => l10n.t('Public IP address'),
    (r) => r.EipAddress?.IpAddress,
  ),
  field(
    'EipAddress.AllocationId',
    'text',
    () => l10n.t('Public IP ID'),
    (r) => r.EipAddress?.AllocationId,
  ),
  field('NetworkInterfaces', 'list', () => l10n.t('Network interfaces'), networkInterfaces),
  field('NetworkInterfaces.SecurityGroupIds', 'list', () => l10n.t('Security groups'), securityGroups),
  field('NetworkInterfaces.Ipv6Addresses', 'list', () => l10n.t('IPv6 addresses'), ipv6Addresses),
  field(
    'ZoneId',
    'text',
    () => l10n.t('Zone'),
    (r) => r.ZoneId,
  ),
  field(
    'VpcId',
    'text',
    () => l10n.t('VPC ID'),
    (r) => r.VpcId,
  ),
  field(
    'InstanceTypeId',
    'text',
    () => l10n.t('Instance type'),
    (r) => r.InstanceTypeId,
  ),
  field(
    'Cpus',
    'count',
    () => l10n.t('vCPUs'),
    (r) => r.Cpus,
  ),
  field(
    'MemorySize',
    'count',
    () => l10n.t('Memory (MiB)'),
    (r) => r.MemorySize,
  ),
  field(
    'CpuOptions.CoreCount',
    'count',
    () => l10n.t('CPU cores'),
    (r) => r.CpuOptions?.CoreCount,
  ),
  field(
    'CpuOptions.ThreadsPerCore',
    'count',
    () => l10n.t('Threads per core'),
    (r) => r.CpuOptions?.ThreadsPerCore,
  ),
  field(
    'CpuOptions.TopologyType',
    'text',
    () => l10n.t('CPU topology'),
    (r) => r.CpuOptions?.TopologyType,
  ),
  field(
    'OsName',
    'text',
    () => l10n.t('Operating system'),
    (r) => r.OsName,
  ),
  field(
    'OsType',
    'text',
    () => l10n.t('Operating system type'),
    (r) => r.OsType,
  ),
  field(
    'ImageId',
    'text',
    () => l10n.t('Image ID'),
    (r) => r.ImageId,
  ),
  field(
    'Volumes',
    'list',
    () => l10n.t('Disks'),
    (r) => r.Volumes.map((volume) => volume.VolumeId ?? ''),
  ),
  field('LocalVolumes', 'list', () => l10n.t('Local disks'), localVolumes),
  field(
    'Tags',
    'tags',
    () => l10n.t('Tags'),
    (r) => r.Tags.map(({ Key, Value }) => ({ key: Key ?? '', value: Value ?? '' })),
  ),
  field(
    'ProjectName',
    'text',
    () => l10n.t('Project'),
    (r) => r.ProjectName,
  ),
  field(
    'KeyPairName',
    'text',
    () => l10n.t('Key pair'),
    (r) => r.KeyPairName,
  ),
  field(
    'KeyPairId',
    'text',
    () => l10n.t('Key pair ID'),
    (r) => r.KeyPairId,
  ),
  field(
    'SpotStrategy',
    'text',
    () => l10n.t('Spot strategy'),
    (r) => r.SpotStrategy,
  ),
  field(
    'SpotPriceLimit',
    'count',
    () => l10n.t('Highest hourly spot price'),
    (r) => r.SpotPriceLimit,
  ),
  field(
    'ScheduledInstanceId',
    'text',
    () => l10n.t('Elastic reservation'),
    (r) => r.ScheduledInstanceId,
  ),
  field(
    'ElasticScheduledInstanceType',
    'text',
    () => l10n.t('Elastic reservation type'),
    (r) => r.ElasticScheduledInstanceType,
  ),
  field(
    'DeploymentSetId',
    'text',
    () => l10n.t('Deployment set'),
    (r) => r.DeploymentSetId,
  ),
  field(
    'DeploymentSetGroupNumber',
    'count',
    () => l10n.t('Deployment set group'),
    (r) => r.DeploymentSetGroupNumber,
  ),
  field(
    'AffinityGroupId',
    'text',
    () => l10n.t('Affinity group'),
    (r) => r.AffinityGroupId,
  ),
  field(
    'HpcClusterId',
    'text',
    () => l10n.t('HPC cluster'),
    (r) => r.HpcClusterId,
  ),
  field(
    'Placement.DedicatedHostId',
    'text',
    () => l10n.t('Dedicated host'),
    (r) => r.Placement?.DedicatedHostId,
  ),
  field(
    'Placement.DedicatedHostClusterId',
    'text',
    () => l10n.t('Dedicated host cluster'),
    (r) => r.Placement?.DedicatedHostClusterId,
  ),
  field(
    'Placement.Affinity',
    'text',
    () => l10n.t('Dedicated host affinity'),
    (r) => r.Placement?.Affinity,
  ),
  field(
    'Placement.Tenancy',
    'text',
    () => l10n.t('Tenancy'),
    (r) => r.Placement?.Tenancy,
  ),
  field(
    'MetadataOptions.HttpTokens',
    'text',
    () => l10n.t('Metadata access mode'),
    (r) => r.MetadataOptions?.HttpTokens,
  ),
  field(
    'EnableJumboFrame',
    'flag',
    () => l10n.t('Jumbo frames'),
    (r) => r.EnableJumboFrame,
  ),
  field(
    'RdmaIpAddresses',
    'list',
    () => l10n.t('RDMA addresses'),
    (r) => r.RdmaIpAddresses,
  ),
  field('RdmaNetworkInterfaceDetails', 'list', () => l10n.t('RDMA network interfaces'), rdmaInterfaces),
  field(
    'Uuid',
    'text',
    () => l10n.t('UUID'),
    (r) => r.Uuid,
  ),
];

function networkInterfaces(record: InstanceRecord): readonly string[] {
  return record.NetworkInterfaces.map((nic) =>
    join(nic.NetworkInterfaceId, nic.Type, nic.PrimaryIpAddress, nic.MacAddress, nic.SubnetId),
  );
}

function securityGroups(record: InstanceRecord): readonly string[] {
  return distinct(record.NetworkInterfaces.flatMap((nic) => nic.SecurityGroupIds));
}

function ipv6Addresses(record: InstanceRecord): readonly string[] {
  return distinct(record.NetworkInterfaces.flatMap((nic) => nic.Ipv6Addresses));
}

function localVolumes(record: InstanceRecord): readonly string[] {
  return record.LocalVolumes.map(({ VolumeType, Count, Size }) =>
    join(VolumeType, Count === undefined ? undefined : `×${Count}`, Size === undefined ? undefined : `${Size} GiB`),
  );
}

function rdmaInterfaces(record: InstanceRecord): readonly string[] {
  return record.RdmaNetworkInterfaceDetails.map((rdma) =>
    join(rdma.Ip, rdma.Mask, rdma.Gateway, rdma.SwitchName, rdma.SwitchPort),
  );
}

function distinct(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts.filter((text): text is string => text !== undefined && text !== ''))];
}
