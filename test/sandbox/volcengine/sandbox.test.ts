import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deleteInstance,
  deleteInstances,
  describeInstances,
} from '../../../src/providers/volcengine/instance/operations';
import { describeRegions } from '../../../src/providers/volcengine/regions';
import type { Sandbox } from '../../../src/sandbox';
import { FakeClock } from '../../unit/support/fakeClock';
import { call, sandboxFor } from '../support';

function beijing(sandbox: Sandbox) {
  return sandbox.state().volcengine['cn-beijing']?.instance ?? [];
}

/** The id of the instance with this name. */
function idOf(sandbox: Sandbox, name: string): string {
  return beijing(sandbox).find(({ InstanceName }) => InstanceName === name)?.InstanceId ?? name;
}

type Detail = { readonly InstanceId: string; readonly Error?: { readonly Code: string } };

type DeleteCase = readonly [name: string, code: string | undefined];

const deleteCases: readonly DeleteCase[] = [
  ['离线计算-01', undefined],
  ['web-frontend', 'InvalidInstanceStatus'],
  ['resize-in-progress', 'InvalidInstanceStatus'],
  ['billing-core', 'InvalidOperation.DeletionProtection'],
  ['contract-archive', 'InvalidChargeType'],
  ['old-campaign', undefined],
  ['i-nobody', 'InvalidInstance.NotFound'],
];

for (const [name, code] of deleteCases) {
  test(`deleting ${name} in a batch: 200, and ${code ?? 'accepted'} for the instance`, async (t) => {
    const sandbox = await sandboxFor(t);
    const { status, value } = await call(sandbox, deleteInstances, { InstanceIds: [idOf(sandbox, name)] });
    assert.equal(status, 200);
    assert.equal((value['OperationDetails'] as Detail[])[0]?.Error?.Code, code);
    assert.equal(idOf(sandbox, name) === name, code === undefined || name === 'i-nobody');
  });

  test(`deleting ${name} alone: ${code ?? 'accepted'}`, async (t) => {
    const sandbox = await sandboxFor(t);
    const reply = await call(sandbox, deleteInstance, { InstanceId: idOf(sandbox, name) });
    assert.deepEqual([reply.status === 200, reply.code], [code === undefined, code]);
  });

  test(`rehearsing the deletion of ${name}: ${code ?? 'it would go'}`, async (t) => {
    const sandbox = await sandboxFor(t);
    const before = sandbox.state();
    const reply = await call(sandbox, deleteInstance, { InstanceId: idOf(sandbox, name), DryRun: true });
    assert.equal(reply.code, code ?? 'DryRunOperation');
    assert.deepEqual(sandbox.state(), before);
  });
}

test('some instances of a call may go while others stay', async (t) => {
  const sandbox = await sandboxFor(t);
  const InstanceIds = ['离线计算-01', 'web-frontend', 'nightly-report'].map((name) => idOf(sandbox, name));
  const { value } = await call(sandbox, deleteInstances, { InstanceIds });
  const codes = (value['OperationDetails'] as Detail[]).map((detail) => [detail.InstanceId, detail.Error?.Code]);
  const [first, running, last] = InstanceIds;
  assert.deepEqual(codes, [
    [first, undefined],
    [running, 'InvalidInstanceStatus'],
    [last, undefined],
  ]);
  const left = beijing(sandbox).map(({ InstanceId }) => InstanceId);
  assert.deepEqual(
    InstanceIds.filter((id) => left.includes(id)),
    [running],
  );
});

test('a client token repeats the answer, details included', async (t) => {
  const sandbox = await sandboxFor(t);
  const InstanceIds = [idOf(sandbox, '离线计算-01'), idOf(sandbox, 'web-frontend')];
  const params = { InstanceIds, ClientToken: 'token-1' };
  const first = await call(sandbox, deleteInstances, params);
  assert.deepEqual((await call(sandbox, deleteInstances, params)).value, first.value);
  const other = await call(sandbox, deleteInstances, { ...params, InstanceIds: [InstanceIds[1]] });
  assert.deepEqual([other.status, other.code], [400, 'IdempotentParameterMismatch']);
});

