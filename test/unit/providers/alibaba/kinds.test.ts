import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import { removalOf } from '../../../../src/core/action';
import type { Answers } from '../../../../src/core/input';
import type { Item } from '../../../../src/core/item';
import type { Kind } from '../../../../src/core/kind';
import { activation } from '../../../../src/providers/alibaba/activation/kind';
import { ecsInstance } from '../../../../src/providers/alibaba/instance/kind';
import { managedInstance } from '../../../../src/providers/alibaba/managedInstance/kind';
import { alibabaCloud } from '../../../../src/providers/alibaba/provider';
import { runs } from '../../../../src/providers/alibaba/run/kind';
import { needsOf, removal } from '../../support/actions';

const now = new Date('2026-01-02T12:00:00Z');

/** A record as the list's schema leaves it. */
function item(kind: Kind, record: Record<string, unknown>): Item {
  const wrapped: Readonly<Record<string, unknown>> = {
    Instances: [record],
    ActivationList: [record],
    Commands: [record],
    Invocations: [record],
  };
  const [first] = kind.list.items(kind.list.operation.response.parse(wrapped));
  assert.ok(first !== undefined);
  return first;
}

const host = (record: Record<string, unknown> = {}): Item =>
  item(managedInstance, { InstanceId: 'mi-1', ActivationId: 'unused', ...record });
const code = (record: Record<string, unknown> = {}): Item =>
  item(activation, { InstanceId: 'unused', ActivationId: 'a-1', Disabled: false, ...record });
const vm = (record: Record<string, unknown> = {}): Item =>
  item(ecsInstance, {
    InstanceId: 'i-1',
    ActivationId: 'unused',
    Status: 'Stopped',
    InstanceChargeType: 'PostPaid',
    DeletionProtection: false,
    ...record,
  });

function checkState(name: string, kind: Kind, record: Item, token: string): void {
  test(`state: ${name} is ${token}`, () => assert.equal(kind.state(record, now).token, token));
}

checkState('a host that is connected', managedInstance, host({ Connected: true }), 'connected');
checkState('a host whose flag came as text', managedInstance, host({ Connected: 'False' }), 'disconnected');
checkState('a host without the flag', managedInstance, host(), 'unknown');

function checkAddresses(name: string, kind: Kind, record: Item, expected: readonly string[]): void {
  test(`addresses: ${name}`, () => {
    assert.deepEqual(kind.addresses?.(record), expected);
    assert.deepEqual(kind.summary(record, now)[0], expected[0]);
    assert.deepEqual(kind.texts(record), [
      ...[kind.hostName?.(record) ?? ''].filter((text) => text !== ''),
      ...expected,
    ]);
  });
}

checkAddresses(
  'a managed instance shows its private one first',
  managedInstance,
  host({ Hostname: 'h', InternetIp: '1.2.3.4', IntranetIp: '10.0.0.1' }),
  ['10.0.0.1', '1.2.3.4'],
);
checkAddresses('a managed instance with a public one only', managedInstance, host({ InternetIp: '1.2.3.4' }), [
  '1.2.3.4',
]);
checkAddresses(
  'an instance of a VPC',
  ecsInstance,
  vm({
    HostName: 'h',
    VpcAttributes: { PrivateIpAddress: { IpAddress: ['10.0.0.1', '10.0.0.2'] } },
    EipAddress: { IpAddress: '1.2.3.4' },
  }),
  ['10.0.0.1', '10.0.0.2', '1.2.3.4'],
);
checkAddresses(
  'an instance of the classic network',
  ecsInstance,
  vm({ InnerIpAddress: { IpAddress: ['10.0.0.9'] }, PublicIpAddress: { IpAddress: ['4.3.2.1'] } }),
  ['10.0.0.9', '4.3.2.1'],
);

