import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Account, Credentials } from '../../../../src/core/account';
import { canonicalQuery } from '../../../../src/core/percentEncode';
import { signV3, signedHeaderNames } from '../../../../src/providers/alibaba/api/sign';
import type { KeyLimits } from '../../../../src/services/accounts/resolveKeys';
import { canary, ProfileHome, type Answered, type Asked } from '../../support/profileHome';

const end = '2026-01-02T04:04:05Z';
const secret = `secret-${canary}`;
const token = `token-${canary}`;
const lent: Credentials = { accessKeyId: 'STS.lent', accessKeySecret: `lent-${canary}`, securityToken: token };
const alibabaLent = JSON.stringify({
  RequestId: 'r-1',
  Credentials: {
    AccessKeyId: lent.accessKeyId,
    AccessKeySecret: lent.accessKeySecret,
    SecurityToken: token,
    Expiration: end,
  },
});
const volcengineLent = (action: string): string =>
  JSON.stringify({
    ResponseMetadata: { RequestId: 'r-1', Action: action, Version: '2018-01-01', Service: 'sts', Region: 'cn-beijing' },
    Result: {
      Credentials: {
        AccessKeyId: lent.accessKeyId,
        SecretAccessKey: lent.accessKeySecret,
        SessionToken: token,
        ExpiredTime: end,
      },
    },
  });
const ak = { mode: 'AK', access_key_id: 'LTAI-one', access_key_secret: secret, region_id: 'cn-hangzhou' };
const unix = (text: string): number => Date.parse(text) / 1000;

interface Mode {
  readonly profile: object;
  readonly files?: Readonly<Record<string, unknown>>;
  readonly others?: readonly object[];
  readonly answer?: (asked: Asked) => Answered;
  readonly env?: Readonly<Record<string, string>>;
  readonly limits?: KeyLimits;
  readonly expected: Credentials | RegExp;
  readonly asked?: (asked: readonly Asked[], home: ProfileHome) => void;
}

