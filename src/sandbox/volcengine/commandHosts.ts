import type { HostFacts } from '../commands/execution';
import type { CallContext } from '../handler';
import type { HostBehaviour } from '../hostBehaviour';
import { Refusal } from '../refusal';
import type { VolcengineInstance, VolcengineRegion } from './region';
import { regionOf } from './region';

export const agentVersion = '1.0.1-38';

/** Instances are made without an agent unless somebody asks for one: those of one service have none here. */
export function hasAgent({ InstanceName }: VolcengineInstance): boolean {
  return !InstanceName.startsWith('queue-');
}

export interface CommandHost {
  readonly facts: HostFacts;
  readonly behaviour: HostBehaviour;
}

/** The instances that a call names. One that does not exist, does not run or has another system refuses all of them. */
export function commandHosts(
  ids: readonly string[],
  type: string,
  context: CallContext<VolcengineRegion>,
): CommandHost[] {
  const region = regionOf(context);
  return [...new Set(ids)].map((id) => {
    const instance = region.tables.instance.get(id);
    if (instance === undefined) throw new Refusal('InvalidInstance.NotFound');
    const facts = factsOf(instance);
    const isWindows = type === 'Bat' || type === 'PowerShell';
    const isFit = type === 'Python' || (facts.system === 'windows') === isWindows;
    if (instance.Status !== 'RUNNING' || !hasAgent(instance) || !isFit) throw new Refusal('InvalidInstanceStatus');
    return { facts, behaviour: region.behaviours.get(id) ?? {} };
  });
}

function factsOf(instance: VolcengineInstance): HostFacts {
  // The fleet has made the record so.
  const [network] = instance['NetworkInterfaces'] as { PrimaryIpAddress: string }[];
  return {
    id: instance.InstanceId,
    name: instance.InstanceName,
    hostname: String(instance['HostName']),
    address: network?.PrimaryIpAddress ?? '',
    system: systemOf(instance),
    osVersion: String(instance['OsName']),
    agentVersion,
  };
}

export function systemOf(instance: VolcengineInstance): 'linux' | 'windows' {
  return String(instance['OsType']).toLowerCase() === 'windows' ? 'windows' : 'linux';
}