const fresh = { CreationTime: '2026-01-02T10:00:00Z', TimeToLiveInHours: '4', InstanceCount: 10, RegisteredCount: 0 };
checkState('an activation with time and room', activation, code(fresh), 'usable');
checkState(
  'a disabled one, whatever else',
  activation,
  code({ ...fresh, Disabled: 'true', TimeToLiveInHours: 1 }),
  'disabled',
);
checkState('one past its hours', activation, code({ ...fresh, TimeToLiveInHours: 1 }), 'expired');
checkState('one at its last second', activation, code({ ...fresh, TimeToLiveInHours: 2 }), 'expired');
checkState('one whose registrations are used', activation, code({ ...fresh, RegisteredCount: '10' }), 'exhausted');
checkState(
  'one used up by hosts since deregistered',
  activation,
  code({ ...fresh, RegisteredCount: 4, DeregisteredCount: 6 }),
  'exhausted',
);
checkState('one without a creation time', activation, code({ ...fresh, CreationTime: '' }), 'unknown');
checkState('one that lives for ever', activation, code({ ...fresh, TimeToLiveInHours: 1e15 }), 'usable');

for (const status of ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped']) {
  checkState(`an instance that is ${status}`, ecsInstance, vm({ Status: status }), status);
}
checkState('an instance in a new status', ecsInstance, vm({ Status: 'Hibernated' }), 'Hibernated');
checkState('an instance without a status', ecsInstance, vm({ Status: undefined }), 'unknown');
test('a status that is a name every object has is shown as it is', () => {
  const { token, label, tone } = ecsInstance.state(vm({ Status: 'constructor' }), now);
  assert.deepEqual([token, label(), tone], ['constructor', 'constructor', 'warning']);
});
checkState('a status that is no word', ecsInstance, vm({ Status: 'x+can.delete' }), 'unknown');

test('a lock shows in the tone of the state', () => {
  const locked = vm({ Status: 'Running', OperationLocks: { LockReason: [{ LockReason: 'security' }] } });
  assert.equal(ecsInstance.state(locked, now).tone, 'warning');
  assert.equal(ecsInstance.state(vm({ Status: 'Running' }), now).tone, 'good');
});

function checkSummary(name: string, kind: Kind, record: Item, expected: readonly string[]): void {
  test(`summary: ${name}`, () => assert.deepEqual(kind.summary(record, now), expected));
}

checkSummary(
  'a host',
  managedInstance,
  host({ IntranetIp: '10.0.0.1', InternetIp: '47.0.0.1', OsType: 'linux', AgentVersion: '2.2' }),
  ['10.0.0.1', 'linux', 'agent 2.2'],
);
checkSummary('a host with a public address only', managedInstance, host({ IntranetIp: '', InternetIp: '47.0.0.1' }), [
  '47.0.0.1',
]);
checkSummary('a host of which nothing is known', managedInstance, host(), []);
checkSummary(
  'an activation',
  activation,
  code({ ...fresh, RegisteredCount: 2, DeregisteredCount: 1, IpAddressRange: '0.0.0.0/0' }),
  ['3 of 10 used', '2 h left', 'any address'],
);
checkSummary(
  'an activation with minutes left',
  activation,
  code({ ...fresh, CreationTime: '2026-01-02T08:00:30Z', IpAddressRange: '10.0.0.0/8' }),
  ['0 of 10 used', '1 min left', '10.0.0.0/8'],
);
checkSummary('an activation with days left', activation, code({ ...fresh, TimeToLiveInHours: 240 }), [
  '0 of 10 used',
  '9 days left',
]);
checkSummary('an expired activation', activation, code({ ...fresh, TimeToLiveInHours: 1 }), [
  '0 of 10 used',
  'expired',
]);
checkSummary('an activation of which nothing is known', activation, code(), []);
checkSummary(
  'an instance',
  ecsInstance,
  vm({ VpcAttributes: { PrivateIpAddress: { IpAddress: ['172.16.0.1'] } }, InstanceType: 'ecs.g7.large' }),
  ['172.16.0.1', 'ecs.g7.large', 'pay-as-you-go'],
);
checkSummary(
  'an expired, protected, locked subscription',
  ecsInstance,
  vm({
    InstanceChargeType: 'PrePaid',
    ExpiredTime: '2025-12-05T16:00Z',
    DeletionProtection: true,
    OperationLocks: {
      LockReason: [{ LockReason: 'security' }, { LockReason: 'financial' }, { LockReason: 'Recycling' }],
    },
  }),
  ['subscription, expired', 'protected', 'locked for security', 'locked for overdue payment', 'locked (Recycling)'],
);
checkSummary('a spot instance', ecsInstance, vm({ SpotStrategy: 'SpotAsPriceGo' }), ['spot']);

