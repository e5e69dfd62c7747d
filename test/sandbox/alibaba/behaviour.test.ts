import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deleteActivation, describeActivations } from '../../../src/providers/alibaba/activation/operations';
import { getCallerIdentity } from '../../../src/providers/alibaba/api/identity';
import { deleteInstances, describeInstances } from '../../../src/providers/alibaba/instance/operations';
import {
  deregisterManagedInstance,
  describeManagedInstances,
} from '../../../src/providers/alibaba/managedInstance/operations';
import { describeRegions } from '../../../src/providers/alibaba/regions';
import type { Sandbox } from '../../../src/sandbox';
import { FakeClock } from '../../unit/support/fakeClock';
import { call, sandboxFor } from '../support';

function hangzhou(sandbox: Sandbox) {
  const region = sandbox.state().alibabaCloud['cn-hangzhou'];
  assert.ok(region);
  return region;
}

function hostOf(sandbox: Sandbox, index = 0) {
  const host = hangzhou(sandbox).managedInstance[index];
  assert.ok(host);
  return host;
}

function activationOf(sandbox: Sandbox, id: string) {
  return hangzhou(sandbox).activation.find(({ ActivationId }) => ActivationId === id);
}

/** The id of the ECS instance with this name. */
function ecs(sandbox: Sandbox, name: string): string {
  return hangzhou(sandbox).instance.find(({ InstanceName }) => InstanceName === name)?.InstanceId ?? name;
}

test('deregistering answers the record, takes the host away and moves its activation’s counts', async (t) => {
  const sandbox = await sandboxFor(t);
  const host = hostOf(sandbox);
  const before = activationOf(sandbox, host.ActivationId);
  const { status, value } = await call(sandbox, deregisterManagedInstance, { InstanceId: host.InstanceId });
  assert.equal(status, 200);
  const { Connected: _connected, Tags: _tags, ...record } = host;
  assert.deepEqual(value['Instance'], record);
  assert.ok(!hangzhou(sandbox).managedInstance.some(({ InstanceId }) => InstanceId === host.InstanceId));
  assert.ok(before);
  assert.deepEqual(activationOf(sandbox, host.ActivationId), {
    ...before,
    RegisteredCount: before.RegisteredCount - 1,
    DeregisteredCount: before.DeregisteredCount + 1,
  });
});

test('deregistering the same host again says that there is none', async (t) => {
  const sandbox = await sandboxFor(t);
  const { InstanceId } = hostOf(sandbox);
  await call(sandbox, deregisterManagedInstance, { InstanceId });
  const { status, code } = await call(sandbox, deregisterManagedInstance, { InstanceId });
  assert.deepEqual([status, code], [404, 'InvalidInstance.NotFound']);
});

test('a host is found in its own region only', async (t) => {
  const sandbox = await sandboxFor(t);
  const { InstanceId } = hostOf(sandbox);
  const { code } = await call(sandbox, deregisterManagedInstance, { InstanceId }, { region: 'cn-beijing' });
  assert.equal(code, 'InvalidInstance.NotFound');
});

type RegionCase = readonly [region: string, status: number, code: string | undefined, hosts: boolean];

const regionCases: readonly RegionCase[] = [
  ['cn-hangzhou', 200, undefined, true],
  ['cn-chengdu', 200, undefined, false],
  ['eu-central-1', 400, 'RegionId.ApiNotSupported', false],
  ['cn-nowhere', 404, 'InvalidRegionId.NotFound', false],
];

for (const [region, status, code, hosts] of regionCases) {
  test(`managed instances of ${region}: ${code ?? (hosts ? 'some' : 'none')}`, async (t) => {
    const sandbox = await sandboxFor(t);
    const reply = await call(sandbox, describeManagedInstances, {}, { region });
    assert.deepEqual([reply.status, reply.code], [status, code]);
    if (status === 200) assert.equal(Number(reply.value['TotalCount']) > 0, hosts);
  });
}

