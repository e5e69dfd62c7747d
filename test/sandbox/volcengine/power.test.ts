import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operation } from '../../../src/core/operation';
import { deleteInstances } from '../../../src/providers/volcengine/instance/operations';
import {
  rebootInstances,
  startInstances,
  stopInstances,
} from '../../../src/providers/volcengine/instance/powerOperations';
import type { Sandbox } from '../../../src/sandbox';
import { FakeClock } from '../../unit/support/fakeClock';
import { call, sandboxFor } from '../support';

function named(sandbox: Sandbox, name: string) {
  return sandbox.state().volcengine['cn-beijing']?.instance.find(({ InstanceName }) => InstanceName === name);
}

interface Detail {
  readonly InstanceId: string;
  readonly Error?: { readonly Code: string };
}

async function codeOf(
  sandbox: Sandbox,
  operation: Operation,
  name: string,
  more: Readonly<Record<string, unknown>> = {},
  now = new Date(),
): Promise<string | undefined> {
  const InstanceIds = [named(sandbox, name)?.InstanceId ?? name];
  const { status, value } = await call(sandbox, operation, { InstanceIds, ...more }, { now });
  assert.equal(status, 200);
  // The answer is of the shape that the operation declares.
  return (value['OperationDetails'] as Detail[])[0]?.Error?.Code;
}

type Case = readonly [operation: Operation, name: string, code: string | undefined, status?: string];

const cases: readonly Case[] = [
  [startInstances, 'nightly-report', undefined, 'RUNNING'],
  [startInstances, 'web-frontend', 'InvalidInstanceStatus', 'RUNNING'],
  [startInstances, 'old-campaign', 'InvalidInstanceStatus', 'STOPPED'],
  [startInstances, 'i-nobody', 'InvalidInstance.NotFound'],
  [stopInstances, 'web-frontend', undefined, 'STOPPED'],
  [stopInstances, 'nightly-report', 'InvalidInstanceStatus', 'STOPPED'],
  [stopInstances, 'resize-in-progress', 'InvalidInstanceStatus', 'RESIZING'],
  [rebootInstances, 'web-frontend', undefined, 'RUNNING'],
  [rebootInstances, 'nightly-report', 'InvalidInstanceStatus', 'STOPPED'],
];

for (const [operation, name, code, status] of cases) {
  test(`${operation.action} of ${name}: ${code ?? 'accepted'}`, async (t) => {
    const sandbox = await sandboxFor(t);
    assert.equal(await codeOf(sandbox, operation, name), code);
    assert.equal(named(sandbox, name)?.Status, status);
  });
}

test('the way of stopping is kept, and told until the instance runs again', async (t) => {
  const sandbox = await sandboxFor(t);
  await codeOf(sandbox, stopInstances, 'web-frontend', { StoppedMode: 'StopCharging' });
  assert.equal(named(sandbox, 'web-frontend')?.['StoppedMode'], 'StopCharging');
  await codeOf(sandbox, startInstances, 'web-frontend');
  assert.equal(named(sandbox, 'web-frontend')?.['StoppedMode'], '');
  const InstanceIds = [named(sandbox, 'web-frontend')?.InstanceId];
  const odd = await call(sandbox, stopInstances, { InstanceIds, StoppedMode: 'Odd' });
  assert.deepEqual([odd.status, odd.code], [400, 'InvalidStoppedMode.Malformed']);
});

for (const [operation, name, statuses] of [
  [startInstances, 'nightly-report', ['STARTING', 'RUNNING']],
  [stopInstances, 'web-frontend', ['STOPPING', 'STOPPED']],
  [rebootInstances, 'web-frontend', ['REBOOTING', 'RUNNING']],
] as const) {
  test(`${operation.action} takes its time, and nothing else is accepted meanwhile`, async (t) => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor(t, { clock, transitionMs: 5_000 });
    assert.equal(await codeOf(sandbox, operation, name, {}, clock.now()), undefined);
    assert.equal(named(sandbox, name)?.Status, statuses[0]);
    for (const other of [startInstances, stopInstances, rebootInstances, deleteInstances])
      assert.equal(await codeOf(sandbox, other, name, {}, clock.now()), 'InvalidInstanceStatus');
    clock.advance(5_000);
    assert.equal(named(sandbox, name)?.Status, statuses[1]);
  });
}
