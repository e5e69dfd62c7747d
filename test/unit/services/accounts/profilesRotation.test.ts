import assert from 'node:assert/strict';
import fs, { writeFileSync } from 'node:fs';
import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { describe, it, type TestContext } from 'node:test';
import { getCallerIdentity } from '../../../../src/providers/alibaba/api/identity';
import { providerOf } from '../../../../src/providers/index';
import { renewBeforeMs } from '../../../../src/services/accounts/keyCache';
import { AccountRegistry } from '../../../../src/services/accounts/registry';
import { canary, ProfileHome } from '../../support/profileHome';

const id = 'profile:alibabaCloud:cli:mine';
const secret = (n: number): string => `secret-${canary}-${n}`;
const ak = (n: number) => ({ name: 'mine', mode: 'AK', access_key_id: `LTAI-${n}`, access_key_secret: secret(n) });
const role = (n: number) => ({
  ...ak(n),
  mode: 'RamRoleArn',
  ram_role_arn: 'acs:ram::1:role/ops',
  ram_session_name: 's',
});

async function homeWith(t: TestContext, ...profiles: readonly object[]): Promise<ProfileHome> {
  const home = await ProfileHome.create(t);
  await home.aliyun(...profiles);
  await home.open();
  return home;
}

/** Lends keys with the number of the request in them, good for `seconds`. */
function lending(home: ProfileHome, seconds: number): void {
  home.answer = () => {
    const Expiration = new Date(home.clock.now().getTime() + seconds * 1000).toISOString();
    const n = home.asked.length;
    return {
      body: JSON.stringify({
        RequestId: 'r',
        Credentials: { AccessKeyId: `STS.${n}`, AccessKeySecret: secret(n), SecurityToken: `t-${canary}`, Expiration },
      }),
    };
  };
}

/** Resolves when any source says that its accounts changed. */
function change(home: ProfileHome): Promise<void> {
  return new Promise((resolve) => {
    const subscriptions = home.sources.map((source) =>
      source.onDidChange(() => {
        for (const subscription of subscriptions) subscription.dispose();
        resolve();
      }),
    );
  });
}

const keyId = async (home: ProfileHome, options?: { readonly refresh?: boolean }): Promise<string> =>
  (await home.keys(id, options)).accessKeyId;

describe('an edit while running', () => {
  it('counts for the very next signature, also for one who holds the account', async (t) => {
    const home = await homeWith(t, ak(1));
    const held = home.account(id);
    assert.equal((await held.credentials()).accessKeyId, 'LTAI-1');
    for (const n of [2, 3, 4]) {
      await home.aliyun(ak(n));
      assert.equal((await held.credentials()).accessKeyId, `LTAI-${n}`);
    }
  });

  it('by a replacement of the same size and a rename counts', async (t) => {
    const home = await homeWith(t, ak(1));
    assert.equal(await keyId(home), 'LTAI-1');
    await home.write('.aliyun/new', { profiles: [ak(2)] });
    await rename(home.path('.aliyun/new'), home.path('.aliyun/config.json'));
    assert.equal(await keyId(home), 'LTAI-2');
  });

  it('ends keys that were lent to the old ones', async (t) => {
    const home = await homeWith(t, role(1));
    lending(home, 3600);
    assert.equal(await keyId(home), 'STS.1');
    await home.aliyun({ ...role(2) });
    assert.equal(await keyId(home), 'STS.2');
    assert.match(String(home.asked[1]?.headers['authorization']), /Credential=LTAI-2,/);
  });

  it('is told to whoever shows the accounts', async (t) => {
    const home = await homeWith(t, ak(1));
    const changed = change(home);
    await home.aliyun(ak(1), { ...ak(2), name: 'second' });
    await changed;
    assert.deepEqual(
      home.list().map(({ name }) => name),
      ['mine', 'second'],
    );
  });

  it('is told when the folder itself appears', async (t) => {
    const home = await ProfileHome.create(t);
    await home.open();
    const changed = change(home);
    await home.aliyun(ak(1));
    await changed;
    assert.equal(await keyId(home), 'LTAI-1');
  });

  it('is told through a link, and when the link is turned', async (t) => {
    const home = await ProfileHome.create(t);
    await home.write('dotfiles/one.json', { profiles: [ak(1)] });
    await home.write('dotfiles/two.json', { profiles: [ak(2)] });
    await mkdir(home.path('.aliyun'));
    await symlink(home.path('dotfiles/one.json'), home.path('.aliyun/config.json'));
    await home.open();
    assert.equal(await keyId(home), 'LTAI-1');
    const edited = change(home);
    await home.write('dotfiles/one.json', { profiles: [ak(3)] });
    await edited;
    assert.equal(await keyId(home), 'LTAI-3');
    await symlink(home.path('dotfiles/two.json'), home.path('.aliyun/next'));
    await rename(home.path('.aliyun/next'), home.path('.aliyun/config.json'));
    assert.equal(await keyId(home), 'LTAI-2');
  });

  it('that takes a profile or the file away leaves nothing to sign with', async (t) => {
    const home = await homeWith(t, ak(1));
    const held = home.account(id);
    await home.aliyun({ ...ak(1), name: 'other' });
    await assert.rejects(held.credentials(), /profile "mine" no longer exists in ~\/\.aliyun\/config\.json/);
    await rm(home.path('.aliyun'), { recursive: true });
    await assert.rejects(held.credentials(), /no longer exists/);
    assert.deepEqual([home.list(), home.problems()], [[], []]);
  });
});

