import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CloudError } from '../../../../src/core/cloudError';
import type { Place } from '../../../../src/core/target';
import type { InventoryChange } from '../../../../src/services/inventory/inventory';
import { fakeAccount } from '../../support/fakeCloud';
import { createHeldCloud } from '../../support/heldCloud';
import { settled } from '../../support/manualClock';
import { createWorkplace } from '../../support/workplace';

const place: Place = { provider: 'alibabaCloud', accountId: 'a', region: 'r-1' };
const kind = 'managedInstance';

function create(count = 3) {
  const made = createHeldCloud([fakeAccount('a'), fakeAccount('b')]);
  for (let i = 0; i < count; i++) made.cloud.put('a', 'r-1', { id: `x${i}`, name: `name ${i}` });
  const changes: InventoryChange[] = [];
  made.inventory.onDidChange((change) => changes.push(change));
  const ids = (): string[] => [...(made.inventory.peek(place, kind)?.items.keys() ?? [])].sort();
  const list = async (options?: Parameters<typeof made.inventory.list>[2]) => {
    const listing = await made.inventory.list(place, kind, options);
    await listing.finished;
    return listing;
  };
  return { ...made, changes, ids, list };
}

describe('lists', () => {
  test('all who ask at the same time share one reading', async () => {
    const { inventory, cloud } = create(1);
    const [one, two] = await Promise.all([inventory.list(place, kind), inventory.list(place, kind)]);
    assert.equal(one, two);
    assert.equal(cloud.count('ListThings'), 1);
  });

  test('are kept: who asks later sends nothing', async () => {
    const { list, cloud } = create(1);
    await list();
    await list();
    assert.equal(cloud.count('ListThings'), 1);
  });

  test('are kept apart by account, region and kind', async () => {
    const { inventory, cloud } = create(1);
    cloud.put('b', 'r-1', { id: 'x0', name: 'of b' });
    cloud.put('a', 'r-2', { id: 'x0', name: 'elsewhere' });
    const names = await Promise.all(
      [place, { ...place, accountId: 'b' }, { ...place, region: 'r-2' }].map(
        async (p) => (await inventory.list(p, kind)).items.get('x0')?.['name'],
      ),
    );
    assert.deepEqual(names, ['name 0', 'of b', 'elsewhere']);
  });

  test('know of each record which answer it came with', async () => {
    const { list, inventory } = create(3);
    const listing = await list();
    const listed = [...listing.items.values()].map((item) => inventory.exchangeOf(item));
    // Two rows a page.
    assert.equal(new Set(listed).size, 2);
    assert.ok(!listed.includes(undefined));
    const found = await inventory.lookup(place, kind, ['x0']);
    const fresh = found.get('x0') ?? assert.fail();
    assert.ok(!listed.includes(inventory.exchangeOf(fresh)));
    assert.equal(listing.items.get('x0'), fresh);
    const hits = await inventory.search(place, kind, { Ids: ['x1'] });
    assert.ok(inventory.exchangeOf(hits.items.get('x1') ?? assert.fail()));
    assert.equal(inventory.exchangeOf({ id: 'x0' }), undefined);
  });

  test('a failure is in the list, not thrown, and is not asked again without being told to', async () => {
    const { list, cloud } = create(1);
    cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    assert.equal((await list()).error?.reason, 'permission');
    await list();
    assert.equal(cloud.count('ListThings'), 1);
    assert.equal((await list({ refresh: true })).error, undefined);
  });

  test('an unsupported region is a fact', async () => {
    const { list, cloud } = create(1);
    cloud.fault('ListThings', { kind: 'error', code: 'Unsupported', status: 400 });
    assert.equal((await list()).unsupported, true);
  });

  test('a narrowed list stands beside the whole one', async () => {
    const { inventory, list, cloud } = create(3);
    cloud.put('a', 'r-1', { id: 'stopped', name: 's', state: 'Stopped' });
    const whole = await list();
    const narrowed = await list({ filter: { status: 'Stopped' } });
    assert.deepEqual([whole.items.size, [...narrowed.items.keys()]], [4, ['stopped']]);
    assert.equal(inventory.peek(place, kind), whole);
    assert.equal(inventory.peek(place, kind, { status: 'Stopped' }), narrowed);
    assert.equal(cloud.requests.at(-1)?.params['State'], 'Stopped');
  });

  test('filters that ask the cloud the same are the same list', async () => {
    const { list } = create(1);
    const first = await list({ filter: { status: 'a', activationId: 'b' } });
    assert.equal(await list({ filter: { activationId: 'b', status: 'a' } }), first);
    assert.equal(await list({ filter: { activationId: 'b', status: 'a', osType: 'not asked for' } }), first);
    assert.notEqual(await list({ filter: { status: 'a' } }), first);
    assert.equal(await list({ filter: {} }), await list({ filter: { osType: 'x' } }));
  });

  test('a narrowed list that nobody sees any more is stopped and forgotten, the whole one stays', async () => {
    const { inventory, list, held, hold, letGo, cloud } = create(9);
    await list();
    const before = cloud.count('ListThings');
    hold();
    const old = inventory.list(place, kind, { filter: { status: 'a' } });
    await settled();
    inventory.keepNarrowed({ status: 'b' });
    await held.shift()?.go();
    await letGo();
    await old;
    assert.equal(cloud.count('ListThings'), before + 1);
    assert.equal(inventory.peek(place, kind, { status: 'a' }), undefined);
    assert.equal(inventory.peek(place, kind)?.items.size, 9);
    const kept = await list({ filter: { status: 'b' } });
    inventory.keepNarrowed({ status: 'b' });
    assert.equal(inventory.peek(place, kind, { status: 'b' }), kept);
  });

  test('a row that is gone or changed is so in every list that has it', async () => {
    const { inventory, cloud } = create(0);
    cloud.put('a', 'r-1', { id: 'x', name: 'old', state: 'S' }, { id: 'y', name: 'y', state: 'S' });
    const lists = [await inventory.list(place, kind), await inventory.list(place, kind, { filter: { status: 'S' } })];
    cloud.put('a', 'r-1', { id: 'x', name: 'new', state: 'S' });
    await inventory.lookup(place, kind, ['x']);
    inventory.forget(place, kind, ['y']);
    for (const { items } of lists) assert.deepEqual([[...items.keys()], items.get('x')?.['name']], [['x'], 'new']);
  });

  test('the record that was read last is the one that is shown', async () => {
    const { inventory, cloud, clock } = create(0);
    cloud.put('a', 'r-1', { id: 'x', name: 'old', state: 'S' });
    await inventory.list(place, kind);
    await inventory.peek(place, kind)?.finished;
    clock.advance(1_000);
    cloud.put('a', 'r-1', { id: 'x', name: 'new', state: 'S' });
    await inventory.list(place, kind, { filter: { status: 'S' } });
    assert.equal(inventory.item(place, kind, 'x')?.['name'], 'new');
    await inventory.peek(place, kind, { status: 'S' })?.finished;
    clock.advance(1_000);
    cloud.put('a', 'r-1', { id: 'x', name: 'newest', state: 'S' });
    await inventory.list(place, kind, { refresh: true });
    await inventory.peek(place, kind)?.finished;
    assert.equal(inventory.item(place, kind, 'x')?.['name'], 'newest');
  });

  test('a refresh reads the whole list and the narrowed one', async () => {
    const { inventory, list, cloud } = create(1);
    await list();
    await list({ filter: { status: 'a' } });
    const before = cloud.count('ListThings');
    await inventory.refresh({ place, kind });
    assert.equal(cloud.count('ListThings'), before + 2);
    await inventory.refresh();
    assert.equal(cloud.count('ListThings'), before + 4);
  });

  test('a search leaves the lists as they are', async () => {
    const { inventory, changes } = create(3);
    const { items, more } = await inventory.search(place, kind, { Ids: ['x1'] });
    assert.deepEqual([[...items.keys()], more, changes], [['x1'], false, []]);
    assert.equal(inventory.peek(place, kind), undefined);
  });

  test('an account that is not there is said so', async () => {
    const { inventory } = create();
    await assert.rejects(inventory.list({ ...place, accountId: 'nobody' }, kind), (e) => CloudError.is(e, 'auth'));
  });
});

