import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomesIn, sandboxPlace, type Place } from './sandboxPlace';

const instances: Place = { provider: 'alibabaCloud', region: 'cn-hangzhou', kind: 'instance' };
const off = { DeletionProtection: 'off' };
const on = { DeletionProtection: 'on' };

test('a protected instance is freed, then released', async (t) => {
  const { named, perform } = await sandboxPlace(t, instances);
  assert.deepEqual(await perform('deleteInstances', ['finance-ledger']), {});
  assert.deepEqual(await perform('changeReleaseProtection', ['finance-ledger', 'web-01'], off), {
    'finance-ledger': 'done',
    'web-01': 'already',
  });
  assert.equal(named('finance-ledger')['DeletionProtection'], false);
  assert.deepEqual(await perform('deleteInstances', ['finance-ledger']), { 'finance-ledger': 'done' });
});

test('of four instances two are protected, one is so already, and a subscription is never sent', async (t) => {
  const { sandbox, perform } = await sandboxPlace(t, instances);
  const names = ['web-01', 'batch-worker-01', 'finance-ledger', 'crm-subscription'];
  assert.deepEqual(await perform('changeReleaseProtection', names, on), {
    'web-01': 'done',
    'batch-worker-01': 'done',
    'finance-ledger': 'already',
    'crm-subscription': 'notSent',
  });
  assert.equal(sandbox.requests().filter(({ action }) => action === 'ModifyInstanceAttribute').length, 2);
});

test('one that the cloud refuses does not hold up the other', async (t) => {
  const { sandbox, named, perform } = await sandboxPlace(t, instances);
  sandbox.setFaults([{ kind: 'refuse', code: 'IncorrectInstanceStatus', action: 'ModifyInstanceAttribute', count: 1 }]);
  assert.deepEqual(await perform('changeReleaseProtection', ['web-01', 'batch-worker-01'], on), {
    'web-01': 'refused',
    'batch-worker-01': 'done',
  });
  assert.equal(named('web-01')['DeletionProtection'], false);
});

test('a lost answer is settled by reading, and never sent twice', async (t) => {
  const { sandbox, named, perform } = await sandboxPlace(t, instances);
  sandbox.setFaults([{ kind: 'resetAfter', action: 'ModifyInstanceAttribute', count: 1 }]);
  assert.deepEqual(await perform('rename', ['web-01'], { InstanceName: '前端' }), { 'web-01': 'done' });
  assert.equal(named('前端')['Status'], 'Running');
  assert.equal(sandbox.requests().filter(({ action }) => action === 'ModifyInstanceAttribute').length, 1);
});

test('a name that an instance has already is not sent again; the old one is given back at a click', async (t) => {
  const { gate, named, sandbox, run, perform } = await sandboxPlace(t, instances);
  assert.deepEqual(await perform('rename', ['web-01'], { InstanceName: 'web-01' }), {});
  assert.equal(sandbox.requests().filter(({ action }) => action === 'ModifyInstanceAttribute').length, 0);
  const report = await run('rename', ['web-01'], { InstanceName: '前端' }, true);
  assert.ok(report !== undefined && gate.canUndo(report));
  await gate.undo(report);
  assert.ok(named('web-01'));
});

const hosts: Place = { provider: 'alibabaCloud', region: 'cn-hangzhou', kind: 'managedInstance' };

test('a managed instance is renamed; a lost answer is settled by reading; the old name is given back', async (t) => {
  const { gate, named, sandbox, run } = await sandboxPlace(t, hosts);
  sandbox.setFaults([{ kind: 'resetAfter', action: 'ModifyManagedInstance', count: 1 }]);
  const report = await run('rename', ['edge-gateway-005'], { InstanceName: 'gateway' }, true);
  assert.deepEqual(outcomesIn(report), { 'edge-gateway-005': 'done' });
  assert.ok(named('gateway'));
  assert.ok(report !== undefined && gate.canUndo(report));
  assert.deepEqual(outcomesIn((await gate.undo(report)).report), { gateway: 'done' });
  assert.ok(named('edge-gateway-005'));
  assert.equal(sandbox.requests().filter(({ action }) => action === 'ModifyManagedInstance').length, 2);
});

test('a host that somebody renamed meanwhile is not renamed over it', async (t) => {
  const { named, sandbox, person, perform } = await sandboxPlace(t, hosts, { level: 'production' });
  const id = String(named('edge-gateway-005')['InstanceId']);
  person.onConfirm = () => sandbox.change({ ...hosts, id, set: { InstanceName: 'mine' } });
  assert.deepEqual(await perform('rename', ['edge-gateway-005'], { InstanceName: 'gateway' }), {
    'edge-gateway-005': 'changed',
  });
  assert.ok(named('mine'));
});
