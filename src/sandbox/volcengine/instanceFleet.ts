import type { Grower } from '../fleet';
import { base36, hex } from '../random';
import { ago, day, toBeijing } from '../times';
import type { VolcengineInstance, VolcengineRegion } from './region';

interface InstancePlan {
  readonly name: string;
  readonly fields?: Partial<VolcengineInstance>;
  readonly windows?: boolean;
  readonly eip?: boolean;
  /** Days until the subscription ends; negative when it has ended. */
  readonly subscriptionDays?: number;
}

/** One of everything that decides whether a deletion goes through, then ordinary servers for the rest. */
const telling: readonly InstancePlan[] = [
  { name: 'web-frontend', fields: { Status: 'RUNNING' }, eip: true },
  { name: '离线计算-01', fields: { Status: 'STOPPED' } },
  { name: 'nightly-report', fields: { Status: 'STOPPED', StoppedMode: 'StopCharging' } },
  { name: 'billing-core', fields: { Status: 'STOPPED', DeletionProtection: true } },
  { name: '会员中心', fields: { Status: 'RUNNING', DeletionProtection: true } },
  { name: 'contract-archive', fields: { Status: 'STOPPED' }, subscriptionDays: 90 },
  { name: 'old-campaign', fields: { Status: 'STOPPED' }, subscriptionDays: -3 },
  { name: 'win-desktop', fields: { Status: 'STOPPED' }, windows: true, eip: true },
  { name: 'resize-in-progress', fields: { Status: 'RESIZING' } },
];

/** Adds `count` instances; the telling ones come first. */
export function addInstances(region: VolcengineRegion, count: number, grower: Grower): void {
  for (let index = 0; index < count; index++) {
    const record = makeInstance(region.id, telling[index] ?? ordinary(index, grower), grower);
    region.tables.instance.add(record.InstanceId, record);
  }
}

function ordinary(index: number, { random }: Grower): InstancePlan {
  const name = `${random.pick(['app', 'queue', '推荐服务', 'worker'])}-${String(index).padStart(2, '0')}`;
  return { name, fields: { Status: random.chance(0.5) ? 'RUNNING' : 'STOPPED' }, windows: random.chance(0.2) };
}

function makeInstance(regionId: string, plan: InstancePlan, grower: Grower): VolcengineInstance {
  const { random, now, code } = grower;
  const created = ago(now, random.int(3, 500) * day);
  const host = `${code}-${random.text(8, base36)}`;
  return {
    InstanceId: `i-${code}${random.text(16, base36)}`,
    InstanceName: plan.name,
    Description: '',
    HostName: host,
    Hostname: host,
    Uuid: random.uuid().toLowerCase(),
    ZoneId: `${regionId}-${random.pick(['a', 'b'])}`,
    ProjectName: 'default',
    CreatedAt: toBeijing(created),
    UpdatedAt: toBeijing(created),
    ...software(plan.windows === true),
    ...charging(plan, now),
    ...network(plan, grower),
    DeletionProtection: false,
    Status: 'STOPPED',
    Tags: [{ Key: 'env', Value: random.pick(['production', 'staging', '测试']) }],
    ...plan.fields,
  };
}

function software(windows: boolean) {
  return {
    InstanceTypeId: 'ecs.g3i.large',
    Cpus: 2,
    MemorySize: 8192,
    ImageId: windows ? 'image-sandbox0windows' : 'image-sandbox00velinux',
    OsName: windows ? 'Windows Server 2022 Datacenter' : 'veLinux 2.0 CentOS Compatible 64 bit',
    OsType: windows ? 'Windows' : 'Linux',
    KeyPairId: '',
    KeyPairName: '',
    StoppedMode: '',
    CpuOptions: { CoreCount: 1, ThreadsPerCore: 2 },
  };
}

function charging({ subscriptionDays }: InstancePlan, now: Date) {
  return {
    InstanceChargeType: subscriptionDays === undefined ? 'PostPaid' : 'PrePaid',
    ExpiredAt: subscriptionDays === undefined ? '' : toBeijing(ago(now, -subscriptionDays * day)),
    SpotStrategy: 'NoSpot',
    SpotPriceLimit: 0,
  };
}

function network(plan: InstancePlan, { random, code }: Grower) {
  const vpc = `vpc-${code}sandbox000000000`;
  return {
    VpcId: vpc,
    // The cloud answers null, not an empty object, where there is no EIP and no local volume.
    EipAddress: plan.eip === true ? eipOf(random, code) : null,
    LocalVolumes: null,
    Volumes: [{ VolumeId: `vol-${random.text(16, base36)}` }],
    RdmaIpAddresses: [],
    NetworkInterfaces: [
      {
        NetworkInterfaceId: `eni-${code}${random.text(16, base36)}`,
        PrimaryIpAddress: `192.168.${random.int(0, 250)}.${random.int(2, 250)}`,
        MacAddress: `00:16:3e:${random.text(2, hex)}:${random.text(2, hex)}:${random.text(2, hex)}`,
        SubnetId: `subnet-${code}sandbox000000`,
        VpcId: vpc,
        Type: 'primary',
        SecurityGroupIds: [`sg-${code}sandbox0000000000`],
        Ipv6Addresses: [],
      },
    ],
  };
}

function eipOf(random: Grower['random'], code: string) {
  return { AllocationId: `eip-${code}${random.text(16, base36)}`, IpAddress: `192.0.2.${random.int(1, 254)}` };
}
