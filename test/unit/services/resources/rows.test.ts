import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Account } from '../../../../src/core/account';
import type { Node } from '../../../../src/services/resources/nodes';
import { rowOf, tooltipOf } from '../../../../src/services/resources/nodeTypes';
import type { Row } from '../../../../src/services/resources/rows';
import { type Tooltip } from '../../../../src/services/views/tooltip';
import { fakeAccount, fakeKinds } from '../../support/fakeCloud';
import { createTreePlace, kindNode } from '../../support/treePlace';

function accountRow(account: Account): Row {
  const place = createTreePlace([account, fakeAccount('other')]);
  return rowOf({ type: 'account', accountId: account.id }, place.context);
}

/** The row of the only thing in a place, and its tooltip. */
async function thing(name: string, account = fakeAccount('a'), state = 'Running') {
  const place = createTreePlace([account]);
  place.cloud.put(`${account.id}:1`, 'r-1', { id: 'i-1', name, state });
  const [node] = await place.open(kindNode(account.id));
  assert.ok(node);
  return { place, node, row: () => rowOf(node, place.context), tooltip: () => tooltipOf(node, place.context) };
}

describe('the row of an account', () => {
  const check = (name: string, change: Partial<Account>, expected: Partial<Row>): void =>
    void it(name, () => {
      const row = accountRow({ ...fakeAccount('a'), ...change });
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(row[key as keyof Row], value, key);
    });
  check(
    'says cloud and source',
    {},
    { label: 'Account a', description: 'Fake · test', words: ['account', 'alibabaCloud', 'normal'] },
  );
  check(
    'says "production" first, and in colour',
    { level: 'production' },
    { description: 'production · Fake · test', icon: 'shield', tone: 'bad' },
  );
  check(
    'says "read-only" first, and in colour',
    { level: 'readOnly' },
    { description: 'read-only · Fake · test', icon: 'lock', tone: 'warning' },
  );
  check(
    'shows the mark of a sandbox where it is tried',
    { sandbox: true, source: 'Sandbox', level: 'production' },
    { description: 'production · Sandbox', icon: 'shield', words: ['account', 'alibabaCloud', 'sandbox'] },
  );
  check(
    'says of the sandbox only that Sandbox: its name says the rest',
    { sandbox: true, source: 'Sandbox' },
    { description: 'Sandbox', words: ['account', 'alibabaCloud', 'sandbox'] },
  );
  check(
    'can only be named when it comes from elsewhere',
    {},
    { abilities: ['refresh', 'choose', 'diagnose', 'protect', 'nameAccount'] },
  );
  check(
    'can be edited when it was added by hand',
    { id: 'stored:1' },
    { abilities: ['refresh', 'choose', 'diagnose', 'protect', 'nameAccount', 'editAccount'] },
  );
  check('is spoken as an account', {}, { spoken: 'Account Account a, Fake, test' });

  it('marks what stands below it', () => {
    for (const [level, mark, spoken] of [
      ['production', 'production', 'Region r-1, production'],
      ['readOnly', 'readOnly', 'Region r-1, read-only'],
      ['normal', undefined, 'Region r-1'],
    ] as const) {
      const { context } = createTreePlace([{ ...fakeAccount('a'), level }]);
      const row = rowOf(
        { type: 'region', place: { provider: 'alibabaCloud', accountId: 'a', region: 'r-1' } },
        context,
      );
      assert.deepEqual([row.mark, row.spoken], [mark, spoken]);
    }
  });

  it('is open when it is the only one', () => {
    const place = createTreePlace([fakeAccount('a')]);
    assert.equal(rowOf({ type: 'account', accountId: 'a' }, place.context).expand, 'expanded');
  });
});

