import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Account } from '../../../../src/core/account';
import { keyFingerprint } from '../../../../src/core/account';
import { AccountLevels } from '../../../../src/services/accounts/accountLevels';
import { levelReason, readOnlyText } from '../../../../src/services/accounts/levelText';
import { AccountRegistry, type AccountSource } from '../../../../src/services/accounts/registry';
import { Emitter } from '../../../../src/util/lifecycle';
import { settled } from '../../support/manualClock';
import { createMemory } from '../../support/memory';

interface Given {
  readonly key?: string;
  /** Whether the source tells the key without being asked. */
  readonly told?: boolean;
  readonly provider?: Account['provider'];
  readonly level?: Account['level'];
  readonly sandbox?: boolean;
  readonly renewal?: Account['renewal'];
}

function account(
  id: string,
  { key = id, told = false, provider = 'alibabaCloud', level = 'normal', sandbox, renewal }: Given = {},
): Account {
  const keys = { accessKeyId: key, accessKeySecret: 's' };
  return {
    id,
    provider,
    name: `name of ${id}`,
    source: `source of ${id}`,
    level,
    ...(told ? { keyMark: keyFingerprint(keys) } : {}),
    ...(sandbox && { sandbox }),
    ...(renewal && { renewal }),
    credentials: () => Promise.resolve(keys),
  };
}

function create(accounts: Account[], kept: Readonly<Record<string, unknown>> = {}, ready?: Promise<void>) {
  const changed = new Emitter<void>();
  const source: AccountSource = {
    list: () => accounts,
    onDidChange: changed.event,
    dispose: () => undefined,
    ...(ready && { ready }),
  };
  const memory = createMemory(kept);
  const levels = new AccountLevels(memory);
  const registry = new AccountRegistry([source], levels);
  const level = (id: string): string | undefined => registry.get(id)?.level;
  const sign = async (...ids: string[]): Promise<void> => {
    for (const id of ids) await registry.get(id)?.credentials();
  };
  let changes = 0;
  registry.onDidChange(() => changes++);
  const owner = (id: string, accountId: string, key = id): void =>
    registry.learn(id, keyFingerprint({ accessKeyId: key, accessKeySecret: '' }), {
      accountId,
      caller: `${accountId}/u`,
    });
  return { accounts, memory, levels, registry, level, sign, owner, changed, changes: () => changes };
}

describe('the mark of an account counts', () => {
  test('for the same key under another name, at once where the key is told', async () => {
    const { registry, level } = create([
      account('prod', { key: 'K', told: true }),
      account('env', { key: 'K', told: true }),
    ]);
    await registry.mark('prod', 'readOnly');
    assert.equal(level('env'), 'readOnly');
    const env = registry.get('env');
    assert.ok(env);
    assert.deepEqual(env.levelFrom, { name: 'name of prod', source: 'source of prod', by: 'key' });
    assert.equal(
      readOnlyText(env),
      'The account "name of env" is read-only: "name of prod" (source of prod) with the same key is marked read-only.',
    );
    assert.equal(registry.get('prod')?.levelFrom, undefined);
  });

  test('for the same key once it has signed', async () => {
    const { registry, level, sign, changes } = create([account('prod', { key: 'K' }), account('env', { key: 'K' })]);
    await sign('prod');
    await registry.mark('prod', 'production');
    assert.equal(level('env'), 'normal');
    const before = changes();
    await sign('env');
    assert.deepEqual([level('env'), changes()], ['production', before + 1]);
  });

  test('for another key of the same owner', async () => {
    const { registry, level, owner } = create([account('prod'), account('ops')]);
    await registry.mark('prod', 'readOnly');
    owner('prod', '123');
    assert.equal(registry.needsOwner('ops'), true);
    owner('ops', '123');
    assert.deepEqual(
      [level('ops'), registry.get('ops')?.levelFrom?.by, registry.needsOwner('ops')],
      ['readOnly', 'owner', false],
    );
    assert.match(
      levelReason(registry.get('ops') ?? account('')) ?? '',
      /of the same cloud account is marked read-only/,
    );
  });

  test('the strictest of several', async () => {
    const { registry, level } = create(['a', 'b', 'c'].map((id) => account(id, { key: 'K', told: true })));
    await registry.mark('a', 'production');
    await registry.mark('b', 'readOnly');
    assert.deepEqual(['a', 'b', 'c'].map(level), ['readOnly', 'readOnly', 'readOnly']);
    assert.equal(registry.get('a')?.levelFrom?.name, 'name of b');
    await registry.mark('b', 'normal');
    assert.deepEqual(['a', 'b', 'c'].map(level), ['production', 'production', 'production']);
  });

  test('where it is kept with the account itself', () => {
    const { level } = create([
      account('stored:a', { key: 'K', told: true, level: 'readOnly' }),
      account('env', { key: 'K', told: true }),
    ]);
    assert.equal(level('env'), 'readOnly');
  });

  test('not for other keys, other owners, the other cloud or the sandbox', async () => {
    const { registry, level, owner } = create([
      account('prod', { key: 'K', told: true }),
      account('other', { told: true }),
      account('volc', { key: 'K', told: true, provider: 'volcengine' }),
      account('sandbox', { key: 'K', told: true, sandbox: true }),
    ]);
    await registry.mark('prod', 'readOnly');
    owner('prod', '123', 'K');
    owner('other', '124');
    assert.deepEqual(['other', 'volc', 'sandbox'].map(level), ['normal', 'normal', 'normal']);
    assert.equal(registry.needsOwner('sandbox'), false);
  });

  test('not for an owner whose keys the account has no longer', async () => {
    const { accounts, registry, level, owner } = create([account('prod'), account('ops', { told: true })]);
    await registry.mark('prod', 'readOnly');
    owner('prod', '123');
    owner('ops', '123');
    assert.equal(level('ops'), 'readOnly');
    accounts.splice(1, 1, account('ops', { told: true, key: 'another' }));
    assert.equal(level('ops'), 'normal');
  });

  test('nobody is asked for owners where nothing is marked', () => {
    assert.equal(create([account('a'), account('b')]).registry.needsOwner('a'), false);
  });
});

