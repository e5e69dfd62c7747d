import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CloudError } from '../../../../src/core/cloudError';
import type { KindSearch } from '../../../../src/core/kind';
import {
  searchActivations,
  searchInstances,
  searchManagedInstances,
} from '../../../../src/providers/alibaba/instance/search';
import { ecsInstance as volcengineInstance } from '../../../../src/providers/volcengine/instance/kind';
import type { Found } from '../../../../src/services/inventory/inventory';
import { find, type More } from '../../../../src/services/inventory/search';
import { fakeAccount } from '../../support/fakeCloud';
import { settled } from '../../support/manualClock';
import { createTreePlace, kindNode, things } from '../../support/treePlace';

function create(accounts = [fakeAccount('a'), fakeAccount('b')]) {
  const place = createTreePlace(accounts);
  const hits: string[] = [];
  const misses: string[] = [];
  const steps: string[] = [];
  const more: More[] = [];
  const abort = new AbortController();
  const options = { ...place, accounts: place.registry };
  const search = (text: string): Promise<void> =>
    find(
      text,
      {
        hit: ({ target }) => hits.push(`${target.accountId}/${target.region}/${target.kind}/${target.id}`),
        miss: ({ account, region, kind, error }) =>
          misses.push(`${account.id}/${region ?? '*'}/${kind?.id ?? '*'}: ${error.code}`),
        progress: (done, total) => steps.push(`${done}/${total}`),
        more: (one) => more.push(one),
      },
      options,
      abort.signal,
    );
  return { ...place, hits, misses, steps, more, abort, search };
}

