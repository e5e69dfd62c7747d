import type { Grower } from '../fleet';
import { base36, hex } from '../random';
import { ago, day, hour, minute, toSeconds } from '../times';
import type { Purpose } from './fleetTables';
import {
  awkwardHosts,
  linuxAgents,
  linuxVersions,
  purposes,
  resourceGroups,
  windowsAgents,
  windowsVersions,
} from './fleetTables';
import type { Activation, AlibabaTag, ManagedInstance } from './records';
import type { AlibabaRegion } from './region';

interface Batch {
  readonly purpose: Purpose;
  readonly count: number;
  /** How many hosts of the batch were deregistered again. */
  readonly left: number;
  readonly ageMs: number;
}

/** Registers `count` hosts, in batches that each used one activation, oldest first. */
export function addManagedInstances(region: AlibabaRegion, count: number, grower: Grower, batchSize = 6): void {
  for (let done = 0, turn = 0; done < count; turn++) {
    const batch: Batch = {
      purpose: purposes[turn % purposes.length] ?? purposes[0],
      count: Math.min(grower.random.int(Math.ceil(batchSize / 2), batchSize), count - done),
      left: grower.random.int(0, 2),
      ageMs: grower.random.int(2, 900) * day,
    };
    addBatch(region, batch, grower);
    done += batch.count;
  }
}

function addBatch(region: AlibabaRegion, batch: Batch, grower: Grower): void {
  const activation = makeActivation(grower, {
    InstanceName: batch.purpose.prefix,
    CreationTime: toSeconds(ago(grower.now, batch.ageMs)),
    InstanceCount: Math.max(10, Math.ceil((batch.count + batch.left) / 10) * 10),
    RegisteredCount: batch.count,
    DeregisteredCount: batch.left,
    Tags: toTags(batch.purpose.tags),
  });
  region.tables.activation.add(activation.ActivationId, activation);
  for (let number = 1; number <= batch.count; number++) {
    const instance = makeManagedInstance(grower, { activation, purpose: batch.purpose, number, ageMs: batch.ageMs });
    region.tables.managedInstance.add(instance.InstanceId, instance);
  }
}

interface HostPlan {
  readonly activation: Activation;
  readonly purpose: Purpose;
  readonly number: number;
  readonly ageMs: number;
}

function makeManagedInstance(grower: Grower, plan: HostPlan): ManagedInstance {
  const { random, now, code } = grower;
  const windows = plan.purpose.windows === true;
  const serial = String(plan.number).padStart(3, '0');
  const registeredMs = plan.ageMs - random.int(1, 180) * minute;
  const invocations = random.chance(0.2) ? 0 : random.int(1, 400);
  const instance: ManagedInstance = {
    InstanceId: `mi-${code}01${random.text(9, base36)}`,
    InstanceName: `${plan.activation.InstanceName}-${serial}`,
    Hostname: windows
      ? `${plan.purpose.host}-${random.text(7, hex).toUpperCase()}`
      : `${plan.purpose.host}-${serial}.${code}.example`,
    ActivationId: plan.activation.ActivationId,
    Connected: random.chance(0.75),
    OsType: windows ? 'Windows' : 'Linux',
    OsVersion: random.pick(windows ? windowsVersions : linuxVersions),
    AgentVersion: random.pick(windows ? windowsAgents : linuxAgents),
    MachineId: random.text(32, hex),
    InternetIp: `203.0.113.${random.int(1, 254)}`,
    IntranetIp: `10.${random.int(0, 250)}.${random.int(0, 250)}.${random.int(2, 250)}`,
    InvocationCount: invocations,
    RegistrationTime: toSeconds(ago(now, registeredMs)),
    ResourceGroupId: plan.activation.ResourceGroupId,
    Tags: plan.activation.Tags.map((tag) => ({ ...tag })),
  };
  if (invocations > 0)
    instance.LastInvokedTime = toSeconds(ago(now, random.int(1, Math.floor(registeredMs / minute)) * minute));
  else if (random.chance(0.5)) instance.LastInvokedTime = '';
  return instance;
}

/** Activations that hold no host, one of each state: free, disabled, expired and never used, used up and left. */
export function addSpareActivations(region: AlibabaRegion, grower: Grower): void {
  const fresh = toSeconds(ago(grower.now, 25 * minute));
  const plans: readonly Partial<Activation>[] = [
    {
      InstanceName: 'new-branch',
      Description: '新门店开业前准备',
      CreationTime: fresh,
      IpAddressRange: '198.51.100.0/24',
    },
    { InstanceName: 'contractor', Description: 'Disabled after the audit', CreationTime: fresh, Disabled: true },
    { InstanceName: 'lab', CreationTime: toSeconds(ago(grower.now, 40 * day)), TimeToLiveInHours: 24 },
    {
      InstanceName: 'pilot',
      CreationTime: toSeconds(ago(grower.now, 200 * day)),
      InstanceCount: 10,
      DeregisteredCount: 10,
    },
  ];
  for (const plan of plans) {
    const activation = makeActivation(grower, plan);
    region.tables.activation.add(activation.ActivationId, activation);
  }
}

function makeActivation({ random, now }: Grower, plan: Partial<Activation>): Activation {
  return {
    ActivationId: random.uuid(),
    InstanceName: '',
    Description: '',
    CreationTime: toSeconds(ago(now, hour)),
    TimeToLiveInHours: 4,
    InstanceCount: 10,
    RegisteredCount: 0,
    DeregisteredCount: 0,
    IpAddressRange: '0.0.0.0/0',
    Disabled: false,
    ResourceGroupId: random.pick(resourceGroups),
    Tags: [],
    ...plan,
  };
}

/** Gives some hosts names that only a careful display survives, and leaves one host with almost nothing known. */
export function addAwkwardHosts(region: AlibabaRegion): void {
  const [markup, markdown, long, bare] = region.tables.managedInstance.values();
  if (markup !== undefined) markup.Hostname = awkwardHosts.markupHostname;
  if (markdown !== undefined) markdown.InstanceName = awkwardHosts.markdownName;
  if (long !== undefined) long.InstanceName = awkwardHosts.longName;
  if (bare === undefined) return;
  Object.assign(bare, { InstanceName: '', InternetIp: '', AgentVersion: '', InvocationCount: 0, Connected: false });
  delete bare.LastInvokedTime;
}

function toTags(pairs: Purpose['tags']): AlibabaTag[] {
  return pairs.map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}
