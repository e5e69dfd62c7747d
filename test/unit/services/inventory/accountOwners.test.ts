import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Account } from '../../../../src/core/account';
import { rowOf } from '../../../../src/services/resources/nodeTypes';
import { fakeAccount } from '../../support/fakeCloud';
import { settled } from '../../support/manualClock';
import { createTreePlace } from '../../support/treePlace';

const [prod, ops, other] = [
  fakeAccount('prod', { key: 'a:1' }),
  fakeAccount('ops', { key: 'a:2' }),
  fakeAccount('other', { key: 'b:1' }),
];

function create(accounts: Account[], kept: Readonly<Record<string, unknown>> = {}) {
  const place = createTreePlace(accounts);
  for (const [key, value] of Object.entries(kept)) void place.everywhere.set(key, value);
  const row = (id: string): string => rowOf({ type: 'account', accountId: id }, place.context).description ?? '';
  /** Draws the view, and lets what that begins come to its end. */
  const draw = async (): Promise<void> => {
    place.model.children();
    await settled();
  };
  const groups = (): string[][] => place.owners.groups(place.registry.list()).map((all) => all.map(({ id }) => id));
  return { ...place, row, draw, groups };
}

describe('whose accounts are', () => {
  it('is asked once where there are several alike, and said in their rows', async () => {
    const { cloud, row, draw, changes } = create([prod, ops, other]);
    await draw();
    assert.deepEqual(['prod', 'ops', 'other'].map(row), [
      'a · Fake',
      'same owner as “Account prod” · a · Fake',
      'b · Fake',
    ]);
    assert.ok(changes.flat().includes('account:ops'));
    await draw();
    assert.equal(cloud.count('WhoAmI'), 3);
    assert.equal(cloud.requests.length, 3);
  });

  it('is not asked of one account of a cloud, nor where somebody would have to sign in', async () => {
    const one = create([prod]);
    await one.draw();
    assert.equal(one.cloud.requests.length, 0);
    const renewed = create([
      { ...prod, renewal: 'asked' },
      { ...ops, renewal: 'unnamed' },
    ]);
    await renewed.draw();
    assert.equal(renewed.cloud.requests.length, 0);
    assert.equal(renewed.row('ops'), 'Fake · test');
  });

  it('is not known where the cloud does not say, and the account is another one then', async () => {
    const { cloud, row, draw, groups } = create([prod, ops]);
    cloud.fault('WhoAmI', { kind: 'error', code: 'Denied', status: 403 });
    await draw();
    assert.deepEqual(groups(), [['prod'], ['ops']]);
    assert.deepEqual(['prod', 'ops'].map(row), ['Fake · test', 'a · Fake']);
    await draw();
    assert.equal(cloud.count('WhoAmI'), 2);
  });

  it('puts accounts of one owner together, but not those that are reached elsewhere', async () => {
    const { draw, groups } = create([prod, other, ops, { ...fakeAccount('far', { key: 'a:3' }), vpc: 'cn-hangzhou' }]);
    await draw();
    assert.deepEqual(groups(), [['prod', 'ops'], ['other'], ['far']]);
  });

  it('is forgotten when the keys change', async () => {
    const { draw, groups, inventory, owners } = create([prod, ops]);
    await draw();
    inventory.dropAccount('ops');
    assert.deepEqual(groups(), [['prod'], ['ops']]);
    assert.equal(owners.lead(ops).id, 'ops');
  });

  it('is remembered of the same keys in the next session, and of no others', async () => {
    const marked = [
      { ...prod, keyMark: 'k1' },
      { ...ops, keyMark: 'k2' },
    ];
    const before = create(marked);
    await before.draw();
    const kept = { 'accounts.owners': before.everywhere.get('accounts.owners') };
    const after = create(marked, kept);
    await after.draw();
    assert.deepEqual([after.cloud.requests.length, after.row('ops')], [0, 'same owner as “Account prod” · a · Fake']);
    const [first = prod, second = ops] = marked;
    const changed = create([first, { ...second, keyMark: 'k3' }], kept);
    assert.equal(changed.row('ops'), 'Fake · test');
  });

  for (const odd of [7, { prod: 7 }, { prod: { mark: 'k1' } }])
    it(`is not taken from ${JSON.stringify(odd)}`, () => {
      const { row } = create([{ ...prod, keyMark: 'k1' }], { 'accounts.owners': odd });
      assert.equal(row('prod'), 'Fake · test');
    });
});
