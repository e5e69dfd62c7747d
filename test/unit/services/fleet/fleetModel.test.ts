import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Account } from '../../../../src/core/account';
import { fleetNodeId, type FleetNode } from '../../../../src/services/fleet/nodes';
import { fleetRowOf, fleetTooltipOf } from '../../../../src/services/fleet/row';
import { fakeAccount, fakeKinds } from '../../support/fakeCloud';
import { createTreePlace, kindNode, things } from '../../support/treePlace';

const denied = { kind: 'error', code: 'Denied', status: 403 } as const;

function create(accounts: Account[] = [fakeAccount('a')], kept: Record<string, unknown> = {}) {
  const place = createTreePlace(accounts, [], { 'fleet.scope': { kinds: ['managedInstance'] }, ...kept });
  const { fleet, context } = place;
  const drawn = (node: FleetNode) => fleetRowOf(node, { fleet, rows: context });
  const rows = (): string[] =>
    fleet.children().map((node) => {
      const { label, description } = drawn(node);
      return description === undefined ? label : `${label} | ${description}`;
    });
  const names = (): string[] => fleet.shown().map(({ name }) => name);
  const redrawn: (readonly string[] | 'all')[] = [];
  fleet.onDidChange((nodes) => redrawn.push(nodes === undefined ? 'all' : nodes.map(fleetNodeId)));
  return { ...place, drawn, rows, names, redrawn };
}

