import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import type { HttpRequest } from '../../src/core/http';
import { describeManagedInstances } from '../../src/providers/alibaba/managedInstance/operations';
import { describeRegions } from '../../src/providers/alibaba/regions';
import { describeInstances } from '../../src/providers/volcengine/instance/operations';
import type { Sandbox } from '../../src/sandbox';
import { ownerOf } from '../../src/sandbox/clouds';
import { RequestLog, openRequest } from '../../src/sandbox/requestLog';
import { call, open, sandboxFor, send, signed, signedV1 } from './support';

function portOf({ alibabaCloud }: Sandbox): string {
  return new URL(alibabaCloud.endpoint).port;
}

/** What stands in the address of a page: its name leads to this computer, or the page itself asks for us. */
const foreign: readonly (readonly [name: string, headers: (port: string) => Record<string, string>])[] = [
  ['a page of another site', () => ({ origin: 'https://evil.example' })],
  ['a page in a frame without an origin', () => ({ origin: 'null' })],
  ['a page of another program on this computer', () => ({ origin: 'http://localhost:1' })],
  ['a page of the same name over https', (port) => ({ origin: `https://127.0.0.1:${port}` })],
  ['an image in a page', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })],
  ['a page of another port', () => ({ 'sec-fetch-site': 'same-site' })],
  ['a name that was made to lead here', (port) => ({ host: `evil.example:${port}` })],
  ['a name below localhost', (port) => ({ host: `x.localhost:${port}` })],
  ['another address of this computer', (port) => ({ host: `127.0.0.2:${port}` })],
  ['our address without the port', () => ({ host: '127.0.0.1' })],
  ['our address with another port', () => ({ host: '127.0.0.1:1' })],
  ['our address with a user', (port) => ({ host: `a@127.0.0.1:${port}` })],
];

for (const [name, headers] of foreign) {
  for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
    test(`${method} from ${name} is refused, signed or not, and nothing is kept`, async (t) => {
      const sandbox = await sandboxFor(t, { control: true });
      const own = signed(sandbox, describeManagedInstances, {});
      const extra = headers(portOf(sandbox));
      for (const url of [own.url, sandbox.alibabaCloud.endpoint, `${sandbox.controlUrl}/state`]) {
        const request = { ...own, method: method as HttpRequest['method'], url, headers: { ...own.headers, ...extra } };
        const answer = await send(request);
        assert.equal(answer.status, 403, url);
        assert.deepEqual(
          Object.keys(answer.headers).filter((header) => header.startsWith('access-control')),
          [],
        );
      }
      assert.deepEqual(sandbox.requests(), []);
    });
  }
}

for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
  test(`"${host}" with our port is ours`, async (t) => {
    const sandbox = await sandboxFor(t);
    const port = portOf(sandbox);
    const request = { method: 'GET', url: sandbox.alibabaCloud.endpoint } as const;
    const origin = `http://${host}:${port}`;
    const answer = await send({ ...request, headers: { host: `${host}:${port}`, origin } });
    assert.notEqual(answer.status, 403);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  });
}

test('a whole address of another host in the request line is refused', async (t) => {
  const sandbox = await sandboxFor(t);
  const ask = async (target: string): Promise<string> => {
    const socket = connect({ host: '127.0.0.1', port: Number(portOf(sandbox)) });
    socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${portOf(sandbox)}\r\nConnection: close\r\n\r\n`);
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString()));
    await once(socket, 'close');
    return text.slice(0, 'HTTP/1.1 403'.length);
  };
  assert.equal(await ask('http://evil.example/?Action=DescribeRegions'), 'HTTP/1.1 403');
  assert.equal(await ask(`http://127.0.0.1:${portOf(sandbox)}/?Action=DescribeRegions`), 'HTTP/1.1 400');
});

test('nothing is kept of a request that no key of ours signed, and no fault is used up by it', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.setFaults([
    { kind: 'throttle', count: 1 },
    { kind: 'rateLimit', perSecond: 1 },
  ]);
  const heard: unknown[] = [];
  sandbox.onDidReceive((request) => heard.push(request));
  sandbox.onDidAnswer((request) => heard.push(request));
  const { endpoint } = sandbox.alibabaCloud;
  const big = 'x'.repeat(500_000);
  const wrong = { credentials: { ...sandbox.alibabaCloud, accessKeySecret: 'wrong' } };
  const wrongVolcengine = { credentials: { ...sandbox.volcengine, accessKeySecret: 'wrong' } };
  const strangers: HttpRequest[] = [
    { method: 'GET', url: endpoint, headers: {} },
    { method: 'GET', url: `${endpoint}/?Action=DescribeRegions&Padding=${'x'.repeat(8_000)}`, headers: {} },
    { method: 'POST', url: endpoint, headers: { 'content-length': String(big.length) }, body: big },
    {
      method: 'POST',
      url: endpoint,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(big.length) },
      body: big,
    },
    signed(sandbox, describeRegions, {}, wrong),
    signed(sandbox, describeInstances, {}, wrongVolcengine),
    signedV1(sandbox, 'DescribeRegions', {}, wrong),
    signedV1(sandbox, 'DescribeRegions', {}, { method: 'POST', common: { AccessKeyId: 'LTAInobody' } }),
  ];
  for (const stranger of strangers) assert.ok((await send(stranger)).status >= 400);
  assert.deepEqual([sandbox.requests(), heard], [[], []]);
  assert.deepEqual(
    sandbox.faults().map(({ hits }) => hits),
    [0, 0],
  );
  assert.equal((await call(sandbox, describeRegions)).code, 'Throttling.User');
});

