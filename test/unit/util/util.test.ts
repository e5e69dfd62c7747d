import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chunk, forEachLimited, groupBy, SingleFlight } from '../../../src/util/async';
import { systemClock } from '../../../src/util/clock';
import { formatTime } from '../../../src/util/format';
import { DisposableStore, Emitter } from '../../../src/util/lifecycle';
import { settled } from '../support/manualClock';

/** Work that ends when the test says so. */
function byHand() {
  const begun: number[] = [];
  const ends = new Map<number, { readonly resolve: () => void; readonly reject: (error: Error) => void }>();
  const work = (item: number): Promise<void> => {
    begun.push(item);
    return new Promise((resolve, reject) => ends.set(item, { resolve, reject }));
  };
  const end = (item: number, error?: Error): Promise<void> => {
    if (error === undefined) ends.get(item)?.resolve();
    else ends.get(item)?.reject(error);
    return settled();
  };
  return { begun, work, end };
}

describe('work on many items', () => {
  test('has no more under way than the limit, and ends when all are done', async () => {
    const { begun, work, end } = byHand();
    let isDone = false;
    const all = forEachLimited([1, 2, 3], 2, work).then(() => (isDone = true));
    assert.deepEqual(begun, [1, 2]);
    await end(2);
    assert.deepEqual(begun, [1, 2, 3]);
    await end(3);
    assert.equal(isDone, false);
    await end(1);
    await all;
  });

  test('begins nothing after a failure, waits for what is under way, and says the first', async () => {
    const { begun, work, end } = byHand();
    let over = '';
    const all = forEachLimited([1, 2, 3, 4], 2, work).catch((e: unknown) => (over = String(e)));
    await end(1, new Error('first'));
    assert.equal(over, '');
    await end(2, new Error('second'));
    await all;
    assert.deepEqual([begun, over], [[1, 2], 'Error: first']);
  });

  test('with no items is done at once', () => forEachLimited([], 4, () => assert.fail()));
});

describe('one flight', () => {
  test('is shared by all who ask meanwhile; the next begins anew, also after a failure', async () => {
    const flights = new SingleFlight<number>();
    let starts = 0;
    const start = (): Promise<number> => (++starts === 1 ? Promise.reject(new Error('down')) : Promise.resolve(starts));
    const both = await Promise.allSettled([flights.run('a', start), flights.run('a', start)]);
    assert.deepEqual(
      both.map((b) => b.status),
      ['rejected', 'rejected'],
    );
    assert.deepEqual(
      await Promise.all([flights.run('a', start), flights.run('a', start), flights.run('b', start)]),
      [2, 2, 3],
    );
  });
});

test('lists are cut into parts', () => {
  assert.deepEqual(chunk([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
  assert.deepEqual(chunk([], 2), []);
});

test('groups come in the order in which their keys appear', () => {
  assert.deepEqual(
    [...groupBy(['b1', 'a1', 'b2'], (s) => s.slice(0, 1))],
    [
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ],
  );
});

describe('the machine’s clock', () => {
  test('wakes whoever cancels at once, with the reason', async () => {
    const abort = new AbortController();
    const sleeping = systemClock.sleep(60_000, abort.signal);
    abort.abort(new Error('stop'));
    await assert.rejects(sleeping, /stop/);
    await assert.rejects(systemClock.sleep(60_000, abort.signal), /stop/);
  });

  test('ends a short sleep', () => systemClock.sleep(1));
});

describe('disposables', () => {
  test('go in the opposite order, once, and at once when they come too late', () => {
    const store = new DisposableStore();
    const gone: string[] = [];
    const item = (name: string) => ({ dispose: () => void gone.push(name) });
    store.add(item('a'));
    store.add(item('b'));
    store.dispose();
    store.dispose();
    store.add(item('late'));
    assert.deepEqual(gone, ['b', 'a', 'late']);
  });
});

describe('events', () => {
  test('reach all who listen, until they stop', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    const first = emitter.event((n) => heard.push(`a${n}`));
    emitter.event((n) => heard.push(`b${n}`));
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(heard, ['a1', 'b1', 'b2']);
  });

  test('reach the others although one who listens fails; the failure comes out elsewhere', (t) => {
    const later: (() => void)[] = [];
    t.mock.method(globalThis, 'queueMicrotask', (task: () => void) => later.push(task));
    const emitter = new Emitter<void>();
    let heard = 0;
    emitter.event(() => {
      throw new Error('broken');
    });
    emitter.event(() => heard++);
    emitter.fire();
    assert.equal(heard, 1);
    assert.throws(() => later[0]?.(), /broken/);
  });

  test('do not reach who begins to listen while they are told', () => {
    const emitter = new Emitter<void>();
    let late = 0;
    emitter.event(() => emitter.event(() => late++));
    emitter.fire();
    assert.equal(late, 0);
  });
});

describe('a time', () => {
  const time = new Date('2026-01-02T03:04:05Z');
  for (const [language, expected] of [
    ['en', 'Jan 2, 2026, 3:04:05 AM UTC'],
    ['zh-cn', '2026年1月2日 3:04:05 UTC'],
    ['no language at all', 'Jan 2, 2026, 3:04:05 AM UTC'],
  ] as const) {
    test(`ends with its zone: ${language}`, () =>
      assert.equal(formatTime(time, language, 'UTC').replaceAll('\u202f', ' '), expected));
  }
});
