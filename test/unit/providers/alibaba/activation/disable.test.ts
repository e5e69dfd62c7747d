import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as l10n from '@vscode/l10n';
import { actionOf, dangerOf } from '../../../../../src/core/action';
import type { Item } from '../../../../../src/core/item';
import { activation } from '../../../../../src/providers/alibaba/activation/kind';
import { describeActivations } from '../../../../../src/providers/alibaba/activation/operations';

const now = new Date('2026-11-21T09:00:00Z');
const chinese = readFileSync(new URL('../../../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8');
const disable = actionOf(activation, 'disableActivation') ?? assert.fail();
const remove = actionOf(activation, 'deleteActivation') ?? assert.fail();
const expired = { CreationTime: '2026-11-01T09:00:00Z', TimeToLiveInHours: 4 };

function code(fields: Readonly<Record<string, unknown>> = {}): Item {
  const usual = { ActivationId: 'a-1', Disabled: false, InstanceCount: 10, RegisteredCount: 2, ...expired };
  const raw = { ActivationList: [{ ...usual, ...fields }] };
  return activation.list.items(describeActivations.response.parse(raw))[0] ?? assert.fail();
}

test('it is offered until it is done, interrupts, and is never undone', () => {
  assert.equal(disable.offered?.(code(), now), true);
  assert.equal(disable.offered?.(code({ Disabled: true }), now), false);
  assert.equal(dangerOf(disable, {}), 'interrupts');
  assert.ok(disable.goal.type === 'state' && disable.goal.undo === undefined);
  assert.deepEqual(disable.params(['a-1'], {}), { ActivationId: 'a-1' });
});

test('it is reached when the record says so, whatever the answer says', () => {
  const { goal } = disable;
  assert.ok(goal.type === 'state');
  const asked = { answers: {}, before: undefined, seenUnderWay: false };
  const reached = [false, true, 'true', null].map((Disabled) => goal.reached(code({ Disabled }), asked));
  assert.deepEqual(reached, [false, true, true, false]);
});

test('what is found', () => {
  const found = (fields = {}) => disable.review.findings(code(fields), now, {}).map(({ code: word }) => word);
  assert.deepEqual(found(), []);
  assert.deepEqual(found({ CreationTime: '2026-11-21T08:00:00Z' }), ['stillUsable']);
  assert.deepEqual(found({ Disabled: null }), ['unknownFields']);
});

test('registrations meanwhile do not make it another one; another name or a disabling does', () => {
  const same = (fields = {}) => disable.review.sameAs(code(fields));
  assert.deepEqual(same({ RegisteredCount: 3 }), same());
  for (const change of [{ InstanceName: 'b' }, { CreationTime: 't' }, { Disabled: true }, { Disabled: 'perhaps' }])
    assert.notDeepEqual(same(change), same());
});

test('one in use that is to be deleted can be disabled instead, unless it is so already', () => {
  const used = (fields = {}) =>
    remove.review.findings(code(fields), now, {}).find(({ code: word }) => word === 'inUse') ?? assert.fail();
  assert.equal(used().remedy, 'disableActivation');
  assert.match(used().text, /^2 hosts are registered with it\. Deregister them first\. Or disable it instead/);
  assert.equal(used({ Disabled: true }).remedy, undefined);
  assert.equal(
    used({ Disabled: true, RegisteredCount: 1 }).text,
    '1 host is registered with it. Deregister the host first.',
  );
});

test('that it cannot be enabled again is said before, in both languages', () => {
  const { words, review } = disable;
  const texts = () => [
    words.consequence(1, {}),
    words.consequence(2, {}),
    words.question(1, 'web', {}),
    words.question(2, '', {}),
    words.task(1, {}),
    words.task(2, {}),
    words.button(),
    words.command(),
    words.title(),
    words.doing(),
    words.done(),
    words.outcome.done(),
    words.outcome.already(),
    ...(review.leftBehind?.(code(), {}) ?? []),
  ];
  for (const text of texts().slice(0, 2)) assert.match(text, /cannot be enabled again/);
  l10n.config({ contents: chinese });
  const translated = texts();
  l10n.config({ contents: {} });
  for (const text of translated) assert.match(text, /\p{Script=Han}/u);
  assert.match(translated[0] ?? '', /无法重新启用/);
});
