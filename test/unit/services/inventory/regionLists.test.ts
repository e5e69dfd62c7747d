import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Transport } from '../../../../src/client/transport';
import type { Account } from '../../../../src/core/account';
import { CloudError } from '../../../../src/core/cloudError';
import { volcengine } from '../../../../src/providers/volcengine/provider';
import { TypedRegions } from '../../../../src/services/inventory/regionLists';
import { find } from '../../../../src/services/inventory/search';
import type { Node } from '../../../../src/services/resources/nodes';
import { rowOf } from '../../../../src/services/resources/nodeTypes';
import { fakeAccount, type Fault } from '../../support/fakeCloud';
import { createMemory } from '../../support/memory';
import { createTreePlace } from '../../support/treePlace';
import { createWorkplace } from '../../support/workplace';

const denied: Fault = { kind: 'error', code: 'Denied', status: 403 };
const own = { ...fakeAccount('a'), region: 'r-2' };
const account: Node = { type: 'account', accountId: 'a' };

function place(who: Account = own, ...faults: readonly Fault[]) {
  const made = createTreePlace([who]);
  made.cloud.fault('ListRegions', ...faults);
  const rows = async () => (await made.open(account)).map((node) => rowOf(node, made.context));
  const labels = async (): Promise<string[]> => (await rows()).map(({ label }) => label);
  return { ...made, rows, labels };
}

describe('where regions may not be listed', () => {
  it("the profile's own is offered, with the reason why the others are missing", async () => {
    const { labels, rows, inventory } = place(own, denied);
    assert.deepEqual(await labels(), ['No permission: ecs:ListRegions', 'Region r-2']);
    assert.match(
      (await rows())[0]?.description ?? '',
      /^not all regions could be listed · Ask for the permission\. · /,
    );
    assert.deepEqual((await rows())[0]?.abilities, ['retry', 'choose', 'response', 'policy']);
    const { regions, problem } = await inventory.regions('a');
    assert.deepEqual([regions.length, problem], [2, undefined], 'it is asked for again');
  });

  it('without one, only the reason is there, until a region is typed', async () => {
    const { labels, inventory } = place(fakeAccount('a'), denied);
    assert.deepEqual(await labels(), ['No permission: ecs:ListRegions']);
    await inventory.keepRegions('a', ['r-9']);
    assert.deepEqual(await labels(), ['No permission: ecs:ListRegions', 'Region r-9']);
  });

  it('rejects where there is none at all', async () => {
    const { inventory } = place(fakeAccount('a'), denied);
    await assert.rejects(inventory.regions('a'), (error) => CloudError.is(error, 'permission'));
  });

  it('refused keys are said instead: nothing can be read with them', async () => {
    const { labels } = place(own, { kind: 'error', code: 'BadKey', status: 403 });
    assert.deepEqual(await labels(), ['Keys not accepted: BadKey']);
  });

  it('lists and finds in its own region', async () => {
    const { cloud, registry, clouds, inventory, owners, clock } = place(own, denied);
    cloud.put('a:1', 'r-2', { id: 'i-1', name: 'web', state: 'Running' });
    const [hits, misses]: [string[], string[]] = [[], []];
    const sink = {
      hit: ({ target }: { target: { id: string } }) => hits.push(target.id),
      miss: ({ error }: { error: CloudError }) => misses.push(error.code ?? ''),
      progress: () => undefined,
      more: () => undefined,
    };
    await find('web', sink, { accounts: registry, clouds, inventory, owners, clock }, new AbortController().signal);
    assert.deepEqual([[...new Set(hits)], misses], [['i-1'], ['Denied']]);
  });

  it('a refresh asks the cloud again', async () => {
    const { labels, model } = place(own, denied);
    await labels();
    await model.refresh(account);
    assert.deepEqual(await labels(), ['Region r-1', 'Region r-2']);
  });
});

describe('a typed region', () => {
  it('stands beside those that the cloud lists, once', async () => {
    const { labels, inventory } = place();
    await labels();
    await inventory.keepRegions('a', ['r-1', 'r-9', 'r-9']);
    assert.deepEqual(await labels(), ['Region r-1', 'Region r-2', 'Region r-9']);
    await inventory.keepRegions('a', []);
    assert.deepEqual(await labels(), ['Region r-1', 'Region r-2']);
  });

  it("the profile's own is not added to a list that is complete", async () => {
    const { labels } = place({ ...own, region: 'r-77' });
    assert.deepEqual(await labels(), ['Region r-1', 'Region r-2']);
  });

  it('is kept, and nothing that cannot be one', async () => {
    const memory = createMemory();
    await new TypedRegions(memory).set('a', ['cn-gov-1']);
    assert.deepEqual(new TypedRegions(memory).of('a'), ['cn-gov-1']);
    await memory.set('regions.typed', { a: ['ok-1', 'evil.example.com', 7, ''], b: 'x', c: ['r-3'] });
    const read = new TypedRegions(memory);
    assert.deepEqual([read.of('a'), read.of('b'), read.of('c')], [['ok-1'], [], ['r-3']]);
    await memory.set('regions.typed', 'broken');
    assert.deepEqual(new TypedRegions(memory).of('a'), []);
  });
});

describe('a list of regions that turns in a circle', () => {
  for (const [name, tokens] of [
    ['the same token each time', ['A']],
    ['tokens A, B, A, B', ['A', 'B']],
    ['tokens A, B, C round and round', ['A', 'B', 'C']],
  ] as const) {
    it(`${name}: it is left, said not to be complete, and its rows are kept`, async () => {
      let calls = 0;
      const transport: Transport = {
        send: () => {
          const Result = { Regions: [{ RegionId: `cn-${calls}` }], NextToken: tokens[calls++ % tokens.length] };
          const ResponseMetadata = { RequestId: 'r', Action: 'DescribeRegions' };
          return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify({ ResponseMetadata, Result }) });
        },
        close: () => Promise.resolve(),
      };
      const who: Account = { ...fakeAccount('v'), provider: 'volcengine' };
      const { inventory } = createWorkplace([who], {}, { providers: [volcengine], transport });
      const { regions, problem } = await inventory.regions('v');
      assert.equal(calls, tokens.length + 1);
      assert.deepEqual(
        regions.map(({ id }) => id),
        Array.from({ length: calls }, (_, index) => `cn-${index}`),
      );
      assert.match(problem?.message ?? '', /not complete/);
    });
  }
});