/** Findings as `code`, with a `!` where the cloud will refuse and the option that lifts it. */
function codesOf(kind: Kind, record: Item): string[] {
  const found = removal(kind).review.findings(record, now, {});
  return found.map(
    ({ level, code: word, liftedBy }) =>
      `${word}${level === 'refused' ? '!' : ''}${liftedBy ? ` unless ${liftedBy}` : ''}`,
  );
}

function checkFindings(name: string, kind: Kind, record: Item, expected: readonly string[]): void {
  test(`findings: ${name}`, () => assert.deepEqual(codesOf(kind, record), expected));
}

const old = '2024-01-01T00:00:00Z';
checkFindings(
  'a host long away',
  managedInstance,
  host({ Connected: false, LastInvokedTime: old, RegistrationTime: old }),
  [],
);
checkFindings(
  'a connected host',
  managedInstance,
  host({ Connected: true, LastInvokedTime: old, RegistrationTime: old }),
  ['connected'],
);
checkFindings(
  'a host in use today',
  managedInstance,
  host({ Connected: false, LastInvokedTime: '2026-01-02T08:00:00Z' }),
  ['recentlyUsed'],
);
checkFindings(
  'a host registered today',
  managedInstance,
  host({ Connected: false, RegistrationTime: '2026-01-02T11:59:00Z' }),
  ['recentlyRegistered'],
);
checkFindings(
  'a host whose clock is ahead',
  managedInstance,
  host({ Connected: false, LastInvokedTime: '2026-01-02T13:00:00Z' }),
  ['recentlyUsed'],
);
// Missing times are unknown, not very old: nothing is concluded from them either way.
checkFindings(
  'a host that never ran a task',
  managedInstance,
  host({ Connected: false, LastInvokedTime: '', RegistrationTime: null }),
  [],
);
checkFindings('a host of which nothing is known', managedInstance, host(), ['stateUnknown']);

const spent = { CreationTime: old, TimeToLiveInHours: 4, InstanceCount: 1 };
checkFindings('a free activation', activation, code({ ...spent, RegisteredCount: '0' }), []);
checkFindings('an activation in use', activation, code({ ...spent, RegisteredCount: '1' }), ['inUse!']);
checkFindings('an activation used before', activation, code({ ...spent, RegisteredCount: 0, DeregisteredCount: 2 }), [
  'usedBefore',
]);
checkFindings('an activation that still works', activation, code({ ...fresh }), ['stillUsable']);
checkFindings('an activation without counts', activation, code(spent), ['usageUnknown']);

checkFindings('a stopped instance', ecsInstance, vm(), []);
checkFindings('a running instance', ecsInstance, vm({ Status: 'Running' }), ['running! unless Force']);
for (const Status of ['Pending', 'Starting', 'Stopping']) {
  checkFindings(`an instance that is ${Status}`, ecsInstance, vm({ Status }), ['incorrectStatus!']);
}
checkFindings('an instance in a new status', ecsInstance, vm({ Status: 'Odd' }), ['statusUnknown']);
checkFindings('a protected instance', ecsInstance, vm({ DeletionProtection: 'true' }), ['deletionProtection!']);
const prepaid = { InstanceChargeType: 'PrePaid' };
checkFindings('a subscription', ecsInstance, vm({ ...prepaid, ExpiredTime: '2026-02-01T16:00Z' }), ['subscription!']);
checkFindings('an expired subscription', ecsInstance, vm({ ...prepaid, ExpiredTime: '2025-12-01T16:00Z' }), [
  'expiredSubscription! unless TerminateSubscription',
]);
checkFindings('a subscription without a date', ecsInstance, vm({ ...prepaid, ExpiredTime: '' }), [
  'subscriptionUnknown',
]);
checkFindings('pay-as-you-go with a date in the past', ecsInstance, vm({ ExpiredTime: '2017-12-10T04:04Z' }), []);
checkFindings('a security lock', ecsInstance, vm({ OperationLocks: { LockReason: { LockReason: 'security' } } }), [
  'securityLock',
]);
checkFindings('another lock', ecsInstance, vm({ OperationLocks: [{ LockReason: 'financial' }] }), ['locked']);
checkFindings(
  'secondary interfaces',
  ecsInstance,
  vm({ NetworkInterfaces: { NetworkInterface: [{ Type: 'Secondary' }] } }),
  ['secondaryInterfaces'],
);

