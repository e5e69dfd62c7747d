import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Account, Credentials, ProviderId } from '../../../../src/core/account';
import { CloudError } from '../../../../src/core/cloudError';
import type { Environment } from '../../../../src/core/cloudProfiles';
import { providers } from '../../../../src/providers/index';
import { AccountLevels } from '../../../../src/services/accounts/accountLevels';
import { AccountNames } from '../../../../src/services/accounts/accountNames';
import { parseEndpoint } from '../../../../src/services/accounts/endpointSetting';
import { createEnvAccounts } from '../../../../src/services/accounts/envAccounts';
import { AccountRegistry, type EndpointOverride } from '../../../../src/services/accounts/registry';
import { parseSandboxAddress, SandboxAccounts } from '../../../../src/services/accounts/sandboxAccounts';
import { StoredAccounts } from '../../../../src/services/accounts/storedAccounts';
import { createMemory } from '../../support/memory';

const vendorsAddress: EndpointOverride = () => ({ ok: true, endpoint: undefined });
const privateAddress: EndpointOverride = () => ({ ok: true, endpoint: 'https://private' });
const unusable: EndpointOverride = () => ({ ok: false, problem: 'no address' });

describe('the endpoint setting', () => {
  function takes(value: string | undefined, endpoint: string | undefined): void {
    test(`takes ${String(value)}`, () => assert.deepEqual(parseEndpoint(value), { ok: true, endpoint }));
  }
  takes(undefined, undefined);
  takes('  ', undefined);
  takes('https://ecs.example.com', 'https://ecs.example.com');
  takes(' HTTPS://ECS.example.com:8443/ ', 'https://ecs.example.com:8443');
  takes('http://127.0.0.1:8080', 'http://127.0.0.1:8080');
  takes('http://localhost:80', 'http://localhost');
  takes('http://[::1]:9', 'http://[::1]:9');

  function refuses(value: string): void {
    test(`refuses ${value}`, () => {
      const parsed = parseEndpoint(value);
      assert.equal(parsed.ok, false);
      assert.doesNotMatch(parsed.ok ? '' : parsed.problem, /pa55/, 'a password is not repeated');
    });
  }
  for (const host of ['ecs.example.com', '10.0.0.1', '127.0.0.1.example.com', 'localhost.example.com', '[::2]'])
    refuses(`http://${host}`);
  refuses('ecs.cn-hangzhou.aliyuncs.com');
  refuses('ftp://user:pa55@host');
  refuses('https://user:pa55@host');
  refuses('https://user:pa55@host name');
  refuses('https://host/path');
  refuses('https://host?x=1');
  refuses('https://host#x');
  refuses('javascript:alert(1)');
});

