import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Item } from '../../../../src/core/item';
import type { Field, Kind } from '../../../../src/core/kind';
import type { DetailsField, DetailsView } from '../../../../src/core/panelProtocol';
import type { Provider } from '../../../../src/core/provider';
import { alibabaCloud } from '../../../../src/providers/alibaba/provider';
import { volcengine } from '../../../../src/providers/volcengine/provider';
import type { DetailsFacts } from '../../../../src/services/details/detailsFacts';
import { DetailsModel } from '../../../../src/services/details/detailsModel';
import { detailsView } from '../../../../src/services/details/detailsView';
import { otherFields } from '../../../../src/services/details/otherFields';
import { valueText } from '../../../../src/services/views/fieldText';
import { fakeAccount, fakeKinds } from '../../support/fakeCloud';
import { createTreePlace, kindNode } from '../../support/treePlace';
import { target } from '../../support/workplace';

const wording = { language: 'en', timeZone: 'Asia/Shanghai' };

describe('a value in words', () => {
  const check = (type: Field['type'], value: unknown, expected: ReturnType<typeof valueText>): void =>
    void it(`${type} ${JSON.stringify(value)}`, () => assert.deepEqual(valueText(type, value, wording), expected));
  check('text', 'web-1', { type: 'text', text: 'web-1' });
  check('text', undefined, { type: 'missing', text: '–' });
  check('text', null, { type: 'missing', text: '–' });
  check('text', '', { type: 'missing', text: '–' });
  check('text', { a: 1 }, { type: 'text', text: '{"a":1}' });
  check('text', ['a', 'b'], { type: 'list', items: ['a', 'b'] });
  check('flag', true, { type: 'text', text: 'Yes', raw: 'true' });
  check('flag', false, { type: 'text', text: 'No', raw: 'false' });
  // Nobody knows whether a host is connected when the cloud does not say.
  check('flag', undefined, { type: 'missing', text: 'unknown' });
  check('flag', 'maybe', { type: 'text', text: 'maybe' });
  check('count', 1_234, { type: 'text', text: '1,234', raw: '1234' });
  check('count', 0, { type: 'text', text: '0', raw: '0' });
  check('count', undefined, { type: 'missing', text: '–' });
  check('time', '2026-11-20T16:00:05Z', {
    type: 'text',
    text: 'Nov 21, 2026, 12:00:05 AM GMT+8',
    raw: '2026-11-20T16:00:05Z',
  });
  check('time', undefined, { type: 'missing', text: '–' });
  check('time', '', { type: 'missing', text: '–' });
  check('time', 'yesterday', { type: 'text', text: 'yesterday' });
  check('list', [], { type: 'missing', text: '–' });
  check('list', ['a', 2], { type: 'list', items: ['a', '2'] });
  check('tags', [], { type: 'missing', text: '–' });
  check('tags', [{ key: 'env', value: 'prod' }, { key: 'x', value: '' }, 7], {
    type: 'tags',
    tags: [
      { key: 'env', value: 'prod' },
      { key: 'x', value: '' },
    ],
  });

  it('is in the language of the user', () => {
    const text = valueText('time', '2026-11-20T16:00:05Z', { ...wording, language: 'zh-cn' });
    assert.match(text.type === 'text' ? text.text : '', /^2026年11月21日 0?0:00:05 GMT\+8$/);
  });
});

describe('fields nobody declared', () => {
  const field = (name: string): Field => ({ name, type: 'text', label: () => name, value: (item) => item[name] });
  const check = (name: string, item: Item, declared: readonly string[], expected: Record<string, unknown>): void =>
    void it(name, () => {
      const others = otherFields(item, declared.map(field));
      assert.deepEqual(Object.fromEntries(others.map((o) => [o.name, o.value])), expected);
    });
  check('are those not in the table', { A: 1, B: 2 }, ['A'], { B: 2 });
  check('are found in objects', { A: { B: 1, C: 2 } }, ['A.B'], { 'A.C': 2 });
  check('are not below a declared one', { A: { B: 1, C: [1] } }, ['A'], {});
  check('keep their lists whole', { L: [{ a: 1 }] }, [], { L: [{ a: 1 }] });
  check('are shown when empty', { E: '', N: null, O: {} }, [], { E: '', N: null, O: {} });
  check('are not an empty object whose fields are declared', { A: {}, B: null }, ['A.X', 'B.X'], {});
  check('are not those the cloud did not send', { U: undefined }, [], {});
});

