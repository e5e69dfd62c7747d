import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RowFilter } from '../../../../src/services/inventory/filter';
import { nodeId, type GroupNode, type Node } from '../../../../src/services/resources/nodes';
import { rowOf, tooltipOf } from '../../../../src/services/resources/nodeTypes';
import { rowsAtOnce } from '../../../../src/services/resources/rowLimits';
import { fakeAccount, type Thing } from '../../support/fakeCloud';
import { createTreePlace, kindNode, things } from '../../support/treePlace';

const list = kindNode('a');

/** A tree over one list of these things. */
function create(...rows: readonly Thing[]) {
  const place = createTreePlace([fakeAccount('a')]);
  place.cloud.put('a:1', 'r-1', ...rows);
  const label = (node: Node): string => rowOf(node, place.context).label;
  const shown = async (node: Node = list): Promise<string[]> => (await place.open(node)).map(label);
  const filter = async (value: RowFilter | undefined): Promise<string[]> => {
    await place.view.setFilter(value);
    return shown();
  };
  const count = (node: Node = list): string | undefined => rowOf(node, place.context).description;
  const groups = async (): Promise<GroupNode[]> => (await place.open(list)).filter((node) => node.type === 'group');
  return { ...place, label, shown, filter, count, groups };
}

const web = { id: 'i-1', name: 'web', state: 'Running', os: 'linux' };
const db = { id: 'i-2', name: 'db', state: 'Stopped', os: 'linux' };
const pos = { id: 'i-3', name: 'pos', state: 'Running', os: 'windows' };