describe('finding', () => {
  it('looks in all accounts, regions and kinds, and tells each resource once', async () => {
    const { cloud, search, hits, steps } = create();
    cloud.put('a:1', 'r-1', { id: 'x1', name: 'web-1' }, { id: 'x2', name: 'db' });
    cloud.put('b:1', 'r-2', { id: 'x3', name: 'the WEB' });
    await search(' web ');
    const kinds = ['activation', 'instance', 'managedInstance'];
    const expected = [...kinds.map((k) => `a/r-1/${k}/x1`), ...kinds.map((k) => `b/r-2/${k}/x3`)];
    assert.deepEqual([...hits].sort(), expected);
    assert.equal(steps.at(-1), '12/12');
  });

  it('finds addresses', async () => {
    const { cloud, search, hits } = create();
    cloud.put('a:1', 'r-2', { id: 'x', name: 'n', address: '10.1.2.3' });
    await search('10.1.2.3');
    assert.equal(hits.length, 3);
  });

  it('asks for an id instead of reading lists', async () => {
    const { cloud, search, hits, inventory } = create();
    cloud.put('a:1', 'r-1', { id: 'i-7', name: 'n' }, ...things(9));
    await search('i-7');
    assert.equal(hits.length, 3);
    assert.equal(cloud.count('ListThings'), 12);
    assert.ok(cloud.requests.every(({ action, params }) => action !== 'ListThings' || 'Ids' in params));
    assert.equal([...inventory.lists()].length, 0);
  });

  it('says where the cloud has more that fit than it answered at once, and reads them when asked', async () => {
    const { search, hits, more, inventory } = create();
    const page = (id: string, next?: string): Found => ({
      items: new Map([[id, { id, name: 'n' }]]),
      more: next !== undefined,
      next: next === undefined ? undefined : { NextToken: next },
    });
    const pages: Record<string, Found> = {
      '{}': page('i-7', '2'),
      '{"NextToken":"2"}': page('I-7', '3'),
      '{"NextToken":"3"}': page('i-7-other', '2'),
    };
    inventory.search = ({ accountId, region }, kind, _, { from } = {}) =>
      Promise.resolve(
        accountId === 'a' && region === 'r-1' && kind === 'managedInstance'
          ? (pages[JSON.stringify(from ?? {})] ?? assert.fail())
          : { items: new Map(), more: false },
      );
    await search('i-7');
    assert.deepEqual(hits, ['a/r-1/managedInstance/i-7']);
    const [first, ...others] = more;
    assert.deepEqual([first?.account.id, first?.region, first?.kind.id], ['a', 'r-1', 'managedInstance']);
    assert.equal(others.length, 0);
    // The cloud turns in a circle: each page is asked for once.
    await first?.read?.();
    assert.deepEqual(
      hits.map((hit) => hit.split('/').at(-1)),
      ['i-7', 'I-7', 'i-7-other'],
    );
  });

  it('says why the rest of what fits could not be read', async () => {
    const { search, more, misses, inventory } = create();
    inventory.search = (_place, _kind, _params, { from } = {}) =>
      from === undefined
        ? Promise.resolve({ items: new Map(), more: true, next: { NextToken: '2' } })
        : Promise.reject(new CloudError('No.', { reason: 'throttled', delivery: 'answered', code: 'Throttling' }));
    await search('i-7');
    await more[0]?.read?.();
    assert.deepEqual(misses, ['a/r-1/managedInstance: Throttling']);
  });

  it('takes nothing for an answer that was not asked for', async () => {
    const { cloud, search, hits } = create();
    cloud.put('a:1', 'r-1', { id: 'i-7', name: 'n' }, { id: 'other', name: 'o' });
    cloud.onRequest = ({ params }) => Object.assign(params, { Ids: undefined });
    await search('i-7');
    assert.deepEqual(new Set(hits.map((hit) => hit.split('/').at(-1))), new Set(['i-7']));
  });

  it('tells at once what is known', async () => {
    const { cloud, search, hits, open, gates } = create();
    cloud.put('a:1', 'r-1', { id: 'x', name: 'web' });
    await open(kindNode('a'));
    gates.hold();
    const searched = search('web');
    assert.deepEqual(hits, ['a/r-1/managedInstance/x']);
    gates.release();
    await searched;
    assert.equal(hits.filter((hit) => hit === 'a/r-1/managedInstance/x').length, 1);
  });

  it('reads long lists to their end', async () => {
    const { cloud, search, hits } = create();
    cloud.put('a:1', 'r-1', ...things(2_100), { id: 'z', name: 'needle' });
    await search('needle');
    assert.equal(hits.length, 3);
  });

  it('says which place could not be searched, and searches the others', async () => {
    const { cloud, search, hits, misses } = create();
    cloud.put('b:1', 'r-1', { id: 'x', name: 'web' });
    cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    await search('web');
    assert.deepEqual([misses.length, hits.length], [1, 3]);
    assert.match(misses[0] ?? '', /^a\/r-1\/managedInstance: Denied$/);
  });

  it('says which account could not be searched', async () => {
    const { cloud, search, misses } = create();
    cloud.fault('ListRegions', { kind: 'error', code: 'BadKey', status: 403 });
    await search('web');
    assert.deepEqual(misses, ['a/*/*: BadKey']);
  });

  it('looks once where accounts have one owner, and with another of them where the first may not', async () => {
    const accounts = [fakeAccount('a'), fakeAccount('twin', { key: 'a:2' }), fakeAccount('b')];
    const { cloud, search, hits, misses } = create(accounts);
    cloud.put('a:1', 'r-1', { id: 'x', name: 'web' });
    cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    await search('web');
    assert.deepEqual([...hits].sort(), ['a/r-1/activation/x', 'a/r-1/instance/x', 'twin/r-1/managedInstance/x']);
    assert.deepEqual(misses, []);
    // Six of each owner, and the one that was refused.
    assert.equal(cloud.count('ListThings'), 13);
  });

  it('says what no account of an owner may list, once', async () => {
    const { cloud, search, misses } = create([fakeAccount('a'), fakeAccount('twin', { key: 'a:2' })]);
    const denied = { kind: 'error', code: 'Denied', status: 403 } as const;
    cloud.fault('ListThings', ...Array.from({ length: 7 }, () => denied));
    await search('web');
    assert.deepEqual(misses, ['twin/r-1/managedInstance: Denied']);
  });

  it('is quiet about regions without the API', async () => {
    const { cloud, search, misses } = create();
    cloud.fault(
      'ListThings',
      ...Array.from({ length: 12 }, () => ({ kind: 'error', code: 'Unsupported', status: 400 }) as const),
    );
    await search('web');
    await search('i-1');
    assert.deepEqual(misses, []);
  });

  it('stops when it is cancelled, and says nothing more', async () => {
    const { cloud, search, hits, misses, abort, gates, inventory } = create();
    cloud.put('a:1', 'r-1', ...things(50));
    await inventory.regions('a');
    await inventory.regions('b');
    const before = cloud.requests.length;
    gates.hold();
    const searched = search('thing');
    await settled();
    abort.abort();
    gates.release();
    await searched;
    assert.deepEqual([hits, misses, cloud.requests.length - before], [[], [], 0]);
  });

  it('does not stop a list that somebody else reads', async () => {
    const { cloud, search, abort, gates, inventory } = create();
    cloud.put('a:1', 'r-1', ...things(5));
    await inventory.regions('a');
    gates.hold();
    const listed = inventory.list(kindNode('a').place, 'managedInstance');
    await settled();
    const searched = search('thing');
    await settled();
    abort.abort();
    gates.release();
    const listing = await listed;
    await listing.finished;
    await searched;
    assert.equal(listing.items.size, 5);
  });
});

