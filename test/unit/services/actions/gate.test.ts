import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RunReport } from '../../../../src/services/actions/report';
import type { Outcome } from '../../../../src/services/journal/outcome';
import { verifyAll } from '../../../../src/services/journal/verify';
import { planRemoval, remove } from '../../support/actions';
import { fakeAccount, type Fault } from '../../support/fakeCloud';
import { createHeldCloud } from '../../support/heldCloud';
import { settled } from '../../support/manualClock';
import { createWorkplace, target } from '../../support/workplace';

function outcomesOf(report: RunReport | undefined): Record<string, Outcome> {
  return Object.fromEntries((report?.results ?? []).map((r) => [r.planned.target.id, r.outcome]));
}

function oneThing(options: Parameters<typeof fakeAccount>[1] = {}) {
  const place = createWorkplace([fakeAccount('a', options)]);
  place.cloud.put('a', 'r-1', { id: 'x', name: 'web', state: 'up' });
  return place;
}

const error = (code: string, status: number): Fault => ({ kind: 'error', code, status });

describe('asking', () => {
  test('a confirmed plan deletes exactly its target', async () => {
    const { gate, cloud } = oneThing();
    cloud.put('a', 'r-1', { id: 'y', name: 'db' });
    cloud.put('a', 'r-2', { id: 'x', name: 'web elsewhere' });
    assert.deepEqual(outcomesOf(await remove(gate, [target('a', 'r-1', 'x')])), { x: 'done' });
    assert.deepEqual([cloud.ids('a', 'r-1'), cloud.ids('a', 'r-2')], [['y'], ['x']]);
  });

  for (const answer of ['cancel', 'review'] as const) {
    test(`"${answer}" sends nothing and writes nothing down`, async () => {
      const { gate, cloud, person, files } = oneThing();
      person.answer = answer;
      assert.equal(await remove(gate, [target('a', 'r-1', 'x')]), undefined);
      assert.equal(cloud.count(), 0);
      assert.equal(files.files.size, 0);
    });
  }

  test('a typed confirmation that is turned away sends nothing', async () => {
    const { gate, cloud, person } = oneThing();
    person.typesIt = false;
    assert.equal(await remove(gate, [target('a', 'r-1', 'x', 'instance')]), undefined);
    assert.deepEqual(
      person.typed.map((t) => t.expected),
      ['web'],
    );
    assert.equal(cloud.count(), 0);
  });

  for (const name of ['web\u200B', 'web ', 'x'.repeat(65)]) {
    test(`a name that cannot be typed as it is seen is confirmed by its id: ${JSON.stringify(name).slice(0, 12)}`, async () => {
      const { gate, cloud, person } = oneThing();
      cloud.put('a', 'r-1', { id: 'x', name });
      await remove(gate, [target('a', 'r-1', 'x', 'instance')]);
      assert.deepEqual(
        person.typed.map((t) => t.expected),
        ['x'],
      );
    });
  }

  test('a production account asks for its name', async () => {
    const { gate, person } = oneThing({ level: 'production' });
    await remove(gate, [target('a', 'r-1', 'x')]);
    assert.deepEqual(
      person.typed.map((t) => t.expected),
      ['Account a'],
    );
  });

  test('a mark of the same owner that is learned while planning counts, and says why', async () => {
    const levelFrom = { name: 'prod', source: 'a file', by: 'owner' } as const;
    for (const level of ['readOnly', 'production'] as const) {
      const { gate, cloud, person, accounts } = oneThing();
      cloud.onRequest = ({ action }) => {
        if (action === 'WhoAmI') accounts.splice(0, 1, { ...fakeAccount('a', { level }), levelFrom });
      };
      await remove(gate, [target('a', 'r-1', 'x')]);
      if (level === 'readOnly') {
        assert.equal(
          person.asked[0]?.groups[0]?.forbidden,
          'The account "Account a" is read-only: "prod" (a file) of the same cloud account is marked read-only.',
        );
        assert.equal(cloud.count(), 0);
      } else
        assert.deepEqual(person.typed, [
          {
            prompt:
              '"Account a" is a production account. Type its name to go on. "prod" (a file) of the same cloud account is marked production.',
            expected: 'Account a',
          },
        ]);
    }
  });

  for (const name of ['', ' ', '\u200b', '\u3164'])
    test(`a production account without a name is typed by one of ours: ${JSON.stringify(name)}`, async () => {
      const { gate, person, accounts } = oneThing({ level: 'production' });
      accounts.splice(0, 1, { ...fakeAccount('a', { level: 'production' }), name });
      await remove(gate, [target('a', 'r-1', 'x')]);
      assert.deepEqual(
        person.typed.map((t) => t.expected),
        ['unnamed'],
      );
      assert.match(person.typed[0]?.prompt ?? '', /"unnamed"/);
    });

  test('more targets than the setting ask for their number', async () => {
    const { gate, cloud, person } = oneThing();
    const many = Array.from({ length: 11 }, (_, i) => ({ id: `m${i}`, name: `m${i}` }));
    cloud.put('a', 'r-1', ...many);
    await remove(
      gate,
      many.map((m) => target('a', 'r-1', m.id)),
    );
    assert.deepEqual(
      person.typed.map((t) => t.expected),
      ['11'],
    );
  });

  test('a read-only account refuses although a command got this far', async () => {
    const { gate, cloud, person } = oneThing({ level: 'readOnly' });
    assert.equal(await remove(gate, [target('a', 'r-1', 'x')]), undefined);
    assert.match(person.asked[0]?.groups[0]?.forbidden ?? '', /read-only/);
    assert.equal(cloud.count(), 0);
  });

  test('a plan runs once, however often it is confirmed', async () => {
    const { gate, cloud } = oneThing();
    const plan = await planRemoval(gate, [target('a', 'r-1', 'x')]);
    const runs = await Promise.all([gate.runReviewed(plan?.id ?? ''), gate.runReviewed(plan?.id ?? '')]);
    assert.equal(runs.filter(({ report }) => report !== undefined).length, 1);
    assert.equal(cloud.count(), 1);
  });

  test('a target without an account is refused in words', async () => {
    const { gate, person } = oneThing();
    assert.equal(await remove(gate, [target('nobody', 'r-1', 'x')]), undefined);
    assert.match(person.told[0] ?? '', /no longer exists/);
  });

  test('what will surely be refused is not sent', async () => {
    const { gate, cloud, person } = oneThing();
    cloud.put('a', 'r-1', { id: 'p', name: 'safe', protected: true });
    const report = await remove(gate, [target('a', 'r-1', 'x'), target('a', 'r-1', 'p')]);
    assert.deepEqual(outcomesOf(report), { x: 'done', p: 'notSent' });
    assert.deepEqual(
      person.asked[0]?.groups[0]?.targets.map((t) => t.verdict),
      ['go', 'refused'],
    );
    assert.deepEqual(cloud.ids('a', 'r-1'), ['p']);
  });

  test('the same id in two accounts and two regions stays several targets', async () => {
    const { gate, cloud, person } = createTwoAccounts();
    const report = await remove(gate, [target('a', 'r-1', 'x'), target('b', 'r-1', 'x'), target('a', 'r-2', 'x')]);
    assert.equal(person.asked.length, 1);
    assert.equal(person.asked[0]?.groups.length, 3);
    assert.deepEqual(
      report?.results.map((r) => r.outcome),
      ['done', 'done', 'done'],
    );
    assert.deepEqual(
      [cloud.ids('a', 'r-1'), cloud.ids('b', 'r-1'), cloud.ids('a', 'r-2'), cloud.ids('b', 'r-2')],
      [[], [], [], ['x']],
    );
  });
});