describe('a file in pieces', () => {
  it('is waited for, and then signs with what it says', async (t) => {
    const home = await homeWith(t, ak(1));
    assert.equal(await keyId(home), 'LTAI-1');
    const whole = JSON.stringify({ profiles: [ak(2)] });
    await writeFile(home.path('.aliyun/config.json'), whole.slice(0, 40));
    // The tool finishes writing while we wait for it.
    home.clock.sleep = () => writeFile(home.path('.aliyun/config.json'), whole);
    assert.equal(await keyId(home), 'LTAI-2');
  });

  for (const [name, content] of [
    ['cut off', `{"profiles":[{"name":"mine","access_key_secret":"${canary}`],
    ['no JSON', `oops ${canary}`],
    ['another JSON', `["${canary}"]`],
    ['profiles that are no list', `{"profiles":"${canary}"}`],
  ] as const) {
    it(`(${name}) keeps its accounts in the list, signs nothing, and is named without its content`, async (t) => {
      const home = await homeWith(t, ak(1));
      await home.volcengine({ other: { 'access-key': 'k', 'secret-key': secret(9) } });
      await home.keys(id);
      await home.write('.aliyun/config.json', content);
      assert.match((await home.refusal(id)).message, /~\/\.aliyun\/config\.json: The file is damaged or half written/);
      assert.deepEqual(
        home
          .list()
          .filter(({ provider }) => provider === 'alibabaCloud')
          .map(({ name: shown }) => shown),
        ['mine'],
      );
      assert.equal(JSON.stringify(home.problems()).includes(canary), false);
      assert.equal(home.problems().length, 1);
      await home.aliyun(ak(2));
      assert.equal(await keyId(home), 'LTAI-2');
      assert.deepEqual(home.problems(), []);
    });
  }

  it('in UTF-16, as PowerShell writes it, is read', async (t) => {
    const home = await ProfileHome.create(t);
    const text = JSON.stringify({ profiles: [ak(1)] });
    await home.write('.aliyun/config.json', Buffer.from(`\ufeff${text}`, 'utf16le'));
    await home.write(
      '.alibabacloud/credentials',
      Buffer.from(
        `\ufeff[mine]\r\ntype = access_key\r\naccess_key_id = k\r\naccess_key_secret = ${secret(2)}\r\n`,
        'utf16le',
      ).swap16(),
    );
    await home.open();
    assert.deepEqual([await keyId(home), home.problems()], ['LTAI-1', []]);
    assert.equal((await home.keys('profile:alibabaCloud:credentials:mine')).accessKeyId, 'k');
  });

  it('in UTF-16 without a mark is told by what it is', async (t) => {
    const home = await ProfileHome.create(t);
    await home.write('.aliyun/config.json', Buffer.from(JSON.stringify({ profiles: [ak(1)] }), 'utf16le'));
    await home.open();
    assert.match(home.problems()[0]?.message ?? '', /not text in UTF-8: it holds null bytes/);
  });

  it('that is empty is no problem to tell people, but nothing to sign with', async (t) => {
    const home = await homeWith(t, ak(1));
    await home.write('.aliyun/config.json', '');
    assert.match((await home.refusal(id)).message, /empty/);
    assert.deepEqual(home.problems(), []);
    assert.equal(home.list().length, 1);
  });

  it('from the start is told, and the accounts of other files work', async (t) => {
    const home = await ProfileHome.create(t);
    await home.write('.aliyun/config.json', `{"profiles": ${canary}`);
    await home.volcengine({ other: { 'access-key': 'k', 'secret-key': secret(9) } });
    await home.open();
    assert.equal((await home.keys('profile:volcengine:cli:other')).accessKeyId, 'k');
    assert.equal(home.problems().length, 1);
  });

  it('that may not be read is told by the code of the system', { skip: process.getuid?.() === 0 }, async (t) => {
    const home = await homeWith(t, ak(1));
    await chmod(home.path('.aliyun/config.json'), 0o000);
    assert.match((await home.refusal(id)).message, /EACCES/);
  });

  it('that is a folder is told, too', async (t) => {
    const home = await ProfileHome.create(t);
    await mkdir(home.path('.aliyun/config.json'), { recursive: true });
    await home.open();
    assert.match(home.problems()[0]?.message ?? '', /cannot be read \(EISDIR\)/);
  });
});