describe('a profile of the Alibaba Cloud CLI', () => {
  const check = (name: string, mode: Mode): void => {
    it(name, async (t) => {
      const home = await ProfileHome.create(t);
      for (const [path, content] of Object.entries(mode.files ?? {})) await home.write(path, content);
      const profile = JSON.parse(
        JSON.stringify(mode.profile)
          .replaceAll('HOME', home.folder)
          .replaceAll('http://local', home.url.replace(/\/$/, '')),
      ) as object;
      await home.aliyun(...(mode.others ?? []), { name: 'mine', ...profile });
      home.answer = mode.answer ?? home.answer;
      home.limits = mode.limits;
      await home.open(mode.env);
      const id = 'profile:alibabaCloud:cli:mine';
      if (mode.expected instanceof RegExp) {
        const { message, advice } = await home.refusal(id);
        assert.match(`${message} ${advice ?? ''}`, mode.expected);
      } else assert.deepEqual(await home.keys(id), mode.expected);
      mode.asked?.(home.asked, home);
      if (mode.asked === undefined && mode.answer === undefined) assert.deepEqual(home.asked, []);
    });
  };
  const plain = { accessKeyId: 'LTAI-one', accessKeySecret: secret };

  check('AK', { profile: ak, expected: plain });
  check('in any spelling of its mode, with fields nobody knows', {
    profile: { ...ak, mode: 'ak', brand_new: { deep: [1] } },
    expected: plain,
  });
  check('AK without a secret', {
    profile: { mode: 'AK', access_key_id: 'LTAI-one' },
    expected: /no "access_key_id", "access_key_secret"/,
  });
  check('StsToken', {
    profile: { ...ak, mode: 'StsToken', sts_token: token },
    expected: { ...plain, securityToken: token },
  });
  check('StsToken without the token', { profile: { ...ak, mode: 'StsToken' }, expected: /no "sts_token"/ });

  const role = {
    ...ak,
    mode: 'RamRoleArn',
    ram_role_arn: 'acs:ram::1:role/ops',
    ram_session_name: 'night shift',
    expired_seconds: 1200,
    external_id: 'ext',
  };
  check('RamRoleArn, signed with its own keys', {
    profile: role,
    answer: () => ({ body: alibabaLent }),
    expected: lent,
    asked: ([first, ...more]) => {
      assert.deepEqual(more, []);
      assert.deepEqual(Object.fromEntries(first?.query ?? []), {
        RoleArn: 'acs:ram::1:role/ops',
        RoleSessionName: 'night shift',
        DurationSeconds: '1200',
        ExternalId: 'ext',
      });
      assert.equal(first?.headers['x-acs-action'], 'AssumeRole');
      assert.equal(first?.headers['x-acs-version'], '2015-04-01');
      assert.equal(signatureOf(first), signatureBy(secret, first));
    },
  });
  check('RamRoleArn at the address it names for roles', {
    profile: { ...role, sts_endpoint: 'http://local' },
    answer: () => ({ body: alibabaLent }),
    expected: lent,
    asked: (asked) => assert.equal(asked.length, 1),
  });
  check('RamRoleArn that is refused', {
    profile: role,
    answer: () => ({
      status: 403,
      body: JSON.stringify({ Code: 'NoPermission', Message: 'You are not authorized.', RequestId: 'r-2' }),
    }),
    expected: /The role "acs:ram::1:role\/ops" could not be assumed\. You are not authorized\./,
    asked: () => undefined,
  });
  check('RamRoleArn without a role', { profile: { ...role, ram_role_arn: '' }, expected: /no "ram_role_arn"/ });
  check('ChainableRamRoleArn on a profile with keys', {
    others: [{ name: 'base', ...ak, access_key_id: 'LTAI-base' }],
    profile: { ...role, mode: 'ChainableRamRoleArn', source_profile: 'base', access_key_id: '', access_key_secret: '' },
    answer: () => ({ body: alibabaLent }),
    expected: lent,
    asked: ([first]) => assert.match(String(first?.headers['authorization']), /Credential=LTAI-base,/),
  });
  check('ChainableRamRoleArn on a role', {
    others: [{ name: 'base', ...role, ram_role_arn: 'acs:ram::1:role/first' }],
    profile: { ...role, mode: 'ChainableRamRoleArn', source_profile: 'base' },
    answer: () => ({ body: alibabaLent }),
    expected: lent,
    asked: (asked) => {
      assert.deepEqual(
        asked.map(({ query }) => query.get('RoleArn')),
        ['acs:ram::1:role/first', 'acs:ram::1:role/ops'],
      );
      assert.equal(asked[1]?.headers['x-acs-security-token'], token);
    },
  });
  check('ChainableRamRoleArn in a circle', {
    others: [{ name: 'base', ...role, mode: 'ChainableRamRoleArn', source_profile: 'mine' }],
    profile: { ...role, mode: 'ChainableRamRoleArn', source_profile: 'base' },
    expected: /circle/,
  });
  check('ChainableRamRoleArn on nothing', {
    profile: { ...role, mode: 'ChainableRamRoleArn', source_profile: 'gone' },
    expected: /no profile "gone"/,
  });

  const metadata = (asked: Asked): Answered => {
    if (asked.path === '/latest/api/token') return { body: 'metadata-token' };
    if (asked.path.endsWith('/security-credentials/')) return { body: 'web-role\n' };
    return {
      body: JSON.stringify({
        Code: 'Success',
        AccessKeyId: 'STS.lent',
        AccessKeySecret: lent.accessKeySecret,
        SecurityToken: token,
        Expiration: end,
      }),
    };
  };
  check('EcsRamRole, by version 2 of the metadata', {
    profile: { mode: 'EcsRamRole', ram_role_name: 'web/role' },
    answer: metadata,
    expected: lent,
    asked: (asked) => {
      assert.deepEqual(
        asked.map(({ method, path }) => `${method} ${path}`),
        ['PUT /latest/api/token', 'GET /latest/meta-data/ram/security-credentials/web%2Frole'],
      );
      assert.equal(asked[0]?.headers['x-aliyun-ecs-metadata-token-ttl-seconds'], '21600');
      assert.equal(asked[1]?.headers['x-aliyun-ecs-metadata-token'], 'metadata-token');
    },
  });
  check('EcsRamRole that names no role', {
    profile: { mode: 'EcsRamRole' },
    answer: metadata,
    expected: lent,
    asked: (asked) => assert.match(asked[2]?.path ?? '', /\/web-role$/),
  });
  check('EcsRamRole on an instance with version 1 only', {
    profile: { mode: 'EcsRamRole', ram_role_name: 'web' },
    answer: (asked) => (asked.method === 'PUT' ? { status: 404, body: 'no' } : metadata(asked)),
    expected: lent,
  });
  check('EcsRamRole where version 1 is switched off', {
    profile: { mode: 'EcsRamRole', ram_role_name: 'web' },
    env: { ALIBABA_CLOUD_IMDSV1_DISABLED: 'true' },
    answer: (asked) => (asked.method === 'PUT' ? { status: 404, body: canary } : metadata(asked)),
    expected: /The instance metadata gave no keys\. It answered with HTTP 404/,
  });
  check('EcsRamRole where the metadata is switched off', {
    profile: { mode: 'EcsRamRole', ram_role_name: 'web' },
    env: { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'TRUE' },
    expected: /switched off by the variable ALIBABA_CLOUD_ECS_METADATA_DISABLED/,
  });
  check('RamRoleArnWithRoleName', {
    profile: { ...role, mode: 'RamRoleArnWithRoleName', ram_role_name: 'web' },
    answer: (asked) => (asked.query.has('RoleArn') ? { body: alibabaLent } : metadata(asked)),
    expected: lent,
    asked: (asked) => assert.equal(asked.at(-1)?.headers['x-acs-security-token'], token),
  });

  const oidc = {
    mode: 'OIDC',
    ram_role_arn: 'acs:ram::1:role/ci',
    oidc_provider_arn: 'acs:ram::1:oidc-provider/git',
    oidc_token_file: 'HOME/token',
    ram_session_name: 's',
  };
  check('OIDC, with the token in the body and no signature', {
    files: { token: `${token}\n` },
    profile: oidc,
    answer: () => ({ body: alibabaLent }),
    expected: lent,
    asked: ([first]) => {
      assert.equal(first?.method, 'POST');
      assert.equal(first.headers['authorization'], undefined);
      assert.equal(first.query.get('Action'), 'AssumeRoleWithOIDC');
      assert.equal(first.query.get('Timestamp'), '2026-01-02T03:04:05Z');
      assert.equal(first.form.get('OIDCToken'), token);
      assert.equal(first.form.get('OIDCProviderArn'), 'acs:ram::1:oidc-provider/git');
      assert.equal(first.form.get('DurationSeconds'), '3600');
    },
  });
  check('OIDC without its token', { profile: oidc, expected: /token file ".*token" is empty or cannot be read/ });
  check('OIDC with a token in UTF-16', {
    files: { token: Buffer.from(`\ufeff${token}\r\n`, 'utf16le') },
    profile: oidc,
    answer: () => ({ body: alibabaLent }),
    expected: lent,
    asked: ([first]) => assert.equal(first?.form.get('OIDCToken'), token),
  });
  check('OIDC with a token full of null bytes', {
    files: { token: Buffer.from(token, 'utf16le') },
    profile: oidc,
    expected: /token file ".*token" is not text in UTF-8/,
  });
  check('OIDC that is refused, without repeating the token', {
    files: { token },
    profile: oidc,
    answer: ({ form }) => ({
      status: 400,
      body: JSON.stringify({
        Code: 'AuthenticationFail.OIDCToken.Expired',
        Message: `This token is over: ${form.get('OIDCToken') ?? ''}`,
        RequestId: 'r',
      }),
    }),
    expected: /could not be assumed\. This token is over/,
  });

  const program = (output: string): object => ({
    mode: 'External',
    process_command: `${process.execPath} -e "process.stdout.write(Buffer.from('${Buffer.from(output).toString('hex')}','hex'))"`,
  });
  check('External with an AK', { profile: program(JSON.stringify(ak)), expected: plain });
  check('External with temporary keys and no mode', {
    profile: program(
      JSON.stringify({ access_key_id: 'LTAI-one', access_key_secret: secret, sts_token: token, expiration: end }),
    ),
    expected: { ...plain, securityToken: token },
  });
  check('External with a role', {
    profile: { ...program(JSON.stringify({ ...ak, mode: 'RamRoleArn' })), ram_role_arn: 'acs:ram::1:role/ops' },
    answer: () => ({ body: alibabaLent }),
    expected: lent,
  });
  check('External that fails, whatever it wrote', {
    profile: {
      mode: 'External',
      process_command: `${process.execPath} -e "console.log('${secret}'); console.error('${secret}'); process.exit(3)"`,
    },
    expected: /failed \(3\)/,
  });
  check('External that writes a byte order mark', { profile: program(`\ufeff${JSON.stringify(ak)}`), expected: plain });
  const inUtf16 = `process.stdout.write(Buffer.from(Buffer.from('${Buffer.from(`\ufeff${JSON.stringify(ak)}`).toString('hex')}','hex').toString(),'utf16le'))`;
  check('External that writes UTF-16, as PowerShell does', {
    profile: { mode: 'External', process_command: `${process.execPath} -e "${inUtf16}"` },
    expected: plain,
  });
  check('External that writes UTF-16 without a mark', {
    profile: {
      mode: 'External',
      process_command: `${process.execPath} -e "${inUtf16.replace("'utf16le'))", "'utf16le').subarray(2))")}"`,
    },
    expected: /is not text in UTF-8: it holds null bytes/,
  });
  check('External that runs in the home folder', {
    files: { 'keys.js': `console.log(${JSON.stringify(JSON.stringify(ak))})` },
    profile: { mode: 'External', process_command: `${process.execPath} keys.js` },
    expected: plain,
  });
  check('External that does not stop writing', {
    profile: {
      mode: 'External',
      process_command: `${process.execPath} -e "const more = () => process.stdout.write('x'.repeat(65536), more); more()"`,
    },
    expected: /wrote more than keys can be/,
  });
  check('External that ignores its end', {
    profile: {
      mode: 'External',
      process_command: `${process.execPath} -e "process.on('SIGTERM', () => 0); setInterval(() => 0, 1000)"`,
    },
    limits: { requestMs: 10_000, processMs: 300 },
    expected: /gave no keys within 0\.3 seconds/,
  });
  check('External that writes no JSON', { profile: program(`not json ${secret}`), expected: /is not JSON/ });
  check('External that writes other JSON', { profile: program('["x"]'), expected: /something that is not keys/ });
  check('External that names another program', {
    profile: program(JSON.stringify({ mode: 'External', process_command: 'x' })),
    expected: /another program/,
  });
  check('External whose program is not there', {
    profile: { mode: 'External', process_command: 'HOME/nothing here' },
    expected: /failed \(ENOENT\)/,
  });
  check('External with a quote left open', {
    profile: { mode: 'External', process_command: 'x "y' },
    expected: /a quote in it is not closed/,
  });
  check('External when programs are switched off', {
    profile: program(JSON.stringify(ak)),
    env: { ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS: '1' },
    expected: /switched off by the variable ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS/,
  });

  const given = JSON.stringify({
    Code: 'Success',
    AccessKeyId: 'STS.lent',
    AccessKeySecret: lent.accessKeySecret,
    SecurityToken: token,
    Expiration: end,
  });
  check('CredentialsURI', {
    profile: { mode: 'CredentialsURI', credentials_uri: `http://local/keys?for=${canary}` },
    answer: () => ({ body: given }),
    expected: lent,
    asked: ([first]) => assert.equal(first?.path, '/keys'),
  });
  check('CredentialsURI that fails', {
    profile: { mode: 'CredentialsURI', credentials_uri: `http://local/keys?for=${canary}` },
    answer: () => ({ status: 500, body: secret }),
    expected: /gave no keys \(HTTP 500\)/,
  });
  const uri = { mode: 'CredentialsURI', credentials_uri: `http://local/keys?for=${canary}` };
  check('CredentialsURI with a byte order mark', {
    profile: uri,
    answer: () => ({ body: `\ufeff${given}` }),
    expected: lent,
  });
  check('CredentialsURI in UTF-16', {
    profile: uri,
    answer: () => ({ body: Buffer.from(`\ufeff${given}`, 'utf16le') }),
    expected: lent,
  });
  check('CredentialsURI that drips', {
    profile: uri,
    answer: () => ({ body: '', drips: true }),
    limits: { requestMs: 400, processMs: 60_000 },
    expected: /could not be asked for keys\. The answer was not complete within 0\.4 seconds/,
  });
  check('CredentialsURI that says no', {
    profile: { mode: 'CredentialsURI', credentials_uri: 'http://local/keys' },
    answer: () => ({ body: given.replace('Success', 'Failed') }),
    expected: /gave no keys \(HTTP 200\)/,
  });
  check('CredentialsURI in clear text to another machine', {
    profile: { mode: 'CredentialsURI', credentials_uri: `http://10.1.2.3/${canary}` },
    expected: /clear text/,
  });

  const sso = {
    mode: 'CloudSSO',
    cloud_sso_sign_in_url: 'http://local/login/start',
    cloud_sso_account_id: '42',
    cloud_sso_access_config: 'ac-1',
    access_token: `access-${canary}`,
    cloud_sso_access_token_expire: unix('2026-01-03T00:00:00Z'),
  };
  const kept = { access_key_id: 'STS.kept', access_key_secret: secret, sts_token: token, sts_expiration: unix(end) };
  check('CloudSSO with keys that still last', {
    profile: { ...sso, ...kept },
    expected: { accessKeyId: 'STS.kept', accessKeySecret: secret, securityToken: token },
  });
  check('CloudSSO with keys that are over and a sign-in that is not', {
    profile: { ...sso, ...kept, sts_expiration: unix('2026-01-02T03:00:00Z') },
    answer: () => ({ body: JSON.stringify({ CloudCredential: JSON.parse(given) as object }) }),
    expected: lent,
    asked: ([first]) => {
      assert.equal(`${first?.method ?? ''} ${first?.path ?? ''}`, 'POST /cloud-credentials');
      assert.equal(first?.headers['authorization'], `Bearer access-${canary}`);
    },
  });
  check('CloudSSO after both', {
    profile: { ...sso, cloud_sso_access_token_expire: unix('2026-01-02T03:00:00Z') },
    expected: /sign-in of the profile has expired.*aliyun configure --profile mine --mode CloudSSO/,
  });
  check('OAuth with keys that still last', {
    profile: { mode: 'OAuth', oauth_site_type: 'CN', oauth_refresh_token: canary, ...kept },
    expected: { accessKeyId: 'STS.kept', accessKeySecret: secret, securityToken: token },
  });
  check('OAuth after that', {
    profile: { mode: 'OAuth', oauth_site_type: 'CN', oauth_refresh_token: canary, ...kept, sts_expiration: 1 },
    expected: /sign-in of the profile has expired/,
  });

  for (const mode of ['BearerToken', 'Anonymous', 'RsaKeyPair', 'FromTheFuture']) {
    check(`${mode} is shown and says why it cannot be used`, {
      profile: { mode, bearer_token: secret, private_key: secret },
      expected: new RegExp(`mode "${mode}", which this extension cannot use`),
    });
  }
});