/** What the details of a record show, one line a field. */
function lines(fields: readonly DetailsField[]): string[] {
  return fields.map(({ label, value }) => {
    switch (value.type) {
      case 'text':
      case 'missing':
        return `${label}: ${value.text}`;
      case 'list':
        return `${label}: ${value.items.join(', ')}`;
      case 'tags':
        return `${label}: ${value.tags.map((t) => `${t.key}=${t.value}`).join(', ')}`;
    }
  });
}

function viewOf(kind: Kind, item: Item | undefined, change: Partial<DetailsFacts> = {}): DetailsView {
  const facts: DetailsFacts = {
    target: target('a', 'cn-hangzhou', 'mi-1', kind.id),
    account: fakeAccount('a'),
    kind,
    regionName: 'China (Hangzhou)',
    item,
    readAt: new Date('2026-11-21T02:03:04Z'),
    gone: false,
    reading: false,
    error: undefined,
    busy: undefined,
    now: new Date('2026-11-21T02:03:04Z'),
    ...change,
  };
  return detailsView(facts, wording);
}

function fieldsOf(view: DetailsView): DetailsField[] {
  return view.sections.flatMap(({ fields }) => fields);
}

function button(view: DetailsView, action: string) {
  return view.buttons.find((one) => one.action === action || one.request === action) ?? assert.fail(action);
}

/** A record with nothing but its id and a field that nobody knows. */
function bareOf(cloud: Provider['id'], kind: Kind): Item {
  const list = {
    RequestId: 'r',
    Instances: [{ InstanceId: 'the-id', Unknown: 1 }],
    ActivationList: [{ ActivationId: 'the-id', Unknown: 1 }],
    Commands: [{ CommandId: 'the-id', Unknown: 1 }],
    Invocations: [{ [cloud === 'alibabaCloud' ? 'InvokeId' : 'InvocationId']: 'the-id', Unknown: 1 }],
  };
  const parsed = kind.list.operation.response.safeParse(
    cloud === 'alibabaCloud' && kind.id === 'instance' ? { ...list, Instances: { Instance: list.Instances } } : list,
  );
  assert.ok(parsed.success);
  const [bare] = kind.list.items(parsed.data);
  return bare ?? assert.fail();
}

