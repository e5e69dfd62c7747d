import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Operation } from '../../src/core/operation';
import { deleteInstances, describeInstances } from '../../src/providers/alibaba/instance/operations';
import {
  deregisterManagedInstance,
  describeManagedInstances,
} from '../../src/providers/alibaba/managedInstance/operations';
import { describeRegions } from '../../src/providers/alibaba/regions';
import {
  deleteInstances as deleteVolcengine,
  describeInstances as describeVolcengine,
} from '../../src/providers/volcengine/instance/operations';
import type { Fault, LoggedRequest, Sandbox } from '../../src/sandbox';
import { FakeClock } from '../unit/support/fakeClock';
import { call, sandboxFor } from './support';

function firstHost(sandbox: Sandbox): string {
  return sandbox.state().alibabaCloud['cn-hangzhou']?.managedInstance[0]?.InstanceId ?? '';
}

function hosts(sandbox: Sandbox): number {
  return sandbox.state().alibabaCloud['cn-hangzhou']?.managedInstance.length ?? 0;
}

/** A sandbox with one fault, and a call to deregister its first host. */
async function withFault(t: TestContext, ...faults: Fault[]) {
  const sandbox = await sandboxFor(t);
  sandbox.setFaults(faults);
  const before = hosts(sandbox);
  const InstanceId = firstHost(sandbox);
  const deregister = () => call(sandbox, deregisterManagedInstance, { InstanceId });
  return { sandbox, deregister, removed: () => before - hosts(sandbox) };
}

type RefusalCase = readonly [fault: Fault, alibaba: readonly [number, string], volcengine?: readonly [number, string]];

const refusals: readonly RefusalCase[] = [
  [{ kind: 'throttle' }, [400, 'Throttling.User'], [429, 'FlowLimitExceeded']],
  [{ kind: 'serverError' }, [500, 'InternalError.Dispatch'], [500, 'InternalError']],
  [{ kind: 'deny' }, [403, 'Forbidden.RAM'], [403, 'AccessDenied']],
  [{ kind: 'expiredToken' }, [400, 'InvalidSecurityToken.Expired'], [401, 'InvalidSecretToken']],
  [{ kind: 'forbiddenRegion' }, [403, 'Operation.Forbidden'], [404, 'InvalidActionOrVersion']],
  [{ kind: 'refuse', code: 'InvalidInstance.NotFound' }, [404, 'InvalidInstance.NotFound']],
  [{ kind: 'refuse', code: 'Made.Up', status: 418, message: 'no' }, [418, 'Made.Up'], [418, 'Made.Up']],
];

for (const [fault, alibaba, volcengine] of refusals) {
  test(`${JSON.stringify(fault)} refuses and changes nothing`, async (t) => {
    const { sandbox, deregister, removed } = await withFault(t, fault);
    const first = await deregister();
    assert.deepEqual([first.status, first.code], alibaba);
    assert.equal(removed(), 0);
    if (volcengine === undefined) return;
    const second = await call(sandbox, deleteVolcengine, { InstanceIds: ['i-1'] });
    assert.deepEqual([second.status, second.code], volcengine);
  });
}

test('throttling tells how long to wait only when it is asked to', async (t) => {
  const { sandbox, deregister } = await withFault(
    t,
    { kind: 'throttle', retryAfterMs: 700, count: 1 },
    { kind: 'throttle' },
  );
  assert.equal((await deregister()).headers['x-acs-retry-after'], '700');
  assert.equal((await deregister()).headers['x-acs-retry-after'], undefined);
  assert.deepEqual(
    sandbox.faults().map(({ hits }) => hits),
    [1, 2],
  );
});

test('a denied call says which permission is missing', async (t) => {
  const { sandbox, deregister } = await withFault(t, { kind: 'deny' });
  const { value } = await deregister();
  const detail = value['AccessDeniedDetail'] as Record<string, string>;
  assert.equal(detail['AuthAction'], 'ecs:DeregisterManagedInstance');
  assert.equal(detail['NoPermissionType'], 'ImplicitDeny');
  const { message } = await call(sandbox, deleteVolcengine, { InstanceIds: ['i-1'] });
  assert.match(message, /not authorized to perform: ecs:DeleteInstances on resource: trn:ecs:cn-beijing:/);
});

test('a call with the same client token is still in progress', async (t) => {
  const { sandbox } = await withFault(t, { kind: 'inProgress', count: 1 });
  const params = { InstanceId: firstHost(sandbox), ClientToken: 'token-1' };
  const first = await call(sandbox, deregisterManagedInstance, params);
  assert.deepEqual([first.status, first.code], [403, 'IdempotentProcessing']);
  assert.equal((await call(sandbox, deregisterManagedInstance, params)).status, 200);
  sandbox.setFaults([{ kind: 'inProgress' }]);
  assert.equal((await call(sandbox, describeRegions)).status, 200, 'A call without a token has nothing to wait for.');
  const second = await call(sandbox, deleteVolcengine, { InstanceIds: ['i-1'], ClientToken: 'token-1' });
  assert.deepEqual([second.status, second.code], [412, 'IdempotentProcessing']);
});

