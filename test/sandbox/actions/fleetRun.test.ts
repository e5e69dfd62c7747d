import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ProviderId } from '../../../src/core/account';
import type { Answers } from '../../../src/core/input';
import { encodeScript } from '../../../src/core/script';
import { targetKey, type KindId, type Target } from '../../../src/core/target';
import { mostFailures, parseRollout } from '../../../src/services/actions/rollout';
import { LiveResults } from '../../../src/services/commands/liveResults';
import { groupOutputs } from '../../../src/services/commands/outputGroups';
import type { HostResult, RunResult } from '../../../src/services/commands/runResult';
import { runPlace } from './runPlace';

const regions: readonly (readonly [ProviderId, string, KindId])[] = [
  ['alibabaCloud', 'cn-hangzhou', 'managedInstance'],
  ['alibabaCloud', 'cn-beijing', 'managedInstance'],
  ['volcengine', 'cn-beijing', 'instance'],
];
interface SandboxHost {
  readonly InstanceId: string;
  readonly Connected?: boolean;
  readonly Status?: string;
}

const wanted = 300;
const offlineAmongThem = 20;

/** The gate over both clouds, and 300 hosts of three regions: both systems, twenty of them offline. */
async function fleet(t: TestContext) {
  const workplace = await runPlace(t, { size: 220 });
  const { gate, clock, sandbox } = workplace;
  const live = new LiveResults({ runs: gate, now: () => new Date(clock.now()), regionName: ({ region }) => region });
  t.after(() => live.dispose());
  const hosts: { readonly target: Target; readonly isOffline: boolean }[] = [];
  for (const [provider, region, kind] of regions) {
    const at = { provider, accountId: `sandbox:${provider}`, region, kind };
    // The records of a region by kind, each of the cloud's own spelling.
    const records = sandbox.state()[provider][region] as unknown as Readonly<Record<KindId, readonly SandboxHost[]>>;
    for (const { InstanceId: id, Connected, Status } of records[kind])
      hosts.push({ target: { ...at, id }, isOffline: !(Connected ?? /^running$/i.test(String(Status))) });
  }
  const offline = hosts.filter(({ isOffline }) => isOffline).slice(0, offlineAmongThem);
  const online = hosts.filter(({ isOffline }) => !isOffline);
  const few = online.filter(({ target }) => target.provider === 'volcengine');
  const many = online.filter(({ target }) => target.provider !== 'volcengine');
  const targets = [...offline, ...few, ...many].slice(0, wanted).map(({ target }) => target);
  assert.equal(targets.length, wanted);
  return { ...workplace, live, targets };
}

const answers: Answers = {
  script: encodeScript({ language: 'shell', name: 'name.sh', text: 'echo "I am $(hostname)"\n' }),
  windowsScript: encodeScript({
    language: 'powershell',
    name: 'name.ps1',
    text: 'Write-Output "I am $env:COMPUTERNAME"\n',
  }),
  settings: 'default',
  rollout: '1,10%,100%;pause=first;errors=1',
};

function groupsOf({ hosts }: RunResult) {
  const said = hosts.filter(({ output }) => output !== undefined);
  return groupOutputs(
    said.map((host) => ({
      ...host,
      id: host.target.id,
      exitCode: host.exitCode,
      text: Buffer.from(host.output?.bytes ?? '')
        .toString()
        .trimEnd(),
    })),
    { mask: true },
  );
}

function counted(hosts: readonly HostResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of hosts) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

test('300 hosts, two clouds, three regions, both systems: one plan, one question, and the odd one on top', async (t) => {
  const { gate, sandbox, person, live, targets } = await fleet(t);
  const odd = targets.at(-1) ?? assert.fail();
  const behaviour = { exitCode: 3, output: Buffer.from('no such file\n').toString('base64') };
  assert.ok(sandbox.setHost({ provider: odd.provider, region: odd.region, id: odd.id, behaviour }));
  const sums = new Set<number>();
  gate.onDidHear(() => void sums.add(live.list()[0]?.current().hosts.length ?? -1));
  const { report } = await gate.perform({ action: 'runCommand', targets, answers });

  assert.equal(person.asked.length, 1, 'one plan');
  assert.equal(person.typed.length, 1, 'and the number of hosts is typed');
  assert.equal(person.pauses.length, 1, 'a question behind the first host');
  const plan = person.asked[0] ?? assert.fail();
  const planned = plan.groups.flatMap((group) => group.targets);
  const left = planned.filter(({ verdict }) => verdict !== 'go');
  assert.equal(planned.length, wanted);
  const reasons = left.map(({ findings }) => findings[0]?.code);
  assert.equal(reasons.filter((code) => code === 'offline').length, offlineAmongThem);
  // Two of the other cloud have no agent; nobody is left out without a reason.
  assert.deepEqual(new Set(reasons), new Set(['offline', 'noAgent']));

  const results = report?.results ?? [];
  assert.deepEqual(
    new Set(results.map(({ planned: { target } }) => targetKey(target))),
    new Set(targets.map(targetKey)),
  );
  assert.deepEqual([...sums], [wanted], 'nobody is missing at any moment');
  const result = live.list()[0]?.current() ?? assert.fail();
  const ran = wanted - left.length;
  assert.equal(counted(result.hosts)['done'], ran - 1, JSON.stringify(counted(result.hosts)));
  assert.equal(counted(result.hosts)['failed'], 1);

  const groups = groupsOf(result);
  assert.deepEqual(
    groups.map(({ ids, exitCode }) => [ids.length, exitCode]),
    [
      [1, 3],
      [ran - 1, 0],
    ],
  );
  assert.deepEqual(groups[0]?.ids, [odd.id]);
  assert.equal(groups[1]?.text, 'I am ⟨host name⟩');

  const received = (['alibabaCloud', 'volcengine'] as const).flatMap((provider) => sandbox.runs(provider));
  const reached = received.flatMap(({ hosts }) => hosts);
  assert.equal(new Set(reached).size, reached.length, 'no host was sent it twice');
  assert.equal(reached.length, ran);
  assert.ok(received.every(({ hosts }) => hosts.length <= 100));
});

test('a script that takes the agent away stops with the first batch, as the plan said it would', async (t) => {
  const { gate, sandbox, person, targets } = await fleet(t);
  for (const { provider, region, id } of targets)
    sandbox.setHost({ provider, region, id, behaviour: { silent: true } });
  const rollout = '2,10%,100%;pause=never;errors=0';
  const { report } = await gate.perform({ action: 'runCommand', targets, answers: { ...answers, rollout } });
  const received = (['alibabaCloud', 'volcengine'] as const).flatMap((provider) => sandbox.runs(provider));
  const reached = received.flatMap(({ hosts }) => hosts).length;
  const planned = person.asked[0]?.groups.flatMap((group) => group.targets) ?? [];
  const runnable = planned.filter(({ verdict }) => verdict === 'go').length;
  assert.equal(reached, 2);
  assert.ok(reached <= mostFailures(runnable, parseRollout(rollout)));
  assert.match(report?.stopped ?? '', /Nothing was heard of batch 1/);
  const unsent = report?.results.filter(({ outcome }) => outcome === 'notSent').length;
  assert.equal(unsent, wanted - reached);
});
