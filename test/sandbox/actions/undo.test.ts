import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomesIn, volcenginePlace } from './volcenginePlace';

const rename = { InstanceName: 'frontend' } as const;

test('a name is given back at a click, without a question, and once', async (t) => {
  const { gate, person, named, run } = await volcenginePlace(t);
  const report = await run('rename', ['web-frontend'], rename, true);
  assert.ok(report !== undefined && gate.canUndo(report));
  const undone = await gate.undo(report);
  assert.deepEqual(outcomesIn(undone.report), { frontend: 'done' });
  assert.equal(named('web-frontend').Status, 'RUNNING');
  assert.equal(person.asked.length, 0);
  assert.equal(gate.canUndo(report), false);
  assert.deepEqual(await gate.undo(report), {});
});

test('what undid something can be undone itself', async (t) => {
  const { gate, named, run } = await volcenginePlace(t);
  const report = await run('rename', ['web-frontend'], rename, true);
  assert.ok(report !== undefined);
  const { report: back } = await gate.undo(report);
  assert.ok(back !== undefined && gate.canUndo(back));
  await gate.undo(back);
  assert.ok(named('frontend'));
});

test('a production account is asked, as for any other change', async (t) => {
  const { gate, person, run, named } = await volcenginePlace(t, {}, 'production');
  const report = await run('rename', ['web-frontend'], rename, true);
  assert.ok(report !== undefined);
  assert.equal(person.asked.length, 1);
  person.answer = 'cancel';
  assert.deepEqual(await gate.undo(report), {});
  assert.equal(person.asked.length, 2);
  assert.ok(named('frontend'));
});

test('what somebody else changed again since is not changed back without a question', async (t) => {
  const { gate, person, run, sandbox, named } = await volcenginePlace(t);
  const report = await run('rename', ['web-frontend'], rename, true);
  assert.ok(report !== undefined);
  const place = { provider: 'volcengine', region: 'cn-beijing', kind: 'instance' } as const;
  sandbox.change({ ...place, id: named('frontend').InstanceId, set: { InstanceName: 'edge' } });
  person.answer = 'cancel';
  await gate.undo(report);
  assert.equal(person.asked.length, 1);
  assert.ok(named('edge'));
});

test('protection that was turned on is turned off again after the question that this asks for', async (t) => {
  const { gate, person, run, named } = await volcenginePlace(t);
  const on = { DeletionProtection: 'on' };
  const report = await run('changeReleaseProtection', ['web-frontend', 'nightly-report', 'billing-core'], on, true);
  assert.deepEqual(outcomesIn(report), { 'web-frontend': 'done', 'nightly-report': 'done', 'billing-core': 'already' });
  assert.ok(report !== undefined);
  assert.equal(person.asked.length, 0);
  const undone = await gate.undo(report);
  assert.deepEqual(outcomesIn(undone.report), { 'web-frontend': 'done', 'nightly-report': 'done' });
  assert.equal(person.asked.length, 1);
  assert.equal(named('billing-core').DeletionProtection, true);
  assert.equal(named('web-frontend').DeletionProtection, false);
});

test('what was asked about before is not offered to be undone, nor what had no effect', async (t) => {
  const { gate, run } = await volcenginePlace(t);
  for (const [action, name, answers] of [
    ['stopInstances', 'web-frontend', {}],
    ['changeReleaseProtection', 'billing-core', { DeletionProtection: 'off' }],
    ['rename', 'nightly-report', { InstanceName: 'nightly-report' }],
  ] as const) {
    const report = await run(action, [name], answers, true);
    assert.equal(report !== undefined && gate.canUndo(report), false, action);
  }
});