describe('refreshing', () => {
  test('one list keeps its rows until the new ones are there', async () => {
    const { inventory, list, cloud, held, hold, letGo, ids } = create(1);
    await list();
    cloud.remove('a', 'r-1', 'x0');
    hold();
    const refreshed = inventory.refresh({ place, kind });
    await settled();
    assert.deepEqual([ids(), held.length], [['x0'], 1]);
    await letGo();
    await refreshed;
    assert.deepEqual(ids(), []);
  });

  test('an account reads its lists anew, and no other account', async () => {
    const { inventory, cloud, list } = create(1);
    cloud.put('b', 'r-1', { id: 'y', name: 'y' });
    await list();
    await inventory.list({ ...place, accountId: 'b' }, kind);
    await inventory.refresh({ accountId: 'a' });
    assert.deepEqual(
      cloud.requests.map((r) => r.accountKey),
      ['a:1', 'b:1', 'a:1'],
    );
  });

  test('a place reads its kinds anew, regions stay', async () => {
    const { inventory, cloud, list } = create(1);
    await inventory.regions('a');
    await list();
    await inventory.refresh({ place });
    assert.deepEqual([cloud.count('ListThings'), cloud.count('ListRegions')], [2, 1]);
    await inventory.refresh();
    await inventory.regions('a');
    assert.equal(cloud.count('ListRegions'), 2);
  });

  test('a row forgotten meanwhile does not come back', async () => {
    const { inventory, list, held, hold, letGo, ids } = create(6);
    await list();
    hold();
    const refreshed = inventory.refresh({ place, kind });
    await settled();
    await held.shift()?.go();
    inventory.forget(place, kind, ['x0', 'x5']);
    await letGo();
    await refreshed;
    await inventory.peek(place, kind)?.finished;
    assert.deepEqual(ids(), ['x1', 'x2', 'x3', 'x4']);
  });
});

