import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Action } from '../../src/core/action';
import type { Answers } from '../../src/core/input';
import type { Item } from '../../src/core/item';
import type { Operation } from '../../src/core/operation';
import { providers } from '../../src/providers';
import { describeManagedInstances } from '../../src/providers/alibaba/managedInstance/operations';
import { parseXml } from '../../src/providers/xml';
import type { Sandbox } from '../../src/sandbox';
import { call, open, sandboxFor, send, signed, signedV1 } from './support';

const operations = providers.flatMap((provider) => provider.operations);

/** Parameters with which each operation succeeds, taken from what is in store. */
async function goodParams(sandbox: Sandbox, operation: Operation): Promise<Record<string, unknown>> {
  return commandParams(sandbox, operation) ?? (await actionParams(sandbox, operation));
}

/** The same for what runs commands; a run that goes on is there to be stopped. */
function commandParams(sandbox: Sandbox, { action, product }: Operation): Record<string, unknown> | undefined {
  const isAlibaba = product.provider === 'alibabaCloud';
  const [host] = isAlibaba ? linuxHosts(sandbox) : linuxInstances(sandbox);
  const run = isAlibaba
    ? { Type: 'RunShellScript', CommandContent: 'hostname', InstanceId: [host] }
    : { Type: 'Shell', CommandContent: '#!/bin/bash\nhostname', InstanceIds: [host], InvocationName: 'run' };
  const plain = { ContentEncoding: 'PlainText' };
  const CommandId = isAlibaba ? 'c-sandbox0nginxstate' : 'cmd-sandbox0nginx';
  const { Type, CommandContent, ...where } = run;
  switch (action) {
    case 'RunCommand':
      return { ...run, ...plain };
    case 'InvokeCommand':
      return { CommandId, ...where };
    case 'CreateCommand':
      return { Name: 'new', Type, CommandContent, ...plain };
    case 'ModifyCommand':
    case 'DeleteCommand':
      return { CommandId };
    case 'StopInvocation':
    case 'DescribeInvocationInstances':
    case 'DescribeInvocationResults':
      return isAlibaba ? { InvokeId: goingOn(sandbox, product) } : { InvocationId: goingOn(sandbox, product) };
    default:
      return undefined;
  }
}

/** A sandbox of which each cloud has a run that goes on for an hour. */
async function withRuns(t: TestContext): Promise<Sandbox> {
  const sandbox = await sandboxFor(t);
  for (const operation of operations.filter(({ action }) => action === 'RunCommand')) {
    const params = commandParams(sandbox, operation);
    await call(sandbox, operation, { ...params, CommandContent: '#!/bin/bash\nsleep 3600', Timeout: 3_600 });
  }
  return sandbox;
}

function goingOn(sandbox: Sandbox, { provider }: Operation['product']): string {
  return sandbox.runs(provider)[0]?.id ?? assert.fail();
}

function linuxHosts(sandbox: Sandbox): string[] {
  const hosts = sandbox.state().alibabaCloud['cn-hangzhou']?.managedInstance ?? [];
  return hosts.filter(({ OsType, Connected }) => OsType === 'Linux' && Connected).map(({ InstanceId }) => InstanceId);
}

function linuxInstances(sandbox: Sandbox): string[] {
  const instances = sandbox.state().volcengine['cn-beijing']?.instance ?? [];
  return instances
    .filter((one) => one.Status === 'RUNNING' && one['OsType'] === 'Linux')
    .map(({ InstanceId }) => InstanceId);
}

/** What an action would send for the resource that least speaks against; nothing where no action sends it. */
async function actionParams(sandbox: Sandbox, operation: Operation): Promise<Record<string, unknown>> {
  const now = new Date();
  for (const { kind, action } of actions) {
    const { operation: rehearsal, params = action.params } = action.review.dryRun ?? {};
    if (action.operation !== operation && rehearsal !== operation) continue;
    const answers = plainAnswers(action);
    const { value } = await call(sandbox, kind.list.operation);
    const items = kind.list.items(kind.list.operation.response.parse(value));
    const found = (one: Item) => action.review.findings(one, now, answers).length;
    const offered = items.filter((one) => action.offered?.(one, now) !== false);
    const [item] = offered.sort((one, other) => found(one) - found(other));
    const ids = [kind.identify(item ?? assert.fail(action.id))];
    if (action.operation === operation) return action.params(ids, answers);
    const { DryRun: _rehearsed, ...sent } = params(ids, answers);
    return sent;
  }
  return {};
}

