import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { createTransport } from '../../../src/client/transport';
import type { ProviderId } from '../../../src/core/account';
import { encodeScript } from '../../../src/core/script';
import type { KindId, Target } from '../../../src/core/target';
import { providers } from '../../../src/providers';
import { parseSandboxAddress, SandboxAccounts } from '../../../src/services/accounts/sandboxAccounts';
import type { RunReport } from '../../../src/services/actions/report';
import { FakeClock } from '../../unit/support/fakeClock';
import { createWorkplace } from '../../unit/support/workplace';
import { sandboxFor } from '../support';

const shell = (text: string): string => encodeScript({ language: 'shell', name: 'check.sh', text });
const powershell = (text: string): string => encodeScript({ language: 'powershell', name: 'check.ps1', text });

/** The gate over the sandbox of both clouds, on one clock. */
async function place(t: TestContext) {
  const clock = new FakeClock(Date.now());
  const sandbox = await sandboxFor(t, { clock });
  const transport = createTransport();
  t.after(() => transport.close());
  const source = new SandboxAccounts();
  const { accessKeyId, accessKeySecret, endpoint } = sandbox.volcengine;
  const volcengine = { endpoint, accessKeyId, secretAccessKey: accessKeySecret };
  source.show(parseSandboxAddress(JSON.stringify({ alibabaCloud: sandbox.alibabaCloud, volcengine })));
  const workplace = createWorkplace([...source.list()], {}, { providers, transport, clock });
  const hosts = async (provider: ProviderId, region: string, kind: KindId): Promise<Target[]> => {
    const at = { provider, accountId: `sandbox:${provider}`, region };
    const list = await workplace.inventory.list(at, kind);
    return [...(list.items ?? new Map<string, unknown>()).keys()].map((id) => ({ ...at, kind, id }));
  };
  return { ...workplace, sandbox, hosts };
}

function outcomes({ results }: RunReport): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function outputs({ results }: RunReport): string[] {
  return results.flatMap(({ record }) =>
    record?.output === undefined ? [] : [Buffer.from(record.output.bytes).toString()],
  );
}

describe('a script runs where it was confirmed', () => {
  test('on managed instances of both systems, each with its own script', async (t) => {
    const { gate, hosts, person } = await place(t);
    const targets = await hosts('alibabaCloud', 'cn-hangzhou', 'managedInstance');
    const answers = {
      script: shell('echo "on linux"\n'),
      windowsScript: powershell("Write-Output 'on windows'\n"),
      settings: 'default',
      rollout: '1,100%;pause=first;errors=100%',
    };
    const { report } = await gate.perform({ action: 'runCommand', targets, answers });
    assert.ok(report);
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

  test('on instances of Volcengine, under the first line that it asks for', async (t) => {
    const { gate, hosts, sandbox } = await place(t);
    const targets = await hosts('volcengine', 'cn-beijing', 'instance');
    const answers = {
      script: shell('uname\n'),
      windowsScript: '',
      settings: 'default',
      rollout: '100%;pause=never;errors=0',
    };
    const { report } = await gate.perform({ action: 'runCommand', targets, answers });
    assert.ok(report);
    assert.ok(
      (outcomes(report)['done'] ?? 0) > 0,
      JSON.stringify(report.results.map(({ outcome, message, note }) => [outcome, message, note])),
    );
    assert.equal(report.stopped, undefined);
    assert.equal(sandbox.requests().filter(({ action }) => action === 'RunCommand').length, 1);
  });

  for (const [provider, region, kind] of [
    ['alibabaCloud', 'cn-hangzhou', 'managedInstance'],
    ['volcengine', 'cn-beijing', 'instance'],
  ] as const)
    test(`a lost answer of ${provider} is looked for, never sent again`, async (t) => {
      const { gate, hosts, sandbox } = await place(t);
      const targets = await hosts(provider, region, kind);
      sandbox.setFaults([{ kind: 'resetAfter', action: 'RunCommand', count: 1 }]);
      const answers = {
        script: shell('uname\n'),
        windowsScript: '',
        settings: 'default',
        rollout: '100%;pause=never;errors=0',
      };
      const { report } = await gate.perform({ action: 'runCommand', targets, answers });
      assert.ok(report);
      assert.ok((outcomes(report)['done'] ?? 0) > 0, JSON.stringify(outcomes(report)));
      assert.equal(outcomes(report)['unknown'], undefined);
      assert.equal(sandbox.requests().filter(({ action }) => action === 'RunCommand').length, 1);
    });

  test('an exit code is told, and what cannot run is left out beforehand', async (t) => {
    const { gate, hosts, person } = await place(t);
    const targets = await hosts('alibabaCloud', 'cn-hangzhou', 'managedInstance');
    const answers = {
      script: shell('echo no\nexit 3\n'),
      windowsScript: '',
      settings: 'default',
      rollout: '1,100%;pause=never;errors=0',
    };
    const { report } = await gate.perform({ action: 'runCommand', targets, answers });
    assert.ok(report);
    const said = outcomes(report);
    assert.equal(said['failed'], 1, JSON.stringify(said));
    assert.equal((said['failed'] ?? 0) + (said['notSent'] ?? 0), targets.length);
    assert.equal(report.results.find(({ outcome }) => outcome === 'failed')?.note, 'Exit code 3.');
    const codes = new Set(
      person.asked[0]?.groups.flatMap((g) => g.targets.flatMap((one) => one.findings.map(({ code }) => code))),
    );
    assert.ok(codes.has('offline') && codes.has('noScript'), [...codes].join());
  });

  test('another extension proposes nothing but targets, and the journal keeps no script', async (t) => {
    const { gate, hosts, files } = await place(t);
    const targets = (await hosts('alibabaCloud', 'cn-hangzhou', 'managedInstance')).slice(0, 2);
    const script = shell('echo canary-7f3a\n');
    await gate.perform({
      action: 'runCommand',
      targets,
      answers: { script, settings: 'default', rollout: '100%;pause=never;errors=0' },
    });
    const params = files
      .records()
      .flatMap((record) => (record.type === 'before' ? [JSON.stringify(record.params)] : []));
    assert.ok(params.length > 0);
    for (const text of params) assert.doesNotMatch(text, /CommandContent/);
  });
});
