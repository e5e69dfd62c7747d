import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CloudError } from '../../../../src/core/cloudError';
import type { Progress } from '../../../../src/services/actions/ports';
import { openCalls } from '../../../../src/services/actions/recheck';
import { triedAgain } from '../../../../src/services/actions/retry';
import { runsOf } from '../../../../src/services/journal/history';
import type { JournalEntry } from '../../../../src/services/journal/records';
import { remove } from '../../support/actions';
import { fakeAccount, type Fault } from '../../support/fakeCloud';
import { createWorkplace, target, type FakeFiles } from '../../support/workplace';

const quiet: Progress = { signal: new AbortController().signal, report: () => undefined };

/** A run that died when this many records were on the disk; the next session's window finds its journal. */
async function crashAfter(records: number, faults: readonly Fault[] = []) {
  const before = createWorkplace([fakeAccount('a')]);
  before.cloud.put('a', 'r-1', { id: 'x', name: 'web' }, { id: 'y', name: 'db' });
  before.cloud.fault('RemoveOne', ...faults);
  await remove(before.gate, [target('a', 'r-1', 'x', 'activation')]);
  return nextSession(before.files, records, before.cloud.ids('a', 'r-1'));
}

function nextSession(files: FakeFiles, records: number, there: readonly string[], accounts = [fakeAccount('a')]) {
  const after = createWorkplace(accounts);
  after.cloud.put('a', 'r-1', ...there.map((id) => ({ id, name: id })));
  const lines = [...files.files.values()].join('').split('\n').slice(0, records);
  after.files.files.set('earlier.jsonl', lines.map((line) => `${line}\n`).join(''));
  const run = files.records().find((r) => r.type === 'run')?.run ?? '';
  const written = () =>
    after.files
      .records()
      .filter((r) => r.type === 'checked')
      .flatMap((r) => r.outcomes);
  return { ...after, run, written };
}

/** A run whose answer was lost, with the code that the cloud gave. */
async function unknownRun(): Promise<FakeFiles> {
  const before = createWorkplace([fakeAccount('a')]);
  before.cloud.put('a', 'r-1', { id: 'x', name: 'web' });
  before.cloud.fault('RemoveOne', { kind: 'error', code: 'Timeout', status: 504 });
  await remove(before.gate, [target('a', 'r-1', 'x', 'activation')]);
  return before.files;
}

function createUnknown(files: FakeFiles) {
  return nextSession(files, 99, ['x']);
}

