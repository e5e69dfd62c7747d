import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import * as ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil, default as OpenApiClient } from '@alicloud/openapi-core';
import RPCClient from '@alicloud/pop-core';
import type { Sandbox } from '../../../src/sandbox';
import { sandboxFor } from '../support';

/**
 * The vendor's own packages against the sandbox: it must speak the same protocol to them as to us, in both signature
 * styles. Nothing of our client is used here.
 */
const RegionId = 'cn-hangzhou';
const regionId = RegionId;

interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

function configOf({ alibabaCloud }: Sandbox, keys: Keys): $OpenApiUtil.Config {
  const { accessKeyId, accessKeySecret, securityToken } = keys;
  const endpoint = new URL(alibabaCloud.endpoint).host;
  return new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, securityToken, endpoint, regionId, protocol: 'http' });
}

/** The SDK: V3, POST, parameters in the query. */
function sdkFor(sandbox: Sandbox, keys: Keys = sandbox.alibabaCloud): ecs.default {
  return new ecs.default(configOf(sandbox, keys));
}

type Method = 'GET' | 'POST';
type Ask = (action: string, params?: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** The older SDK: V1, parameters in the query with GET and in a form with POST. */
function popFor({ alibabaCloud }: Sandbox, method: Method, keys: Keys = alibabaCloud, apiVersion = '2014-05-26'): Ask {
  const { accessKeyId, accessKeySecret, securityToken } = keys;
  const { endpoint } = alibabaCloud;
  // The package's types do not name the token, its code reads it.
  const config = { endpoint, accessKeyId, accessKeySecret, securityToken, apiVersion } as RPCClient.Config;
  const client = new RPCClient(config);
  return (action, params = {}) => client.request<Record<string, unknown>>(action, params, { method });
}

async function sandboxAndSdk(t: TestContext) {
  const sandbox = await sandboxFor(t);
  return { sandbox, sdk: sdkFor(sandbox), store: () => sandbox.state().alibabaCloud[RegionId] };
}

/** What a rejected call of the SDK tells. */
async function failure(call: Promise<unknown>): Promise<{ code?: string; statusCode?: number; message: string }> {
  const answer: unknown = await call.then(
    () => assert.fail('It was let through.'),
    (error: unknown) => error,
  );
  // Both packages reject with an Error that carries these.
  return answer as { code?: string; statusCode?: number; message: string };
}

async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  return (await failure(call)).code;
}

function stopped(store: { readonly instance: readonly { InstanceName: string; InstanceId: string }[] } | undefined) {
  const names = ['batch-worker-01', 'win-jumpbox'];
  return (store?.instance ?? []).flatMap((one) => (names.includes(one.InstanceName) ? one.InstanceId : []));
}

test('SDK: regions, named in English', async (t) => {
  const { sandbox, sdk } = await sandboxAndSdk(t);
  const { body } = await sdk.describeRegions(new ecs.DescribeRegionsRequest({ acceptLanguage: 'en-US' }));
  const ids = body?.regions?.region?.map((region) => region.regionId);
  assert.deepEqual(ids, Object.keys(sandbox.state().alibabaCloud));
  assert.equal(body?.regions?.region?.[0]?.localName, 'China (Hangzhou)');
});

test('SDK: all managed instances by token, field by field', async (t) => {
  const { sdk, store } = await sandboxAndSdk(t);
  const seen: ecs.DescribeManagedInstancesResponseBodyInstances[] = [];
  let nextToken: string | undefined;
  do {
    const request = new ecs.DescribeManagedInstancesRequest({ regionId, maxResults: 7, nextToken });
    const { body } = await sdk.describeManagedInstances(request);
    seen.push(...(body?.instances ?? []));
    nextToken = body?.nextToken;
  } while (nextToken !== undefined && nextToken !== '');
  const expected = store()?.managedInstance ?? [];
  assert.deepEqual(
    seen.map((one) => [one.instanceId, one.instanceName, one.hostname, one.connected, one.invocationCount, one.osType]),
    expected.map((one) => [
      one.InstanceId,
      one.InstanceName,
      one.Hostname,
      one.Connected,
      one.InvocationCount,
      one.OsType,
    ]),
  );
  assert.deepEqual(
    seen.map(({ tags }) => tags?.map(({ tagKey, tagValue }) => ({ TagKey: tagKey, TagValue: tagValue }))),
    expected.map(({ Tags }) => Tags),
  );
});

