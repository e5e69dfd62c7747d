import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { HostOutcome } from '../../../../src/core/commands';
import type { WaveChoice, WaveEvent, WaveHost, WavePlan, WaveState } from '../../../../src/services/commands/waves';
import {
  advanceWaves,
  countOutcomes,
  defaultWaves,
  hostsToSend,
  isFailure,
  planWaves,
  startWaves,
  worstCase,
} from '../../../../src/services/commands/waves';

function hosts(...sizes: readonly number[]): WaveHost[] {
  return sizes.flatMap((size, place) =>
    Array.from({ length: size }, (_, index) => ({ id: `${place}-${index}`, place: `r${place}` })),
  );
}

const none = { type: 'count', value: 0 } as const;
const automatic = { maxErrors: none, pause: 'automatic' } as const;

function sizes(choice: WaveChoice, count: number): number[] {
  return planWaves(hosts(count), choice, automatic).waves.map((wave) => wave.length);
}

function run(plan: WavePlan, ...events: readonly WaveEvent[]): WaveState {
  return events.reduce(advanceWaves, startWaves(plan));
}

const sent = (...ids: readonly string[]): WaveEvent => ({ type: 'sent', ids });
const ended = (id: string, outcome: HostOutcome): WaveEvent => ({ type: 'ended', id, outcome });

describe('the division', () => {
  for (const [choice, count, wanted] of [
    [{ type: 'allAtOnce' }, 3, [3]],
    [{ type: 'waves', sizes: [1] }, 3, [1, 2]],
    [{ type: 'waves', sizes: [1, '10%'] }, 300, [1, 30, 269]],
    [{ type: 'waves', sizes: [1, '10%'] }, 11, [1, 2, 8]],
    [{ type: 'waves', sizes: [1, 10, 50] }, 5, [1, 4]],
    [{ type: 'waves', sizes: ['50%'] }, 1, [1]],
    [{ type: 'allAtOnce' }, 0, []],
  ] as const)
    test(`${JSON.stringify(choice)} of ${count}`, () => assert.deepEqual(sizes(choice, count), wanted));

  test('the smallest region goes first, and nobody twice', () => {
    const plan = planWaves(
      [...hosts(3, 1, 2), { id: '0-0', place: 'r0' }],
      { type: 'waves', sizes: [1, 2] },
      automatic,
    );
    assert.deepEqual(plan.waves, [['1-0'], ['2-0', '2-1'], ['0-0', '0-1', '0-2']]);
  });

  test('by default the first host alone, in between a tenth above ten, a question on production accounts', () => {
    assert.deepEqual(defaultWaves(1, true), { choice: { type: 'allAtOnce' }, pause: 'automatic' });
    assert.deepEqual(defaultWaves(10, false), { choice: { type: 'waves', sizes: [1] }, pause: 'automatic' });
    assert.deepEqual(defaultWaves(11, true), {
      choice: { type: 'waves', sizes: [1, '10%'] },
      pause: 'firstBatchPause',
    });
  });
});

describe('the worst case', () => {
  for (const [choice, maxErrors, wanted] of [
    [{ type: 'waves', sizes: [1, '10%'] }, none, { touched: 1, failed: 89, total: 100 }],
    [{ type: 'allAtOnce' }, none, { touched: 100, failed: 100, total: 100 }],
    [
      { type: 'waves', sizes: [1, 10] },
      { type: 'count', value: 5 },
      { touched: 1, failed: 94, total: 100 },
    ],
    [
      { type: 'waves', sizes: [10, 10] },
      { type: 'share', value: 50 },
      { touched: 10, failed: 90, total: 100 },
    ],
  ] as const)
    test(`${JSON.stringify(choice)}, ${JSON.stringify(maxErrors)}`, () =>
      assert.deepEqual(worstCase(planWaves(hosts(100), choice, { maxErrors, pause: 'automatic' })), wanted));
});

