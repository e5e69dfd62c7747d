import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runsOf } from '../../../../src/services/journal/history';
import type { JournalRecord } from '../../../../src/services/journal/records';
import type { JournalEntry } from '../../../../src/services/journal/records';
import type { JournalOutcome } from '../../../../src/services/journal/records';
import type { RunRecord } from '../../../../src/services/journal/runRecord';
import { remove } from '../../support/actions';
import { fakeAccount } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

/** Records as the journal writes them, one second apart. The chain is the journal's own business. */
function written(...entries: readonly JournalEntry[]): JournalRecord[] {
  return entries.map((entry, i) => ({
    ...entry,
    seq: i + 1,
    time: new Date(Date.UTC(2026, 0, 2, 3, 4, i)).toISOString(),
    prev: '',
    hash: '',
  }));
}

function run(count: number, name = 'run-1'): JournalEntry {
  return { type: 'run', run: name, plan: 'hash', count, title: 'Remove?' };
}

function before(call: string, ...ids: readonly string[]): JournalEntry {
  const account = { id: 'a', name: 'Account a', identity: 'owner', caller: 'owner/user' };
  const targets = ids.map((id) => ({ kind: 'managedInstance' as const, id, name: `name of ${id}`, resource: { id } }));
  return {
    type: 'before',
    run: 'run-1',
    call,
    provider: 'alibabaCloud',
    account,
    region: 'r-1',
    action: 'RemoveThing',
    params: {},
    clientToken: undefined,
    targets,
  };
}

function after(call: string, ...outcomes: readonly JournalOutcome[]): JournalEntry {
  return { type: 'after', run: 'run-1', call, outcomes, requestId: `req-${call}`, attempts: 1 };
}

function ended(cancelled = false, ...unsent: readonly JournalOutcome[]): JournalEntry {
  const place = { kind: 'managedInstance', region: 'r-1', accountId: 'a' } as const;
  return { type: 'ended', run: 'run-1', cancelled, unsent: unsent.map((one) => ({ ...one, ...place })) };
}

/** `id outcome` for every target, `?` behind those that must be checked. */
function said({ targets, unresolved }: RunRecord): string[] {
  return targets.map((t) => `${t.id} ${t.outcome ?? '-'}${unresolved.includes(t) ? ' ?' : ''}`);
}