checkFindings('a lock that cannot be read', ecsInstance, vm({ OperationLocks: { LockReason: [null] } }), [
  'unknownFields',
]);
checkFindings('interfaces that cannot be read', ecsInstance, vm({ NetworkInterfaces: 'two' }), ['unknownFields']);
checkFindings('an elastic IP that cannot be read', ecsInstance, vm({ EipAddress: ['eip-1'] }), ['unknownFields']);
checkFindings('used registrations that cannot be read', activation, code({ ...fresh, DeregisteredCount: 'none' }), [
  'unknownFields',
]);

test('findings: what is not known is named, and is part of what must stay the same', () => {
  const odd = vm({ DeletionProtection: 'maybe', OperationLocks: 'none' });
  const [finding] = removal(ecsInstance).review.findings(odd, now, {});
  assert.match(finding?.text ?? '', /: Release protection, Locks\. /);
  const { DeletionProtection, OperationLocks } = removal(ecsInstance).review.sameAs(odd);
  assert.deepEqual([DeletionProtection, OperationLocks], ['"maybe"', '"none"']);
});

function leftBehind(kind: Kind, record: Item): string {
  return (removal(kind).review.leftBehind?.(record, {}) ?? []).join('\n');
}

test('left behind: a deregistered host keeps its agent and needs another registration', () => {
  const text = leftBehind(managedInstance, host({ ActivationId: 'a-77' }));
  assert.match(text, /Agent stays installed/);
  assert.match(text, /new instance ID and uses up one more registration.*a-77/);
});

test('left behind: elastic IPs, kept disks and manual snapshots go on being billed', () => {
  const text = leftBehind(ecsInstance, vm({ EipAddress: { AllocationId: 'eip-1', IpAddress: '47.0.0.1' } }));
  assert.match(text, /47\.0\.0\.1 \/ eip-1 stays and is billed/);
  assert.match(text, /DeleteWithInstance off\) stay as pay-as-you-go/);
  assert.match(text, /Snapshots made by hand stay/);
});

test('left behind: no elastic IP, no word of one', () => {
  // Without an elastic IP the cloud sends the object with empty fields.
  assert.doesNotMatch(leftBehind(ecsInstance, vm({ EipAddress: { AllocationId: '', IpAddress: '' } })), /elastic IP/);
});

test('left behind: a security lock takes all disks, whatever they are set to', () => {
  const text = leftBehind(ecsInstance, vm({ OperationLocks: { LockReason: [{ LockReason: 'security' }] } }));
  assert.match(text, /All its disks are erased/);
  assert.doesNotMatch(text, /stay as pay-as-you-go/);
});

test('left behind: local disks lose their data', () => {
  assert.match(leftBehind(ecsInstance, vm({ LocalStorageAmount: '2' })), /local disks is lost/);
  assert.doesNotMatch(leftBehind(ecsInstance, vm({ LocalStorageAmount: 0 })), /local disks/);
});

const named = (id: string, record: Record<string, unknown>): { id: string; item: Item } => ({
  id,
  item: vm({ InstanceId: id, ...record }),
});

test('options are asked for only when a selected instance needs them', () => {
  const needs = (...items: { id: string; item: Item }[]): string[] =>
    needsOf(removal(ecsInstance), items, { now }).map(({ input, ids }) => `${input.name} ${ids.join(',')}`);
  assert.deepEqual(needs(named('i-1', {})), []);
  assert.deepEqual(needs(named('i-1', {}), named('i-2', { Status: 'Running' })), ['Force i-2', 'ForceStop i-2']);
  const expired = named('i-3', { ...prepaid, ExpiredTime: '2025-12-01T16:00Z' });
  const running = named('i-4', { ...prepaid, ExpiredTime: '2027-12-01T16:00Z' });
  assert.deepEqual(needs(expired, running), ['TerminateSubscription i-3']);
});

function checkRelease(name: string, chosen: Answers, expected: Record<string, unknown>): void {
  test(`release: ${name}`, () => {
    const params = removal(ecsInstance).params(['i-1', 'i-2'], chosen);
    const sent = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
    assert.deepEqual(sent, { InstanceId: ['i-1', 'i-2'], ...expected });
  });
}