describe('a run in waves', () => {
  const plan = planWaves(hosts(4), { type: 'waves', sizes: [1] }, automatic);
  const [first = '', second = '', third = '', fourth = ''] = plan.waves.flat();

  test('the second wave waits for the first', () => {
    assert.deepEqual(hostsToSend(startWaves(plan)), [first]);
    assert.deepEqual(hostsToSend(run(plan, sent(first))), []);
    assert.deepEqual(hostsToSend(run(plan, sent(first), ended(first, 'ok'))), [second, third, fourth]);
  });

  for (const outcome of [
    'failed',
    'timedOut',
    'notDelivered',
    'refused',
    'silent',
    'unknown',
    'stoppedDuring',
  ] as const)
    test(`${outcome} in the first wave: nothing further is sent`, () => {
      const state = run(plan, sent(first), ended(first, outcome));
      assert.deepEqual([state.status, state.stop, hostsToSend(state)], ['ended', 'waveFailed', []]);
      assert.equal(countOutcomes(state).notSent, 3);
    });

  test('a first wave that is silent stops it whatever the rule allows', () => {
    const lax = { ...plan, maxErrors: { type: 'count', value: 100 } as const };
    assert.equal(run(lax, sent(first), ended(first, 'silent')).stop, 'waveFailed');
  });

  test('failures count over the whole run', () => {
    const three = planWaves(
      hosts(9),
      { type: 'waves', sizes: [3, 3] },
      { maxErrors: { type: 'count', value: 1 }, pause: 'automatic' },
    );
    const [a = [], b = []] = three.waves;
    const one = run(three, sent(...a), ended(a[0] ?? '', 'failed'), ended(a[1] ?? '', 'ok'), ended(a[2] ?? '', 'ok'));
    assert.deepEqual([one.status, one.wave], ['running', 1]);
    const two = [sent(...b), ended(b[0] ?? '', 'failed')].reduce(advanceWaves, one);
    assert.deepEqual([two.status, two.stop, hostsToSend(two)], ['stopping', 'maxErrors', []]);
    const over = [ended(b[1] ?? '', 'ok'), ended(b[2] ?? '', 'stoppedDuring')].reduce(advanceWaves, two);
    assert.equal(over.status, 'ended');
    assert.deepEqual([countOutcomes(over).ok, countOutcomes(over).notSent], [3, 3]);
  });

  test('a person is asked after the first wave', () => {
    const asking = { ...plan, pause: 'firstBatchPause' as const };
    const state = run(asking, sent(first), ended(first, 'ok'));
    assert.deepEqual([state.status, hostsToSend(state)], ['asking', []]);
    assert.deepEqual(hostsToSend(advanceWaves(state, { type: 'continue' })), [second, third, fourth]);
    assert.equal(countOutcomes(advanceWaves(state, { type: 'stop' })).notSent, 3);
  });

  test('a pause holds what is not sent, going on sends it', () => {
    const paused = run(plan, sent(first), { type: 'pause' }, ended(first, 'ok'));
    assert.deepEqual([paused.status, hostsToSend(paused)], ['paused', []]);
    assert.deepEqual(hostsToSend(advanceWaves(paused, { type: 'continue' })).length, 3);
  });

  test('stopped by a person: what runs is followed to its end', () => {
    const stopped = run(plan, sent(first), ended(first, 'ok'), sent(second, third), { type: 'stop' });
    assert.deepEqual([stopped.status, stopped.stop, countOutcomes(stopped).notSent], ['stopping', 'user', 1]);
    assert.equal([ended(second, 'ok'), ended(third, 'stoppedDuring')].reduce(advanceWaves, stopped).status, 'ended');
  });

  test('a host that was silent and answers after all is what it answers', () => {
    const state = run(plan, sent(first), ended(first, 'silent'), ended(first, 'ok'), ended(first, 'failed'));
    assert.equal(state.hosts.get(first), 'ok');
    assert.deepEqual([state.status, hostsToSend(state)], ['ended', []]);
  });
});

