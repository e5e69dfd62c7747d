import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import { dangerOf } from '../../../../../src/core/action';
import type { Answers } from '../../../../../src/core/input';
import { action, found, instance, now, reached } from './support';

const chinese = readFileSync(new URL('../../../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8');
const protection = action('changeReleaseProtection');
const rename = action('rename');
const on = { DeletionProtection: 'on' };
const off = { DeletionProtection: 'off' };

function undo(id: string, fields: Readonly<Record<string, unknown>>): Answers | undefined {
  const { goal } = action(id);
  return goal.type === 'state' ? goal.undo?.(instance(fields), {}) : undefined;
}

describe('deletion protection', () => {
  test('is offered for what can be deleted at any time', () => {
    assert.equal(protection.offered?.(instance(), now), true);
    assert.equal(protection.offered?.(instance({ InstanceChargeType: 'PrePaid' }), now), false);
  });

  test('is sent as it was chosen, one instance a call', () => {
    assert.equal(protection.ids.perCall, 1);
    for (const [answers, value] of [
      [on, true],
      [off, false],
    ] as const) {
      const sent = protection.params(['i-1'], answers);
      assert.deepEqual(sent, { InstanceId: 'i-1', DeletionProtection: value });
      assert.ok(protection.operation.params.safeParse({ ...sent, ClientToken: 't' }).success);
    }
  });

  test('only turning it off interrupts anything', () => {
    assert.deepEqual([dangerOf(protection, on), dangerOf(protection, off)], ['none', 'interrupts']);
  });

  test('is reached when the record says so', () => {
    const id = 'changeReleaseProtection';
    assert.ok(reached(id, { DeletionProtection: true }, { answers: on }));
    assert.ok(reached(id, { DeletionProtection: false }, { answers: off }));
    assert.ok(!reached(id, { DeletionProtection: false }, { answers: on }));
    assert.ok(!reached(id, { DeletionProtection: null }, { answers: off }));
    assert.ok(!reached(id, { DeletionProtection: true }));
  });

  test('is undone by the other value, where it is known', () => {
    assert.deepEqual(undo('changeReleaseProtection', { DeletionProtection: true }), on);
    assert.deepEqual(undo('changeReleaseProtection', { DeletionProtection: false }), off);
    assert.equal(undo('changeReleaseProtection', { DeletionProtection: null }), undefined);
  });

  test('offers what some do not have yet, the safest first', () => {
    const [input] = protection.inputs;
    assert.ok(input?.type === 'choice');
    const offers = (...values: readonly unknown[]) =>
      input
        .choices(values.map((value) => ({ id: 'i', name: 'i', item: instance({ DeletionProtection: value }) })))
        .map(({ value }) => value);
    assert.deepEqual(offers(true, false), ['on', 'off']);
    assert.deepEqual(offers(true), ['off']);
    assert.deepEqual(offers(false), ['on']);
    assert.deepEqual(offers(null), ['on', 'off']);
  });

  test('what is found', () => {
    const id = 'changeReleaseProtection';
    assert.deepEqual(found(id, {}, on), []);
    assert.deepEqual(found(id, { Status: 'STOPPING' }, off), []);
    assert.deepEqual(found(id, { Status: 'DELETING' }, on), ['refused changing']);
    assert.deepEqual(found(id, { InstanceChargeType: 'PrePaid' }, on), ['warning subscription']);
    assert.deepEqual(found(id, { DeletionProtection: null }, on), ['warning unknownFields']);
  });

  test('is what a protected instance is offered instead of its deletion', () => {
    const findings = action('deleteInstances').review.findings(instance({ DeletionProtection: true }), now, {});
    const finding = findings.find(({ code }) => code === 'deletionProtection');
    assert.equal(finding?.remedy, 'changeReleaseProtection');
    assert.doesNotMatch(finding?.text ?? '', /console/);
  });
});

describe('renaming', () => {
  test('is for one instance, and no danger', () => {
    assert.equal(rename.ids.onlyOne, true);
    assert.equal(dangerOf(rename, {}), 'none');
    const sent = rename.params(['i-1'], { InstanceName: 'db-1' });
    assert.deepEqual(sent, { InstanceId: 'i-1', InstanceName: 'db-1' });
    assert.ok(rename.operation.params.safeParse({ ...sent, ClientToken: 't' }).success);
  });

  const [input] = rename.inputs;
  assert.ok(input?.type === 'text');
  const { problem, initial } = input;

  test('begins with the present name', () => {
    const subject = (InstanceName: unknown) => ({ id: 'i-1', name: 'i-1', item: instance({ InstanceName }) });
    assert.equal(initial([subject('web')]), 'web');
    assert.equal(initial([subject('')]), '');
  });

  for (const good of ['a', '订单-01', 'Web_1.b-c', 'a'.repeat(128)]) {
    test(`"${good}" is a name`, () => {
      assert.equal(problem(good, []), undefined);
      assert.ok(rename.operation.params.safeParse({ InstanceId: 'i', InstanceName: good }).success);
    });
  }
  for (const bad of ['', '1a', '-a', '_a', 'a b', 'a/b', 'é', 'a\n', 'http://a', 'a'.repeat(129)]) {
    test(`"${bad}" is none`, () => {
      assert.match(problem(bad, []) ?? '', /\.$/);
      assert.ok(!rename.operation.params.safeParse({ InstanceId: 'i', InstanceName: bad }).success);
    });
  }

  test('is reached when the record has the name', () => {
    assert.ok(reached('rename', { InstanceName: 'b' }, { answers: { InstanceName: 'b' } }));
    assert.ok(!reached('rename', { InstanceName: 'a' }, { answers: { InstanceName: 'b' } }));
    assert.ok(!reached('rename', { InstanceName: null }));
  });

  test('is undone by the old name, where the cloud would take it', () => {
    assert.deepEqual(undo('rename', { InstanceName: 'old' }), { InstanceName: 'old' });
    assert.equal(undo('rename', { InstanceName: '' }), undefined);
    assert.equal(undo('rename', { InstanceName: '1 odd' }), undefined);
  });

  test('an instance that is being deleted gets no name', () => {
    assert.deepEqual(found('rename', { Status: 'DELETING' }), ['refused changing']);
    assert.deepEqual(found('rename', { Status: 'REBOOTING' }), []);
  });
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
