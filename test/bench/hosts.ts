/** Records a page holds. */
export const pageSize = 50;

export function idOf(index: number): string {
  return `mi-hz01bench${digits(index)}`;
}

/** The host of this number: the same record whoever asks. */
export function hostOf(index: number): Record<string, unknown> {
  const number = digits(index);
  return {
    ActivationId: `4ECEEE12-56F1-4FBC-9AB1-${number.padStart(12, '0')}`,
    AgentVersion: '2.2.3.998',
    Connected: index % 3 !== 0,
    Hostname: `host-${number}.example.internal`,
    InstanceId: idOf(index),
    InstanceName: `生产-web-${number}`,
    IntranetIp: `10.0.${(index >> 8) & 255}.${index & 255}`,
    InvocationCount: index % 100,
    LastInvokedTime: '2026-01-20T09:00:40Z',
    MachineId: `e03231b37ab14e53b5795ad6${number.padStart(8, '0')}`,
    OsType: index % 4 === 0 ? 'windows' : 'linux',
    OsVersion: 'Linux_#38~18.04.1-Ubuntu SMP Wed Jan 6 18:26:30 UTC 2021_x86_64',
    RegistrationTime: '2025-01-20T08:57:56Z',
    ResourceGroupId: 'rg-acfmbench',
    Tags: [{ TagKey: 'team', TagValue: 'ops' }],
  };
}

/** The number in an id. */
export function indexOf(id: string): number {
  return Number(id.slice(-6));
}

function digits(index: number): string {
  return String(index).padStart(6, '0');
}