function createTwoAccounts() {
  const place = createWorkplace([fakeAccount('a'), fakeAccount('b')]);
  for (const account of ['a', 'b'])
    for (const region of ['r-1', 'r-2']) place.cloud.put(account, region, { id: 'x', name: account });
  return place;
}

describe('between review and call', () => {
  test('what changed since the review is not touched', async () => {
    const { gate, cloud, person } = oneThing();
    person.onConfirm = () => cloud.put('a', 'r-1', { id: 'x', name: 'another', state: 'up' });
    const report = await remove(gate, [target('a', 'r-1', 'x')]);
    assert.deepEqual(outcomesOf(report), { x: 'changed' });
    assert.match(report?.results[0]?.message ?? '', /name: web → another/);
    assert.equal(cloud.count(), 0);
  });

  test('what is gone before the call is "already gone", not deleted', async () => {
    const { gate, cloud, person } = oneThing();
    person.onConfirm = () => cloud.remove('a', 'r-1', 'x');
    assert.deepEqual(outcomesOf(await remove(gate, [target('a', 'r-1', 'x')])), { x: 'already' });
    assert.equal(cloud.count(), 0);
  });

  test('what goes between the last look and the call is "already gone"', async () => {
    const { gate, cloud } = oneThing();
    cloud.onRequest = (r) => r.action === 'RemoveThing' && cloud.remove('a', 'r-1', 'x');
    assert.deepEqual(outcomesOf(await remove(gate, [target('a', 'r-1', 'x')])), { x: 'already' });
  });

  test('keys that now belong to another owner send nothing', async () => {
    const { gate, cloud, person, accounts } = oneThing();
    cloud.put('other', 'r-1', { id: 'x', name: 'web', state: 'up' });
    person.onConfirm = () => accounts.splice(0, 1, fakeAccount('a', { key: 'other:1' }));
    const report = await remove(gate, [target('a', 'r-1', 'x')]);
    assert.deepEqual(outcomesOf(report), { x: 'notSent' });
    assert.match(report?.results[0]?.message ?? '', /now belong to account other, not to a/);
    assert.equal(cloud.count(), 0);
  });

  test('a rotated key of the same owner goes on', async () => {
    const { gate, person, accounts } = oneThing();
    person.onConfirm = () => accounts.splice(0, 1, fakeAccount('a', { key: 'a:2' }));
    assert.deepEqual(outcomesOf(await remove(gate, [target('a', 'r-1', 'x')])), { x: 'done' });
  });
});

