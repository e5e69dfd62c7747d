import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { CallEngine } from '../../../src/client/callEngine';
import { CloudClient } from '../../../src/client/cloudClient';
import { defaultRetryPolicy } from '../../../src/client/retry';
import { createThrottle } from '../../../src/client/throttle';
import { CloudError } from '../../../src/core/cloudError';
import type { Exchange } from '../../../src/core/exchange';
import type { NetworkSettings } from '../../../src/core/networkSettings';
import { redact } from '../../../src/core/redact';
import { lineOf } from '../../../src/host/exchanges/httpLog';
import { getCallerIdentity } from '../../../src/providers/alibaba/api/identity';
import { describeManagedInstances } from '../../../src/providers/alibaba/managedInstance/operations';
import { providerOf, providers } from '../../../src/providers/index';
import { describeRegions } from '../../../src/providers/volcengine/regions';
import { createProfileAccounts } from '../../../src/services/accounts/createProfileAccounts';
import type { Clouds } from '../../../src/services/accounts/ports';
import { ProfileAccounts } from '../../../src/services/accounts/profileAccounts';
import type { AccountSource } from '../../../src/services/accounts/registry';
import { diagnose } from '../../../src/services/diagnose/diagnose';
import { reportOf } from '../../../src/services/diagnose/report';
import { Responses } from '../../../src/services/exchanges/exchangeLog';
import { systemClock } from '../../../src/util/clock';
import {
  companyNetwork,
  startEndpoint,
  startProxy,
  transportFor,
  type Endpoint,
  type Respond,
} from '../client/networkSupport';

const canary = 'CANARY7f3a';
const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
const clouds: Clouds = {
  all: providers,
  provider: providerOf,
  kind: (id, kind) => providerOf(id).kinds.find((candidate) => candidate.id === kind),
};

/** Both clouds behind one door, telling calls apart as the real ones would. */
const answer: Respond = ({ url, headers }) => {
  const query = new URL(url, 'https://x').searchParams;
  const action = String(headers['x-acs-action'] ?? query.get('Action') ?? '');
  const volcengine = headers['x-acs-action'] === undefined && query.get('Version') !== '2015-04-01';
  const lent = {
    AccessKeyId: 'STS.lent',
    AccessKeySecret: `lent-${canary}`,
    SecretAccessKey: `lent-${canary}`,
    SecurityToken: `token-${canary}`,
    SessionToken: `token-${canary}`,
    Expiration: tomorrow,
    ExpiredTime: tomorrow,
  };
  const results: Record<string, object> = {
    AssumeRole: { Credentials: lent },
    AssumeRoleWithOIDC: { Credentials: lent },
    GetCallerIdentity: { AccountId: '42', Arn: 'acs:ram::42:assumed-role/ops/x' },
    DescribeManagedInstances: { Instances: [] },
    DescribeRegions: {
      Regions: volcengine
        ? [{ RegionId: 'cn-beijing' }]
        : { Region: [{ RegionId: 'cn-hangzhou', LocalName: 'Hangzhou' }] },
    },
  };
  const result = results[action];
  if (action === '' || result === undefined)
    return { status: 400, body: JSON.stringify({ Code: 'InvalidAction.NotFound', Message: 'no', RequestId: 'r' }) };
  if (!volcengine) return { body: JSON.stringify({ RequestId: 'r', ...result }) };
  return { body: JSON.stringify({ ResponseMetadata: { RequestId: 'r', Action: action }, Result: result }) };
};

interface Company {
  readonly cloud: Endpoint;
  readonly source: (id: string) => AccountSource;
  readonly engine: CallEngine;
  readonly exchanges: Exchange[];
  /** What the log, the tabs and errors would show. */
  readonly shown: string[];
  readonly accounts: () => readonly AccountSource[];
  readonly diagnosis: (id: string) => Promise<string>;
}