describe('a filtered list', () => {
  it('shows the rows that fit, and how many of how many', async () => {
    const place = create(web, db, pos);
    await place.shown();
    assert.deepEqual(await place.filter({ text: 'o' }), ['pos']);
    assert.equal(place.count(), '1 of 3');
    assert.deepEqual(await place.filter(undefined), ['db', 'pos', 'web']);
    assert.equal(place.count(), '3');
  });

  it('says so when nothing fits, and a click clears the filter', async () => {
    const place = create(web);
    await place.shown();
    await place.view.setFilter({ text: 'nothing' });
    const [row, ...others] = await place.open(list);
    assert.ok(row);
    const { label, description, click, tone } = rowOf(row, place.context);
    assert.deepEqual(
      [label, description, click, tone, others.length],
      ['No match', 'Clear filter', 'clearFilter', undefined, 0],
    );
    assert.equal(place.count(), '0 of 1');
  });

  it('is not called without match when there is nothing at all', async () => {
    const place = create();
    assert.deepEqual(await place.filter({ text: 'x' }), ['None here: Things']);
  });

  it('is read narrowed where the cloud can narrow it', async () => {
    const place = create(web, db, pos);
    assert.deepEqual(await place.filter({ state: 'Stopped' }), ['db']);
    assert.deepEqual(
      place.cloud.requests.map((r) => r.params['State']),
      ['Stopped'],
    );
    assert.equal(place.count(), '1 match');
  });

  it('asks nothing where all rows are known', async () => {
    const place = create(web, db, pos);
    await place.shown();
    const asked = place.cloud.requests.length;
    assert.deepEqual(await place.filter({ state: 'Stopped' }), ['db']);
    assert.deepEqual(await place.filter({ state: 'Running', os: 'windows' }), ['pos']);
    assert.equal(place.cloud.requests.length, asked);
  });

  it('says that none of a narrowed list fits', async () => {
    const place = create(web);
    assert.deepEqual(await place.filter({ state: 'Stopped' }), ['No match']);
    assert.deepEqual(await place.filter({ state: 'Running', text: 'x' }), ['No match']);
  });

  it('forgets narrowed lists that are not shown any more', async () => {
    const place = create(web, db);
    await place.filter({ state: 'Stopped' });
    await place.filter({ state: 'Running' });
    assert.equal([...place.inventory.lists()].length, 1);
    await place.filter(undefined);
    assert.deepEqual(
      [...place.inventory.lists()].map(({ listing }) => listing.filter),
      [{}],
    );
  });

  it('says of how many it tells when not all were read, and reads them on request', async () => {
    const place = create(...things(2_500), { id: 'i-x', name: 'x-late', state: 'S' });
    await place.shown();
    assert.deepEqual(await place.filter({ text: 'x-late' }), ['No match', 'Filter applied to 2,000 of 2,501']);
    assert.equal(place.count(), '0+ of 2,501');
    const partial = (await place.open(list)).at(-1);
    assert.ok(partial);
    const { click, description, abilities } = rowOf(partial, place.context);
    assert.deepEqual([click, description, abilities], ['loadAll', 'Load all', ['loadMore']]);
    await place.model.showAll(list);
    assert.deepEqual(await place.shown(), ['x-late']);
    assert.equal(place.count(), '1 of 2,501');
  });

  it('shows what the cloud finds where not all were read', async () => {
    const place = create(...things(2_500));
    await place.shown();
    await place.view.setFilter({ text: 'i-00007' });
    assert.deepEqual(place.model.children(list).map(place.label), ['No match', 'Asking the cloud for “i-00007”…']);
    assert.deepEqual(await place.shown(), ['thing-2494']);
    assert.equal(place.count(), '1 of 2,500');
    const asked = place.cloud.requests.filter(({ params }) => params['Ids'] !== undefined);
    assert.deepEqual(
      asked.map(({ params }) => params['Ids']),
      [['i-00007']],
    );
    await place.open(list);
    await place.open(list);
    assert.equal(place.cloud.requests.filter(({ params }) => params['Ids'] !== undefined).length, 1);
    // It is a row like any other from then on.
    assert.ok(place.model.find({ ...list.place, kind: list.kind, id: 'i-00007' }));
    assert.equal(place.inventory.item(list.place, list.kind, 'i-00007')?.['name'], 'thing-2494');
  });

  it('asks the cloud only for the text that is left standing', async () => {
    const place = create(...things(2_500));
    await place.shown();
    for (const text of ['i-000', 'i-0000', 'i-00007']) {
      place.view.preview({ text });
      place.model.children(list);
    }
    await place.idle();
    assert.deepEqual(
      place.cloud.requests.flatMap(({ params }) => params['Ids'] ?? []),
      ['i-00007'],
    );
  });

  it('shows of what the cloud finds only what fits the other parts of the filter', async () => {
    const place = create(...things(2_500));
    await place.shown();
    assert.deepEqual(await place.filter({ text: 'i-00007', os: 'windows' }), ['No match']);
  });

  it('says why the cloud could not be asked', async () => {
    const place = create(...things(2_500));
    await place.shown();
    place.cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    assert.deepEqual(await place.filter({ text: 'i-00007' }), ['No match', 'Filter applied to 2,000 of 2,500']);
    const last = (await place.open(list)).at(-1) ?? assert.fail();
    assert.equal(place.count(last), 'message of Denied · Load all');
  });

  it('asks nothing by a text filter where all rows are known', async () => {
    const place = create(web);
    await place.shown();
    const asked = place.cloud.requests.length;
    assert.deepEqual(await place.filter({ text: 'i-00007' }), ['No match']);
    assert.equal(place.cloud.requests.length, asked);
  });

  it('asks again after a refresh', async () => {
    const place = create(...things(2_500));
    await place.shown();
    await place.filter({ text: 'i-00007' });
    await place.model.refresh(list);
    assert.deepEqual(await place.shown(), ['thing-2494']);
  });

  it('shows the next rows that fit', async () => {
    const place = create(
      ...things(1_500),
      ...things(300).map((t) => ({ ...t, id: `o-${t.id}`, name: `other-${t.id}` })),
    );
    await place.shown();
    const rows = await place.filter({ text: 'thing' });
    assert.equal(rows.length, rowsAtOnce + 1);
    assert.equal(rows.at(-1), '200 of 1,500 shown');
    assert.equal(place.count(), '1,500 of 1,800');
    await place.model.showMore(list);
    assert.equal((await place.shown()).length, 2 * rowsAtOnce + 1);
    while ((await place.open(list)).at(-1)?.type === 'more') await place.model.showMore(list);
    assert.equal((await place.shown()).length, 1_500);
  });

  it('keeps the objects of the rows that stay', async () => {
    const place = create(web, db);
    const before = await place.open(list);
    await place.filter({ text: 'web' });
    assert.equal((await place.open(list))[0], before[1]);
    assert.equal(place.model.find({ ...list.place, kind: list.kind, id: 'i-2' }), undefined);
  });

  it('redraws one row when it still fits, and the list when it does not', async () => {
    const place = create(web, db);
    await place.shown();
    await place.filter({ text: 'e' });
    const [row] = await place.open(list);
    assert.ok(row);
    place.changes.length = 0;
    place.cloud.put('a:1', 'r-1', { ...web, name: 'we' });
    await place.model.refresh(row);
    assert.deepEqual(place.changes, [[nodeId(row)]]);
    place.cloud.put('a:1', 'r-1', { ...web, name: 'x' });
    place.changes.length = 0;
    await place.model.refresh(row);
    assert.deepEqual(place.changes, [[nodeId(list)]]);
    assert.deepEqual(await place.shown(), ['No match']);
  });

  it('shows the rows that fit as pages land', async () => {
    const place = create(...things(6));
    place.gates.hold();
    await place.view.setFilter({ text: 'thing-1' });
    assert.deepEqual(place.model.children(list).map(place.label), ['Loading…']);
    place.gates.release();
    assert.deepEqual(await place.shown(), ['thing-1']);
  });

  it('is stopped on request', async () => {
    const place = create(...things(6));
    place.gates.hold();
    await place.view.setFilter({ state: 'Running' });
    place.model.children(list);
    assert.ok(rowOf(list, place.context).abilities.includes('stop'));
    place.model.stop(list);
    place.gates.release();
    assert.deepEqual(await place.shown(), ['Loading was stopped']);
  });

  it('shows nothing of an account whose keys changed', async () => {
    const place = create(web);
    await place.shown();
    await place.filter({ text: 'web' });
    place.cloud.remove('a:1', 'r-1', 'i-1');
    place.inventory.dropAccount('a');
    assert.deepEqual(await place.shown(), ['None here: Things']);
  });
});