checkRelease('nothing is forced unless chosen', {}, { Force: false });
checkRelease(
  'force shuts down gracefully unless the power is to be cut',
  { Force: true },
  { Force: true, ForceStop: false },
);
checkRelease(
  'the power is cut when both are chosen',
  { Force: true, ForceStop: true },
  { Force: true, ForceStop: true },
);
checkRelease('cutting the power alone forces nothing', { ForceStop: true }, { Force: false });
checkRelease(
  'expired subscriptions when chosen',
  { TerminateSubscription: true },
  { Force: false, TerminateSubscription: true },
);
checkRelease('a choice of no is no', { Force: false, TerminateSubscription: false }, { Force: false });

test('the rehearsal is the release itself with DryRun', () => {
  const {
    operation,
    review: { dryRun },
  } = removal(ecsInstance);
  assert.equal(dryRun?.operation, operation);
  assert.equal(dryRun?.params(['i-1'], {})['DryRun'], true);
  assert.deepEqual(dryRun?.passedCodes, ['DRYRUN.SUCCESS', 'DryRunOperation']);
});

/** What the cloud offers to everybody, and what happened, nobody can remove. */
const own = alibabaCloud.kinds.filter(({ beside, isHistory }) => beside !== 'shared' && isHistory !== true);

test('only releasing is all or nothing; the others take one id a call', () => {
  const shape = own.map((kind) => [
    kind.id,
    removal(kind).ids.perCall,
    removal(kind).ids.allOrNothing === true,
    removal(kind).operation.danger,
  ]);
  assert.deepEqual(shape, [
    ['managedInstance', 1, false, 'interrupts'],
    ['activation', 1, false, 'interrupts'],
    ['instance', 100, true, 'destroys'],
    ['command', 1, false, 'destroys'],
  ]);
});

for (const kind of alibabaCloud.kinds) {
  test(`${kind.id}: every page, lookup and removal passes the schema of its operation`, () => {
    const { list, lookup } = kind;
    const action = removalOf(kind);
    const RegionId = 'cn-hangzhou';
    const filter = list.filter({
      activationId: 'a',
      osType: 'linux',
      resourceGroupId: 'rg',
      connected: false,
      status: 'Running',
      tag: { key: 'k', value: '' },
    });
    const ids = Array.from({ length: lookup.idsPerCall }, (_, index) => `id-${index}`);
    for (const params of [
      list.numbered?.page(3),
      list.pager.first,
      list.pager.sample,
      list.pager.next(list.operation.response.parse({ NextToken: 't' }), list.pager.first),
      lookup.params(ids),
    ]) {
      list.operation.params.parse({ RegionId, ...filter, ...params });
    }
    if (action === undefined) return;
    const targets = Array.from({ length: action.ids.perCall }, (_, index) => `id-${index}`);
    action.operation.params.parse({
      RegionId,
      ...action.params(targets, { Force: true, ForceStop: true, TerminateSubscription: true }),
    });
    for (const gone of action.goal.codes) assert.equal(action.operation.errors[gone]?.reason, 'notFound');
  });

  test(`${kind.id}: a page tells its records, total and next token`, () => {
    const parse = (value: Record<string, unknown>): unknown => kind.list.operation.response.parse(value);
    const records = [{ InstanceId: 'x', ActivationId: 'x', CommandId: 'x', InvokeId: 'x' }];
    const value = parse({
      Instances: records,
      ActivationList: records,
      Commands: records,
      Invocations: records,
      TotalCount: '7',
      NextToken: 'n',
    });
    assert.equal(kind.list.items(value).length, 1);
    assert.equal(kind.identify(kind.list.items(value)[0] ?? {}), 'x');
    assert.equal(kind.list.numbered?.total(value), 7);
    assert.equal(kind.list.pager.next(value, kind.list.pager.first)?.['NextToken'], 'n');
    const last = parse({ Instances: null, ActivationList: {}, Commands: '', Invocations: null, NextToken: '' });
    assert.deepEqual(kind.list.items(last), []);
    assert.equal(kind.list.numbered.total(last), undefined);
    assert.equal(kind.list.pager.next(last, kind.list.pager.first), undefined);
  });

  test(`${kind.id}: the name is the owner's, and the id where there is none`, () => {
    const record = {
      InstanceId: 'x-1',
      ActivationId: 'x-1',
      InvokeId: 'x-1',
      ...(kind === runs ? {} : { CommandId: 'x-1' }),
    };
    const named = (name: string) => ({ ...record, InstanceName: name, Name: name, CommandName: name });
    assert.equal(kind.name(item(kind, named('生产 web'))), '生产 web');
    assert.equal(kind.name(item(kind, named(''))), 'x-1');
  });
}

