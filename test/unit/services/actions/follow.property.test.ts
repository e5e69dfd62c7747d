import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Answers } from '../../../../src/core/input';
import { targetKey, type Target } from '../../../../src/core/target';
import { mostFailures, parseRollout } from '../../../../src/services/actions/rollout';
import { runsOf } from '../../../../src/services/journal/history';
import type { Outcome } from '../../../../src/services/journal/outcome';
import { fakeAccount, type Fault } from '../../support/fakeCloud';
import { RunningCloud, runningProvider, type Behaviour } from '../../support/runningCloud';
import { createWorkplace, target } from '../../support/workplace';

const fault = fc.constantFrom<Fault>(
  { kind: 'resetBefore' },
  { kind: 'resetAfter' },
  { kind: 'refused' },
  { kind: 'hang' },
  { kind: 'html' },
  { kind: 'error', code: 'Throttling', status: 400, retryAfterMs: 50 },
  { kind: 'error', code: 'InternalError', status: 500 },
  { kind: 'error', code: 'Denied', status: 403 },
  { kind: 'error', code: 'BadKey', status: 403 },
);
const behaviour: fc.Arbitrary<Behaviour> = fc.record(
  {
    beginsMs: fc.constantFrom(0, 500, 70_000),
    endsMs: fc.constantFrom(1_000, 20_000, 70_000, 10_000_000),
    end: fc.constantFrom('succeeded', 'failed', 'timedOut', 'notDelivered'),
    listedMs: fc.constantFrom(0, 2_000, 40_000, 10_000_000),
  },
  { requiredKeys: [] },
);
const story = fc.record({
  hosts: fc.uniqueArray(
    fc.record({
      account: fc.constantFrom('a', 'b'),
      region: fc.constantFrom('r-1', 'r-2'),
      id: fc.constantFrom('x0', 'x1', 'x2', 'x3', 'x4'),
      os: fc.constantFrom('linux', 'windows'),
      exists: fc.boolean(),
    }),
    { selector: (t) => `${t.account} ${t.region} ${t.id}`, minLength: 1, maxLength: 14 },
  ),
  behaviours: fc.dictionary(fc.constantFrom('x0', 'x1', 'x2', 'x3', 'x4'), behaviour),
  faults: fc.array(
    fc.record({ action: fc.constantFrom('StartRun', 'ReadRun', 'StopRun', 'ListThings', 'WhoAmI'), fault }),
    {
      maxLength: 10,
    },
  ),
  rollout: fc.constantFrom(
    undefined,
    '1,100%;pause=first;errors=0',
    '2,50%,100%;pause=every;errors=1',
    '3,100%;pause=never;errors=50%',
  ),
  goesOn: fc.boolean(),
  keeps: fc.constantFrom(undefined, undefined, undefined, 'another script'),
  cancelAt: fc.option(fc.nat(40), { nil: undefined }),
  journalFailsAfter: fc.option(fc.nat(12), { nil: Infinity }),
  closedAt: fc.nat(12),
});

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function stage(told: Story, cloud = new RunningCloud()) {
  const outside = { providers: [runningProvider], transport: cloud.transport };
  const workplace = createWorkplace(
    ['a', 'b'].map((id) => fakeAccount(id)),
    {},
    outside,
  );
  cloud.clock = workplace.clock;
  return { ...workplace, cloud };
}

function keyOf({ accountId, region, id }: Target): string {
  return `${accountId} ${region} ${id}`;
}

/** Outcomes that say that nothing began. */
const neverBegan: ReadonlySet<Outcome> = new Set(['notSent', 'changed', 'already', 'refused']);

/** What a script may have done to a host: silence is the worst of it. */
const harmed: ReadonlySet<Outcome> = new Set(['failed', 'timedOut', 'notDelivered', 'silent', 'unknown']);

