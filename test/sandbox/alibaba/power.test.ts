import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  rebootInstances,
  startInstances,
  stopInstances,
} from '../../../src/providers/alibaba/instance/powerOperations';
import type { Sandbox } from '../../../src/sandbox';
import { FakeClock } from '../../unit/support/fakeClock';
import { call, sandboxFor } from '../support';

function named(sandbox: Sandbox, name: string) {
  const all = sandbox.state().alibabaCloud['cn-hangzhou']?.instance ?? [];
  return all.find(({ InstanceName }) => InstanceName === name) ?? assert.fail(name);
}

for (const [operation, name, status, code] of [
  [startInstances, 'batch-worker-01', 'Running', '200'],
  [startInstances, 'web-01', 'Running', 'IncorrectInstanceStatus'],
  [startInstances, 'suspicious-host', 'Stopped', 'InstanceLockedForSecurity'],
  [startInstances, '旧版邮件服务器', 'Stopped', 'InstanceExpired'],
  [stopInstances, 'web-01', 'Stopped', '200'],
  [rebootInstances, 'web-01', 'Running', '200'],
  [rebootInstances, 'batch-worker-01', 'Stopped', 'IncorrectInstanceStatus'],
] as const) {
  test(`${operation.action} of ${name}: ${code}`, async (t) => {
    const sandbox = await sandboxFor(t);
    const InstanceId = [named(sandbox, name).InstanceId];
    const { value } = await call(sandbox, operation, { InstanceId, BatchOptimization: 'SuccessFirst' });
    const { InstanceResponses } = value as { InstanceResponses: { InstanceResponse: { Code: string }[] } };
    assert.equal(InstanceResponses.InstanceResponse[0]?.Code, code);
    assert.equal(named(sandbox, name).Status, status);
  });
}

test('without SuccessFirst one that may not holds up all', async (t) => {
  const sandbox = await sandboxFor(t);
  const InstanceId = ['web-01', 'batch-worker-01'].map((name) => named(sandbox, name).InstanceId);
  const { status, code } = await call(sandbox, stopInstances, { InstanceId });
  assert.deepEqual([status, code], [403, 'IncorrectInstanceStatus']);
  assert.equal(named(sandbox, 'web-01').Status, 'Running');
});

test('a stop takes its time', async (t) => {
  const clock = new FakeClock();
  const sandbox = await sandboxFor(t, { clock, transitionMs: 5_000 });
  const InstanceId = [named(sandbox, 'web-01').InstanceId];
  await call(sandbox, stopInstances, { InstanceId, StoppedMode: 'StopCharging' }, { now: clock.now() });
  assert.equal(named(sandbox, 'web-01').Status, 'Stopping');
  clock.advance(5_000);
  const { Status, StoppedMode } = named(sandbox, 'web-01');
  assert.deepEqual([Status, StoppedMode], ['Stopped', 'StopCharging']);
});

test('a restart has started when it runs again, not when it was asked for', async (t) => {
  const clock = new FakeClock(Date.parse('2026-11-21T09:00:30Z'));
  const sandbox = await sandboxFor(t, { clock, transitionMs: 60_000 });
  const { InstanceId, StartTime } = named(sandbox, 'web-01');
  await call(sandbox, rebootInstances, { InstanceId: [InstanceId] }, { now: clock.now() });
  for (const status of ['Stopping', 'Starting']) {
    assert.deepEqual([named(sandbox, 'web-01').Status, named(sandbox, 'web-01')['StartTime']], [status, StartTime]);
    clock.advance(60_000);
  }
  const after = named(sandbox, 'web-01');
  assert.deepEqual([after.Status, after['StartTime']], ['Running', '2026-11-21T09:02Z']);
});
