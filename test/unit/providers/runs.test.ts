import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Item } from '../../../src/core/item';
import type { Kind } from '../../../src/core/kind';
import { runs as alibabaRuns } from '../../../src/providers/alibaba/run/kind';
import { runs as volcengineRuns } from '../../../src/providers/volcengine/run/kind';
import { Listing } from '../../../src/services/inventory/listing';
import { RowOrder } from '../../../src/services/resources/rowOrder';

const now = new Date('2026-01-02T12:00:00Z');

/** A record as the list's schema leaves it. */
function item(kind: Kind, record: Item): Item {
  const [first] = kind.list.items(kind.list.operation.response.parse({ Invocations: [record] }));
  return first ?? assert.fail();
}

const run = (record: Item = {}): Item => item(alibabaRuns, { InvokeId: 't-1', ...record });
const ivk = (record: Item = {}): Item => item(volcengineRuns, { InvocationId: 'ivk-1', ...record });
const hosts = (...states: string[]): Item => ({
  InvokeInstances: {
    InvokeInstance: states.map((InvocationStatus, i) => ({ InstanceId: `i-${i}`, InvocationStatus, ExitCode: i })),
  },
});

describe('the state of a run', () => {
  const check = (record: Item, kind: Kind, expected: string, isTransient: boolean): void =>
    void it(`${kind === alibabaRuns ? 'Alibaba Cloud' : 'Volcengine'} ${JSON.stringify(record)}: ${expected}`, () => {
      const state = kind.state(kind === alibabaRuns ? run(record) : ivk(record), now);
      assert.deepEqual([state.token, state.isTransient === true], [expected, isTransient]);
    });
  const alibaba = (record: Item, expected: string, isTransient = false): void =>
    check(record, alibabaRuns, expected, isTransient);
  const volcengine = (record: Item, expected: string, isTransient = false): void =>
    check(record, volcengineRuns, expected, isTransient);
  alibaba({ InvocationStatus: 'Pending' }, 'waiting', true);
  alibaba({ InvocationStatus: 'Running' }, 'running', true);
  alibaba({ InvocationStatus: 'Stopping' }, 'stopping', true);
  alibaba({ InvocationStatus: 'Success' }, 'succeeded');
  alibaba({ InvocationStatus: 'Failed' }, 'failed');
  alibaba({ InvocationStatus: 'PartialFailed' }, 'partlyFailed');
  alibaba({ InvocationStatus: 'Stopped' }, 'stopped');
  alibaba({ InvocationStatus: 'Scheduled' }, 'scheduled');
  // The list says "running" of what repeats, between its rounds as well.
  alibaba({ InvocationStatus: 'Running', RepeatMode: 'Period', Frequency: 'rate(5m)' }, 'scheduled');
  alibaba({ InvocationStatus: 'Running', RepeatMode: 'EveryReboot' }, 'scheduled');
  alibaba({ InvocationStatus: 'Stopping', RepeatMode: 'Period' }, 'stopping', true);
  alibaba({ InvocationStatus: 'Stopped', RepeatMode: 'Period' }, 'stopped');
  // A word that nobody documents goes on, and is shown as it is.
  alibaba({ InvocationStatus: 'Paused' }, 'Paused', true);
  alibaba({ InvocationStatus: 'x+can.stopRun' }, 'unknown');
  alibaba({ InvocationStatus: 'constructor' }, 'constructor', true);
  alibaba({}, 'unknown');
  volcengine({ InvocationStatus: 'Running' }, 'running', true);
  volcengine({ InvocationStatus: 'Running', RepeatMode: 'Rate' }, 'scheduled');
  volcengine({ InvocationStatus: 'Scheduled', RepeatMode: 'Fixed' }, 'scheduled');
  volcengine({ InvocationStatus: 'Finished', RepeatMode: 'Rate' }, 'ended');
  volcengine({ InvocationStatus: 'Stopped' }, 'stopped');
});

describe('a run is called', () => {
  const check = (name: string, record: Item, expected: string): void =>
    void it(name, () => assert.equal(alibabaRuns.name(run(record)), expected));
  check('what its owner calls it', { CommandName: '清理日志', CommandId: 'c-1' }, '清理日志');
  check('by its command where it has no name', { CommandId: 'c-1' }, 'c-1');
  check('by its id where there is nothing else', {}, 't-1');
  check(
    'by the script where its name is a mark of ours',
    { CommandName: 'cae-1a2b', CommandDescription: 'a.sh' },
    'a.sh',
  );
  check('by the mark where that is all there is', { CommandName: 'cae-1a2b' }, 'cae-1a2b');
  it('on Volcengine by the name of the run', () =>
    assert.equal(volcengineRuns.name(ivk({ InvocationName: '批量作业', CommandName: 'x' })), '批量作业'));
});

