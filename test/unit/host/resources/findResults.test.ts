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
  const box: Box = { items: [], activeItems: [], busy: true, placeholder: undefined, value: '' };
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
    assert.deepEqual(labels(), ['x', 'y', 'z']);
  });

  it('keeps the line a person has come to while more arrives', async () => {
    const { clock, box, hit } = create();
    for (const id of ['x', 'y']) hit(id);
    await clock.advance(150);
    box.activeItems = box.items.slice(1);
    const before = box.activeItems;
    hit('z');
    await clock.advance(150);
    assert.equal(box.items.length, 3);
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
});
