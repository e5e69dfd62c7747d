import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modifyInstanceAttribute } from '../../../src/providers/alibaba/instance/attributeOperations';
import { deleteInstances } from '../../../src/providers/alibaba/instance/operations';
import { modifyManagedInstance } from '../../../src/providers/alibaba/managedInstance/operations';
import type { Sandbox } from '../../../src/sandbox';
import { call, sandboxFor, send, signedV1 } from '../support';

function named(sandbox: Sandbox, name: string) {
  return sandbox.state().alibabaCloud['cn-hangzhou']?.instance.find(({ InstanceName }) => InstanceName === name);
}

test('a protected instance can be released after its protection is turned off', async (t) => {
  const sandbox = await sandboxFor(t);
  const InstanceId = named(sandbox, 'finance-ledger')?.InstanceId;
  const release = () => call(sandbox, deleteInstances, { InstanceId: [InstanceId] });
  assert.equal((await release()).code, 'InvalidOperation.DeletionProtection');
  const { status } = await call(sandbox, modifyInstanceAttribute, { InstanceId, DeletionProtection: false });
  assert.deepEqual([status, named(sandbox, 'finance-ledger')?.DeletionProtection], [200, false]);
  assert.equal((await release()).status, 200);
  assert.equal(named(sandbox, 'finance-ledger'), undefined);
});

test('a name is changed and nothing else', async (t) => {
  const sandbox = await sandboxFor(t);
  const before = named(sandbox, 'finance-ledger') ?? assert.fail();
  const { InstanceId } = before;
  assert.equal((await call(sandbox, modifyInstanceAttribute, { InstanceId, InstanceName: '账单' })).status, 200);
  assert.deepEqual(named(sandbox, '账单'), { ...before, InstanceName: '账单' });
});

for (const [name, params, status, code] of [
  ['web-01', { InstanceName: '1 bad' }, 400, 'InvalidInstanceName.Malformed'],
  ['web-01', { InstanceName: 'http://a' }, 400, 'InvalidInstanceName.Malformed'],
  ['crm-subscription', { DeletionProtection: true }, 403, 'InvalidChargeType.ValueNotSupported'],
  ['suspicious-host', { InstanceName: 'ab' }, 403, 'InstanceLockedForSecurity'],
  ['nobody', { InstanceName: 'ab' }, 404, 'InvalidInstanceId.NotFound'],
] as const) {
  test(`${name} ${JSON.stringify(params)} is refused: ${code}`, async (t) => {
    const sandbox = await sandboxFor(t);
    const before = sandbox.state();
    const InstanceId = named(sandbox, name)?.InstanceId ?? 'i-nobody';
    const answer = await call(sandbox, modifyInstanceAttribute, { InstanceId, ...params });
    assert.deepEqual([answer.status, answer.code], [status, code]);
    assert.deepEqual(sandbox.state(), before);
  });
}

test('an instance of another region is not found where the region is named, and found where it is not', async (t) => {
  const sandbox = await sandboxFor(t);
  const InstanceId = sandbox.state().alibabaCloud['cn-beijing']?.instance[0]?.InstanceId;
  const rename = (region: string) =>
    call(sandbox, modifyInstanceAttribute, { InstanceId, InstanceName: 'ab' }, { region });
  assert.equal((await rename('cn-hangzhou')).code, 'InvalidInstanceId.NotFound');
  const open = signedV1(sandbox, 'ModifyInstanceAttribute', { InstanceId, InstanceName: 'ab' });
  assert.equal((await send(open)).status, 200);
  assert.equal(sandbox.state().alibabaCloud['cn-beijing']?.instance[0]?.InstanceName, 'ab');
});

test('a host is renamed, and nothing else of it changes', async (t) => {
  const sandbox = await sandboxFor(t);
  const host = () => sandbox.state().alibabaCloud['cn-hangzhou']?.managedInstance[5] ?? assert.fail();
  const before = host();
  const { InstanceId } = before;
  const rename = (InstanceName: string, id = InstanceId) =>
    call(sandbox, modifyManagedInstance, { InstanceId: id, InstanceName });
  const { status, value } = await rename('gateway');
  assert.deepEqual([status, value['Instance']], [200, { InstanceName: 'gateway', InstanceId }]);
  assert.deepEqual(host(), { ...before, InstanceName: 'gateway' });
  assert.deepEqual((await rename('a'.repeat(129))).code, 'InstanceName.ExceedLimit');
  for (const bad of ['1a', 'a', 'http://a']) assert.deepEqual((await rename(bad)).code, 'InstanceName.InvalidPattern');
  const nobody = await rename('ab', 'mi-nobody');
  assert.deepEqual([nobody.status, nobody.code], [404, 'InvalidInstance.NotFound']);
  assert.equal(host().InstanceName, 'gateway');
});