test('what a key signed is kept, whatever else is wrong with it', async (t) => {
  const sandbox = await sandboxFor(t);
  const early = new Date(Date.now() - 3_600_000);
  assert.equal((await call(sandbox, describeRegions, {}, { now: early })).code, 'InvalidTimeStamp.Expired');
  assert.equal((await call(sandbox, describeInstances, {}, { now: early })).code, 'InvalidTimestamp');
  assert.deepEqual(
    sandbox.requests().map(({ code }) => code),
    ['InvalidTimeStamp.Expired', 'InvalidTimestamp'],
  );
});

test('the log forgets the oldest beyond a number of requests or of characters', () => {
  const log = new RequestLog({ requests: 10, characters: 1_000 });
  const add = (name: string, length: number): void => {
    const query = { Action: name, A: 'x'.repeat(length) };
    const incoming = { method: 'GET', path: '/', query, queryPairs: [], form: {}, headers: {}, body: '' };
    log.add(openRequest(ownerOf(incoming).read(incoming), new Date(0)));
  };
  for (let i = 1; i <= 25; i++) add(`a${i}`, 10);
  const names = log.list().map(({ action }) => action);
  assert.ok(names.length <= 10 && names.length >= 9, String(names.length));
  assert.equal(names.at(-1), 'a25');
  add('large', 800);
  assert.equal(log.list().at(-1)?.action, 'large');
  add('larger', 1_200);
  assert.deepEqual(log.list(), [], 'A single request beyond the limit is not kept either.');
  add('small', 10);
  assert.deepEqual(
    log.list().map(({ action }) => action),
    ['small'],
  );
});

test('a request that arrives byte by byte is cut off', async (t) => {
  const sandbox = await sandboxFor(t, { requestTimeoutMs: 40 });
  for (const beginning of ['', 'GET / HTTP/1.1\r\nHost: ', 'POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nx']) {
    const host = `127.0.0.1:${portOf(sandbox)}`;
    const socket = connect({ host: '127.0.0.1', port: Number(portOf(sandbox)) });
    socket.write(beginning.replace('\r\nContent', `\r\nHost: ${host}\r\nContent`));
    socket.resume();
    await once(socket, 'close');
  }
});

test('a body far above the limit is refused without being read', async (t) => {
  const sandbox = await sandboxFor(t);
  const headers = { 'content-length': String(50_000_000_000) };
  const socket = connect({ host: '127.0.0.1', port: Number(portOf(sandbox)) });
  const lines = Object.entries({ host: `127.0.0.1:${portOf(sandbox)}`, ...headers }).map((pair) => pair.join(': '));
  socket.write(`POST / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  const [part] = (await once(socket, 'data')) as [Buffer];
  assert.match(part.toString(), /^HTTP\/1\.1 413 /);
  await once(socket, 'close');
});

test('a body without an end is cut off', async (t) => {
  const sandbox = await sandboxFor(t);
  const socket = connect({ host: '127.0.0.1', port: Number(portOf(sandbox)) });
  const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
  // Cut off in the middle of writing, which the system may tell as a reset.
  socket.on('error', () => undefined).resume();
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.write(`POST / HTTP/1.1\r\nHost: 127.0.0.1:${portOf(sandbox)}\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const feed = (): void => void (socket.writable && socket.write(chunk, feed));
  feed();
  await closed;
});

test('many requests of strangers leave no memory behind', async (t) => {
  const sandbox = await sandboxFor(t);
  const body = 'x'.repeat(1_000_000);
  const headers = { 'content-length': String(body.length), 'content-type': 'text/plain' };
  for (let i = 0; i < 20; i++) {
    const answer = open(await send({ method: 'POST', url: sandbox.alibabaCloud.endpoint, headers, body }));
    assert.equal(answer.status, 400);
  }
  assert.deepEqual(sandbox.requests(), []);
});