describe('a filter', () => {
  const account = { type: 'account', accountId: 'a' } as const;
  const region = { type: 'region', place: list.place } as const;

  it('is a row of its own at the top, which changes it, and whose menu clears it', async () => {
    const place = create(web);
    assert.deepEqual(place.model.children().map(place.label), ['Account a']);
    await place.view.setFilter({ text: 'web', state: 'Running' });
    assert.ok(place.changes.includes('all'));
    const [row, ...others] = place.model.children();
    assert.ok(row);
    const { label, click, abilities } = rowOf(row, place.context);
    assert.deepEqual([label, click, abilities], ['Filter: “web”, state: Running', 'filter', ['clearFilter']]);
    assert.deepEqual(others.map(place.label), ['Account a']);
    await place.view.setFilter(undefined);
    assert.deepEqual(place.model.children().map(place.label), ['Account a']);
  });

  it('is no row where there are no accounts, so that the welcome can be seen', async () => {
    const place = createTreePlace([]);
    await place.view.setFilter({ text: 'web' });
    assert.deepEqual(place.model.children(), []);
  });

  it('leaves out lists of which it is known that nothing fits, and regions of which all are', async () => {
    const place = create(web);
    await place.open(account);
    const kinds = () => place.model.children(region).length;
    assert.equal(kinds(), 3);
    for (const { id } of place.clouds.all[0]?.kinds ?? []) await place.open(kindNode('a', 'r-1', id));
    assert.equal(kinds(), 3);
    await place.view.setFilter({ text: 'web' });
    assert.deepEqual(place.model.children(account).map(place.label), ['Region r-1', 'Region r-2']);
    await place.view.setFilter({ text: 'nothing' });
    // Nothing is known of the other region.
    assert.deepEqual(place.model.children(account).map(place.label), ['Region r-2']);
    for (const { id } of place.clouds.all[0]?.kinds ?? []) await place.open(kindNode('a', 'r-2', id));
    assert.deepEqual(place.model.children(account).map(place.label), ['No match']);
    await place.view.setFilter(undefined);
    assert.deepEqual(place.model.children(account).map(place.label), ['Region r-1', 'Region r-2']);
  });

  it('draws the account again when a list turns out to have no match', async () => {
    const place = create(web);
    await place.open(account);
    await place.view.setFilter({ text: 'nothing' });
    assert.equal(place.model.children(region).length, 3);
    place.changes.length = 0;
    await place.open(list);
    assert.ok(place.changes.some((nodes) => nodes.includes(nodeId(account))));
    assert.equal(place.model.children(region).length, 2);
  });

  it('opens rows again that were open when they come back', async () => {
    const place = create(web);
    await place.shown();
    const expand = () => rowOf(list, place.context).expand;
    assert.equal(expand(), 'collapsed');
    place.model.expansion.note(list, true);
    await place.filter({ text: 'nothing' });
    await place.filter(undefined);
    assert.equal(expand(), 'expanded');
    place.model.expansion.note(list, false);
    assert.equal(expand(), 'collapsed');
  });
});

