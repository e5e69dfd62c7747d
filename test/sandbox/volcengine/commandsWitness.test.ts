import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Service } from '@volcengine/openapi';
import { sandboxFor } from '../support';

/** The vendor's own client runs, polls and stops commands in the sandbox; nothing of our client is used here. */
interface Answer {
  readonly ResponseMetadata: { readonly Error?: { readonly Code: string } };
  readonly Result?: {
    readonly InvocationId?: string;
    readonly InvocationResults?: readonly Readonly<Record<string, unknown>>[] | null;
    readonly Invocations?: readonly Readonly<Record<string, unknown>>[] | null;
  };
}

async function witness(t: TestContext) {
  process.env['NO_PROXY'] = '127.0.0.1';
  const sandbox = await sandboxFor(t);
  const { endpoint, accessKeyId, accessKeySecret: secretKey } = sandbox.volcengine;
  const host = new URL(endpoint).host;
  const keys = { host, region: 'cn-beijing', accessKeyId, secretKey };
  const service = new Service({ serviceName: 'ecs', defaultVersion: '2020-04-01', protocol: 'http:', ...keys });
  const call = async (action: string, params: Record<string, unknown>): Promise<Answer> => {
    const answer: unknown = await service.createAPI(action, { method: 'GET', contentType: 'urlencode' })(params);
    // Its parts are asserted one by one.
    return answer as Answer;
  };
  const running = (sandbox.state().volcengine['cn-beijing']?.instance ?? []).filter(
    (one) => one.Status === 'RUNNING' && one['OsType'] === 'Linux',
  );
  const run = (script: string) =>
    call('RunCommand', {
      Type: 'Shell',
      CommandContent: Buffer.from(script).toString('base64'),
      InvocationName: 'witness',
      'InstanceIds.1': running[0]?.InstanceId,
    });
  return { sandbox, call, run };
}

test('the official client runs a script, polls, and reads Base64', async (t) => {
  const { call, run } = await witness(t);
  const InvocationId = (await run('#!/bin/bash\necho hello; exit 4\n')).Result?.InvocationId;
  const { Result } = await call('DescribeInvocationResults', { InvocationId });
  const [one] = Result?.InvocationResults ?? [];
  assert.deepEqual([one?.['InvocationResultStatus'], one?.['ExitCode']], ['Failed', 4]);
  assert.equal(Buffer.from(String(one?.['Output']), 'base64').toString(), 'hello\n');
  const list = await call('DescribeInvocations', { InvocationName: 'witness', ContentEncoding: 'PlainText' });
  assert.deepEqual(
    list.Result?.Invocations?.map((run) => run['CommandContent']),
    ['#!/bin/bash\necho hello; exit 4\n'],
  );
});

test('the official client stops a run once, and is refused a script without its first line', async (t) => {
  const { call, run } = await witness(t);
  const InvocationId = (await run('#!/bin/bash\nsleep 50\n')).Result?.InvocationId;
  assert.equal((await call('StopInvocation', { InvocationId })).ResponseMetadata.Error, undefined);
  const again = await call('StopInvocation', { InvocationId });
  assert.equal(again.ResponseMetadata.Error?.Code, 'InvalidOperation.Forbidden');
  assert.equal((await run('echo hello')).ResponseMetadata.Error?.Code, 'InvalidArgument');
});

test('without a token the same call twice is two runs', async (t) => {
  const { sandbox, run } = await witness(t);
  await run('#!/bin/bash\nhostname\n');
  await run('#!/bin/bash\nhostname\n');
  assert.equal(sandbox.runs('volcengine').length, 2);
});