describe('what the cloud answers', () => {
  function check(
    name: string,
    faults: readonly Fault[],
    expected: Outcome,
    calls: number,
    kind: 'managedInstance' | 'activation' = 'managedInstance',
  ) {
    test(name, async () => {
      const { gate, cloud } = oneThing();
      const action = kind === 'activation' ? 'RemoveOne' : 'RemoveThing';
      cloud.fault(action, ...faults);
      const report = await remove(gate, [target('a', 'r-1', 'x', kind)]);
      assert.deepEqual(outcomesOf(report), { x: expected });
      assert.equal(cloud.count(), calls);
      const there = cloud.ids('a', 'r-1').includes('x');
      assert.equal(there, expected !== 'done', 'the report agrees with the cloud');
    });
  }
  check('a refusal is not repeated', [error('Protected', 403)], 'refused', 1);
  check('a missing permission is a refusal', [error('Denied', 403)], 'refused', 1);
  check('throttling is waited out', [error('Throttling', 400), error('Throttling', 400)], 'done', 3);
  check('a connection that never was is tried again', [{ kind: 'refused' }], 'done', 1);
  check(
    'an answer lost after the deletion: reading shows it is gone, no second call',
    [{ kind: 'resetAfter' }],
    'done',
    1,
  );
  check(
    'lost after the deletion, without a token: no second call either',
    [{ kind: 'resetAfter' }],
    'done',
    1,
    'activation',
  );
  check('lost before the deletion: the same token asks again', [{ kind: 'resetBefore' }], 'done', 2);
  check(
    'lost before the deletion, without a token: unknown, never a second call',
    [{ kind: 'resetBefore' }],
    'unknown',
    1,
    'activation',
  );
  check(
    'a server error that may have acted is read back',
    [error('InternalError', 500), error('InternalError', 500)],
    'unknown',
    2,
  );
  check('a captive portal is no success', [{ kind: 'html' }, { kind: 'html' }], 'unknown', 2);
  check('a bad key is a failure', [error('BadKey', 403)], 'failed', 1);

  test('a refusal for a missing permission names it', async () => {
    const { gate, cloud } = oneThing();
    cloud.fault('RemoveThing', error('Denied', 403));
    const [result] = (await remove(gate, [target('a', 'r-1', 'x')]))?.results ?? [];
    assert.equal(result?.permission, 'ecs:RemoveThing');
    assert.match(result.advice ?? '', /"ecs:RemoveThing"/);
  });

  test('a repeat carries the very same token and parameters', async () => {
    const { gate, cloud } = oneThing();
    cloud.fault('RemoveThing', { kind: 'resetBefore' });
    await remove(gate, [target('a', 'r-1', 'x')]);
    const [first, second] = cloud.requests.filter((r) => r.action === 'RemoveThing').map((r) => r.params);
    assert.deepEqual(first, second);
    assert.equal(typeof first?.['ClientToken'], 'string');
  });

  test('one bad id in a batch: it is blamed, the others are "not sent"', async () => {
    const { gate, cloud } = oneThing();
    cloud.put('a', 'r-1', { id: 'y', name: 'y' }, { id: 'z', name: 'z' });
    cloud.onRequest = (r) => r.action === 'RemoveBatch' && cloud.remove('a', 'r-1', 'y');
    const report = await remove(
      gate,
      ['x', 'y', 'z'].map((id) => target('a', 'r-1', id, 'instance')),
    );
    assert.deepEqual(outcomesOf(report), { x: 'notSent', y: 'already', z: 'notSent' });
    assert.deepEqual(cloud.ids('a', 'r-1'), ['x', 'z']);
  });

  test('one failure hides no other outcome', async () => {
    const { gate, cloud } = oneThing();
    cloud.put('a', 'r-1', { id: 'y', name: 'y' }, { id: 'z', name: 'z' });
    cloud.fault('RemoveThing', error('Protected', 403));
    const report = await remove(
      gate,
      ['x', 'y', 'z'].map((id) => target('a', 'r-1', id)),
    );
    assert.deepEqual([...Object.values(outcomesOf(report))].sort(), ['done', 'done', 'refused']);
  });
});