describe('a grouped list', () => {
  it('is left as it is where its records do not tell of what is grouped by', async () => {
    const place = create(web);
    await place.view.setGrouping('agentVersion');
    assert.deepEqual(await place.shown(), ['web']);
  });

  it('shows groups with counts, the unknown last, and their rows below', async () => {
    const place = create(web, db, pos, { id: 'i-4', name: 'bare' });
    await place.view.setGrouping('os');
    const groups = await place.groups();
    assert.deepEqual(
      groups.map((node) => `${place.label(node)} ${place.count(node)}`),
      ['linux 2', 'windows 1', '(not known) 1'],
    );
    assert.deepEqual(await place.shown(groups[0]), ['db', 'web']);
    assert.deepEqual(await place.shown(groups[2]), ['bare']);
    assert.equal(place.count(), '4');
  });

  it('groups what passes the filter', async () => {
    const place = create(web, db, pos);
    await place.view.setGrouping('os');
    await place.filter({ text: 'o' });
    assert.deepEqual((await place.groups()).map(place.label), ['windows']);
    assert.equal(place.count(), '1 of 3');
  });

  it('leads from a row over its group up to its account', async () => {
    const place = create(web);
    await place.view.setGrouping('os');
    const [group] = await place.groups();
    const [row] = await place.open(group);
    const path: string[] = [];
    for (let node: Node | undefined = row; node !== undefined; node = place.model.parent(node)) path.push(node.type);
    assert.deepEqual(path, ['resource', 'group', 'kind', 'region', 'account']);
    assert.equal(row && place.model.parent(row), group);
    assert.equal(place.model.find({ ...list.place, kind: list.kind, id: 'i-1' }), row);
  });

  it('gives groups and rows the same ids every time, and no two the same', async () => {
    const place = create(web, db, pos);
    const ids = async (): Promise<string[]> => {
      const groups = await place.groups();
      const rows = await Promise.all(groups.map((group) => place.open(group)));
      return [...groups, ...rows.flat()].map(nodeId);
    };
    await place.view.setGrouping('os');
    const byOs = await ids();
    assert.equal(new Set(byOs).size, 5);
    await place.view.setGrouping('state');
    const byState = await ids();
    assert.deepEqual(
      byState.filter((id) => byOs.includes(id)).sort(),
      byOs.filter((id) => id.startsWith('resource')).sort(),
    );
    await place.view.setGrouping('os');
    assert.deepEqual(await ids(), byOs);
  });

  it('redraws one row when it stays in its group, and the list when it moves', async () => {
    const place = create(web, db);
    await place.view.setGrouping('state');
    const [running] = await place.groups();
    const [row] = await place.open(running);
    assert.ok(row);
    place.changes.length = 0;
    place.cloud.put('a:1', 'r-1', { ...web, name: 'renamed' });
    await place.model.refresh(row);
    assert.deepEqual(place.changes, [[nodeId(row)]]);
    place.cloud.put('a:1', 'r-1', { ...web, state: 'Stopped' });
    place.changes.length = 0;
    await place.model.refresh(row);
    assert.deepEqual(place.changes, [[nodeId(list)]]);
    assert.deepEqual(
      (await place.groups()).map((node) => `${place.label(node)} ${place.count(node)}`),
      ['Stopped 2'],
    );
  });

  it('redraws both groups at once when a row moves between them, and no other', async () => {
    const place = create(web, pos, db, { id: 'i-4', name: 'batch', state: 'Starting' });
    await place.view.setGrouping('state');
    const groups = new Map((await place.groups()).map((node) => [place.label(node), node]));
    const [running, stopped] = [groups.get('Running'), groups.get('Stopped')];
    assert.ok(running && stopped);
    const row = (await place.open(running)).find((node) => place.label(node) === 'web') ?? assert.fail();
    await place.open(stopped);
    place.cloud.put('a:1', 'r-1', { ...web, state: 'Stopped' });
    place.changes.length = 0;
    await place.model.refresh(row);
    assert.deepEqual(place.changes.map(String), [[nodeId(running), nodeId(stopped)].join()]);
    assert.deepEqual(await place.shown(running), ['pos']);
    assert.deepEqual(await place.shown(stopped), ['db', 'web']);
  });

  it('shows two hundred rows of a group, then the next ones', async () => {
    const place = create(...things(rowsAtOnce + 100));
    await place.view.setGrouping('state');
    const [group] = await place.groups();
    const more = (await place.open(group)).at(-1);
    assert.ok(group && more?.type === 'more');
    assert.equal(place.label(more), '200 of 300 shown');
    assert.equal(place.model.parent(more), group);
    await place.model.showMore(more);
    assert.equal((await place.open(group)).length, rowsAtOnce + 100);
  });

  it('says of how many it tells when not all were read', async () => {
    const place = create(...things(2_500));
    await place.view.setGrouping('state');
    assert.deepEqual(await place.shown(), ['Running', '2,000 of 2,500 are grouped']);
    await place.model.showAll(list);
    const [group, ...others] = await place.groups();
    assert.deepEqual([group && place.count(group), others.length], ['2,500', 0]);
  });

  it('is a plain list again', async () => {
    const place = create(web, db);
    await place.view.setGrouping('os');
    await place.groups();
    place.changes.length = 0;
    await place.view.setGrouping(undefined);
    assert.deepEqual(place.changes, [[nodeId(list)]]);
    assert.deepEqual(await place.shown(), ['db', 'web']);
  });
});