describe('the details of a resource', () => {
  const [managed] = alibabaCloud.kinds;
  assert.ok(managed);
  const sent = {
    InstanceId: 'mi-1',
    InstanceName: '<img src=x onerror=alert(1)>',
    Connected: false,
    RegistrationTime: '2026-11-20T16:00:05Z',
    InvocationCount: '12345',
    Tags: [{ TagKey: 'env', TagValue: 'prod' }],
    NewThing: { Depth: 1 },
    ActivationCode: 'very-secret-code',
  };
  // As the list's response schema reads it.
  const [item] = managed.list.items(managed.list.operation.response.parse({ RequestId: 'r', Instances: [sent] }));

  it('show every declared field, labelled, also those the cloud left out', () => {
    const declared = managed.fields.map(({ name }) => name);
    const fields = fieldsOf(viewOf(managed, item)).filter(({ name }) => declared.includes(name));
    assert.deepEqual(fields.map(({ name }) => name).sort(), [...declared].sort());
    const shown = lines(fields);
    for (const line of [
      'Name: <img src=x onerror=alert(1)>',
      'Connected: No',
      'Registered at: Nov 21, 2026, 12:00:05 AM GMT+8',
      'Last task at: –',
      'Tasks run: 12,345',
      'Public IP: –',
      'Tags: env=prod',
    ])
      assert.ok(shown.includes(line), `${line} in ${shown.join('\n')}`);
  });

  const sections = (cloud: Provider, id: Kind['id'], expected: readonly string[]): void =>
    void it(`are in sections for ${cloud.id} ${id}`, () => {
      const kind = cloud.kinds.find((one) => one.id === id) ?? assert.fail();
      const { sections: shown } = viewOf(kind, bareOf(cloud.id, kind));
      assert.deepEqual(
        shown.map(({ heading }) => heading),
        expected,
      );
      const last = shown.at(-1)?.fields.at(-1);
      assert.deepEqual([last?.name, last?.value], ['Unknown', { type: 'text', text: '1' }]);
    });
  const most = ['Identity', 'State and Protection', 'Network', 'Disks and Image', 'Billing', 'Times', 'Tags'];
  sections(alibabaCloud, 'instance', [...most, 'Other fields']);
  sections(volcengine, 'instance', [...most, 'Other fields']);
  sections(alibabaCloud, 'managedInstance', [
    'Identity',
    'State and Protection',
    'Network',
    'Times',
    'Tags',
    'Other fields',
  ]);
  sections(alibabaCloud, 'activation', [
    'Identity',
    'State and Protection',
    'Network',
    'Times',
    'Tags',
    'Other fields',
  ]);

  it('show what else the cloud sent, without secrets', () => {
    const other = viewOf(managed, item).sections.at(-1);
    assert.equal(other?.heading, 'Other fields');
    assert.deepEqual(lines(other.fields), ['NewThing.Depth: 1', 'ActivationCode: ***']);
    assert.doesNotMatch(JSON.stringify(viewOf(managed, item)), /very-secret-code/);
  });

  it('copy what the cloud sent, not our words for it', () => {
    const copies = new Map(fieldsOf(viewOf(managed, item)).map(({ name, copy }) => [name, copy]));
    assert.equal(copies.get('RegistrationTime'), '2026-11-20T16:00:05Z');
    assert.equal(copies.get('InvocationCount'), '12345');
    assert.equal(copies.get('Connected'), 'false');
    assert.equal(copies.get('Tags'), 'env=prod');
    assert.equal(copies.get('InternetIp'), undefined);
  });

  it('say where it is and how it is', () => {
    const view = viewOf(managed, item);
    assert.equal(view.title, '<img src=x onerror=alert(1)>');
    assert.deepEqual(view.place, ['managed instance', 'Account a', 'China (Hangzhou) (cn-hangzhou)']);
    assert.equal(view.status.state?.label, 'Disconnected');
    assert.equal(view.status.notice, undefined);
    assert.deepEqual(view.age, { text: 'Read at Nov 21, 2026, 10:03:04 AM GMT+8', hover: '2026-11-21T02:03:04.000Z' });
  });

  it('offer to deregister it last, behind the harmless buttons', () => {
    assert.deepEqual(
      viewOf(managed, item).buttons.map(({ label }) => label),
      ['Refresh', 'Open Response', 'Copy ID', 'Run Command…', 'Rename…', 'Deregister…'],
    );
    const { disabled, isDestructive, request } = button(viewOf(managed, item), 'deregisterManagedInstance');
    assert.deepEqual([disabled, isDestructive, request], [undefined, true, 'act']);
  });

  const refuses = (name: string, change: Partial<DetailsFacts>, why: string): void =>
    void it(`do not offer it ${name}`, () =>
      assert.equal(button(viewOf(managed, item, change), 'deregisterManagedInstance').disabled, why));
  refuses(
    'in a read-only account',
    { account: fakeAccount('a', { level: 'readOnly' }) },
    'The account "Account a" is marked read-only.',
  );
  refuses('when it is gone', { gone: true }, 'It no longer exists.');
  refuses('while a run works on it', { busy: 'Removing' }, 'A run is working on it.');
  refuses('without its account', { account: undefined }, 'The account of this resource no longer exists.');

  it('offer all that can be done to it, what removes it last, and say why not', () => {
    const kind = volcengine.kinds.find(({ id }) => id === 'instance') ?? assert.fail();
    const bare = bareOf('volcengine', kind);
    const shown = (fields: Item, change: Partial<DetailsFacts> = {}) =>
      viewOf(kind, { ...bare, InstanceChargeType: 'PostPaid', ...fields }, change).buttons.slice(3);
    assert.deepEqual(
      shown({ Status: 'RUNNING' }).map(({ label, disabled, isDestructive }) => [label, disabled, isDestructive]),
      [
        ['Run Command…', undefined, undefined],
        ['Start…', 'Not needed: already running.', undefined],
        ['Stop…', undefined, undefined],
        ['Restart…', undefined, undefined],
        ['Change Release Protection…', undefined, undefined],
        ['Rename…', undefined, undefined],
        ['Delete…', undefined, true],
      ],
    );
    const why = (fields: Item) =>
      shown(fields)
        .slice(1)
        .map(({ disabled }) => disabled);
    assert.deepEqual(why({ Status: 'STOPPED' }).slice(0, 3), [
      undefined,
      'Not needed: already stopped.',
      'It is stopped. Start it first.',
    ]);
    assert.match(why({ Status: 'STOPPING' })[0] ?? '', /^It is just changing its status/);
    assert.ok(shown({ Status: 'RUNNING' }, { busy: 'Stopping' }).every(({ disabled }) => disabled !== undefined));
  });

  it('say that it is gone and show what was last known', () => {
    const view = viewOf(managed, item, { gone: true });
    assert.equal(view.status.notice?.text, 'It no longer exists. This is what was last known of it.');
    assert.equal(view.status.state, undefined);
    assert.deepEqual(view.sections, viewOf(managed, item).sections);
  });

  for (const { kinds, id: cloud } of [alibabaCloud, volcengine]) {
    for (const kind of kinds) {
      it(`work for a record of ${cloud} ${kind.id} with nothing but its id`, () => {
        const bare = bareOf(cloud, kind);
        const view = viewOf(kind, bare);
        assert.equal(view.title, 'the-id');
        const names = fieldsOf(view).map(({ name }) => name);
        assert.deepEqual(names.sort(), [...kind.fields.map(({ name }) => name), 'Unknown'].sort());
      });
    }
  }

  it('show what could not be read as the cloud sent it', () => {
    const kind = alibabaCloud.kinds.find(({ id }) => id === 'instance') ?? assert.fail();
    const odd = {
      InstanceId: 'i-1',
      IoOptimized: 'optimized',
      Tags: 'none',
      EipAddress: 'x',
      SecurityGroupIds: [null],
    };
    const parsed = kind.list.operation.response.parse({ RequestId: 'r', Instances: [odd] });
    const all = lines(fieldsOf(viewOf(kind, kind.list.items(parsed)[0])));
    for (const line of ['I/O optimized: optimized', 'Tags: none', 'EipAddress: x', 'Security groups: null'])
      assert.ok(all.includes(line), `${line} of ${all.join(' | ')}`);
  });

  it('have labels that are all different', () => {
    for (const { kinds } of [alibabaCloud, volcengine]) {
      for (const { fields } of kinds) {
        const labels = fields.map((field) => field.label());
        assert.deepEqual([...new Set(labels)], labels);
      }
    }
  });

  it('never throw, whatever a record holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
        const view = viewOf(fakeKinds.single, record);
        assert.equal(view.key, 'alibabaCloud/a/cn-hangzhou/managedInstance/mi-1');
      }),
    );
  });
});

