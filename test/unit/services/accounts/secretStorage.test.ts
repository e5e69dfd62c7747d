import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CloudError } from '../../../../src/core/cloudError';
import type { SecretStore } from '../../../../src/services/accounts/secretBox';
import { StoredAccounts } from '../../../../src/services/accounts/storedAccounts';
import { FakeClock } from '../../support/fakeClock';
import { createMemory } from '../../support/memory';

const keys = { accessKeyId: 'LTAI1', accessKeySecret: 'CANARY-SECRET' };
const record = { id: 'stored:a', provider: 'volcengine', name: 'ops', level: 'normal' };
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
const busError = <T>(): Promise<T> => Promise.reject<T>(new Error('org.freedesktop.DBus.Error.ServiceUnknown'));
const working: SecretStore = {
  get: () => Promise.resolve(JSON.stringify(keys)),
  store: () => Promise.resolve(),
  delete: () => Promise.resolve(),
};

function create(secrets: Partial<SecretStore>, kept: object = record) {
  const clock = new FakeClock();
  const memory = createMemory({ accounts: [kept] });
  const accounts = new StoredAccounts(
    memory,
    { ...working, ...secrets },
    () => ({ ok: true, endpoint: undefined }),
    () => 'n',
    clock,
  );
  return { accounts, clock, account: () => accounts.list()[0] };
}

const failure = (promise: Promise<unknown> | undefined): Promise<unknown> =>
  (promise ?? Promise.resolve()).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a secret storage that', () => {
  for (const [name, answer, said] of [
    ['never answers', never, /does not answer/],
    ['fails', busError, /cannot be used/],
  ] as const) {
    const check = (what: string, run: (made: ReturnType<typeof create>) => Promise<unknown> | undefined): void => {
      test(`${name}: ${what} ends in our words`, async () => {
        const error = await failure(run(create({ get: answer, store: answer, delete: answer })));
        assert.ok(CloudError.is(error, 'auth') && error.delivery === 'notSent');
        assert.match(error.message, said);
        assert.match(error.advice ?? '', /[Uu]nlock the keyring/);
        assert.doesNotMatch(`${error.message} ${error.advice ?? ''}`, /DBus|CANARY/);
      });
    };
    check('reading', ({ account }) => account()?.credentials());
    check('adding', ({ accounts }) =>
      accounts.add(accounts.draft({ provider: 'volcengine', name: 'x', level: 'normal' }, keys), keys),
    );
    check('entering again', ({ accounts }) => accounts.reenter('stored:a', keys));
    check('removing', ({ accounts }) => accounts.remove('stored:a'));

    test(`${name}: the account can be removed all the same, and nothing is added without keys`, async () => {
      const { accounts } = create({ store: answer, delete: answer });
      const draft = accounts.draft({ provider: 'volcengine', name: 'x', level: 'normal' }, keys);
      await failure(accounts.add(draft, keys));
      await failure(accounts.remove('stored:a'));
      assert.deepEqual(accounts.list(), []);
    });
  }

  test('never answers is left at once by who turns away', async () => {
    const { account } = create({ get: never });
    const abort = new AbortController();
    const left = failure(account()?.credentials({ signal: abort.signal }));
    abort.abort();
    assert.ok(CloudError.is(await left, 'cancelled'));
  });

  test('is slow is asked once for all who wait', async () => {
    let asked = 0;
    const open: ((value: string) => void)[] = [];
    const get = (): Promise<string> => new Promise((resolve) => void (asked++, open.push(resolve)));
    const { account, clock } = create({ get });
    clock.sleep = never;
    const all = Promise.all([account()?.credentials(), account()?.credentials()]);
    await Promise.resolve();
    open.forEach((resolve) => resolve(JSON.stringify(keys)));
    assert.deepEqual(await all, [keys, keys]);
    assert.equal(asked, 1);
  });

  test('holds keys that no header can hold: they are named', async () => {
    const { account } = create({
      get: () => Promise.resolve(JSON.stringify({ ...keys, accessKeySecret: 'CAN\u200bARY' })),
    });
    const error = await failure(account()?.credentials());
    assert.ok(CloudError.is(error, 'auth'));
    assert.match(error.message, /"ops".*U\+200B/);
  });
});

test('keys that were entered again are another revision', async () => {
  const { accounts, account } = create({});
  const before = account()?.revision;
  await accounts.reenter('stored:a', keys);
  assert.notEqual(account()?.revision, before);
});

test('a saved account whose name cannot be seen gets one of ours', () => {
  assert.equal(create({}, { ...record, name: '\u3164' }).account()?.name, 'unnamed');
});