describe('what a cloud can find itself', () => {
  const check = (search: ((text: string) => KindSearch) | undefined, text: string, expected: KindSearch): void =>
    void it(`${search?.name ?? ''} "${text}"`, () => assert.deepEqual(search?.(text), expected));
  const uuid = '4ECEEE12-56F1-4FBC-9AB1-890F12345678';
  const [none, read] = [
    { calls: [], findsAll: true },
    { calls: [], findsAll: false },
  ];
  check(searchManagedInstances, 'mi-hz018jrc1o0g', { calls: [{ InstanceId: ['mi-hz018jrc1o0g'] }], findsAll: true });
  check(searchManagedInstances, '10.0.0.1', { calls: [{ InstanceIp: '10.0.0.1' }], findsAll: true });
  check(searchManagedInstances, 'web', { calls: [{ InstanceName: 'web' }], findsAll: false });
  check(searchManagedInstances, 'web*', read);
  check(searchManagedInstances, uuid, none);
  check(searchActivations, uuid, { calls: [{ ActivationId: uuid }], findsAll: true });
  check(searchActivations, '10.0.0.1', none);
  check(searchActivations, 'web', read);
  check(searchInstances, 'i-bp67acfmxazb4p1x', { calls: [{ InstanceIds: '["i-bp67acfmxazb4p1x"]' }], findsAll: true });
  check(searchInstances, 'web', { calls: [{ InstanceName: '*web*' }], findsAll: true });
  check(searchInstances, 'web*', { calls: [{ InstanceName: 'web*' }], findsAll: true });
  check(searchInstances, 'web?', read);
  check(searchInstances, '2001:db8::1', { calls: [{ Ipv6Address: ['2001:db8::1'] }], findsAll: true });
  check(searchInstances, '10.0.0.1', {
    calls: [
      { PrivateIpAddresses: '["10.0.0.1"]' },
      { PublicIpAddresses: '["10.0.0.1"]' },
      { EipAddresses: '["10.0.0.1"]' },
    ],
    findsAll: true,
  });
  check(volcengineInstance.search, 'i-yc9f3xz01a', { calls: [{ InstanceIds: ['i-yc9f3xz01a'] }], findsAll: true });
  check(volcengineInstance.search, 'web', { calls: [{ InstanceName: 'web' }], findsAll: true });
  check(volcengineInstance.search, 'w*b', read);
});
