import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { canary, ProfileHome } from '../../support/profileHome';

const later = Date.parse('2026-01-02T04:04:05Z') / 1000;
const secret = `secret-${canary}`;

/** A profile, the same after its tool has renewed its keys, and the same of somebody else. */
interface Case {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly renewed?: Readonly<Record<string, unknown>>;
  readonly others: readonly Readonly<Record<string, unknown>>[];
}

describe('the revision of a profile of the Alibaba Cloud CLI', () => {
  const id = 'profile:alibabaCloud:cli:mine';
  const revision = async (t: TestContext, profile: object): Promise<string | undefined> => {
    const home = await ProfileHome.create(t);
    await home.aliyun({ name: 'mine', ...profile });
    await home.open();
    return home.account(id).revision;
  };
  const check = (name: string, { profile, renewed, others }: Case): void => {
    it(`${name} changes with whose it is`, async (t) => {
      const before = await revision(t, profile);
      assert.notEqual(before, undefined);
      for (const other of others)
        assert.notEqual(await revision(t, { ...profile, ...other }), before, JSON.stringify(other));
      if (renewed !== undefined) assert.equal(await revision(t, { ...profile, ...renewed }), before, 'renewed');
    });
  };
  const kept = { access_key_id: 'STS.1', access_key_secret: secret, sts_token: 't', sts_expiration: later };
  const fresh = {
    access_key_id: 'STS.2',
    access_key_secret: `${secret}2`,
    sts_token: 't2',
    sts_expiration: later + 60,
  };
  check('AK', { profile: { mode: 'AK', ...kept }, others: [{ access_key_id: 'LTAI2' }] });
  check('StsToken', { profile: { mode: 'StsToken', ...kept }, others: [fresh] });
  const sso = {
    mode: 'CloudSSO',
    cloud_sso_sign_in_url: 'https://signin.example/start',
    cloud_sso_account_id: '42',
    cloud_sso_access_config: 'ac-1',
    access_token: `a-${canary}`,
    cloud_sso_access_token_expire: later,
  };
  const others = [
    { cloud_sso_account_id: '43', ...fresh },
    { cloud_sso_access_config: 'ac-2', ...fresh },
    { cloud_sso_sign_in_url: 'https://other.example/start', ...fresh },
  ];
  check('CloudSSO', { profile: { ...sso, ...kept }, renewed: fresh, others });
  check('CloudSSO without keys', { profile: sso, renewed: { access_token: 'b' }, others });
  check('CloudSSO, signed out', { profile: { ...sso, ...kept, access_token: '' }, renewed: fresh, others });
  const oauth = { mode: 'OAuth', oauth_site_type: 'CN', oauth_access_token: 'a', oauth_access_token_expire: later };
  check('OAuth', { profile: { ...oauth, ...kept }, others: [fresh, { oauth_site_type: 'INTL' }] });
  const role = {
    mode: 'RamRoleArn',
    access_key_id: 'LTAI1',
    access_key_secret: secret,
    ram_role_arn: 'acs:ram::1:role/a',
  };
  check('RamRoleArn', {
    profile: role,
    renewed: { ram_session_name: 'other' },
    others: [
      { ram_role_arn: 'acs:ram::2:role/a' },
      { access_key_id: 'LTAI2' },
      { external_id: 'x' },
      { policy: '{}' },
      { sts_endpoint: 'sts.example.com' },
    ],
  });
  check('EcsRamRole', {
    profile: { mode: 'EcsRamRole', ram_role_name: 'a' },
    others: [{ ram_role_name: 'b' }, { ram_role_name: '' }],
  });
  check('External', { profile: { mode: 'External', process_command: 'a' }, others: [{ process_command: 'b' }] });
  check('CredentialsURI', {
    profile: { mode: 'CredentialsURI', credentials_uri: 'http://localhost/a' },
    others: [{ credentials_uri: 'http://localhost/b' }],
  });
  const oidc = { mode: 'OIDC', ram_role_arn: 'r', oidc_provider_arn: 'p', oidc_token_file: 'f' };
  check('OIDC', {
    profile: oidc,
    others: [{ ram_role_arn: 'x' }, { oidc_provider_arn: 'x' }, { oidc_token_file: 'x' }],
  });
  check('any mode', { profile: { mode: 'AK', ...kept }, others: [{ ...role }, { ...sso }, { ...oauth }] });
});

