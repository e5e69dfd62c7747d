import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../unit/support/fakeClock';
import { sandboxPlace, type Place } from './sandboxPlace';

const instances: Place = { provider: 'alibabaCloud', region: 'cn-hangzhou', kind: 'instance' };

test('of three instances one is stopped, one is so already and one is never sent', async (t) => {
  const { named, sandbox, perform } = await sandboxPlace(t, instances);
  assert.deepEqual(await perform('stopInstances', ['web-01', 'batch-worker-01', 'boot-in-progress']), {
    'web-01': 'done',
    'batch-worker-01': 'already',
    'boot-in-progress': 'notSent',
  });
  assert.deepEqual([named('web-01')['Status'], named('web-01')['StoppedMode']], ['Stopped', 'KeepCharging']);
  assert.equal(sandbox.requests().filter(({ action }) => action === 'StopInstances').length, 1);
});

test('of two instances that are asked for together one is refused by the cloud, and the other is stopped', async (t) => {
  const { named, sandbox, person, perform } = await sandboxPlace(t, instances);
  const id = String(named('官网后台')['InstanceId']);
  let isLate = false;
  // The state changes after the last look, so that only the cloud can tell.
  sandbox.onDidReceive(({ action }) => {
    if (action !== 'StopInstances' || isLate) return;
    isLate = true;
    sandbox.change({ ...instances, id, set: { Status: 'Stopping' } });
  });
  assert.deepEqual(await perform('stopInstances', ['web-01', '官网后台']), { 'web-01': 'done', 官网后台: 'refused' });
  assert.equal(person.asked.length, 1);
});

test('a lost answer is settled by reading, and a start is never sent twice', async (t) => {
  const { named, sandbox, perform } = await sandboxPlace(t, instances);
  sandbox.setFaults([{ kind: 'resetAfter', action: 'StartInstances', count: 1 }]);
  assert.deepEqual(await perform('startInstances', ['batch-worker-01']), { 'batch-worker-01': 'done' });
  assert.equal(named('batch-worker-01')['Status'], 'Running');
  assert.equal(sandbox.requests().filter(({ action }) => action === 'StartInstances').length, 1);
});

test('a restart is done when it runs again', async (t) => {
  const clock = new FakeClock(Date.now());
  const { sandbox, perform } = await sandboxPlace(t, instances, { clock, transitionMs: 1_000 });
  sandbox.onDidReceive(() => clock.advance(400));
  assert.deepEqual(await perform('restartInstances', ['web-01']), { 'web-01': 'done' });
});