describe('a profile of the Volcengine CLI', () => {
  const check = (name: string, mode: Mode & { readonly more?: object }): void => {
    it(name, async (t) => {
      const home = await ProfileHome.create(t);
      for (const [path, content] of Object.entries(mode.files ?? {})) await home.write(path, content);
      await home.volcengine(
        { mine: JSON.parse(JSON.stringify(mode.profile).replaceAll('HOME', home.folder)) as object },
        mode.more,
      );
      home.answer = mode.answer ?? home.answer;
      await home.open(mode.env);
      const id = 'profile:volcengine:cli:mine';
      if (mode.expected instanceof RegExp) {
        const { message, advice } = await home.refusal(id);
        assert.match(`${message} ${advice ?? ''}`, mode.expected);
      } else assert.deepEqual(await home.keys(id), mode.expected);
      mode.asked?.(home.asked, home);
    });
  };
  const keys = { 'access-key': 'AKLT-one', 'secret-key': secret };
  const plain = { accessKeyId: 'AKLT-one', accessKeySecret: secret };
  check('without a mode', { profile: keys, expected: plain });
  check('ak', { profile: { mode: 'AK', ...keys, 'session-token': '' }, expected: plain });
  check('ak with a token', {
    profile: { mode: 'ak', ...keys, 'session-token': token },
    expected: { ...plain, securityToken: token },
  });
  check('ak without a key', {
    profile: { mode: 'ak', 'secret-key': secret },
    expected: /no "access-key", "secret-key"/,
  });
  check('ststoken', {
    profile: { mode: 'ststoken', ...keys, 'session-token': token, 'sts-expiration': unix(end) },
    expected: { ...plain, securityToken: token },
  });
  check('ststoken that is over', {
    profile: { mode: 'ststoken', ...keys, 'session-token': token, 'sts-expiration': 1_700_000_000_000 },
    expected: /temporary keys of the profile have expired/,
  });
  for (const mode of ['ramrolearn', 'iamrole']) {
    check(mode, {
      profile: { mode, ...keys, 'account-id': '210', 'role-name': 'ops', region: 'cn-shanghai' },
      answer: () => ({ body: volcengineLent('AssumeRole') }),
      expected: lent,
      asked: ([first]) => {
        assert.equal(first?.query.get('RoleTrn'), 'trn:iam::210:role/ops');
        assert.equal(first?.query.get('Version'), '2018-01-01');
        assert.match(
          String(first?.headers['authorization']),
          /Credential=AKLT-one\/20260102\/cn-shanghai\/sts\/request/,
        );
      },
    });
  }
  check('ramrolearn without a role', { profile: { mode: 'ramrolearn', ...keys }, expected: /no "role-trn"/ });
  check('ramrolearn that is refused', {
    profile: { mode: 'ramrolearn', ...keys, 'role-trn': 'trn:iam::210:role/ops' },
    answer: () => ({
      status: 401,
      body: JSON.stringify({
        ResponseMetadata: {
          RequestId: 'r',
          Error: { Code: 'SignatureDoesNotMatch', CodeN: 100010, Message: 'no match' },
        },
      }),
    }),
    expected: /could not be assumed\. no match/,
  });
  check('oidc', {
    files: { 'oidc/token': token },
    profile: { mode: 'oidc', 'role-trn': 'trn:iam::210:role/ci', 'oidc-token-file': 'HOME/oidc/token' },
    answer: () => ({ body: volcengineLent('AssumeRoleWithOIDC') }),
    expected: lent,
    asked: ([first]) => {
      assert.equal(first?.form.get('OIDCToken'), token);
      assert.equal(first?.form.get('RoleTrn'), 'trn:iam::210:role/ci');
      assert.equal(first?.headers['authorization'], undefined);
    },
  });
  check('ecsrole', {
    profile: { mode: 'ecsrole', 'role-name': 'web' },
    answer: ({ method }) =>
      method === 'PUT'
        ? { body: 'metadata-token' }
        : {
            body: JSON.stringify({
              AccessKeyId: lent.accessKeyId,
              SecretAccessKey: lent.accessKeySecret,
              SessionToken: token,
              ExpiredTime: end,
            }),
          },
    expected: lent,
    asked: (asked) => {
      assert.equal(asked[1]?.path, '/volcstack/latest/iam/security_credentials/web');
      assert.equal(asked[1]?.headers['x-volc-ecs-metadata-token'], 'metadata-token');
    },
  });
  check('ecsrole off the cloud', {
    profile: { mode: 'ecsrole', 'role-name': 'web' },
    answer: () => ({ status: 404, body: '' }),
    expected: /metadata gave no keys/,
  });

  const sso = { mode: 'sso', 'sso-session-name': 'corp', 'account-id': '210', 'role-name': 'ops' };
  const session = {
    'sso-session': { corp: { name: 'corp', 'start-url': 'https://login.example/start?a=1&b=2', region: 'cn-beijing' } },
  };
  const cache = createHash('sha1')
    .update('{"start_url":"https://login.example/start?a=1\\u0026b=2","session_name":"corp"}')
    .digest('hex');
  check('sso with keys that still last', {
    profile: { ...sso, ...keys, 'session-token': token, 'sts-expiration': unix(end) },
    more: session,
    expected: { ...plain, securityToken: token },
  });
  check('sso after that, signed out', {
    profile: sso,
    more: session,
    expected: /sign-in of the profile has expired.*ve sso login/,
  });
  check('sso with a sign-in that is over', {
    files: {
      [`.volcengine/sso/cache/${cache}.json`]: {
        access_token: token,
        expires_at: '2026-01-02T03:00:00Z',
        refresh_token: canary,
      },
    },
    profile: sso,
    more: session,
    expected: /ve sso login/,
  });
  check('sso without its session', { profile: sso, expected: /no complete "sso-session" of the name "corp"/ });

  const login = createHash('sha1').update('urn:login:1').digest('hex');
  const granted = { access_key_id: 'AKTP-login', secret_access_key: secret, session_token: token };
  const loggedIn = { accessKeyId: 'AKTP-login', accessKeySecret: secret, securityToken: token };
  for (const [name, form] of [
    ['an object', granted],
    ['text', JSON.stringify(granted)],
  ] as const) {
    check(`console-login with its keys as ${name}`, {
      files: {
        [`.volcengine/login/cache/${login}.json`]: {
          login_session: 'urn:login:1',
          access_token: form,
          issued_at: '2026-01-02T03:00:00Z',
          expires_in: 900,
        },
      },
      profile: { mode: 'console-login', 'login-session': 'urn:login:1' },
      expected: loggedIn,
    });
  }
  check('console-login that is over', {
    files: {
      [`.volcengine/login/cache/${login}.json`]: {
        access_token: granted,
        issued_at: '2026-01-02T02:00:00Z',
        expires_in: 900,
      },
    },
    profile: { mode: 'console-login', 'login-session': 'urn:login:1' },
    expected: /ve login/,
  });
  check('console-login with a cache that is no JSON', {
    files: { [`.volcengine/login/cache/${login}.json`]: `{"access_token": "${canary}` },
    profile: { mode: 'console-login', 'login-session': 'urn:login:1' },
    expected: /ve login/,
  });
  check('a mode of tomorrow', { profile: { mode: 'quantum', ...keys }, expected: /mode "quantum"/ });
});