describe('environment variables', () => {
  const keysOf = async (env: Environment, provider: ProviderId): Promise<Credentials | undefined> =>
    createEnvAccounts(env, vendorsAddress, providers)
      .list()
      .find((a) => a.provider === provider)
      ?.credentials();

  function check(name: string, env: Environment, provider: ProviderId, expected: Credentials | undefined): void {
    test(name, async () => assert.deepEqual(await keysOf(env, provider), expected));
  }
  const ali = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'new', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 's' };
  const newKeys: Credentials = { accessKeyId: 'new', accessKeySecret: 's' };
  check('none: no account', {}, 'alibabaCloud', undefined);
  check('of the other cloud: no account', ali, 'volcengine', undefined);
  check('a pair', ali, 'alibabaCloud', newKeys);
  check('with a token', { ...ali, ALIBABA_CLOUD_SECURITY_TOKEN: 't' }, 'alibabaCloud', {
    ...newKeys,
    securityToken: 't',
  });
  check('an empty token is none', { ...ali, ALIBABA_CLOUD_SECURITY_TOKEN: ' ' }, 'alibabaCloud', newKeys);
  check('half a pair is none', { ALIBABA_CLOUD_ACCESS_KEY_ID: 'new' }, 'alibabaCloud', undefined);
  check('an empty secret is none', { ...ali, ALIBABA_CLOUD_ACCESS_KEY_SECRET: '' }, 'alibabaCloud', undefined);
  const old = { ALICLOUD_ACCESS_KEY_ID: 'old', ALICLOUD_ACCESS_KEY_SECRET: 'o', ALICLOUD_SECURITY_TOKEN: 'ot' };
  check('an older pair', old, 'alibabaCloud', { accessKeyId: 'old', accessKeySecret: 'o', securityToken: 'ot' });
  check('the newer pair goes first, without the token of the older', { ...old, ...ali }, 'alibabaCloud', newKeys);
  check(
    'half of the newer pair does not mix with the older',
    { ...old, ALIBABA_CLOUD_ACCESS_KEY_ID: 'new' },
    'alibabaCloud',
    { accessKeyId: 'old', accessKeySecret: 'o', securityToken: 'ot' },
  );
  const volc = { VOLCENGINE_ACCESS_KEY: 'v', VOLCENGINE_SECRET_KEY: 'w', VOLCENGINE_SESSION_TOKEN: 'x' };
  const volcOld = { VOLC_ACCESSKEY: 'vo', VOLC_SECRETKEY: 'wo' };
  check('Volcengine', { ...volcOld, ...volc }, 'volcengine', {
    accessKeyId: 'v',
    accessKeySecret: 'w',
    securityToken: 'x',
  });
  check('Volcengine, the older pair', volcOld, 'volcengine', { accessKeyId: 'vo', accessKeySecret: 'wo' });

  test('both clouds stand side by side', () => {
    assert.deepEqual(
      createEnvAccounts({ ...ali, ...volc }, vendorsAddress, providers)
        .list()
        .map((a) => a.id),
      ['env:alibabaCloud', 'env:volcengine'],
    );
  });

  test('the endpoint setting replaces the address; an unusable one stops every call', async () => {
    const inShanghai = { ...ali, ...volc, ALIBABA_CLOUD_REGION_ID: ' cn-shanghai', VOLCENGINE_REGION: 'evil.example/' };
    const regions = createEnvAccounts(inShanghai, vendorsAddress, providers)
      .list()
      .map(({ region }) => region);
    assert.deepEqual(regions, ['cn-shanghai', undefined]);
    assert.equal(createEnvAccounts(ali, privateAddress, providers).list()[0]?.endpoint, 'https://private');
    const [account] = createEnvAccounts(ali, unusable, providers).list();
    await assert.rejects(account?.credentials() ?? Promise.resolve(), (e) => {
      return CloudError.is(e, 'invalid') && e.delivery === 'notSent' && e.message === 'no address';
    });
  });
});

const done = (_: unknown): Promise<void> => Promise.resolve();

