import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CloudError } from '../../../../src/core/cloudError';
import type * as findResults from '../../../../src/host/resources/findResults';
import { fakeAccount, fakeKinds } from '../../support/fakeCloud';
import { FakeVscode, requireWith } from '../../support/fakeVscode';
import { ManualClock } from '../../support/manualClock';
import { createTreePlace } from '../../support/treePlace';
import { target } from '../../support/workplace';

const { FindResults } = requireWith<typeof findResults>(new FakeVscode(), 'resources/findResults');

type Box = ConstructorParameters<typeof FindResults>[0];

function create() {
  const { inventory, registry } = createTreePlace([fakeAccount('a')]);
  const clock = new ManualClock();
  const box: Box = {
    items: [],
    activeItems: [],
    selectedItems: [],
    canSelectMany: false,
    busy: true,
    placeholder: undefined,
    value: '',
  };
  const abort = new AbortController();
  const services = { accounts: registry, inventory, clock, language: 'en' };
  const results = new FindResults(box, 'web', services, abort.signal);
  const hit = (id: string): void =>
    results.hit({ target: target('a', 'r-1', id), item: { id, name: id }, kind: fakeKinds.single });
  const miss = (region: string): void =>
    results.miss({
      account: fakeAccount('a'),
      region,
      kind: undefined,
      error: new CloudError('No.', { reason: 'network', delivery: 'notSent' }),
    });
  const labels = (): string[] => box.items.map(({ label }) => label.replace(/^\$\([^)]*\) /, ''));
  return { clock, box, abort, results, hit, miss, labels };
}

describe('the list of what was found', () => {
  it('is drawn once for a burst of hits', async () => {
    const { clock, hit, labels } = create();
    for (const id of ['x', 'y', 'z']) hit(id);
    assert.deepEqual(labels(), []);
    await clock.advance(150);
    assert.deepEqual(labels(), ['x', 'y', 'z', 'Show all 3 in Hosts']);
  });

  it('keeps the line a person has come to while more arrives', async () => {
    const { clock, box, hit } = create();
    for (const id of ['x', 'y']) hit(id);
    await clock.advance(150);
    box.activeItems = box.items.slice(1, 2);
    const before = box.activeItems;
    hit('z');
    await clock.advance(150);
    assert.equal(box.items.length, 4);
    assert.deepEqual(box.activeItems, before);
  });

  it('keeps the line about what could not be searched as well', async () => {
    const { clock, box, hit, miss } = create();
    miss('r-1');
    await clock.advance(150);
    box.activeItems = box.items.slice(-1);
    miss('r-2');
    hit('x');
    await clock.advance(150);
    assert.deepEqual(box.activeItems, box.items.slice(-1));
  });

  it('is not drawn any more when the person turned away', async () => {
    const { clock, abort, hit, labels } = create();
    hit('x');
    abort.abort();
    await clock.advance(150);
    assert.deepEqual(labels(), []);
  });

  it('says at the end that nothing was found', () => {
    const { box, results, labels } = create();
    results.end();
    assert.equal(box.busy, false);
    assert.deepEqual(labels(), ['No results for “web”']);
  });

  it('offers all hits at once, listed or not, and none where there is one', async () => {
    const { clock, hit, labels, results } = create();
    hit('x');
    await clock.advance(150);
    assert.deepEqual(labels(), ['x']);
    for (let i = 0; i < 600; i++) hit(`h-${i}`);
    await clock.advance(150);
    assert.deepEqual(labels().slice(-2), ['Only the first 500 are listed.', 'Show all 601 in Hosts']);
    assert.equal(results.all.length, 601);
  });

  it('lets hits be ticked, which stay ticked while others arrive', async () => {
    const { clock, box, hit, labels, results } = create();
    for (const id of ['x', 'y']) hit(id);
    await clock.advance(150);
    results.tick(true);
    assert.deepEqual([box.canSelectMany, labels()], [true, ['x', 'y']]);
    box.selectedItems = box.items.slice(1);
    hit('z');
    await clock.advance(150);
    assert.deepEqual(box.selectedItems, box.items.slice(1, 2));
    results.tick(false);
    assert.deepEqual(labels(), ['x', 'y', 'z', 'Show all 3 in Hosts']);
  });

  it('names the places of which only the first matches are listed, and reads the rest', async () => {
    const { clock, box, hit, labels, results } = create();
    const more = { account: fakeAccount('a'), region: 'r-1', kind: fakeKinds.single };
    const read = (): Promise<void> => Promise.resolve(hit('late'));
    hit('x');
    results.more({ ...more, read });
    results.more({ ...more, region: 'r-2' });
    results.end();
    const notice = 'Only the first matches are shown of: ';
    assert.deepEqual(labels().slice(1), [`${notice}Account a · r-1 · Things, Account a · r-2 · Things`]);
    assert.deepEqual([box.items[1]?.does, box.items[1]?.detail], ['readRest', 'Show the rest']);
    await results.readRest();
    await clock.advance(150);
    assert.deepEqual(labels(), ['x', 'late', `${notice}Account a · r-2 · Things`, 'Show all 2 in Hosts']);
    // Of that place the answer does not tell how to go on.
    assert.deepEqual([box.items[2]?.does, box.busy], [undefined, false]);
  });
});
