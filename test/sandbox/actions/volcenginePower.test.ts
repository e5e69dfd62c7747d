import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../unit/support/fakeClock';
import { volcenginePlace } from './volcenginePlace';

test('of three instances one is stopped, one is so already and one is never sent', async (t) => {
  const { named, perform } = await volcenginePlace(t);
  const names = ['web-frontend', 'nightly-report', 'resize-in-progress'];
  assert.deepEqual(await perform('stopInstances', names), {
    'web-frontend': 'done',
    'nightly-report': 'already',
    'resize-in-progress': 'notSent',
  });
  const { Status, StoppedMode } = named('web-frontend');
  assert.deepEqual([Status, StoppedMode], ['STOPPED', 'KeepCharging']);
});

test('a lost answer is settled by reading', async (t) => {
  const { sandbox, named, perform } = await volcenginePlace(t);
  sandbox.setFaults([{ kind: 'resetAfter', action: 'StartInstances', count: 1 }]);
  assert.deepEqual(await perform('startInstances', ['nightly-report']), { 'nightly-report': 'done' });
  assert.equal(named('nightly-report').Status, 'RUNNING');
  assert.equal(sandbox.requests().filter(({ action }) => action === 'StartInstances').length, 1);
});

test('a restart is done when it was seen under way and runs again', async (t) => {
  const clock = new FakeClock(Date.now());
  const { sandbox, perform } = await volcenginePlace(t, { clock, transitionMs: 1_000 });
  sandbox.onDidReceive(() => clock.advance(400));
  assert.deepEqual(await perform('restartInstances', ['web-frontend']), { 'web-frontend': 'done' });
});

test('a protected instance is freed, then deleted; another is renamed', async (t) => {
  const { sandbox, named, perform } = await volcenginePlace(t);
  const off = { DeletionProtection: 'off' };
  assert.deepEqual(await perform('deleteInstances', ['billing-core']), {});
  assert.deepEqual(await perform('changeReleaseProtection', ['billing-core', 'web-frontend'], off), {
    'billing-core': 'done',
    'web-frontend': 'already',
  });
  assert.deepEqual(await perform('deleteInstances', ['billing-core']), { 'billing-core': 'done' });
  sandbox.setFaults([{ kind: 'resetAfter', action: 'ModifyInstanceAttribute', count: 1 }]);
  assert.deepEqual(await perform('rename', ['web-frontend'], { InstanceName: '前端' }), { 'web-frontend': 'done' });
  assert.equal(named('前端').Status, 'RUNNING');
});