describe('the row of a resource', () => {
  it('says name and state in words', async () => {
    const { row } = await thing('web-1');
    assert.equal(row().label, 'web-1');
    assert.equal(row().description, 'Running');
    assert.equal(row().spoken, 'thing, web-1, Running');
    assert.deepEqual(row().words, ['resource', 'alibabaCloud', 'managedInstance', 'Running']);
  });

  const shows = (name: string, label = name): void =>
    void it(`shows ${JSON.stringify(name)} exactly`, async () => {
      const { row } = await thing(name);
      assert.equal(row().label, label);
      assert.equal(row().spoken, `thing, ${label}, Running`);
    });
  shows('<img src=x onerror=alert(1)>');
  shows('[click](command:x) **b** `c` $(trash)');
  shows('服务器 一号');
  shows('👩‍💻');
  shows('web\u202egpj.exe', 'web\\u{202e}gpj.exe');
  shows('a\nb', 'a\\u{a}b');
  shows('a\u200bb', 'a\\u{200b}b');

  it('offers what its kind can do', async () => {
    const { row } = await thing('web-1');
    assert.deepEqual(row().abilities, ['details', 'copy', 'address', 'refresh', 'response']);
    assert.deepEqual(row().actions, ['deregisterManagedInstance']);
  });

  it('offers to show what is registered with it, where its kind registers something', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', { id: 'act-1', name: 'code' });
    const [node] = await place.open(kindNode('a', 'r-1', fakeKinds.tokenless.id));
    assert.ok(rowOf(node ?? assert.fail(), place.context).abilities.includes('registered'));
  });

  it('offers nothing that deletes in a read-only account', async () => {
    const { row } = await thing('web-1', fakeAccount('a', { level: 'readOnly' }));
    assert.deepEqual(row().abilities, ['details', 'copy', 'address', 'refresh', 'response']);
    assert.deepEqual(row().actions, []);
  });

  it('says what a run does to it and offers no second one', async () => {
    const { place, node, row } = await thing('web-1');
    assert.ok(node.type === 'resource');
    place.busy.set([node.target], true);
    assert.equal(row().description, 'Removing… · Running');
    assert.equal(row().icon, 'loading~spin');
    assert.ok(row().words.includes('busy'));
    assert.deepEqual(row().actions, []);
    place.busy.set([node.target], false);
    assert.deepEqual(row().actions, ['deregisterManagedInstance']);
  });

  it('can be drawn after its record went away', async () => {
    const { place, node, row } = await thing('web-1');
    place.inventory.forget(kindNode('a').place, 'managedInstance', ['i-1']);
    assert.equal(row().label, 'i-1');
    assert.deepEqual(row().abilities, ['copy']);
    assert.equal(await tooltipOf(node, place.context), undefined);
  });
});

describe('a failed row', () => {
  const failed = async (code: string, status: number): Promise<{ row: Row; tooltip: Tooltip | undefined }> => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.fault('ListThings', { kind: 'error', code, status });
    const [node] = await place.open(kindNode('a'));
    assert.ok(node);
    return { row: rowOf(node, place.context), tooltip: await tooltipOf(node, place.context) };
  };

  it('says the cause first, then what to do', async () => {
    const { row } = await failed('Denied', 403);
    assert.equal(row.label, 'No permission: ecs:ListThings');
    assert.equal(row.description, 'Ask for the permission. · Denied · message of Denied');
    assert.deepEqual(row.abilities, ['retry', 'response', 'policy']);
    assert.equal(row.click, 'retry');
    assert.match(row.spoken ?? '', /^Could not be read\. No permission: ecs:ListThings Ask for the permission\./);
  });

  it('has the words of the cloud where ours would say less, and no code twice', async () => {
    const { row } = await failed('Broken', 500);
    assert.deepEqual([row.label, row.description], ['message of Broken', '']);
  });

  it('offers no policy where no permission is missing', async () => {
    const { row } = await failed('Broken', 500);
    assert.deepEqual(row.abilities, ['retry', 'response']);
  });

  it('has code and request id in the tooltip', async () => {
    const { tooltip } = await failed('Denied', 403);
    assert.deepEqual(tooltip?.notes, [
      'message of Denied',
      'Ask for the permission.',
      'Code: Denied',
      'Request ID: req-1',
    ]);
  });
});

describe('a tooltip', () => {
  it('of an account says who the keys belong to', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    const tooltip = await tooltipOf({ type: 'account', accountId: 'a' }, place.context);
    const lines = tooltip?.lines.map(({ label, value }) => `${label}: ${value}`);
    assert.deepEqual(lines?.slice(0, 2), ['Account ID: a', 'Caller: a/user']);
  });

  it('of an account says why that could not be read', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.fault('WhoAmI', { kind: 'error', code: 'BadKey', status: 403 });
    const tooltip = await tooltipOf({ type: 'account', accountId: 'a' }, place.context);
    assert.deepEqual(tooltip?.notes, ['Who the keys belong to could not be read: message of BadKey', 'Check the key.']);
  });

  it('of a resource says state, account, region and when it was read', async () => {
    const { tooltip } = await thing('web-1');
    const said = await tooltip();
    assert.deepEqual(
      said?.lines.map(({ label, value }) => `${label}: ${value}`),
      ['State: Running', 'Account: Account a', 'Region: r-1 (r-1)'],
    );
    assert.deepEqual(said?.notes, ['Read at Jan 2, 2026, 3:04:05 AM UTC']);
  });

  it('of a list says when it was read', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    assert.deepEqual((await tooltipOf(kindNode('a'), place.context))?.notes, [
      'Not read yet. Expand to read the list.',
    ]);
    await place.open(kindNode('a'));
    assert.deepEqual((await tooltipOf(kindNode('a'), place.context))?.notes, ['Read at Jan 2, 2026, 3:04:05 AM UTC']);
  });
});

describe('the row of a region', () => {
  it('has its name and its id', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    const [account] = place.model.children();
    const [region] = await place.open(account);
    const row = rowOf(region as Node, place.context);
    assert.equal(row.label, 'Region r-1');
    assert.equal(row.description, 'r-1');
  });
});