describe('the other files', () => {
  const ini = `
; made by hand
[default]
enable = true
type = access_key                # AccessKey
access_key_id = LTAI-ini
access_key_secret = "${secret}"
[role]
type=ram_role_arn
access_key_id=LTAI-ini
access_key_secret=${secret}
role_arn=acs:ram::1:role/ops
role_session_name=ini
[vm]
type = ecs_ram_role
[odd]
type = rsa_key_pair
`;
  it('~/.alibabacloud/credentials gives an account for each section', async (t) => {
    const home = await ProfileHome.create(t);
    await home.write('.alibabacloud/credentials', ini);
    home.answer = () => ({ body: alibabaLent });
    await home.open();
    assert.deepEqual(
      home.list().map(({ id }) => id),
      ['default', 'role', 'vm', 'odd'].map((name) => `profile:alibabaCloud:credentials:${name}`),
    );
    assert.deepEqual(await home.keys('profile:alibabaCloud:credentials:default'), {
      accessKeyId: 'LTAI-ini',
      accessKeySecret: secret,
    });
    assert.deepEqual(await home.keys('profile:alibabaCloud:credentials:role'), lent);
    assert.match((await home.refusal('profile:alibabaCloud:credentials:odd')).message, /mode "rsa_key_pair"/);
  });

  it('lines that make no sense are named by number, and the rest works', async (t) => {
    const home = await ProfileHome.create(t);
    await home.write(
      '.alibabacloud/credentials',
      `stray ${secret}\n[a]\ntype = access_key\naccess_key_id = k\naccess_key_secret = ${secret}\n${secret}\n`,
    );
    await home.open();
    assert.deepEqual(home.problems(), [
      {
        where: '~/.alibabacloud/credentials',
        message: 'Lines that are neither a section nor "name = value" are ignored: 1, 6.',
      },
    ]);
    assert.equal((await home.keys('profile:alibabaCloud:credentials:a')).accessKeyId, 'k');
  });

  it('~/.volc/config and ~/.volcengine/credentials', async (t) => {
    const home = await ProfileHome.create(t);
    await home.write('.volc/config', { VOLC_ACCESSKEY: 'AKLT-old', VOLC_SECRETKEY: secret });
    await home.write(
      '.volcengine/credentials',
      `[default]\nvolcengine_access_key_id = AKLT-go\nvolcengine_secret_access_key = ${secret}\n`,
    );
    await home.open();
    assert.deepEqual(await home.keys('profile:volcengine:sdk:default'), {
      accessKeyId: 'AKLT-old',
      accessKeySecret: secret,
    });
    assert.equal((await home.keys('profile:volcengine:credentials:default')).accessKeyId, 'AKLT-go');
  });

  it('are found where the variables say', async (t) => {
    const home = await ProfileHome.create(t);
    await home.write('elsewhere/a.ini', ini);
    await home.write('elsewhere/b.json', { profiles: { moved: { 'access-key': 'AKLT-moved', 'secret-key': secret } } });
    await home.open({
      ALIBABA_CLOUD_CREDENTIALS_FILE: home.path('elsewhere', 'a.ini'),
      VOLCENGINE_CLI_CONFIG_FILE: home.path('elsewhere', 'b.json'),
    });
    assert.equal((await home.keys('profile:alibabaCloud:credentials:default')).accessKeyId, 'LTAI-ini');
    assert.equal((await home.keys('profile:volcengine:cli:moved')).accessKeyId, 'AKLT-moved');
  });

  for (const name of ['ALIBABA_CLOUD_CLI_PROFILE_DISABLED', 'ALIBABA_CLOUD_IGNORE_PROFILE']) {
    it(`are left alone with ${name}`, async (t) => {
      const home = await ProfileHome.create(t);
      await home.aliyun({ name: 'x', ...ak });
      await home.open({ [name]: 'TRUE' });
      assert.deepEqual(home.list(), []);
    });
  }
});

