import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FlagInput } from '../../../../src/core/input';
import type { Question } from '../../../../src/services/actions/ports';
import { planRemoval, removal } from '../../support/actions';
import { fakeAccount, FakeCloud, fakeKinds, fakeProvider } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

const base = { type: 'flag', detail: () => '' } as const;
const inputs: readonly FlagInput[] = [
  { ...base, name: 'Force', question: () => 'Although they run?', about: () => ['x'] },
  {
    ...base,
    name: 'ForceStop',
    question: () => 'Cut the power?',
    about: (_, { Force }) => (Force === true ? ['x'] : []),
  },
];

/** A kind whose resources need both options, and a person who answers each as told. */
function askedOptions(answers: Readonly<Record<string, boolean | undefined>>) {
  const cloud = new FakeCloud();
  cloud.put('a', 'r-1', { id: 'x', name: 'web' });
  const kinds = [{ ...fakeKinds.batch, actions: [{ ...removal(fakeKinds.batch), inputs }] }];
  const place = createWorkplace(
    [fakeAccount('a')],
    {},
    { providers: [{ ...fakeProvider, kinds }], transport: cloud.transport },
  );
  const asked: string[] = [];
  place.person.ask = ({ input }: Question) => {
    asked.push(input.name);
    return Promise.resolve(answers[input.name]);
  };
  return { plan: planRemoval(place.gate, [target('a', 'r-1', 'x', 'instance')]), asked, cloud };
}

describe('options of a plan', () => {
  test('one that needs another is asked for only with it', async () => {
    const { plan, asked } = askedOptions({ Force: false, ForceStop: true });
    assert.deepEqual((await plan)?.groups[0]?.answers, { Force: false });
    assert.deepEqual(asked, ['Force']);
  });

  test('both are asked for and kept when the first is wanted', async () => {
    const { plan, asked } = askedOptions({ Force: true, ForceStop: false });
    assert.deepEqual((await plan)?.groups[0]?.answers, { Force: true, ForceStop: false });
    assert.deepEqual(asked, ['Force', 'ForceStop']);
  });

  test('turning away from a question makes no plan and sends nothing', async () => {
    const { plan, asked, cloud } = askedOptions({ Force: undefined });
    assert.equal(await plan, undefined);
    assert.deepEqual(asked, ['Force']);
    assert.equal(cloud.count(), 0);
  });
});
