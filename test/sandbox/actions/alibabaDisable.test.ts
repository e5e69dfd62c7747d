import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sandboxPlace, type Place } from './sandboxPlace';

const activations: Place = { provider: 'alibabaCloud', region: 'cn-hangzhou', kind: 'activation' };

test('of three activations one is disabled, one is refused and one is so already', async (t) => {
  const { named, sandbox, perform } = await sandboxPlace(t, activations);
  sandbox.setFaults([{ kind: 'refuse', code: 'Operation.Forbidden', action: 'DisableActivation', count: 1 }]);
  const outcomes = await perform('disableActivation', ['edge-gateway', 'new-branch', 'contractor']);
  assert.deepEqual(Object.values(outcomes).sort(), ['already', 'done', 'refused']);
  assert.equal(outcomes['contractor'], 'already');
  for (const name of ['edge-gateway', 'new-branch'])
    assert.equal(named(name)['Disabled'], outcomes[name] === 'done', name);
});

test('a lost answer is settled by reading, and it is never sent twice', async (t) => {
  const { named, sandbox, perform } = await sandboxPlace(t, activations);
  sandbox.setFaults([{ kind: 'resetAfter', action: 'DisableActivation', count: 1 }]);
  assert.deepEqual(await perform('disableActivation', ['new-branch']), { 'new-branch': 'done' });
  assert.equal(named('new-branch')['Disabled'], true);
  assert.equal(sandbox.requests().filter(({ action }) => action === 'DisableActivation').length, 1);
});

test('one in use is not deleted, and can be disabled; its hosts stay', async (t) => {
  const { named, sandbox, perform } = await sandboxPlace(t, activations);
  const hosts = () => sandbox.state().alibabaCloud['cn-hangzhou']?.managedInstance;
  const before = hosts();
  assert.deepEqual(await perform('deleteActivation', ['edge-gateway']), {});
  assert.deepEqual(await perform('disableActivation', ['edge-gateway']), { 'edge-gateway': 'done' });
  assert.equal(named('edge-gateway')['Disabled'], true);
  assert.deepEqual(hosts(), before);
});
