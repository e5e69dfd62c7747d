import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import { dangerOf } from '../../../../../src/core/action';
import type { Answers } from '../../../../../src/core/input';
import { action, found, now, vm, type Fields } from './support';

const chinese = readFileSync(new URL('../../../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8');
const protection = action('changeReleaseProtection');
const rename = action('rename');
const on = { DeletionProtection: 'on' };
const off = { DeletionProtection: 'off' };
const plain = { DeletionProtection: false };
const security = { OperationLocks: { LockReason: [{ LockReason: 'security' }] } };

function reached(id: string, fields: Fields, answers: Answers = {}): boolean {
  const { goal } = action(id);
  return goal.type === 'state' && goal.reached(vm(fields), { answers, before: undefined, seenUnderWay: false });
}

function undo(id: string, fields: Fields): Answers | undefined {
  const { goal } = action(id);
  return goal.type === 'state' ? goal.undo?.(vm(fields), {}) : undefined;
}

describe('release protection', () => {
  const id = 'changeReleaseProtection';

  test('is offered for what can be released at any time, and where it is on', () => {
    assert.equal(protection.offered?.(vm(), now), true);
    assert.equal(protection.offered?.(vm({ InstanceChargeType: 'PrePaid' }), now), false);
    assert.equal(protection.offered?.(vm({ InstanceChargeType: 'PrePaid', DeletionProtection: true }), now), true);
  });

  test('is sent as it was chosen, one instance a call', () => {
    assert.equal(protection.ids.perCall, 1);
    for (const [answers, value] of [
      [on, true],
      [off, false],
    ] as const) {
      const sent = protection.params(['i-1'], answers);
      assert.deepEqual(sent, { InstanceId: 'i-1', DeletionProtection: value });
      assert.ok(protection.operation.params.safeParse({ ...sent, RegionId: 'cn-hangzhou' }).success);
    }
  });

  test('only turning it off interrupts anything', () => {
    assert.deepEqual([dangerOf(protection, on), dangerOf(protection, off)], ['none', 'interrupts']);
  });

  test('is reached when the record says so', () => {
    assert.ok(reached(id, { DeletionProtection: true }, on));
    assert.ok(reached(id, { DeletionProtection: 'false' }, off));
    assert.ok(!reached(id, { DeletionProtection: false }, on));
    assert.ok(!reached(id, { DeletionProtection: null }, off));
    assert.ok(!reached(id, { DeletionProtection: true }));
  });

  test('is undone by the other value, where it is known', () => {
    assert.deepEqual(undo(id, { DeletionProtection: true }), on);
    assert.deepEqual(undo(id, { DeletionProtection: false }), off);
    assert.equal(undo(id, { DeletionProtection: null }), undefined);
  });

  test('offers what some do not have yet, the safest first', () => {
    const [input] = protection.inputs;
    assert.ok(input?.type === 'choice');
    const offers = (...values: readonly unknown[]) =>
      input
        .choices(values.map((value) => ({ id: 'i', name: 'i', item: vm({ DeletionProtection: value }) })))
        .map(({ value }) => value);
    assert.deepEqual(offers(true, false), ['on', 'off']);
    assert.deepEqual(offers(true), ['off']);
    assert.deepEqual(offers(false), ['on']);
    assert.deepEqual(offers(null), ['on', 'off']);
  });

  test('what is found', () => {
    assert.deepEqual(found(id, plain, on), []);
    for (const Status of ['Starting', 'Stopping', 'Stopped'])
      assert.deepEqual(found(id, { ...plain, Status }, off), []);
    assert.deepEqual(found(id, { ...plain, Status: 'Pending' }, on), ['refused incorrectStatus']);
    assert.deepEqual(found(id, { ...plain, ...security }, on), ['refused securityLock']);
    assert.deepEqual(found(id, { ...plain, InstanceChargeType: 'PrePaid' }, on), ['refused subscription']);
    assert.deepEqual(found(id, { DeletionProtection: true, InstanceChargeType: 'PrePaid' }, off), [
      'warning subscription',
    ]);
    assert.deepEqual(found(id, { DeletionProtection: null }, on), ['warning unknownFields']);
  });

  test('what else is done to the instance does not make it another one; another protection does', () => {
    const same = (fields: Fields) => protection.review.sameAs(vm(fields));
    assert.deepEqual(same({ ...plain, Status: 'Stopped' }), same(plain));
    for (const change of [{ DeletionProtection: true }, { InstanceName: 'b' }, { SerialNumber: 's' }, security])
      assert.notDeepEqual(same({ ...plain, ...change }), same(plain));
    assert.notDeepEqual(same({ DeletionProtection: 'maybe' }), same({ DeletionProtection: null }));
  });

  test('is what a protected instance is offered instead of its release', () => {
    const findings = action('deleteInstances').review.findings(vm({ DeletionProtection: true }), now, {});
    const finding = findings.find(({ code }) => code === 'deletionProtection');
    assert.equal(finding?.remedy, id);
    assert.doesNotMatch(finding?.text ?? '', /console/);
    const { errors } = action('deleteInstances').operation;
    assert.doesNotMatch(errors['InvalidOperation.DeletionProtection']?.advice() ?? '', /console/);
  });
});

describe('renaming', () => {
  test('is for one instance, and no danger', () => {
    assert.equal(rename.ids.onlyOne, true);
    assert.equal(dangerOf(rename, {}), 'none');
    const sent = rename.params(['i-1'], { InstanceName: 'db-1' });
    assert.deepEqual(sent, { InstanceId: 'i-1', InstanceName: 'db-1' });
    assert.ok(rename.operation.params.safeParse(sent).success);
  });

  const [input] = rename.inputs;
  assert.ok(input?.type === 'text');
  const { problem, initial } = input;

  test('begins with the present name', () => {
    const subject = (InstanceName: unknown) => ({ id: 'i-1', name: 'i-1', item: vm({ InstanceName }) });
    assert.equal(initial([subject('web')]), 'web');
    assert.equal(initial([subject('')]), '');
  });

  for (const good of ['ab', '订单-01', 'Web_1.b:c', 'a'.repeat(128), 'https-proxy', 'é1']) {
    test(`"${good}" is a name`, () => {
      assert.equal(problem(good, []), undefined);
      assert.ok(rename.operation.params.safeParse({ InstanceId: 'i', InstanceName: good }).success);
    });
  }
  const bad = ['', 'a', '1a', '-a', '_a', ':a', 'a b', 'a/b', 'ab\n', 'http://a', 'HTTPS://a', 'a'.repeat(129)];
  for (const name of bad) {
    test(`"${name}" is none`, () => {
      assert.match(problem(name, []) ?? '', /\.$|\/\/\.$/);
      assert.ok(!rename.operation.params.safeParse({ InstanceId: 'i', InstanceName: name }).success);
    });
  }

  test('is reached when the record has the name', () => {
    assert.ok(reached('rename', { InstanceName: 'bb' }, { InstanceName: 'bb' }));
    assert.ok(!reached('rename', { InstanceName: 'aa' }, { InstanceName: 'bb' }));
    assert.ok(!reached('rename', { InstanceName: null }));
  });

  test('is undone by the old name, where the cloud would take it', () => {
    assert.deepEqual(undo('rename', { InstanceName: 'old' }), { InstanceName: 'old' });
    assert.equal(undo('rename', { InstanceName: '' }), undefined);
    assert.equal(undo('rename', { InstanceName: '1 odd' }), undefined);
  });

  test('an instance that is being created or is locked for security gets no name', () => {
    assert.deepEqual(found('rename', { Status: 'Pending' }), ['refused incorrectStatus']);
    assert.deepEqual(found('rename', security), ['refused securityLock']);
    assert.deepEqual(found('rename', { Status: 'Starting' }), []);
  });
});

test('an answer speaks for whoever was asked for, unless it holds records', () => {
  for (const { operation, outcomes } of [protection, rename]) {
    assert.equal(outcomes?.(operation.response.parse({ RequestId: 'r' })), undefined);
    assert.equal(outcomes?.(operation.response.parse({ Instances: { Instance: [] } }))?.size, 0);
  }
});

for (const [{ id, words }, answers] of [
  [protection, on],
  [protection, off],
  [rename, { InstanceName: 'neu' }],
] as const) {
  test(`${id} ${JSON.stringify(answers)}: the words are there in both languages`, () => {
    const texts = () => [
      words.question(1, 'web', answers),
      words.question(3, 'web', answers),
      words.task(1, answers),
      words.answer?.('DeletionProtection', answers) ?? '',
      words.consequence(1, answers),
      words.command(),
      words.title(),
      words.button(answers),
      words.button(),
      words.doing(),
      words.done(answers),
      words.outcome.done(),
      words.outcome.already(),
    ];
    assert.match(texts()[0] ?? '', /"web"\?$/);
    l10n.config({ contents: chinese });
    const translated = texts();
    l10n.config({ contents: {} });
    for (const text of translated) assert.match(text, /\p{Script=Han}/u);
  });
}
