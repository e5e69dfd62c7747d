import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { targetKey } from '../../../../src/core/target';
import type { Started } from '../../../../src/services/actions/gate';
import { LiveResults } from '../../../../src/services/commands/liveResults';
import { stopCounts } from '../../../../src/services/commands/runResult';
import { countOutcomes } from '../../../../src/services/journal/outcome';
import { fakeAccount } from '../../support/fakeCloud';
import { settled } from '../../support/manualClock';
import { RunningCloud, runningProvider } from '../../support/runningCloud';
import { createWorkplace, target } from '../../support/workplace';

const ids = ['x0', 'x1', 'x2', 'x3', 'x4'];

function place(onStart: (started: Started) => void = () => undefined) {
  const cloud = new RunningCloud();
  const workplace = createWorkplace(
    [fakeAccount('a')],
    {},
    { providers: [runningProvider], transport: cloud.transport },
  );
  cloud.clock = workplace.clock;
  cloud.put('a:1', 'r-1', ...ids.map((id) => ({ id, name: `name of ${id}` })));
  const { gate, clock } = workplace;
  const live = new LiveResults({ runs: gate, now: () => clock.now(), regionName: ({ region }) => `Region ${region}` });
  gate.onDidStart(onStart);
  const targets = ids.map((id) => target('a', 'r-1', id, 'instance'));
  const run = () => gate.perform({ action: 'runCommand', targets });
  const states = (): Record<string, string> =>
    Object.fromEntries((live.list()[0]?.current().hosts ?? []).map((host) => [host.target.id, host.state]));
  return { ...workplace, cloud, live, run, states };
}

describe('what the hosts of a run say', () => {
  test('is known from the first moment, host by host, and adds up at every moment', async () => {
    const { cloud, run, live, gate, states } = place();
    cloud.behaviours.set('x1', { beginsMs: 2_000, endsMs: 9_000, end: 'failed', exitCode: 3 });
    const seen: string[] = [];
    gate.onDidHear(() => {
      const now = states();
      assert.equal(Object.keys(now).length, ids.length);
      if (now['x1'] !== undefined && seen.at(-1) !== now['x1']) seen.push(now['x1']);
    });
    const { report } = await run();
    assert.deepEqual(seen, ['notYet', 'waiting', 'running', 'failed']);
    const [result] = live.list();
    const { hosts, stage, title } = result?.current() ?? assert.fail();
    assert.deepEqual([stage, title, result?.current().id], ['ended', 'Run on 5 things', report?.run]);
    assert.deepEqual(
      hosts.map(({ state, exitCode }) => [state, exitCode]),
      [
        ['done', undefined],
        ['failed', 3],
        ['done', undefined],
        ['done', undefined],
        ['done', undefined],
      ],
    );
    assert.equal(Buffer.from(hosts[2]?.output?.bytes ?? []).toString(), 'I am x2');
    assert.deepEqual([hosts[0]?.region, hosts[0]?.account], ['Region r-1', 'Account a']);
  });

  test('the same object until there are news', async () => {
    const { run, live } = place();
    await run();
    assert.equal(live.list()[0]?.current(), live.list()[0]?.current());
  });
});

describe('a run is run again', () => {
  test('on exactly those that were chosen, as a plan that is asked for, and the same as before', async () => {
    const { cloud, run, gate, person } = place();
    cloud.behaviours.set('x1', { end: 'failed', exitCode: 3 });
    cloud.behaviours.set('x2', { end: 'failed', exitCode: 3 });
    cloud.behaviours.set('x3', { endsMs: 10_000_000 });
    const { report } = await run();
    const asked = person.asked.length;
    const again = new Set([
      targetKey(target('a', 'r-1', 'x1', 'instance')),
      targetKey(target('a', 'r-1', 'x0', 'instance')),
    ]);
    const second = await gate.retry({ run: report?.run ?? '' }, again);
    assert.equal(person.asked.length, asked + 1);
    assert.deepEqual(
      second.report?.results.map(({ planned }) => planned.target.id),
      ['x0', 'x1'],
    );
    const began = ids.map((id) => [...cloud.began].find(([key]) => key.endsWith(` ${id}`))?.[1]);
    assert.deepEqual(began, [2, 2, 1, 1, 1]);
    assert.deepEqual(new Set(cloud.requests.flatMap(({ params }) => params['Script'] ?? [])).size, 1);
  });

  test('on nothing where nothing of it was chosen', async () => {
    const { cloud, run, gate } = place();
    const { report } = await run();
    assert.deepEqual(await gate.retry({ run: report?.run ?? '' }, new Set()), {});
    assert.deepEqual(new Set(cloud.began.values()), new Set([1]));
  });
});

describe('a run is in the hands of a person', () => {
  test('while it is paused nothing is sent, and it goes on when told so', async () => {
    let control: Started['control'] | undefined;
    const { cloud, run, live } = place((started) => {
      ({ control } = started);
      control.pause();
    });
    const running = run();
    for (let turn = 0; turn < 20; turn++) await settled();
    assert.equal(cloud.count('StartRun'), 0);
    assert.equal(live.list()[0]?.current().stage, 'paused');
    control?.goOn();
    const { report } = await running;
    assert.deepEqual([...countOutcomes(report?.results ?? [])], [['done', ids.length]]);
  });

  test('a paused run can be stopped: nothing is sent at all', async () => {
    let control: Started['control'] | undefined;
    const { cloud, run, live } = place((started) => ({ control } = started).control.pause());
    const running = run();
    for (let turn = 0; turn < 20; turn++) await settled();
    control?.stop();
    const { report } = await running;
    assert.equal(cloud.count('StartRun'), 0);
    assert.equal(report?.cancelled, true);
    assert.deepEqual(stopCounts(live.list()[0]?.current() ?? assert.fail()), {
      before: ids.length,
      during: 0,
      finished: 0,
      goingOn: 0,
    });
  });

  test('after a stop each host is in one of the numbers, and what ended before is in none', async () => {
    let control: Started['control'] | undefined;
    const { cloud, run, live, gate } = place((started) => ({ control } = started));
    cloud.behaviours.set('x0', { beginsMs: 90_000 });
    cloud.behaviours.set('x1', { endsMs: 90_000 });
    cloud.behaviours.set('x2', { endsMs: 9_000 });
    const numbers: unknown[] = [];
    gate.onDidHear(() => {
      const result = live.list()[0]?.current() ?? assert.fail();
      if (result.hosts.some(({ state }) => state === 'done')) control?.stop();
      const counts = stopCounts(live.list()[0]?.current() ?? assert.fail());
      if (counts === undefined) return;
      const sum = counts.before + counts.during + counts.finished + counts.goingOn;
      numbers.push(sum + (live.list()[0]?.current().endedBeforeStop?.size ?? 0));
    });
    await run();
    assert.deepEqual(new Set(numbers), new Set([ids.length]));
    const counts = stopCounts(live.list()[0]?.current() ?? assert.fail());
    assert.equal(counts?.goingOn, 0);
    assert.equal(counts?.before, 1);
    assert.equal(counts?.during, 2);
  });
});