describe('the revision of a profile of the Volcengine CLI', () => {
  const id = 'profile:volcengine:cli:mine';
  const sessions = (url = 'https://login.example/start') => ({
    'sso-session': { corp: { 'start-url': url }, other: { 'start-url': url } },
  });
  const revision = async (t: TestContext, profile: object, more: object = sessions()): Promise<string | undefined> => {
    const home = await ProfileHome.create(t);
    await home.volcengine({ mine: profile }, more);
    await home.open({ VOLCENGINE_LOGIN_CACHE_DIRECTORY: '/cache' });
    // The caches stand below the home folder, which is another one each time.
    return JSON.stringify(home.account(id).revision);
  };
  const kept = { 'access-key': 'AKTP1', 'secret-key': secret, 'session-token': 't', 'sts-expiration': later };
  const fresh = {
    'access-key': 'AKTP2',
    'secret-key': `${secret}2`,
    'session-token': 't2',
    'sts-expiration': later + 60,
  };

  it('ststoken changes with the key: nothing else says whose it is', async (t) => {
    const profile = { mode: 'ststoken', ...kept };
    assert.notEqual(await revision(t, profile), await revision(t, { ...profile, ...fresh }));
  });

  it('sso changes with account, role and sign-in, and not when it is renewed', async (t) => {
    const home = await ProfileHome.create(t);
    const profile = { mode: 'sso', 'sso-session-name': 'corp', 'account-id': '210', 'role-name': 'ops', ...kept };
    const read = async (with_: object, more: object = sessions()): Promise<string | undefined> => {
      await home.volcengine({ mine: { ...profile, ...with_ } }, more);
      for (const source of home.sources) source.dispose();
      await home.open();
      return home.account(id).revision;
    };
    const before = await read({});
    assert.equal(await read(fresh), before);
    const others = [{ 'account-id': '211' }, { 'role-name': 'admin' }, { 'sso-session-name': 'other' }];
    for (const other of others) assert.notEqual(await read({ ...fresh, ...other }), before, JSON.stringify(other));
    assert.notEqual(await read(fresh, sessions('https://elsewhere.example')), before);
  });

  it('console-login changes with the session', async (t) => {
    const profile = { mode: 'console-login', 'login-session': 'trn:iam::1:user/a' };
    const before = await revision(t, profile);
    assert.equal(await revision(t, profile), before);
    assert.notEqual(await revision(t, { ...profile, 'login-session': 'trn:iam::2:user/a' }), before);
  });
});

