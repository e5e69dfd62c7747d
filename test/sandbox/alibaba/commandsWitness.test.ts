import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { FakeClock } from '../../unit/support/fakeClock';
import { sandboxFor } from '../support';

/** The vendor's own SDK runs, polls and stops commands in the sandbox; nothing of our client is used here. */
const regionId = 'cn-hangzhou';

async function witness(t: TestContext, transitionMs = 0) {
  const clock = new FakeClock(Date.now());
  const sandbox = await sandboxFor(t, { clock, transitionMs });
  const { endpoint, accessKeyId, accessKeySecret } = sandbox.alibabaCloud;
  const host = new URL(endpoint).host;
  const sdk = new ecs.default(
    new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, endpoint: host, regionId, protocol: 'http' }),
  );
  const hosts = sandbox.state().alibabaCloud[regionId]?.managedInstance ?? [];
  const linux = hosts.filter((one) => one.OsType === 'Linux');
  const online = linux.filter((one) => one.Connected).map((one) => one.InstanceId);
  const offline = linux.filter((one) => !one.Connected).map((one) => one.InstanceId);
  const run = async (commandContent: string, instanceId: string[], more: Partial<ecs.RunCommandRequest> = {}) => {
    const request = new ecs.RunCommandRequest({
      regionId,
      type: 'RunShellScript',
      commandContent,
      instanceId,
      ...more,
    });
    return (await sdk.runCommand(request)).body?.invokeId ?? assert.fail();
  };
  const results = async (invokeId: string) => {
    const request = new ecs.DescribeInvocationResultsRequest({ regionId, invokeId, contentEncoding: 'PlainText' });
    return (await sdk.describeInvocationResults(request)).body?.invocation?.invocationResults?.invocationResult ?? [];
  };
  return { clock, sandbox, sdk, online, offline, run, results };
}

test('SDK: runs a script, polls, and reads what the host said', async (t) => {
  const { online, run, results } = await witness(t);
  const id = await run('hostname; exit 3', online.slice(0, 2));
  const found = await results(id);
  assert.deepEqual(
    found.map((one) => [one.invocationStatus, one.exitCode, one.errorCode, one.dropped]),
    [
      ['Failed', 3, 'ExitCodeNonzero', 0],
      ['Failed', 3, 'ExitCodeNonzero', 0],
    ],
  );
  assert.notEqual(found[0]?.output, found[1]?.output);
});

test('SDK: a host that is offline is given up after a minute', async (t) => {
  const { clock, offline, run, results } = await witness(t);
  const id = await run('hostname', offline.slice(0, 1));
  assert.equal((await results(id))[0]?.invocationStatus, 'Pending');
  clock.advance(60_000);
  const [one] = await results(id);
  assert.deepEqual([one?.invocationStatus, one?.errorCode], ['Aborted', 'ClientNotResponse']);
});

test('SDK: stops a run, times out, and keeps the end of a long output', async (t) => {
  const { clock, sdk, online, run, results } = await witness(t);
  const stopped = await run('echo begun; sleep 50', online.slice(0, 1));
  assert.equal((await results(stopped))[0]?.invocationStatus, 'Running');
  clock.advance(5_000);
  await sdk.stopInvocation(new ecs.StopInvocationRequest({ regionId, invokeId: stopped }));
  const [ended] = await results(stopped);
  assert.deepEqual([ended?.invocationStatus, ended?.output], ['Terminated', 'begun\n']);
  const slow = await run('sleep 100', online.slice(0, 1), { timeout: 20 });
  clock.advance(20_000);
  assert.equal((await results(slow))[0]?.invocationStatus, 'Timeout');
  const long = await run('for i in $(seq 3000); do echo "line $i"; done; echo last', online.slice(0, 1));
  const [cut] = await results(long);
  assert.ok((cut?.dropped ?? 0) > 0 && cut?.output?.endsWith('last\n') === true);
});

test('SDK: the same token is one run, another script under it is refused', async (t) => {
  const { sandbox, online, run } = await witness(t);
  const more = { clientToken: 'token-1' };
  const ids = [await run('hostname', online.slice(0, 1), more), await run('hostname', online.slice(0, 1), more)];
  assert.equal(new Set(ids).size, 1);
  assert.equal(sandbox.runs('alibabaCloud').length, 1);
  await assert.rejects(run('uname', online.slice(0, 1), more), { code: 'IdempotentParameterMismatch' });
});

test('SDK: a schedule begins after one interval and goes on until it is stopped', async (t) => {
  const { clock, sdk, online, run, results } = await witness(t);
  const id = await run('uptime', online.slice(0, 1), { frequency: 'rate(5m)' });
  assert.equal((await results(id))[0]?.invocationStatus, 'Scheduled');
  clock.advance(650_000);
  const [going] = await results(id);
  assert.deepEqual([going?.invocationStatus, going?.repeats], ['Scheduled', 2]);
  await sdk.stopInvocation(new ecs.StopInvocationRequest({ regionId, invokeId: id }));
  clock.advance(200_000);
  const [over] = await results(id);
  assert.deepEqual([over?.invocationStatus, over?.repeats], ['Cancelled', 2]);
});