test('an activation in use is not deleted; once its last host is gone it is', async (t) => {
  const sandbox = await sandboxFor(t);
  const { ActivationId } = hostOf(sandbox);
  const refused = await call(sandbox, deleteActivation, { ActivationId });
  assert.deepEqual([refused.status, refused.code], [403, 'ActivationId.InUse']);
  for (const host of hangzhou(sandbox).managedInstance.filter((one) => one.ActivationId === ActivationId)) {
    assert.equal((await call(sandbox, deleteActivation, { ActivationId })).code, 'ActivationId.InUse');
    await call(sandbox, deregisterManagedInstance, { InstanceId: host.InstanceId });
  }
  const { status, value } = await call(sandbox, deleteActivation, { ActivationId });
  assert.equal(status, 200);
  assert.equal((value['Activation'] as { RegisteredCount: number }).RegisteredCount, 0);
  assert.equal((await call(sandbox, deleteActivation, { ActivationId })).code, 'ActivationId.NotFound');
});

type ReleaseCase = readonly [name: string, options: Record<string, unknown>, status: number, code?: string];

const releaseCases: readonly ReleaseCase[] = [
  ['batch-worker-01', {}, 200],
  ['web-01', {}, 403, 'IncorrectInstanceStatus'],
  ['web-01', { Force: true }, 200],
  ['boot-in-progress', { Force: true }, 403, 'IncorrectInstanceStatus.Initializing'],
  ['官网后台', { Force: true }, 403, 'InvalidOperation.DeletionProtection'],
  ['finance-ledger', {}, 403, 'InvalidOperation.DeletionProtection'],
  ['crm-subscription', { Force: true, TerminateSubscription: true }, 403, 'ChargeTypeViolation'],
  ['旧版邮件服务器', {}, 403, 'ChargeTypeViolation'],
  ['旧版邮件服务器', { TerminateSubscription: true }, 200],
  ['suspicious-host', { Force: true }, 403, 'InstanceLockedForSecurity'],
  ['lb-backend-01', {}, 400, 'DependencyViolation.SLBConfiguring'],
  ['nat-router', {}, 400, 'DependencyViolation.RouteEntry'],
  ['multi-nic-probe', {}, 403, 'InvalidOperation.EniLinked'],
  ['i-nobody', {}, 404, 'InvalidInstanceIds.NotFound'],
  ['batch-worker-01', { DryRun: true }, 400, 'DRYRUN.SUCCESS'],
  ['finance-ledger', { DryRun: true }, 400, 'DRYRUN.SUCCESS'],
  ['i-nobody', { DryRun: true }, 404, 'InvalidInstanceIds.NotFound'],
  ['batch-worker-01', { ClientToken: '令牌' }, 500, 'InvalidParameter'],
];

for (const [name, options, status, code] of releaseCases) {
  const words = `${name} ${JSON.stringify(options)}`;
  test(`releasing ${words}: ${code ?? 'goes through'}`, async (t) => {
    const sandbox = await sandboxFor(t);
    const before = sandbox.state();
    const reply = await call(sandbox, deleteInstances, { InstanceId: [ecs(sandbox, name)], ...options });
    assert.deepEqual([reply.status, reply.code], [status, code]);
    if (code !== undefined) assert.deepEqual(sandbox.state(), before);
    else assert.equal(ecs(sandbox, name), name, 'It is gone.');
  });
}

test('one instance that may not go keeps all of its call', async (t) => {
  const sandbox = await sandboxFor(t);
  const InstanceId = ['batch-worker-01', 'win-jumpbox', 'finance-ledger'].map((name) => ecs(sandbox, name));
  const before = sandbox.state();
  assert.equal((await call(sandbox, deleteInstances, { InstanceId })).code, 'InvalidOperation.DeletionProtection');
  assert.deepEqual(sandbox.state(), before);
  assert.equal((await call(sandbox, deleteInstances, { InstanceId: InstanceId.slice(0, 2) })).status, 200);
});

test('101 instances are too many for one call', async (t) => {
  const sandbox = await sandboxFor(t);
  const InstanceId = Array.from({ length: 101 }, (_, index) => `i-${index}`);
  const { status, code } = await call(sandbox, deleteInstances, { InstanceId });
  assert.deepEqual([status, code], [403, 'InvalidParameter.TooManyInstanceIds']);
});