describe('hidden regions and kinds', () => {
  const account = { type: 'account', accountId: 'a' } as const;

  it('are not shown, and the account says how many are', async () => {
    const place = create();
    assert.deepEqual(await place.shown(account), ['Region r-1', 'Region r-2']);
    place.changes.length = 0;
    await place.view.hide('a', { regions: ['r-1', 'gone'] });
    assert.deepEqual(place.changes, [[nodeId(account)]]);
    assert.deepEqual(await place.shown(account), ['Region r-2']);
    assert.equal(place.count(account), 'Fake · test · 1 of 2 regions');
    await place.view.hide('a', { regions: [], kinds: ['activation'] });
    assert.equal(place.count(account), 'Fake · test · 2 of 3 kinds');
    assert.equal((await place.open({ type: 'region', place: list.place })).length, 2);
  });

  it('are never all of them without a word', async () => {
    const place = create();
    await place.view.hide('a', { regions: ['r-1', 'r-2'] });
    const [row] = await place.open(account);
    assert.ok(row);
    assert.equal(rowOf(row, place.context).click, 'showRegions');
    assert.equal(place.label(row), 'All regions are hidden');
  });

  it('of one account say nothing of another', async () => {
    const place = createTreePlace([fakeAccount('a'), fakeAccount('b')]);
    await place.view.hide('a', { regions: ['r-1'] });
    assert.equal((await place.open({ type: 'account', accountId: 'b' })).length, 2);
  });
});

describe('revealing a row', () => {
  const target = { ...list.place, kind: list.kind, id: 'i-1' };

  it('reads what was never read', async () => {
    const place = create(web, db);
    const row = await place.model.locate(target);
    assert.deepEqual(row?.target, target);
    assert.equal(place.model.find(target), row);
  });

  it('opens the group it is in', async () => {
    const place = create(web, db);
    await place.view.setGrouping('os');
    const row = await place.model.locate(target);
    assert.equal(row && place.model.parent(row)?.type, 'group');
  });

  it('draws more rows where it is behind those that are drawn', async () => {
    const place = create(...things(1_500), { id: 'i-1', name: 'zzz' });
    assert.deepEqual((await place.model.locate(target))?.target, target);
  });

  it('does without when it is hidden or filtered out or gone', async () => {
    const place = create(web);
    await place.view.setFilter({ text: 'other' });
    assert.equal(await place.model.locate(target), undefined);
    await place.view.setFilter(undefined);
    assert.equal(await place.model.locate({ ...target, id: 'gone' }), undefined);
    await place.view.hide('a', { regions: ['r-1'] });
    assert.equal(await place.model.locate(target), undefined);
    await place.view.hide('a', { regions: [], kinds: [list.kind] });
    assert.equal(await place.model.locate(target), undefined);
  });
});

describe('the age of a list of regions', () => {
  it('is in the tooltip of the account and changes when it is refreshed', async () => {
    const place = create();
    const account = { type: 'account', accountId: 'a' } as const;
    const age = async (): Promise<string | undefined> => (await tooltipOf(account, place.context))?.notes[0];
    assert.equal(await age(), undefined);
    await place.open(account);
    assert.match((await age()) ?? '', /^Regions read at .*3:04:05/);
    place.clock.advance(60_000);
    await place.model.refresh();
    await place.open(account);
    assert.match((await age()) ?? '', /3:05:05/);
  });
});
