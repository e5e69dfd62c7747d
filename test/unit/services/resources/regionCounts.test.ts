import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeId, type RegionNode } from '../../../../src/services/resources/nodes';
import { rowOf, tooltipOf } from '../../../../src/services/resources/nodeTypes';
import { sumOf, tallyWords, type Tally } from '../../../../src/services/resources/tally';
import { fakeAccount, fakeKinds } from '../../support/fakeCloud';
import { createTreePlace, kindNode, things } from '../../support/treePlace';

const region: RegionNode = { type: 'region', place: kindNode('a').place };

function tally(count: number, states: Record<string, number> = {}, isAll = true): Tally {
  return { count, states: new Map(Object.entries(states)), isAll };
}

describe('a tally in words', () => {
  const check = (given: Tally, expected: string): void =>
    void it(expected, () => assert.equal(tallyWords(given, 'en'), expected));
  check(tally(0), '0');
  check(tally(24), '24');
  check(tally(24, { Disconnected: 3 }), '24, 3 disconnected');
  check(tally(1300, { Stopped: 2, Disconnected: 1100 }), '1,300, 1,100 disconnected, 2 stopped');
  check(tally(9, { A: 1, B: 2, C: 3 }), '9, 3 c, 2 b');
  check(tally(2000, { Disconnected: 3 }, false), '2,000+, 3+ disconnected');
  check(sumOf([tally(2, { Stopped: 1 }), tally(3, { Stopped: 2 })]), '5, 3 stopped');
  check(sumOf([tally(2), tally(3, {}, false)]), '5+');
});

describe('the count of a region', () => {
  async function opened(...kinds: readonly (keyof typeof fakeKinds)[]) {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(3, 'Running'), { id: 'x', name: 'x', state: 'Stopped' });
    for (const kind of kinds) await place.open(kindNode('a', 'r-1', fakeKinds[kind].id));
    return { place, description: () => rowOf(region, place.context).description };
  }

  it('is not said before anything is known, and asks no cloud', async () => {
    const { place, description } = await opened();
    assert.equal(description(), undefined);
    assert.equal(place.cloud.count('ListThings'), 0);
  });

  it('says that hosts of another kind were not read', async () => {
    const { description } = await opened('single');
    assert.equal(description(), '4+, 3+ running, 1+ stopped');
  });

  it('counts hosts and not what registers them', async () => {
    const { place, description } = await opened('single', 'batch', 'tokenless');
    assert.equal(description(), '8, 6 running, 2 stopped');
    const tooltip = await tooltipOf(region, place.context);
    assert.deepEqual(
      tooltip?.lines.map(({ value }) => value),
      ['r-1', '4, 3 running, 1 stopped', '4, 3 running, 1 stopped', '4, 3 running, 1 stopped'],
    );
  });

  it('is spoken behind the name', async () => {
    const { place } = await opened('single', 'batch');
    assert.match(rowOf(region, place.context).spoken ?? '', /^Region .*r-1, 8, 6 running, 2 stopped$/);
  });

  it('tells of what the filter shows', async () => {
    const { place, description } = await opened('single', 'batch');
    await place.view.setFilter({ state: 'Stopped' });
    assert.equal(description(), '2, 2 stopped');
  });

  it('is drawn again with the region when it is another one', async () => {
    const { place, description } = await opened('single', 'batch');
    assert.equal(description(), '8, 6 running, 2 stopped');
    place.cloud.put('a:1', 'r-1', { id: 'x', name: 'x', state: 'Running' });
    place.changes.length = 0;
    await place.model.refresh({ type: 'resource', target: { ...region.place, kind: 'managedInstance', id: 'x' } });
    assert.deepEqual(place.changes, [[nodeId(region)]]);
    assert.equal(description(), '8, 7 running, 1 stopped');
  });

  it('leaves the region alone when only a name changed', async () => {
    const { place, description } = await opened('single', 'batch');
    description();
    place.cloud.put('a:1', 'r-1', { id: 'x', name: 'other', state: 'Stopped' });
    place.changes.length = 0;
    await place.model.refresh({ type: 'resource', target: { ...region.place, kind: 'managedInstance', id: 'x' } });
    assert.equal(place.changes.flat().includes(nodeId(region)), false);
  });
});