test('a released instance is listed as stopping until its time has come', async (t) => {
  const clock = new FakeClock();
  const sandbox = await sandboxFor(t, { clock, transitionMs: 5_000 });
  const id = ecs(sandbox, 'batch-worker-01');
  const statuses = async () => {
    const params = { InstanceIds: JSON.stringify([id]) };
    const { value } = await call(sandbox, describeInstances, params, { now: clock.now() });
    return (value['Instances'] as { Instance: { Status: string }[] }).Instance.map(({ Status }) => Status);
  };
  const release = () => call(sandbox, deleteInstances, { InstanceId: [id] }, { now: clock.now() });
  await release();
  assert.deepEqual(await statuses(), ['Stopping']);
  assert.equal((await release()).code, 'IncorrectInstanceStatus');
  clock.advance(5_000);
  assert.deepEqual(await statuses(), []);
});

test('a client token makes a repeat harmless: the first answer comes again', async (t) => {
  const sandbox = await sandboxFor(t);
  const params = { InstanceId: hostOf(sandbox).InstanceId, ClientToken: 'token-1' };
  const first = await call(sandbox, deregisterManagedInstance, params);
  const second = await call(sandbox, deregisterManagedInstance, params);
  assert.equal(second.status, 200);
  assert.deepEqual(second.value['Instance'], first.value['Instance']);
  assert.notEqual(second.value['RequestId'], first.value['RequestId']);
});

test('a client token does not stand for two different requests', async (t) => {
  const sandbox = await sandboxFor(t);
  const [first, second] = [hostOf(sandbox, 0), hostOf(sandbox, 1)].map(({ InstanceId }) => ({ InstanceId }));
  await call(sandbox, deregisterManagedInstance, { ...first, ClientToken: 'token-1' });
  const { code } = await call(sandbox, deregisterManagedInstance, { ...second, ClientToken: 'token-1' });
  assert.equal(code, 'IdempotentParameterMismatch');
  assert.equal((await call(sandbox, deregisterManagedInstance, { ...second, ClientToken: 'token-2' })).status, 200);
});

test('a refused or rehearsed call leaves its client token unused', async (t) => {
  const sandbox = await sandboxFor(t);
  const InstanceId = [ecs(sandbox, 'web-01')];
  const params = { InstanceId, ClientToken: 'token-1' };
  assert.equal((await call(sandbox, deleteInstances, params)).code, 'IncorrectInstanceStatus');
  assert.equal((await call(sandbox, deleteInstances, { ...params, DryRun: true })).code, 'DRYRUN.SUCCESS');
  assert.equal((await call(sandbox, deleteInstances, { ...params, Force: true })).status, 200);
});

type FilterCase = readonly [name: string, params: Record<string, unknown>, keep: (host: Host) => boolean];
type Host = ReturnType<typeof hostOf>;

const tagOf = (host: Host, key: string): string | undefined => host.Tags.find(({ TagKey }) => TagKey === key)?.TagValue;

const filterCases: readonly FilterCase[] = [
  ['operating system in any case', { OsType: 'windows' }, (host) => host.OsType === 'Windows'],
  ['connected', { Connected: 'true' }, (host) => host.Connected],
  ['not connected', { Connected: 'false' }, (host) => !host.Connected],
  ['tag with value', { Tag: [{ Key: 'env', Value: 'production' }] }, (host) => tagOf(host, 'env') === 'production'],
  ['tag with any value', { Tag: [{ Key: '部门' }] }, (host) => tagOf(host, '部门') !== undefined],
  [
    'resource group',
    { ResourceGroupId: 'rg-acfm2sbxprod001' },
    (host) => host.ResourceGroupId === 'rg-acfm2sbxprod001',
  ],
  ['Chinese name', { InstanceName: '门店收银-001' }, (host) => host.InstanceName === '门店收银-001'],
];