test('fields that arrive wrapped, bare, as text, null or unknown are all understood', () => {
  const odd = {
    InstanceId: 'mi-1',
    ActivationId: 'a',
    InvocationCount: '2',
    Connected: 'true',
    Tags: { Tag: { TagKey: 'k', TagValue: '1' } },
    LastInvokedTime: null,
    Brand: { New: [1] },
  };
  const read = managedInstance.list.operation.response.parse({ Instances: { Instance: odd } });
  assert.deepEqual(managedInstance.list.items(read), [
    {
      InstanceId: 'mi-1',
      ActivationId: 'a',
      InvocationCount: 2,
      Connected: true,
      Tags: [{ TagKey: 'k', TagValue: '1' }],
      LastInvokedTime: undefined,
      Brand: { New: [1] },
    },
  ]);
});

test('the fingerprint notices another name, machine, time, state, use, lock or address', () => {
  const differs = (kind: Kind, a: Item, b: Item): void =>
    assert.notDeepEqual(removal(kind).review.sameAs(a), removal(kind).review.sameAs(b));
  for (const change of [
    { InstanceName: 'n' },
    { MachineId: 'm' },
    { RegistrationTime: old },
    { Connected: true },
    { ActivationId: 'z' },
  ]) {
    differs(managedInstance, host(), host(change));
  }
  for (const change of [
    { RegisteredCount: 1 },
    { DeregisteredCount: 1 },
    { Disabled: true },
    { CreationTime: old },
    { InstanceName: 'n' },
  ]) {
    differs(activation, code(), code(change));
  }
  const changes: Record<string, unknown>[] = [
    { InstanceName: 'n' },
    { CreationTime: old },
    { Status: 'Running' },
    { SerialNumber: 's' },
  ];
  changes.push(
    { DeletionProtection: true },
    { OperationLocks: [{ LockReason: 'security' }] },
    { EipAddress: { AllocationId: 'e' } },
  );
  for (const change of changes) differs(ecsInstance, vm(), vm(change));
  assert.deepEqual(removal(ecsInstance).review.sameAs(vm({ Brand: 'new' })), removal(ecsInstance).review.sameAs(vm()));
});

test('fields read what the record has, nested and computed ones too', () => {
  const valueOf = (kind: Kind, name: string, record: Item): unknown =>
    kind.fields.find((field) => field.name === name)?.value(record);
  const machine = vm({
    VpcAttributes: { VpcId: 'vpc-1', PrivateIpAddress: { IpAddress: ['172.16.0.1'] } },
    Tags: { Tag: [{ TagKey: 'env', TagValue: 'prod' }] },
    NetworkInterfaces: {
      NetworkInterface: [
        {
          NetworkInterfaceId: 'eni-1',
          Type: 'Primary',
          PrimaryIpAddress: '172.16.0.1',
          MacAddress: '00:16',
          PrivateIpSets: {
            PrivateIpSet: [{ PrivateIpAddress: '172.16.0.1', Primary: true }, { PrivateIpAddress: '172.16.0.2' }],
          },
        },
      ],
    },
  });
  assert.equal(valueOf(ecsInstance, 'VpcAttributes.VpcId', machine), 'vpc-1');
  assert.deepEqual(valueOf(ecsInstance, 'VpcAttributes.PrivateIpAddress', machine), ['172.16.0.1']);
  assert.deepEqual(valueOf(ecsInstance, 'Tags', machine), [{ key: 'env', value: 'prod' }]);
  assert.deepEqual(valueOf(ecsInstance, 'NetworkInterfaces', machine), [
    'eni-1 · Primary · 172.16.0.1 · 172.16.0.2 · 00:16',
  ]);
  assert.equal(valueOf(ecsInstance, 'EipAddress.IpAddress', machine), undefined);
  assert.equal(valueOf(activation, 'ExpiryTime', code(fresh)), '2026-01-02T14:00:00.000Z');
  assert.equal(valueOf(activation, 'ExpiryTime', code({ ...fresh, TimeToLiveInHours: 1e15 })), undefined);
});