describe('cancel', () => {
  test('stops the queue and says which were sent', async () => {
    const { gate, cloud, person } = oneThing();
    const more = Array.from({ length: 9 }, (_, i) => ({ id: `m${i}`, name: `m${i}` }));
    cloud.put('a', 'r-1', ...more);
    cloud.onRequest = (r) => r.action === 'RemoveThing' && person.abort.abort();
    const report = await remove(gate, [target('a', 'r-1', 'x'), ...more.map((m) => target('a', 'r-1', m.id))]);
    const outcomes = Object.values(outcomesOf(report));
    assert.equal(report?.cancelled, true);
    assert.ok(outcomes.includes('notSent'));
    assert.equal(outcomes.filter((o) => o === 'done').length, 10 - cloud.ids('a', 'r-1').length);
  });

  test('during a call that never answers is resolved by reading', async () => {
    const { gate, cloud, person } = oneThing();
    cloud.fault('RemoveThing', { kind: 'hang' });
    cloud.onRequest = (r) => {
      if (r.action === 'RemoveThing') setImmediate(() => person.abort.abort());
    };
    assert.deepEqual(outcomesOf(await remove(gate, [target('a', 'r-1', 'x')])), { x: 'unknown' });
  });

  test('waits for the answer that is out, sends nothing else, and tells what was done', async () => {
    const { gate, cloud, person, held, hold, letGo } = createHeldCloud();
    const names = ['x', 'y', 'z'];
    cloud.put('a', 'r-1', ...names.map((id) => ({ id, name: `name-${id}` })));
    const asked = names.map((id) => target('a', 'r-1', id));
    const ready = new Promise<void>((resolve) => {
      cloud.onRequest = ({ action }) => {
        if (action !== 'ListThings' || person.asked.length === 0) return;
        // The last reading before the calls.
        hold();
        resolve();
      };
    });
    let isOver = false;
    const run = remove(gate, asked).finally(() => (isOver = true));
    await ready;
    await settled();
    const out = held.filter(({ request }) => request.action === 'RemoveThing').length;
    person.abort.abort();
    await settled();
    assert.equal(isOver, false);
    await letGo();
    const report = await run;
    assert.equal(report?.cancelled, true);
    assert.equal(out, 2);
    assert.deepEqual(outcomesOf(report), { x: 'done', y: 'done', z: 'notSent' });
    assert.deepEqual(cloud.ids('a', 'r-1'), ['z']);
  });

  test('finds out by reading what a call did whose answer was lost, also after the cancel', async () => {
    const { gate, cloud, person } = oneThing();
    cloud.fault('RemoveThing', { kind: 'resetAfter' });
    cloud.onRequest = ({ action }) => action === 'RemoveThing' && person.abort.abort();
    assert.deepEqual(outcomesOf(await remove(gate, [target('a', 'r-1', 'x')])), { x: 'done' });
    assert.equal(cloud.count('RemoveThing'), 1);
  });

  test('never makes a call once more, throttled or lost', async () => {
    for (const fault of [error('Throttling', 429), { kind: 'resetBefore' } as const]) {
      const { gate, cloud, person } = oneThing();
      cloud.fault('RemoveThing', fault);
      cloud.onRequest = ({ action }) => action === 'RemoveThing' && person.abort.abort();
      const report = await remove(gate, [target('a', 'r-1', 'x')]);
      assert.equal(cloud.count('RemoveThing'), 1);
      assert.deepEqual(cloud.ids('a', 'r-1'), ['x']);
      assert.deepEqual(outcomesOf(report), { x: fault.kind === 'error' ? 'notSent' : 'unknown' });
    }
  });

  test('while planning sends nothing', async () => {
    const { gate, cloud, person } = oneThing();
    cloud.onRequest = () => person.abort.abort();
    assert.equal(await remove(gate, [target('a', 'r-1', 'x')]), undefined);
    assert.equal(person.asked.length, 0);
    assert.equal(cloud.count(), 0);
  });
});

