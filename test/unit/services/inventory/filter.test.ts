import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Item } from '../../../../src/core/item';
import { ecsInstance as alibabaInstance } from '../../../../src/providers/alibaba/instance/kind';
import { managedInstance } from '../../../../src/providers/alibaba/managedInstance/kind';
import { alibabaCloud } from '../../../../src/providers/alibaba/provider';
import { ecsInstance as volcengineInstance } from '../../../../src/providers/volcengine/instance/kind';
import {
  describeFilter,
  isLeftToCloud,
  matcher,
  parseFilter,
  parseTag,
  serverFilter,
  type RowFilter,
} from '../../../../src/services/inventory/filter';
import { Listing } from '../../../../src/services/inventory/listing';
import { rowChoices } from '../../../../src/services/resources/facetValues';
import { describeGrouping, groupOf, parseGrouping, type Grouping } from '../../../../src/services/resources/grouping';
import { fakeAccount, fakeKinds } from '../../support/fakeCloud';
import { createTreePlace, kindNode } from '../../support/treePlace';

const now = new Date('2026-01-02T03:04:05Z');
const web = {
  id: 'i-00A1',
  name: 'Web-10.example',
  state: 'Running',
  os: 'linux',
  address: '10.0.0.5',
  activation: 'act-1',
  team: 'blue',
};

describe('a row passes the filter', () => {
  const check = (filter: RowFilter, expected: boolean): void =>
    void it(`${expected ? 'by' : 'not by'} ${JSON.stringify(filter)}`, () =>
      assert.equal(matcher(filter, fakeKinds.single, now)(web), expected));
  check({ text: 'web' }, true);
  check({ text: 'WEB-10' }, true);
  check({ text: ' web ' }, true);
  check({ text: '00a1' }, true);
  check({ text: '10.0.0.5' }, true);
  check({ text: 'db' }, false);
  check({ text: 'exampleI' }, false);
  check({ text: '.' }, true);
  check({ text: 'web*' }, true);
  check({ text: '*.example' }, true);
  check({ text: 'web-1?.example' }, true);
  check({ text: 'web?' }, false);
  check({ text: '?0.0.0.5' }, true);
  check({ text: 'web*5' }, false);
  check({ text: '(*' }, false);
  check({ state: 'running' }, true);
  check({ state: 'Stopped' }, false);
  check({ os: 'Linux' }, true);
  check({ os: 'lin' }, false);
  check({ tag: { key: 'team' } }, true);
  check({ tag: { key: 'team', value: 'blue' } }, true);
  check({ tag: { key: 'team', value: '' } }, false);
  check({ tag: { key: 'Team' } }, false);
  check({ activationId: 'act-1' }, true);
  check({ resourceGroupId: 'rg' }, false);
  check({ text: 'web', state: 'Running', os: 'linux' }, true);
  check({ text: 'web', state: 'Running', os: 'windows' }, false);

  it('by its new text when its record was replaced', () => {
    const passes = matcher({ text: 'web' }, fakeKinds.single, now);
    assert.deepEqual([passes(web), passes({ ...web, name: 'db' })], [true, false]);
  });
});

