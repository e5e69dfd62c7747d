import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordsOf } from '../../src/sandbox/controls';
import { buildRegions } from '../../src/sandbox/state';

const now = new Date('2026-03-04T05:06:07Z');

function fleet(options: { readonly seed?: string; readonly size?: number; readonly large?: number } = {}) {
  const clock = { now: () => now };
  return recordsOf({ regions: buildRegions({ seed: 'test', size: 24, large: 0, clock, ...options }) });
}

const { alibabaCloud, volcengine } = fleet();
const regions = Object.values(alibabaCloud);
const hosts = regions.flatMap(({ managedInstance }) => managedInstance);
const activations = regions.flatMap(({ activation }) => activation);
const servers = regions.flatMap(({ instance }) => instance);
const volcengineServers = Object.values(volcengine).flatMap(({ instance }) => instance);

test('the same seed gives the same fleet, another seed another', () => {
  assert.deepEqual(fleet(), fleet());
  assert.notDeepEqual(fleet({ seed: 'other' }), fleet());
});

test('thousands in one region leave all others as they were', () => {
  const { 'cn-shanghai': large, ...others } = fleet({ large: 5_000 }).alibabaCloud;
  const { 'cn-shanghai': _small, ...usual } = alibabaCloud;
  assert.equal(large?.managedInstance.length, 5_000);
  assert.deepEqual(others, usual);
});

test('ids are unique', () => {
  const ids = [...hosts, ...servers, ...volcengineServers].map(({ InstanceId }) => InstanceId);
  assert.equal(
    new Set([...ids, ...activations.map(({ ActivationId }) => ActivationId)]).size,
    ids.length + activations.length,
  );
});

test('every host has an activation of its region, and the counts add up', () => {
  for (const { managedInstance, activation } of [...regions, ...Object.values(fleet({ large: 3_000 }).alibabaCloud)]) {
    for (const { ActivationId, RegisteredCount, DeregisteredCount, InstanceCount } of activation) {
      assert.equal(managedInstance.filter((host) => host.ActivationId === ActivationId).length, RegisteredCount);
      assert.ok(RegisteredCount + DeregisteredCount <= InstanceCount);
    }
    const known = new Set(activation.map(({ ActivationId }) => ActivationId));
    assert.ok(managedInstance.every(({ ActivationId }) => known.has(ActivationId)));
  }
});

test('hosts registered while their activation was good, and ran commands only after that', () => {
  const byId = new Map(activations.map((activation) => [activation.ActivationId, activation]));
  for (const { ActivationId, RegistrationTime, LastInvokedTime, InvocationCount } of hosts) {
    const { CreationTime = '', TimeToLiveInHours = 0 } = byId.get(ActivationId) ?? {};
    const age = Date.parse(RegistrationTime) - Date.parse(CreationTime);
    assert.ok(age > 0 && age <= TimeToLiveInHours * 3_600_000);
    const invoked = LastInvokedTime === undefined || LastInvokedTime === '' ? undefined : Date.parse(LastInvokedTime);
    assert.equal(invoked !== undefined, InvocationCount > 0);
    if (invoked !== undefined) assert.ok(invoked >= Date.parse(RegistrationTime) && invoked <= now.getTime());
  }
});

type HasCase = readonly [what: string, found: boolean];

const expired = (time: string): boolean => Date.parse(time) < now.getTime();
const goodFor = (one: (typeof activations)[number]): number =>
  Date.parse(one.CreationTime) + one.TimeToLiveInHours * 3_600_000;

const has: readonly HasCase[] = [
  ['a Linux host', hosts.some(({ OsType }) => OsType === 'Linux')],
  ['a Windows host', hosts.some(({ OsType }) => OsType === 'Windows')],
  ['a connected host', hosts.some(({ Connected }) => Connected)],
  ['a host that is away', hosts.some(({ Connected }) => !Connected)],
  ['a host without a last command', hosts.some(({ LastInvokedTime }) => LastInvokedTime === undefined)],
  ['a host with an empty last command', hosts.some(({ LastInvokedTime }) => LastInvokedTime === '')],
  ['a host with a Chinese name', hosts.some(({ InstanceName }) => /\p{Script=Han}/u.test(InstanceName))],
  ['a host without a name', hosts.some(({ InstanceName }) => InstanceName === '')],
  ['a host whose name is as long as allowed', hosts.some(({ InstanceName }) => InstanceName.length === 128)],
  ['a host name that is markup', hosts.some(({ Hostname }) => Hostname === '<img src=x onerror=alert(1)>')],
  ['a name that is Markdown', hosts.some(({ InstanceName }) => InstanceName === '[click](command:x) **b**')],
  ['a tagged host', hosts.some(({ Tags }) => Tags.length > 0)],
  ['an untagged host', hosts.some(({ Tags }) => Tags.length === 0)],
  ['a host in a resource group', hosts.some(({ ResourceGroupId }) => ResourceGroupId !== '')],
  ['a region with no host', alibabaCloud['cn-chengdu']?.managedInstance.length === 0],
  ['an activation in use', activations.some(({ RegisteredCount }) => RegisteredCount > 0)],
  [
    'a free activation',
    activations.some((one) => one.RegisteredCount === 0 && !one.Disabled && goodFor(one) > now.getTime()),
  ],
  ['a disabled activation', activations.some(({ Disabled }) => Disabled)],
  ['an expired activation', activations.some((one) => goodFor(one) < now.getTime())],
  ['an activation for some addresses', activations.some(({ IpAddressRange }) => IpAddressRange !== '0.0.0.0/0')],
  ['a running server', servers.some(({ Status }) => Status === 'Running')],
  ['a stopped server', servers.some(({ Status }) => Status === 'Stopped')],
  ['a protected server', servers.some(({ DeletionProtection }) => DeletionProtection)],
  ['a subscription', servers.some((one) => one.InstanceChargeType === 'PrePaid' && !expired(one.ExpiredTime))],
  ['an expired subscription', servers.some((one) => one.InstanceChargeType === 'PrePaid' && expired(one.ExpiredTime))],
  ['a locked server', servers.some(({ OperationLocks }) => OperationLocks.LockReason[0]?.LockReason === 'security')],
  [
    'a server with EIP',
    servers.some(({ EipAddress }) => /^198\.51\.100\./.test((EipAddress as { IpAddress: string }).IpAddress)),
  ],
  ['a running Volcengine server', volcengineServers.some(({ Status }) => Status === 'RUNNING')],
  ['a stopped Volcengine server', volcengineServers.some(({ Status }) => Status === 'STOPPED')],
  ['a protected Volcengine server', volcengineServers.some(({ DeletionProtection }) => DeletionProtection)],
  [
    'a Volcengine subscription',
    volcengineServers.some((one) => one.InstanceChargeType === 'PrePaid' && !expired(one.ExpiredAt)),
  ],
];

for (const [what, found] of has) test(`the fleet has ${what}`, () => assert.ok(found));

test('all public addresses are from the ranges reserved for examples', () => {
  const addresses = JSON.stringify([hosts, servers, volcengineServers]).match(/\b\d+\.\d+\.\d+\.\d+\b/g) ?? [];
  const allowed = /^(10|192\.168|172\.1[67]|203\.0\.113|198\.51\.100|192\.0\.2|0\.0\.0)\.|^2\.\d+\.\d+\.\d+$/;
  assert.deepEqual(
    addresses.filter((address) => !allowed.test(address)),
    [],
  );
});