test('SDK: managed instances by page number, ids, tag and state', async (t) => {
  const { sdk, store } = await sandboxAndSdk(t);
  const hosts = store()?.managedInstance ?? [];
  const ask = async (filter: Partial<ecs.DescribeManagedInstancesRequest>) => {
    const request = new ecs.DescribeManagedInstancesRequest({ regionId, pageSize: 50, ...filter });
    return (await sdk.describeManagedInstances(request)).body;
  };
  const page = await ask({ pageNumber: 2, pageSize: 10 });
  assert.deepEqual([page?.totalCount, page?.pageNumber, page?.instances?.length], [hosts.length, 2, 10]);
  const instanceId = [hosts[3]?.InstanceId ?? '', hosts[8]?.InstanceId ?? ''];
  assert.deepEqual(
    (await ask({ instanceId }))?.instances?.map((one) => one.instanceId),
    instanceId,
  );
  const tag = [new ecs.DescribeManagedInstancesRequestTag({ key: '部门', value: '零售' })];
  const tagged = hosts.filter(({ Tags }) => Tags.some(({ TagValue }) => TagValue === '零售'));
  assert.equal((await ask({ tag }))?.totalCount, tagged.length);
  assert.ok(tagged.length > 0);
  const connected = hosts.filter(({ Connected }) => Connected).length;
  assert.equal((await ask({ connected: 'true' }))?.totalCount, connected);
});

test('SDK: deregisters once, and is told when the instance is gone', async (t) => {
  const { sdk, store } = await sandboxAndSdk(t);
  const instanceId = store()?.managedInstance[2]?.InstanceId;
  const request = () =>
    sdk.deregisterManagedInstance(new ecs.DeregisterManagedInstanceRequest({ regionId, instanceId }));
  const { body, statusCode } = await request();
  assert.deepEqual([statusCode, body?.instance?.instanceId], [200, instanceId]);
  assert.ok(!store()?.managedInstance.some(({ InstanceId }) => InstanceId === instanceId));
  const gone = await failure(request());
  assert.deepEqual([gone.code, gone.statusCode], ['InvalidInstance.NotFound', 404]);
  assert.match(gone.message, /The specified instance id does not exist/);
});

test('SDK: lists activations, deletes a free one, is refused one in use', async (t) => {
  const { sdk, store } = await sandboxAndSdk(t);
  const { body } = await sdk.describeActivations(new ecs.DescribeActivationsRequest({ regionId, maxResults: 50 }));
  const listed = body?.activationList ?? [];
  const expected = store()?.activation ?? [];
  assert.deepEqual(
    listed.map((one) => [
      one.activationId,
      one.registeredCount,
      one.instanceCount,
      one.disabled,
      one.timeToLiveInHours,
    ]),
    expected.map((one) => [
      one.ActivationId,
      one.RegisteredCount,
      one.InstanceCount,
      one.Disabled,
      one.TimeToLiveInHours,
    ]),
  );
  const remove = (activationId: string | undefined) =>
    sdk.deleteActivation(new ecs.DeleteActivationRequest({ regionId, activationId }));
  const free = expected.find(({ RegisteredCount }) => RegisteredCount === 0)?.ActivationId;
  assert.equal((await remove(free)).body?.activation?.activationId, free);
  assert.equal(await codeOf(remove(free)), 'ActivationId.NotFound');
  const used = expected.find(({ RegisteredCount }) => RegisteredCount > 0)?.ActivationId;
  assert.equal(await codeOf(remove(used)), 'ActivationId.InUse');
});

test('SDK: lists ECS instances by token, field by field', async (t) => {
  const { sdk, store } = await sandboxAndSdk(t);
  const seen: ecs.DescribeInstancesResponseBodyInstancesInstance[] = [];
  let nextToken: string | undefined;
  do {
    const { body } = await sdk.describeInstances(
      new ecs.DescribeInstancesRequest({ regionId, maxResults: 10, nextToken }),
    );
    seen.push(...(body?.instances?.instance ?? []));
    nextToken = body?.nextToken;
  } while (nextToken !== undefined && nextToken !== '');
  assert.deepEqual(
    seen.map((one) => [one.instanceId, one.status, one.deletionProtection, one.tags?.tag?.[0]?.tagValue]),
    (store()?.instance ?? []).map((one) => [
      one.InstanceId,
      one.Status,
      one.DeletionProtection,
      one.Tags?.Tag[0]?.TagValue,
    ]),
  );
});

