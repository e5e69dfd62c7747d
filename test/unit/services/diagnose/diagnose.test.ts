import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { CallEngine } from '../../../../src/client/callEngine';
import { CloudClient } from '../../../../src/client/cloudClient';
import { Rehearser } from '../../../../src/client/rehearser';
import { createThrottle } from '../../../../src/client/throttle';
import { createTransport, defaultTransportOptions } from '../../../../src/client/transport';
import type { Account, Credentials, ProviderId } from '../../../../src/core/account';
import { CloudError } from '../../../../src/core/cloudError';
import { directNetwork, type NetworkSettings } from '../../../../src/core/networkSettings';
import { providerOf } from '../../../../src/providers/index';
import { startSandbox, type Sandbox } from '../../../../src/sandbox/index';
import { checkSafetyPolicy } from '../../../../src/services/actions/safetyPolicy';
import { diagnose, type Diagnosis } from '../../../../src/services/diagnose/diagnose';
import type { Finding } from '../../../../src/services/diagnose/finding';
import { reportOf } from '../../../../src/services/diagnose/report';
import type { Clock } from '../../../../src/util/clock';
import { systemClock } from '../../../../src/util/clock';
import { clouds, saidIn } from '../../support/profileHome';

interface Setup {
  readonly sandbox: Sandbox;
  readonly run: (account: Account, clock?: Clock, rules?: string) => Promise<Diagnosis>;
  readonly account: (provider: ProviderId, changes?: Partial<Account>) => Account;
}

interface Around {
  readonly network?: NetworkSettings;
  readonly resolveHost?: (host: string) => Promise<readonly string[]>;
}

async function setUp(t: TestContext, { network = directNetwork, resolveHost }: Around = {}): Promise<Setup> {
  const sandbox = await startSandbox();
  const transport = createTransport({ ...defaultTransportOptions, network: () => network });
  t.after(async () => {
    await transport.close();
    await sandbox.dispose();
  });
  let calls = 0;
  const engine = new CallEngine({
    transport,
    clock: systemClock,
    nonce: () => `diagnose-${++calls}`,
    random: () => 0,
    retry: { maxAttempts: 1, baseMs: 1, capMs: 1, retryAfterCapMs: 1 },
    timeoutMs: () => 5_000,
    format: () => 'json',
    throttle: createThrottle({ clock: systemClock, maxInFlight: 4 }),
    onDidCall: () => undefined,
  });
  const rehearser = new Rehearser(engine);
  const account: Setup['account'] = (provider, changes) => {
    const { endpoint, accessKeyId, accessKeySecret } = sandbox[provider];
    const keys: Credentials = { accessKeyId, accessKeySecret };
    const info = { id: 'a', provider, name: 'Night *shift*', source: '~/<b>', level: 'normal', endpoint } as const;
    return { ...info, credentials: () => Promise.resolve(keys), ...changes };
  };
  const run: Setup['run'] = (about, clock = systemClock, rules = '') =>
    diagnose(
      about,
      {
        transport,
        clock,
        timeoutMs: 5_000,
        resolveHost: resolveHost ?? ((host) => Promise.resolve([host])),
        clouds,
        language: 'en',
        client: new CloudClient(engine),
        policy: (product, action) => {
          const env = { ALIBABA_CLOUD_SAFETY_POLICY_ENABLED: 'true', ALIBABA_CLOUD_SAFETY_POLICY_RULES: rules };
          return checkSafetyPolicy({ read: () => Promise.resolve(undefined), env }, product, action);
        },
        rehearse: (whose, region, { operation, params, passedCodes }, ids, signal) =>
          rehearser.rehearse(
            {
              provider: providerOf(whose.provider),
              account: whose,
              region,
              operation,
              params: params(ids, {}),
              signal,
            },
            passedCodes,
          ),
      },
      new AbortController().signal,
    );
  return { sandbox, run, account };
}

/** `state about` of every finding of an area. */
function states({ findings }: Diagnosis, area: string): string[] {
  return findings.filter((finding) => finding.area === area).map(({ state, about }) => `${state} ${about}`);
}

const report = (diagnosis: Diagnosis): string =>
  reportOf(diagnosis, { cloud: 'Cloud', time: (time) => time.toISOString() });