describe('variables without keys', () => {
  const check = (
    name: string,
    env: Readonly<Record<string, string>>,
    expected: { readonly id: string; readonly path: string },
  ): void => {
    it(name, async (t) => {
      const home = await ProfileHome.create(t);
      await home.write('token', token);
      home.answer = ({ query }) => ({
        body:
          query.get('Action')?.includes('OIDC') === true && expected.id.includes('volc')
            ? volcengineLent('AssumeRoleWithOIDC')
            : expected.path === '/'
              ? alibabaLent
              : JSON.stringify({
                  AccessKeyId: 'STS.lent',
                  AccessKeySecret: lent.accessKeySecret,
                  SecretAccessKey: lent.accessKeySecret,
                  SecurityToken: token,
                  SessionToken: token,
                  Expiration: end,
                  ExpiredTime: end,
                }),
      });
      const here = Object.fromEntries(
        Object.entries(env).map(([key, value]) => [
          key,
          value.replace('HOME', home.folder).replace('http://local', home.url.replace(/\/$/, '')),
        ]),
      );
      await home.open(here);
      assert.deepEqual(
        home.list().map(({ id }) => id),
        [expected.id],
      );
      assert.deepEqual(await home.keys(expected.id), lent);
      assert.equal(home.asked.at(-1)?.path, expected.path);
    });
  };
  check(
    'a token of an identity provider on Alibaba Cloud',
    { ALIBABA_CLOUD_ROLE_ARN: 'r', ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'p', ALIBABA_CLOUD_OIDC_TOKEN_FILE: 'HOME/token' },
    { id: 'env:alibabaCloud:oidc', path: '/' },
  );
  check(
    'a token of an identity provider on Volcengine',
    { VOLCENGINE_OIDC_ROLE_TRN: 'r', VOLCENGINE_OIDC_TOKEN_FILE: 'HOME/token' },
    { id: 'env:volcengine:oidc', path: '/' },
  );
  check(
    'an address that gives keys',
    { ALIBABA_CLOUD_CREDENTIALS_URI: 'http://local/give' },
    { id: 'env:alibabaCloud:uri', path: '/give' },
  );
  check(
    'the role of this instance on Alibaba Cloud',
    { ALIBABA_CLOUD_ECS_METADATA: 'web' },
    { id: 'env:alibabaCloud:instanceRole', path: '/latest/meta-data/ram/security-credentials/web' },
  );
  check(
    'the role of this instance on Volcengine',
    { VOLCENGINE_ECS_METADATA: 'web' },
    { id: 'env:volcengine:instanceRole', path: '/volcstack/latest/iam/security_credentials/web' },
  );
});

