import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Node } from '../../../../src/services/resources/nodes';
import { rowOf } from '../../../../src/services/resources/nodeTypes';
import { fakeAccount, fakeKinds, type Thing } from '../../support/fakeCloud';
import { ManualClock } from '../../support/manualClock';
import { createTreePlace, kindNode } from '../../support/treePlace';

const list = kindNode('a');
const place = list.place;

/** A view on screen with one list open, of these things. */
async function create(...things: readonly Thing[]) {
  const clock = new ManualClock();
  const accounts = [fakeAccount('a')];
  const tree = createTreePlace(accounts, [], {}, clock);
  const { cloud, model } = tree;
  cloud.put('a:1', 'r-1', ...things);
  const open = async (node: Node = list): Promise<void> => {
    for (const one of [{ type: 'region', place } as const, node]) model.expansion.note(one, true);
    model.children(node);
    await clock.advance(0);
    model.children(node);
  };
  model.sight.show(true);
  await open();
  /** The ids of each look since the last time this was asked, after so many seconds. */
  const looks = async (seconds: number): Promise<string[][]> => {
    const before = cloud.requests.length;
    for (let left = seconds * 1_000; left > 0; left -= 100) await clock.advance(100);
    return cloud.requests.slice(before).flatMap(({ params }) => (params['Ids'] === undefined ? [] : [idsIn(params)]));
  };
  const become = (state: string, ...ids: readonly string[]): void => {
    for (const id of ids) cloud.put('a:1', 'r-1', { id, name: id, state });
  };
  const stateOf = (id: string): unknown => tree.inventory.item(place, fakeKinds.single.id, id)?.['state'];
  return { ...tree, clock, accounts, open, looks, become, stateOf };
}

function idsIn(params: Readonly<Record<string, unknown>>): string[] {
  // The fake kinds name them so.
  return [...(params['Ids'] as string[])].sort();
}

const thing = (id: string, state: string): Thing => ({ id, name: id, state });

describe('rows in a transient state', () => {
  it('are read again by id after two to three seconds, and no other row is', async () => {
    const { looks } = await create(thing('i-1', 'Stopping'), thing('i-2', 'Running'));
    assert.deepEqual(await looks(1.9), []);
    assert.deepEqual(await looks(1.1), [['i-1']]);
  });

  it('show what the look found, and are left alone from then on', async () => {
    const { looks, become, stateOf } = await create(thing('i-1', 'Stopping'), thing('i-2', 'Running'));
    become('Stopped', 'i-1');
    // The rest of the list stays as it was read.
    become('Starting', 'i-2');
    assert.equal((await looks(3)).length, 1);
    assert.deepEqual([stateOf('i-1'), stateOf('i-2')], ['Stopped', 'Running']);
    assert.deepEqual(await looks(3_600), []);
  });

  it('say so with an ellipsis, as a run does, and only once while a run is at it', async () => {
    const { model, context } = await create(thing('i-1', 'Stopping'));
    const [row] = model.children(list);
    assert.ok(row);
    assert.equal(rowOf(row, context).description, 'Stopping…');
    assert.match(rowOf(row, context).spoken ?? '', /, Stopping…$/);
    const busy = { ...context, busy: { ...context.busy, doing: () => 'Stopping' } };
    assert.equal(rowOf(row, busy).description, 'Stopping…');
    const other = { ...context, busy: { ...context.busy, doing: () => 'Releasing' } };
    assert.equal(rowOf(row, other).description, 'Releasing… · Stopping…');
  });

  it('are read together in one call', async () => {
    const { looks } = await create(thing('i-1', 'Stopping'), thing('i-2', 'Starting'), thing('i-3', 'Running'));
    assert.deepEqual(await looks(3), [['i-1', 'i-2']]);
  });

  it('are read less often as time goes by, and not for ever', async () => {
    const { looks } = await create(thing('i-1', 'Stopping'));
    const counts = [await looks(20), await looks(20), await looks(60)].map(({ length }) => length);
    assert.deepEqual(counts, [4, 2, 3]);
    const all = (await looks(3_600)).length;
    assert.ok(all > 5 && all < 15, `${all}`);
    assert.deepEqual(await looks(3_600), []);
  });

  it('are looked at again when the list was refreshed after they were given up', async () => {
    const { looks, inventory } = await create(thing('i-1', 'Stopping'));
    await looks(3_600);
    await inventory.refresh({ place, kind: list.kind });
    assert.deepEqual(await looks(3), [['i-1']]);
  });

  it('begin anew with another state', async () => {
    const { looks, become } = await create(thing('i-1', 'Stopping'));
    await looks(300);
    become('Starting', 'i-1');
    await looks(36);
    assert.equal((await looks(8)).length, 2);
  });

  it('go when the cloud does not have them any more', async () => {
    const { looks, cloud, stateOf } = await create(thing('i-1', 'Stopping'));
    cloud.remove('a:1', 'r-1', 'i-1');
    assert.equal((await looks(3)).length, 1);
    assert.equal(stateOf('i-1'), undefined);
    assert.deepEqual(await looks(600), []);
  });
});