describe('Diagnose Connection', () => {
  it('checks everything on Alibaba Cloud without changing anything', async (t) => {
    const { run, account, sandbox } = await setUp(t);
    const diagnosis = await run(account('alibabaCloud'));
    assert.deepEqual(states(diagnosis, 'permissions'), [
      'good ecs:DescribeRegions',
      'good ecs:DescribeManagedInstances',
      'open ecs:DeregisterManagedInstance',
      'good ecs:DescribeActivations',
      'open ecs:DeleteActivation',
      'good ecs:DescribeInstances',
      'good ecs:DeleteInstances',
      'good ecs:DescribeCommands',
      'open ecs:DeleteCommand',
      'good ecs:DescribeInvocations',
    ]);
    assert.deepEqual(
      states(diagnosis, 'credentials').map((line) => line.split(' ')[0]),
      ['good', 'good'],
    );
    const destructive = sandbox.requests().filter(({ action }) => /^(Delete|Deregister)/.test(action));
    assert.deepEqual(
      destructive.map(({ action, params }) => [action, params['DryRun']]),
      [['DeleteInstances', 'true']],
    );
    assert.match(report(diagnosis), /No problem was found/);
  });

  for (const provider of ['alibabaCloud', 'volcengine'] as const) {
    const check = (about: string, changes: Partial<Account>, rules: string, sent: number): void => {
      it(`${about} on ${provider}: ${sent} dry runs`, async (t) => {
        const { run, account, sandbox } = await setUp(t);
        const diagnosis = await run(account(provider, changes), systemClock, rules);
        const destructive = sandbox.requests().filter(({ action }) => /^(Delete|Deregister)/.test(action));
        assert.equal(destructive.length, sent);
        assert.equal(
          states(diagnosis, 'permissions').some((line) => line === 'open ecs:DeleteInstances'),
          sent === 0 || provider === 'volcengine',
        );
      });
    };
    check('nothing speaks against it', {}, '', 1);
    check('a read-only account', { level: 'readOnly' }, '', 0);
    check('a policy that denies deletions', {}, 'ecs:Delete*=deny', 0);
    check('a policy that cannot be read', {}, 'ecs:Delete*', 0);
    check('a policy that denies something else', {}, 'ecs:Deregister*=deny', 1);
  }

  it('counts what stands in the way of several hosts once, and says it first', async (t) => {
    const { account } = await setUp(t);
    const proxy = { state: 'bad', text: 'The proxy "p:1" refuses.', advice: 'Check it.' } as const;
    const findings: Finding[] = [
      { area: 'network', about: 'ecs.example', ...proxy },
      { area: 'network', about: 'sts.example', ...proxy },
      { area: 'credentials', about: 'CLI', state: 'good', text: 'Keys.' },
      { area: 'permissions', about: 'ecs:DescribeRegions', ...proxy },
    ];
    const text = report({ account: account('alibabaCloud'), time: new Date(0), region: undefined, findings });
    assert.match(text, /^Likely cause: The proxy "p:1" refuses\. Check it\.\n1 problem was found\.\n\nConnection of /);
    assert.match(text, /^\[Problem\] ecs\.example, sts\.example: The proxy "p:1" refuses/m);
  });

  it('counts a dead proxy once, names it without its password, and asks no name service behind it', async (t) => {
    const network = { ...directNetwork, proxy: 'http://night:canary-pass@127.0.0.1:1' };
    const resolveHost = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const { run, account, sandbox } = await setUp(t, { network, resolveHost });
    const { endpoint: _, ...everywhere } = account('alibabaCloud');
    const diagnosis = await run(everywhere);
    const text = report(diagnosis);
    assert.match(
      text,
      /^Likely cause: No connection to the proxy "http:\/\/127\.0\.0\.1:1" \(ECONNREFUSED\)\. [^\n]+\n1 problem was found\.\n/,
    );
    assert.doesNotMatch(text, /resolve|canary|night:/);
    assert.equal(text.match(/^\[Problem\]/gm)?.length, 1);
    assert.match(text, /^Permissions\n-+\nNot checked: something above has to work first\.$/m);
    assert.equal(sandbox.requests().length, 0);
  });

  it('says that a name is not resolved, once for all hosts', async (t) => {
    const resolveHost = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const { run, account } = await setUp(t, { resolveHost });
    const hosts = { Ecs: 'https://ecs.invalid', Sts: 'https://sts.invalid' };
    const { endpoint: _, ...elsewhere } = account('alibabaCloud', { hosts });
    const text = report(await run(elsewhere));
    assert.match(text, /^Likely cause: Cannot resolve ecs\.invalid \(ENOTFOUND\)\. [^\n]+\n1 problem was found\.\n/);
    assert.match(text, /^\[Problem\] sts\.invalid: Cannot resolve sts\.invalid/m);
  });

  it('begins with the permission that is missing', async (t) => {
    const { run, account, sandbox } = await setUp(t);
    sandbox.setFaults([{ kind: 'deny', action: 'DescribeActivations' }]);
    assert.match(
      report(await run(account('alibabaCloud'))),
      /^Likely cause: No permission: ecs:DescribeActivations \(/,
    );
  });

  it('checks everything on Volcengine, which cannot say whose keys they are', async (t) => {
    const { run, account } = await setUp(t);
    const diagnosis = await run(account('volcengine'));
    assert.deepEqual(
      states(diagnosis, 'credentials').map((line) => line.split(' ')[0]),
      ['good', 'open'],
    );
    assert.ok(states(diagnosis, 'permissions').includes('good ecs:DescribeInstances'));
    assert.equal(
      diagnosis.findings.some(({ state }) => state === 'bad'),
      false,
    );
  });

  it('names wrong keys without showing them, and goes on', async (t) => {
    const { run, account } = await setUp(t);
    const credentials = (): Promise<Credentials> =>
      Promise.resolve({
        accessKeyId: 'LTAI5tCANARYCANARYCANARY',
        accessKeySecret: 'CANARY-secret',
        securityToken: 'CANARY-token',
      });
    const diagnosis = await run(account('alibabaCloud', { credentials }));
    const text = report(diagnosis);
    assert.doesNotMatch(text, /CANARY-|CANARYCANARY/);
    assert.match(text, /Temporary keys LTAI…ARY/);
    assert.ok(states(diagnosis, 'permissions').includes('bad ecs:DescribeRegions'));
    for (const finding of diagnosis.findings) assert.doesNotMatch(JSON.stringify(finding), /CANARY-|CANARYCANARY/);
  });

  it('names the permission that is missing', async (t) => {
    const { run, account, sandbox } = await setUp(t);
    sandbox.setFaults([{ kind: 'deny', action: 'DescribeActivations' }]);
    const diagnosis = await run(account('alibabaCloud'));
    assert.ok(states(diagnosis, 'permissions').includes('bad ecs:DescribeActivations'));
    assert.match(report(diagnosis), /1 problem was found/);
  });

  it('looks at the region of the profile where regions may not be listed', async (t) => {
    const { run, account, sandbox } = await setUp(t);
    sandbox.setFaults([{ kind: 'deny', action: 'DescribeRegions' }]);
    const diagnosis = await run(account('alibabaCloud', { region: 'cn-shanghai' }));
    assert.equal(diagnosis.region, 'cn-shanghai');
    const seen = states(diagnosis, 'permissions');
    assert.ok(seen.includes('bad ecs:DescribeRegions') && seen.includes('good ecs:DescribeInstances'), seen.join());
  });

  it('says why there are no keys, and asks nothing then', async (t) => {
    const { run, account, sandbox } = await setUp(t);
    const none = new CloudError('The profile has no "x".', {
      reason: 'auth',
      delivery: 'notSent',
      advice: 'Complete it.',
    });
    const diagnosis = await run(account('alibabaCloud', { credentials: () => Promise.reject(none) }));
    assert.deepEqual(states(diagnosis, 'permissions'), []);
    assert.match(report(diagnosis), /The profile has no .*Complete it/);
    assert.equal(sandbox.requests().filter(({ action }) => action !== '').length, 0);
  });

  it('tells how far the clock is off', async (t) => {
    const { run, account } = await setUp(t);
    for (const [minutes, state, words] of [
      [0, 'good', /seconds/],
      [-10, 'warning', /behind/],
      [20, 'bad', /ahead/],
    ] as const) {
      const clock: Clock = { ...systemClock, now: () => new Date(Date.now() + minutes * 60_000) };
      const found = (await run(account('alibabaCloud'), clock)).findings.find(({ area }) => area === 'clock');
      assert.equal(found?.state, state);
      assert.match(found.text, words);
    }
  });

  it('ends at the network when there is none', async (t) => {
    const { run, account } = await setUp(t);
    const diagnosis = await run(account('alibabaCloud', { endpoint: 'http://127.0.0.1:1' }));
    assert.match(diagnosis.findings[0]?.text ?? '', /No connection to "127\.0\.0\.1" \(ECONNREFUSED\)/);
    assert.equal(diagnosis.findings[0]?.state, 'bad');
  });

  it('never fails itself, and quotes nothing of what it did not foresee', async (t) => {
    const { run, account } = await setUp(t);
    const diagnosis = await run(
      account('alibabaCloud', { credentials: () => Promise.reject(new SyntaxError('Unexpected token in CANARY')) }),
    );
    assert.match(report(diagnosis), /failed unexpectedly \(SyntaxError\)/);
    assert.doesNotMatch(report(diagnosis) + saidIn(diagnosis).join(), /CANARY/);
  });

  it('shows names as they are, not as markup', async (t) => {
    const { run, account } = await setUp(t);
    const text = report(await run(account('alibabaCloud')));
    assert.match(text, /^No problem was found\.\n\nConnection of "Night \*shift\*"\n=+\n/);
    assert.match(text, /^Source: ~\/<b>/m);
  });
});