const outcome = fc.constantFrom<HostOutcome>(
  'ok',
  'ok',
  'ok',
  'failed',
  'timedOut',
  'silent',
  'unknown',
  'notDelivered',
  'refused',
);
const choice = fc.oneof(
  fc.constant<WaveChoice>({ type: 'allAtOnce' }),
  fc
    .array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom<`${number}%`>('5%', '30%', '70%')), {
      maxLength: 4,
    })
    .map((list): WaveChoice => ({ type: 'waves', sizes: list })),
);
const rule = fc.record({
  maxErrors: fc.oneof(
    fc.nat(6).map((value) => ({ type: 'count' as const, value })),
    fc.nat(100).map((value) => ({ type: 'share' as const, value })),
  ),
  pause: fc.constantFrom('automatic' as const, 'firstBatchPause' as const, 'everyBatchPause' as const),
});

interface Story {
  readonly state: WaveState;
  readonly sent: readonly string[];
}

/** Sends whatever may be sent, lets hosts end in any order, with questions and pauses in between. */
function tell(
  plan: WavePlan,
  steps: readonly { readonly pick: number; readonly outcome: HostOutcome; readonly user: number }[],
): Story {
  let state = startWaves(plan);
  const all: string[] = [];
  const check = (): void => {
    const counts = countOutcomes(state);
    assert.equal(
      Object.values(counts).reduce((sum, count) => sum + count, 0),
      plan.waves.flat().length,
    );
  };
  for (const { pick, outcome: how, user } of steps) {
    if (user === 0) state = advanceWaves(state, { type: 'pause' });
    if (user === 1) state = advanceWaves(state, { type: 'stop' });
    const toSend = hostsToSend(state);
    if (toSend.length > 0) {
      const some = toSend.slice(0, 1 + (pick % toSend.length));
      assert.ok(
        some.every((id) => !all.includes(id)),
        'sent twice',
      );
      all.push(...some);
      state = advanceWaves(state, sent(...some));
      check();
    }
    const open = all.filter((id) => state.hosts.get(id) === 'sent');
    const id = open[pick % Math.max(1, open.length)];
    if (id !== undefined) state = advanceWaves(state, ended(id, how));
    if (user >= 2 && (state.status === 'asking' || state.status === 'paused'))
      state = advanceWaves(state, { type: 'continue' });
    check();
  }
  return { state, sent: all };
}

const steps = fc.array(fc.record({ pick: fc.nat(50), outcome, user: fc.nat(40) }), { minLength: 60, maxLength: 120 });
const size = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });

test('20,000 stories: only hosts of the plan, each once, outcomes add up, failures within the announced worst case', () => {
  fc.assert(
    fc.property(size, choice, rule, steps, (counts, chosen, how, told) => {
      const plan = planWaves(hosts(...counts), chosen, how);
      const story = tell(plan, told);
      const ids = new Set(plan.waves.flat());
      assert.ok(story.sent.every((id) => ids.has(id)));
      const failed = [...story.state.hosts.values()].filter(isFailure).length;
      assert.ok(failed <= worstCase(plan).failed, `${failed} failed`);
      if (
        story.sent.every(
          (id) => isFailure(story.state.hosts.get(id) ?? 'waiting') || story.state.hosts.get(id) === 'sent',
        )
      )
        assert.ok(story.sent.length <= worstCase(plan).touched, `${story.sent.length} touched`);
    }),
    { numRuns: 20_000 },
  );
});

test('a script that fails everywhere touches exactly what was announced', () => {
  fc.assert(
    fc.property(size, choice, rule, (counts, chosen, how) => {
      const plan = planWaves(hosts(...counts), chosen, how);
      const told = Array.from({ length: 200 }, (_, pick) => ({ pick, outcome: 'silent' as const, user: 40 }));
      // Everything of a wave is sent before the first of it ends.
      let state = startWaves(plan);
      const touched: string[] = [];
      for (const { outcome: end } of told) {
        const toSend = hostsToSend(state);
        touched.push(...toSend);
        state = advanceWaves(state, sent(...toSend));
        for (const id of toSend) state = advanceWaves(state, ended(id, end));
        state = state.status === 'asking' ? advanceWaves(state, { type: 'continue' }) : state;
      }
      assert.equal(touched.length, worstCase(plan).touched);
    }),
    { numRuns: 2_000 },
  );
});