describe('looking up', () => {
  test('updates the rows that are shown and takes away those that are gone', async () => {
    const { inventory, list, cloud, ids, changes } = create(3);
    const listing = await list();
    cloud.put('a', 'r-1', { id: 'x0', name: 'renamed' });
    cloud.remove('a', 'r-1', 'x1');
    changes.length = 0;
    const found = await inventory.lookup(place, kind, ['x0', 'x1']);
    assert.deepEqual([...found.keys()], ['x0']);
    assert.deepEqual([ids(), listing.items.get('x0')?.['name'], listing.total], [['x0', 'x2'], 'renamed', 2]);
    assert.deepEqual(changes, [{ place, kind, ids: ['x0', 'x1'] }]);
  });

  test('adds no row to a list that does not show it', async () => {
    const { inventory, list, cloud, ids } = create(1);
    await list();
    cloud.put('a', 'r-1', { id: 'new', name: 'new' });
    assert.equal((await inventory.lookup(place, kind, ['new'])).size, 1);
    assert.deepEqual(ids(), ['x0']);
  });

  test('asks for no more ids at once than the API takes', async () => {
    const { inventory, cloud } = create(8);
    const ids = Array.from({ length: 8 }, (_, i) => `x${i}`);
    assert.equal((await inventory.lookup(place, kind, ids)).size, 8);
    assert.deepEqual(cloud.requests.map((r) => (r.params['Ids'] as string[]).length).sort(), [2, 3, 3]);
  });

  test('a failure is thrown, and no row is touched', async () => {
    const { inventory, list, cloud, ids } = create(1);
    await list();
    cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    await assert.rejects(inventory.lookup(place, kind, ['x0']), (e) => CloudError.is(e, 'permission'));
    assert.deepEqual(ids(), ['x0']);
  });

  describe('a gateway that ignores the ids', () => {
    /** Answers every lookup with the first page of everything. */
    function createIgnoring(...there: string[]) {
      const made = createWorkplace([fakeAccount('a')]);
      made.cloud.put('a', 'r-1', ...there.map((id) => ({ id, name: id })));
      const { inventory, cloud } = made;
      cloud.onRequest = ({ params }) => {
        if ('Ids' in params) Object.assign(params, { Ids: undefined, PageSize: 2 });
      };
      return inventory;
    }

    test('does not make other resources look like those asked for', async () => {
      assert.deepEqual([...(await createIgnoring('x', 'y').lookup(place, kind, ['y'])).keys()], ['y']);
    });

    test('does not make a resource on another page look gone', async () => {
      await assert.rejects(createIgnoring('x', 'y', 'z').lookup(place, kind, ['z']), (e) =>
        CloudError.is(e, 'unexpectedAnswer'),
      );
    });
  });
});

