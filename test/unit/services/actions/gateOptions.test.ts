import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OptionNeed } from '../../../../src/core/kind';
import { fakeAccount, FakeCloud, fakeKinds, fakeProvider } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

const needs: readonly OptionNeed[] = [
  { name: 'Force', question: 'Although they run?', detail: '', ids: ['x'] },
  { name: 'ForceStop', question: 'Cut the power?', detail: '', ids: ['x'], onlyWith: 'Force' },
];

/** A kind whose resources need both options, and a person who answers each as told. */
function askedOptions(answers: Readonly<Record<string, boolean | undefined>>) {
  const { destroy } = fakeKinds.batch;
  assert.ok(destroy !== undefined);
  const cloud = new FakeCloud();
  cloud.put('a', 'r-1', { id: 'x', name: 'web' });
  const kinds = [{ ...fakeKinds.batch, destroy: { ...destroy, options: () => needs } }];
  const place = createWorkplace(
    [fakeAccount('a')],
    {},
    { providers: [{ ...fakeProvider, kinds }], transport: cloud.transport },
  );
  const asked: string[] = [];
  place.person.askOption = (need?: OptionNeed) => {
    asked.push(need?.name ?? '');
    return Promise.resolve(answers[need?.name ?? '']);
  };
  return { plan: place.gate.propose([target('a', 'r-1', 'x', 'instance')]), asked, cloud };
}

describe('options of a plan', () => {
  test('one that needs another is asked for only with it', async () => {
    const { plan, asked } = askedOptions({ Force: false, ForceStop: true });
    assert.deepEqual((await plan)?.groups[0]?.options, { Force: false });
    assert.deepEqual(asked, ['Force']);
  });

  test('both are asked for and kept when the first is wanted', async () => {
    const { plan, asked } = askedOptions({ Force: true, ForceStop: false });
    assert.deepEqual((await plan)?.groups[0]?.options, { Force: true, ForceStop: false });
    assert.deepEqual(asked, ['Force', 'ForceStop']);
  });

  test('turning away from a question makes no plan and sends nothing', async () => {
    const { plan, asked, cloud } = askedOptions({ Force: undefined });
    assert.equal(await plan, undefined);
    assert.deepEqual(asked, ['Force']);
    assert.equal(cloud.count(), 0);
  });
});
