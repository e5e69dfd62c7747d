import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Target } from '../../../../src/core/target';
import { targetKey } from '../../../../src/core/target';
import { verifyAll } from '../../../../src/services/journal/verify';
import { remove } from '../../support/actions';
import { fakeAccount, type Fault } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

const accounts = ['a', 'b'];
const regions = ['r-1', 'r-2'];
const kinds = ['managedInstance', 'activation', 'instance'] as const;
const ids = ['x0', 'x1', 'x2', 'x3', 'x4', 'x5'];

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>(
    { kind: 'resetBefore' },
    { kind: 'resetAfter' },
    { kind: 'refused' },
    { kind: 'hang' },
    { kind: 'html' },
  ),
  fc.constantFrom<Fault>(
    { kind: 'error', code: 'Throttling', status: 400, retryAfterMs: 50 },
    { kind: 'error', code: 'InternalError', status: 500 },
    { kind: 'error', code: 'Denied', status: 403 },
    { kind: 'error', code: 'BadKey', status: 403 },
  ),
);
const actions = ['RemoveThing', 'RemoveOne', 'RemoveBatch', 'ListThings', 'WhoAmI'] as const;

const story = fc.record({
  fleet: fc.uniqueArray(
    fc.record({
      account: fc.constantFrom(...accounts),
      region: fc.constantFrom(...regions),
      id: fc.constantFrom(...ids),
      isProtected: fc.boolean(),
    }),
    { selector: (t) => `${t.account} ${t.region} ${t.id}`, maxLength: 16 },
  ),
  selection: fc.array(
    fc.record({
      account: fc.constantFrom(...accounts),
      region: fc.constantFrom(...regions),
      id: fc.constantFrom(...ids),
      kind: fc.constantFrom(...kinds),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  faults: fc.array(fc.record({ action: fc.constantFrom(...actions), fault }), { maxLength: 10 }),
  cancelAt: fc.option(fc.nat(30), { nil: undefined }),
  changeAt: fc.option(fc.nat(30), { nil: undefined }),
  changeAtConfirm: fc.boolean(),
  journalFailsAfter: fc.option(fc.nat(12), { nil: Infinity }),
});

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

/** One target per (account, region, id): the fake keeps all kinds in one table. */
function selectionOf(told: Story): Target[] {
  const byPlace = new Map(
    told.selection.map((s) => [`${s.account} ${s.region} ${s.id}`, target(s.account, s.region, s.id, s.kind)]),
  );
  return [...byPlace.values()];
}

test('whatever fails, whenever: the cloud, the report and the journal agree', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const { gate, cloud, person, files } = createWorkplace(accounts.map((id) => fakeAccount(id)));
      for (const t of told.fleet)
        cloud.put(t.account, t.region, { id: t.id, name: `${t.id} of ${t.account}`, protected: t.isProtected });
      for (const { action, fault: f } of told.faults) cloud.fault(action, f);
      files.failAfter = told.journalFailsAfter;
      const selection = selectionOf(told);
      const existed = new Set(told.fleet.map((t) => `${t.account} ${t.region} ${t.id}`));
      const isThere = (t: { accountId: string; region: string; id: string }): boolean =>
        cloud.ids(t.accountId, t.region).includes(t.id);
      const change = (t: Target | undefined): void => {
        if (t !== undefined && isThere(t)) cloud.put(t.accountId, t.region, { id: t.id, name: 'renamed meanwhile' });
      };
      const untouchable = new Set<string>();
      person.onConfirm = () => {
        const [first] = selection;
        if (!told.changeAtConfirm || first === undefined || !isThere(first)) return;
        // What is renamed between the review and the run must not be touched any more.
        const reviewed = person.asked[0]?.groups
          .flatMap((g) => g.targets)
          .find((t) => targetKey(t.target) === targetKey(first));
        if (reviewed?.name !== 'renamed meanwhile') untouchable.add(`${first.accountId} ${first.region} ${first.id}`);
        change(first);
      };

      // At any moment the program may die: what is on the disk then must already account for what the cloud did.
      let requests = 0;
      cloud.onRequest = () => {
        const moment = requests++;
        if (moment === told.cancelAt) person.abort.abort();
        if (moment === told.changeAt) change(selection[0]);
        checkEveryDeletionWasWrittenDown();
      };
      function checkEveryDeletionWasWrittenDown(): void {
        const intended = new Set(
          files
            .records()
            .flatMap((r) => (r.type === 'before' ? r.targets.map((t) => `${r.account.id} ${r.region} ${t.id}`) : [])),
        );
        for (const key of existed) {
          const [account = '', region = '', id = ''] = key.split(' ');
          if (!cloud.ids(account, region).includes(id))
            assert.ok(intended.has(key), `${key} was deleted without a record`);
        }
      }

      const report = await remove(gate, selection);
      checkEveryDeletionWasWrittenDown();
      for (const key of untouchable) {
        const [account = '', region = '', id = ''] = key.split(' ');
        assert.ok(
          cloud.ids(account, region).includes(id),
          `${key} changed since the review and was deleted all the same`,
        );
      }
      assert.deepEqual(verifyAll(await files.list()).problems, []);

      const selected = new Set(selection.map((t) => `${t.accountId} ${t.region} ${t.id}`));
      for (const key of existed) {
        const [account = '', region = '', id = ''] = key.split(' ');
        if (!cloud.ids(account, region).includes(id)) assert.ok(selected.has(key), `${key} was not in the plan`);
      }
      if (report === undefined) {
        assert.equal(
          cloud.requests.filter((r) => r.action.startsWith('Remove') && r.params['DryRun'] !== true).length,
          0,
        );
        return;
      }
      assert.deepEqual(
        report.results.map((r) => targetKey(r.planned.target)).sort(),
        selection.map(targetKey).sort(),
        'every target has exactly one result',
      );
      for (const { planned, outcome } of report.results) {
        const there = isThere(planned.target);
        if (outcome === 'done' || outcome === 'already') assert.equal(there, false, `${outcome}, but it is there`);
        if (outcome === 'changed' || outcome === 'refused') assert.equal(there, true, `${outcome}, but it is gone`);
        if (outcome === 'notSent' || outcome === 'failed') {
          assert.equal(
            there,
            existed.has(`${planned.target.accountId} ${planned.target.region} ${planned.target.id}`),
            outcome,
          );
        }
      }
      // What the journal says of each call is what the report says.
      const reported = new Map(
        report.results.map((r) => [`${r.group.account.id} ${r.group.place.region} ${r.planned.target.id}`, r.outcome]),
      );
      const calls = new Map<string, { account: string; region: string }>();
      for (const record of files.records()) {
        if (record.type === 'before') calls.set(record.call, { account: record.account.id, region: record.region });
        if (record.type !== 'after') continue;
        const place = calls.get(record.call);
        assert.ok(place, 'an outcome without an intent');
        for (const { id, outcome } of record.outcomes)
          assert.equal(outcome, reported.get(`${place.account} ${place.region} ${id}`));
      }
    }),
    { numRuns: Number(process.env['STORIES'] ?? 2_000) },
  );
});