const untold = 'speaks for whoever was asked for';

function answersFor(name: string, kind: Kind, answer: Record<string, unknown>, expected: readonly string[] | string) {
  test(`${kind.id}: an answer with ${name} is about ${String(expected) || 'none of ours'}`, () => {
    const { operation, outcomes } = removal(kind);
    const said = outcomes?.(operation.response.parse({ RequestId: 'r', ...answer }));
    assert.deepEqual(said === undefined ? untold : [...said.keys()], expected);
    assert.deepEqual([...(said?.values() ?? [])].filter(Boolean), []);
  });
}

const listed = { TotalCount: 1, PageNumber: 1, PageSize: 50 };
answersFor('the record', managedInstance, { Instance: { InstanceId: 'mi-1' } }, ['mi-1']);
answersFor('the record of another', managedInstance, { Instance: { InstanceId: 'mi-OTHER' } }, ['mi-OTHER']);
answersFor('no record', managedInstance, {}, untold);
answersFor('an empty record', managedInstance, { Instance: '' }, untold);
answersFor('a record without its id', managedInstance, { Instance: { Hostname: 'h' } }, untold);
answersFor('a record that cannot be read', managedInstance, { Instance: 'removed' }, []);
answersFor('an id that cannot be read', managedInstance, { Instance: { InstanceId: {} } }, []);
answersFor('fields nobody knows', managedInstance, { Future: { Nested: [1] } }, untold);
answersFor('a list', managedInstance, { Instances: [{ InstanceId: 'mi-1' }], ...listed }, []);
answersFor('an empty list', managedInstance, { Instances: [], ...listed }, []);
answersFor('the record of another operation', managedInstance, { Activation: { ActivationId: 'a-1' } }, []);
answersFor('the record', activation, { Activation: { ActivationId: 'a-1' } }, ['a-1']);
answersFor('the record of another', activation, { Activation: { ActivationId: 'a-OTHER' } }, ['a-OTHER']);
answersFor('no record', activation, { Activation: null }, untold);
answersFor('a list', activation, { ActivationList: { Activation: { ActivationId: 'a-1' } }, ...listed }, []);
answersFor('the record of another operation', activation, { Instance: { InstanceId: 'mi-1' } }, []);
answersFor('no record', ecsInstance, {}, untold);
answersFor('fields nobody knows', ecsInstance, { Future: { Nested: [1] } }, untold);
answersFor('a list', ecsInstance, { Instances: { Instance: [{ InstanceId: 'i-1' }] }, ...listed }, []);

function published(fixture: string, kind: Kind, id: string | undefined): void {
  test(`the published answer ${fixture} is about ${id ?? 'whoever was asked for'}`, () => {
    const { operation, outcomes } = removal(kind);
    const body = readFileSync(new URL(`../../../fixtures/alibabaCloud/${fixture}`, import.meta.url), 'utf8');
    const answer = alibabaCloud.wire.decode(operation, { status: 200, headers: {}, body });
    assert.ok(answer.ok);
    const said = outcomes?.(operation.response.parse(answer.value));
    assert.deepEqual(said && [...said.keys()], id && [id]);
  });
}

published('deregisterManagedInstance.json', managedInstance, 'mi-hz01axdfas****');
published('deregisterManagedInstance.2021.json', managedInstance, 'mi-hz01axdfas****');
published('deregisterManagedInstance.2021.xml', managedInstance, 'mi-hz01axdfas****');
published('deleteActivation.json', activation, '4ECEEE12-56F1-4FBC-9AB1-890F1234****');
published('deleteActivation.xml', activation, '4ECEEE12-56F1-4FBC-9AB1-890F1234****');
published('deleteInstances.json', ecsInstance, undefined);
published('deleteInstances.xml', ecsInstance, undefined);