describe('accounts added by hand', () => {
  const keys: Credentials = { accessKeyId: 'AK', accessKeySecret: 'CANARY-SECRET', securityToken: 'CANARY-TOKEN' };

  function create(endpoint: EndpointOverride = vendorsAddress, kept: unknown = undefined) {
    const state = new Map<string, unknown>([['accounts', kept]]);
    const secrets = new Map<string, string>();
    let serial = 0;
    const accounts = new StoredAccounts(
      { get: (key) => state.get(key), set: (key, value) => done(state.set(key, value)) },
      {
        get: (key) => Promise.resolve(secrets.get(key)),
        store: (key, value) => done(secrets.set(key, value)),
        delete: (key) => done(secrets.delete(key)),
      },
      endpoint,
      () => `n${++serial}`,
    );
    let changes = 0;
    accounts.onDidChange(() => changes++);
    const add = async (name = 'ops'): Promise<Account> => {
      const draft = accounts.draft({ provider: 'volcengine', name, level: 'production' }, keys);
      await accounts.add(draft, keys);
      return draft;
    };
    return { accounts, state, secrets, add, changes: () => changes };
  }

  describe('where the settings are those of a remote machine', () => {
    let address: string | undefined;
    const there: EndpointOverride = () => ({ ok: true, endpoint: address, elsewhere: true });
    const refused = (account: Account | undefined) =>
      assert.rejects(account?.credentials() ?? Promise.resolve(), (error) => {
        assert.ok(CloudError.is(error, 'invalid'));
        assert.match(error.message, /remote machine send calls to "https:\/\/changed".*not entered for this address/);
        return error.delivery === 'notSent';
      });

    test('keys are not used with an address that was set after they were entered', async () => {
      address = undefined;
      const { accounts, add, secrets } = create(there);
      await add();
      assert.deepEqual(await accounts.list()[0]?.credentials(), keys);
      address = 'https://changed';
      await refused(accounts.list()[0]);
      assert.equal(accounts.list()[0]?.endpoint, undefined);
      assert.equal(secrets.size, 1, 'they are still kept');
      address = undefined;
      assert.deepEqual(await accounts.list()[0]?.credentials(), keys);
    });

    test('they are used with the one they were entered for, and with no other', async () => {
      address = 'https://meant';
      const { accounts, add } = create(there);
      await add();
      const [account] = accounts.list();
      assert.deepEqual([account?.endpoint, await account?.credentials()], ['https://meant', keys]);
      address = 'https://changed';
      await refused(accounts.list()[0]);
    });

    test('entering them again means the address of that moment, for this account only', async () => {
      address = undefined;
      const { accounts, add } = create(there);
      const { id } = await add('one');
      await add('two');
      address = 'https://changed';
      await accounts.reenter(id, keys);
      const [one, two] = accounts.list();
      assert.deepEqual(await one?.credentials(), keys);
      await refused(two);
      address = 'https://another';
      await assert.rejects(accounts.list()[0]?.credentials() ?? Promise.resolve(), /not entered for this address/);
    });

    test('at home every address of the settings counts, as it is the person’s own', async () => {
      address = undefined;
      const { accounts, add } = create(() => ({ ok: true, endpoint: address }));
      await add();
      address = 'https://changed';
      assert.deepEqual(await accounts.list()[0]?.credentials(), keys);
    });
  });

  test('a draft can sign and is not kept', async () => {
    const { accounts, secrets } = create();
    const draft = accounts.draft({ provider: 'volcengine', name: 'x', level: 'normal' }, keys);
    assert.deepEqual(await draft.credentials(), keys);
    assert.deepEqual([accounts.list(), secrets.size], [[], 0]);
  });

  test('an added one is there with its level, and its keys are in the secret storage only', async () => {
    const { accounts, state, secrets, add, changes } = create();
    const { id } = await add();
    const [account] = accounts.list();
    assert.deepEqual(
      [account?.id, account?.name, account?.level, account?.provider],
      [id, 'ops', 'production', 'volcengine'],
    );
    assert.deepEqual(await account?.credentials(), keys);
    assert.doesNotMatch(JSON.stringify([...state]), /CANARY|"AK"/);
    assert.doesNotMatch(JSON.stringify(account), /CANARY|"AK"/);
    assert.deepEqual([secrets.size, changes()], [1, 1]);
  });

  test('it can be renamed and guarded otherwise', async () => {
    const { accounts, add } = create();
    const { id } = await add();
    await add('other');
    await accounts.change(id, { name: 'new name', level: 'readOnly' });
    assert.deepEqual(
      accounts.list().map((a) => [a.name, a.level]),
      [
        ['new name', 'readOnly'],
        ['other', 'production'],
      ],
    );
  });

  test('keys entered again are used at once', async () => {
    const { accounts, add } = create();
    const { id } = await add();
    const [account] = accounts.list();
    const fresh = { accessKeyId: 'AK2', accessKeySecret: 'S2' };
    await accounts.reenter(id, fresh);
    assert.deepEqual(await account?.credentials(), fresh);
  });

  test('a removed one is gone with its keys', async () => {
    const { accounts, secrets, add } = create();
    const { id } = await add();
    await accounts.remove(id);
    assert.deepEqual([accounts.list(), secrets.size], [[], 0]);
  });

  test('keys that are not there are said so, with what to do', async () => {
    const { accounts, secrets, add } = create();
    await add();
    for (const text of [undefined, '{"accessKeyId":"CANARY', '{}']) {
      secrets.clear();
      if (text !== undefined) secrets.set('credentials.stored:n1', text);
      const error: unknown = await accounts
        .list()[0]
        ?.credentials()
        .catch((e: unknown) => e);
      assert.ok(CloudError.is(error, 'auth') && error.delivery === 'notSent' && error.advice !== undefined);
      assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /CANARY/);
    }
  });

  test('records of an unknown form are said, kept, and in nobody’s way', async () => {
    const unknown = { id: 'stored:z', provider: 'thirdCloud', name: 'x', level: 'normal' };
    const { accounts, state, add } = create(vendorsAddress, [unknown, 7, null]);
    await add();
    assert.deepEqual(
      accounts.list().map((a) => a.name),
      ['ops'],
    );
    assert.match(accounts.problems()[0]?.message ?? '', /^3 /);
    await accounts.change('stored:n1', { name: 'y' });
    await accounts.remove('stored:n1');
    assert.deepEqual(state.get('accounts'), [unknown, 7, null]);
  });

  test('state of an unknown form is no account', () => {
    assert.deepEqual(create(vendorsAddress, { accounts: [] }).accounts.list(), []);
  });

  test('an unusable endpoint stops every call, of drafts too', async () => {
    const { accounts, add } = create(unusable);
    await assert.rejects((await add()).credentials(), /no address/);
    await assert.rejects(accounts.list()[0]?.credentials() ?? Promise.resolve(), /no address/);
  });
});