test('whatever fails, whenever: nothing runs twice or elsewhere, and every host has one true outcome', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const { gate, cloud, person, files } = stage(told);
      for (const { account, region, id, os, exists } of told.hosts)
        if (exists) cloud.put(account, region, { id, name: id, os });
      for (const [id, one] of Object.entries(told.behaviours)) cloud.behaviours.set(id, one);
      for (const { action, fault: f } of told.faults) cloud.fault(action, f);
      cloud.keeps = told.keeps;
      person.goesOn = told.goesOn;
      files.failAfter = told.journalFailsAfter;
      let requests = 0;
      cloud.onRequest = ({ action, region, params }) => {
        if (requests++ === told.cancelAt) person.abort.abort();
        if (action !== 'StartRun') return;
        const written = files
          .records()
          .some((r) => r.type === 'before' && r.region === region && r.clientToken === params['Name']);
        assert.ok(written, 'a run was started without a record');
      };
      const targets = told.hosts.map(({ account, region, id }) => target(account, region, id, 'instance'));
      const settled = new Map<string, number>();
      gate.onDidHear((heard) => {
        const key = targetKey(heard.planned.target);
        if ('result' in heard) settled.set(key, (settled.get(key) ?? 0) + 1);
        else assert.ok(!settled.has(key) || settled.get(key) === 1);
      });
      const answers: Answers = told.rollout === undefined ? {} : { rollout: told.rollout };
      const { report } = await gate.perform({ action: 'runCommand', targets, answers });

      const confirmed = new Set(targets.map(keyOf));
      for (const [key, times] of cloud.began) {
        assert.ok(confirmed.has(key), `${key} was not in the plan`);
        assert.equal(times, 1, `${key} ran it ${times} times`);
      }
      if (report === undefined) return assert.equal(cloud.began.size, 0);
      const outcomes = report.results.map(({ planned, outcome }) => ({ key: keyOf(planned.target), outcome }));
      assert.deepEqual(outcomes.map(({ key }) => key).sort(), [...confirmed].sort(), 'one result each');
      assert.deepEqual(
        [...settled.values()],
        targets.map(() => 1),
        'each was heard of once',
      );
      for (const { key, outcome } of outcomes) {
        const end = told.behaviours[key.split(' ')[2] ?? '']?.end ?? 'succeeded';
        if (neverBegan.has(outcome)) assert.equal(cloud.began.get(key), undefined, `${outcome}, but it ran`);
        if (outcome === 'done') assert.deepEqual([cloud.began.get(key), end], [1, 'succeeded']);
        if (outcome === 'timedOut' || outcome === 'notDelivered') assert.equal(outcome, end);
      }
      const plan = person.asked.at(-1);
      if (told.rollout !== undefined && plan !== undefined) {
        const total = plan.groups.flatMap((g) => g.targets).filter(({ verdict }) => verdict === 'go').length;
        const failed = outcomes.filter(({ key, outcome }) => cloud.began.has(key) && harmed.has(outcome)).length;
        if (!person.abort.signal.aborted && told.keeps === undefined)
          assert.ok(failed <= mostFailures(total, parseRollout(told.rollout)), 'more failed than was announced');
      }

      // The window can have closed at any line of the journal: what is written by then still adds up, and can be looked up.
      const [[name = '', text = ''] = []] = files.files;
      const lines = text.split('\n').slice(0, 1 + told.closedAt);
      const later = stage(told, cloud);
      later.files.files.set(`old-${name}`, `${lines.join('\n')}\n`);
      later.clock.advance(20_000_000);
      const [interrupted] = runsOf(later.files.records(), new Set());
      if (interrupted === undefined) return;
      const begin = later.files.records().find((r) => r.type === 'run');
      if (interrupted.state === 'interrupted')
        assert.equal(interrupted.targets.length + interrupted.neverSent, begin?.type === 'run' ? begin.count : 0);
      const before = new Map(cloud.began);
      const progress = { signal: new AbortController().signal, report: () => undefined };
      await later.gate.check(interrupted.run, progress).catch(() => undefined);
      assert.deepEqual(cloud.began, before, 'a look started something');
    }),
    { numRuns: Number(process.env['STORIES'] ?? 1_000) },
  );
});