describe('runs are told apart by', () => {
  const values = (kind: Kind, id: string, record: Item): string[] =>
    kind.facets
      .find((facet) => facet.id === id)
      ?.values(record, now)
      .map(({ value }) => value) ?? [];
  it('when they began', () => {
    const begun = (CreationTime: string) => values(alibabaRuns, 'begun', run({ CreationTime }));
    assert.deepEqual(begun('2026-01-02T11:30:00Z'), ['hour', 'day', 'week']);
    assert.deepEqual(begun('2026-01-02T01:00:00Z'), ['day', 'week']);
    assert.deepEqual(begun('2025-12-28T01:00:00Z'), ['week']);
    assert.deepEqual(begun('2025-12-01T01:00:00Z'), ['older']);
    assert.deepEqual(begun('soon'), []);
  });
  it('how many instances they are about', () => {
    const counts = (InstanceNumber: number) => values(volcengineRuns, 'hostCount', ivk({ InstanceNumber }));
    assert.deepEqual([1, 2, 10, 11, 100, 101].flatMap(counts), ['1', '2-10', '2-10', '11-100', '11-100', 'more']);
    assert.deepEqual(values(alibabaRuns, 'hostCount', run(hosts('Success', 'Failed'))), ['2-10']);
    assert.deepEqual(values(alibabaRuns, 'hostCount', run()), []);
  });
});

it('a row says on how many instances, how often and when', () => {
  const facts = alibabaRuns.summary(run({ ...hosts('Success'), Frequency: 'rate(5m)', CreationTime: 'soon' }), now);
  assert.deepEqual(facts, ['1 instance', 'rate(5m)', 'soon']);
});

it('details have the script line by line, and each instance with its exit code', () => {
  const record = run({
    CommandContent: Buffer.from('#!/bin/sh\r\n  df -h\n').toString('base64'),
    ...hosts('Success', 'Failed'),
  });
  const valueOf = (name: string): unknown => alibabaRuns.fields.find((field) => field.name === name)?.value(record);
  assert.deepEqual(valueOf('CommandContent'), ['#!/bin/sh', '  df -h']);
  assert.deepEqual(valueOf('InvokeInstances'), ['i-0: Success', 'i-1: Failed (1)']);
});

it('the newest runs stand first, whatever they are called, and those without a time last', () => {
  const listing = new Listing({});
  const of = (id: string, CreationTime: string, CommandName: string) =>
    [id, run({ InvokeId: id, CreationTime, CommandName })] as const;
  listing.items = new Map([
    of('t-old', '2026-01-01T00:00:00Z', 'a'),
    of('t-none', '', 'b'),
    of('t-new', '2026-01-02T00:00:00Z', 'c'),
  ]);
  const ids = new RowOrder('en').of({ listing, kind: alibabaRuns, now, drawn: () => [] });
  assert.deepEqual([...ids], ['t-new', 't-old', 't-none']);
});

describe('a run is looked for', () => {
  it('by its id in one call', () => {
    assert.deepEqual(alibabaRuns.search?.('t-hz0jdfwd9f'), { calls: [{ InvokeId: 't-hz0jdfwd9f' }], findsAll: true });
    assert.deepEqual(volcengineRuns.search?.('ivk-ycicy97x4i'), {
      calls: [{ InvocationId: 'ivk-ycicy97x4i' }],
      findsAll: true,
    });
  });
  it('by anything else only among those that are read', () =>
    assert.deepEqual(alibabaRuns.search?.('nginx'), { calls: [], findsAll: false }));
  it('by the ids of its instances, its command and its name', () =>
    assert.deepEqual(alibabaRuns.texts(run({ ...hosts('Success'), CommandId: 'c-1', CommandName: 'n' })), [
      'n',
      'c-1',
      'i-0',
    ]));
});

for (const kind of [alibabaRuns, volcengineRuns]) {
  it(`${kind.list.operation.page}: pages and lookups pass the schema`, () => {
    const { list, lookup } = kind;
    const region = kind === alibabaRuns ? { RegionId: 'r' } : {};
    for (const params of [list.pager.first, list.pager.sample, list.numbered?.page(2), lookup.params(['x'])])
      list.operation.params.parse({ ...region, ...params });
    const tag = { key: 'k', value: 'v' };
    list.operation.params.parse({ ...region, ...list.filter({ tag, status: 'Running', resourceGroupId: 'rg' }) });
  });
}