describe('where calls go', () => {
  const check = (name: string, profile: object, expected: Pick<Account, 'hosts' | 'vpc'>): void => {
    it(name, async (t) => {
      const home = await ProfileHome.create(t);
      await home.aliyun({ name: 'mine', ...ak, ...profile });
      await home.open();
      const { hosts, vpc } = home.account('profile:alibabaCloud:cli:mine');
      assert.deepEqual({ ...(hosts && { hosts }), ...(vpc && { vpc }) }, expected);
    });
  };
  check('is up to the cloud when the profile says nothing', {}, {});
  check(
    'follows the endpoint of the profile',
    { endpoint: 'ecs.cn-hangzhou.aliyuncs.com' },
    { hosts: { Ecs: 'https://ecs.cn-hangzhou.aliyuncs.com' } },
  );
  check(
    'is never in clear text',
    { endpoint: 'http://ecs.example.com' },
    { hosts: { Ecs: 'https://ecs.example.com' } },
  );
  check(
    'is not led astray by more than a host',
    { endpoint: 'ecs.example.com/path?x', sts_endpoint: 'user@evil.example' },
    {},
  );
  check(
    'follows the address for roles',
    { sts_endpoint: 'https://sts.example.com/' },
    { hosts: { Sts: 'https://sts.example.com' } },
  );
  check(
    'follows the region for roles',
    { sts_region: 'cn-shanghai' },
    { hosts: { Sts: 'https://sts.cn-shanghai.aliyuncs.com' } },
  );
  check('does not take anything for a region', { sts_region: 'evil.example/#' }, {});
  check(
    'stays in the private network',
    { endpoint_type: 'vpc' },
    { vpc: 'cn-hangzhou', hosts: { Sts: 'https://sts-vpc.cn-hangzhou.aliyuncs.com' } },
  );

  it('is where the settings say, for roles as well', async (t) => {
    const home = await ProfileHome.create(t);
    await home.aliyun({
      name: 'mine',
      ...ak,
      mode: 'RamRoleArn',
      ram_role_arn: 'acs:ram::1:role/ops',
      sts_endpoint: 'sts.example.invalid',
    });
    home.answer = () => ({ body: alibabaLent });
    await home.open({}, home.url.replace(/\/$/, ''));
    assert.deepEqual(await home.keys('profile:alibabaCloud:cli:mine'), lent);
    assert.equal(home.asked.length, 1);
  });
});