describe('a run in the journal', () => {
  const check = (
    name: string,
    entries: readonly JournalEntry[],
    expected: { readonly state: string; readonly said: readonly string[]; readonly neverSent?: number },
    own = false,
  ): void =>
    void it(name, () => {
      const [first] = runsOf(written(...entries), new Set(own ? ['run-1'] : []));
      assert.ok(first);
      assert.deepEqual(
        { state: first.state, said: said(first), neverSent: first.neverSent },
        { neverSent: 0, ...expected },
      );
    });

  check(
    'has the outcome of each target',
    [
      run(2),
      before('1', 'x'),
      after('1', { id: 'x', outcome: 'done' }),
      before('2', 'y'),
      after('2', { id: 'y', outcome: 'refused' }),
      ended(),
    ],
    {
      state: 'ended',
      said: ['x done', 'y refused'],
    },
  );
  check(
    'names what was never sent',
    [run(1), before('1', 'x'), after('1', { id: 'x', outcome: 'done' }), ended(true, { id: 'y', outcome: 'notSent' })],
    {
      state: 'cancelled',
      said: ['x done', 'y notSent'],
    },
  );
  check('is running while this window is at it', [run(2), before('1', 'x')], { state: 'running', said: ['x -'] }, true);
  check(
    'that was interrupted must be checked where no outcome is written down',
    [run(3), before('1', 'x'), after('1', { id: 'x', outcome: 'done' }), before('2', 'y')],
    {
      state: 'interrupted',
      said: ['x done', 'y - ?'],
      neverSent: 1,
    },
  );
  check('that was interrupted before the first call sent nothing', [run(5)], {
    state: 'interrupted',
    said: [],
    neverSent: 5,
  });
  check(
    'must be checked where the answer never came',
    [run(1), before('1', 'x'), after('1', { id: 'x', outcome: 'unknown' }), ended()],
    { state: 'ended', said: ['x unknown ?'] },
  );
  check(
    'is settled by a check',
    [run(1), before('1', 'x'), { type: 'checked', run: 'run-1', call: '1', outcomes: [{ id: 'x', outcome: 'done' }] }],
    {
      state: 'interrupted',
      said: ['x done'],
    },
  );
  check(
    'counts a repeated call once',
    [run(1), before('1', 'x'), before('1', 'x'), after('1', { id: 'x', outcome: 'done' }), ended()],
    { state: 'ended', said: ['x done'] },
  );
  check(
    'takes outcomes of one call that come in parts',
    [
      run(2),
      before('1', 'x', 'y'),
      after('1', { id: 'x', outcome: 'done' }),
      after('1', { id: 'y', outcome: 'unknown' }),
      ended(),
    ],
    {
      state: 'ended',
      said: ['x done', 'y unknown ?'],
    },
  );
  check(
    'ignores outcomes of targets it does not know',
    [run(1), before('1', 'x'), after('1', { id: 'z', outcome: 'done' })],
    { state: 'interrupted', said: ['x - ?'] },
  );

  it('is shown as far as it goes when lines are of another shape', () => {
    const good = written(run(1), before('1', 'x'), after('1', { id: 'x', outcome: 'done' }), ended());
    const bad = [
      { type: 'before', run: 'run-1' },
      { type: 'before', run: 'run-1', account: {} },
      { type: 'after', run: 'run-1' },
      { type: 'ended', run: 7 },
      { type: 'odd', run: 'run-1' },
      { type: 'run', run: 'r', time: 'x' },
    ];
    // Lines of a file can hold anything.
    const [first, ...rest] = runsOf(
      [...good, ...bad.map((b) => ({ ...good[0], targets: undefined, ...b }))] as JournalRecord[],
      new Set(),
    );
    assert.ok(first);
    assert.deepEqual(said(first), ['x done']);
    assert.deepEqual(rest, []);
  });

  it('keeps account, place, request id, words and record of each target', () => {
    const outcome = {
      id: 'x',
      outcome: 'refused',
      code: 'Protected',
      message: 'protected',
      advice: 'Lift it.',
      note: 'n',
    } as const;
    const [only] = runsOf(written(run(1), before('1', 'x'), after('1', outcome), ended()), new Set())[0]?.targets ?? [];
    const { time, ...facts } = only ?? assert.fail();
    assert.equal(time.toISOString(), '2026-01-02T03:04:02.000Z');
    assert.deepEqual(facts, {
      ...outcome,
      kind: 'managedInstance',
      name: 'name of x',
      accountId: 'a',
      accountName: 'Account a',
      provider: 'alibabaCloud',
      region: 'r-1',
      does: undefined,
      action: 'RemoveThing',
      requestId: 'req-1',
      resource: { id: 'x' },
      account: { id: 'a', name: 'Account a', identity: 'owner', caller: 'owner/user' },
      answers: undefined,
      said: [{ time: new Date('2026-01-02T03:04:02.000Z'), outcome: 'refused', code: 'Protected', from: 'run' }],
    });
  });

  it('keeps what the cloud said when an older check dropped it, until the resource is found gone', () => {
    const lost = { id: 'x', outcome: 'unknown', code: 'Timeout', message: 'too late' } as const;
    const looked = (outcome: 'unknown' | 'done'): JournalEntry => ({
      type: 'checked',
      run: 'run-1',
      call: '1',
      outcomes: [{ id: 'x', outcome }],
    });
    const after1 = [run(1), before('1', 'x'), after('1', lost), ended()];
    const codes = (...more: readonly JournalEntry[]) =>
      runsOf(written(...after1, ...more), new Set())[0]?.targets.map(({ outcome, code }) => [outcome, code]);
    assert.deepEqual(codes(looked('unknown')), [['unknown', 'Timeout']]);
    assert.deepEqual(codes(looked('unknown'), looked('done')), [['done', undefined]]);
  });

  describe('what was not sent', () => {
    const unsent = ended(true, { id: 'y', outcome: 'notSent' });
    const facts = (...entries: readonly JournalEntry[]) =>
      runsOf(written(...entries), new Set())
        .flatMap(({ targets }) => targets)
        .filter(({ id }) => id === 'y')
        .map(({ name, accountName, provider, action, does }) => [name, accountName, provider, action, does]);
    const group = {
      provider: 'alibabaCloud',
      account: { id: 'a', name: 'Prod', identity: 'owner' },
      region: 'r-1',
      does: 'removeThing',
      action: 'RemoveThing',
      kind: 'managedInstance',
      targets: [{ id: 'y', name: 'db' }],
    } as const;

    it('has name, account and action where the run wrote them down', () =>
      assert.deepEqual(facts({ ...run(1), groups: [group] } as JournalEntry, unsent), [
        ['db', 'Prod', 'alibabaCloud', 'RemoveThing', 'removeThing'],
      ]));
    it('has them from other lines where an older version did not', () =>
      assert.deepEqual(facts(run(1), before('1', 'x'), unsent), [
        ['y', 'Account a', 'alibabaCloud', undefined, undefined],
      ]));
    it('is told by its ids where nothing else is known', () =>
      assert.deepEqual(facts(run(1), unsent), [['y', 'a', undefined, undefined, undefined]]));
    it('is named also when the run was interrupted', () => {
      const [interrupted] = runsOf(
        written({
          ...run(2),
          groups: [{ ...group, targets: [...group.targets, { id: 'z', name: 'z', left: true }] }],
        } as JournalEntry),
        new Set(),
      );
      assert.deepEqual(
        interrupted?.neverSentTargets.map(({ id, name, outcome, mayRetry }) => [id, name, outcome, mayRetry]),
        [['y', 'db', 'notSent', true]],
      );
    });
  });

  describe('a retry', () => {
    const again = (...outcomes: readonly JournalOutcome[]): JournalEntry[] => [
      { ...run(1, 'run-2'), retryOf: 'run-1' } as JournalEntry,
      { ...before('1', ...outcomes.map(({ id }) => id)), run: 'run-2' } as JournalEntry,
      { ...after('1', ...outcomes), run: 'run-2' } as JournalEntry,
    ];
    const first = [
      run(2),
      before('1', 'x', 'y'),
      after('1', { id: 'x', outcome: 'failed', code: 'C' }, { id: 'y', outcome: 'done' }),
      ended(),
    ];
    const stands = (...entries: readonly JournalEntry[]) => {
      const found = runsOf(written(...first, ...entries), new Set()).find((one) => one.run === 'run-1');
      return found === undefined ? assert.fail() : found;
    };

    it('says how the first run stands now', () => {
      const now = stands(...again({ id: 'x', outcome: 'done' }));
      assert.deepEqual(said(now), ['x done', 'y done']);
      assert.deepEqual([...now.counts], [['done', 2]]);
      assert.deepEqual(
        now.targets[0]?.said.map(({ outcome, from }) => [outcome, from]),
        [
          ['failed', 'run'],
          ['done', 'retry'],
        ],
      );
    });
    it('that is refused changes nothing of what was learnt before', () =>
      assert.deepEqual(
        said(
          stands(
            { ...run(1, 'run-2'), retryOf: 'run-1' } as JournalEntry,
            {
              ...ended(false, { id: 'x', outcome: 'changed' }),
              run: 'run-2',
            } as JournalEntry,
          ),
        ),
        ['x failed', 'y done'],
      ));
    it('of a retry counts, too', () => {
      const third = again({ id: 'x', outcome: 'done' }).map((entry) => ({ ...entry, run: 'run-3' }) as JournalEntry);
      const [begin, ...rest] = third;
      assert.ok(begin);
      assert.deepEqual(
        said(
          stands(...again({ id: 'x', outcome: 'unknown' }), { ...begin, retryOf: 'run-2' } as JournalEntry, ...rest),
        ),
        ['x done', 'y done'],
      );
    });
    it('of itself or in a circle is read once', () => {
      const circle = [
        { ...run(1, 'run-2'), retryOf: 'run-3' } as JournalEntry,
        { ...run(1, 'run-3'), retryOf: 'run-2' } as JournalEntry,
        { ...run(1, 'run-4'), retryOf: 'run-4' } as JournalEntry,
      ];
      assert.equal(runsOf(written(...circle), new Set()).length, 3);
    });
  });

  it('comes before older ones', () => {
    const runs = runsOf(written(run(1, 'old'), run(1, 'new')), new Set());
    assert.deepEqual(
      runs.map((r) => r.run),
      ['new', 'old'],
    );
  });

  it('says the same as the report of the run itself', async () => {
    const place = createWorkplace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', { id: 'x', name: 'X' }, { id: 'y', name: 'Y' }, { id: 'z', name: 'Z' });
    place.cloud.fault('RemoveThing', { kind: 'error', code: 'Protected', status: 403 });
    const report = await remove(
      place.gate,
      ['x', 'y', 'z', 'gone'].map((id) => target('a', 'r-1', id)),
    );
    const { records } = await place.journal.load();
    const [first] = runsOf(records, place.journal.ownRuns());
    assert.ok(report && first);
    assert.equal(first.run, report.run);
    assert.equal(first.state, 'ended');
    const sorted = (all: readonly { id: string; outcome: unknown }[]): string[] =>
      all.map(({ id, outcome }) => `${id} ${String(outcome)}`).sort();
    assert.deepEqual(
      sorted(first.targets.map(({ id, outcome }) => ({ id, outcome }))),
      sorted(report.results.map((r) => ({ id: r.planned.target.id, outcome: r.outcome }))),
    );
    assert.equal(first.counts.get('refused'), 1);
  });
});