test('SDK: releases stopped instances together, after a rehearsal', async (t) => {
  const { sdk, store } = await sandboxAndSdk(t);
  const instanceId = stopped(store());
  assert.equal(instanceId.length, 2);
  const release = (options: Partial<ecs.DeleteInstancesRequest>) =>
    sdk.deleteInstances(new ecs.DeleteInstancesRequest({ regionId, instanceId, ...options }));
  assert.equal(await codeOf(release({ dryRun: true })), 'DRYRUN.SUCCESS');
  assert.equal(stopped(store()).length, 2);
  assert.match((await release({ clientToken: 'witness-1' })).body?.requestId ?? '', /^[0-9A-F-]{36}$/);
  assert.equal(stopped(store()).length, 0);
  assert.equal((await release({ clientToken: 'witness-1' })).statusCode, 200);
  assert.equal(await codeOf(release({ clientToken: 'witness-2' })), 'InvalidInstanceIds.NotFound');
});

type ReleaseCase = readonly [name: string, code: string, status: number];

const refusedReleases: readonly ReleaseCase[] = [
  ['web-01', 'IncorrectInstanceStatus', 403],
  ['finance-ledger', 'InvalidOperation.DeletionProtection', 403],
  ['crm-subscription', 'ChargeTypeViolation', 403],
  ['suspicious-host', 'InstanceLockedForSecurity', 403],
  ['lb-backend-01', 'DependencyViolation.SLBConfiguring', 400],
];

for (const [name, code, status] of refusedReleases) {
  test(`SDK: releasing ${name} fails with a documented code`, async (t) => {
    const { sdk, store } = await sandboxAndSdk(t);
    const instanceId = [store()?.instance.find(({ InstanceName }) => InstanceName === name)?.InstanceId ?? ''];
    const error = await failure(sdk.deleteInstances(new ecs.DeleteInstancesRequest({ regionId, instanceId })));
    assert.deepEqual([error.code, error.statusCode], [code, status]);
  });
}

test('SDK: stops, starts and restarts instances, each with its own outcome', async (t) => {
  const { sdk, store } = await sandboxAndSdk(t);
  const named = (name: string) => store()?.instance.find(({ InstanceName }) => InstanceName === name);
  const [running = '', resting = ''] = ['web-01', 'batch-worker-01'].map((name) => named(name)?.InstanceId);
  const batch = { regionId, instanceId: [running, resting, 'i-never-was'], batchOptimization: 'SuccessFirst' };
  const outcomes = (responses: readonly { instanceId?: string; code?: string; previousStatus?: string }[] = []) =>
    responses.map(({ instanceId, code, previousStatus }) => [instanceId, code, previousStatus]);
  const stop = await sdk.stopInstances(new ecs.StopInstancesRequest({ ...batch, stoppedMode: 'StopCharging' }));
  assert.deepEqual(outcomes(stop.body?.instanceResponses?.instanceResponse), [
    [running, '200', 'Running'],
    [resting, 'IncorrectInstanceStatus', undefined],
    ['i-never-was', 'InvalidInstanceIds.NotFound', undefined],
  ]);
  assert.deepEqual([named('web-01')?.Status, named('web-01')?.['StoppedMode']], ['Stopped', 'StopCharging']);
  const start = await sdk.startInstances(new ecs.StartInstancesRequest({ ...batch, instanceId: [running, resting] }));
  assert.deepEqual(outcomes(start.body?.instanceResponses?.instanceResponse), [
    [running, '200', 'Stopped'],
    [resting, '200', 'Stopped'],
  ]);
  const restart = new ecs.RebootInstancesRequest({ ...batch, instanceId: [running], forceReboot: true });
  const { body } = await sdk.rebootInstances(restart);
  assert.deepEqual(outcomes(body?.instanceResponses?.instanceResponse), [[running, '200', 'Running']]);
  const together = new ecs.StopInstancesRequest({ regionId, instanceId: [running, 'i-never-was'] });
  assert.equal(await codeOf(sdk.stopInstances(together)), 'InvalidInstanceIds.NotFound');
  assert.equal(named('web-01')?.Status, 'Running');
  const rehearsal = new ecs.StartInstancesRequest({ regionId, instanceId: [running], dryRun: true });
  assert.equal(await codeOf(sdk.startInstances(rehearsal)), 'DRYRUN.SUCCESS');
});