describe('the region of a profile', () => {
  for (const [region, expected] of [
    ['cn-shanghai', 'cn-shanghai'],
    [' cn-shanghai ', 'cn-shanghai'],
    ['', undefined],
    ['evil.example/#', undefined],
  ] as const) {
    it(`"${region}" is ${expected ?? 'none'}`, async (t) => {
      const home = await ProfileHome.create(t);
      await home.aliyun({ name: 'mine', ...ak, region_id: region });
      await home.volcengine({ mine: { 'access-key': 'k', 'secret-key': secret, region } });
      await home.open();
      const ids = ['profile:alibabaCloud:cli:mine', 'profile:volcengine:cli:mine'];
      assert.deepEqual(
        ids.map((id) => home.account(id).region),
        [expected, expected],
      );
    });
  }
});

describe('all profiles together', () => {
  it('stand side by side, none is current, and the same name may come twice', async (t) => {
    const home = await ProfileHome.create(t);
    await home.aliyun({ name: 'a', ...ak }, { name: 'a', ...ak }, { name: '', ...ak }, 'text', {
      name: 'b',
      ...ak,
      mode: 'BearerToken',
    });
    await home.volcengine({ a: { 'access-key': 'k', 'secret-key': secret }, odd: 7 });
    await home.open();
    assert.deepEqual(
      home.list().map(({ id }) => id),
      ['profile:alibabaCloud:cli:a', 'profile:alibabaCloud:cli:b', 'profile:volcengine:cli:a'],
    );
    assert.deepEqual(
      home.problems().map(({ where }) => where),
      ['~/.aliyun/config.json', '~/.volcengine/config.json'],
    );
    assert.equal(
      home.list().some((account) => JSON.stringify(account).includes(canary)),
      false,
    );
  });

  it('of a home without any file are none, without a word', async (t) => {
    const home = await ProfileHome.create(t);
    await home.open();
    assert.deepEqual([home.list(), home.problems()], [[], []]);
  });
});

function signatureOf({ headers }: Asked): string | undefined {
  return /Signature=([0-9a-f]+)$/.exec(String(headers['authorization']))?.[1];
}

/** The signature a holder of the secret puts on exactly what arrived. */
function signatureBy(accessKeySecret: string, { method, path, query, headers }: Asked): string {
  const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const signed = Object.fromEntries(signedHeaderNames(texts).map((name) => [name, texts[name] ?? '']));
  const sent = canonicalQuery(Object.fromEntries(query));
  return signV3({ method, path, query: sent, headers: signed }, accessKeySecret);
}