test('a limit of calls a second lets the burst through and refuses the rest until time has passed', async (t) => {
  const clock = new FakeClock();
  const sandbox = await sandboxFor(t, { clock });
  sandbox.setFaults([{ kind: 'rateLimit', perSecond: 4, burst: 3, hint: true }]);
  const ask = async () => (await call(sandbox, describeRegions, {}, { now: clock.now() })).code ?? 'ok';
  const burst = [await ask(), await ask(), await ask(), await ask()];
  assert.deepEqual(burst, ['ok', 'ok', 'ok', 'Throttling.User']);
  clock.advance(250);
  assert.deepEqual([await ask(), await ask()], ['ok', 'Throttling.User']);
  clock.advance(10_000);
  assert.deepEqual([await ask(), await ask(), await ask(), await ask()], burst);
});

test('a reset before the change breaks the connection and changes nothing', async (t) => {
  const { deregister, removed } = await withFault(t, { kind: 'resetBefore', count: 1 });
  await assert.rejects(deregister(), { code: 'ECONNRESET' });
  assert.equal(removed(), 0);
  assert.equal((await deregister()).status, 200);
});

test('a reset after the change breaks the connection when all is done', async (t) => {
  const { sandbox, deregister, removed } = await withFault(t, { kind: 'resetAfter', count: 1 });
  await assert.rejects(deregister(), { code: 'ECONNRESET' });
  assert.equal(removed(), 1);
  assert.equal(sandbox.requests()[0]?.status, undefined);
});

test('with a client token the answer lost in a reset can be had again', async (t) => {
  const { sandbox } = await withFault(t, { kind: 'resetAfter', count: 1 });
  const params = { InstanceId: firstHost(sandbox), ClientToken: 'token-1' };
  await assert.rejects(call(sandbox, deregisterManagedInstance, params));
  const { status, value } = await call(sandbox, deregisterManagedInstance, params);
  assert.equal(status, 200);
  assert.equal((value['Instance'] as { InstanceId: string }).InstanceId, params.InstanceId);
});

for (const [kind, changed] of [
  ['hang', 0],
  ['hangAfter', 1],
] as const) {
  test(`${kind}: no answer comes, and ${changed === 0 ? 'nothing' : 'everything'} was done`, async (t) => {
    const { sandbox, removed } = await withFault(t, { kind });
    const left = new AbortController();
    const arrived = nextRequest(sandbox);
    const params = { InstanceId: firstHost(sandbox) };
    const waiting = call(sandbox, deregisterManagedInstance, params, { signal: left.signal });
    await arrived;
    left.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.equal(removed(), changed);
  });
}

function nextRequest(sandbox: Sandbox): Promise<LoggedRequest> {
  return new Promise((resolve) => {
    const listening = sandbox.onDidAnswer((request) => {
      listening.dispose();
      resolve(request);
    });
  });
}

test('a delay passes on the sandbox’s clock before the answer', async (t) => {
  const clock = new FakeClock();
  const sandbox = await sandboxFor(t, { clock });
  sandbox.setFaults([
    { kind: 'delay', ms: 300 },
    { kind: 'delay', ms: 50 },
  ]);
  assert.equal((await call(sandbox, describeRegions, {}, { now: clock.now() })).status, 200);
  assert.deepEqual(clock.sleeps, [350]);
});

test('a sign-in page answers 200 in HTML and changes nothing', async (t) => {
  const { deregister, removed } = await withFault(t, { kind: 'captivePortal' });
  const { status, headers, body } = await deregister();
  assert.deepEqual([status, headers['content-type']], [200, 'text/html; charset=utf-8']);
  assert.match(body, /^<!DOCTYPE html>/);
  assert.equal(removed(), 0);
});

test('an unavailable gateway answers 503 in HTML and changes nothing', async (t) => {
  const { deregister, removed } = await withFault(t, { kind: 'unavailable' });
  const { status, headers } = await deregister();
  assert.deepEqual([status, headers['content-type']], [503, 'text/html']);
  assert.equal(removed(), 0);
});

test('a truncated answer is no JSON, though the change was made', async (t) => {
  const { deregister, removed } = await withFault(t, { kind: 'truncate' });
  const { status, body } = await deregister();
  assert.equal(status, 200);
  assert.throws(() => JSON.parse(body) as unknown);
  assert.equal(removed(), 1);
});

test('an empty answer is a success without a word', async (t) => {
  const { deregister, removed } = await withFault(t, { kind: 'emptyBody' });
  const { status, body } = await deregister();
  assert.deepEqual([status, body, removed()], [200, '', 1]);
});

test('XML comes although JSON was asked for', async (t) => {
  const { deregister } = await withFault(t, { kind: 'xml' });
  const { headers, body } = await deregister();
  assert.match(headers['content-type'] ?? '', /^text\/xml/);
  assert.match(body, /<DeregisterManagedInstanceResponse>/);
});

