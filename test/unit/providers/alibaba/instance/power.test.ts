import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Answers } from '../../../../../src/core/input';
import { needsOf } from '../../../support/actions';
import { action, now, vm, type Fields } from './support';

describe('what is found before power is changed', () => {
  const prePaid = { InstanceChargeType: 'PrePaid', ExpiredTime: '2026-12-01T00:00Z' };
  const locked = { OperationLocks: { LockReason: [{ LockReason: 'security' }] } };
  const economical = { StoppedMode: 'StopCharging' };
  const cases: readonly (readonly [string, Fields, string[], Answers?])[] = [
    ['startInstances', { Status: 'Stopped' }, []],
    ['startInstances', { Status: 'Stopped', ...economical }, ['warning economicalMode']],
    [
      'startInstances',
      { Status: 'Stopped', ...prePaid, ExpiredTime: '2026-11-01T00:00Z' },
      ['refused expiredSubscription'],
    ],
    ['startInstances', { Status: 'Stopped', ...locked }, ['refused securityLock']],
    ['startInstances', { Status: 'Pending' }, ['refused incorrectStatus']],
    ['startInstances', { Status: 'NewOne' }, ['warning statusUnknown']],
    ['stopInstances', {}, ['warning stillBilled']],
    ['stopInstances', {}, ['warning mayNotStart'], economical],
    ['stopInstances', { LocalStorageAmount: 1 }, ['warning economicalUnsupported'], economical],
    ['stopInstances', prePaid, []],
    ['stopInstances', { ...prePaid, Status: 'Starting' }, ['refused incorrectStatus']],
    ['restartInstances', {}, []],
    ['restartInstances', { Status: 'Stopped' }, ['refused notRunning']],
  ];
  for (const [id, fields, expected, answers = {}] of cases) {
    test(`${id} ${JSON.stringify({ ...fields, ...answers })}`, () => {
      const found = action(id).review.findings(vm(fields), now, answers);
      assert.deepEqual(
        found.map(({ level, code }) => `${level} ${code}`),
        expected,
      );
    });
  }

  test('a running instance can be stopped before it is released', () => {
    const found = action('deleteInstances').review.findings(vm(), now, {});
    assert.equal(found.find(({ code }) => code === 'running')?.remedy, 'stopInstances');
  });
});

test('what is sent: each by itself, and no default decides', () => {
  const sent = (id: string, answers: Answers) => action(id).params(['i-1'], answers);
  const batch = { InstanceId: ['i-1'], BatchOptimization: 'SuccessFirst' };
  assert.deepEqual(sent('startInstances', {}), batch);
  assert.deepEqual(sent('stopInstances', {}), { ...batch, StoppedMode: 'KeepCharging', ForceStop: false });
  assert.deepEqual(sent('stopInstances', { StoppedMode: 'StopCharging', ForceStop: true }), {
    ...batch,
    StoppedMode: 'StopCharging',
    ForceStop: true,
  });
  assert.deepEqual(sent('restartInstances', { ForceReboot: true }), { ...batch, ForceReboot: true });
});

test('menus offer only what the cloud does in this status', () => {
  const offered = (Status: string) =>
    ['startInstances', 'stopInstances', 'restartInstances'].filter((id) => action(id).offered?.(vm({ Status }), now));
  assert.deepEqual(offered('Running'), ['stopInstances', 'restartInstances']);
  assert.deepEqual(offered('Stopped'), ['startInstances']);
  assert.deepEqual(offered('Stopping'), []);
});

test('economical mode is asked about where it fits, force where something runs', () => {
  const items = [
    { id: 'paid', item: vm() },
    { id: 'subscribed', item: vm({ InstanceChargeType: 'PrePaid' }) },
    { id: 'stopped', item: vm({ Status: 'Stopped' }) },
  ];
  const asked = needsOf(action('stopInstances'), items, { now }).map(({ input, ids }) => [input.name, ...ids]);
  assert.deepEqual(asked, [
    ['StoppedMode', 'paid'],
    ['ForceStop', 'paid', 'subscribed'],
  ]);
});

test('a restart is proved by a later start or by having been seen, never by running alone', () => {
  const { goal } = action('restartInstances');
  assert.ok(goal.type === 'state');
  const before = vm({ StartTime: '2026-11-20T01:00Z' });
  const asked = { answers: {}, before, seenUnderWay: false };
  assert.equal(goal.reached(before, asked), false);
  assert.equal(goal.reached(vm({ StartTime: '2026-11-21T09:00Z' }), asked), true);
  assert.equal(goal.reached(vm({ StartTime: '' }), asked), false);
  assert.equal(goal.reached(before, { ...asked, seenUnderWay: true }), true);
  assert.equal(goal.reached(before, { ...asked, before: undefined }), false);
});

test('each instance has its own outcome; one without a code, or with two of them, is read again', () => {
  const value = {
    InstanceResponses: {
      InstanceResponse: [
        { InstanceId: 'i-1', Code: 200, Message: 'success' },
        { InstanceId: 'i-2', Code: 'IncorrectInstanceStatus', Message: 'no' },
        { InstanceId: 'i-3' },
        { InstanceId: 'i-4', Code: 200 },
        { InstanceId: 'i-4', Code: 'InternalError' },
        { InstanceId: 'i-5', Code: 'InternalError' },
        { InstanceId: 'i-5', Code: '200' },
        { InstanceId: 'i-6', Code: '200' },
        { InstanceId: 'i-6' },
        { InstanceId: 'i-7', Code: 200 },
        { InstanceId: 'i-7', Code: '200' },
      ],
    },
  };
  const parsed = action('stopInstances').operation.response.parse(value);
  assert.deepEqual(
    [...(action('stopInstances').outcomes?.(parsed) ?? [])],
    [
      ['i-1', undefined],
      ['i-2', { code: 'IncorrectInstanceStatus', message: 'no' }],
      ['i-7', undefined],
    ],
  );
});