describe('the mark of an account that vanished', () => {
  test('still counts for its keys, in the next session, too', async () => {
    const { registry, memory } = create([account('profile:alibabaCloud:cli:prod', { key: 'K', told: true })]);
    await registry.mark('profile:alibabaCloud:cli:prod', 'readOnly');
    const kept = Object.fromEntries([...memory.kept].map(([key, text]) => [key, JSON.parse(text) as unknown]));
    const { level, registry: next } = create(
      [account('profile:alibabaCloud:cli:renamed', { key: 'K', told: true })],
      kept,
    );
    assert.equal(level('profile:alibabaCloud:cli:renamed'), 'readOnly');
    await settled();
    assert.match(
      next.problems()[0]?.title ?? '',
      /"name of profile:alibabaCloud:cli:prod" is marked read-only but no longer exists/,
    );
  });

  test('still counts for its owner', async () => {
    const { accounts, registry, level, owner } = create([account('prod'), account('ops')]);
    await registry.mark('prod', 'production');
    owner('prod', '123');
    owner('ops', '123');
    accounts.shift();
    assert.equal(level('ops'), 'production');
  });

  test('is said once every source was read, and not before', async () => {
    let open = (): void => undefined;
    const ready = new Promise<void>((resolve) => (open = resolve));
    const { registry, changes } = create([], { accountLevels: { 'profile:x:cli:prod': 'readOnly' } }, ready);
    await settled();
    assert.deepEqual([registry.problems(), changes()], [[], 0]);
    open();
    await settled();
    assert.deepEqual([registry.problems().length, changes()], [1, 1]);
    assert.match(registry.problems()[0]?.title ?? '', /^"prod" is marked read-only/);
  });

  test('is not said for a level that guards nothing', async () => {
    const { registry } = create([], { accountLevels: { 'profile:x:cli:prod': 'normal' } });
    await settled();
    assert.deepEqual(registry.problems(), []);
  });

  test('goes to the account with the same key that is marked next', async () => {
    const { accounts, registry, level } = create([account('prod', { key: 'K', told: true })]);
    await registry.mark('prod', 'readOnly');
    accounts.splice(0, 1, account('renamed', { key: 'K', told: true }));
    await settled();
    assert.equal(level('renamed'), 'readOnly');
    await registry.mark('renamed', 'normal');
    assert.deepEqual([level('renamed'), registry.problems()], ['normal', []]);
  });

  test('can be taken away', async () => {
    const { accounts, registry, levels, level } = create([
      account('prod', { key: 'K', told: true }),
      account('b', { key: 'K', told: true }),
    ]);
    await registry.mark('prod', 'readOnly');
    accounts.shift();
    assert.equal(level('b'), 'readOnly');
    await levels.forget('prod');
    assert.deepEqual([level('b'), registry.problems()], ['normal', []]);
  });
});

test('what is remembered holds no key, and nothing odd in it is in the way', async () => {
  const { registry, memory, sign } = create([account('prod', { key: 'LTAI-CANARY' })]);
  await sign('prod');
  await registry.mark('prod', 'readOnly');
  assert.doesNotMatch(JSON.stringify([...memory.kept]), /CANARY/);
  for (const odd of [7, 'x', [], { prod: 7 }, { prod: { keys: 'x', name: 9 } }])
    assert.equal(
      create([account('prod')], { accountLevels: { prod: 'readOnly' }, accountMarks: odd }).level('prod'),
      'readOnly',
    );
});

test('of keys that are renewed the owner is remembered, not each key', async () => {
  const { registry, memory, sign, owner } = create([account('sso', { renewal: 'unnamed' })]);
  await registry.mark('sso', 'readOnly');
  await sign('sso');
  owner('sso', '123');
  assert.deepEqual((JSON.parse(memory.kept.get('accountMarks') ?? '{}') as Record<string, object>)['sso'], {
    provider: 'alibabaCloud',
    name: 'name of sso',
    source: 'source of sso',
    keys: [],
    owners: ['123'],
  });
});