describe('a filter that was kept', () => {
  const check = (kept: unknown, expected: RowFilter | undefined): void =>
    void it(`${JSON.stringify(kept)} is ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(parseFilter(kept), expected));
  check({ text: 'web' }, { text: 'web' });
  check({ text: '  ' }, undefined);
  check({ text: '', state: 'Running' }, undefined);
  check({ state: 'Running', extra: 1 }, { state: 'Running' });
  check({}, undefined);
  check({ agentVersion: '2.2' }, { agentVersion: '2.2' });
  check({ state: 3 }, undefined);
  check({ tag: { value: 'x' } }, undefined);
  check('web', undefined);
  check(null, undefined);
  check(undefined, undefined);
});

describe('what the cloud is asked for', () => {
  const check = (name: string, actual: Record<string, unknown>, expected: Record<string, unknown>): void =>
    void it(name, () => assert.deepEqual(JSON.parse(JSON.stringify(actual)), expected));
  const managed = (filter: RowFilter) => managedInstance.list.filter(serverFilter(filter));
  const alibaba = (filter: RowFilter) => alibabaInstance.list.filter(serverFilter(filter));
  const volcengine = (filter: RowFilter) => volcengineInstance.list.filter(serverFilter(filter));
  check('text is none of its business', managed({ text: 'web' }), {});
  check('connection, as text', managed({ state: 'disconnected' }), { Connected: 'false' });
  check('no connection for other states', managed({ state: 'unknown' }), {});
  check('FreeBSD as the page spells it', managed({ os: 'freebsd' }), { OsType: 'FreeBSD' });
  check('an activation', managed({ activationId: 'a' }), { ActivationId: 'a' });
  check('a tag with any value', managed({ tag: { key: 'k' } }), { Tag: [{ Key: 'k' }] });
  check('a status as this cloud spells it', alibaba({ state: 'RUNNING' }), { Status: 'Running' });
  check('a status as the other cloud spells it', volcengine({ state: 'Running' }), { Status: 'RUNNING' });
  check('no status that this cloud would refuse', alibaba({ state: 'connected' }), {});
  check('no resource group where the default one is not told', alibaba({ resourceGroupId: 'rg-1' }), {});

  const left = (filter: RowFilter, expected: boolean): void =>
    void it(`${JSON.stringify(filter)} is ${expected ? '' : 'not '}left to it`, () =>
      assert.equal(isLeftToCloud(filter, managedInstance), expected));
  left({ activationId: 'a' }, true);
  left({ activationId: 'a', tag: { key: 'k' }, os: 'linux' }, true);
  left({ activationId: 'a', text: 'web' }, false);
  left({ state: 'unknown' }, false);
});

describe('the filter in words', () => {
  it('names every part', () =>
    assert.equal(
      describeFilter({ text: 'web', state: 'connected', tag: { key: 'k', value: 'v' }, activationId: 'a' }),
      'filtered: “web”, state: connected, tag: k=v, activation: a',
    ));
  it('says a state as its rows do', () =>
    assert.equal(
      describeFilter({ state: 'x' }, (id, value) => (id === 'state' ? `<${value}>` : value)),
      'filtered: state: <x>',
    ));
});

describe('the group of a row', () => {
  const check = (grouping: Grouping, expected: string): void =>
    void it(`by ${grouping} is ${expected}`, () => {
      const { key, label } = groupOf(grouping, fakeKinds.single, web, now);
      assert.equal(`${key} ${label}`, expected);
    });
  check('state', '=Running Running');
  check('os', '=linux linux');
  check('activation', '=act-1 act-1');
  check('tag:team', '=blue blue');
  check('tag:Team', ' (not known)');
  check('resourceGroup', ' (not known)');
  check('agentVersion', ' (not known)');

  it('is not mistaken for "not known" when it is called so', () => {
    const named = groupOf('os', fakeKinds.single, { ...web, os: '(not known)' }, now);
    assert.notEqual(named.key, groupOf('os', fakeKinds.single, { ...web, os: '' }, now).key);
  });

  const kept = (value: unknown, expected: string | undefined): void =>
    void it(`kept as ${JSON.stringify(value)} is ${expected}`, () => assert.equal(parseGrouping(value), expected));
  kept('state', 'state');
  kept('tag:env', 'tag:env');
  kept('tag:', undefined);
  kept('tag', undefined);
  kept('colour', undefined);
  kept(3, undefined);
  it('is said in words', () => assert.equal(describeGrouping('tag:env'), 'grouped by tag env'));
});

describe('the values that are offered', () => {
  it('are those of the rows that are known, each row once, most frequent first', async () => {
    const place = createTreePlace([fakeAccount('a')]);
    place.cloud.put(
      'a:1',
      'r-1',
      { ...web, id: '1' },
      { ...web, id: '2', state: 'Stopped', team: 'red' },
      { ...web, id: '3' },
    );
    assert.deepEqual(rowChoices('state', place), []);
    await place.open(kindNode('a'));
    await place.inventory.list(kindNode('a').place, 'managedInstance', { filter: { status: 'Stopped' } });
    const said = (fact: Parameters<typeof rowChoices>[0]) =>
      rowChoices(fact, place).map(({ value, count }) => `${value} ${count}`);
    assert.deepEqual(said('state'), ['Running 2', 'Stopped 1']);
    assert.deepEqual(said('tag'), ['team=blue 2', 'team=red 1']);
    assert.deepEqual(said('tagKey'), ['team 3']);
    assert.deepEqual(said('os'), ['linux 3']);
    assert.deepEqual(said('activation'), ['act-1 3']);
    assert.deepEqual(said('resourceGroup'), []);
  });

  const tag = (text: string, expected: unknown): void =>
    void it(`"${text}" is the tag ${JSON.stringify(expected)}`, () => assert.deepEqual(parseTag(text), expected));
  tag('env', { key: 'env' });
  tag(' env = a=b ', { key: 'env', value: 'a=b' });
  tag('env=', { key: 'env', value: '' });
  tag('=x', undefined);
  tag('', undefined);
});

describe('an activation', () => {
  const list = (items: readonly Item[], kind: 'activation' | 'managedInstance') => ({
    place: kindNode('a').place,
    kind,
    listing: Object.assign(new Listing({}), {
      items: new Map(items.map((item) => [String(item[kind === 'activation' ? 'ActivationId' : 'InstanceId']), item])),
    }),
  });
  const hosts = list([{ InstanceId: 'mi-1', ActivationId: 'act-1', Tags: [] }], 'managedInstance');
  const named = list([{ ActivationId: 'act-1', InstanceName: 'edge', Tags: [] }], 'activation');
  const { clouds, clock } = createTreePlace([]);
  const real = { ...clouds, kind: (_: unknown, id: string) => alibabaCloud.kinds.find((kind) => kind.id === id) };
  const said = (...lists: ReturnType<typeof list>[]) =>
    rowChoices('activation', { inventory: { lists: () => lists }, clouds: real, clock }).map(({ label }) => label);

  it('is offered by its name where a list has it', () => assert.deepEqual(said(hosts, named), ['edge (act-1)']));
  it('is offered by its id where none has it', () => assert.deepEqual(said(hosts), ['act-1']));
});