// opened, run, before, after, ended
describe('a run that died', () => {
  test('between call and outcome, with the resource gone: deleted, confirmed by reading', async () => {
    const { gate, run, written, cloud } = await crashAfter(3);
    const outcomes = await gate.check(run, quiet);
    assert.deepEqual(
      outcomes.map((o) => [o.id, o.outcome]),
      [['x', 'done']],
    );
    assert.deepEqual(written(), outcomes);
    assert.equal(cloud.count(), 0, 'nothing destructive is sent');
  });

  test('between call and outcome, with the resource still there: that settles it, and says what may still come', async () => {
    const { gate, run } = await crashAfter(3, [{ kind: 'error', code: 'Protected', status: 403 }]);
    const [said, ...others] = await gate.check(run, quiet);
    assert.deepEqual([said?.outcome, others], ['stillThere', []]);
    assert.match(said?.note ?? '', /it is still there\. The call may still take effect; a retry reads it again/);
    assert.deepEqual(await gate.check(run, quiet), []);
  });

  test('and long after the call nothing may come any more', async () => {
    const { gate, run, clock } = await crashAfter(3, [{ kind: 'error', code: 'Protected', status: 403 }]);
    clock.advance(6 * 60_000);
    const [said] = await gate.check(run, quiet);
    assert.deepEqual([said?.outcome, said?.note], ['stillThere', 'Reading afterwards shows that it is still there.']);
  });

  test('what the cloud said is kept by a check that finds the resource still there', async () => {
    const { gate, run, files, cloud } = createUnknown(await unknownRun());
    assert.deepEqual(cloud.ids('a', 'r-1'), ['x']);
    await gate.check(run, quiet);
    const [record] = runsOf(files.records(), new Set());
    const [only] = record?.targets ?? [];
    assert.deepEqual([only?.outcome, only?.code], ['stillThere', 'Timeout']);
    assert.deepEqual(
      only?.said.map(({ outcome, code, from }) => [outcome, code, from]),
      [
        ['unknown', 'Timeout', 'run'],
        ['stillThere', 'Timeout', 'check'],
      ],
    );
    assert.deepEqual([record?.unresolved, record && triedAgain(record).length], [[], 1]);
  });

  test('with keys nobody could name, and others by now: refused, nothing is written down', async () => {
    const before = createWorkplace([fakeAccount('a')]);
    before.cloud.put('a', 'r-1', { id: 'x', name: 'web' });
    before.cloud.fault('WhoAmI', { kind: 'error', code: 'Denied', status: 403 });
    await remove(before.gate, [target('a', 'r-1', 'x', 'activation')]);
    const dead = nextSession(before.files, 3, [], [fakeAccount('a', { key: 'other:1' })]);
    await assert.rejects(dead.gate.check(dead.run, quiet), /not the ones they were/);
    assert.deepEqual(dead.written(), []);
    const same = nextSession(before.files, 3, []);
    assert.deepEqual(
      (await same.gate.check(same.run, quiet)).map((o) => o.outcome),
      ['done'],
    );
  });

  test('with keys that are switched while it looks: what it reads is the first owner’s', async () => {
    const dead = await crashAfter(3, [{ kind: 'error', code: 'Protected', status: 403 }]);
    dead.cloud.onRequest = ({ action }) => {
      if (action === 'WhoAmI') dead.accounts.splice(0, 1, fakeAccount('a', { key: 'other:1' }));
    };
    assert.deepEqual(
      (await dead.gate.check(dead.run, quiet)).map((o) => o.outcome),
      ['stillThere'],
    );
  });

  test('at another endpoint than it was sent to: refused', async () => {
    const dead = await crashAfter(3);
    const elsewhere = [{ ...fakeAccount('a'), endpoint: 'https://ecs.example.com' }];
    const { gate, written } = nextSession(dead.files, 9, [], elsewhere);
    await assert.rejects(gate.check(dead.run, quiet), /endpoint .* is not the one it was/);
    assert.deepEqual(written(), []);
  });

  test('before its first call has nothing open', async () => {
    const { gate, run, written } = await crashAfter(2);
    assert.deepEqual([await gate.check(run, quiet), written()], [[], []]);
  });

  test('after its outcome was written has nothing open', async () => {
    const { gate, run, cloud } = await crashAfter(4);
    assert.deepEqual(await gate.check(run, quiet), []);
    assert.equal(cloud.requests.length, 0);
  });

  test('with an outcome that is unknown is looked at', async () => {
    const { gate, run, cloud } = await crashAfter(9, [{ kind: 'resetBefore' }]);
    cloud.remove('a', 'r-1', 'x');
    assert.deepEqual(
      (await gate.check(run, quiet)).map((o) => o.outcome),
      ['done'],
    );
  });

  test('is looked at once: a second check finds nothing open', async () => {
    const { gate, run } = await crashAfter(3);
    await gate.check(run, quiet);
    assert.deepEqual(await gate.check(run, quiet), []);
  });

  test('keys of another owner judge nothing', async () => {
    const dead = await crashAfter(3);
    const { gate, written } = nextSession(dead.files, 9, ['x'], [fakeAccount('a', { key: 'other:1' })]);
    await assert.rejects(gate.check(dead.run, quiet), (e) => CloudError.is(e, 'invalid') && /other/.test(e.message));
    assert.deepEqual(written(), []);
  });

  test('an account that is gone is said so', async () => {
    const dead = await crashAfter(3);
    const { gate } = nextSession(dead.files, 9, [], []);
    await assert.rejects(gate.check(dead.run, quiet), /no longer exists/);
  });

  test('a cloud that cannot be asked leaves it open', async () => {
    const { gate, run, cloud, written } = await crashAfter(3);
    cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    await assert.rejects(gate.check(run, quiet), (e) => CloudError.is(e, 'permission'));
    assert.deepEqual(written(), []);
    assert.equal((await gate.check(run, quiet)).length, 1);
  });

  test('another run is not touched', async () => {
    const { gate } = await crashAfter(3);
    assert.deepEqual(await gate.check('other', quiet), []);
  });
});

test('ids are open until something is known of each', () => {
  const seal = { seq: 1, time: '', prev: '', hash: '' };
  const call = { provider: 'alibabaCloud', region: 'r', action: 'A', params: {}, clientToken: undefined } as const;
  const account = { id: 'a', name: 'A', identity: undefined, caller: undefined };
  const targets = ['x', 'y', 'z'].map((id) => ({ kind: 'instance', id, name: id, resource: undefined }) as const);
  const entries: JournalEntry[] = [
    { type: 'before', run: 'r', call: '1', ...call, account, targets },
    {
      type: 'after',
      run: 'r',
      call: '1',
      outcomes: [
        { id: 'x', outcome: 'done' },
        { id: 'y', outcome: 'unknown' },
      ],
      requestId: undefined,
      attempts: 1,
    },
    { type: 'checked', run: 'other', call: '1', outcomes: [{ id: 'z', outcome: 'done' }] },
  ];
  assert.deepEqual(
    openCalls(
      entries.map((e) => ({ ...seal, ...e })),
      'r',
    ).map((o) => o.ids),
    [['y', 'z']],
  );
});