for (const [name, params, keep] of filterCases) {
  test(`managed instances by ${name}`, async (t) => {
    const sandbox = await sandboxFor(t, { size: 40 });
    const expected = hangzhou(sandbox).managedInstance.filter(keep);
    assert.ok(expected.length > 0 && expected.length < 40, String(expected.length));
    const { value } = await call(sandbox, describeManagedInstances, { ...params, PageSize: 50 });
    assert.deepEqual(value['Instances'], expected);
    assert.equal(value['TotalCount'], expected.length);
  });
}

test('managed instances by activation, address, machine and ids', async (t) => {
  const sandbox = await sandboxFor(t);
  const host = hostOf(sandbox, 3);
  const { ActivationId, IntranetIp, MachineId, InstanceId } = host;
  const ask = async (params: Record<string, unknown>) => {
    const { value } = await call(sandbox, describeManagedInstances, { ...params, PageSize: 50 });
    return (value['Instances'] as Host[]).map((one) => one.InstanceId);
  };
  assert.ok((await ask({ ActivationId })).includes(InstanceId));
  assert.deepEqual(await ask({ InstanceIp: IntranetIp }), [InstanceId]);
  assert.deepEqual(await ask({ MachineId }), [InstanceId]);
  assert.deepEqual(await ask({ InstanceId: ['mi-nobody', InstanceId, InstanceId] }), [InstanceId]);
});

test('activations by id and by the beginning of their name', async (t) => {
  const sandbox = await sandboxFor(t);
  const ask = async (params: Record<string, unknown>) => {
    const { value } = await call(sandbox, describeActivations, params);
    return (value['ActivationList'] as { InstanceName: string }[]).map(({ InstanceName }) => InstanceName);
  };
  const pilot = hangzhou(sandbox).activation.find(({ InstanceName }) => InstanceName === 'pilot');
  assert.deepEqual(await ask({ ActivationId: pilot?.ActivationId }), ['pilot']);
  assert.deepEqual(await ask({ InstanceName: 'contr' }), ['contractor']);
});

type EcsCase = readonly [params: Record<string, unknown>, names: readonly string[] | string];

const ecsCases: readonly EcsCase[] = [
  [{ InstanceName: 'web*' }, ['web-01']],
  [{ InstanceName: 'web' }, []],
  [{ InstanceIds: '[]' }, []],
  [{ InstanceChargeType: 'PrePaid' }, ['crm-subscription', '旧版邮件服务器']],
  [{ LockReason: 'security' }, ['suspicious-host']],
  [{ Status: 'Starting' }, ['boot-in-progress']],
  [{ VpcId: 'vpc-elsewhere' }, []],
  [{ Ipv6Address: ['2001:db8::1'] }, []],
  [{ Filter: [{ Key: 'ExpiredEndTime', Value: '2090-01-01T00:00Z' }] }, ['crm-subscription', '旧版邮件服务器']],
  [{ Status: 'Sleeping' }, 'InvalidStatus.NotFound'],
  [{ LockReason: 'mood' }, 'InvalidLockReason.NotFound'],
  [{ InstanceNetworkType: 'token-ring' }, 'InvalidNetworkType.NotFound'],
  [{ InstanceChargeType: 'Free' }, 'InvalidInstanceChargeType.NotFound'],
  [{ Filter: [{ Key: 'Colour', Value: 'red' }] }, 'InvalidFilterKey.NotFound'],
  [{ InstanceIds: 'i-1,i-2' }, 'InvalidParameter'],
  [{ DryRun: true }, 'DryRunOperation'],
];

for (const [params, expected] of ecsCases) {
  test(`ECS instances by ${JSON.stringify(params)}`, async (t) => {
    const sandbox = await sandboxFor(t);
    const { value, code } = await call(sandbox, describeInstances, params);
    const list = value['Instances'] as { Instance: { InstanceName: string }[] } | undefined;
    assert.deepEqual(code ?? list?.Instance.map(({ InstanceName }) => InstanceName), expected);
  });
}

