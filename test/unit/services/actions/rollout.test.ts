import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  mostFailures,
  parseRollout,
  reachedIfAllFail,
  rolloutLines,
  sizesOf,
  stopReason,
} from '../../../../src/services/actions/rollout';
import type { Outcome } from '../../../../src/services/journal/outcome';
import { fakeAccount } from '../../support/fakeCloud';
import { runOnThings, RunningCloud, runningProvider } from '../../support/runningCloud';
import { createWorkplace, target } from '../../support/workplace';

const ids = Array.from({ length: 12 }, (_, index) => `x${index}`);

/** Two regions, the smaller one second in the alphabet, and the same script everywhere. */
function place(rollout: string) {
  const cloud = new RunningCloud();
  const action = { ...runOnThings, params: (some: readonly string[]) => runOnThings.params(some, {}) };
  const [kind] = runningProvider.kinds;
  assert.ok(kind);
  const provider = { ...runningProvider, kinds: [{ ...kind, actions: [action] }] };
  const workplace = createWorkplace([fakeAccount('a')], {}, { providers: [provider], transport: cloud.transport });
  cloud.clock = workplace.clock;
  const targets = ids.map((id, index) => {
    const region = index < 9 ? 'r-1' : 'r-2';
    cloud.put('a:1', region, { id, name: id });
    return target('a', region, id, 'instance');
  });
  const run = async () => {
    const { report } = await workplace.gate.perform({ action: 'runCommand', targets, answers: { rollout } });
    assert.ok(report);
    return new Map(report.results.map(({ planned, outcome }) => [planned.target.id, outcome]));
  };
  return { ...workplace, cloud, run };
}

function count(said: ReadonlyMap<string, Outcome>, wanted: Outcome): number {
  return [...said.values()].filter((outcome) => outcome === wanted).length;
}

describe('a run goes on batch after batch', () => {
  test('the smallest region first, and the rest only when the first went well', async () => {
    const { cloud, run, person } = place('2,50%,100%;pause=first;errors=0');
    const said = await run();
    assert.equal(count(said, 'done'), 12);
    assert.deepEqual(
      person.pauses.map(({ batch, of, next, left }) => ({ batch, of, next, left })),
      [{ batch: 1, of: 3, next: 6, left: 10 }],
    );
    const first = cloud.requests.filter(({ action }) => action === 'StartRun').map(({ region }) => region)[0];
    assert.equal(first, 'r-2');
  });

  test('who says stop after the first batch has stopped all of it', async () => {
    const { cloud, run, person } = place('1,100%;pause=first;errors=0');
    person.goesOn = false;
    const said = await run();
    assert.deepEqual([count(said, 'done'), count(said, 'notSent')], [1, 11]);
    assert.equal(cloud.began.size, 1);
  });

  test('who looks at the output first holds the run until they let it go on', async () => {
    const { cloud, run, person, gate } = place('1,100%;pause=first;errors=0');
    person.goOn = () => Promise.resolve('pause');
    const stages: string[] = [];
    gate.onDidStart(({ control }) => {
      control.onDidChange(() => {
        stages.push(control.stage);
        if (control.stage === 'paused') setImmediate(() => assert.equal(cloud.began.size, 1));
        if (control.stage === 'paused') setImmediate(() => control.goOn());
      });
    });
    assert.equal(count(await run(), 'done'), 12);
    assert.deepEqual(stages, ['paused', 'running']);
  });

  test('one failure is one too many', async () => {
    const { cloud, run, person } = place('1,50%,100%;pause=never;errors=0');
    cloud.behaviours.set('x10', { end: 'failed', exitCode: 1 });
    const said = await run();
    assert.deepEqual([count(said, 'done'), count(said, 'failed'), count(said, 'notSent')], [6, 1, 5]);
    assert.deepEqual(person.pauses, []);
  });

  test('who stays silent has failed, so a script that takes the agent away reaches one host', async () => {
    const { cloud, run } = place('1,100%;pause=never;errors=100%');
    for (const id of ids) cloud.behaviours.set(id, { endsMs: 10_000_000 });
    const said = await run();
    assert.deepEqual([count(said, 'silent'), count(said, 'notSent')], [1, 11]);
  });

  test('Cancel during a batch leaves the others unsent', async () => {
    const { cloud, run, person } = place('1,100%;pause=never;errors=0');
    cloud.onRequest = ({ action }) => {
      if (action === 'ReadRun') person.abort.abort();
    };
    const said = await run();
    assert.equal(cloud.began.size, 1);
    assert.equal(count(said, 'notSent'), 11);
  });

  test('the plan says the batches, the rule and the worst case before it starts', async () => {
    const { gate } = place('');
    const targets = ids.slice(0, 9).map((id) => target('a', 'r-1', id, 'instance'));
    const answers = { rollout: '1,4,100%;pause=first;errors=2' };
    const plan = await gate.propose({ action: 'runCommand', targets, answers });
    assert.ok(plan);
    assert.deepEqual(rolloutLines(plan), [
      'In 3 batches: 1, 4, 4.',
      'You are asked after the first batch.',
      'Stops when more than 2 fail or do not answer, or all of a batch.',
      'At most 6 can fail before it stops; if it fails everywhere, it stops after 1.',
    ]);
  });

  for (const text of [
    '',
    '0;pause=first;errors=0',
    '1,200%;pause=first;errors=0',
    '1;pause=maybe;errors=0',
    '1;errors=0',
  ])
    test(`"${text}" is not understood and sends nothing`, () => {
      assert.throws(() => parseRollout(text), /does not say how to go over/);
    });
});