describe('an open details view', () => {
  function place() {
    const tree = createTreePlace([fakeAccount('a')]);
    tree.cloud.put(
      'a:1',
      'r-1',
      { id: 'i-1', name: 'one', state: 'Running' },
      { id: 'i-2', name: 'two', state: 'Running' },
    );
    const { inventory, registry, clouds, responses, busy, clock } = tree;
    const open = (id: string): DetailsModel =>
      new DetailsModel(target('a', 'r-1', id), {
        inventory,
        accounts: registry,
        clouds,
        responses,
        busy,
        clock,
        ...wording,
      });
    return { ...tree, details: open };
  }

  it('shows a listed resource without asking the cloud', async () => {
    const { open, details, cloud } = place();
    await open(kindNode('a'));
    const asked = cloud.requests.length;
    const model = details('i-1');
    await model.open();
    assert.equal(model.view().title, 'one');
    assert.equal(cloud.requests.length, asked);
  });

  it('reads what no list shows', async () => {
    const { details } = place();
    const model = details('i-1');
    assert.equal(model.view().title, 'i-1');
    await model.open();
    assert.equal(model.view().title, 'one');
    assert.equal(model.view().place.at(-1), 'Region r-1 (r-1)');
  });

  it('shows the resource when only the name of its region cannot be read', async () => {
    const { details, cloud } = place();
    cloud.fault('ListRegions', { kind: 'refused' });
    const model = details('i-1');
    await model.open();
    assert.equal(model.view().title, 'one');
    assert.equal(model.view().place.at(-1), 'r-1');
  });

  it('says that it is being read', async () => {
    const { details, gates } = place();
    const model = details('i-1');
    gates.hold();
    const opened = model.open();
    assert.equal(model.view().status.busy, true);
    assert.equal(button(model.view(), 'refresh')?.disabled, 'It is being read.');
    gates.release();
    await opened;
    assert.equal(model.view().status.busy, false);
  });

  it('says that a resource does not exist', async () => {
    const model = place().details('i-9');
    await model.open();
    assert.equal(model.view().status.notice?.text, 'It does not exist or no longer exists.');
  });

  it('says why it could not be read, keeps what it knew, and reads again', async () => {
    const { details, cloud } = place();
    const model = details('i-1');
    await model.open();
    cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    await model.refresh();
    assert.match(
      model.view().status.notice?.text ?? '',
      /^It could not be read: message of Denied · Ask for the permission\. · Denied · req-\d+$/,
    );
    assert.equal(model.view().title, 'one');
    await model.refresh();
    assert.equal(model.view().status.notice, undefined);
  });

  it('follows the row in the list', async () => {
    const { open, details, cloud, inventory } = place();
    await open(kindNode('a'));
    const model = details('i-1');
    let fired = 0;
    model.onDidChange(() => fired++);
    cloud.put('a:1', 'r-1', { id: 'i-1', name: 'renamed', state: 'Running' });
    await inventory.lookup(kindNode('a').place, 'managedInstance', ['i-1']);
    assert.equal(model.view().title, 'renamed');
    assert.equal(fired, 1);
  });

  it('is not redrawn for other resources', async () => {
    const { open, details, inventory } = place();
    await open(kindNode('a'));
    const model = details('i-1');
    let fired = 0;
    model.onDidChange(() => fired++);
    await inventory.lookup(kindNode('a').place, 'managedInstance', ['i-2']);
    await inventory.list(kindNode('a', 'r-2').place, 'managedInstance');
    await inventory.list(kindNode('a').place, 'activation');
    assert.equal(fired, 0);
  });

  it('says that the resource was deleted, and what it was', async () => {
    const { open, details, inventory } = place();
    await open(kindNode('a'));
    const model = details('i-1');
    inventory.forget(kindNode('a').place, 'managedInstance', ['i-1']);
    assert.equal(model.view().status.notice?.icon, 'trash');
    assert.equal(model.view().title, 'one');
  });

  it('notices in a refreshed list that the resource is gone', async () => {
    const { open, details, cloud, model: tree } = place();
    await open(kindNode('a'));
    const model = details('i-1');
    cloud.remove('a:1', 'r-1', 'i-1');
    await tree.refresh(kindNode('a'));
    assert.match(model.view().status.notice?.text ?? '', /^It no longer exists/);
  });

  it('does not call a resource gone because an older list lacks it', async () => {
    const { open, details, cloud, clock, inventory } = place();
    await open(kindNode('a'));
    clock.advance(1_000);
    cloud.put('a:1', 'r-1', { id: 'i-3', name: 'new', state: 'Running' });
    const model = details('i-3');
    await model.open();
    inventory.forget(kindNode('a').place, 'managedInstance', ['i-2']);
    cloud.fault('ListThings', { kind: 'refused' });
    await inventory.refresh({ place: kindNode('a').place, kind: 'managedInstance' });
    assert.equal(model.view().status.notice, undefined);
  });

  it('does not call a resource gone because a list failed or was narrowed', async () => {
    const { open, details, cloud, clock, inventory } = place();
    await open(kindNode('a'));
    const model = details('i-1');
    clock.advance(1_000);
    cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    await inventory.list(kindNode('a').place, 'managedInstance', { refresh: true });
    cloud.remove('a:1', 'r-1', 'i-1');
    await inventory.list(kindNode('a').place, 'managedInstance', { filter: { status: 'Running' } });
    await inventory.peek(kindNode('a').place, 'managedInstance', { status: 'Running' })?.finished;
    assert.equal(model.view().status.notice, undefined);
  });

  it('says when the account is not here any more', async () => {
    const { details, accounts, accountsChanged } = place();
    const model = details('i-1');
    await model.open();
    let fired = 0;
    model.onDidChange(() => fired++);
    accounts.splice(0, 1);
    accountsChanged.fire();
    // Once for its lists, which go with it, and once for the account.
    assert.equal(fired, 2);
    assert.equal(model.view().status.notice?.text, 'The account of this resource no longer exists.');
    await model.refresh();
  });

  it('finds the answer that shows the resource, or asks for one', async () => {
    const { details, responses, open } = place();
    const model = details('i-1');
    const own = await model.response();
    assert.match(responses.get(own ?? '')?.body ?? '', /"i-1"/);
    await open(kindNode('a'));
    assert.match(responses.get((await details('i-2').response()) ?? '')?.body ?? '', /"i-2"/);
  });

  it('gives the failed answer when there is no other', async () => {
    const { details, cloud, responses } = place();
    cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    const id = await details('i-1').response();
    assert.equal(responses.get(id ?? '')?.error?.code, 'Denied');
  });
});