test('every documented field of a record has a line in the details', () => {
  const documented: Readonly<Record<string, string>> = {
    managedInstance:
      'ActivationId AgentVersion Connected Hostname InstanceId InstanceName InternetIp IntranetIp InvocationCount LastInvokedTime MachineId OsType OsVersion RegistrationTime ResourceGroupId Tags',
    activation:
      'ActivationId CreationTime DeregisteredCount Description Disabled InstanceCount InstanceName IpAddressRange RegisteredCount ResourceGroupId Tags TimeToLiveInHours',
  };
  for (const { id, fields } of [managedInstance, activation]) {
    const names = fields.map(({ name }) => name);
    for (const name of documented[id]?.split(' ') ?? []) assert.ok(names.includes(name), `${id}: ${name}`);
  }
  const sdk = readFileSync(
    new URL(
      '../../../../node_modules/@alicloud/ecs20140526/dist/models/DescribeInstancesResponseBody.js',
      import.meta.url,
    ),
    'utf8',
  );
  const model =
    /class DescribeInstancesResponseBodyInstancesInstance extends[\s\S]*?static names\(\) \{\s*return \{([\s\S]*?)\};/.exec(
      sdk,
    )?.[1] ?? '';
  const wireNames = [...model.matchAll(/: '(\w+)'/g)].map(([, name]) => name ?? '');
  assert.ok(wireNames.length > 60);
  const shown = new Set(ecsInstance.fields.map(({ name }) => name.split('.')[0]));
  assert.deepEqual(
    wireNames.filter((name) => !shown.has(name)),
    [],
  );
});

const chinese = readFileSync(new URL('../../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8');
after(() => l10n.config({ contents: {} }));

test('labels, words, states, findings and leftovers exist in both languages', () => {
  const texts = (): string[] =>
    alibabaCloud.kinds.flatMap((kind) => {
      const { one, many, fields, actions } = kind;
      const records: Readonly<Record<string, readonly Item[]>> = {
        managedInstance: [host({ Connected: true, LastInvokedTime: '2026-01-02T08:00:00Z' }), host()],
        activation: [
          code(fresh),
          code({ ...spent, RegisteredCount: 2 }),
          code({ ...spent, RegisteredCount: 1 }),
          code(spent),
        ],
        instance: [
          vm({ Status: 'Running', DeletionProtection: true, EipAddress: { IpAddress: '47.0.0.1' } }),
          vm({ ...prepaid, ExpiredTime: old, OperationLocks: [{ LockReason: 'security' }] }),
          vm({ ...prepaid, ExpiredTime: '2027-01-01T00:00Z', Status: 'Odd', OperationLocks: [{ LockReason: 'x' }] }),
          vm({ ...prepaid, Status: 'Starting', LocalStorageAmount: 1, NetworkInterfaces: [{ Type: 'Secondary' }] }),
        ],
        run: ['Pending', 'Scheduled', 'Running', 'Stopping', 'Success', 'Failed', 'PartialFailed', 'Stopped', ''].map(
          (InvocationStatus) => item(runs, { InvokeId: 't-1', InvocationStatus }),
        ),
      };
      return [
        alibabaCloud.name(),
        one(),
        many(),
        ...fields.map(({ label }) => label()),
        ...actions.flatMap(({ words }) => [
          words.button(),
          words.title(),
          words.question(1, 'web', {}),
          words.question(2, '', {}),
          words.task(1, {}),
          words.task(2, {}),
          words.consequence(1, {}),
          words.consequence(2, {}),
          words.doing(),
          words.done(),
          words.outcome.done(),
          words.outcome.already(),
        ]),
        ...(records[kind.id] ?? []).flatMap((record) => [
          kind.state(record, now).label(),
          ...actions.flatMap(({ review, inputs }) => [
            ...review.findings(record, now, {}).map(({ text }) => text),
            ...(review.leftBehind?.(record, {}) ?? []),
            ...inputs.flatMap((input) => [input.question(2), ...(input.type === 'flag' ? [input.detail()] : [])]),
          ]),
        ]),
      ];
    });
  l10n.config({ contents: {} });
  const english = texts();
  l10n.config({ contents: chinese });
  const translated = texts();
  l10n.config({ contents: {} });
  // Proper names are the same in both languages.
  const same = new Set(['RDMA IP', 'NAT IP', 'Intel SST', 'Intel RDT', 'VLAN ID', 'VPC ID']);
  english.forEach((text, index) => {
    assert.ok(text !== '' && !/\p{Script=Han}/u.test(text), text);
    if (!same.has(text) && text !== 'Odd') assert.match(translated[index] ?? '', /\p{Script=Han}/u, text);
  });
});
