import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Account, Renewal } from '../../../../src/core/account';
import { CloudError } from '../../../../src/core/cloudError';
import type { Provider } from '../../../../src/core/provider';
import { forgetRemoved } from '../../../../src/services/inventory/forgetRemoved';
import { Emitter } from '../../../../src/util/lifecycle';
import { planRemoval } from '../../support/actions';
import { FakeCloud, fakeAccount, fakeProvider } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

const place = { provider: 'alibabaCloud', accountId: 'a', region: 'r-1' } as const;
const kind = 'managedInstance';

interface Setting {
  readonly renewal?: Renewal;
  /** Whether the cloud can tell whose keys they are. */
  readonly tells?: boolean;
}

/** Account `a` of owner `a`, whose rows were read; its keys can be exchanged without a word. */
async function create({ renewal, tells = true }: Setting = {}) {
  const cloud = new FakeCloud();
  const { identity: _, ...silent } = fakeProvider;
  const provider: Provider = tells ? fakeProvider : silent;
  const keys = { now: 'a:1' };
  const account: Account = {
    ...fakeAccount('a'),
    ...(renewal && { renewal }),
    credentials: () => Promise.resolve({ accessKeyId: keys.now, accessKeySecret: 'secret-of-a-test' }),
  };
  const made = createWorkplace([account], {}, { providers: [provider], transport: cloud.transport });
  cloud.put('a', 'r-1', { id: 'x', name: 'web' }, { id: 'y', name: 'db' });
  cloud.put('b', 'r-1', { id: 'z', name: 'other' });
  const { inventory } = made;
  const list = async (refresh = false): Promise<string[]> => {
    const listing = await inventory.list(place, kind, { refresh });
    await listing.finished;
    return [...listing.items.keys()];
  };
  const shown = (): string[] => [...(inventory.peek(place, kind)?.items.keys() ?? [])];
  const gone = async (...ids: string[]): Promise<string[] | CloudError> => {
    try {
      const found = await inventory.lookup(place, kind, ids);
      return ids.filter((id) => !found.has(id));
    } catch (error) {
      if (CloudError.is(error)) return error;
      throw error;
    }
  };
  await list();
  await inventory.regions('a');
  await inventory.identity('a');
  return { ...made, cloud, keys, list, shown, gone };
}

const refusal = /"x" was read with other keys of "Account a".*does not mean that it is gone/;

describe('rows that were read with other keys', () => {
  const check = (name: string, setting: Setting, next: string, stays: boolean): void => {
    test(`${name}: ${stays ? 'stay' : 'are dropped, and none of them is called gone'}`, async () => {
      const { keys, gone, shown, inventory, list, cloud } = await create(setting);
      keys.now = next;
      cloud.remove('a', 'r-1', 'x');
      const said = await gone('x');
      if (stays) {
        assert.deepEqual([said, shown(), inventory.knownRegions('a') !== undefined], [['x'], ['y'], true]);
        return;
      }
      assert.ok(said instanceof CloudError);
      assert.match(said.message, refusal);
      assert.deepEqual([shown(), inventory.knownRegions('a')], [[], undefined]);
      assert.deepEqual(await list(), next.startsWith('b') ? ['z'] : ['y']);
      // Said once more, from a selection that was made before: still not gone.
      assert.ok((await gone('x')) instanceof CloudError);
    });
  };
  const other = 'b:1';
  const renewed = 'a:2';
  for (const renewal of ['asked', 'unnamed'] as const) {
    check(`${renewal}, renewed for the same owner`, { renewal }, renewed, true);
    check(`${renewal}, of another owner`, { renewal }, other, false);
  }
  check("named: renewed keys are the same owner's", { renewal: 'named' }, renewed, true);
  check('static, of another owner', {}, other, false);
  check('static, of an owner who was asked for before', {}, renewed, true);
  check('unnamed where the cloud cannot tell', { renewal: 'unnamed', tells: false }, renewed, false);
  check('static where the cloud cannot tell', { tells: false }, renewed, false);
  check('asked where the cloud cannot tell', { renewal: 'asked', tells: false }, renewed, true);
  check('named where the cloud cannot tell', { renewal: 'named', tells: false }, renewed, true);

  test('come back with their owner, and can then be gone', async () => {
    const { keys, gone, list, cloud } = await create({ renewal: 'unnamed' });
    keys.now = 'b:1';
    await list(true);
    assert.ok((await gone('x')) instanceof CloudError);
    keys.now = 'a:7';
    await list(true);
    await list();
    cloud.remove('a', 'r-1', 'x');
    assert.deepEqual(await gone('x'), ['x']);
  });

  test('never stand beside those of another owner', async () => {
    const { keys, list, shown } = await create({ renewal: 'unnamed' });
    keys.now = 'b:1';
    await list(true);
    assert.deepEqual(await list(), ['z']);
    assert.deepEqual(shown(), ['z']);
  });

  test('of a search are not called gone either', async () => {
    const { keys, gone, inventory, cloud } = await create();
    cloud.put('a', 'r-1', { id: 'i-found', name: 'found' });
    await inventory.search(place, kind, { Ids: ['i-found'] });
    keys.now = 'b:1';
    assert.ok((await gone('i-found')) instanceof CloudError);
  });

  test('are not planned as gone', async () => {
    const { keys, gate } = await create();
    keys.now = 'b:1';
    const plan = await planRemoval(gate, [target('a', 'r-1', 'x')]);
    const [planned] = plan?.groups[0]?.targets ?? [];
    assert.equal(planned?.verdict, 'refused');
    assert.match(planned.findings[0]?.text ?? '', refusal);
  });

  test('one that nobody read can be gone', async () => {
    const { keys, gone } = await create();
    keys.now = 'b:1';
    assert.deepEqual(await gone('i-typed'), ['i-typed']);
  });
});

test('the owner that is shown is the one of the keys as they are now', async () => {
  const { keys, inventory, cloud } = await create({ renewal: 'asked' });
  assert.equal((await inventory.identity('a'))?.accountId, 'a');
  const asked = cloud.count('WhoAmI');
  await inventory.identity('a');
  assert.equal(cloud.count('WhoAmI'), asked);
  keys.now = 'b:1';
  assert.equal((await inventory.identity('a'))?.accountId, 'b');
});

test('who is signed in is looked at again when a file of accounts changed', async () => {
  const { keys, accounts, inventory, shown } = await create({ renewal: 'unnamed' });
  const changed = new Emitter<void>();
  const registry = { list: () => accounts, get: () => accounts[0], onDidChange: changed.event };
  const subscription = forgetRemoved(registry, inventory);
  const dropped = new Promise<void>((resolve) =>
    inventory.onDidChange(({ accountId }) => accountId === 'a' && resolve()),
  );
  keys.now = 'a:2';
  changed.fire();
  await inventory.verifyOwner('a');
  assert.deepEqual(shown(), ['x', 'y']);
  keys.now = 'b:1';
  changed.fire();
  await dropped;
  assert.deepEqual(shown(), []);
  subscription.dispose();
});

test('keys that never change by themselves are not asked about', async () => {
  const cloud = new FakeCloud();
  const { inventory } = createWorkplace(
    [fakeAccount('a')],
    {},
    { providers: [fakeProvider], transport: cloud.transport },
  );
  const listing = await inventory.list(place, kind);
  await listing.finished;
  await inventory.regions('a');
  assert.equal(cloud.count('WhoAmI'), 0);
});