const actions = providers.flatMap(({ kinds }) =>
  kinds.flatMap((kind) => kind.actions.map((action) => ({ kind, action }))),
);

/** The first choice and a new text; no flag. */
function plainAnswers({ inputs }: Action): Answers {
  const answers = inputs.flatMap((input): [string, string][] => {
    if (input.type === 'choice') return [[input.name, input.choices([])[0]?.value ?? '']];
    return input.type === 'text' ? [[input.name, 'renamed']] : [];
  });
  return Object.fromEntries(answers);
}

function nameOf(operation: Operation): string {
  return `${operation.product.provider} ${operation.action}`;
}

for (const operation of operations) {
  test(`${nameOf(operation)}: the answer fits the declared response`, async (t) => {
    const sandbox = await withRuns(t);
    const { status, value, body } = await call(sandbox, operation, await goodParams(sandbox, operation));
    assert.equal(status, 200, body);
    const parsed = operation.response.safeParse(value);
    assert.ok(parsed.success, JSON.stringify(parsed.error?.issues));
  });

  test(`${nameOf(operation)}: an unknown parameter is refused by name`, async (t) => {
    const sandbox = await withRuns(t);
    const params = { ...(await goodParams(sandbox, operation)), Mispelt: '1' };
    const before = sandbox.state();
    const { status, code, message } = await call(sandbox, operation, params);
    assert.equal(status, 400);
    assert.match(code ?? '', /^(UnsupportedParameter|InvalidArgument)$/);
    assert.match(message, /Mispelt/);
    assert.deepEqual(sandbox.state(), before);
  });

  test(`${nameOf(operation)}: every documented error can be played, with its status and words`, async (t) => {
    const sandbox = await withRuns(t);
    const params = await goodParams(sandbox, operation);
    for (const [code, { status, message }] of Object.entries(operation.errors)) {
      sandbox.setFaults([{ kind: 'refuse', code }]);
      const reply = await call(sandbox, operation, params);
      assert.deepEqual([reply.status, reply.code, reply.message], [status, code, message]);
    }
  });

  for (const [name, schema] of Object.entries(operation.params.shape)) {
    if (schema._zod.def.type === 'optional') continue;
    test(`${nameOf(operation)}: a missing ${name} is refused by name`, async (t) => {
      const sandbox = await withRuns(t);
      const { [name]: _left, ...params } = await goodParams(sandbox, operation);
      const region = name === 'RegionId' ? { region: '' } : {};
      const { status, code } = await call(sandbox, operation, params, region);
      assert.ok(status === 400 || status === 404, String(status));
      assert.ok(code?.startsWith('Missing') && code.includes(name), code);
    });
  }
}

for (const operation of operations.filter(({ product }) => product.provider === 'alibabaCloud')) {
  test(`${nameOf(operation)}: the answer as XML holds the same as the one as JSON`, async (t) => {
    const sandbox = await withRuns(t);
    const other = await withRuns(t);
    const params = await goodParams(sandbox, operation);
    const json = await call(sandbox, operation, params);
    const xml = await call(other, operation, params, { format: 'xml' });
    assert.match(xml.headers['content-type'] ?? '', /^text\/xml/);
    const { root, value } = parseXml(xml.body);
    assert.equal(root, `${operation.action}Response`);
    assert.deepEqual(comparable(operation, value), comparable(operation, json.value));
  });
}

