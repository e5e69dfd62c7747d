import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as l10n from '@vscode/l10n';
import { actionOf, dangerOf } from '../../../../../src/core/action';
import type { Item } from '../../../../../src/core/item';
import { managedInstance } from '../../../../../src/providers/alibaba/managedInstance/kind';
import { describeManagedInstances } from '../../../../../src/providers/alibaba/managedInstance/operations';

const chinese = readFileSync(new URL('../../../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8');
const rename = actionOf(managedInstance, 'rename') ?? assert.fail();

function host(fields: Readonly<Record<string, unknown>> = {}): Item {
  const raw = { Instances: [{ InstanceId: 'mi-1', InstanceName: 'old', MachineId: 'm', ...fields }] };
  return managedInstance.list.items(describeManagedInstances.response.parse(raw))[0] ?? assert.fail();
}

test('one host at a time, no danger, and what is sent fits the operation', () => {
  assert.deepEqual([rename.ids.onlyOne, dangerOf(rename, {})], [true, 'none']);
  const sent = rename.params(['mi-1'], { InstanceName: 'web-01' });
  assert.deepEqual(sent, { InstanceId: 'mi-1', InstanceName: 'web-01' });
  assert.ok(rename.operation.params.safeParse({ ...sent, RegionId: 'cn-hangzhou' }).success);
});

test('it is reached when the record has the name, and undone by the old one', () => {
  const { goal } = rename;
  assert.ok(goal.type === 'state');
  const asked = { answers: { InstanceName: 'new' }, before: host(), seenUnderWay: false };
  assert.deepEqual([goal.reached(host(), asked), goal.reached(host({ InstanceName: 'new' }), asked)], [false, true]);
  assert.deepEqual(goal.undo?.(host(), asked.answers), { InstanceName: 'old' });
  for (const InstanceName of ['', null, '1', '1 odd'])
    assert.equal(goal.undo?.(host({ InstanceName }), asked.answers), undefined);
});

test('whether it is connected does not make it another host; another machine does', () => {
  const same = (fields = {}) => rename.review.sameAs(host(fields));
  assert.deepEqual(same({ Connected: true }), same({ Connected: false }));
  for (const change of [{ InstanceName: 'b' }, { MachineId: 'n' }, { RegistrationTime: 't' }])
    assert.notDeepEqual(same(change), same());
});

test('an answer is about the host it names', () => {
  const said = (answer: object) => {
    const outcomes = rename.outcomes?.(rename.operation.response.parse(answer));
    return outcomes && [...outcomes.keys()];
  };
  assert.deepEqual(said({ Instance: { InstanceId: 'mi-1', InstanceName: 'n' } }), ['mi-1']);
  assert.deepEqual(said({ Instance: { InstanceId: 'mi-OTHER' } }), ['mi-OTHER']);
  assert.deepEqual(said({ Activation: { ActivationId: 'a' } }), []);
  assert.equal(said({}), undefined);
});

test('the words are there in both languages', () => {
  const answers = { InstanceName: 'neu' };
  const { words } = rename;
  const texts = () => [
    words.question(1, 'web', answers),
    words.task(1, answers),
    words.title(),
    words.consequence(1, answers),
  ];
  assert.deepEqual(texts().slice(0, 2), ['Rename the managed instance "web"?', 'Rename a managed instance to "neu"']);
  l10n.config({ contents: chinese });
  const translated = texts();
  l10n.config({ contents: {} });
  for (const text of translated) assert.match(text, /\p{Script=Han}/u);
});