describe('nothing is read', () => {
  it('while the view is hidden; it goes on when it is shown again', async () => {
    const { looks, model } = await create(thing('i-1', 'Stopping'));
    model.sight.show(false);
    assert.deepEqual(await looks(600), []);
    model.sight.show(true);
    assert.deepEqual(await looks(3), [['i-1']]);
  });

  it('of lists that are not open', async () => {
    const { looks, model } = await create(thing('i-1', 'Stopping'));
    model.expansion.note(list, false);
    assert.deepEqual(await looks(600), []);
    model.expansion.note(list, true);
    model.expansion.note({ type: 'region', place }, false);
    assert.deepEqual(await looks(600), []);
    model.expansion.note({ type: 'region', place }, true);
    assert.deepEqual(await looks(3), [['i-1']]);
  });

  it('of groups that are not open', async () => {
    const { looks, model, view, open } = await create(thing('i-1', 'Stopping'), thing('i-2', 'Running'));
    await view.setGrouping('state');
    await open();
    assert.deepEqual(await looks(600), []);
    const group = model.children(list).find((node) => node.type === 'group' && node.label === 'Stopping');
    assert.ok(group);
    await open(group);
    assert.deepEqual(await looks(3), [['i-1']]);
  });

  it('of what a run works on: it reads that itself', async () => {
    const { looks, busy } = await create(thing('i-1', 'Stopping'), thing('i-2', 'Stopping'));
    const target = { ...place, kind: list.kind, id: 'i-1' };
    busy.set([target], true);
    assert.deepEqual(await looks(3), [['i-2']]);
    busy.set([target], false);
    assert.ok((await looks(3)).flat().includes('i-1'));
  });

  it('of an account that went away', async () => {
    const { looks, accounts, accountsChanged } = await create(thing('i-1', 'Stopping'));
    accounts.length = 0;
    accountsChanged.fire();
    assert.deepEqual(await looks(600), []);
  });
});

it('a look that fails is repeated later and later, and the rows stay', async () => {
  const { looks, cloud, stateOf } = await create(thing('i-1', 'Stopping'));
  const failures = Array.from({ length: 100 }, () => ({ kind: 'error', code: 'InternalError', status: 500 }) as const);
  cloud.fault('ListThings', ...failures);
  const before = failures.length;
  await looks(3_600);
  const tried = before - (cloud.faults.get('ListThings')?.length ?? 0);
  assert.ok(tried > 2 && tried < 8, `${tried} calls`);
  assert.equal(stateOf('i-1'), 'Stopping');
});

it('a list that does not answer holds up no other', async () => {
  const { looks, cloud, open } = await create(thing('i-1', 'Stopping'));
  cloud.put('a:1', 'r-2', thing('i-9', 'Stopping'));
  const other = kindNode('a', 'r-2');
  await open({ type: 'region', place: other.place });
  await open(other);
  cloud.patience = 2_000;
  cloud.fault('ListThings', { kind: 'hang' });
  assert.ok((await looks(20)).length > 3);
});
