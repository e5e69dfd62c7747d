import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createThrottle, type Throttle } from '../../../src/client/throttle';
import { CloudError } from '../../../src/core/cloudError';
import type { Operation } from '../../../src/core/operation';
import { removal } from '../support/actions';
import { fakeKinds } from '../support/fakeCloud';
import { ManualClock, settled } from '../support/manualClock';

const read = fakeKinds.single.list.operation;
const change = removal(fakeKinds.single).operation;

function create(maxInFlight = 2) {
  const clock = new ManualClock();
  const throttle = createThrottle({ clock, maxInFlight });
  const entered: string[] = [];
  const releases: (() => void)[] = [];
  const enter = (name: string, operation: Operation = read, signal?: AbortSignal, account = 'a'): Promise<void> =>
    throttle.enter(account, operation, signal).then((release) => {
      entered.push(name);
      releases.push(release);
    });
  return { clock, throttle, entered, releases, enter };
}

/** Enters and leaves again at once, as calls do that take no time. */
async function pass(throttle: Throttle): Promise<void> {
  (await throttle.enter('a', read))();
}

describe('places', () => {
  test('no more calls are in flight than allowed', async () => {
    const { entered, releases, enter } = create(2);
    for (const name of ['1', '2', '3']) void enter(name);
    await settled();
    assert.deepEqual(entered, ['1', '2']);
    releases[0]?.();
    await settled();
    assert.deepEqual(entered, ['1', '2', '3']);
  });

  test('a place that is given back twice is one place', async () => {
    const { entered, releases, enter } = create(1);
    for (const name of ['1', '2', '3']) void enter(name);
    await settled();
    releases[0]?.();
    releases[0]?.();
    await settled();
    assert.deepEqual(entered, ['1', '2']);
  });

  test('each account has its own', async () => {
    const { entered, enter } = create(1);
    void enter('a');
    void enter('b', read, undefined, 'b');
    await settled();
    assert.deepEqual(entered, ['a', 'b']);
  });

  test('a long listing does not starve a change: they take turns', async () => {
    const { entered, releases, enter } = create(1);
    for (let i = 0; i < 4; i++) void enter(`read ${i}`);
    for (let i = 0; i < 2; i++) void enter(`change ${i}`, change);
    for (let i = 0; i < 5; i++) {
      await settled();
      releases[i]?.();
    }
    await settled();
    assert.deepEqual(entered, ['read 0', 'change 0', 'read 1', 'change 1', 'read 2', 'read 3']);
  });
});

describe('pace', () => {
  test('after a refusal the next call waits as long as the cloud asks', async () => {
    const { clock, throttle, entered, enter } = create();
    throttle.slowDown('a', read, 500);
    void enter('1');
    await clock.advance(499);
    assert.deepEqual(entered, []);
    await clock.advance(1);
    assert.deepEqual(entered, ['1']);
  });

  test('a cloud that asks for an hour is obeyed for a minute', async () => {
    const { clock, throttle, entered, enter } = create();
    throttle.slowDown('a', read, 3_600_000);
    void enter('1');
    await clock.advance(60_000);
    assert.deepEqual(entered, ['1']);
  });

  test('refusals space the calls out, more and more', async () => {
    const { clock, throttle, entered, enter } = create(10);
    for (let i = 0; i < 6; i++) throttle.slowDown('a', read, undefined);
    for (let i = 0; i < 4; i++) void enter(String(i));
    await clock.advance(200);
    const inTime = entered.length;
    assert.ok(inTime >= 1 && inTime < 4, `${inTime} of 4 calls in 200 ms`);
    await clock.advance(2_000);
    assert.equal(entered.length, 4);
  });

  test('calls that go through speed it up again', async () => {
    const { clock, throttle, entered, enter } = create(10);
    for (let i = 0; i < 10; i++) throttle.slowDown('a', read, undefined);
    for (let i = 0; i < 300; i++) {
      const passing = pass(throttle);
      await clock.advance(5_000);
      await passing;
    }
    for (let i = 0; i < 10; i++) void enter(String(i));
    await settled();
    assert.equal(entered.length, 10);
  });

  test('only the account that was refused slows down', async () => {
    const { throttle, entered, enter } = create();
    throttle.slowDown('a', read, 500);
    void enter('b', read, undefined, 'b');
    await settled();
    assert.deepEqual(entered, ['b']);
  });

  test('a clock that is set back does not stop everything for as long', async () => {
    const { clock, throttle, entered, enter } = create();
    await pass(throttle);
    clock.set(-3_600_000);
    void enter('1');
    await clock.advance(10);
    assert.deepEqual(entered, ['1']);
  });
});

describe('cancel', () => {
  test('while waiting: at once, surely not sent, and the place goes to the next', async () => {
    const { entered, releases, enter } = create(1);
    const abort = new AbortController();
    void enter('1');
    const waiting = enter('2', read, abort.signal);
    void enter('3');
    abort.abort();
    await assert.rejects(waiting, (e) => CloudError.is(e, 'cancelled') && e.delivery === 'notSent');
    await settled();
    releases[0]?.();
    await settled();
    assert.deepEqual(entered, ['1', '3']);
  });

  test('before asking: surely not sent', async () => {
    const { enter } = create();
    await assert.rejects(enter('1', read, AbortSignal.abort()), (e) => CloudError.is(e, 'cancelled'));
  });

  test('after the place was given it changes nothing', async () => {
    const { entered, releases, enter } = create(1);
    const abort = new AbortController();
    await enter('1', read, abort.signal);
    void enter('2');
    abort.abort();
    await settled();
    assert.deepEqual(entered, ['1']);
    releases[0]?.();
    await settled();
    assert.deepEqual(entered, ['1', '2']);
  });
});
