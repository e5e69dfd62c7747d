import type { HostFacts } from '../commands/execution';
import type { HostBehaviour } from '../hostBehaviour';
import { Refusal } from '../refusal';
import type { AlibabaRegion } from './region';

export interface CommandHost {
  readonly facts: HostFacts;
  readonly behaviour: HostBehaviour;
}

/** The hosts that a call names. One that does not exist, does not run or has another system refuses all of them. */
export function commandHosts(ids: readonly string[], type: string, region: AlibabaRegion): CommandHost[] {
  const hosts = [...new Set(ids)].map((id) => hostOf(id, region));
  if (hosts.some((host) => host === undefined)) throw new Refusal('InvalidInstance.NotFound');
  const known = hosts.filter((host) => host !== undefined);
  const system = type === 'RunShellScript' ? 'linux' : 'windows';
  const isFit = known.every(({ facts, isRunning }) => isRunning && facts.system === system);
  if (!isFit) throw new Refusal('InvalidInstance.NotMatch');
  return known;
}

function hostOf(id: string, region: AlibabaRegion): (CommandHost & { readonly isRunning: boolean }) | undefined {
  const behaviour = region.behaviours.get(id) ?? {};
  return id.startsWith('mi-') ? managedHost(id, region, behaviour) : instanceHost(id, region, behaviour);
}

function managedHost(id: string, { tables }: AlibabaRegion, behaviour: HostBehaviour) {
  const one = tables.managedInstance.get(id);
  if (one === undefined) return undefined;
  const facts: HostFacts = {
    id,
    name: one.InstanceName,
    hostname: one.Hostname,
    address: one.IntranetIp,
    system: systemOf(one.OsType),
    osVersion: one.OsVersion,
    agentVersion: one.AgentVersion,
  };
  // A host that lost its connection is not refused: the command is lost on its way.
  return { facts, behaviour: { ...behaviour, ...(one.Connected ? {} : { unreachable: true }) }, isRunning: true };
}

function instanceHost(id: string, { tables }: AlibabaRegion, behaviour: HostBehaviour) {
  const one = tables.instance.get(id);
  if (one === undefined) return undefined;
  const { VpcAttributes } = one as { VpcAttributes?: { PrivateIpAddress: { IpAddress: string[] } } };
  const facts: HostFacts = {
    id,
    name: one.InstanceName,
    hostname: String(one['HostName']),
    address: VpcAttributes?.PrivateIpAddress.IpAddress[0] ?? '',
    system: systemOf(String(one['OSType'])),
    osVersion: String(one['OSNameEn']),
    agentVersion: agentVersion(String(one['OSType'])),
  };
  return { facts, behaviour, isRunning: one.Status === 'Running' };
}

export function agentVersion(osType: string): string {
  return systemOf(osType) === 'windows' ? '2.1.4.1015' : '2.2.4.1015';
}

function systemOf(osType: string): 'linux' | 'windows' {
  return osType.toLowerCase() === 'windows' ? 'windows' : 'linux';
}
