import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Target } from '../../../src/core/target';
import { toGbk } from '../../../src/sandbox/commands/gbk';
import { decodeOutput } from '../../../src/services/commands/output';
import { groupOutputs } from '../../../src/services/commands/outputGroups';
import { linuxOnly, outcomes, runPlace, shell } from './runPlace';

type Place = Awaited<ReturnType<typeof runPlace>>;

/** The ids that scripts reached, as the cloud has them. */
function reached({ sandbox }: Place): string[] {
  return (['alibabaCloud', 'volcengine'] as const).flatMap((provider) =>
    sandbox.runs(provider).flatMap(({ hosts }) => hosts),
  );
}

/** Connected Linux hosts of a region. */
function linuxHosts({ sandbox }: Place, count: number): Target[] {
  const records = sandbox.state().alibabaCloud['cn-hangzhou']?.managedInstance ?? [];
  return records
    .filter(({ Connected, OsType }) => Connected && OsType.toLowerCase() === 'linux')
    .slice(0, count)
    .map(({ InstanceId: id }) => ({
      provider: 'alibabaCloud',
      accountId: 'sandbox:alibabaCloud',
      region: 'cn-hangzhou',
      kind: 'managedInstance',
      id,
    }));
}

function behave({ sandbox }: Place, { region, id, provider }: Target, behaviour: object): void {
  assert.ok(sandbox.setHost({ provider, region, id, behaviour }));
}

function idsOf(targets: readonly Target[]): Set<string> {
  return new Set(targets.map(({ id }) => id));
}

describe('what people complain of where scripts run on many hosts', () => {
  test('"it ran on all hosts": nothing chosen is nothing sent, and what is not found is named', async (t) => {
    const place = await runPlace(t);
    const nothing = await place.gate.perform({ action: 'runCommand', targets: [], answers: linuxOnly('uname\n') });
    assert.equal(nothing.report, undefined);
    assert.deepEqual(reached(place), []);
    const [one, other] = linuxHosts(place, 2);
    assert.ok(one && other);
    const gone = { ...other, id: 'mi-hz0000000000000' };
    const report = await place.run([one, gone], linuxOnly('uname\n'));
    assert.deepEqual(reached(place), [one.id]);
    assert.equal(report.results.find(({ planned }) => planned.target.id === gone.id)?.outcome, 'notSent');
  });

  test('"it ran on all hosts": what changes between the question and the call takes a host out, never another in', async (t) => {
    const place = await runPlace(t);
    const targets = linuxHosts(place, 3);
    const [first = assert.fail()] = targets;
    place.person.onConfirm = () => {
      const { provider, region, kind, id } = first;
      assert.ok(place.sandbox.change({ provider, region, kind, id }), 'somebody else deregisters it');
    };
    const report = await place.run(targets, linuxOnly('uname\n'));
    for (const id of reached(place)) assert.ok(idsOf(targets.slice(1)).has(id));
    assert.equal(report.results.find(({ planned }) => planned.target.id === first.id)?.outcome, 'notSent');
  });

  test('"the failure stopped nothing": a first batch that is silent is the last one', async (t) => {
    const place = await runPlace(t);
    const targets = linuxHosts(place, 6);
    for (const target of targets) behave(place, target, { silent: true });
    const report = await place.run(targets, linuxOnly('uname\n', '1,2,100%;pause=never;errors=0'));
    assert.equal(reached(place).length, 1);
    assert.deepEqual(outcomes(report), { silent: 1, notSent: 5 });
  });

  test('"one host is just missing": every host has an outcome, also those without a record', async (t) => {
    const place = await runPlace(t);
    const targets = linuxHosts(place, 5);
    behave(place, targets[0] ?? assert.fail(), { silent: true });
    behave(place, targets[1] ?? assert.fail(), { unreachable: true });
    behave(place, targets[2] ?? assert.fail(), { recordAfterMs: 10_000_000 });
    const report = await place.run(targets, linuxOnly('uname\n'));
    assert.deepEqual(new Set(report.results.map(({ planned }) => planned.target.id)), idsOf(targets));
    assert.equal(outcomes(report)['done'], 2, JSON.stringify(outcomes(report)));
  });

  test('"the re-run took other hosts or forgot my values": only what failed, with the same bytes', async (t) => {
    const place = await runPlace(t);
    const targets = linuxHosts(place, 4);
    const failing = targets.slice(0, 2);
    for (const target of failing) behave(place, target, { exitCode: 1 });
    const report = await place.run(targets, linuxOnly("value='it'\\''s 100% ok'\necho \"$value\"\n"));
    for (const target of failing) behave(place, target, {});
    const before = place.sandbox.runs('alibabaCloud').length;
    const again = await place.gate.retry(report);
    const runs = place.sandbox.runs('alibabaCloud');
    const second = runs.filter((_, index) => index >= before);
    assert.deepEqual(new Set(second.flatMap(({ hosts }) => hosts)), idsOf(failing));
    assert.deepEqual(new Set(runs.map(({ script }) => script)).size, 1);
    assert.deepEqual(outcomes(again.report ?? assert.fail()), { done: 2 });
  });

  test('"800 lines, and I missed the one that failed": it is the first group', () => {
    const hosts = Array.from({ length: 800 }, (_, index) => ({
      id: `i-${index}`,
      name: `web-${index}`,
      state: index === 517 ? 'failed' : 'done',
      exitCode: index === 517 ? 1 : 0,
      text: `web-${index}: ${index === 517 ? 'no space left' : 'ok'}\n`,
    }));
    const [first, ...others] = groupOutputs(hosts, { mask: true });
    assert.deepEqual(first?.ids, ['i-517']);
    assert.equal(others.length, 1);
  });

  test('"the output was cut or garbled and nobody said so": it is said, with how much and where', () => {
    const cut = decodeOutput({ output: Buffer.from('the end').toString('base64'), dropped: 90_000, isFinal: true });
    assert.deepEqual(cut.completeness, { type: 'startMissing', bytes: 90_000 });
    const garbled = Buffer.from(toGbk('磁盘已满')).toString('base64');
    assert.equal(decodeOutput({ output: garbled, dropped: 0, isFinal: true }).isReadable, false);
    assert.equal(decodeOutput({ output: garbled, dropped: 0, isFinal: true }, 'gb18030').text, '磁盘已满');
  });

  test('"killed, it said, and it ran on": what ends all the same is told as it ended', async (t) => {
    const place = await runPlace(t);
    const targets = linuxHosts(place, 3);
    behave(place, targets[0] ?? assert.fail(), { delayMs: 30_000 });
    place.sandbox.onDidReceive(({ action }) => {
      if (action === 'DescribeInvocationResults') place.person.abort.abort();
    });
    const report = await place.run(targets, {
      ...linuxOnly('uname\n'),
      script: shell('uname\n'),
    });
    const ends = outcomes(report);
    const sum = Object.values(ends).reduce((total, count) => total + count, 0);
    assert.equal(sum, targets.length);
    assert.equal(ends['done'], 2, 'they were through before the stop arrived');
    assert.equal(ends['stoppedBefore'], 1);
  });
});
