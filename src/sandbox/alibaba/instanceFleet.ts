import type { Grower } from '../fleet';
import { base36 } from '../random';
import { ago, day, toMinutes } from '../times';
import type { Dependency, EcsInstance } from './records';
import type { AlibabaRegion } from './region';

/** One ECS instance of the fleet: what sets it apart from a plain stopped pay-as-you-go Linux server. */
interface EcsPlan {
  readonly name: string;
  readonly fields?: Partial<EcsInstance>;
  readonly dependency?: Dependency;
  readonly windows?: boolean;
  readonly eip?: boolean;
  /** Days until the subscription ends; negative when it has ended. */
  readonly subscriptionDays?: number;
}

/** One of everything that decides whether a release goes through, then ordinary servers for the rest. */
const telling: readonly EcsPlan[] = [
  { name: 'web-01', fields: { Status: 'Running' }, eip: true },
  { name: 'batch-worker-01', fields: { Status: 'Stopped', StoppedMode: 'StopCharging' } },
  { name: '官网后台', fields: { Status: 'Running', DeletionProtection: true } },
  { name: 'finance-ledger', fields: { Status: 'Stopped', DeletionProtection: true } },
  { name: 'crm-subscription', fields: { Status: 'Running' }, subscriptionDays: 120 },
  { name: '旧版邮件服务器', fields: { Status: 'Stopped' }, subscriptionDays: -6, windows: true },
  {
    name: 'suspicious-host',
    fields: { Status: 'Stopped', OperationLocks: { LockReason: [{ LockReason: 'security' }] } },
  },
  { name: 'lb-backend-01', fields: { Status: 'Stopped' }, dependency: 'DependencyViolation.SLBConfiguring' },
  { name: 'nat-router', fields: { Status: 'Stopped' }, dependency: 'DependencyViolation.RouteEntry' },
  { name: 'multi-nic-probe', fields: { Status: 'Stopped' }, dependency: 'InvalidOperation.EniLinked' },
  { name: 'boot-in-progress', fields: { Status: 'Starting' } },
  { name: 'win-jumpbox', fields: { Status: 'Stopped' }, windows: true, eip: true },
];

/** Adds `count` instances; the telling ones come first. */
export function addInstances(region: AlibabaRegion, count: number, grower: Grower): void {
  for (let index = 0; index < count; index++) {
    const plan = telling[index] ?? ordinary(index, grower);
    const instance = makeInstance(region.id, plan, grower);
    region.tables.instance.add(instance.InstanceId, instance);
    if (plan.dependency !== undefined) region.dependencies.set(instance.InstanceId, plan.dependency);
  }
}

function ordinary(index: number, { random }: Grower): EcsPlan {
  const name = `${random.pick(['app', 'cache', '数据处理', 'worker'])}-${String(index).padStart(2, '0')}`;
  return { name, fields: { Status: random.chance(0.5) ? 'Running' : 'Stopped' }, windows: random.chance(0.2) };
}

function makeInstance(regionId: string, plan: EcsPlan, grower: Grower): EcsInstance {
  return {
    ...identity(regionId, plan, grower),
    ...hardware(plan.windows === true),
    ...charging(plan, grower),
    ...network(plan, grower),
    DeletionProtection: false,
    OperationLocks: { LockReason: [] },
    Status: 'Stopped',
    ...plan.fields,
  };
}

function identity(regionId: string, plan: EcsPlan, { random, now, code }: Grower) {
  const created = ago(now, random.int(3, 700) * day);
  return {
    InstanceId: `i-${code}1${random.text(17, base36)}`,
    InstanceName: plan.name,
    Description: '',
    HostName: `${code}-${random.text(8, base36)}`,
    RegionId: regionId,
    ZoneId: `${regionId}-${random.pick(['a', 'b', 'g'])}`,
    SerialNumber: random.uuid().toLowerCase(),
    CreationTime: toMinutes(created),
    StartTime: toMinutes(created),
    AutoReleaseTime: '',
    ResourceGroupId: '',
    KeyPairName: plan.windows === true ? '' : 'ops',
    Tags: { Tag: [{ TagKey: 'env', TagValue: random.pick(['production', 'staging', '测试']) }] },
  };
}

