import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { questionOf, otherOwnerOf } from '../../../../src/services/actions/planText';
import type { Progress } from '../../../../src/services/actions/ports';
import { loadRuns } from '../../../../src/services/journal/history';
import { Journal } from '../../../../src/services/journal/journal';
import { remove } from '../../support/actions';
import { fakeAccount, type Fault, type Thing } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

const quiet: Progress = { signal: new AbortController().signal, report: () => undefined };
const lost: Fault = { kind: 'resetBefore' };
const busy: Fault = { kind: 'error', code: 'InternalError', status: 500 };
const x = target('a', 'r-1', 'x');
const y = target('a', 'r-1', 'y');

interface Earlier {
  readonly faults?: readonly Fault[];
  readonly targets?: readonly (typeof x)[];
  /** So many lines of the journal are left: the window went away after them. */
  readonly lines?: number;
}

/** Another window, later, over the same journal and cloud. */
async function later(
  { faults = [lost, lost], targets = [x], lines = 99 }: Earlier = {},
  accounts = [fakeAccount('a')],
  things: readonly Thing[] = [
    { id: 'x', name: 'web' },
    { id: 'y', name: 'db' },
  ],
) {
  const before = createWorkplace([fakeAccount('a')]);
  before.cloud.put('a', 'r-1', { id: 'x', name: 'web' }, { id: 'y', name: 'db' });
  before.cloud.fault('RemoveThing', ...faults);
  await remove(before.gate, targets);
  const after = createWorkplace(accounts);
  for (const key of ['a', 'other']) after.cloud.put(key, 'r-1', ...things);
  const text = [...before.files.files.values()].join('').split('\n').slice(0, lines).join('\n');
  after.files.files.set('earlier.jsonl', text.endsWith('\n') ? text : `${text}\n`);
  const { runs } = await loadRuns(after.journal);
  const [run] = [...runs.values()];
  const token = before.cloud.requests.find(({ action }) => action === 'RemoveThing')?.params['ClientToken'];
  return { ...after, run: run ?? assert.fail(), token };
}

/** How the first run stands in the eyes of a third window. */
async function standing(
  { files, clock }: Pick<ReturnType<typeof createWorkplace>, 'files' | 'clock'>,
  run: string,
): Promise<string[] | undefined> {
  const journal = new Journal({ files, clock, fileName: 'third.jsonl' });
  const { runs } = await loadRuns(journal);
  return runs.get(run)?.targets.map(({ id, outcome }) => `${id} ${outcome ?? '-'}`);
}

describe('a run of an earlier session', () => {
  test('is tried again as a new plan, which a person is asked for', async () => {
    const place = await later();
    const { report } = await place.gate.retry(place.run);
    assert.deepEqual(place.person.asked.map(questionOf), ['Remove 1 things?']);
    assert.deepEqual(
      report?.results.map(({ outcome }) => outcome),
      ['done'],
    );
    assert.deepEqual(await standing(place, place.run.run), ['x done']);
  });

  test('sends nothing when the person turns away', async () => {
    const place = await later();
    place.person.answer = 'cancel';
    assert.deepEqual(await place.gate.retry(place.run), {});
    assert.equal(place.cloud.count(), 0);
  });

  test('is never sent from what was read then: what changed is shown as it is now', async () => {
    const place = await later({}, undefined, [{ id: 'x', name: 'production-db', protected: true }]);
    await place.gate.retry(place.run);
    const [plan] = place.person.asked;
    assert.deepEqual(
      plan?.groups.flatMap(({ targets }) => targets.map(({ name, verdict }) => [name, verdict])),
      [['production-db', 'refused']],
    );
    assert.equal(place.cloud.count(), 0);
  });

  test('repeats a call without an answer under its old client token', async () => {
    const place = await later();
    await place.gate.retry(place.run);
    const tokens = place.cloud.requests.flatMap(({ params }) => params['ClientToken'] ?? []);
    assert.ok(place.token !== undefined);
    assert.deepEqual(new Set(tokens), new Set([place.token]));
  });

  test('keeps the token and the run it is a retry of while its plan is reviewed', async () => {
    const place = await later();
    place.person.answer = 'review';
    const { instead } = await place.gate.retry(place.run);
    assert.equal(instead?.want, 'review');
    place.person.answer = 'run';
    await place.gate.runReviewed(place.person.asked[0]?.id ?? '');
    assert.deepEqual(await standing(place, place.run.run), ['x done']);
  });

  test('takes a new token once a check has settled the call', async () => {
    const place = await later();
    await place.gate.check(place.run.run, quiet);
    await place.gate.retry(place.run);
    const tokens = place.cloud.requests.flatMap(({ params }) => params['ClientToken'] ?? []);
    assert.equal(tokens.includes(place.token ?? ''), false);
    assert.deepEqual(await standing(place, place.run.run), ['x done']);
  });

  test('includes what a crash left unsent', async () => {
    // opened, run, before
    const place = await later({ targets: [x, y], faults: [], lines: 3 });
    const { report } = await place.gate.retry(place.run);
    assert.deepEqual(report?.results.map(({ planned }) => planned.target.id).sort(), ['x', 'y']);
    const now = await standing(place, place.run.run);
    assert.deepEqual(now?.sort(), ['x done', 'y done']);
  });

  test('leaves out what succeeded, and has nothing left when all did', async () => {
    const place = await later({ targets: [x, y], faults: [busy, busy, busy, busy, busy, busy, busy, busy] });
    const { report } = await place.gate.retry(place.run);
    assert.ok(report);
    assert.deepEqual(await place.gate.retry(place.run), {});
  });

  test('says when its keys belong to another owner by now, and not otherwise', async () => {
    const same = await later();
    await same.gate.retry(same.run);
    assert.equal(otherOwnerOf(same.person.asked[0]?.groups[0] ?? assert.fail()), undefined);
    const other = await later({}, [fakeAccount('a', { key: 'other:1' })]);
    other.person.answer = 'cancel';
    await other.gate.retry(other.run);
    assert.equal(
      otherOwnerOf(other.person.asked[0]?.groups[0] ?? assert.fail()),
      'The credential owner is another one than when this was tried before: now other · other/user, then a.',
    );
  });

  test('whose account is gone sends nothing and says so', async () => {
    const place = await later({}, []);
    assert.deepEqual(await place.gate.retry(place.run), {});
    assert.match(place.person.told[0] ?? '', /no longer exists/);
  });
});