describe('progress', () => {
  test('tells which call is made once more, where and why, and goes on counting', async () => {
    const { gate, cloud, person } = oneThing();
    cloud.put('a', 'r-1', { id: 'y', name: 'y' });
    const busy = error('Throttling', 429);
    cloud.fault('RemoveThing', busy, busy);
    await remove(gate, [target('a', 'r-1', 'x')]);
    assert.deepEqual(
      person.steps.filter(({ text }) => text.includes('attempt')),
      [2, 3].map((attempt) => ({ done: 0, total: 1, text: `Account a, r-1: busy, attempt ${attempt} of 4` })),
    );
    assert.deepEqual(person.steps.at(-1), { done: 1, total: 1, text: 'web' });
  });

  test('tells it of a reading as well, also while a plan is made', async () => {
    const { gate, cloud, person } = oneThing();
    cloud.fault('ListThings', error('Broken', 500));
    await planRemoval(gate, [target('a', 'r-1', 'x')]);
    assert.ok(person.steps.some(({ text }) => text === 'Account a, r-1: error of the cloud, attempt 2 of 4'));
  });

  test('tells that what became of a lost answer is looked for', async () => {
    const { gate, cloud, person } = oneThing();
    cloud.fault('RemoveThing', { kind: 'hang' }, { kind: 'hang' });
    await remove(gate, [target('a', 'r-1', 'x')]);
    assert.ok(person.steps.some(({ text }) => text === 'web: the answer was lost, looking what became of it'));
  });
});

describe('journal', () => {
  test('the intent is on the disk before the call is sent', async () => {
    const { gate, cloud, files } = oneThing();
    let before: string[] = [];
    cloud.onRequest = (r) => r.action === 'RemoveThing' && (before = files.records().map((record) => record.type));
    await remove(gate, [target('a', 'r-1', 'x')]);
    assert.deepEqual(before, ['opened', 'run', 'before']);
    assert.deepEqual(
      files.records().map((record) => record.type),
      ['opened', 'run', 'before', 'after', 'ended'],
    );
    assert.deepEqual(verifyAll(await files.list()).problems, []);
  });

  test('holds the full record of the resource as it was', async () => {
    const { gate, files } = oneThing();
    await remove(gate, [target('a', 'r-1', 'x')]);
    const record = files.records().find((r) => r.type === 'before');
    assert.deepEqual(record?.type === 'before' && record.targets, [
      { kind: 'managedInstance', id: 'x', name: 'web', resource: { id: 'x', name: 'web', state: 'up' } },
    ]);
  });

  for (const failAfter of [0, 1, 2]) {
    test(`nothing is sent when it cannot be written (after ${failAfter} records)`, async () => {
      const { gate, cloud, files } = oneThing();
      files.failAfter = failAfter;
      const report = await remove(gate, [target('a', 'r-1', 'x')]);
      assert.deepEqual(outcomesOf(report), { x: 'notSent' });
      assert.match(report?.stopped ?? '', /disk full/);
      assert.equal(cloud.count(), 0);
    });
  }
});
