import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Service, Signer } from '@volcengine/openapi';
import { startSandbox, type Sandbox } from '../../../src/sandbox';

/**
 * The vendor's own client as a witness: it knows nothing of our declarations, so what it can do with the sandbox the
 * real cloud's users can do too. It signs with `x-date` alone where ours also signs `host`.
 */
let sandbox: Sandbox;
before(async () => {
  // The vendor's client would send loopback traffic through a proxy of the environment.
  process.env['NO_PROXY'] = '127.0.0.1';
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
after(() => sandbox.dispose());

interface Answer {
  readonly ResponseMetadata: {
    readonly RequestId: string;
    readonly Action: string;
    readonly Service: string;
    readonly Region: string;
    readonly Error?: { readonly CodeN?: number; readonly Code: string; readonly Message: string };
  };
  readonly Result?: {
    readonly Regions?: readonly { readonly RegionId: string }[];
    readonly Instances?: readonly { readonly InstanceId: string; readonly Status: string }[] | null;
    readonly NextToken?: string;
    readonly OperationDetails?: readonly { readonly InstanceId: string; readonly Error?: { readonly Code: string } }[];
  };
}

interface Who {
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secretKey?: string;
  readonly sessionToken?: string;
  readonly method?: 'GET' | 'POST';
}

/** A call by the official `Service` client. */
async function call(action: string, params: Record<string, unknown> = {}, who: Who = {}): Promise<Answer> {
  const { endpoint, accessKeyId, accessKeySecret: secretKey } = sandbox.volcengine;
  const { method = 'GET', ...options } = { region: 'cn-beijing', accessKeyId, secretKey, ...who };
  const host = new URL(endpoint).host;
  const service = new Service({
    serviceName: 'ecs',
    defaultVersion: '2020-04-01',
    protocol: 'http:',
    host,
    ...options,
  });
  const answer: unknown = await service.createAPI(action, { method, contentType: 'urlencode' })(params);
  // What the sandbox answers is checked against our schemas elsewhere; here its parts are asserted one by one.
  return answer as Answer;
}

/** The error code of an answer; fails the test when it has none. */
function codeOf({ ResponseMetadata }: Answer): string {
  return ResponseMetadata.Error?.Code ?? assert.fail('the call was not refused');
}

function ids(region = 'cn-beijing'): string[] {
  return sandbox.state().volcengine[region]?.instance.map(({ InstanceId }) => InstanceId) ?? [];
}

function idNamed(name: string): string {
  const found = sandbox.state().volcengine['cn-beijing']?.instance.find(({ InstanceName }) => InstanceName === name);
  return found?.InstanceId ?? assert.fail(`no instance ${name}`);
}

function listed(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(list.map((id, index) => [`InstanceIds.${index + 1}`, id]));
}

test('the official client reads the regions', async () => {
  const { ResponseMetadata, Result } = await call('DescribeRegions', { MaxResults: 20 });
  assert.equal(ResponseMetadata.Error, undefined);
  assert.deepEqual(
    [ResponseMetadata.Action, ResponseMetadata.Service, ResponseMetadata.Region],
    ['DescribeRegions', 'ecs', 'cn-beijing'],
  );
  assert.notEqual(ResponseMetadata.RequestId, '');
  assert.deepEqual(
    Result?.Regions?.map(({ RegionId }) => RegionId),
    Object.keys(sandbox.state().volcengine),
  );
});

for (const method of ['GET', 'POST'] as const) {
  test(`the official client pages through all instances by ${method}`, async () => {
    const seen: string[] = [];
    let token = '';
    do {
      const { Result } = await call(
        'DescribeInstances',
        { MaxResults: 4, ...(token === '' ? {} : { NextToken: token }) },
        { method },
      );
      seen.push(...(Result?.Instances ?? []).map(({ InstanceId }) => InstanceId));
      token = Result?.NextToken ?? '';
    } while (token !== '' && seen.length <= 100);
    assert.ok(seen.length > 4);
    assert.deepEqual(seen.sort(), ids().sort());
  });
}

test('the region of the credential scope alone decides what is seen', async () => {
  const [id = assert.fail()] = ids('cn-shanghai');
  const params = { 'InstanceIds.1': id };
  assert.equal((await call('DescribeInstances', params, { region: 'cn-shanghai' })).Result?.Instances?.length, 1);
  assert.deepEqual((await call('DescribeInstances', params)).Result?.Instances ?? [], []);
  const details = (await call('DeleteInstances', params)).Result?.OperationDetails;
  assert.deepEqual(
    details?.map(({ Error: error }) => error?.Code),
    ['InvalidInstance.NotFound'],
  );
  assert.ok(ids('cn-shanghai').includes(id));
});

test('a rehearsal passes as an error and deletes nothing', async () => {
  const before = ids();
  const stopped = idNamed('nightly-report');
  assert.equal(codeOf(await call('DeleteInstance', { InstanceId: stopped, DryRun: true })), 'DryRunOperation');
  assert.equal(
    codeOf(await call('DeleteInstance', { InstanceId: idNamed('web-frontend'), DryRun: true })),
    'InvalidInstanceStatus',
  );
  assert.deepEqual(ids(), before);
});

test('one instance is deleted by DeleteInstance', async () => {
  const stopped = idNamed('nightly-report');
  const { ResponseMetadata } = await call('DeleteInstance', { InstanceId: stopped });
  assert.equal(ResponseMetadata.Error, undefined);
  assert.ok(!ids().includes(stopped));
  assert.equal(codeOf(await call('DeleteInstance', { InstanceId: stopped })), 'InvalidInstance.NotFound');
});

for (const method of ['GET', 'POST'] as const) {
  test(`of several instances each has its own outcome, by ${method}`, async () => {
    const names = ['nightly-report', 'web-frontend', 'contract-archive', 'old-campaign'];
    const [stopped = '', running = '', subscribed = '', expired = ''] = names.map(idNamed);
    const order = [stopped, running, subscribed, expired, 'i-never-was'];
    const { ResponseMetadata, Result } = await call('DeleteInstances', listed(order), { method });
    assert.equal(ResponseMetadata.Error, undefined);
    const codes = new Map(Result?.OperationDetails?.map(({ InstanceId, Error: error }) => [InstanceId, error?.Code]));
    assert.deepEqual(
      order.map((id) => codes.get(id)),
      [undefined, 'InvalidInstanceStatus', 'InvalidChargeType', undefined, 'InvalidInstance.NotFound'],
    );
    const left = ids();
    assert.deepEqual(
      order.map((id) => left.includes(id)),
      [false, true, true, false, false],
    );
  });
}

test('the official client stops, starts, restarts, renames and protects', async () => {
  const id = idNamed('web-frontend');
  const record = () => sandbox.state().volcengine['cn-beijing']?.instance.find(({ InstanceId }) => InstanceId === id);
  await call('StopInstances', { ...listed([id]), StoppedMode: 'StopCharging', ForceStop: false });
  assert.deepEqual([record()?.Status, record()?.['StoppedMode']], ['STOPPED', 'StopCharging']);
  const again = await call('RebootInstances', listed([id]));
  assert.equal(again.Result?.OperationDetails?.[0]?.Error?.Code, 'InvalidInstanceStatus');
  await call('StartInstances', listed([id]));
  assert.equal(record()?.Status, 'RUNNING');
  await call('ModifyInstanceAttribute', { InstanceId: id, InstanceName: '前端-01', DeletionProtection: true });
  assert.deepEqual([record()?.InstanceName, record()?.DeletionProtection], ['前端-01', true]);
});

test('protection is refused for that instance alone', async () => {
  const order = [idNamed('billing-core'), idNamed('nightly-report')];
  const details = (await call('DeleteInstances', listed(order))).Result?.OperationDetails ?? [];
  assert.match(details[0]?.Error?.Code ?? '', /DeletionProtection/);
  assert.equal(details[1]?.Error?.Code, undefined);
  assert.deepEqual(
    order.map((id) => ids().includes(id)),
    [true, false],
  );
});

test('a repeat with the same client token gets the first answer; another request with it is refused', async () => {
  const id = idNamed('nightly-report');
  const request = { 'InstanceIds.1': id, ClientToken: 'token-1' };
  const first = await call('DeleteInstances', request);
  const again = await call('DeleteInstances', request);
  assert.deepEqual(again.Result, first.Result);
  assert.deepEqual(
    first.Result?.OperationDetails?.map(({ InstanceId }) => InstanceId),
    [id],
  );
  const other = await call('DeleteInstances', { 'InstanceIds.1': idNamed('old-campaign'), ClientToken: 'token-1' });
  assert.equal(codeOf(other), 'IdempotentParameterMismatch');
  assert.ok(ids().includes(idNamed('old-campaign')));
});

test('while the same token is being worked on, the answer is to wait', async () => {
  sandbox.setFaults([{ kind: 'inProgress', provider: 'volcengine', action: 'DeleteInstances', count: 1 }]);
  const request = { 'InstanceIds.1': idNamed('nightly-report'), ClientToken: 'token-2' };
  assert.equal(codeOf(await call('DeleteInstances', request)), 'IdempotentProcessing');
  assert.equal((await call('DeleteInstances', request)).ResponseMetadata.Error, undefined);
});

function refused(name: string, code: string, request: () => Promise<Answer>): void {
  test(`the official client is refused: ${name}`, async () => {
    const before = ids();
    assert.equal(codeOf(await request()), code);
    assert.deepEqual(ids(), before);
  });
}

refused('a wrong secret', 'SignatureDoesNotMatch', () => call('DescribeInstances', {}, { secretKey: 'wrong' }));
refused('an unknown key', 'InvalidAccessKey', () => call('DescribeInstances', {}, { accessKeyId: 'AKLTnobody' }));
refused('a token nobody issued', 'InvalidSecretToken', () =>
  call('DescribeInstances', {}, { sessionToken: 'made up' }),
);
refused('an unknown action', 'InvalidActionOrVersion', () => call('DeleteEverything'));
refused('no instance named', 'MissingParameter.InstanceIds', () => call('DeleteInstances'));
refused('a parameter the operation does not have', 'InvalidArgument', () =>
  call('DeleteInstances', { 'InstanceIds.1': idNamed('nightly-report'), Force: true }),
);
refused('101 instances', 'InvalidCount.Malformed', () =>
  call('DeleteInstances', listed(Array.from({ length: 101 }, (_, n) => `i-${n}`))),
);
refused('a client token that is too long', 'InvalidClientToken.Malformed', () =>
  call('DeleteInstances', { 'InstanceIds.1': idNamed('nightly-report'), ClientToken: 'x'.repeat(65) }),
);

test('temporary keys work with their token', async () => {
  const { accessKeyId, accessKeySecret: secretKey, securityToken } = sandbox.issueToken('volcengine', 60_000);
  const who = { accessKeyId, secretKey, sessionToken: securityToken };
  assert.equal((await call('DescribeInstances', {}, who)).ResponseMetadata.Error, undefined);
  assert.notEqual((await call('DescribeInstances', {}, { accessKeyId, secretKey })).ResponseMetadata.Error, undefined);
});

test("the official signer's headers are accepted with host signed, and not for another query", async () => {
  const { endpoint, accessKeyId, accessKeySecret } = sandbox.volcengine;
  const params = { Action: 'DescribeRegions', Version: '2020-04-01', MaxResults: '20' };
  const headers = { Host: new URL(endpoint).host };
  const signer = new Signer({ region: 'cn-beijing', method: 'GET', pathname: '/', params, headers }, 'ecs');
  signer.addAuthorization({ accessKeyId, secretKey: accessKeySecret }, new Date());
  // The signer types its headers loosely but only ever puts text into them.
  const signed = signer.request.headers as Record<string, string>;
  const status = async (query: Record<string, string>) => {
    const response = await fetch(`${endpoint}/?${new URLSearchParams(query).toString()}`, { headers: signed });
    await response.arrayBuffer();
    return response.status;
  };
  assert.equal(await status(params), 200);
  assert.equal(await status({ ...params, MaxResults: '19' }), 401);
});
