import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endOf } from '../../../../src/services/actions/followedOutcome';
import type { RunReport } from '../../../../src/services/actions/report';
import { runsOf } from '../../../../src/services/journal/history';
import { fakeAccount } from '../../support/fakeCloud';
import { RunningCloud, runningProvider } from '../../support/runningCloud';
import { createWorkplace, target } from '../../support/workplace';

const ids = ['x0', 'x1', 'x2', 'x3', 'x4'];

function place(cloud = new RunningCloud()) {
  const outside = { providers: [runningProvider], transport: cloud.transport };
  const workplace = createWorkplace([fakeAccount('a')], {}, outside);
  cloud.clock = workplace.clock;
  cloud.put('a:1', 'r-1', ...ids.map((id) => ({ id, name: `name of ${id}` })));
  const targets = ids.map((id) => target('a', 'r-1', id, 'instance'));
  const run = async (): Promise<RunReport> => {
    const { report } = await workplace.gate.perform({ action: 'runCommand', targets });
    assert.ok(report);
    return report;
  };
  return { ...workplace, cloud, targets, run };
}

function outcomes({ results }: RunReport): Record<string, string> {
  return Object.fromEntries(results.map(({ planned, outcome }) => [planned.target.id, outcome]));
}

describe('what goes on in the cloud is followed', () => {
  test('until each resource has its last word', async () => {
    const { cloud, run } = place();
    cloud.behaviours.set('x1', { endsMs: 40_000, end: 'failed', exitCode: 3 });
    cloud.behaviours.set('x2', { end: 'timedOut' });
    cloud.behaviours.set('x3', { end: 'notDelivered' });
    cloud.behaviours.set('x4', { listedMs: 20_000 });
    const report = await run();
    assert.deepEqual(outcomes(report), { x0: 'done', x1: 'failed', x2: 'timedOut', x3: 'notDelivered', x4: 'done' });
    assert.equal(report.results.find((r) => r.planned.target.id === 'x1')?.note, 'Exit code 3.');
    assert.deepEqual(new Set(cloud.began.values()), new Set([1]));
  });

  test('what says nothing until the deadline is silent, and a later look settles it', async () => {
    const { cloud, run, gate, clock } = place();
    cloud.behaviours.set('x2', { endsMs: 600_000 });
    const report = await run();
    assert.equal(outcomes(report)['x2'], 'silent');
    clock.advance(600_000);
    const progress = { signal: new AbortController().signal, report: () => undefined };
    const checked = await gate.check(report.run, progress);
    assert.deepEqual(
      checked.map(({ id, outcome }) => [id, outcome]),
      [['x2', 'done']],
    );
  });

  test('a lost answer is looked for by its mark, never sent again', async () => {
    const { cloud, run } = place();
    cloud.fault('StartRun', { kind: 'resetAfter' });
    const report = await run();
    assert.deepEqual(new Set(Object.values(outcomes(report))), new Set(['done']));
    assert.equal(cloud.count('StartRun'), 2);
    assert.deepEqual(new Set(cloud.began.values()), new Set([1]));
  });

  test('a call that never arrived is not sent again either, for nobody can tell', async () => {
    const { cloud, run } = place();
    cloud.fault('StartRun', { kind: 'resetBefore' });
    const report = await run();
    assert.deepEqual(outcomes(report), { x0: 'unknown', x1: 'unknown', x2: 'unknown', x3: 'done', x4: 'done' });
    assert.equal(cloud.count('StartRun'), 2);
  });

  test('Cancel stops what goes on, and what ends all the same is told so', async () => {
    const { cloud, run, person } = place();
    cloud.behaviours.set('x0', { beginsMs: 60_000 });
    cloud.behaviours.set('x1', { endsMs: 60_000 });
    cloud.onRequest = ({ action }) => {
      if (action === 'ReadRun') person.abort.abort();
    };
    const report = await run();
    const said = outcomes(report);
    assert.deepEqual([said['x0'], said['x1'], said['x2']], ['stoppedBefore', 'stopped', 'done']);
    assert.equal(report.cancelled, true);
  });

  test('what the cloud keeps is not what was confirmed: nothing more is sent, and the run is stopped', async () => {
    const { cloud, run } = place();
    cloud.keeps = 'echo something else';
    for (const id of ids) cloud.behaviours.set(id, { endsMs: 60_000 });
    const report = await run();
    assert.match(report.stopped ?? '', /does not keep what was confirmed/);
    assert.deepEqual(new Set(Object.values(outcomes(report))), new Set(['stopped']));
  });

  test('the journal has the run before anything is done with it, and no script', async () => {
    const { cloud, run, files } = place();
    const report = await run();
    const records = files.records();
    const types = records.map(({ type }) => type);
    assert.ok(
      types.indexOf('followed') > types.indexOf('before') && types.indexOf('followed') < types.indexOf('after'),
    );
    assert.ok(!JSON.stringify(records).includes('secret-in-the-script'));
    const [told] = runsOf(records, new Set());
    assert.equal(told?.run, report.run);
    assert.equal(told?.counts.get('done'), ids.length);
    assert.equal(cloud.count('ReadRun') <= 6, true);
  });

  test('a window that closes meanwhile leaves what a later one can read', async () => {
    const first = place();
    await first.run();
    const cut = first.files.records().findIndex(({ type }) => type === 'after');
    const [[name = '', text = ''] = []] = first.files.files;
    const later = place(first.cloud);
    later.files.files.set(`old-${name}`, `${text.split('\n').slice(0, cut).join('\n')}\n`);
    const [interrupted] = runsOf(later.files.records(), new Set());
    assert.deepEqual([interrupted?.state, interrupted?.unresolved.length], ['interrupted', ids.length]);
    later.clock.advance(60_000);
    const progress = { signal: new AbortController().signal, report: () => undefined };
    const checked = await later.gate.check(interrupted?.run ?? '', progress);
    assert.deepEqual(
      checked.map(({ outcome }) => outcome),
      ids.map(() => 'done'),
    );
    assert.equal(first.cloud.count('StartRun'), 2);
  });

  test('who shows the run hears every record and one result for each resource', async () => {
    const { cloud, run, gate } = place();
    cloud.behaviours.set('x1', { beginsMs: 2_000, endsMs: 9_000 });
    const states: string[] = [];
    const settled: string[] = [];
    gate.onDidHear((heard) => {
      if ('result' in heard) settled.push(heard.planned.target.id);
      else if (heard.planned.target.id === 'x1') states.push(heard.record.state);
    });
    await run();
    assert.deepEqual(new Set(states), new Set(['waiting', 'running', 'succeeded']));
    assert.deepEqual(settled.sort(), ids);
  });

  test('resources that one call cannot serve are groups of their own', async () => {
    const { cloud, gate, targets } = place();
    cloud.put('a:1', 'r-1', { id: 'x1', name: 'other', os: 'windows' });
    const plan = await gate.propose({ action: 'runCommand', targets });
    assert.deepEqual(
      plan?.groups.map((group) => group.targets.map(({ target: { id } }) => id)),
      [['x0', 'x2', 'x3', 'x4'], ['x1']],
    );
  });

  test('a call holds resources of one account, region and system, at most as many as the cloud takes, each once', async () => {
    const cloud = new RunningCloud();
    const outside = { providers: [runningProvider], transport: cloud.transport };
    const { gate, clock } = createWorkplace([fakeAccount('a'), fakeAccount('b')], {}, outside);
    cloud.clock = clock;
    const put = (account: string, region: string, count: number, os: string) =>
      Array.from({ length: count }, (_, index) => {
        const id = `${os}${index}`;
        cloud.put(account, region, { id, name: id, os });
        return target(account, region, id, 'instance');
      });
    const linux = put('a', 'r-1', 7, 'linux');
    const targets = [...linux, ...put('a', 'r-1', 1, 'windows'), ...put('b', 'r-2', 1, 'linux'), ...linux.slice(0, 1)];
    await gate.perform({ action: 'runCommand', targets });
    const calls = cloud.requests.filter(({ action }) => action === 'StartRun');
    const sizes = calls.map(({ params }) => (params['InstanceId'] as string[]).length);
    assert.deepEqual(sizes.sort(), [1, 1, 1, 3, 3]);
    assert.deepEqual(new Set(cloud.began.values()), new Set([1]));
    assert.equal(cloud.began.size, 9);
    assert.equal(await gate.propose({ action: 'runCommand', targets: [] }), undefined);
  });

  test('a reason that is documented is told as well as the words of the cloud', async () => {
    const record = { id: 'x', state: 'notDelivered', word: 'Aborted', exitCode: undefined, output: undefined } as const;
    const said = { ...record, code: 'ClientNotRunning', message: 'not running', meaning: 'The agent is stopped.' };
    const { gate, targets } = place();
    const [group] = (await gate.propose({ action: 'runCommand', targets }))?.groups ?? [];
    const [planned] = group?.targets ?? [];
    assert.ok(group && planned);
    const { outcome, code, message, advice } = endOf(group, planned, said);
    assert.deepEqual(
      [outcome, code, message, advice],
      ['notDelivered', 'ClientNotRunning', 'not running', 'The agent is stopped.'],
    );
  });
});
