import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import {
  deregisterManagedInstance,
  describeManagedInstances,
} from '../../src/providers/alibaba/managedInstance/operations';
import { describeRegions } from '../../src/providers/alibaba/regions';
import { describeInstances } from '../../src/providers/volcengine/instance/operations';
import type { Sandbox } from '../../src/sandbox';
import { startSandbox } from '../../src/sandbox';
import { call, open, sandboxFor, send } from './support';

function portOf({ alibabaCloud }: Pick<Sandbox, 'alibabaCloud'>): number {
  return Number(new URL(alibabaCloud.endpoint).port);
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (connected: boolean): void => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

test('only loopback reaches it, by no other address of this machine', async (t) => {
  const sandbox = await sandboxFor(t);
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const others = addresses.map(({ address }) => address).filter((address) => address !== '127.0.0.1');
  for (const address of [...others, '::1']) assert.equal(await canConnect(address, portOf(sandbox)), false, address);
  assert.equal(await canConnect('127.0.0.1', portOf(sandbox)), true);
});

test('a taken port is refused', async (t) => {
  const port = portOf(await sandboxFor(t));
  await assert.rejects(startSandbox({ port }), { code: 'EADDRINUSE' });
});

test('ending frees the port and breaks what is still waiting', async () => {
  const sandbox = await startSandbox();
  sandbox.setFaults([{ kind: 'delay', ms: 3_600_000 }]);
  const arrived = new Promise((resolve) => sandbox.onDidReceive(resolve));
  const waiting = assert.rejects(call(sandbox, describeRegions), { code: 'ECONNRESET' });
  await arrived;
  await Promise.all([sandbox.dispose(), sandbox.dispose()]);
  await waiting;
  assert.equal(await canConnect('127.0.0.1', portOf(sandbox)), false);
});

test('keys are made up anew each time and cannot be taken for real ones', async (t) => {
  const [first, second] = [await sandboxFor(t), await sandboxFor(t)];
  for (const cloud of ['alibabaCloud', 'volcengine'] as const) {
    assert.match(first[cloud].accessKeyId, /SANDBOX/);
    assert.notEqual(first[cloud].accessKeyId, second[cloud].accessKeyId);
    assert.notEqual(first[cloud].accessKeySecret, second[cloud].accessKeySecret);
  }
});

test('the log has every request, with status and code', async (t) => {
  const sandbox = await sandboxFor(t);
  await call(sandbox, describeManagedInstances, { PageSize: 20 }, { region: 'cn-beijing' });
  await call(sandbox, deregisterManagedInstance, { InstanceId: 'mi-nobody' });
  await call(sandbox, describeInstances, {}, { region: 'cn-shanghai' });
  const log = sandbox.requests().map(({ provider, action, region, params, status, code }) => {
    return { provider, action, region, params, status, code };
  });
  assert.deepEqual(log, [
    {
      provider: 'alibabaCloud',
      action: 'DescribeManagedInstances',
      region: 'cn-beijing',
      params: { RegionId: 'cn-beijing', PageSize: '20' },
      status: 200,
      code: undefined,
    },
    {
      provider: 'alibabaCloud',
      action: 'DeregisterManagedInstance',
      region: 'cn-hangzhou',
      params: { RegionId: 'cn-hangzhou', InstanceId: 'mi-nobody' },
      status: 404,
      code: 'InvalidInstance.NotFound',
    },
    {
      provider: 'volcengine',
      action: 'DescribeInstances',
      region: 'cn-shanghai',
      params: {},
      status: 200,
      code: undefined,
    },
  ]);
});

test('a body above 1 MB is refused', async (t) => {
  const sandbox = await sandboxFor(t);
  const body = 'x'.repeat(1_000_001);
  const headers = { 'content-length': String(body.length) };
  const sending = send({ method: 'POST', url: sandbox.alibabaCloud.endpoint, headers, body });
  assert.equal((await sending).status, 413);
});

test('reset brings the fleet back and forgets requests, faults and tokens', async (t) => {
  const sandbox = await sandboxFor(t);
  const before = sandbox.state();
  const InstanceId = before.alibabaCloud['cn-hangzhou']?.managedInstance[0]?.InstanceId;
  const params = { InstanceId, ClientToken: 'token-1' };
  assert.equal((await call(sandbox, deregisterManagedInstance, params)).status, 200);
  sandbox.setFaults([{ kind: 'throttle' }]);
  sandbox.reset();
  assert.equal(sandbox.requests().length, 0);
  const ids = (state: typeof before) => state.alibabaCloud['cn-hangzhou']?.managedInstance.map((one) => one.InstanceId);
  assert.deepEqual(ids(sandbox.state()), ids(before));
  await call(sandbox, deregisterManagedInstance, params);
  assert.equal(ids(sandbox.state())?.includes(InstanceId ?? ''), false, 'The token is new again, so the host goes.');
});

test('a record can be edited or taken away behind the user’s back', async (t) => {
  const sandbox = await sandboxFor(t);
  const host = () => sandbox.state().alibabaCloud['cn-hangzhou']?.managedInstance[0];
  const id = host()?.InstanceId ?? '';
  const place = { provider: 'alibabaCloud', region: 'cn-hangzhou', kind: 'managedInstance', id } as const;
  assert.equal(sandbox.change({ ...place, set: { InstanceName: 'renamed' } }), true);
  assert.equal(host()?.InstanceName, 'renamed');
  assert.equal(sandbox.change(place), true);
  assert.notEqual(host()?.InstanceId, id);
  assert.equal(sandbox.change(place), false);
});

/** Orders over HTTP, as a test in another process gives them. */
async function order(sandbox: Sandbox, name: string, body?: unknown) {
  const url = `${sandbox.controlUrl}/${name}`;
  const text = body === undefined ? undefined : JSON.stringify(body);
  const post = { method: 'POST', headers: { 'content-length': String(Buffer.byteLength(text ?? '')) } } as const;
  const answer = await send(text === undefined ? { method: 'GET', url, headers: {} } : { ...post, url, body: text });
  return { status: answer.status, value: JSON.parse(answer.body) as unknown };
}

test('faults are set, listed and refused over HTTP', async (t) => {
  const sandbox = await sandboxFor(t, { control: true });
  assert.equal((await order(sandbox, 'faults', [{ kind: 'throttle', count: 1 }])).status, 200);
  assert.equal((await call(sandbox, describeRegions)).code, 'Throttling.User');
  assert.deepEqual((await order(sandbox, 'faults')).value, [{ kind: 'throttle', count: 1, hits: 1 }]);
  for (const wrong of [[{ kind: 'meteor' }], [{ kind: 'delay' }], [{ kind: 'throttle', often: true }], {}]) {
    assert.equal((await order(sandbox, 'faults', wrong)).status, 400);
  }
});

test('requests and state are read, hosts added, keys issued and all reset over HTTP', async (t) => {
  const sandbox = await sandboxFor(t, { control: true });
  await call(sandbox, describeRegions);
  assert.equal(((await order(sandbox, 'requests')).value as unknown[]).length, 1);
  assert.deepEqual((await order(sandbox, 'state')).value, JSON.parse(JSON.stringify(sandbox.state())));
  await order(sandbox, 'fleet', { region: 'cn-chengdu', managedInstances: 3_000 });
  assert.equal(sandbox.state().alibabaCloud['cn-chengdu']?.managedInstance.length, 3_000);
  const { value } = await order(sandbox, 'token', { provider: 'alibabaCloud', ms: 60_000 });
  const credentials = value as { accessKeyId: string; accessKeySecret: string; securityToken: string };
  assert.equal((await call(sandbox, describeRegions, {}, { credentials })).status, 200);
  const id = sandbox.state().alibabaCloud['cn-chengdu']?.managedInstance[0]?.InstanceId;
  const place = { provider: 'alibabaCloud', region: 'cn-chengdu', kind: 'managedInstance', id };
  assert.deepEqual((await order(sandbox, 'state', place)).value, { done: true });
  assert.equal(sandbox.state().alibabaCloud['cn-chengdu']?.managedInstance.length, 2_999);
  assert.equal((await order(sandbox, 'transitions', { ms: -1 })).status, 400);
  assert.deepEqual((await order(sandbox, 'transitions', { ms: 60_000 })).value, { done: true });
  assert.deepEqual((await order(sandbox, 'finish', {})).value, { done: true });
  await order(sandbox, 'reset', {});
  assert.equal(sandbox.state().alibabaCloud['cn-chengdu']?.managedInstance.length, 0);
});

test('without control, or with another token, there is nothing to order', async (t) => {
  const [open1, closed] = [await sandboxFor(t, { control: true }), await sandboxFor(t)];
  const get = async (url: string) => (await send({ method: 'GET', url, headers: {} })).status;
  assert.equal(closed.controlUrl, undefined);
  assert.equal(await get(`${closed.alibabaCloud.endpoint}/_sandbox/undefined/state`), 404);
  assert.equal(await get(`${open1.alibabaCloud.endpoint}/_sandbox/guess/state`), 404);
  assert.equal(await get(`${open1.controlUrl}/nothing`), 404);
});

interface Announcement {
  readonly alibabaCloud: Readonly<Record<string, string>>;
  readonly volcengine: Readonly<Record<string, string>>;
  readonly control: string;
}

const cli = join(__dirname, '..', '..', 'src', 'sandbox', 'cli.ts');

function runCli(t: TestContext, ...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`alone it prints one line of JSON when it listens, and ends cleanly on ${signal}`, async (t) => {
    const child = runCli(t, '--port', '0', '--control', '--seed', 'cli', '--large', '2000');
    const lines: string[] = [];
    const reader = createInterface(child.stdout).on('line', (line) => lines.push(line));
    await once(reader, 'line');
    const { alibabaCloud, volcengine, control } = JSON.parse(lines[0] ?? '') as Announcement;
    assert.deepEqual(Object.keys(alibabaCloud), ['endpoint', 'accessKeyId', 'accessKeySecret']);
    assert.deepEqual(Object.keys(volcengine), ['endpoint', 'accessKeyId', 'secretAccessKey']);
    const state = open(await send({ method: 'GET', url: `${control}/state`, headers: {} }));
    const shanghai = (state.value['alibabaCloud'] as Record<string, { managedInstance: unknown[] }>)['cn-shanghai'];
    assert.equal(shanghai?.managedInstance.length, 2_000);
    child.kill(signal);
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.equal(lines.length, 1);
  });
}

for (const args of [['--port', 'x'], ['--large', '-1'], ['--color']]) {
  test(`alone it refuses ${args.join(' ')} and says how to call it`, async (t) => {
    const child = runCli(t, ...args);
    let errors = '';
    child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
    assert.deepEqual(await once(child, 'close'), [1, null]);
    assert.match(errors, /Usage: sandbox/);
  });
}