describe('the sandbox', () => {
  const line = (alibaba: string, volcengine = alibaba): string =>
    JSON.stringify({
      alibabaCloud: { endpoint: alibaba, accessKeyId: 'a', accessKeySecret: 'b' },
      volcengine: { endpoint: volcengine, accessKeyId: 'c', secretAccessKey: 'd' },
    });
  const here = 'http://127.0.0.1:4000';

  for (const endpoint of [
    'http://10.0.0.1:4000',
    'https://ecs.aliyuncs.com',
    'http://127.0.0.1.example.com:1',
    'http://127.0.0.1:1@example.com',
    `${here}/x`,
  ]) {
    test(`an address elsewhere is refused: ${endpoint}`, () => {
      assert.throws(() => parseSandboxAddress(line(endpoint, here)));
      assert.throws(() => parseSandboxAddress(line(here, endpoint)));
    });
  }

  test('a line that is none is refused', () => {
    for (const text of ['', 'listening', '{}', '[]']) assert.throws(() => parseSandboxAddress(text));
  });

  test('its accounts come and go with it', async () => {
    const accounts = new SandboxAccounts();
    let changes = 0;
    accounts.onDidChange(() => changes++);
    accounts.show(parseSandboxAddress(line(here)));
    const [alibaba, volcengine] = accounts.list();
    assert.deepEqual(await alibaba?.credentials(), { accessKeyId: 'a', accessKeySecret: 'b' });
    assert.deepEqual(await volcengine?.credentials(), { accessKeyId: 'c', accessKeySecret: 'd' });
    assert.deepEqual([alibaba?.sandbox, alibaba?.endpoint, accounts.running], [true, here, true]);
    accounts.hide();
    assert.deepEqual([accounts.list(), accounts.running, changes], [[], false, 2]);
  });

  test('both marks can be tried, for as long as it runs', () => {
    const accounts = new SandboxAccounts();
    const registry = new AccountRegistry([accounts], new AccountLevels(createMemory()));
    accounts.show(parseSandboxAddress(line(here)));
    for (const level of ['production', 'readOnly'] as const) {
      accounts.mark('sandbox:alibabaCloud', level);
      assert.deepEqual(
        registry.list().map((account) => account.level),
        [level, 'normal'],
      );
    }
    accounts.hide();
    accounts.show(parseSandboxAddress(line(here)));
    assert.equal(registry.get('sandbox:alibabaCloud')?.level, 'normal');
    assert.deepEqual(registry.problems(), []);
  });
});

