import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Answers } from '../../../src/core/input';
import { encodeScript } from '../../../src/core/script';
import type { Target } from '../../../src/core/target';
import { alibabaPlace, volcenginePlace, withForeigners } from './foreignRuns';

const script = encodeScript({ language: 'shell', name: 'tidy.sh', text: 'uptime\n' });

/** At this very day of next year, whenever the test runs. */
const year = new Date().getUTCFullYear() + 1;
const from = `${year}-01-31 02:30 UTC`;
const until = `${year}-02-01 02:30 UTC`;

for (const { place, schedule, kind } of [
  { place: alibabaPlace, schedule: 'rate(1h)', kind: 'managedInstance' },
  { place: alibabaPlace, schedule: '0 30 2 * * ? Asia/Shanghai', kind: 'instance' },
  { place: volcenginePlace, schedule: `rate(1h) from ${from} until ${until}`, kind: 'instance' },
] as const) {
  describe(`${schedule} on ${kind} of ${place.provider}`, () => {
    const own = { settings: 'schedule', user: '', folder: '', timeout: '60' };
    const answers: Answers = { script, windowsScript: '', ...own, schedule };
    const setUp = async (t: Parameters<typeof withForeigners>[0]) => {
      const all = await withForeigners(t);
      const { items } = await all.inventory.list(place, kind);
      const targets = [...items.keys()].map((id): Target => ({ ...place, kind, id }));
      const perform = async (given: Answers = answers) =>
        (await all.gate.perform({ action: 'runCommand', targets, answers: given, ours: true })).report;
      return { ...all, perform };
    };

    test('is confirmed with its next three times, made, told to go on, listed and stopped', async (t) => {
      const { perform, person, sent, inventory, clouds, clock, stop, recordedRuns } = await setUp(t);
      const report = await perform();
      const done = report?.results.filter(({ outcome }) => outcome === 'done') ?? [];
      assert.ok(done.length > 0, person.told.join(' '));
      assert.match(done[0]?.note ?? '', /^It goes on until it is stopped, also when VS Code is closed \(\S+\)\.$/);
      assert.equal(sent('RunCommand').length, 1);
      const [group] = person.asked[0]?.groups ?? [];
      const findings = group?.targets.flatMap((one) => one.findings) ?? [];
      const times = findings.find(({ code }) => code === 'nextTimes')?.text ?? '';
      assert.match(times, /^It runs at(?: about)?: (?:.+, ){2}.+, and so on/);
      const runs = await inventory.list(place, 'run', { refresh: true });
      const [[id, item] = assert.fail()] = runs.items;
      const runKind = clouds.kind(place.provider, 'run') ?? assert.fail();
      assert.equal(runKind.state(item, clock.now()).token, 'scheduled');
      // Its results belong to the run of the journal as well.
      assert.ok((await recordedRuns.ofRun(report?.run ?? '')) !== undefined);
      const { outcome } = await stop({ ...place, kind: 'run', id });
      assert.equal(outcome, 'done');
      const after = (await inventory.lookup(place, 'run', [id])).get(id) ?? assert.fail();
      assert.equal(runKind.state(after, clock.now()).token, 'stopped');
    });

    test('with a lost answer is looked for, never made twice', async (t) => {
      const { perform, sandbox, sent } = await setUp(t);
      sandbox.setFaults([{ kind: 'resetAfter', action: 'RunCommand', count: 1 }]);
      const report = await perform();
      assert.ok(report?.results.some(({ outcome }) => outcome === 'done'));
      assert.equal(
        report?.results.some(({ outcome }) => outcome === 'unknown'),
        false,
      );
      assert.equal(sent('RunCommand').length, 1);
    });

    test('that is no schedule, or over, or too close to itself, is not sent', async (t) => {
      const { perform, sent } = await setUp(t);
      const wrong = [
        'every day',
        'at(2020-01-01 00:00:00 UTC)',
        ...(place === alibabaPlace ? ['rate(60s)', '*/10 * * * * ? UTC'] : []),
      ];
      for (const text of wrong) assert.equal(await perform({ ...answers, schedule: text }), undefined, text);
      assert.equal(sent('RunCommand').length, 0);
    });
  });
}