test('the region comes from the credential scope', async (t) => {
  const sandbox = await sandboxFor(t);
  const ask = (region: string) => call(sandbox, describeInstances, {}, { region });
  const [first, second, none, nowhere] = await Promise.all(
    ['cn-beijing', 'cn-shanghai', 'cn-hongkong', 'mars'].map(ask),
  );
  assert.notDeepEqual(first?.value['Instances'], second?.value['Instances']);
  assert.equal(none?.value['Instances'], null);
  assert.deepEqual([nowhere?.status, nowhere?.code], [404, 'InvalidActionOrVersion']);
});

test('a RegionId parameter is refused', async (t) => {
  const sandbox = await sandboxFor(t);
  assert.equal((await call(sandbox, describeInstances, { RegionId: 'cn-beijing' })).code, 'InvalidArgument');
});

test('tokens lead through all instances and all regions', async (t) => {
  const sandbox = await sandboxFor(t);
  const walk = async (operation: typeof describeInstances | typeof describeRegions, field: string) => {
    const seen: unknown[] = [];
    for (let NextToken: unknown; NextToken !== '';) {
      const { value } = await call(sandbox, operation, { MaxResults: 4, NextToken });
      seen.push(...(value[field] as unknown[]));
      ({ NextToken } = value);
    }
    return seen;
  };
  assert.deepEqual(await walk(describeInstances, 'Instances'), beijing(sandbox));
  const ids = Object.keys(sandbox.state().volcengine).map((RegionId) => ({ RegionId }));
  assert.deepEqual(await walk(describeRegions, 'Regions'), ids);
});

type FilterCase = readonly [params: Record<string, unknown>, names: readonly string[] | string];

const filterCases: readonly FilterCase[] = [
  [{ InstanceName: '计算' }, ['离线计算-01']],
  [{ Status: 'RESIZING' }, ['resize-in-progress']],
  [{ InstanceChargeType: 'PrePaid' }, ['contract-archive', 'old-campaign']],
  [{ TagFilters: [{ Key: 'no-such-tag' }] }, []],
  [{ EipAddresses: ['203.0.113.1'] }, []],
  [{ Ipv6Addresses: ['2001:db8::1'] }, []],
  [{ DedicatedHostId: 'dh-1' }, []],
  [{ InstanceIds: [] }, 'all'],
  [{ Status: 'SLEEPING' }, 'InvalidArgument'],
  [{ MaxResults: 101 }, 'InvalidArgument'],
  [{ NextToken: 'made-up' }, 'InvalidArgument'],
];

for (const [params, expected] of filterCases) {
  test(`instances by ${JSON.stringify(params)}`, async (t) => {
    const sandbox = await sandboxFor(t);
    const { value, code } = await call(sandbox, describeInstances, params);
    const names = ((value['Instances'] ?? []) as { InstanceName: string }[]).map(({ InstanceName }) => InstanceName);
    if (expected === 'all') assert.equal(names.length, 10);
    else assert.deepEqual(code ?? names, expected);
  });
}

test('101 ids are refused', async (t) => {
  const sandbox = await sandboxFor(t);
  const InstanceIds = Array.from({ length: 101 }, (_, index) => `i-${index}`);
  const { status, code } = await call(sandbox, deleteInstances, { InstanceIds });
  assert.deepEqual([status, code], [400, 'InvalidCount.Malformed']);
});

test('a client token that is not ASCII, or too long, is refused', async (t) => {
  const sandbox = await sandboxFor(t);
  for (const ClientToken of ['令牌', 'x'.repeat(65)]) {
    const { code } = await call(sandbox, deleteInstances, { InstanceIds: ['i-1'], ClientToken });
    assert.equal(code, 'InvalidClientToken.Malformed');
  }
});

test('a deleted instance is listed as deleting until its time has come', async (t) => {
  const clock = new FakeClock();
  const sandbox = await sandboxFor(t, { clock, transitionMs: 5_000 });
  const InstanceIds = [idOf(sandbox, '离线计算-01')];
  const now = () => ({ now: clock.now() });
  const listed = async () => (await call(sandbox, describeInstances, { InstanceIds }, now())).value['Instances'];
  await call(sandbox, deleteInstances, { InstanceIds }, now());
  assert.equal(((await listed()) as { Status: string }[])[0]?.Status, 'DELETING');
  clock.advance(5_000);
  assert.equal(await listed(), null);
});
