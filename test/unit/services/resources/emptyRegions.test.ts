import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeId, type Node } from '../../../../src/services/resources/nodes';
import { rowOf } from '../../../../src/services/resources/nodeTypes';
import { fakeAccount, fakeKinds } from '../../support/fakeCloud';
import { createTreePlace, kindNode, things } from '../../support/treePlace';

const account: Node = { type: 'account', accountId: 'a' };

/** Regions r-1 with hosts and r-2 without. */
async function create() {
  const place = createTreePlace([fakeAccount('a')]);
  place.cloud.put('a:1', 'r-1', ...things(2));
  await place.open(account);
  const read = async (region: string): Promise<void> => {
    for (const { id } of Object.values(fakeKinds)) await place.open(kindNode('a', region, id));
  };
  const regions = (): string[] => place.model.children(account).map((node) => rowOf(node, place.context).label);
  const top = (): string[] =>
    place.model.children().map((node) => {
      const { label, description } = rowOf(node, place.context);
      return node.type === 'message' ? `${label} | ${description ?? ''}` : label;
    });
  return { place, read, regions, top };
}

describe('empty regions', () => {
  it('are shown unless they are hidden', async () => {
    const { read, regions } = await create();
    await read('r-2');
    assert.deepEqual(regions(), ['Region r-1', 'Region r-2']);
  });

  it('are hidden only when all of their lists were read, and a row at the top says so', async () => {
    const { place, read, regions, top } = await create();
    await place.view.hideEmpty(true);
    assert.deepEqual(regions(), ['Region r-1', 'Region r-2']);
    assert.deepEqual(top(), ['Empty regions hidden: 0 | 2 not read yet · Show', 'Account a']);
    await place.open(kindNode('a', 'r-2'));
    assert.deepEqual(regions(), ['Region r-1', 'Region r-2']);
    await read('r-2');
    assert.deepEqual(regions(), ['Region r-1']);
    await read('r-1');
    assert.deepEqual(top(), ['Empty regions hidden: 1 | Show', 'Account a']);
    await place.view.hideEmpty(false);
    assert.deepEqual(regions(), ['Region r-1', 'Region r-2']);
    assert.deepEqual(top(), ['Account a']);
  });

  it('that could not be read are not taken for empty', async () => {
    const { place, read, regions } = await create();
    await place.view.hideEmpty(true);
    place.cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    await read('r-2');
    assert.deepEqual(regions(), ['Region r-1', 'Region r-2']);
  });

  it('that do not offer a kind are empty of it', async () => {
    const { place, read, regions } = await create();
    await place.view.hideEmpty(true);
    place.cloud.fault('ListThings', { kind: 'error', code: 'Unsupported', status: 400 });
    await read('r-2');
    assert.deepEqual(regions(), ['Region r-1']);
  });

  it('come back as soon as something is in them', async () => {
    const { place, read, regions } = await create();
    await place.view.hideEmpty(true);
    await read('r-2');
    regions();
    place.cloud.put('a:1', 'r-2', ...things(1));
    place.changes.length = 0;
    await place.inventory.refresh({ place: kindNode('a', 'r-2').place, kind: fakeKinds.single.id });
    await place.idle();
    assert.ok(place.changes.includes('all'));
    assert.deepEqual(regions(), ['Region r-1', 'Region r-2']);
  });

  it('leave words where nothing else is in the account', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    await place.open(account);
    await place.view.hideEmpty(true);
    for (const region of ['r-1', 'r-2'])
      for (const { id } of Object.values(fakeKinds)) await place.open(kindNode('a', region, id));
    const [only, ...rest] = place.model.children(account).map((node) => rowOf(node, place.context));
    assert.deepEqual(
      [only?.label, only?.description, only?.click, rest],
      ['Nothing in any region', 'Show empty regions', 'showEmptyRegions', []],
    );
  });

  it('stay hidden in the next session', async () => {
    const { place } = await create();
    await place.view.hideEmpty(true);
    assert.equal(place.everywhere.get('view.hidesEmpty'), true);
  });
});

describe('which rows are open', () => {
  it('is remembered in the workspace', () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.model.expansion.note(account, false);
    place.model.expansion.note(kindNode('a'), true);
    assert.deepEqual(place.workspace.get('view.expansion'), {
      [nodeId(account)]: false,
      [nodeId(kindNode('a'))]: true,
    });
  });

  it('is as it was kept, before anything is read, and without a call', () => {
    const place = createTreePlace([fakeAccount('a'), fakeAccount('b')], [], {
      'view.expansion': { [nodeId(account)]: true, [nodeId(kindNode('a'))]: true, odd: 3 },
    });
    const expand = (node: Node) => rowOf(node, place.context).expand;
    assert.equal(expand(account), 'expanded');
    assert.equal(expand(kindNode('a')), 'expanded');
    assert.equal(expand({ type: 'account', accountId: 'b' }), 'collapsed');
    assert.equal(place.cloud.requests.length, 0);
  });

  for (const kept of [undefined, null, 7, 'x', [], { a: 1 }])
    it(`is forgotten where ${JSON.stringify(kept)} was kept`, () => {
      const place = createTreePlace([fakeAccount('a')], [], { 'view.expansion': kept });
      assert.equal(rowOf(account, place.context).expand, 'expanded');
    });

  it('is kept for the rows that were touched last', () => {
    const place = createTreePlace([fakeAccount('a')]);
    for (let i = 0; i < 1_200; i++) place.model.expansion.note(kindNode('a', `r-${i}`), true);
    const kept = Object.keys(place.workspace.get('view.expansion') ?? {});
    assert.equal(kept.length, 1_000);
    assert.ok(kept.includes(nodeId(kindNode('a', 'r-1199'))) && !kept.includes(nodeId(kindNode('a', 'r-1'))));
  });
});