const share = fc.oneof(
  fc.nat(40).map((n) => `${n + 1}`),
  fc.nat(99).map((n) => `${n + 1}%`),
);
const anyRollout = fc
  .record({
    batches: fc.array(share, { minLength: 1, maxLength: 5 }),
    errors: fc.oneof(
      fc.nat(20).map(String),
      fc.nat(100).map((n) => `${n}%`),
    ),
  })
  .map(({ batches, errors }) => parseRollout(`${batches.join(',')};pause=never;errors=${errors}`));

/** What a run comes to whose hosts fail as told: how many were reached and how many of them failed. */
function play(total: number, rollout: ReturnType<typeof parseRollout>, fails: (index: number) => boolean) {
  const ended: Outcome[][] = [];
  let reached = 0;
  for (const size of sizesOf(total, rollout)) {
    ended.push(Array.from({ length: size }, () => (fails(reached++) ? 'failed' : 'done')));
    if (stopReason(ended, rollout) !== undefined) break;
  }
  return { reached, failed: ended.flat().filter((outcome) => outcome === 'failed').length };
}

describe('the division', () => {
  for (const [batches, count, wanted] of [
    ['100%', 3, [3]],
    ['1,100%', 3, [1, 2]],
    ['1,10%,100%', 300, [1, 30, 269]],
    ['1,10%,100%', 11, [1, 2, 8]],
    ['1,10,50', 5, [1, 4]],
    ['50%', 1, [1]],
    ['100%', 0, []],
  ] as const)
    test(`${batches} of ${count}`, () =>
      assert.deepEqual(sizesOf(count, parseRollout(`${batches};pause=never;errors=0`)), wanted));
});

describe('a batch stops it', () => {
  const strict = parseRollout('1,100%;pause=never;errors=0');
  for (const outcome of ['failed', 'timedOut', 'notDelivered', 'refused', 'silent', 'unknown', 'stopped'] as const)
    test(`with one that is ${outcome}`, () => {
      assert.match(stopReason([[outcome]], strict) ?? '', /so nothing more was sent/);
      assert.equal(stopReason([['done']], strict), undefined);
    });

  test('of which nothing came back well, whatever the rule allows', () => {
    const lax = parseRollout('1,100%;pause=never;errors=100');
    assert.match(stopReason([['silent']], lax) ?? '', /Nothing was heard of batch 1/);
    assert.match(stopReason([['done'], ['failed', 'timedOut']], lax) ?? '', /2 failed in batch 2, 2 in all/);
    assert.equal(stopReason([['done', 'failed']], lax), undefined);
  });

  test('when failures over the whole run are too many', () => {
    const one = parseRollout('3,3,100%;pause=never;errors=1');
    assert.equal(stopReason([['failed', 'done', 'done']], one), undefined);
    assert.match(
      stopReason(
        [
          ['failed', 'done', 'done'],
          ['failed', 'done', 'stopped'],
        ],
        one,
      ) ?? '',
      /2 failed in batch 2, 3 in all/,
    );
  });
});

describe('the worst case that is announced', () => {
  for (const [rollout, touched, failed] of [
    ['1,10%,100%;pause=never;errors=0', 1, 89],
    ['100%;pause=never;errors=0', 100, 100],
    ['1,10,100%;pause=never;errors=5', 1, 94],
    ['10,10,100%;pause=never;errors=50%', 10, 90],
  ] as const)
    test(`of ${rollout}`, () => {
      assert.equal(reachedIfAllFail(100, parseRollout(rollout)), touched);
      assert.equal(mostFailures(100, parseRollout(rollout)), failed);
    });

  test('batches hold every host once', () => {
    fc.assert(
      fc.property(fc.nat(300), anyRollout, (total, rollout) => {
        const sizes = sizesOf(total, rollout);
        return sizes.reduce((sum, size) => sum + size, 0) === total && sizes.every((size) => size > 0);
      }),
    );
  });

  test('is never exceeded, whichever hosts fail', () => {
    fc.assert(
      fc.property(
        fc.nat(120),
        anyRollout,
        fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }),
        (total, rollout, told) => {
          return play(total, rollout, (index) => told[index] === true).failed <= mostFailures(total, rollout);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('is what happens when every host fails', () => {
    fc.assert(
      fc.property(fc.nat(120), anyRollout, (total, rollout) => {
        assert.equal(play(total, rollout, () => true).reached, reachedIfAllFail(total, rollout));
      }),
    );
  });

  test('is reached in the worst story where the rule is a number', () => {
    const rollout = parseRollout('5,20,100%;pause=never;errors=3');
    // Three of the first batch fail, which is allowed, none of the second, and then all.
    const worst = play(60, rollout, (index) => index < 3 || index >= 25);
    assert.equal(worst.failed, mostFailures(60, rollout));
  });
});