describe('accounts of files that come and go', () => {
  const files: readonly [path: string, account: string, content: unknown][] = [
    ['.aliyun/config.json', id, { profiles: [ak(1)] }],
    [
      '.alibabacloud/credentials',
      'profile:alibabaCloud:credentials:mine',
      `[mine]\ntype = access_key\naccess_key_id = k\naccess_key_secret = ${secret(1)}\n`,
    ],
    [
      '.volcengine/config.json',
      'profile:volcengine:cli:mine',
      { profiles: { mine: { 'access-key': 'k', 'secret-key': secret(1) } } },
    ],
    [
      '.volcengine/credentials',
      'profile:volcengine:credentials:mine',
      `[mine]\naccess_key_id = k\nsecret_access_key = ${secret(1)}\n`,
    ],
    ['.volc/config', 'profile:volcengine:sdk:default', { ak: 'k', sk: secret(1) }],
  ];
  const shown = (home: ProfileHome): string[] => home.list().map((account) => account.id);
  /** Waits for what is shown after changes that were told. */
  const until = async (home: ProfileHome, expected: readonly string[]): Promise<void> => {
    while (JSON.stringify(shown(home)) !== JSON.stringify(expected)) await change(home);
  };

  for (const [path, account, content] of files) {
    it(`are those of ${path}, whose folder goes, comes back and is moved`, { timeout: 20_000 }, async (t) => {
      const home = await ProfileHome.create(t);
      await home.open();
      assert.deepEqual(shown(home), []);
      const folder = home.path(path.split('/')[0] ?? '');
      await home.write(path, content);
      await until(home, [account]);
      await rm(folder, { recursive: true });
      await until(home, []);
      await mkdir(folder);
      await home.write(path, content);
      await until(home, [account]);
      await rename(folder, `${folder}.bak`);
      await until(home, []);
      await symlink(`${folder}.bak`, folder);
      await until(home, [account]);
    });
  }

  it('are read anew on request, though nothing was told of them', async (t) => {
    const silent = { on: () => silent, close: () => undefined };
    t.mock.method(fs, 'watch', () => silent);
    t.mock.method(fs, 'watchFile', () => undefined);
    const home = await homeWith(t, ak(1));
    const registry = new AccountRegistry(home.sources);
    await rm(home.path('.aliyun'), { recursive: true });
    for (const [path, , content] of files.slice(1)) await home.write(path, content);
    assert.deepEqual(shown(home), [id], 'Nobody was told.');
    await registry.refresh();
    assert.deepEqual(
      registry.list().map((account) => account.id),
      files.slice(1).map(([, account]) => account),
    );
  });
});

