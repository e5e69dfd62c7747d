import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { removalOf } from '../../../../src/core/action';
import type { Answer, Input } from '../../../../src/core/input';
import { targetKey } from '../../../../src/core/target';
import { questionsAbout, type Plan } from '../../../../src/services/actions/plan';
import type { Question, Review } from '../../../../src/services/actions/ports';
import { fakeAccount, FakeCloud, fakeKinds, fakeProvider } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

/** What is up is refused unless it is forced. */
const inputs: readonly Input[] = [
  {
    type: 'flag',
    name: 'Force',
    detail: () => '',
    question: (count) => `Force ${count}?`,
    about: (subjects) => subjects.filter(({ item }) => item['state'] === 'up').map(({ id }) => id),
  },
];

function create(more: readonly Input[] = []) {
  const cloud = new FakeCloud();
  cloud.put('a', 'r-1', { id: 'x', name: 'web', state: 'up' }, { id: 'y', name: 'db' }, { id: 'z', name: 'log' });
  const removal = removalOf(fakeKinds.single) ?? assert.fail();
  const action = {
    ...removal,
    inputs: [...inputs, ...more],
    params: (ids: readonly string[]) => ({ InstanceId: ids[0] }),
    review: {
      ...removal.review,
      findings: (item: Readonly<Record<string, unknown>>) =>
        item['state'] === 'up' ? [{ level: 'refused', code: 'up', text: 'It is up.', liftedBy: 'Force' } as const] : [],
    },
  };
  const kinds = [{ ...fakeKinds.single, actions: [action] }];
  const provider = { ...fakeProvider, kinds };
  const place = createWorkplace([fakeAccount('a')], {}, { providers: [provider], transport: cloud.transport });
  const asked: string[] = [];
  let answer: Answer | Review | undefined = true;
  place.person.ask = ({ input, targets, plan, mayReview }: Question) => {
    asked.push(`${input.name} ${targets.map((t) => t.target.id).join(' ')}`);
    return Promise.resolve(answer === 'review' && mayReview ? { want: 'review', plan } : answer);
  };
  const say = (said: typeof answer): void => void (answer = said);
  const targets = ['x', 'y', 'z'].map((id) => target('a', 'r-1', id));
  const request = { action: action.id, targets };
  const removed = () => cloud.requests.filter((r) => r.action === 'RemoveThing').map((r) => r.params['InstanceId']);
  return { ...place, cloud, asked, say, request, removed };
}

const keys = (...ids: readonly string[]): Set<string> => new Set(ids.map((id) => targetKey(target('a', 'r-1', id))));
const idsOf = (plan: Plan | undefined): string[] =>
  (plan?.groups ?? []).flatMap(({ targets }) => targets.map((t) => t.target.id));

describe('a plan that is read', () => {
  test('comes before its questions, and says what will be asked', async () => {
    const { gate, asked, request } = create();
    const plan = await gate.review(request);
    assert.deepEqual(asked, []);
    assert.deepEqual(
      plan?.questions?.map(({ text }) => text),
      ['Force 1?'],
    );
    const [first, second] = plan.groups[0]?.targets ?? [];
    assert.deepEqual(
      [first, second].map((one) => one && questionsAbout(plan, one)),
      [['Force 1?'], []],
    );
  });

  test('is asked about, completed and confirmed when it is run, once', async () => {
    const { gate, asked, request, removed, person } = create();
    const plan = (await gate.review(request)) ?? assert.fail();
    const { report } = await gate.runReviewed(plan.id);
    assert.deepEqual(asked, ['Force x']);
    assert.deepEqual([person.asked.length, removed().sort()], [1, ['x', 'y', 'z']]);
    assert.notEqual(report?.planHash, plan.hash);
    assert.equal((await gate.runReviewed(plan.id)).report, undefined);
    assert.equal(removed().length, 3);
  });

  test('sends nothing when the person turns away from a question, and can be run later', async () => {
    const { gate, request, removed, say } = create();
    const plan = (await gate.review(request)) ?? assert.fail();
    say(undefined);
    assert.deepEqual(await gate.runReviewed(plan.id), {});
    assert.deepEqual(removed(), []);
    say(false);
    await gate.runReviewed(plan.id);
    assert.deepEqual(removed().sort(), ['y', 'z']);
  });

  test('can be read out of the question itself; nothing is sent', async () => {
    const { gate, request, removed, say } = create();
    say('review');
    const { report, instead } = await gate.perform(request);
    assert.equal(report, undefined);
    assert.deepEqual(removed(), []);
    assert.ok(instead?.want === 'review' && instead.plan.questions?.length === 1);
    say(true);
    await gate.runReviewed(instead.plan.id);
    assert.equal(removed().length, 3);
  });

  test('has the answers in it where it could not be read without them', async () => {
    const name: Input = {
      type: 'text',
      name: 'Name',
      question: () => 'Name?',
      about: (subjects) => subjects.map(({ id }) => id),
      initial: () => '',
      problem: () => undefined,
    };
    const { gate, request, asked } = create([name]);
    const plan = await gate.review(request);
    assert.equal(plan?.questions, undefined);
    assert.equal(asked.length, 2);
  });
});

describe('resources left out of a plan', () => {
  test('are never sent, and the hash is that of a plan without them', async () => {
    const { gate, request, removed } = create();
    const plan = (await gate.propose(request)) ?? assert.fail();
    const narrowed = gate.narrow(plan.id, keys('y')) ?? assert.fail();
    assert.deepEqual(idsOf(narrowed), ['x', 'z']);
    assert.deepEqual(narrowed.madeAt, plan.madeAt);
    const without = await gate.propose({ ...request, targets: request.targets.filter(({ id }) => id !== 'y') });
    assert.equal(narrowed.hash, without?.hash);
    assert.notEqual(narrowed.hash, plan.hash);
    const { report } = await gate.runReviewed(narrowed.id);
    assert.equal(report?.planHash, narrowed.hash);
    assert.deepEqual(removed().sort(), ['x', 'z']);
  });

  test('cannot be sent by the plan that was, also where its question stands open', async () => {
    const { gate, request, removed, person } = create();
    const plan = (await gate.propose(request)) ?? assert.fail();
    person.onConfirm = () => gate.narrow(plan.id, keys('y'));
    assert.equal((await gate.runReviewed(plan.id)).report, undefined);
    assert.equal((await gate.runReviewed(plan.id)).report, undefined);
    assert.deepEqual(removed(), []);
  });

  test('are not asked about either', async () => {
    const { gate, request, removed, asked } = create();
    const plan = (await gate.review(request)) ?? assert.fail();
    const narrowed = gate.narrow(plan.id, keys('x')) ?? assert.fail();
    assert.deepEqual(narrowed.questions, []);
    await gate.runReviewed(narrowed.id);
    assert.deepEqual([asked, removed().sort()], [[], ['y', 'z']]);
  });

  test('leave no plan where nothing is left, and none of one that was run', async () => {
    const { gate, request } = create();
    const plan = (await gate.propose(request)) ?? assert.fail();
    assert.equal(gate.narrow(plan.id, keys('x', 'y', 'z')), undefined);
    await gate.runReviewed(plan.id);
    assert.equal(gate.narrow(plan.id, keys('x')), undefined);
  });
});