test('SDK: renames and protects an instance, without naming its region', async (t) => {
  const { sdk, store } = await sandboxAndSdk(t);
  const named = (name: string) => store()?.instance.find(({ InstanceName }) => InstanceName === name);
  const modify = (name: string, change: Partial<ecs.ModifyInstanceAttributeRequest>) =>
    sdk.modifyInstanceAttribute(
      new ecs.ModifyInstanceAttributeRequest({ instanceId: named(name)?.InstanceId ?? 'i-never-was', ...change }),
    );
  assert.equal((await modify('web-01', { instanceName: '前端-01', deletionProtection: true })).statusCode, 200);
  assert.equal(named('前端-01')?.DeletionProtection, true);
  await modify('finance-ledger', { deletionProtection: false });
  assert.equal(named('finance-ledger')?.DeletionProtection, false);
  const refused: readonly (readonly [string, Partial<ecs.ModifyInstanceAttributeRequest>, string])[] = [
    ['前端-01', { instanceName: '1' }, 'InvalidInstanceName.Malformed'],
    ['crm-subscription', { deletionProtection: true }, 'InvalidChargeType.ValueNotSupported'],
    ['suspicious-host', { deletionProtection: true }, 'InstanceLockedForSecurity'],
    ['nobody', { instanceName: 'ab' }, 'InvalidInstanceId.NotFound'],
  ];
  for (const [name, change, code] of refused) assert.equal(await codeOf(modify(name, change)), code);
});

test('SDK: renames a managed instance', async (t) => {
  const { sdk, store } = await sandboxAndSdk(t);
  const host = () => store()?.managedInstance[2];
  const instanceId = host()?.InstanceId;
  const rename = (instanceName: string, id = instanceId) =>
    sdk.modifyManagedInstance(new ecs.ModifyManagedInstanceRequest({ regionId, instanceId: id, instanceName }));
  const { body } = await rename('gateway');
  assert.deepEqual([body?.instance?.instanceId, body?.instance?.instanceName], [instanceId, 'gateway']);
  assert.equal(host()?.InstanceName, 'gateway');
  assert.equal(await codeOf(rename('1')), 'InstanceName.InvalidPattern');
  assert.equal(await codeOf(rename('a'.repeat(129))), 'InstanceName.ExceedLimit');
  assert.equal(await codeOf(rename('ab', 'mi-nobody')), 'InvalidInstance.NotFound');
});

test('SDK: disables an activation for good, and its hosts stay', async (t) => {
  const { sdk, store } = await sandboxAndSdk(t);
  const used = () => store()?.activation.find(({ RegisteredCount }) => RegisteredCount > 0);
  const hosts = store()?.managedInstance;
  const disable = (activationId = used()?.ActivationId) =>
    sdk.disableActivation(new ecs.DisableActivationRequest({ regionId, activationId }));
  const { body } = await disable();
  assert.deepEqual([body?.activation?.activationId, body?.activation?.disabled], [used()?.ActivationId, true]);
  assert.equal(used()?.Disabled, true);
  assert.deepEqual(store()?.managedInstance, hosts);
  assert.equal((await disable()).statusCode, 200);
  assert.equal(await codeOf(disable('nobody')), 'ActivationId.NotFound');
});

test('SDK: regions that do not exist or do not offer the call', async (t) => {
  const { sdk } = await sandboxAndSdk(t);
  const list = (id: string) => sdk.describeManagedInstances(new ecs.DescribeManagedInstancesRequest({ regionId: id }));
  assert.equal(await codeOf(list('cn-nowhere')), 'InvalidRegionId.NotFound');
  assert.equal(await codeOf(list('eu-central-1')), 'RegionId.ApiNotSupported');
});

test('SDK: an operation the sandbox does not have is refused', async (t) => {
  const { sdk } = await sandboxAndSdk(t);
  const request = new ecs.StopInstanceRequest({ instanceId: 'i-1' });
  assert.equal(await codeOf(sdk.stopInstance(request)), 'InvalidAction.NotFound');
});

test('SDK: wrong and unknown keys', async (t) => {
  const sandbox = await sandboxFor(t);
  const ask = (keys: Keys) => failure(sdkFor(sandbox, keys).describeRegions(new ecs.DescribeRegionsRequest({})));
  const { accessKeyId } = sandbox.alibabaCloud;
  assert.equal((await ask({ accessKeyId, accessKeySecret: 'wrong' })).code, 'SignatureDoesNotMatch');
  const unknown = await ask({ accessKeyId: 'LTAInobody', accessKeySecret: 'wrong' });
  assert.deepEqual([unknown.code, unknown.statusCode], ['InvalidAccessKeyId.NotFound', 404]);
});