describe('keys that end', () => {
  it('are used again, and renewed five minutes before their end', async (t) => {
    const home = await homeWith(t, role(1));
    lending(home, 3600);
    assert.equal(await keyId(home), 'STS.1');
    home.clock.advance(3600_000 - renewBeforeMs - 1);
    assert.equal(await keyId(home), 'STS.1');
    home.clock.advance(1);
    assert.equal(await keyId(home), 'STS.2');
  });

  it('of a short life are renewed at half of it, not at every call', async (t) => {
    const home = await homeWith(t, role(1));
    lending(home, 240);
    assert.equal(await keyId(home), 'STS.1');
    home.clock.advance(119_000);
    assert.equal(await keyId(home), 'STS.1');
    home.clock.advance(1_000);
    assert.equal(await keyId(home), 'STS.2');
  });

  it('are asked for once, however many calls wait for them', async (t) => {
    const home = await homeWith(t, role(1));
    lending(home, 3600);
    const all = await Promise.all(Array.from({ length: 20 }, () => keyId(home)));
    assert.deepEqual(new Set(all), new Set(['STS.1']));
    assert.equal(home.asked.length, 1);
  });

  it('still serve when renewing fails, until they are over', async (t) => {
    const home = await homeWith(t, role(1));
    lending(home, 3600);
    await keyId(home);
    home.answer = () => ({
      status: 400,
      body: JSON.stringify({ Code: 'EntityNotExist.Role', Message: 'The role is gone.', RequestId: 'r' }),
    });
    home.clock.advance(3600_000 - renewBeforeMs);
    assert.equal(await keyId(home), 'STS.1');
    home.clock.advance(renewBeforeMs);
    assert.match((await home.refusal(id)).message, /The role is gone/);
  });

  it('are asked for anew when the cloud refused them', async (t) => {
    const home = await homeWith(t, role(1));
    lending(home, 3600);
    assert.equal(await keyId(home), 'STS.1');
    assert.equal(await keyId(home, { refresh: true }), 'STS.2');
    assert.equal(await keyId(home), 'STS.2');
  });

  it('stop only the one who turns away', async (t) => {
    const home = await homeWith(t, role(1));
    lending(home, 3600);
    const abort = new AbortController();
    const left = home.account(id).credentials({ signal: abort.signal });
    const stays = home.account(id).credentials();
    abort.abort();
    await assert.rejects(left, /Cancelled/);
    assert.equal((await stays).accessKeyId, 'STS.1');
  });

  it('of a file are over when the file says so', async (t) => {
    const home = await ProfileHome.create(t);
    const expires = home.clock.now().getTime() / 1000 + 600;
    await home.volcengine({
      mine: {
        mode: 'ststoken',
        'access-key': 'k',
        'secret-key': secret(1),
        'session-token': 't',
        'sts-expiration': expires,
      },
    });
    await home.open();
    assert.equal((await home.keys('profile:volcengine:cli:mine')).accessKeyId, 'k');
    home.clock.advance(600_000);
    assert.match((await home.refusal('profile:volcengine:cli:mine')).message, /expired/);
  });
});

/** Asks whose keys they are, through the engine that every call goes through. */
function callIdentity(home: ProfileHome): Promise<unknown> {
  const account = { ...home.account(id), endpoint: home.url.replace(/\/$/, '') };
  const provider = providerOf('alibabaCloud');
  return home.engine().call({ provider, account, region: undefined, operation: getCallerIdentity, params: {} });
}

describe('a call with keys that were changed meanwhile', () => {
  it('is signed again with the new ones, once', async (t) => {
    const home = await homeWith(t, ak(1));
    const identity = { AccountId: '1', Arn: 'acs:ram::1:root', RequestId: 'r' };
    home.answer = ({ headers }) => {
      if (String(headers['authorization']).includes('LTAI-2')) return { body: JSON.stringify(identity) };
      // The keys are rotated while the call is on its way.
      writeFileSync(home.path('.aliyun/config.json'), JSON.stringify({ profiles: [ak(2)] }));
      return {
        status: 404,
        body: JSON.stringify({ Code: 'InvalidAccessKeyId.NotFound', Message: 'no such key', RequestId: 'r' }),
      };
    };
    await callIdentity(home);
    assert.equal(home.asked.length, 2);
    assert.match(String(home.asked.at(-1)?.headers['authorization']), /LTAI-2/);
  });

  it('says what keeps a role from being assumed, and does not try for ever', async (t) => {
    const home = await homeWith(t, role(1));
    home.answer = () => ({
      status: 503,
      body: JSON.stringify({ Code: 'ServiceUnavailable', Message: 'down', RequestId: 'r' }),
    });
    await assert.rejects(callIdentity(home), /The role "acs:ram::1:role\/ops" could not be assumed\. down/);
    assert.equal(home.asked.length, 4, 'Four attempts for the role, none for the call itself.');
    assert.deepEqual(
      home.exchanges.map(({ action }) => action),
      ['AssumeRole', 'GetCallerIdentity'],
    );
    assert.equal(home.exchanges[1]?.attempts, 0);
  });
});
