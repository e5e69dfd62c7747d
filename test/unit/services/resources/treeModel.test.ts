import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countWords } from '../../../../src/services/resources/counts';
import { nodeId, type MessageNode, type Node } from '../../../../src/services/resources/nodes';
import { rowOf } from '../../../../src/services/resources/nodeTypes';
import { rowsAtMost, rowsAtOnce } from '../../../../src/services/resources/rowLimits';
import { fakeAccount } from '../../support/fakeCloud';
import { createTreePlace, kindNode, things } from '../../support/treePlace';

function labels(nodes: readonly Node[], place: ReturnType<typeof createTreePlace>): string[] {
  return nodes.map((node) => rowOf(node, place.context).label);
}

function messages(nodes: readonly Node[]): MessageNode['about'][] {
  return nodes.flatMap((node) => (node.type === 'message' ? [node.about] : []));
}

function only<T extends Node['type']>(nodes: readonly Node[], type: T): Extract<Node, { readonly type: T }> {
  const found = nodes.find((node): node is Extract<Node, { readonly type: T }> => node.type === type);
  assert.ok(found, `no ${type} row`);
  return found;
}

describe('the tree of resources', () => {
  it('shows accounts of all sources side by side', () => {
    const place = createTreePlace([fakeAccount('a'), fakeAccount('b')]);
    assert.deepEqual(labels(place.model.children(), place), ['Account a', 'Account b']);
  });

  it('shows nothing at the top without accounts, so that the welcome can be seen', () => {
    assert.deepEqual(createTreePlace([]).model.children(), []);
  });

  it('shows what is wrong with a source of accounts, beside the accounts that work', () => {
    const place = createTreePlace([fakeAccount('a')], [{ where: '~/.aliyun/config.json', message: 'It is cut off.' }]);
    const rows = place.model.children();
    assert.deepEqual(labels(rows, place), ['Accounts from ~/.aliyun/config.json are not shown', 'Account a']);
  });

  it('answers at once and says that it loads, then shows the regions', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    const account = only(place.model.children(), 'account');
    place.gates.hold();
    assert.deepEqual(messages(place.model.children(account)), ['loading']);
    place.changes.length = 0;
    place.gates.release();
    await place.idle();
    assert.deepEqual(place.changes, [[nodeId(account)]]);
    assert.deepEqual(labels(place.model.children(account), place), ['Region r-1', 'Region r-2']);
  });

  it('counts records that have no readable id, and shows the others', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', { id: '', name: 'nobody' }, ...things(2));
    const rows = await place.open(kindNode('a'));
    assert.deepEqual(labels(rows, place), ['1 record has no readable ID and is not shown', 'thing-1', 'thing-2']);
    const row = rowOf(only(rows, 'message'), place.context);
    assert.deepEqual([row.click, row.abilities], ['openResponse', ['response']]);
    assert.equal(rowOf(kindNode('a'), place.context).description, '2', 'no more is offered to be loaded');
    const { left } = place.inventory.peek(kindNode('a').place, 'managedInstance') ?? assert.fail();
    assert.match(place.responses.get(left.exchangeId ?? '')?.body ?? '', /nobody/);
    place.cloud.remove('a:1', 'r-1', '');
    await place.model.refresh(kindNode('a'));
    assert.deepEqual(labels(place.model.children(kindNode('a')), place), ['thing-1', 'thing-2']);
  });

  it('is not held up by an account that does not answer', async () => {
    const place = createTreePlace([fakeAccount('slow'), fakeAccount('quick')]);
    const [slow, quick] = place.model.children();
    await place.open(quick);
    place.gates.hold();
    assert.deepEqual(messages(place.model.children(slow)), ['loading']);
    assert.equal(place.model.children(quick).length, 2);
  });

  it('shows a failed read of regions with advice, reads no more by itself, and reads again on Retry', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    const account = only(place.model.children(), 'account');
    place.cloud.fault('ListRegions', { kind: 'error', code: 'BadKey', status: 403 });
    const failed = only(await place.open(account), 'message');
    assert.equal(failed.about, 'failed');
    const { label, description } = rowOf(failed, place.context);
    assert.deepEqual([label, description], ['Keys not accepted: BadKey', 'Check the key. · message of BadKey']);
    await place.open(account);
    assert.equal(place.cloud.count('ListRegions'), 1);
    await place.model.refresh(failed);
    assert.deepEqual(labels(await place.open(account), place), ['Region r-1', 'Region r-2']);
  });

  it('reads by itself again when the account has other keys', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    const account = only(place.model.children(), 'account');
    place.cloud.fault('ListRegions', { kind: 'error', code: 'BadKey', status: 403 });
    assert.deepEqual(messages(await place.open(account)), ['failed']);
    place.inventory.dropAccount('a');
    assert.deepEqual(labels(await place.open(account), place), ['Region r-1', 'Region r-2']);
  });

  it('keeps the regions while they are read again', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    const account = only(place.model.children(), 'account');
    const before = await place.open(account);
    await place.model.refresh(account);
    place.gates.hold();
    const during = place.model.children(account);
    assert.deepEqual(during, before);
    assert.equal(during[0], before[0]);
    place.gates.release();
    await place.idle();
    assert.equal(place.cloud.count('ListRegions'), 2);
  });

  it('keeps the regions and says so when reading them again fails', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    const account = only(place.model.children(), 'account');
    await place.open(account);
    place.cloud.fault('ListRegions', { kind: 'refused' });
    await place.model.refresh(account);
    assert.deepEqual(
      (await place.open(account)).map((n) => n.type),
      ['message', 'region', 'region'],
    );
  });

  it('shows the kinds of the cloud without asking it', () => {
    const place = createTreePlace([fakeAccount('a')]);
    const region = { type: 'region', place: kindNode('a').place } as const;
    assert.deepEqual(
      place.model.children(region).map((n) => n.type),
      ['kind', 'kind', 'kind'],
    );
    assert.equal(place.cloud.requests.length, 0);
  });

  it('sorts by name as people do', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...['web-10', 'web-2', 'Web-1', 'db'].map((name, i) => ({ id: `i-${i}`, name })));
    assert.deepEqual(labels(await place.open(kindNode('a')), place), ['db', 'Web-1', 'web-2', 'web-10']);
  });

  it('keeps same names apart by id', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', { id: 'i-2', name: 'same' }, { id: 'i-1', name: 'same' });
    const rows = await place.open(kindNode('a'));
    assert.deepEqual(
      rows.map((n) => n.type === 'resource' && n.target.id),
      ['i-1', 'i-2'],
    );
  });

  it('says that a list is empty', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    assert.deepEqual(messages(await place.open(kindNode('a'))), ['empty']);
  });

  it('explains a region without the API quietly', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.fault('ListThings', { kind: 'error', code: 'Unsupported', status: 400 });
    const [row] = await place.open(kindNode('a'));
    assert.ok(row);
    assert.deepEqual(messages([row]), ['unsupported']);
    assert.equal(rowOf(row, place.context).tone, undefined);
  });

  it('keeps the rows below the failure when a refresh fails', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(2));
    const before = await place.open(kindNode('a'));
    place.cloud.fault('ListThings', { kind: 'html' });
    await place.model.refresh(kindNode('a'));
    const [failed, ...rows] = await place.open(kindNode('a'));
    assert.ok(failed);
    assert.deepEqual(messages([failed]), ['failed']);
    assert.deepEqual(rows, before);
    await place.model.refresh(failed);
    assert.deepEqual(await place.open(kindNode('a')), before);
  });

  it('forgets with a refresh only the failures of the lists it is about', async () => {
    const place = createTreePlace([fakeAccount('a'), fakeAccount('b')]);
    place.accounts.pop();
    const here = kindNode('b', 'r-1');
    const there = kindNode('b', 'r-2');
    for (const list of [here, there]) await place.open(list);
    const failed = (): boolean[] => [here, there].map((list) => place.model.failure(list) !== undefined);
    await place.model.refresh({ type: 'account', accountId: 'a' });
    await place.model.refresh(kindNode('a'));
    assert.deepEqual(failed(), [true, true]);
    await place.model.refresh({ type: 'region', place: here.place });
    assert.deepEqual(failed(), [false, true]);
    await place.model.refresh();
    assert.deepEqual(failed(), [false, false]);
  });

  it('keeps the rows while a refresh is under way', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(3));
    const before = await place.open(kindNode('a'));
    place.gates.hold();
    const refreshed = place.model.refresh(kindNode('a'));
    assert.deepEqual(place.model.children(kindNode('a')), before);
    place.gates.release();
    await refreshed;
  });

  it('says that loading was stopped when nothing had arrived', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(3));
    place.gates.hold();
    const node = kindNode('a');
    place.model.children(node);
    place.inventory.stop(node.place, node.kind);
    place.gates.release();
    assert.deepEqual(messages(await place.open(node)), ['stopped']);
    await place.model.refresh(only(place.model.children(node), 'message'));
    assert.equal((await place.open(node)).length, 3);
  });

  it('offers to go on when loading was stopped in the middle', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(30));
    const node = kindNode('a');
    place.inventory.onDidChange(() => place.inventory.stop(node.place, node.kind));
    const more = only(await place.open(node), 'more');
    const { label } = rowOf(more, place.context);
    assert.match(label, /^\d+ of 30 shown$/);
    assert.notEqual(label, '30 of 30 shown');
  });

  it('gives the same object for the same row', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(3));
    const before = await place.open(kindNode('a'));
    await place.model.refresh(kindNode('a'));
    const after = await place.open(kindNode('a'));
    assert.equal(before.length, 3);
    after.forEach((node, i) => assert.equal(node, before[i]));
  });

  it('gives every row its own id, made of keys', async () => {
    const place = createTreePlace([fakeAccount('a'), fakeAccount('b')]);
    for (const owner of ['a', 'b'])
      for (const region of ['r-1', 'r-2']) place.cloud.put(`${owner}:1`, region, ...things(2));
    const ids: string[] = [];
    const walk = async (node?: Node): Promise<void> => {
      for (const child of await place.open(node)) {
        ids.push(nodeId(child));
        await walk(child);
      }
    };
    await walk();
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length > 2 * 2 * 3 * 2, String(ids.length));
    assert.ok(ids.includes('resource:alibabaCloud/a/r-1/managedInstance/i-00001'));
  });

  it('leads from a row up to its account', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(1));
    const resource = only(await place.open(kindNode('a')), 'resource');
    const path: string[] = [];
    for (let node: Node | undefined = resource; node !== undefined; node = place.model.parent(node))
      path.push(node.type);
    assert.deepEqual(path, ['resource', 'kind', 'region', 'account']);
    assert.equal(place.model.find(resource.target), resource);
  });

  it('redraws one row when one resource changes', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(3));
    const [first] = await place.open(kindNode('a'));
    assert.ok(first?.type === 'resource');
    place.cloud.put('a:1', 'r-1', { id: first.target.id, name: 'renamed', state: 'Stopped' });
    place.changes.length = 0;
    await place.model.refresh(first);
    assert.deepEqual(place.changes, [[nodeId(first)]]);
    assert.equal(rowOf(first, place.context).label, 'renamed');
  });

  it('takes a row away when its resource is gone', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(3));
    const [first] = await place.open(kindNode('a'));
    assert.ok(first?.type === 'resource');
    place.cloud.remove('a:1', 'r-1', first.target.id);
    place.changes.length = 0;
    await place.model.refresh(first);
    assert.deepEqual(place.changes, [[nodeId(kindNode('a'))]]);
    assert.equal(place.model.children(kindNode('a')).length, 2);
    assert.equal(rowOf(kindNode('a'), place.context).description, '2');
  });

  it('redraws the rows a run works on, and only those', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(3));
    const [first] = await place.open(kindNode('a'));
    assert.ok(first?.type === 'resource');
    place.changes.length = 0;
    place.busy.set([first.target, { ...first.target, id: 'not-shown' }], true);
    assert.deepEqual(place.changes, [[nodeId(first)]]);
  });

  it('forgets everything of an account that went away', async () => {
    const place = createTreePlace([fakeAccount('a'), fakeAccount('b')]);
    place.cloud.put('a:1', 'r-1', ...things(1));
    const [account] = place.model.children();
    await place.open(account);
    const resource = only(await place.open(kindNode('a')), 'resource');
    place.accounts.splice(0, 1);
    place.inventory.dropAccount('a');
    place.accountsChanged.fire();
    assert.deepEqual(labels(place.model.children(), place), ['Account b']);
    assert.equal(place.model.find(resource.target), undefined);
    assert.equal(place.model.regionsOf('a').regions, undefined);
  });

  it('shows two hundred rows at most, then the next ones without asking the cloud', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(rowsAtOnce + 5));
    const rows = await place.open(kindNode('a'));
    const more = only(rows, 'more');
    assert.equal(rows.length, rowsAtOnce + 1);
    assert.equal(rowOf(more, place.context).label, '200 of 205 shown');
    const asked = place.cloud.requests.length;
    await place.model.showMore(more);
    assert.equal((await place.open(kindNode('a'))).length, rowsAtOnce + 5);
    assert.equal(place.cloud.requests.length, asked);
  });

  it('reads on when more is shown than was read', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(2_500));
    const more = only(await place.open(kindNode('a')), 'more');
    assert.equal(place.inventory.peek(more.place, more.kind)?.items.size, 2_000);
    // 400, 800 and 1,600 of those that are known, then 3,200.
    for (const known of [2_000, 2_000, 2_000, 2_500]) {
      await place.model.showMore(more);
      await place.idle();
      assert.equal(place.inventory.peek(more.place, more.kind)?.items.size, known);
    }
    const rows = await place.open(kindNode('a'));
    assert.equal(rows.length, 2_500);
    assert.equal(new Set(rows.map(nodeId)).size, 2_500);
  });

  it('reads on from the row of the list itself, which says how much of it is read', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(4_500));
    await place.open(kindNode('a'));
    const row = () => rowOf(kindNode('a'), place.context);
    assert.equal(row().description, '2,000 of 4,500');
    assert.ok(row().abilities.includes('loadMore'));
    await place.model.showMore(kindNode('a'));
    assert.equal(row().description, '4,000 of 4,500');
    await place.model.showAll(kindNode('a'));
    assert.equal(row().description, '4,500');
    assert.ok(!row().abilities.includes('loadMore'));
    assert.ok((await place.open(kindNode('a'))).length <= 2 * rowsAtOnce + 1, 'no more is drawn than was asked for');
  });

  it('shows the next known rows when the row behind them comes into sight, and asks no cloud for it', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(2_500));
    const more = only(await place.open(kindNode('a')), 'more');
    const asked = place.cloud.requests.length;
    const drawn: number[] = [];
    while (rowOf(more, place.context).seen !== undefined) {
      place.model.showKnown(more);
      drawn.push((await place.open(kindNode('a'))).length - 1);
    }
    assert.deepEqual(drawn, [400, 800, 1_600, 2_000]);
    assert.equal(place.cloud.requests.length, asked);
    place.model.showKnown(more);
    assert.equal((await place.open(kindNode('a'))).length - 1, 2_000);
  });

  it('says that it reads a list where that takes longer, and only there', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(3));
    place.gates.hold();
    assert.deepEqual(messages(place.model.children(kindNode('a'))), ['loading']);
    assert.deepEqual(place.changes, []);
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(place.changes, [[nodeId(kindNode('a'))]]);
    place.gates.release();
    await place.idle();
    assert.equal(place.model.children(kindNode('a')).length, 3);
  });

  it('keeps the rows where they are that stood for a while when the last page arrives', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...['c', 'b', 'e', 'd', 'a'].map((name, i) => ({ id: `i-${i}`, name })));
    const shown = () => labels(place.model.children(kindNode('a')), place).filter((label) => label.length === 1);
    let first: string[] = [];
    const subscription = place.model.onDidChange(() => {
      if (first.length > 0) return;
      first = shown();
      place.clock.advance(1_500);
    });
    await place.open(kindNode('a'));
    subscription.dispose();
    assert.deepEqual(first, ['c', 'b']);
    assert.deepEqual(shown(), ['c', 'b', 'a', 'd', 'e']);
    await place.model.refresh(kindNode('a'));
    assert.deepEqual(shown(), ['a', 'b', 'c', 'd', 'e']);
  });

  it('loads all on request and shows as many as VS Code bears', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', ...things(rowsAtMost + 1));
    await place.model.showAll(only(await place.open(kindNode('a')), 'more'));
    const rows = await place.open(kindNode('a'));
    assert.equal(rows.length, rowsAtMost + 1);
    assert.equal(rowOf(only(rows, 'more'), place.context).label, '10,000 of 10,001 shown');
  });

  it('counts what is known', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    const describe = (): string | undefined => rowOf(kindNode('a'), place.context).description;
    place.cloud.put('a:1', 'r-1', ...things(1_234));
    assert.equal(describe(), undefined);
    place.gates.hold();
    place.model.children(kindNode('a'));
    assert.equal(describe(), '…');
    place.gates.release();
    await place.idle();
    assert.equal(describe(), '1,234');
  });
});

describe('the count of a list', () => {
  const check = (known: number, total: number | undefined, expected: string): void =>
    void it(`${known} read of ${total ?? 'unknown'} is "${expected}"`, () => {
      const items = new Map(things(known).map((thing) => [thing.id, thing]));
      assert.equal(countWords({ items, total }, 'en'), expected);
    });
  check(0, 0, '0');
  check(3, undefined, '3');
  check(3, 3, '3');
  check(2_000, 48_210, '48,210');
  // By token the clouds only say that there are more.
  check(2_000, 2_001, '2,000+');
});
