import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as l10n from '@vscode/l10n';
import type { Item } from '../../../../../src/core/item';
import { volcengineWire } from '../../../../../src/providers/volcengine/api/wire';
import { ecsInstance } from '../../../../../src/providers/volcengine/instance/kind';
import { deleteInstances, describeInstances } from '../../../../../src/providers/volcengine/instance/operations';
import { needsOf, removal } from '../../../support/actions';

const now = new Date('2026-11-21T09:00:00Z');
const destroy = removal(ecsInstance);
const chinese = readFileSync(new URL('../../../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8');

function page(): unknown {
  const body = readFileSync(new URL('../../../../fixtures/volcengine/describeInstances.json', import.meta.url), 'utf8');
  const answer = volcengineWire.decode(describeInstances, { status: 200, headers: {}, body });
  assert.ok(answer.ok);
  return describeInstances.response.parse(answer.value);
}

const [web = assert.fail(), bare = assert.fail()] = ecsInstance.list.items(page());

/** A record with these fields, as the response schema reads it. */
function instance(fields: Readonly<Record<string, unknown>>): Item {
  const usual = { InstanceId: 'i-1', Status: 'STOPPED', InstanceChargeType: 'PostPaid', DeletionProtection: false };
  const raw = { Instances: [{ ...usual, ...fields }] };
  return ecsInstance.list.items(describeInstances.response.parse(raw))[0] ?? assert.fail();
}

const next = (value: unknown) => ecsInstance.list.pager.next(value, ecsInstance.list.pager.first);

test('a page has items, a next token and no total', () => {
  const value = page();
  assert.equal(ecsInstance.list.items(value).length, 2);
  assert.equal(next(value)?.['NextToken'], 'next-page');
  assert.equal(ecsInstance.list.numbered, undefined);
});

test('the last page has an empty token or none; null lists are empty', () => {
  for (const raw of [
    { Instances: null, NextToken: '' },
    { Instances: [] },
    { Instances: null, NextToken: null, TotalCount: 0 },
  ]) {
    const value = describeInstances.response.parse(raw);
    assert.equal(next(value), undefined);
    assert.deepEqual(ecsInstance.list.items(value), []);
  }
});

test('pages are asked for by token, 100 at a time', () => {
  assert.deepEqual(
    [ecsInstance.list.pager.first, next(describeInstances.response.parse({ NextToken: 't' }))],
    [{ MaxResults: 100 }, { MaxResults: 100, NextToken: 't' }],
  );
  assert.equal(ecsInstance.list.numbered, undefined);
});

test('a lookup asks for as many records as it names ids', () => {
  const ids = Array.from({ length: 100 }, (_, n) => `i-${n}`);
  assert.equal(ecsInstance.lookup.idsPerCall, 100);
  const params = ecsInstance.lookup.params(ids);
  assert.deepEqual(params, { InstanceIds: ids, MaxResults: 100 });
  assert.ok(describeInstances.params.safeParse(params).success);
});

test('a filter the API has is sent, any other is left to the caller', () => {
  const { filter } = ecsInstance.list;
  assert.deepEqual(filter({}), {});
  assert.deepEqual(filter({ status: 'running', tag: { key: 'env', value: '' } }), {
    Status: 'RUNNING',
    TagFilters: [{ Key: 'env', Values: [''] }],
  });
  assert.deepEqual(filter({ tag: { key: 'env' }, status: 'odd', osType: 'Linux', connected: true }), {
    TagFilters: [{ Key: 'env' }],
  });
});

test('a name that is missing or empty gives way to the id', () => {
  assert.deepEqual([web, bare].map(ecsInstance.name), ['订单-web-01', 'i-3ti9101aju3vj0bbbbbb']);
  assert.equal(ecsInstance.identify(web), 'i-3ti9101aju3vj0aaaaaa');
});

test('odd types are read, unknown fields are kept', () => {
  assert.equal(bare['Cpus'], 4);
  assert.equal(bare['DeletionProtection'], false);
  assert.deepEqual(bare['NewField'], { kept: true });
  assert.deepEqual(bare['NetworkInterfaces'], []);
});

const shown: Readonly<Record<string, unknown>> = {
  InstanceId: 'i-3ti9101aju3vj0aaaaaa',
  InstanceName: '订单-web-01',
  Status: 'RUNNING',
  StoppedMode: '',
  DeletionProtection: true,
  InstanceChargeType: 'PostPaid',
  ExpiredAt: '',
  CreatedAt: '2026-01-05T10:00:00+08:00',
  UpdatedAt: '2026-11-20T18:30:00+08:00',
  Description: 'front end',
  HostName: 'web-01',
  'EipAddress.IpAddress': '192.0.2.10',
  'EipAddress.AllocationId': 'eip-aaaaaaaaaaaaaaaa',
  NetworkInterfaces: [
    'eni-b · secondary · 192.168.1.20 · 00:16:3e:00:00:02 · subnet-b',
    'eni-a · primary · 192.168.1.10 · 00:16:3e:00:00:01 · subnet-a',
  ],
  'NetworkInterfaces.SecurityGroupIds': ['sg-a', 'sg-b'],
  'NetworkInterfaces.Ipv6Addresses': ['2001:db8::10'],
  ZoneId: 'cn-beijing-a',
  VpcId: 'vpc-aaaaaaaaaaaaaaaaaaaa',
  InstanceTypeId: 'ecs.g3i.large',
  Cpus: 2,
  MemorySize: 8192,
  'CpuOptions.CoreCount': 1,
  'CpuOptions.ThreadsPerCore': 2,
  'CpuOptions.TopologyType': 'DiscreteCoreToHTMapping',
  OsName: 'veLinux 2.0',
  OsType: 'Linux',
  ImageId: 'image-aaaaaaaaaaaaaaaa',
  Volumes: ['vol-system', 'vol-data'],
  LocalVolumes: ['LOCAL_SSD · ×2 · 894 GiB'],
  Tags: [
    { key: 'env', value: 'production' },
    { key: 'empty', value: '' },
  ],
  ProjectName: 'default',
  KeyPairName: 'ops',
  KeyPairId: 'kp-aaaaaaaa',
  SpotStrategy: 'NoSpot',
  SpotPriceLimit: 0.25,
  ScheduledInstanceId: 'esi-a',
  ElasticScheduledInstanceType: 'NoEsi',
  DeploymentSetId: 'dps-a',
  DeploymentSetGroupNumber: 3,
  AffinityGroupId: 'ag-a',
  HpcClusterId: 'hpc-a',
  'Placement.DedicatedHostId': 'ddh-a',
  'Placement.DedicatedHostClusterId': 'dhc-a',
  'Placement.Affinity': 'Default',
  'Placement.Tenancy': 'Host',
  'MetadataOptions.HttpTokens': 'required',
  EnableJumboFrame: false,
  RdmaIpAddresses: ['10.0.0.10'],
  RdmaNetworkInterfaceDetails: ['10.0.0.10 · 255.255.255.0 · 10.0.0.1 · sw-1 · 7'],
  Uuid: '5b6a7c8d-0000-4000-8000-000000000001',
};

test('the details show every documented field', () => {
  const values = Object.fromEntries(ecsInstance.fields.map((field) => [field.name, field.value(web)]));
  assert.deepEqual(values, shown);
  const covered = new Set(ecsInstance.fields.map(({ name }) => name.split('.')[0]));
  for (const name of Object.keys(web)) assert.ok(covered.has(name === 'Hostname' ? 'HostName' : name), name);
});

test('the details of a record with hardly a field are empty, not broken', () => {
  const bare = instance({ Status: null, InstanceChargeType: null, DeletionProtection: null });
  const values = ecsInstance.fields.map((field) => field.value(bare));
  assert.deepEqual(
    values.flat().filter((value) => value !== undefined),
    ['i-1'],
  );
});

test('the host name is found under either spelling', () => {
  const field = ecsInstance.fields.find(({ name }) => name === 'HostName') ?? assert.fail();
  assert.equal(field.value(instance({ HostName: '', Hostname: 'db-1' })), 'db-1');
});

test('every label is there in both languages', () => {
  for (const { name, label } of ecsInstance.fields) {
    l10n.config({ contents: {} });
    const english = label();
    l10n.config({ contents: chinese });
    const translated = label();
    l10n.config({ contents: {} });
    assert.ok(english !== '' && translated !== '', name);
    if (!['VPC ID', 'UUID'].includes(english)) assert.notEqual(translated, english, name);
  }
});

function state(status: unknown, token: string, label: string, tone: string): void {
  test(`status ${String(status)} is shown as "${label}"`, () => {
    const shownState = ecsInstance.state(instance({ Status: status }), now);
    assert.deepEqual([shownState.token, shownState.label(), shownState.tone], [token, label, tone]);
    assert.match(shownState.icon, /^[a-z-]+$/);
  });
}

state('RUNNING', 'RUNNING', 'Running', 'good');
state('Running', 'RUNNING', 'Running', 'good');
state('STOPPED', 'STOPPED', 'Stopped', 'muted');
state('ERROR', 'ERROR', 'Faulty', 'bad');
state('DELETING', 'DELETING', 'Being deleted', 'warning');
state('CREATING', 'CREATING', 'Being created', 'muted');
state('STARTING', 'STARTING', 'Starting', 'muted');
state('STOPPING', 'STOPPING', 'Stopping', 'muted');
state('REBOOTING', 'REBOOTING', 'Restarting', 'muted');
state('REBUILDING', 'REBUILDING', 'Rebuilding', 'muted');
state('RESIZING', 'RESIZING', 'Changing its type', 'muted');
state('Half-Asleep', 'HALF_ASLEEP', 'Half-Asleep', 'muted');
state('constructor', 'CONSTRUCTOR', 'constructor', 'muted');
state(null, 'unknown', 'Status unknown', 'muted');

test('the summary has the facts in the same order as on the other cloud', () => {
  assert.deepEqual(ecsInstance.summary(web, now), [
    '192.168.1.10',
    '192.0.2.10',
    'ecs.g3i.large',
    'veLinux 2.0',
    'pay-as-you-go',
    'protected',
  ]);
  assert.deepEqual(ecsInstance.summary(bare, now), ['subscription, expired']);
  assert.deepEqual(ecsInstance.summary(instance({ SpotStrategy: 'SpotAsPriceGo' }), now), ['spot']);
});

test('the fingerprint changes with anything that makes it another deletion, and with nothing else', () => {
  const base = { InstanceName: 'a', CreatedAt: 't', Uuid: 'u', DeletionProtection: false };
  const of = (fields: Readonly<Record<string, unknown>>) =>
    removal(ecsInstance).review.sameAs(instance({ ...base, ...fields }));
  for (const change of [
    { InstanceName: 'b' },
    { Status: 'RUNNING' },
    { CreatedAt: 't2' },
    { Uuid: 'u2' },
    { InstanceChargeType: 'PrePaid' },
    { DeletionProtection: true },
    { EipAddress: { AllocationId: 'eip-1' } },
    { ExpiredAt: '2027-01-01T00:00:00+08:00' },
    { Volumes: [{ VolumeId: 'vol-1' }] },
    { NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', Type: 'secondary' }] },
  ]) {
    assert.notDeepEqual(of(change), of({}), JSON.stringify(change));
  }
  assert.deepEqual(
    of({ UpdatedAt: 'later', EipAddress: null, Tags: [{ Key: 'k' }] }),
    of({ EipAddress: { AllocationId: '' } }),
  );
});

function finds(name: string, fields: Readonly<Record<string, unknown>>, expected: readonly string[]): void {
  test(`before deleting: ${name}`, () => {
    const found = destroy.review.findings(instance(fields), now, {});
    assert.deepEqual(
      found.map(({ level, code }) => `${level} ${code}`),
      expected,
    );
    for (const { text } of found) assert.ok(text.endsWith('.'));
  });
}

const future = '2026-12-01T00:00:00+08:00';
finds('a stopped pay-as-you-go instance is free to go', {}, []);
finds('a faulty instance is free to go', { Status: 'ERROR' }, []);
finds('deletion protection will be refused', { DeletionProtection: true }, ['refused deletionProtection']);
finds('protection sent as text is protection', { DeletionProtection: 'true' }, ['refused deletionProtection']);
finds('a missing protection flag is not known, and said to be', { DeletionProtection: null }, [
  'warning unknownFields',
]);
finds('a live subscription will be refused', { InstanceChargeType: 'PrePaid', ExpiredAt: future }, [
  'refused subscription',
]);
finds(
  'a subscription may go from the moment it ends',
  { InstanceChargeType: 'PrePaid', ExpiredAt: now.toISOString() },
  [],
);
finds(
  'an unknown end of a subscription is said, not taken for long ago',
  { InstanceChargeType: 'PrePaid', ExpiredAt: '' },
  ['warning subscriptionEndUnknown'],
);
finds('an end that is no time is unknown', { InstanceChargeType: 'PrePaid', ExpiredAt: 'soon' }, [
  'warning subscriptionEndUnknown',
]);
finds('a pay-as-you-go instance has no end', { ExpiredAt: future }, []);
finds('a running instance is warned about', { Status: 'RUNNING' }, ['warning running']);
finds('an instance in change will be refused', { Status: 'RESIZING' }, ['refused changing']);
finds('an instance being deleted will be refused', { Status: 'DELETING' }, ['refused changing']);
finds('an unknown status is warned about', { Status: 'NEW_ONE' }, ['warning statusUnknown']);
finds('a missing status is warned about', { Status: null }, ['warning statusUnknown']);
finds(
  'everything is said at once',
  { Status: 'RUNNING', DeletionProtection: true, InstanceChargeType: 'PrePaid', ExpiredAt: future },
  ['refused deletionProtection', 'refused subscription', 'warning running'],
);

function leaves(name: string, fields: Readonly<Record<string, unknown>>, expected: readonly RegExp[]): void {
  test(`left behind: ${name}`, () => {
    const said = destroy.review.leftBehind?.(instance(fields), {}) ?? [];
    assert.equal(said.length, expected.length, said.join('\n'));
    expected.forEach((pattern, index) => assert.match(said[index] ?? '', pattern));
  });
}

const system = { Volumes: [{ VolumeId: 'vol-1' }] };
leaves('snapshots alone, with one disk and no public address', system, [/^Snapshots/]);
leaves('data disks, where there are more', { Volumes: [{ VolumeId: 'vol-1' }, { VolumeId: 'vol-2' }] }, [
  /^Data disks/,
  /^Snapshots/,
]);
leaves('data disks, where the disks are not known', { Volumes: null }, [/^Data disks/, /^Snapshots/]);
leaves(
  'the public address, named with its id',
  { ...system, EipAddress: { AllocationId: 'eip-1', IpAddress: '192.0.2.1' } },
  [/192\.0\.2\.1 \(eip-1\) stays and is billed/, /^Snapshots/],
);
leaves('no address where the object is empty', { ...system, EipAddress: { AllocationId: '', IpAddress: '' } }, [
  /^Snapshots/,
]);
leaves('local disks lose their data', { ...system, LocalVolumes: [{ Count: 1 }] }, [
  /local disks is lost/,
  /^Snapshots/,
]);
leaves('secondary network interfaces', { ...system, NetworkInterfaces: [{ Type: 'primary' }, { Type: 'secondary' }] }, [
  /^Snapshots/,
  /network interfaces \(1\) stay/,
]);

function outcomes(value: unknown): Record<string, string | undefined> {
  const read = destroy.outcomes?.(deleteInstances.response.parse(value)) ?? assert.fail();
  return Object.fromEntries([...read].map(([id, error]) => [id, error && `${error.code}: ${error.message}`]));
}

test('each instance has its own outcome inside one successful answer', () => {
  const body = readFileSync(new URL('../../../../fixtures/volcengine/deleteInstances.json', import.meta.url), 'utf8');
  const answer = volcengineWire.decode(deleteInstances, { status: 200, headers: {}, body });
  assert.ok(answer.ok);
  assert.deepEqual(outcomes(answer.value), {
    'i-accepted000000000001': undefined,
    'i-accepted000000000002': undefined,
    'i-accepted000000000003': undefined,
    'i-running0000000000001':
      'InvalidInstanceStatus: The status of the specified instance does not support this request.',
    'i-gone0000000000000001': 'InvalidInstance.NotFound: The specified instance does not exist.',
  });
});

test('an instance the answer does not name has no outcome', () => {
  for (const value of [
    { OperationDetails: null },
    { OperationDetails: [] },
    {},
    { OperationDetails: [{ InstanceId: '' }, {}] },
  ]) {
    assert.deepEqual(outcomes(value), {});
  }
});

test('of two entries for one instance the error counts', () => {
  const failed = { InstanceId: 'i-1', Error: { Code: 'X', Message: '' } };
  for (const details of [
    [failed, { InstanceId: 'i-1' }],
    [{ InstanceId: 'i-1' }, failed],
  ]) {
    assert.deepEqual(outcomes({ OperationDetails: details }), { 'i-1': 'X: X' });
  }
});

function unclear(name: string, details: readonly unknown[], expected: Record<string, string | undefined>): void {
  test(`an error without a code is no success: ${name}`, () => {
    assert.deepEqual(outcomes({ OperationDetails: details }), expected);
  });
}

unclear('an error that cannot be read', [{ InstanceId: 'i-1', Error: 'oops' }, { InstanceId: 'i-2' }], {
  'i-2': undefined,
});
unclear('a code that cannot be read', [{ InstanceId: 'i-1', Error: { Code: {}, Message: '' } }], {});
unclear('an entry that cannot be read', [null, { InstanceId: 'i-2' }], { 'i-2': undefined });
unclear('an id that cannot be read', [{ InstanceId: ['i-1'] }, { InstanceId: 'i-2' }], { 'i-2': undefined });

const uncoded = { InstanceId: 'i-1', Error: { Message: 'The instance is protected.' } };
unclear('with a message', [uncoded], {});
unclear('with an empty code', [{ InstanceId: 'i-1', Error: { Code: '', Message: 'No.' } }], {});
unclear('with a null code', [{ InstanceId: 'i-1', Error: { Code: null, Message: 'No.' } }], {});
unclear('with a field of another name', [{ InstanceId: 'i-1', Error: { Reason: 'protected' } }], {});
unclear('before a success for the same instance', [uncoded, { InstanceId: 'i-1' }], {});
unclear('after a success for the same instance', [{ InstanceId: 'i-1' }, uncoded], {});
unclear('beside an error with one', [uncoded, { InstanceId: 'i-1', Error: { Code: 'X' } }], { 'i-1': 'X: X' });
unclear('beside another instance', [uncoded, { InstanceId: 'i-2' }], { 'i-2': undefined });
unclear('but an empty error is none', [{ InstanceId: 'i-1', Error: {} }], { 'i-1': undefined });
unclear('but an error of empty texts is none', [{ InstanceId: 'i-1', Error: { Code: '', Message: null } }], {
  'i-1': undefined,
});

test('deletion goes 100 at a time, each on its own, without any choice', () => {
  assert.equal(destroy.ids.perCall, 100);
  assert.notEqual(destroy.ids.allOrNothing, true);
  assert.deepEqual(needsOf(destroy, [{ id: 'i-1', item: web }], { now }), []);
  const params = destroy.params(['i-1', 'i-2'], {});
  assert.deepEqual(params, { InstanceIds: ['i-1', 'i-2'] });
  assert.ok(destroy.operation.params.safeParse(params).success);
});

test('the rehearsal is one instance a call and never without DryRun', () => {
  const rehearsal = destroy.review.dryRun ?? assert.fail();
  assert.deepEqual([rehearsal.idsPerCall, rehearsal.passedCodes], [1, ['DryRunOperation']]);
  const params = rehearsal.params(['i-1'], {});
  assert.deepEqual(params, { InstanceId: 'i-1', DryRun: true });
  assert.ok(rehearsal.operation.params.safeParse(params).success);
});

test('the question counts in both languages', () => {
  const { question, consequence } = destroy.words;
  assert.deepEqual(
    [question(1, 'web', {}), question(3, '', {})],
    ['Delete the ECS instance "web"?', 'Delete 3 ECS instances?'],
  );
  l10n.config({ contents: chinese });
  const translated = [
    question(1, 'web', {}),
    question(3, '', {}),
    consequence(1, {}),
    consequence(3, {}),
    destroy.words.button(),
  ];
  l10n.config({ contents: {} });
  assert.ok(translated[1]?.includes('3'));
  for (const text of translated) assert.match(text, /\p{Script=Han}/u);
});