function hardware(windows: boolean) {
  return {
    InstanceType: 'ecs.g7.large',
    InstanceTypeFamily: 'ecs.g7',
    Cpu: 2,
    Memory: 8192,
    GPUAmount: 0,
    GPUSpec: '',
    OSType: windows ? 'windows' : 'linux',
    OSName: windows ? 'Windows Server 2022 数据中心版 64位中文版' : 'Alibaba Cloud Linux 3.2104 LTS 64位',
    OSNameEn: windows
      ? 'Windows Server 2022 Datacenter Edition 64-bit Chinese'
      : 'Alibaba Cloud Linux 3.2104 LTS 64 bit',
    ImageId: windows ? 'win2022_21H2_x64_dtc_zh-cn_40G_sandbox.vhd' : 'aliyun_3_x64_20G_sandbox.vhd',
    IoOptimized: true,
    DeviceAvailable: true,
    Recyclable: false,
    CpuOptions: { CoreCount: 1, ThreadsPerCore: 2, Numa: '' },
    MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'optional', HttpPutResponseHopLimit: 0 },
    StoppedMode: 'Not-applicable',
  };
}

function charging({ subscriptionDays }: EcsPlan, { now }: Grower) {
  const expires = subscriptionDays === undefined ? '2099-12-31T15:59Z' : toMinutes(ago(now, -subscriptionDays * day));
  return {
    InstanceChargeType: subscriptionDays === undefined ? 'PostPaid' : 'PrePaid',
    InternetChargeType: 'PayByTraffic',
    ExpiredTime: expires,
    SaleCycle: subscriptionDays === undefined ? '' : 'month',
    SpotStrategy: 'NoSpot',
    SpotPriceLimit: 0,
  };
}

function network({ eip, dependency }: EcsPlan, { random, code }: Grower) {
  const privateIp = `172.16.${random.int(0, 250)}.${random.int(2, 250)}`;
  return {
    InstanceNetworkType: 'vpc',
    InternetMaxBandwidthIn: 100,
    InternetMaxBandwidthOut: eip === true ? 5 : 0,
    PublicIpAddress: { IpAddress: [] },
    InnerIpAddress: { IpAddress: [] },
    SecurityGroupIds: { SecurityGroupId: [`sg-${code}1${random.text(17, base36)}`] },
    VpcAttributes: {
      VpcId: `vpc-${code}1sandbox0000000000`,
      VSwitchId: `vsw-${code}1sandbox0000000000`,
      NatIpAddress: '',
      PrivateIpAddress: { IpAddress: [privateIp] },
    },
    EipAddress: eipOf(eip === true, { random, code }),
    NetworkInterfaces: { NetworkInterface: interfaces(privateIp, dependency, { random, code }) },
  };
}

function interfaces(
  privateIp: string,
  dependency: Dependency | undefined,
  { random, code }: Pick<Grower, 'random' | 'code'>,
) {
  const types = dependency === 'InvalidOperation.EniLinked' ? ['Primary', 'Secondary'] : ['Primary'];
  return types.map((Type, index) => ({
    NetworkInterfaceId: `eni-${code}1${random.text(17, base36)}`,
    MacAddress: `00:16:3e:00:00:0${index + 1}`,
    PrimaryIpAddress: index === 0 ? privateIp : `172.17.0.${random.int(2, 250)}`,
    Type,
    PrivateIpSets: { PrivateIpSet: [{ PrivateIpAddress: privateIp, Primary: true }] },
  }));
}

function eipOf(present: boolean, { random, code }: Pick<Grower, 'random' | 'code'>) {
  if (!present) return { AllocationId: '', IpAddress: '', InternetChargeType: '' };
  return {
    AllocationId: `eip-${code}1${random.text(17, base36)}`,
    IpAddress: `198.51.100.${random.int(1, 254)}`,
    Bandwidth: 5,
    InternetChargeType: 'PayByTraffic',
    IsSupportUnassociate: true,
  };
}
