import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import * as ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { Service } from '@volcengine/openapi';
import { createTransport } from '../../../src/client/transport';
import type { ProviderId } from '../../../src/core/account';
import type { Place, Target } from '../../../src/core/target';
import { providers } from '../../../src/providers';
import { parseSandboxAddress, SandboxAccounts } from '../../../src/services/accounts/sandboxAccounts';
import { FakeClock } from '../../unit/support/fakeClock';
import { createWorkplace } from '../../unit/support/workplace';
import { sandboxFor } from '../support';

type Sandbox = Awaited<ReturnType<typeof sandboxFor>>;

export const alibabaPlace: Place = {
  provider: 'alibabaCloud',
  accountId: 'sandbox:alibabaCloud',
  region: 'cn-hangzhou',
};
export const volcenginePlace: Place = {
  provider: 'volcengine',
  accountId: 'sandbox:volcengine',
  region: 'cn-beijing',
};

/** The gate over both clouds of the sandbox, beside people who use the vendors' own clients. */
export async function withForeigners(t: TestContext) {
  const clock = new FakeClock(Date.now());
  const sandbox = await sandboxFor(t, { clock });
  const transport = createTransport();
  t.after(() => transport.close());
  const source = new SandboxAccounts();
  const { accessKeyId, accessKeySecret, endpoint } = sandbox.volcengine;
  const volcengine = { endpoint, accessKeyId, secretAccessKey: accessKeySecret };
  source.show(parseSandboxAddress(JSON.stringify({ alibabaCloud: sandbox.alibabaCloud, volcengine })));
  const workplace = createWorkplace([...source.list()], {}, { providers, transport, clock });
  const run = (provider: ProviderId, script: string, more: ForeignRun = {}) =>
    provider === 'alibabaCloud' ? onAlibaba(sandbox, script, more) : onVolcengine(sandbox, script, more);
  const stop = async (target: Target) => {
    const { gate, person } = workplace;
    const { report } = await gate.perform({ action: 'stopCloudRun', targets: [target], ours: true });
    return report?.results[0] ?? assert.fail(person.told.join(' '));
  };
  const sent = (action: string) => sandbox.requests().filter((request) => request.action === action);
  return { ...workplace, sandbox, clock, run, stop, sent };
}

export interface ForeignRun {
  readonly name?: string;
  readonly frequency?: string;
  readonly hosts?: number;
}

/** Started by somebody with Alibaba Cloud's own SDK. */
async function onAlibaba(sandbox: Sandbox, script: string, { name, frequency, hosts = 2 }: ForeignRun) {
  const { endpoint, accessKeyId, accessKeySecret } = sandbox.alibabaCloud;
  const regionId = alibabaPlace.region;
  const host = new URL(endpoint).host;
  const sdk = new ecs.default(
    new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, endpoint: host, regionId, protocol: 'http' }),
  );
  const all = sandbox.state().alibabaCloud[regionId]?.managedInstance ?? [];
  const instanceId = all.filter((one) => one.OsType === 'Linux' && one.Connected).map((one) => one.InstanceId);
  const request = new ecs.RunCommandRequest({
    regionId,
    type: 'RunShellScript',
    commandContent: script,
    instanceId: instanceId.slice(0, hosts),
    name,
    frequency,
    terminationMode: 'ProcessTree',
  });
  return (await sdk.runCommand(request)).body?.invokeId ?? assert.fail();
}

/** Started by somebody with Volcengine's own client. */
async function onVolcengine(sandbox: Sandbox, script: string, { name = 'foreign', hosts = 2 }: ForeignRun) {
  process.env['NO_PROXY'] = '127.0.0.1';
  const { endpoint, accessKeyId, accessKeySecret: secretKey } = sandbox.volcengine;
  const keys = { host: new URL(endpoint).host, region: volcenginePlace.region, accessKeyId, secretKey };
  const service = new Service({ serviceName: 'ecs', defaultVersion: '2020-04-01', protocol: 'http:', ...keys });
  const all = sandbox.state().volcengine[volcenginePlace.region]?.instance ?? [];
  const running = all.filter((one) => one.Status === 'RUNNING' && one['OsType'] === 'Linux').slice(0, hosts);
  const answer: unknown = await service.createAPI('RunCommand', { method: 'GET', contentType: 'urlencode' })({
    Type: 'Shell',
    CommandContent: Buffer.from(`#!/bin/bash\n${script}`).toString('base64'),
    InvocationName: name,
    ...Object.fromEntries(running.map((one, index) => [`InstanceIds.${index + 1}`, one.InstanceId])),
  });
  const { Result } = answer as { readonly Result?: { readonly InvocationId?: string } };
  return Result?.InvocationId ?? assert.fail(JSON.stringify(answer));
}