test('error envelopes come with small initials', async (t) => {
  const { sandbox } = await withFault(t, { kind: 'lowerCaseErrors' });
  const { value } = await call(sandbox, deregisterManagedInstance, { InstanceId: 'mi-nobody' });
  assert.deepEqual(Object.keys(value), ['requestId', 'hostId', 'code', 'message', 'recommend']);
});

test('a clock that is ahead shows in the Date header and refuses our time stamps', async (t) => {
  const ms = 3_600_000;
  const { sandbox, deregister } = await withFault(t, { kind: 'clockSkew', ms });
  const { code, headers, message } = await deregister();
  assert.equal(code, 'InvalidTimeStamp.Expired');
  const server = Date.parse(headers['date'] ?? '');
  assert.ok(Math.abs(server - Date.now() - ms) < 60_000);
  assert.ok(message.includes(new Date(server).toISOString().slice(0, 16)), message);
  assert.equal((await call(sandbox, describeRegions, {}, { now: new Date(server) })).status, 200);
});

const lists: readonly Operation[] = [describeManagedInstances, describeInstances, describeRegions, describeVolcengine];

type OddCase = readonly [fault: Fault, operations: readonly Operation[]];

/** Each oddity with the lists that have something it can bend. */
const oddities: readonly OddCase[] = [
  [{ kind: 'extraFields' }, lists],
  [{ kind: 'oddTypes', what: 'countsAsText' }, [describeManagedInstances, describeInstances, describeVolcengine]],
  [{ kind: 'oddTypes', what: 'nulls' }, [describeManagedInstances, describeInstances, describeVolcengine]],
  [{ kind: 'oddTypes', what: 'wrappedLists' }, [describeManagedInstances, describeVolcengine]],
  [{ kind: 'oddTypes', what: 'flatLists' }, [describeInstances, describeRegions]],
];

for (const [fault, operations] of oddities) {
  for (const operation of operations) {
    test(`${JSON.stringify(fault)} keeps the meaning of ${operation.product.provider} ${operation.action}`, async (t) => {
      const sandbox = await sandboxFor(t);
      const plain = await call(sandbox, operation);
      sandbox.setFaults([fault]);
      const odd = await call(sandbox, operation);
      assert.notDeepEqual(withoutRequestId(odd.value), withoutRequestId(plain.value));
      const parsed = operation.response.safeParse(odd.value);
      assert.ok(parsed.success, JSON.stringify(parsed.error?.issues.slice(0, 3)));
      assert.deepEqual(idsIn(parsed.data), idsIn(operation.response.parse(plain.value)));
    });
  }
}

function idsIn(value: unknown): readonly string[] {
  return JSON.stringify(value).match(/"(Instance|Region|Security\w*)Id":"[^"]+"/g) ?? [];
}

function withoutRequestId({ RequestId: _id, ...value }: Record<string, unknown>): Record<string, unknown> {
  return value;
}

type ScopeCase = readonly [name: string, fault: Fault, hit: readonly boolean[]];

const throttle = { kind: 'throttle' } as const;

/** Which of four calls are hit: regions twice, then a list in Hangzhou and one in Beijing. */
const scopes: readonly ScopeCase[] = [
  ['all', throttle, [true, true, true, true]],
  ['an action', { ...throttle, action: 'DescribeRegions' }, [true, true, false, false]],
  ['several actions', { ...throttle, action: ['DescribeRegions', 'DeleteInstances'] }, [true, true, false, false]],
  ['a region', { ...throttle, region: 'cn-beijing' }, [false, false, false, true]],
  ['the other cloud', { ...throttle, provider: 'volcengine' }, [false, false, false, false]],
  ['the first', { ...throttle, count: 1 }, [true, false, false, false]],
  ['the second and third', { ...throttle, skip: 1, count: 2 }, [false, true, true, false]],
];

for (const [name, fault, hit] of scopes) {
  test(`a fault hits ${name}`, async (t) => {
    const sandbox = await sandboxFor(t);
    sandbox.setFaults([fault]);
    const answers = [
      await call(sandbox, describeRegions),
      await call(sandbox, describeRegions),
      await call(sandbox, describeManagedInstances),
      await call(sandbox, describeManagedInstances, {}, { region: 'cn-beijing' }),
    ];
    assert.deepEqual(
      answers.map(({ code }) => code !== undefined),
      hit,
    );
  });
}

test('faults end when they are taken away', async (t) => {
  const { sandbox, deregister } = await withFault(t, throttle);
  assert.equal((await deregister()).code, 'Throttling.User');
  sandbox.setFaults([]);
  assert.equal((await deregister()).status, 200);
});

test('a fault comes after the signature was checked, like the cloud’s own limits', async (t) => {
  const { sandbox } = await withFault(t, throttle);
  const credentials = { ...sandbox.alibabaCloud, accessKeySecret: 'wrong' };
  const { code } = await call(sandbox, deleteInstances, { InstanceId: ['i-1'] }, { credentials });
  assert.equal(code, 'SignatureDoesNotMatch');
});