describe('the flat list of hosts', () => {
  it('asks no cloud by itself, and says that nothing is read', () => {
    const { rows, cloud } = create();
    assert.deepEqual(rows(), ['Only: Things', 'Not read yet | Read all']);
    assert.equal(cloud.requests.length, 0);
  });

  it('is empty without accounts: the view says what to do', () => {
    assert.deepEqual(create([]).rows(), []);
  });

  it('lists hosts of all regions and accounts, with where they are, sorted as people sort', async () => {
    const { fleet, cloud, rows } = create([fakeAccount('a'), fakeAccount('b')]);
    cloud.put('a:1', 'r-1', { id: 'i-1', name: 'web-10', state: 'Running' });
    cloud.put('a:1', 'r-2', { id: 'i-2', name: 'web-2', state: 'Stopped' });
    cloud.put('b:1', 'r-1', { id: 'i-3', name: 'db', state: 'Running' });
    await fleet.read(false);
    assert.deepEqual(rows(), [
      'Only: Things',
      'db | Region r-1 · Account b · Running',
      'web-2 | Region r-2 · Account a · Stopped',
      'web-10 | Region r-1 · Account a · Running',
    ]);
  });

  it('uses what is read already and reads nothing twice', async () => {
    const { fleet, cloud, open, rows } = create();
    cloud.put('a:1', 'r-1', ...things(2));
    await open({ type: 'account', accountId: 'a' });
    await open(kindNode('a'));
    assert.deepEqual(rows(), [
      'Only: Things',
      'Not read yet: 1 of 2 lists | Read all',
      'thing-1 | Region r-1 · Running',
      'thing-2 | Region r-1 · Running',
    ]);
    const before = cloud.count('ListThings');
    await fleet.read(false);
    assert.equal(cloud.count('ListThings'), before + 1);
    await fleet.read(false);
    assert.equal(cloud.count('ListThings'), before + 1);
    assert.deepEqual(rows().slice(1), ['thing-1 | Region r-1 · Running', 'thing-2 | Region r-1 · Running']);
  });

  it('reads everything anew when that is asked for', async () => {
    const { fleet, cloud, names } = create();
    cloud.put('a:1', 'r-1', ...things(1));
    await fleet.read(false);
    cloud.put('a:1', 'r-2', { id: 'new', name: 'new' });
    await fleet.read(true);
    assert.deepEqual(names(), ['new', 'thing-1']);
  });

  it('takes hosts of all kinds unless others are chosen, and no activations', async () => {
    const { fleet, cloud } = create([fakeAccount('a')], { 'fleet.scope': undefined });
    cloud.put('a:1', 'r-1', ...things(1));
    await fleet.read(false);
    assert.deepEqual(
      fleet
        .shown()
        .map(({ kind }) => kind.id)
        .sort(),
      ['instance', 'managedInstance'],
    );
  });

  it('shows rows while they arrive, says how far it is, and joins a second reading', async () => {
    const { fleet, cloud, gates, rows, redrawn } = create();
    cloud.put('a:1', 'r-1', ...things(1));
    gates.hold();
    const first = fleet.read(false);
    assert.equal(fleet.read(false), first);
    assert.ok(rows().includes('Reading regions… | Stop'));
    gates.release();
    await first;
    assert.equal(fleet.reader.progress, undefined);
    assert.equal(redrawn[0], 'all');
    assert.ok(redrawn.some((nodes) => nodes !== 'all' && nodes.includes('hosts:reading')));
    assert.equal(redrawn.at(-1), 'all');
  });

  it('can be stopped: what has arrived stays, the rest counts as not read', async () => {
    const { fleet, cloud, gates, rows } = create();
    cloud.put('a:1', 'r-1', ...things(1));
    await fleet.read(false);
    gates.hold();
    const again = fleet.read(true);
    void fleet.reader.stop();
    gates.release();
    await again;
    assert.equal(fleet.reader.progress, undefined);
    assert.deepEqual(rows().slice(1), ['thing-1 | Region r-1 · Running']);
  });

  it('names lists that could not be read, and reads them again', async () => {
    const { fleet, cloud, rows, drawn } = create();
    cloud.put('a:1', 'r-1', ...things(1));
    cloud.fault('ListThings', denied, denied);
    await fleet.read(false);
    assert.deepEqual(rows(), [
      'Only: Things',
      'Region r-1 | message of Denied · Ask for the permission. · Denied',
      'Region r-2 | message of Denied · Ask for the permission. · Denied',
    ]);
    const [, row] = fleet.children();
    assert.ok(row);
    const { abilities, click, words } = drawn(row);
    assert.deepEqual([abilities, click, words], [['retry', 'response', 'policy'], 'retry', ['message', 'failed']]);
    assert.equal((await fleetTooltipOf(row, { fleet, rows: create().context }))?.title, 'Could not be read');
    await fleet.read(false);
    assert.deepEqual(rows(), ['Only: Things', 'thing-1 | Region r-1 · Running']);
  });

  it('does not take a region that does not offer a kind for a failure', async () => {
    const { fleet, cloud, rows } = create();
    const unsupported = { kind: 'error', code: 'Unsupported', status: 400 } as const;
    cloud.fault('ListThings', unsupported, unsupported);
    await fleet.read(false);
    assert.deepEqual(rows(), ['Only: Things', 'No hosts here']);
  });

  it('gathers what is not complete where that is much', async () => {
    const accounts = Array.from({ length: 8 }, (_, i) => fakeAccount(`a${i}`));
    const { fleet, cloud, rows } = create(accounts);
    cloud.fault('ListThings', ...Array.from({ length: 16 }, () => denied));
    await fleet.read(false);
    assert.equal(rows().filter((row) => row.includes('Denied')).length, 10);
    assert.equal(rows().at(-1), 'Further lists that are not complete: 6 | Read again');
  });

  it('says why the regions of an account are not known', async () => {
    const { fleet, cloud, rows } = create();
    cloud.fault('ListRegions', { kind: 'error', code: 'BadKey', status: 403 });
    await fleet.read(false);
    assert.deepEqual(rows(), ['Only: Things', 'Account a | message of BadKey · Check the key. · BadKey']);
    await fleet.read(false);
    assert.deepEqual(rows(), ['Only: Things', 'No hosts here']);
  });

  it('reads accounts of the same owner once, and says so', async () => {
    const { fleet, cloud, rows } = create([fakeAccount('a'), fakeAccount('b', { key: 'a:2' })]);
    cloud.put('a:1', 'r-1', ...things(1));
    await fleet.read(false);
    assert.deepEqual(rows(), [
      'Only: Things',
      '“Account b” has the same owner as “Account a” and is not read twice',
      'thing-1 | Region r-1 · Account a · Running',
    ]);
    assert.equal(cloud.count('ListThings'), 2);
    assert.equal(cloud.count('ListRegions'), 1);
  });

  it('asks another account of the same owner where the first may not list', async () => {
    const { fleet, cloud, rows } = create([fakeAccount('a'), fakeAccount('b', { key: 'a:2' })]);
    cloud.put('a:1', 'r-1', ...things(1));
    cloud.fault('ListThings', denied);
    await fleet.read(false);
    assert.equal(rows().at(-1), 'thing-1 | Region r-1 · Account b · Running');
    assert.equal(cloud.count('ListThings'), 3);
  });

  it('asks for no owner where there is one account of a cloud', async () => {
    const { fleet, cloud } = create();
    await fleet.read(false);
    assert.equal(cloud.count('WhoAmI'), 0);
  });
});

