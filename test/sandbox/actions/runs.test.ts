import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Place, Target } from '../../../src/core/target';
import { alibabaPlace, volcenginePlace, withForeigners } from './foreignRuns';

const target = (place: Place, id: string): Target => ({ ...place, kind: 'run', id });

for (const place of [alibabaPlace, volcenginePlace]) {
  const { provider } = place;
  describe(`runs of ${provider}`, () => {
    test('are listed whoever started them, the newest first, with their script', async (t) => {
      const { run, inventory, clouds, clock } = await withForeigners(t);
      await run(provider, 'echo one\n', { name: 'first' });
      clock.advance(60_000);
      const second = await run(provider, 'echo two\n', { name: 'second' });
      const kind = clouds.kind(provider, 'run') ?? assert.fail();
      const { items } = await inventory.list(place, 'run');
      assert.deepEqual(
        [...items.values()].map((item) => kind.name(item)),
        ['second', 'first'],
      );
      const item = items.get(second) ?? assert.fail();
      assert.equal(kind.state(item, clock.now()).token, 'succeeded');
      assert.match(kind.summary(item, clock.now()).join(' · '), /^2 instances · /);
      const script = kind.fields.find(({ name }) => name === 'CommandContent')?.value(item);
      assert.ok(Array.isArray(script) && script.at(-1) === 'echo two', JSON.stringify(script));
    });

    test('come in pages, and no more of them than are looked at', async (t) => {
      const { run, inventory, sent } = await withForeigners(t);
      for (let i = 0; i < 130; i++) await run(provider, 'true\n', { hosts: 1 });
      const list = await inventory.list(place, 'run');
      await list.finished;
      assert.deepEqual([list.items.size, list.total, list.hasMore], [100, 130, true]);
      assert.equal(sent('DescribeInvocations').length, 2);
      await inventory.loadMore(place, 'run', 200);
      assert.deepEqual([list.items.size, list.hasMore], [130, false]);
      assert.equal(sent('DescribeInvocations').length, 3);
    });

    test('that go on are stopped through the gate, with what became of their hosts', async (t) => {
      const { run, stop, inventory, clouds, clock, person, sent } = await withForeigners(t);
      const id = await run(provider, 'echo begun; sleep 50\n', { name: 'long' });
      const { outcome, note } = await stop(target(place, id));
      assert.equal(outcome, 'done', note);
      assert.equal(person.asked.length, 1);
      assert.equal(sent('StopInvocation').length, 1);
      assert.match(note ?? '', /Still going on: 0\.$/);
      const item = inventory.item(place, 'run', id) ?? (await inventory.lookup(place, 'run', [id])).get(id);
      const state = clouds.kind(provider, 'run')?.state(item ?? assert.fail(), clock.now());
      assert.notEqual(state?.isTransient, true);
      // What is over is not asked to stop.
      assert.equal(clouds.kind(provider, 'run')?.actions[0]?.offered?.(item ?? {}, clock.now()), false);
    });

    test('that have ended are not stopped', async (t) => {
      const { run, gate, sent } = await withForeigners(t);
      const id = await run(provider, 'true\n');
      const { report } = await gate.perform({ action: 'stopCloudRun', targets: [target(place, id)], ours: true });
      assert.equal(report, undefined);
      assert.equal(sent('StopInvocation').length, 0);
    });

    test('whose stop got no answer are read, and not stopped twice', async (t) => {
      const { run, stop, sandbox, sent } = await withForeigners(t);
      const id = await run(provider, 'sleep 50\n');
      sandbox.setFaults([{ kind: 'resetAfter', action: 'StopInvocation', count: 1 }]);
      const { outcome } = await stop(target(place, id));
      assert.equal(outcome, 'done');
      assert.equal(sent('StopInvocation').length, 1);
    });
  });
}

test('a schedule that somebody made is listed as one, and is stopped for good', async (t) => {
  const { run, stop, inventory, clouds, clock, person } = await withForeigners(t);
  const id = await run('alibabaCloud', 'uptime\n', { name: 'hourly', frequency: 'rate(1h)' });
  const { items } = await inventory.list(alibabaPlace, 'run');
  const kind = clouds.kind('alibabaCloud', 'run') ?? assert.fail();
  const item = items.get(id) ?? assert.fail();
  assert.equal(kind.state(item, clock.now()).token, 'scheduled');
  assert.ok(kind.summary(item, clock.now()).includes('rate(1h)'));
  const { outcome, note } = await stop(target(alibabaPlace, id));
  assert.deepEqual(
    [outcome, note],
    ['done', 'Stopped before they began: 2. Finished all the same: 0. Still going on: 0.'],
  );
  const [left] = person.asked.flatMap(({ groups }) => groups.flatMap((g) => g.targets.map((one) => one.leftBehind)));
  assert.match(left?.join(' ') ?? '', /It is a schedule \(rate\(1h\)\).*everything that it started \(ProcessTree\)/s);
  clock.advance(4 * 3_600_000);
  const after = (await inventory.lookup(alibabaPlace, 'run', [id])).get(id) ?? assert.fail();
  assert.equal(kind.state(after, clock.now()).token, 'stopped');
});