describe('values of a profile', () => {
  const keys = { accessKeyId: 'LTAI1', accessKeySecret: secret };
  it('are trimmed, the mode included', async (t) => {
    const home = await ProfileHome.create(t);
    await home.aliyun({ name: 'mine', mode: ' AK\n', access_key_id: '\tLTAI1 ', access_key_secret: ` ${secret}\r\n` });
    await home.volcengine({ mine: { mode: ' AK', 'access-key': ' LTAI1', 'secret-key': `${secret}\n` } });
    await home.write(
      '.alibabacloud/credentials',
      `[mine]\ntype = " access_key "\naccess_key_id = " LTAI1"\naccess_key_secret = '${secret} '\n`,
    );
    await home.write('.volc/config', { VOLC_ACCESSKEY: ' LTAI1 ', VOLC_SECRETKEY: `${secret}\n` });
    await home.open();
    for (const account of home.list()) assert.deepEqual(await account.credentials(), keys, account.id);
    assert.equal(home.list().length, 4);
  });

  for (const [place, spoiled] of [
    ['the id', { access_key_id: 'LT\u200bAI1' }],
    ['the secret', { access_key_secret: `sec ret-${canary}` }],
    ['the token', { sts_token: `to\nken-${canary}` }],
  ] as const) {
    it(`that no header can hold are named: ${place}`, async (t) => {
      const home = await ProfileHome.create(t);
      const profile = {
        mode: 'StsToken',
        access_key_id: 'LTAI1',
        access_key_secret: secret,
        sts_token: `t-${canary}`,
        ...spoiled,
      };
      await home.aliyun({ name: 'mine', ...profile });
      const program = `${process.execPath} -e "process.stdout.write(Buffer.from('${Buffer.from(JSON.stringify(profile)).toString('hex')}','hex'))"`;
      await home.aliyun(
        { name: 'mine', ...profile },
        { name: 'run', mode: 'External', process_command: program },
        {
          name: 'base',
          ...profile,
          mode: 'RamRoleArn',
          ram_role_arn: 'r',
        },
      );
      await home.open();
      for (const name of ['mine', 'run', 'base']) {
        const { reason, message } = await home.refusal(`profile:alibabaCloud:cli:${name}`);
        assert.equal(reason, 'auth');
        assert.match(message, new RegExp(`"${name}" \\(profile of the Alibaba Cloud CLI.*U\\+(200B|0020|000A)`));
      }
      assert.deepEqual(home.asked, []);
    });
  }

  it('that no header can hold are named: the access token of a sign-in', async (t) => {
    const home = await ProfileHome.create(t);
    await home.aliyun({
      name: 'mine',
      mode: 'CloudSSO',
      cloud_sso_sign_in_url: home.url,
      cloud_sso_account_id: '42',
      cloud_sso_access_config: 'ac',
      access_token: `a\u200b${canary}`,
      cloud_sso_access_token_expire: later,
    });
    await home.open();
    const { reason, message } = await home.refusal('profile:alibabaCloud:cli:mine');
    assert.deepEqual([reason, /access token of "mine".*U\+200B/.test(message), home.asked], ['auth', true, []]);
  });

  it('of a section that stands there twice are not used, and the section is named', async (t) => {
    const home = await ProfileHome.create(t);
    const section = (n: number): string =>
      `[mine]\ntype=access_key\naccess_key_id=LTAI${n}\naccess_key_secret=${secret}${n}\n`;
    await home.write(
      '.alibabacloud/credentials',
      `${section(1)}[ok]\ntype=access_key\naccess_key_id=k\naccess_key_secret=${secret}\n${section(2)}`,
    );
    await home.write(
      '.volcengine/credentials',
      `[x]\nvolcengine_access_key_id=a\nvolcengine_access_key_id=b\nvolcengine_secret_access_key=${secret}\n`,
    );
    await home.open();
    assert.deepEqual(
      home.problems().map(({ where }) => where),
      ['~/.alibabacloud/credentials', '~/.volcengine/credentials'],
    );
    assert.match(home.problems()[0]?.message ?? '', /"mine"/);
    assert.match((await home.refusal('profile:alibabaCloud:credentials:mine')).message, /"mine".*twice/);
    assert.match((await home.refusal('profile:volcengine:credentials:x')).message, /"x".*twice/);
    assert.equal((await home.keys('profile:alibabaCloud:credentials:ok')).accessKeyId, 'k');
  });

  it('without a name are shown by one of ours', async (t) => {
    const home = await ProfileHome.create(t);
    await home.volcengine({
      '': { 'access-key': 'a', 'secret-key': secret },
      '\u200b': { 'access-key': 'b', 'secret-key': secret },
    });
    await home.open();
    assert.deepEqual(
      home.list().map(({ name }) => name),
      ['unnamed', 'unnamed'],
    );
  });
});