/** What the response schema makes of an answer, without what differs from call to call and what XML cannot say. */
function comparable(operation: Operation, value: unknown): unknown {
  const text = JSON.stringify(operation.response.parse(value), (name, member: unknown) => {
    const differs = ['RequestId', 'RegionEndpoint', 'LastInvokedTime', 'RegistrationTime', 'StartTime'].includes(name);
    if (differs || /Time$/.test(name) || member === '') return undefined;
    // Fields no schema names stay text in XML.
    return typeof member === 'number' || typeof member === 'boolean' ? String(member) : member;
  });
  return JSON.parse(text, (_name, member: unknown) => (isEmptyObject(member) ? undefined : member));
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

test('an action nobody declared is refused by both clouds', async (t) => {
  const sandbox = await sandboxFor(t);
  const answers = operations
    .filter(({ action }) => action === 'DescribeRegions')
    .map((operation) => call(sandbox, { ...operation, action: 'DescribeNothing' }));
  const [alibaba, volcengine] = await Promise.all(answers);
  assert.deepEqual([alibaba?.status, alibaba?.code], [404, 'InvalidAction.NotFound']);
  assert.deepEqual([volcengine?.status, volcengine?.code], [404, 'InvalidActionOrVersion']);
});

test('a known action of another version is refused', async (t) => {
  const sandbox = await sandboxFor(t);
  const product = { ...describeManagedInstances.product, version: '2019-01-01' };
  assert.equal((await call(sandbox, { ...describeManagedInstances, product })).code, 'InvalidAction.NotFound');
});

type WrongCase = readonly [name: string, params: Record<string, string>, code: string];

const wrongCases: readonly WrongCase[] = [
  ['a page of 51', { PageSize: '51' }, 'InvalidParam.PageSize'],
  ['page 0', { PageNumber: '0' }, 'InvalidParam.PageNumber'],
  ['a page number that is none', { PageNumber: 'one' }, 'InvalidParam.PageNumber'],
  ['51 results', { MaxResults: '51' }, 'InvalidParameter.MaxResults'],
  ['a token that is not ours', { NextToken: 'made-up' }, 'InvalidParameter.NextToken'],
  ['a tag key twice', { 'Tag.1.Key': 'a', 'Tag.2.Key': 'a' }, 'Duplicate.TagKey'],
  ['a reserved tag key', { 'Tag.1.Key': 'acs:x' }, 'InvalidTagKey.Malformed'],
  ['a tag key of 65 characters', { 'Tag.1.Key': 'k'.repeat(65) }, 'InvalidTagKey.Malformed'],
  ['an id list with a name', { 'InstanceId.first': 'mi-1' }, 'UnsupportedParameter'],
  ['a single id where a list belongs', { InstanceId: 'mi-1' }, 'InvalidParameter'],
  ['a name of the language itself', { constructor: '1' }, 'UnsupportedParameter'],
];

for (const [name, params, code] of wrongCases) {
  test(`DescribeManagedInstances refuses ${name}`, async (t) => {
    const sandbox = await sandboxFor(t);
    const all = { RegionId: 'cn-hangzhou', ...params };
    const reply = open(await send(signedV1(sandbox, 'DescribeManagedInstances', all, { format: 'JSON' })));
    assert.deepEqual([reply.status, reply.code], [400, code]);
  });
}

test('V1 answers XML unless JSON is asked for, successes and errors alike', async (t) => {
  const sandbox = await sandboxFor(t);
  const roots = [];
  for (const params of [{ RegionId: 'cn-hangzhou' }, { RegionId: 'cn-nowhere' }]) {
    const { body, headers } = await send(signedV1(sandbox, 'DescribeManagedInstances', params));
    assert.match(headers['content-type'] ?? '', /^text\/xml/);
    roots.push(parseXml(body).root);
  }
  assert.deepEqual(roots, ['DescribeManagedInstancesResponse', 'Error']);
});

test('an error of Alibaba Cloud has request id, host, code, message and a page to read', async (t) => {
  const sandbox = await sandboxFor(t);
  const answer = await call(sandbox, describeManagedInstances, {}, { region: 'cn-nowhere' });
  assert.deepEqual(Object.keys(answer.value), ['RequestId', 'HostId', 'Code', 'Message', 'Recommend']);
  assert.equal(answer.value['RequestId'], answer.headers['x-acs-request-id']);
  assert.equal(answer.value['HostId'], new URL(sandbox.alibabaCloud.endpoint).host);
  assert.match(String(answer.value['Recommend']), /^https:\/\//);
  assert.ok(Math.abs(Date.parse(answer.headers['date'] ?? '') - Date.now()) < 60_000);
});

test('an answer of Volcengine names request, action, version, service and region', async (t) => {
  const sandbox = await sandboxFor(t);
  const operation = operations.find(({ product }) => product.provider === 'volcengine');
  assert.ok(operation);
  const { body } = await send(signed(sandbox, operation, {}, { region: 'cn-shanghai' }));
  const { ResponseMetadata } = JSON.parse(body) as { ResponseMetadata: Record<string, string> };
  assert.match(ResponseMetadata['RequestId'] ?? '', /^\d{14}[0-9A-F]{18}$/);
  assert.deepEqual(
    ['Action', 'Version', 'Service', 'Region'].map((name) => ResponseMetadata[name]),
    [operation.action, '2020-04-01', 'ecs', 'cn-shanghai'],
  );
});