test('page numbers lead through everything, with the total on each page', async (t) => {
  const sandbox = await sandboxFor(t, { size: 25 });
  const seen: unknown[] = [];
  for (const PageNumber of [1, 2, 3, 4]) {
    const { value } = await call(sandbox, describeManagedInstances, { PageNumber, PageSize: 10 });
    assert.equal(value['TotalCount'], 25);
    seen.push(...(value['Instances'] as unknown[]));
  }
  assert.deepEqual(seen, hangzhou(sandbox).managedInstance);
});

test('tokens lead through everything, even while hosts go away', async (t) => {
  const sandbox = await sandboxFor(t, { size: 25 });
  const all = hangzhou(sandbox).managedInstance.map(({ InstanceId }) => InstanceId);
  const seen: string[] = [];
  let NextToken: string | undefined;
  do {
    const { value } = await call(sandbox, describeManagedInstances, { MaxResults: 10, NextToken });
    seen.push(...(value['Instances'] as Host[]).map(({ InstanceId }) => InstanceId));
    // The first host of the page just read goes: an offset would now skip one.
    const gone = {
      provider: 'alibabaCloud',
      region: 'cn-hangzhou',
      kind: 'managedInstance',
      id: seen.at(-10) ?? '',
    } as const;
    sandbox.change(gone);
    NextToken = String(value['NextToken']);
    assert.equal(value['TotalCount'], 0);
  } while (NextToken !== '');
  assert.deepEqual(seen, all);
});

test('the last page has no token, also when it is full', async (t) => {
  const sandbox = await sandboxFor(t, { size: 10 });
  const first = await call(sandbox, describeManagedInstances, { MaxResults: 5 });
  const NextToken = String(first.value['NextToken']);
  assert.notEqual(NextToken, '');
  const last = await call(sandbox, describeManagedInstances, { MaxResults: 5, NextToken });
  assert.deepEqual([(last.value['Instances'] as Host[]).length, last.value['NextToken']], [5, '']);
});

test('a page token is good only for the filters it came with', async (t) => {
  const sandbox = await sandboxFor(t);
  const { value } = await call(sandbox, describeManagedInstances, { MaxResults: 5 });
  const { NextToken } = value;
  const { code } = await call(sandbox, describeManagedInstances, { MaxResults: 5, NextToken, OsType: 'linux' });
  assert.equal(code, 'InvalidParameter.NextToken');
});

type LanguageCase = readonly [language: string | undefined, name: string];

for (const [language, name] of [
  [undefined, '华东1（杭州）'],
  ['zh-CN', '华东1（杭州）'],
  ['en-US', 'China (Hangzhou)'],
] as LanguageCase[]) {
  test(`regions are named in the language asked for: ${language ?? 'none'}`, async (t) => {
    const sandbox = await sandboxFor(t);
    const { value } = await call(sandbox, describeRegions, { AcceptLanguage: language });
    const { Region } = value['Regions'] as { Region: Record<string, string>[] };
    assert.equal(Region[0]?.['LocalName'], name);
    assert.ok(Region.every(({ RegionEndpoint }) => RegionEndpoint === new URL(sandbox.alibabaCloud.endpoint).host));
  });
}

test('a language that is none is refused', async (t) => {
  const sandbox = await sandboxFor(t);
  const { status, code } = await call(sandbox, describeRegions, { AcceptLanguage: 'tlh' });
  assert.deepEqual([status, code], [404, 'InvalidAcceptLanguage.NotFound']);
});

test('keys and temporary keys are told who they are', async (t) => {
  const sandbox = await sandboxFor(t);
  const credentials = sandbox.issueToken('alibabaCloud', 60_000);
  const lasting = await call(sandbox, getCallerIdentity);
  const temporary = await call(sandbox, getCallerIdentity, {}, { credentials });
  assert.match(String(lasting.value['Arn']), /^acs:ram::\d{16}:user\/sandbox$/);
  assert.match(String(temporary.value['Arn']), /^acs:sts::\d{16}:assumed-role\//);
  assert.equal(lasting.value['AccountId'], temporary.value['AccountId']);
});