describe('regions and owners', () => {
  test('regions are read once for all who ask, and kept', async () => {
    const { inventory, cloud } = create();
    await Promise.all([inventory.regions('a'), inventory.regions('a')]);
    assert.deepEqual(
      (await inventory.regions('a')).regions.map((r) => r.id),
      ['r-1', 'r-2'],
    );
    assert.equal(cloud.count('ListRegions'), 1);
    assert.equal(inventory.regionName(place), 'Region r-1');
    assert.equal(inventory.regionName({ ...place, region: 'r-9' }), 'r-9');
  });

  test('a failure is not kept', async () => {
    const { inventory, cloud } = create();
    cloud.fault('ListRegions', { kind: 'error', code: 'Denied', status: 403 });
    await assert.rejects(inventory.regions('a'));
    assert.equal((await inventory.regions('a')).regions.length, 2);
  });

  test('whoever turns away does not cancel the others', async () => {
    const { inventory, cloud } = create();
    cloud.fault('ListRegions', { kind: 'hang' });
    const abort = new AbortController();
    const first = inventory.regions('a', abort.signal);
    const second = inventory.regions('a');
    await settled();
    abort.abort();
    await assert.rejects(first, (e) => CloudError.is(e, 'cancelled'));
    assert.equal((await second).regions.length, 2);
  });

  test('the owner is remembered until the account is refreshed', async () => {
    const { inventory, cloud } = create();
    assert.equal((await inventory.identity('a'))?.accountId, 'a');
    await inventory.identity('a');
    assert.equal(cloud.count('WhoAmI'), 1);
    await inventory.refresh({ accountId: 'a' });
    await inventory.identity('a');
    assert.equal(cloud.count('WhoAmI'), 2);
  });
});

describe('an account that is dropped', () => {
  test('leaves nothing behind', async () => {
    const { inventory, list } = create();
    await list();
    await inventory.regions('a');
    inventory.dropAccount('a');
    assert.deepEqual([inventory.peek(place, kind), inventory.knownRegions('a')], [undefined, undefined]);
  });

  test('what was asked with its old keys is not kept when it arrives afterwards', async () => {
    const { inventory, cloud, held, hold, letGo, accounts } = create();
    hold();
    const regions = inventory.regions('a');
    const owner = inventory.identity('a');
    const listing = inventory.list(place, kind);
    await settled();
    assert.equal(held.length, 3);
    inventory.dropAccount('a');
    accounts.splice(0, 1, fakeAccount('a', { key: 'other:1' }));
    await letGo();
    await Promise.all([regions, owner, listing]);
    assert.deepEqual([inventory.peek(place, kind), inventory.knownRegions('a')], [undefined, undefined]);
    assert.equal((await inventory.identity('a'))?.accountId, 'other');
    assert.deepEqual([...(await inventory.list(place, kind)).items.keys()], []);
    assert.ok(cloud.requests.some((r) => r.accountKey === 'other:1'));
  });

  test('a lookup with its old keys takes no row from the new list', async () => {
    const { inventory, cloud, held, hold, letGo, accounts, list, ids } = create(0);
    cloud.put('other', 'r-1', { id: 'x', name: 'x' });
    hold();
    const found = inventory.lookup(place, kind, ['x']);
    await settled();
    const [old] = held.splice(0);
    inventory.dropAccount('a');
    accounts.splice(0, 1, fakeAccount('a', { key: 'other:1' }));
    await letGo();
    await list();
    assert.deepEqual(ids(), ['x']);
    await old?.go();
    assert.equal((await found).size, 0);
    assert.deepEqual(ids(), ['x']);
  });
});
