import * as l10n from '@vscode/l10n';
import type { Field, FieldSection } from '../../../core/kind';
import { field, present, tagsField } from '../../fields';
import { recordOf, type EcsRecord } from './record';

/** A details line put together from more than one place of the record. */
function computed(
  name: string,
  type: Field['type'],
  section: FieldSection,
  label: Field['label'],
  read: (record: EcsRecord) => unknown,
): Field {
  return { name, type, section, label, value: (item) => read(recordOf(item)) };
}

/** Every field that https://www.volcengine.com/docs/6396/70466 documents, most asked for first. */
export const ecsFields: readonly Field[] = [
  field('InstanceId', 'text', () => l10n.t('Instance ID'), 'identity'),
  field('InstanceName', 'text', () => l10n.t('Name'), 'identity'),
  field('Status', 'text', () => l10n.t('Status'), 'state'),
  field('StoppedMode', 'text', () => l10n.t('Billing while stopped'), 'billing'),
  field('DeletionProtection', 'flag', () => l10n.t('Deletion protection'), 'state'),
  field('InstanceChargeType', 'text', () => l10n.t('Billing method'), 'billing'),
  field('ExpiredAt', 'time', () => l10n.t('Expires'), 'times'),
  field('CreatedAt', 'time', () => l10n.t('Created'), 'times'),
  field('UpdatedAt', 'time', () => l10n.t('Last changed'), 'times'),
  field('Description', 'text', () => l10n.t('Description'), 'identity'),
  computed(
    'HostName',
    'text',
    'identity',
    () => l10n.t('Host name'),
    (r) => r.HostName || r.Hostname,
  ),
  field('EipAddress.IpAddress', 'text', () => l10n.t('Public IP'), 'network'),
  field('EipAddress.AllocationId', 'text', () => l10n.t('Public IP ID'), 'network'),
  computed('NetworkInterfaces', 'list', 'network', () => l10n.t('Network interfaces'), networkInterfaces),
  computed('NetworkInterfaces.SecurityGroupIds', 'list', 'network', () => l10n.t('Security groups'), securityGroups),
  computed('NetworkInterfaces.Ipv6Addresses', 'list', 'network', () => l10n.t('IPv6 addresses'), ipv6Addresses),
  field('ZoneId', 'text', () => l10n.t('Zone'), 'identity'),
  field('VpcId', 'text', () => l10n.t('VPC ID'), 'network'),
  field('InstanceTypeId', 'text', () => l10n.t('Instance type'), 'identity'),
  field('Cpus', 'count', () => l10n.t('vCPUs'), 'identity'),
  field('MemorySize', 'count', () => l10n.t('Memory (MiB)'), 'identity'),
  field('CpuOptions.CoreCount', 'count', () => l10n.t('CPU cores')),
  field('CpuOptions.ThreadsPerCore', 'count', () => l10n.t('Threads per core')),
  field('CpuOptions.TopologyType', 'text', () => l10n.t('CPU topology')),
  field('OsName', 'text', () => l10n.t('Operating system'), 'identity'),
  field('OsType', 'text', () => l10n.t('Operating system type'), 'identity'),
  field('ImageId', 'text', () => l10n.t('Image ID'), 'disks'),
  computed(
    'Volumes',
    'list',
    'disks',
    () => l10n.t('Disks'),
    (r) => r.Volumes.map((volume) => volume.VolumeId ?? ''),
  ),
  computed('LocalVolumes', 'list', 'disks', () => l10n.t('Local disks'), localVolumes),
  tagsField(() => l10n.t('Tags')),
  field('ProjectName', 'text', () => l10n.t('Project'), 'identity'),
  field('KeyPairName', 'text', () => l10n.t('Key pair'), 'identity'),
  field('KeyPairId', 'text', () => l10n.t('Key pair ID'), 'identity'),
  field('SpotStrategy', 'text', () => l10n.t('Spot strategy'), 'billing'),
  field('SpotPriceLimit', 'count', () => l10n.t('Highest hourly spot price'), 'billing'),
  field('ScheduledInstanceId', 'text', () => l10n.t('Elastic reservation'), 'billing'),
  field('ElasticScheduledInstanceType', 'text', () => l10n.t('Elastic reservation type'), 'billing'),
  field('DeploymentSetId', 'text', () => l10n.t('Deployment set')),
  field('DeploymentSetGroupNumber', 'count', () => l10n.t('Deployment set group')),
  field('AffinityGroupId', 'text', () => l10n.t('Affinity group')),
  field('HpcClusterId', 'text', () => l10n.t('HPC cluster')),
  field('Placement.DedicatedHostId', 'text', () => l10n.t('Dedicated host')),
  field('Placement.DedicatedHostClusterId', 'text', () => l10n.t('Dedicated host cluster')),
  field('Placement.Affinity', 'text', () => l10n.t('Dedicated host affinity')),
  field('Placement.Tenancy', 'text', () => l10n.t('Tenancy')),
  field('MetadataOptions.HttpTokens', 'text', () => l10n.t('Metadata access mode')),
  field('EnableJumboFrame', 'flag', () => l10n.t('Jumbo frames'), 'network'),
  field('RdmaIpAddresses', 'list', () => l10n.t('RDMA addresses'), 'network'),
  computed('RdmaNetworkInterfaceDetails', 'list', 'network', () => l10n.t('RDMA network interfaces'), rdmaInterfaces),
  field('Uuid', 'text', () => l10n.t('UUID'), 'identity'),
];

function networkInterfaces(record: EcsRecord): readonly string[] {
  return record.NetworkInterfaces.map((nic) =>
    present(nic.NetworkInterfaceId, nic.Type, nic.PrimaryIpAddress, nic.MacAddress, nic.SubnetId).join(' · '),
  );
}

function securityGroups(record: EcsRecord): readonly string[] {
  return distinct(record.NetworkInterfaces.flatMap((nic) => nic.SecurityGroupIds));
}

function ipv6Addresses(record: EcsRecord): readonly string[] {
  return distinct(record.NetworkInterfaces.flatMap((nic) => nic.Ipv6Addresses));
}

function localVolumes(record: EcsRecord): readonly string[] {
  return record.LocalVolumes.map(({ VolumeType, Count, Size }) =>
    present(
      VolumeType,
      Count === undefined ? undefined : `×${Count}`,
      Size === undefined ? undefined : `${Size} GiB`,
    ).join(' · '),
  );
}

function rdmaInterfaces(record: EcsRecord): readonly string[] {
  return record.RdmaNetworkInterfaceDetails.map((rdma) =>
    present(rdma.Ip, rdma.Mask, rdma.Gateway, rdma.SwitchName, rdma.SwitchPort).join(' · '),
  );
}

function distinct(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(present(...texts))];
}