async function company(
  t: TestContext,
  files: Readonly<Record<string, unknown>>,
  network: (port: number) => Promise<NetworkSettings>,
): Promise<Company> {
  const home = await mkdtemp(join(tmpdir(), 'company-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(home, path, '..'), { recursive: true });
    await writeFile(
      join(home, path),
      typeof content === 'string' ? content : JSON.stringify(content).replaceAll('HOME', home),
    );
  }
  const cloud = await startEndpoint(t, answer, { tls: true });
  const settings = await network(cloud.port);
  const transport = transportFor(t, () => settings);
  const exchanges: Exchange[] = [];
  const shown: string[] = [];
  const responses = new Responses();
  let nonce = 0;
  const engine = new CallEngine({
    transport,
    clock: systemClock,
    nonce: () => `nonce-${++nonce}`,
    random: () => 0,
    retry: { ...defaultRetryPolicy, maxAttempts: 1 },
    timeoutMs: () => 5_000,
    format: () => 'json',
    throttle: createThrottle({ clock: systemClock, maxInFlight: 4 }),
    onDidCall: (exchange, secrets) => {
      exchanges.push(exchange);
      responses.add(exchange, secrets);
      shown.push(redact(lineOf(exchange), secrets), responses.text(exchange.id) ?? '');
    },
  });
  const sources = createProfileAccounts({
    env: {},
    home,
    windows: false,
    endpoint: () => ({ ok: true, endpoint: undefined }),
    clouds,
    client: new CloudClient(engine),
    transport,
    clock: systemClock,
  });
  t.after(async () => {
    for (const source of sources) source.dispose();
    await rm(home, { recursive: true, force: true });
  });
  for (const source of sources) if (source instanceof ProfileAccounts) await source.ready;
  const source = (id: string): AccountSource =>
    sources.find((one) => one.list().some((account) => account.id === id)) ?? assert.fail(`No ${id}.`);
  return {
    cloud,
    engine,
    exchanges,
    shown,
    source,
    accounts: () => sources,
    diagnosis: async (id) => {
      const account =
        source(id)
          .list()
          .find((one) => one.id === id) ?? assert.fail();
      const options = {
        transport,
        clock: systemClock,
        timeoutMs: 5_000,
        resolveHost: () => Promise.reject(new Error('not asked')),
        clouds,
        language: 'en',
        client: new CloudClient(engine),
        rehearse: () => Promise.resolve({ verdict: 'wouldPass' } as const),
        policy: () => Promise.resolve({ decision: 'allow', reason: '' } as const),
      };
      const found = await diagnose(account, options, new AbortController().signal);
      return reportOf(found, { cloud: 'Cloud', time: String });
    },
  };
}

const keys = { access_key_id: 'LTAI-base', access_key_secret: `secret-${canary}` };
const aliyun = {
  profiles: [
    { name: 'role', mode: 'RamRoleArn', ...keys, ram_role_arn: 'acs:ram::42:role/ops', ram_session_name: 's' },
    {
      name: 'oidc',
      mode: 'OIDC',
      ram_role_arn: 'acs:ram::42:role/ci',
      oidc_provider_arn: 'p',
      oidc_token_file: 'HOME/token',
      ram_session_name: 's',
    },
    {
      name: 'shanghai',
      mode: 'RamRoleArn',
      ...keys,
      ram_role_arn: 'acs:ram::42:role/ops',
      ram_session_name: 's',
      sts_region: 'cn-hangzhou',
    },
    { name: 'vpc', mode: 'AK', ...keys, endpoint_type: 'vpc', region_id: 'cn-hangzhou' },
    { name: 'broken', mode: 'External', process_command: `${process.execPath} -e "console.log('${canary}')"` },
  ],
};
const volcengine = {
  profiles: {
    role: {
      mode: 'ramrolearn',
      'access-key': 'AKLT',
      'secret-key': `secret-${canary}`,
      'role-trn': 'trn:iam::1:role/x',
    },
  },
};
const files = { '.aliyun/config.json': aliyun, '.volcengine/config.json': volcengine, token: `oidc-${canary}` };

describe('behind the proxy of a company', () => {
  it('every request goes through it, those for roles included, and no secret shows', async (t) => {
    let proxyLog: readonly { readonly target: string; readonly authorized: boolean }[] = [];
    const place = await company(t, files, async (port) => {
      const proxy = await startProxy(t, { upstream: port, user: `ops:${canary}` });
      proxyLog = proxy.log;
      return companyNetwork({ environment: { httpsProxy: `http://ops:${canary}@127.0.0.1:${proxy.port}` } });
    });
    const calls = [
      { id: 'profile:alibabaCloud:cli:role', operation: getCallerIdentity, region: undefined },
      { id: 'profile:alibabaCloud:cli:role', operation: describeManagedInstances, region: 'cn-hangzhou' },
      { id: 'profile:alibabaCloud:cli:oidc', operation: getCallerIdentity, region: undefined },
      { id: 'profile:alibabaCloud:cli:shanghai', operation: getCallerIdentity, region: undefined },
      { id: 'profile:alibabaCloud:cli:vpc', operation: describeManagedInstances, region: 'cn-hangzhou' },
      { id: 'profile:volcengine:cli:role', operation: describeRegions, region: 'cn-beijing' },
    ];
    for (const { id, operation, region } of calls) {
      const account =
        place
          .source(id)
          .list()
          .find((one) => one.id === id) ?? assert.fail();
      const provider = providerOf(account.provider);
      await place.engine.call({ provider, account, operation, region, params: {} });
    }
    const hosts = new Set(proxyLog.map(({ target }) => target));
    assert.deepEqual([...hosts].sort(), [
      'ecs-cn-hangzhou.aliyuncs.com:443',
      'ecs-vpc.cn-hangzhou.aliyuncs.com:443',
      'open.volcengineapi.com:443',
      'sts.aliyuncs.com:443',
      'sts.cn-hangzhou.aliyuncs.com:443',
      'sts.volcengineapi.com:443',
    ]);
    assert.ok(proxyLog.every(({ authorized }) => authorized));
    // What arrived at the clouds came over these tunnels and no other way: nothing else could resolve their names.
    assert.deepEqual(new Set(place.cloud.requests.map(({ host }) => `${host}:443`)), hosts);
    assert.equal(place.cloud.requests.filter(({ url }) => url.includes('AssumeRoleWithOIDC')).length, 1);

    const broken =
      place
        .source('profile:alibabaCloud:cli:broken')
        .list()
        .find(({ name }) => name === 'broken') ?? assert.fail();
    const refusal: unknown = await broken.credentials().catch((error: unknown) => error);
    assert.ok(CloudError.is(refusal));
    const report = await place.diagnosis('profile:alibabaCloud:cli:role');
    assert.match(report, /Reached through the proxy http/);
    assert.match(report, /Company test CA/);
    assert.match(report, /Account 42/);
    const problems = place.accounts().flatMap((source) => source.problems?.() ?? []);
    const everything = [
      ...place.shown,
      report,
      JSON.stringify(problems),
      refusal.message,
      refusal.advice ?? '',
      refusal.stack ?? '',
    ].join('\n');
    assert.match(everything, /AssumeRole/);
    assert.equal(everything.includes(canary), false);
    assert.equal(everything.includes(Buffer.from(`ops:${canary}`).toString('base64')), false);
  });

  it('a proxy that turns us away is what a role that cannot be had is blamed on', async (t) => {
    const place = await company(t, files, async (port) => {
      const proxy = await startProxy(t, { upstream: port, user: 'ops:right' });
      return companyNetwork({ proxy: `http://ops:wrong-${canary}@127.0.0.1:${proxy.port}` });
    });
    const id = 'profile:alibabaCloud:cli:role';
    const account =
      place
        .source(id)
        .list()
        .find((one) => one.id === id) ?? assert.fail();
    const refusal: unknown = await account.credentials().catch((error: unknown) => error);
    assert.ok(CloudError.is(refusal, 'network'));
    assert.equal(refusal.delivery, 'notSent');
    assert.match(refusal.message, /could not be assumed\. The proxy ".*" asks for a user and password/);
    const report = await place.diagnosis(id);
    assert.match(report, /asks for a user and password/);
    assert.equal((report + refusal.message + place.shown.join()).includes(canary), false);
    assert.equal(place.cloud.requests.length, 0);
  });
});