test('SDK and the older SDK: temporary keys', async (t) => {
  const sandbox = await sandboxFor(t);
  const keys = sandbox.issueToken('alibabaCloud', 60_000);
  assert.equal((await sdkFor(sandbox, keys).describeRegions(new ecs.DescribeRegionsRequest({}))).statusCode, 200);
  assert.ok((await popFor(sandbox, 'POST', keys)('DescribeRegions'))['Regions']);
  const identity = await popFor(sandbox, 'GET', keys, '2015-04-01')('GetCallerIdentity');
  assert.equal(identity['IdentityType'], 'AssumedRoleUser');
});

test('SDK core: V3 with the parameters in a form body', async (t) => {
  const { sandbox, store } = await sandboxAndSdk(t);
  const client = new OpenApiClient(configOf(sandbox, sandbox.alibabaCloud));
  const params = new $OpenApiUtil.Params({
    action: 'DescribeManagedInstances',
    version: '2014-05-26',
    protocol: 'HTTP',
    pathname: '/',
    method: 'POST',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  // Options of the connection that nothing here needs; the class stands in a package of its own.
  const options = {} as Parameters<OpenApiClient['callApi']>[2];
  const form = { RegionId, PageSize: 3, 'Tag.1.Key': '部门' };
  const request = new $OpenApiUtil.OpenApiRequest({ body: form });
  // The generic call answers any JSON; the fields are the vendor's.
  const answer = (await client.callApi(params, request, options)) as {
    body: { TotalCount: number; Instances: unknown[] };
  };
  const tagged = (store()?.managedInstance ?? []).filter(({ Tags }) => Tags.some(({ TagKey }) => TagKey === '部门'));
  assert.deepEqual([answer.body.TotalCount, answer.body.Instances.length], [tagged.length, Math.min(3, tagged.length)]);
});

for (const method of ['GET', 'POST'] as const) {
  test(`older SDK, ${method}: lists everything page by page`, async (t) => {
    const sandbox = await sandboxFor(t);
    const ask = popFor(sandbox, method);
    const store = sandbox.state().alibabaCloud[RegionId];
    const regions = (await ask('DescribeRegions', { AcceptLanguage: 'zh-CN' }))['Regions'] as { Region: unknown[] };
    assert.equal(regions.Region.length, Object.keys(sandbox.state().alibabaCloud).length);
    const pages = [];
    for (const PageNumber of [1, 2, 3]) {
      pages.push((await ask('DescribeManagedInstances', { RegionId, PageNumber, PageSize: 10 }))['Instances']);
    }
    assert.deepEqual(plain(pages.flat()), store?.managedInstance);
    const { ActivationList } = await ask('DescribeActivations', { RegionId, MaxResults: 50 });
    assert.deepEqual(plain(ActivationList), store?.activation);
    const { Instances } = await ask('DescribeInstances', { RegionId, MaxResults: 100 });
    assert.deepEqual(plain((Instances as { Instance: unknown }).Instance), store?.instance);
  });

  test(`older SDK, ${method}: deregisters, deletes and releases, and gets the documented errors`, async (t) => {
    const sandbox = await sandboxFor(t);
    const ask = popFor(sandbox, method);
    const store = sandbox.state().alibabaCloud[RegionId];
    const InstanceId = store?.managedInstance[0]?.InstanceId;
    const { Instance } = await ask('DeregisterManagedInstance', { RegionId, InstanceId });
    assert.equal((Instance as { InstanceId: string }).InstanceId, InstanceId);
    assert.equal(await codeOf(ask('DeregisterManagedInstance', { RegionId, InstanceId })), 'InvalidInstance.NotFound');
    const used = store?.activation.find(({ RegisteredCount }) => RegisteredCount > 1)?.ActivationId;
    assert.equal(await codeOf(ask('DeleteActivation', { RegionId, ActivationId: used })), 'ActivationId.InUse');
    const free = store?.activation.find(({ RegisteredCount }) => RegisteredCount === 0)?.ActivationId;
    assert.ok((await ask('DeleteActivation', { RegionId, ActivationId: free }))['Activation']);
    const ids = stopped(store);
    assert.equal(await codeOf(ask('DeleteInstances', { RegionId, InstanceId: ids, DryRun: true })), 'DRYRUN.SUCCESS');
    assert.ok((await ask('DeleteInstances', { RegionId, InstanceId: ids }))['RequestId']);
    assert.equal(stopped(sandbox.state().alibabaCloud[RegionId]).length, 0);
    assert.equal(await codeOf(ask('DeleteInstances', { RegionId })), 'MissingInstanceId');
  });
}

/** The older SDK makes objects without a prototype. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
