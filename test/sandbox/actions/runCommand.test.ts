import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { atOnce, linuxOnly, outcomes, outputs, powershell, runPlace, shell } from './runPlace';

describe('a script runs where it was confirmed', () => {
  test('on managed instances of both systems, each with its own script', async (t) => {
    const { run, hosts, person } = await runPlace(t);
    const targets = await hosts('alibabaCloud', 'cn-hangzhou', 'managedInstance');
    const report = await run(targets, {
      script: shell('echo "on linux"\n'),
      windowsScript: powershell("Write-Output 'on windows'\n"),
      settings: 'default',
      rollout: '1,100%;pause=first;errors=100%',
    });
    assert.equal(person.pauses.length, 1);
    assert.equal(report.results.length, targets.length);
    assert.ok((outcomes(report)['done'] ?? 0) > 0, JSON.stringify(outcomes(report)));
    const linux = report.results.filter(({ group }) => group.answers['windowsScript'] === undefined);
    const windows = report.results.filter(({ group }) => group.answers['script'] === undefined);
    assert.equal(linux.length + windows.length, targets.length);
    for (const text of outputs({ ...report, results: linux })) assert.equal(text, 'on linux\n');
    for (const text of outputs({ ...report, results: windows })) assert.match(text, /^on windows\r?\n$/);
    assert.ok(windows.some(({ outcome }) => outcome === 'done'));
  });

  test('over kinds, clouds and systems, everything is asked once: a job with a script for each system is one answer', async (t) => {
    const { gate, hosts, person, sent } = await runPlace(t);
    const targets = [
      ...(await hosts('alibabaCloud', 'cn-hangzhou', 'managedInstance')),
      ...(await hosts('alibabaCloud', 'cn-hangzhou', 'instance')),
      ...(await hosts('volcengine', 'cn-beijing', 'instance')),
    ];
    const asked: string[] = [];
    person.ask = ({ input, targets: about }) => {
      asked.push(`${input.name} ${about.length}`);
      const both = { script: shell('echo linux\n'), windowsScript: powershell("Write-Output 'windows'\n") };
      return Promise.resolve(
        input.type === 'script' ? { answers: both } : input.name === 'rollout' ? atOnce : 'default',
      );
    };
    const { report } = await gate.perform({ action: 'runCommand', targets });
    const linux = report?.results.filter(({ group }) => group.answers['script'] !== undefined) ?? [];
    const windows = report?.results.filter(({ group }) => group.answers['windowsScript'] !== undefined) ?? [];
    assert.ok(linux.length > 0 && windows.length > 0);
    assert.ok(linux.every(({ group }) => group.answers['windowsScript'] === undefined));
    // Those of the other system are not among them, nor are those that cannot be sent anything.
    const [first = '', ...rest] = asked;
    assert.match(first, /^script \d+$/);
    assert.ok(Number(first.split(' ')[1]) < targets.length, first);
    assert.deepEqual(
      rest.map((text) => text.split(' ')[0]),
      ['settings', 'rollout'],
    );
    for (const { params } of sent('RunCommand')) {
      const content = Buffer.from(String(params['CommandContent']), 'base64').toString();
      assert.match(content, /PowerShell/.test(String(params['Type'])) ? /^Write-Output/ : /echo linux\n$/);
    }
  });

  for (const [provider, region, kind] of [
    ['alibabaCloud', 'cn-hangzhou', 'managedInstance'],
    ['alibabaCloud', 'cn-hangzhou', 'instance'],
    ['volcengine', 'cn-beijing', 'instance'],
  ] as const) {
    test(`on ${kind} of ${provider}, in one call, as it was confirmed`, async (t) => {
      const { run, hosts, sent } = await runPlace(t);
      const report = await run(await hosts(provider, region, kind), linuxOnly('uname\n'));
      assert.ok((outcomes(report)['done'] ?? 0) > 0, JSON.stringify(outcomes(report)));
      assert.equal(report.stopped, undefined);
      assert.equal(sent('RunCommand').length, 1);
    });

    test(`a lost answer of ${provider} for ${kind} is looked for, never sent again`, async (t) => {
      const { run, hosts, sandbox, sent } = await runPlace(t);
      sandbox.setFaults([{ kind: 'resetAfter', action: 'RunCommand', count: 1 }]);
      const report = await run(await hosts(provider, region, kind), linuxOnly('uname\n'));
      assert.ok((outcomes(report)['done'] ?? 0) > 0, JSON.stringify(outcomes(report)));
      assert.equal(outcomes(report)['unknown'], undefined);
      assert.equal(sent('RunCommand').length, 1);
    });
  }

  test('an exit code is told, and what cannot run is left out beforehand', async (t) => {
    const { run, hosts, person } = await runPlace(t);
    const targets = await hosts('alibabaCloud', 'cn-hangzhou', 'managedInstance');
    const report = await run(targets, linuxOnly('echo no\nexit 3\n', '1,100%;pause=never;errors=0'));
    const said = outcomes(report);
    assert.equal(said['failed'], 1, JSON.stringify(said));
    assert.equal((said['failed'] ?? 0) + (said['notSent'] ?? 0), targets.length);
    assert.equal(report.results.find(({ outcome }) => outcome === 'failed')?.note, 'Exit code 3.');
    const codes = new Set(
      person.asked[0]?.groups.flatMap((g) => g.targets.flatMap((one) => one.findings.map(({ code }) => code))),
    );
    assert.ok(codes.has('offline') && codes.has('noScript'), [...codes].join());
  });

  test('Cancel stops what goes on, and Volcengine, which has no word for it, is understood', async (t) => {
    const { run, hosts, sandbox, person, sent } = await runPlace(t);
    sandbox.onDidReceive(({ action }) => {
      if (action === 'DescribeInvocationResults') person.abort.abort();
    });
    const report = await run(await hosts('volcengine', 'cn-beijing', 'instance'), linuxOnly('sleep 50\n'));
    const ends = outcomes(report);
    assert.ok((ends['stopped'] ?? 0) + (ends['stoppedBefore'] ?? 0) > 0, JSON.stringify(ends));
    assert.equal(ends['failed'], undefined);
    assert.equal(sent('StopInvocation').length, 1);
  });

  test('a stop whose answer was lost is not taken for a script that failed', async (t) => {
    const { run, hosts, sandbox, person } = await runPlace(t);
    sandbox.setFaults([{ kind: 'resetAfter', action: 'StopInvocation', count: 1 }]);
    sandbox.onDidReceive(({ action }) => {
      if (action === 'DescribeInvocationResults') person.abort.abort();
    });
    const report = await run(await hosts('volcengine', 'cn-beijing', 'instance'), linuxOnly('sleep 50\n'));
    const ends = outcomes(report);
    assert.ok((ends['stopped'] ?? 0) + (ends['stoppedBefore'] ?? 0) > 0, JSON.stringify(ends));
    assert.equal(ends['failed'], undefined);
  });

  test('a call that is refused says why, names the permission, and nothing ran', async (t) => {
    const { run, hosts, sandbox } = await runPlace(t);
    sandbox.setFaults([{ kind: 'deny', action: 'RunCommand' }]);
    const report = await run(await hosts('alibabaCloud', 'cn-hangzhou', 'managedInstance'), linuxOnly('uname\n'));
    const refused = report.results.find(({ outcome }) => outcome === 'refused');
    assert.equal(refused?.permission, 'ecs:RunCommand');
    // The user of the system can be what is not allowed.
    assert.match(refused.advice ?? '', /condition ecs:CommandRunAs/);
    assert.equal(outcomes(report)['done'], undefined);
  });

  test('the journal keeps the name and the hash of a script, never its text; a retry has it all the same', async (t) => {
    const { run, gate, hosts, files, sent } = await runPlace(t);
    const targets = (await hosts('alibabaCloud', 'cn-hangzhou', 'managedInstance')).slice(0, 1);
    const answers = linuxOnly('echo canary-7f3a\nexit 1\n');
    const report = await run(targets, answers);
    const retried = await gate.retry(report);
    assert.equal(retried.report?.results[0]?.note, 'Exit code 1.');
    const [first, second] = sent('RunCommand').map(({ params }) => params['CommandContent']);
    assert.ok(first !== undefined && first === second);
    const written = [...files.files.values()].join('\n');
    assert.match(written, /check\.sh, shell, 2 lines, SHA-256 [0-9a-f]{64}/);
    assert.doesNotMatch(written, /canary-7f3a|CommandContent/);
    assert.ok(!written.includes(String(first)));
  });
});