describe('what the flat list shows', () => {
  it('is filtered over everything, says so, and is counted', async () => {
    const { fleet, cloud, rows, drawn } = create();
    cloud.put('a:1', 'r-1', ...things(3), { id: 'x', name: 'x', state: 'Stopped' });
    cloud.put('a:1', 'r-2', { id: 'y', name: 'y', state: 'Stopped' });
    await fleet.read(false);
    await fleet.view.setFilter({ facets: { state: ['Stopped'] } });
    assert.deepEqual(rows(), [
      'Filter: state: Stopped',
      'Only: Things',
      'x | Region r-1 · Stopped',
      'y | Region r-2 · Stopped',
    ]);
    const { shown, of } = fleet.tally();
    assert.deepEqual([shown.count, of, shown.isAll, [...shown.states]], [2, 5, true, [['Stopped', 2]]]);
    const [note] = fleet.children();
    assert.ok(note);
    assert.deepEqual([drawn(note).click, drawn(note).abilities], ['filterHosts', ['clearHosts']]);
    await fleet.view.setFilter({ text: 'nothing' });
    assert.deepEqual(rows(), ['Filter: “nothing”', 'Only: Things', 'No match | Clear filter']);
    await fleet.view.clear();
    assert.equal(rows().length, 6);
  });

  it('is remembered with its scope', async () => {
    const before = create();
    await before.fleet.view.setFilter({ text: 'web', facets: { tag: ['team=a', 'team=b'] } });
    await before.fleet.view.setScope({ accounts: ['a'], regions: ['alibabaCloud/r-2'] });
    const kept = Object.fromEntries(['fleet.filter', 'fleet.scope'].map((key) => [key, before.workspace.get(key)]));
    const { fleet } = create([fakeAccount('a')], kept);
    assert.deepEqual(fleet.view.filter, { text: 'web', facets: { tag: ['team=a', 'team=b'] } });
    assert.deepEqual(fleet.view.scope, { accounts: ['a'], regions: ['alibabaCloud/r-2'] });
  });

  for (const odd of [7, 'x', { accounts: [] }, { regions: 'r' }, { kinds: ['nonsense'] }])
    it(`is everything where ${JSON.stringify(odd)} was kept as its scope`, () =>
      assert.deepEqual(create([fakeAccount('a')], { 'fleet.scope': odd }).fleet.view.scope, {}));

  it('is only what the scope says: neither read nor shown otherwise', async () => {
    const { fleet, cloud, rows, open } = create([fakeAccount('a'), fakeAccount('b')]);
    cloud.put('a:1', 'r-1', { id: 'i-1', name: 'one' });
    cloud.put('a:1', 'r-2', { id: 'i-2', name: 'two' });
    cloud.put('b:1', 'r-2', { id: 'i-3', name: 'three' });
    await open({ type: 'account', accountId: 'b' });
    await open(kindNode('b', 'r-2'));
    await fleet.view.setScope({ accounts: ['a'], regions: ['alibabaCloud/r-2'], kinds: ['managedInstance'] });
    const before = cloud.count('ListThings');
    await fleet.read(false);
    assert.equal(cloud.count('ListThings'), before + 1);
    assert.deepEqual(rows(), ['Only: Account a · Region r-2 · Things', 'two | Region r-2 · Account a · ']);
  });

  it('leaves out what is hidden in the Resources view unless it is chosen', async () => {
    const { fleet, cloud, view, names } = create();
    cloud.put('a:1', 'r-1', ...things(1));
    cloud.put('a:1', 'r-2', { id: 'x', name: 'x' });
    await view.hide('a', { regions: ['r-1'] });
    await fleet.read(false);
    assert.deepEqual(names(), ['x']);
    await fleet.view.setScope({ regions: ['alibabaCloud/r-1'], kinds: ['managedInstance'] });
    await fleet.read(false);
    assert.deepEqual(names(), ['thing-1']);
  });

  it('is only what was found, until everything is shown again', async () => {
    const { fleet, cloud, rows } = create();
    cloud.put('a:1', 'r-1', ...things(3));
    await fleet.read(false);
    await fleet.view.setFilter({ text: 'nothing' });
    const target = { ...kindNode('a').place, kind: fakeKinds.single.id, id: 'i-00003' };
    await fleet.showOnly('“web”', [target]);
    // Neither the filter nor the scope hides what was chosen by itself.
    assert.deepEqual(rows(), ['Found: “web” | Show all', 'thing-1 | Region r-1 · Running']);
    assert.deepEqual([fleet.tally().shown.count, fleet.tally().of], [1, 1]);
    await fleet.view.clear();
    assert.equal(rows().length, 4);
  });

  it('shows what was found although nothing of its place was read, is in scope, or is not hidden', async () => {
    const { fleet, cloud, rows, view } = create([fakeAccount('a'), fakeAccount('b')], {
      'fleet.scope': { accounts: ['a'], kinds: ['managedInstance'] },
    });
    cloud.put('b:1', 'r-2', ...things(2));
    await view.hide('b', { regions: ['r-2'] });
    const { place } = kindNode('b', 'r-2');
    await fleet.showOnly('“thing”', [
      { ...place, kind: 'activation', id: 'i-00001' },
      { ...place, kind: fakeKinds.single.id, id: 'i-00002' },
      { ...place, kind: fakeKinds.single.id, id: 'gone' },
    ]);
    assert.deepEqual(rows(), [
      'Found: “thing” | Show all',
      'thing-1 | Region r-2 · Account b · Running',
      'thing-2 | Region r-2 · Account b · Running',
    ]);
    assert.equal(cloud.count('ListRegions'), 1);
  });

  it('reads by itself what was found behind all that is read of its list', async () => {
    const { fleet, cloud, names } = create();
    cloud.put('a:1', 'r-1', ...things(2_300));
    await fleet.read(false);
    const { place } = kindNode('a');
    // The last of the cloud's list.
    const target = { ...place, kind: fakeKinds.single.id, id: 'i-00001' };
    await fleet.showOnly('“thing-2300”', [target]);
    assert.deepEqual(names(), ['thing-2300']);
  });

  it('redraws one row when one resource changes, and all when rows come or go', async () => {
    const { fleet, cloud, inventory, redrawn } = create();
    cloud.put('a:1', 'r-1', ...things(2));
    await fleet.read(false);
    fleet.children();
    const { target } = fleet.shown()[0]?.node ?? assert.fail();
    cloud.put('a:1', 'r-1', { id: target.id, name: 'thing-1', state: 'Stopped' });
    redrawn.length = 0;
    await inventory.lookup(target, target.kind, [target.id]);
    assert.equal(redrawn.length, 1);
    assert.equal(redrawn[0]?.length, 1);
    cloud.remove('a:1', 'r-1', target.id);
    await inventory.lookup(target, target.kind, [target.id]);
    assert.equal(redrawn.at(-1), 'all');
    assert.equal(fleet.shown().length, 1);
  });

  it('draws rows a part at a time, and each row is the same object as before', async () => {
    const { fleet, cloud, rows } = create();
    cloud.put('a:1', 'r-1', ...things(1_300));
    await fleet.read(false);
    assert.equal(rows().length, 202);
    assert.equal(rows().at(-1), '200 of 1,300 shown | Show more');
    const before = fleet.children();
    fleet.showMore();
    assert.equal(fleet.children().length, 402);
    assert.equal(fleet.children()[7], before[7]);
    fleet.showAll();
    assert.equal(fleet.children().length, 1_301);
  });

  it('keeps rows where they stand when others arrive late, and sorts when another filter is set', async () => {
    const { fleet, cloud, clock, names, inventory } = create();
    cloud.put('a:1', 'r-1', { id: 'i-1', name: 'm' });
    await fleet.read(false);
    cloud.put('a:1', 'r-1', { id: 'i-2', name: 'a' });
    assert.deepEqual(names(), ['m']);
    clock.advance(5_000);
    await inventory.refresh({ place: kindNode('a').place, kind: fakeKinds.single.id });
    await inventory.peek(kindNode('a').place, fakeKinds.single.id)?.finished;
    assert.deepEqual(names(), ['m', 'a']);
    await fleet.view.setFilter({ facets: { os: [''] } });
    assert.deepEqual(names(), ['a', 'm']);
  });

  it('forgets the rows of an account that went away', async () => {
    const place = create([fakeAccount('a'), fakeAccount('b')]);
    place.cloud.put('b:1', 'r-1', ...things(1));
    await place.fleet.read(false);
    assert.equal(place.names().length, 1);
    place.accounts.pop();
    place.accountsChanged.fire();
    assert.deepEqual(place.names(), []);
  });
});
