import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modifyInstanceAttribute } from '../../../src/providers/volcengine/instance/attributeOperations';
import { deleteInstances } from '../../../src/providers/volcengine/instance/operations';
import type { Sandbox } from '../../../src/sandbox';
import { call, sandboxFor } from '../support';

function named(sandbox: Sandbox, name: string) {
  return sandbox.state().volcengine['cn-beijing']?.instance.find(({ InstanceName }) => InstanceName === name);
}

test('a protected instance can be deleted after its protection is turned off', async (t) => {
  const sandbox = await sandboxFor(t);
  const InstanceId = named(sandbox, 'billing-core')?.InstanceId;
  const { status } = await call(sandbox, modifyInstanceAttribute, { InstanceId, DeletionProtection: false });
  assert.deepEqual([status, named(sandbox, 'billing-core')?.DeletionProtection], [200, false]);
  await call(sandbox, deleteInstances, { InstanceIds: [InstanceId] });
  assert.equal(named(sandbox, 'billing-core'), undefined);
});

test('a name is changed and nothing else', async (t) => {
  const sandbox = await sandboxFor(t);
  const { InstanceId, DeletionProtection, Status } = named(sandbox, 'billing-core') ?? assert.fail();
  assert.equal((await call(sandbox, modifyInstanceAttribute, { InstanceId, InstanceName: '账单' })).status, 200);
  const after = named(sandbox, '账单');
  assert.deepEqual(
    [after?.InstanceId, after?.DeletionProtection, after?.Status],
    [InstanceId, DeletionProtection, Status],
  );
});

test('refusals', async (t) => {
  const sandbox = await sandboxFor(t, { transitionMs: 60_000 });
  const InstanceId = named(sandbox, 'nightly-report')?.InstanceId;
  const bad = await call(sandbox, modifyInstanceAttribute, { InstanceId, InstanceName: '1 bad' });
  assert.deepEqual([bad.status, bad.code], [400, 'InvalidInstanceName.Malformed']);
  const nobody = await call(sandbox, modifyInstanceAttribute, { InstanceId: 'i-nobody', InstanceName: 'a' });
  assert.deepEqual([nobody.status, nobody.code], [404, 'InvalidInstance.NotFound']);
  await call(sandbox, deleteInstances, { InstanceIds: [InstanceId] });
  const going = await call(sandbox, modifyInstanceAttribute, { InstanceId, DeletionProtection: true });
  assert.deepEqual([going.status, going.code], [400, 'InvalidInstanceStatus']);
});
