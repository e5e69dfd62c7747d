import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flattenParams } from '../../../src/core/flatten';
import type { Operation } from '../../../src/core/operation';
import { parseParams } from '../../../src/core/unflatten';
import { deleteInstances, describeInstances } from '../../../src/providers/alibaba/instance/operations';
import { describeManagedInstances } from '../../../src/providers/alibaba/managedInstance/operations';
import { alibabaCloud } from '../../../src/providers/alibaba/provider';
import { sampleParams } from '../support/sampleParams';

function check(name: string, operation: Operation, flat: Record<string, string>, expected: unknown): void {
  test(name, () => assert.deepEqual(parseParams(operation, flat), expected));
}

check(
  'numbered names become a list',
  deleteInstances,
  { 'InstanceId.1': 'a', 'InstanceId.2': 'b' },
  { InstanceId: ['a', 'b'] },
);
check(
  'the numbers decide the order, as numbers',
  deleteInstances,
  { 'InstanceId.10': 'j', 'InstanceId.2': 'b', 'InstanceId.1': 'a' },
  { InstanceId: ['a', 'b', 'j'] },
);
check(
  'lists of objects',
  describeManagedInstances,
  { 'Tag.1.Key': 'k', 'Tag.1.Value': '', 'Tag.2.Key': 'l' },
  { Tag: [{ Key: 'k', Value: '' }, { Key: 'l' }] },
);
check(
  'flags are read in any case',
  deleteInstances,
  { Force: 'true', DryRun: 'False' },
  { Force: true, DryRun: false },
);
check('numbers are read', describeInstances, { PageNumber: '2', PageSize: '100' }, { PageNumber: 2, PageSize: 100 });
check(
  'what is no flag or number stays text',
  deleteInstances,
  { Force: 'yes', OwnerId: '0x1' },
  { Force: 'yes', OwnerId: '0x1' },
);
check(
  'text that looks like a flag or number stays text',
  describeManagedInstances,
  { Connected: 'true', NextToken: '12' },
  {
    Connected: 'true',
    NextToken: '12',
  },
);
check(
  'unknown names are kept for the schema to refuse',
  deleteInstances,
  { Foo: '1', 'Bar.1.X': 'y' },
  {
    Foo: '1',
    Bar: { '1': { X: 'y' } },
  },
);

function refused(name: string, operation: Operation, flat: Record<string, string>): void {
  test(`the schema refuses ${name}`, () =>
    assert.equal(operation.params.safeParse(parseParams(operation, flat)).success, false));
}

const region = { RegionId: 'cn-hangzhou' };
const manyIds = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`InstanceId.${index + 1}`, `i-${index}`]));

refused('an unknown parameter', deleteInstances, { ...region, ...manyIds(1), Foo: '1' });
refused('an unknown member', describeManagedInstances, { ...region, 'Tag.1.Key': 'k', 'Tag.1.Colour': 'red' });
refused('a missing region', deleteInstances, manyIds(1));
refused('no ids', deleteInstances, region);
refused('101 ids', deleteInstances, { ...region, ...manyIds(101) });
refused('51 ids of managed instances', describeManagedInstances, { ...region, ...manyIds(51) });
refused('a flag that is none', deleteInstances, { ...region, ...manyIds(1), Force: 'yes' });
refused('a page of 51', describeManagedInstances, { ...region, MaxResults: '51' });
refused('page zero', describeInstances, { ...region, PageNumber: '0' });
refused('half a page', describeInstances, { ...region, PageSize: '0.5' });
refused('a client token of 65', deleteInstances, { ...region, ...manyIds(1), ClientToken: 'x'.repeat(65) });
refused('a Chinese client token', deleteInstances, { ...region, ...manyIds(1), ClientToken: '令牌' });
refused('ids that are no JSON list', describeInstances, { ...region, InstanceIds: 'i-1,i-2' });
refused('101 ids in a JSON list', describeInstances, {
  ...region,
  InstanceIds: JSON.stringify(Object.values(manyIds(101))),
});

/** Parameters with values that could go wrong on the way; others are made from the operation's schema. */
const samples: Readonly<Record<string, Record<string, unknown>>> = {
  DescribeRegions: { AcceptLanguage: 'zh-CN' },
  GetCallerIdentity: {},
  DescribeManagedInstances: {
    ...region,
    InstanceId: ['mi-1', 'mi-2'],
    Connected: 'false',
    Tag: [{ Key: '环境', Value: '' }],
    MaxResults: 50,
    OwnerId: 1,
  },
  DeregisterManagedInstance: { ...region, InstanceId: 'mi-1', ClientToken: '123e4567-e89b-12d3-a456-426655440000' },
  DescribeActivations: { ...region, ActivationId: 'a', PageNumber: 1, PageSize: 50 },
  DeleteActivation: { ...region, ActivationId: 'a' },
  DescribeInstances: {
    ...region,
    InstanceIds: '["i-1"]',
    IoOptimized: true,
    Filter: [{ Key: 'CreationStartTime', Value: '2026-01-02T03:04Z' }],
  },
  DeleteInstances: {
    ...region,
    InstanceId: ['i-1'],
    Force: true,
    ForceStop: false,
    TerminateSubscription: true,
    DryRun: true,
  },
  StartInstances: { ...region, InstanceId: ['i-1', 'i-2'], BatchOptimization: 'SuccessFirst' },
  StopInstances: {
    ...region,
    InstanceId: ['i-1'],
    BatchOptimization: 'SuccessFirst',
    ForceStop: false,
    StoppedMode: 'KeepCharging',
  },
  RebootInstances: { ...region, InstanceId: ['i-1'], BatchOptimization: 'SuccessFirst', ForceReboot: true },
};

for (const operation of alibabaCloud.operations) {
  test(`${operation.action}: parameters survive the way to text and back`, () => {
    const sample = samples[operation.action] ?? sampleParams(operation);
    const back = parseParams(operation, flattenParams(sample));
    assert.deepEqual(back, sample);
    assert.deepEqual(operation.params.parse(back), sample);
  });
}
