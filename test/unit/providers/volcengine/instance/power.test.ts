import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import { dangerOf } from '../../../../../src/core/action';
import type { Answers } from '../../../../../src/core/input';
import { volcengineWire } from '../../../../../src/providers/volcengine/api/wire';
import { needsOf } from '../../../support/actions';
import { action, found, instance, now, reached } from './support';

const chinese = readFileSync(new URL('../../../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8');
const ids = ['startInstances', 'stopInstances', 'restartInstances'];

describe('what is found before power is changed', () => {
  type Case = readonly [id: string, fields: Readonly<Record<string, unknown>>, findings: string[], answers?: Answers];
  const prePaid = { InstanceChargeType: 'PrePaid' };
  const past = '2026-11-01T00:00:00+08:00';
  const future = '2026-12-01T00:00:00+08:00';
  const economical = { StoppedMode: 'StopCharging' };
  const cases: readonly Case[] = [
    ['startInstances', { Status: 'STOPPED' }, []],
    ['startInstances', { Status: 'STOPPED', ...economical }, ['warning economicalMode']],
    ['startInstances', { Status: 'STOPPED', ...prePaid, ExpiredAt: past }, ['refused expiredSubscription']],
    ['startInstances', { Status: 'STOPPED', ...prePaid, ExpiredAt: future }, []],
    ['startInstances', { Status: 'STOPPING' }, ['refused changing']],
    ['startInstances', { Status: 'ERROR' }, ['refused faulty']],
    ['startInstances', { Status: 'NEW_ONE' }, ['warning statusUnknown']],
    ['startInstances', { Status: null }, ['warning statusUnknown']],
    ['stopInstances', {}, ['warning stillBilled']],
    ['stopInstances', {}, ['warning mayNotStart'], economical],
    ['stopInstances', prePaid, []],
    ['stopInstances', prePaid, ['warning economicalUnsupported'], economical],
    ['stopInstances', { LocalVolumes: [{ Count: 1 }] }, ['warning economicalUnsupported'], economical],
    ['stopInstances', { VpcId: '' }, ['warning economicalUnsupported'], economical],
    ['stopInstances', { ...prePaid, Status: 'STARTING' }, ['refused changing']],
    ['stopInstances', { ...prePaid, Status: 'ERROR' }, ['refused faulty']],
    ['stopInstances', { InstanceChargeType: null }, ['warning unknownFields']],
    ['restartInstances', {}, []],
    ['restartInstances', { InstanceTypeId: 'ecs.ebmg1.24xlarge' }, ['warning bareMetal']],
    ['restartInstances', { Status: 'STOPPED' }, ['refused notRunning']],
    ['restartInstances', { Status: 'REBOOTING' }, ['refused changing']],
  ];
  for (const [id, fields, expected, answers] of cases) {
    test(`${id} ${JSON.stringify({ ...fields, ...answers })}`, () => {
      assert.deepEqual(found(id, fields, answers), expected);
    });
  }

  test('what is stopped can be started instead of restarted', () => {
    const [finding] = action('restartInstances').review.findings(instance({ Status: 'STOPPED' }), now, {});
    assert.equal(finding?.remedy, 'startInstances');
  });

  test('what is running can be stopped before it is deleted', () => {
    const findings = action('deleteInstances').review.findings(instance(), now, {});
    assert.equal(findings.find(({ code }) => code === 'running')?.remedy, 'stopInstances');
  });
});

describe('menus offer only what the cloud does in this status', () => {
  for (const [status, expected] of [
    ['RUNNING', ['stopInstances', 'restartInstances']],
    ['STOPPED', ['startInstances']],
    ['STOPPING', []],
    ['ERROR', []],
    ['', []],
  ] as const) {
    test(status, () => {
      const offered = ids.filter((id) => action(id).offered?.(instance({ Status: status }), now));
      assert.deepEqual(offered, expected);
    });
  }
});

describe('what is sent', () => {
  type Case = readonly [id: string, answers: Answers, params: Readonly<Record<string, unknown>>];
  const cases: readonly Case[] = [
    ['startInstances', {}, {}],
    ['stopInstances', {}, { StoppedMode: 'KeepCharging', ForceStop: false }],
    ['stopInstances', { StoppedMode: 'StopCharging' }, { StoppedMode: 'StopCharging', ForceStop: false }],
    ['stopInstances', { ForceStop: true }, { StoppedMode: 'KeepCharging', ForceStop: true }],
    ['restartInstances', {}, { ForceStop: false }],
    ['restartInstances', { ForceStop: true }, { ForceStop: true }],
  ];
  for (const [id, answers, expected] of cases) {
    test(`${id} ${JSON.stringify(answers)}`, () => {
      const { params, operation } = action(id);
      const sent = params(['i-1', 'i-2'], answers);
      assert.deepEqual(sent, { InstanceIds: ['i-1', 'i-2'], ...expected });
      assert.ok(operation.params.safeParse({ ...sent, ClientToken: 't' }).success);
      assert.ok(!operation.params.safeParse({ ...sent, Other: 1 }).success);
    });
  }
});

test('what is asked: the bill where economical mode fits, then force for what runs, the safest first', () => {
  const items = [
    { id: 'paid', item: instance() },
    { id: 'subscribed', item: instance({ InstanceChargeType: 'PrePaid' }) },
    { id: 'stopped', item: instance({ Status: 'STOPPED' }) },
  ];
  const asked = (id: string, some = items) =>
    needsOf(action(id), some, { now }).map(({ input, ids }) => [input.name, ...ids]);
  assert.deepEqual(asked('stopInstances'), [
    ['StoppedMode', 'paid'],
    ['ForceStop', 'paid', 'subscribed'],
  ]);
  assert.deepEqual(asked('stopInstances', items.slice(1)), [['ForceStop', 'subscribed']]);
  assert.deepEqual(asked('restartInstances'), [['ForceStop', 'paid', 'subscribed']]);
  assert.deepEqual(asked('startInstances'), []);
  const [mode] = action('stopInstances').inputs;
  assert.ok(mode?.type === 'choice');
  assert.deepEqual(
    mode.choices([]).map(({ value }) => value),
    ['KeepCharging', 'StopCharging'],
  );
});

test('what a mistake costs', () => {
  assert.deepEqual(
    ids.map((id) => dangerOf(action(id), {})),
    ['costs', 'interrupts', 'interrupts'],
  );
});

test('what is reached', () => {
  assert.ok(reached('startInstances', { Status: 'RUNNING' }));
  assert.ok(!reached('startInstances', { Status: 'STARTING' }));
  assert.ok(reached('stopInstances', { Status: 'STOPPED' }));
  assert.ok(!reached('stopInstances', { Status: 'STOPPING' }));
  assert.ok(!reached('restartInstances', { Status: 'RUNNING' }));
  assert.ok(reached('restartInstances', { Status: 'RUNNING' }, { seenUnderWay: true }));
  assert.ok(!reached('restartInstances', { Status: 'STOPPED' }, { seenUnderWay: true }));
});

test('the fingerprint changes with anything that makes it another stop', () => {
  const { sameAs } = action('stopInstances').review;
  for (const change of [
    { InstanceName: 'b' },
    { Status: 'STOPPED' },
    { CreatedAt: 't2' },
    { Uuid: 'u2' },
    { InstanceChargeType: 'PrePaid' },
  ])
    assert.notDeepEqual(sameAs(instance(change)), sameAs(instance()), JSON.stringify(change));
  assert.deepEqual(sameAs(instance({ UpdatedAt: 'later', Tags: [{ Key: 'k' }] })), sameAs(instance()));
});

test('what stays and is billed in economical mode is said', () => {
  const { leftBehind } = action('stopInstances').review;
  const item = instance({ EipAddress: { AllocationId: 'eip-1', IpAddress: '192.0.2.1' } });
  const said = leftBehind?.(item, { StoppedMode: 'StopCharging' }) ?? [];
  assert.match(said.join('\n'), /disks stay and are billed[^]*192\.0\.2\.1 stays and is billed/);
  assert.deepEqual(leftBehind?.(item, {}), []);
});

for (const id of ids) {
  test(`${id}: each instance of the answer has its own outcome`, () => {
    const { operation, outcomes } = action(id);
    const name = `${operation.action.charAt(0).toLowerCase()}${operation.action.slice(1)}.json`;
    const body = readFileSync(new URL(`../../../../fixtures/volcengine/${name}`, import.meta.url), 'utf8');
    const answer = volcengineWire.decode(operation, { status: 200, headers: {}, body });
    assert.ok(answer.ok);
    assert.deepEqual(
      [...(outcomes?.(operation.response.parse(answer.value)) ?? [])].map(([, error]) => error?.code),
      ['InvalidInstanceStatus', 'InvalidInstance.NotFound'],
    );
  });

  test(`${id}: the words count in both languages`, () => {
    const { words } = action(id);
    const texts = () => [
      words.question(1, 'web', {}),
      words.question(3, '', {}),
      words.task(1, {}),
      words.task(3, {}),
      words.consequence(1, {}),
      words.consequence(3, {}),
      words.command(),
      words.button(),
      words.done(),
      words.outcome.done(),
      words.outcome.already(),
    ];
    assert.match(texts()[0] ?? '', /ECS instance "web"\?$/);
    assert.match(texts()[1] ?? '', /3 ECS instances\?$/);
    l10n.config({ contents: chinese });
    const translated = texts();
    l10n.config({ contents: {} });
    for (const text of translated) assert.match(text, /\p{Script=Han}/u);
  });
}