describe('the name of an account that comes from elsewhere', () => {
  const env = () => createEnvAccounts({ VOLC_ACCESSKEY: 'a', VOLC_SECRETKEY: 'b' }, vendorsAddress, providers);

  test('is what people call it, in every later session', async () => {
    const memory = createMemory();
    const names = new AccountNames(memory);
    const registry = new AccountRegistry([env()], undefined, names);
    let changes = 0;
    registry.onDidChange(() => changes++);
    await names.set('env:volcengine', 'Shop');
    assert.deepEqual([registry.get('env:volcengine')?.name, changes], ['Shop', 1]);
    const later = new AccountRegistry([env()], undefined, new AccountNames(memory));
    assert.equal(later.get('env:volcengine')?.name, 'Shop');
  });

  for (const kept of [undefined, null, [], 'x', { 'env:volcengine': 1 }, { 'env:volcengine': ' ' }]) {
    test(`is its own where ${JSON.stringify(kept)} is kept`, async () => {
      const memory = createMemory();
      await memory.set('accountNames', kept);
      const [account] = env().list();
      assert.ok(account !== undefined);
      assert.equal(new AccountNames(memory).named(account), account);
    });
  }
});

test('all sources stand side by side; one that changes or is broken leaves the others alone', () => {
  const env = createEnvAccounts({ VOLC_ACCESSKEY: 'a', VOLC_SECRETKEY: 'b' }, vendorsAddress, providers);
  const sandbox = new SandboxAccounts();
  const problem = { where: 'x', message: 'broken' };
  const broken = { ...createEnvAccounts({}, vendorsAddress, providers), problems: () => [problem] };
  const registry = new AccountRegistry([broken, env, sandbox]);
  let changes = 0;
  registry.onDidChange(() => changes++);
  const keys = { endpoint: 'http://localhost:1', accessKeyId: 'a' };
  sandbox.show({ alibabaCloud: { ...keys, accessKeySecret: 'b' }, volcengine: { ...keys, secretAccessKey: 'b' } });
  assert.deepEqual(
    registry.list().map((a) => a.id),
    ['env:volcengine', 'sandbox:alibabaCloud', 'sandbox:volcengine'],
  );
  assert.equal(registry.get('env:volcengine')?.provider, 'volcengine');
  assert.equal(registry.get('nobody'), undefined);
  assert.deepEqual([registry.problems(), changes], [[problem], 1]);
  registry.dispose();
  sandbox.hide();
  assert.equal(changes, 1);
});

test('accounts without a name are told apart by a number', () => {
  const source = createEnvAccounts({ VOLC_ACCESSKEY: 'a', VOLC_SECRETKEY: 'b' }, vendorsAddress, providers);
  const without = (name: string) => ({ ...source, list: () => source.list().map((account) => ({ ...account, name })) });
  assert.deepEqual(
    new AccountRegistry([without(''), without('prod'), without('\u200b')]).list().map(({ name }) => name),
    ['unnamed', 'prod', 'unnamed 2'],
  );
});

describe('levels of accounts from elsewhere', () => {
  const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret' };
  const create = (kept?: unknown) => {
    const values = new Map<string, unknown>(kept === undefined ? [] : [['accountLevels', kept]]);
    const memory = {
      get: (key: string): unknown => values.get(key),
      set: (key: string, value: unknown): Promise<void> => Promise.resolve(void values.set(key, value)),
    };
    const levels = new AccountLevels(memory);
    const source = createEnvAccounts(env, () => ({ ok: true, endpoint: undefined }), providers);
    return { levels, registry: new AccountRegistry([source], levels) };
  };
  const levelOf = (kept: unknown): string | undefined => create(kept).registry.get('env:alibabaCloud')?.level;

  test('are kept beside the source and announced', async () => {
    const { levels, registry } = create();
    let changes = 0;
    registry.onDidChange(() => changes++);
    await levels.set('env:alibabaCloud', 'production');
    assert.deepEqual([registry.get('env:alibabaCloud')?.level, changes], ['production', 1]);
  });
  test('are normal until one is set', () => assert.equal(levelOf(undefined), 'normal'));
  test('of other accounts do not count', () => assert.equal(levelOf({ other: 'readOnly' }), 'normal'));
  test('that cannot be read count as read-only', () =>
    assert.equal(levelOf({ 'env:alibabaCloud': 'lax' }), 'readOnly'));
  test('in a store that cannot be read count as read-only', () => assert.equal(levelOf('broken'), 'readOnly'));
});
