import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getEventListeners, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { test } from 'node:test';
import { createTransport, type SendOptions } from '../../../src/client/transport';
import { CloudError, type Delivery, type Reason } from '../../../src/core/cloudError';
import type { HttpRequest } from '../../../src/core/http';
import { freePort, listen, serveHttp, serveTcp, type LocalServer } from '../support/localServer';

const options = { connectTimeoutMs: 2_000, maxAnswerBytes: 64 * 1024 };

function get(url: string): HttpRequest {
  return { method: 'GET', url, headers: {} };
}

/** Sends one request with a transport of its own. */
async function send(request: HttpRequest, sendOptions: Partial<SendOptions> = {}) {
  const transport = createTransport(options);
  try {
    return await transport.send(request, { timeoutMs: 2_000, ...sendOptions });
  } finally {
    await transport.close();
  }
}

interface Expected {
  readonly reason: Reason;
  readonly delivery: Delivery;
  readonly message?: RegExp;
  readonly advice?: RegExp;
}

async function failsWith(promise: Promise<unknown>, { reason, delivery, message, advice }: Expected): Promise<void> {
  const error: unknown = await promise.then(
    () => assert.fail('it did not fail'),
    (e: unknown) => e,
  );
  assert.ok(CloudError.is(error), String(error));
  assert.deepEqual({ reason: error.reason, delivery: error.delivery }, { reason, delivery }, error.message);
  if (message !== undefined) assert.match(error.message, message);
  if (advice !== undefined) assert.match(error.advice ?? '', advice);
}

/** What becomes of one request to a server that behaves in one odd way; how many requests arrived at it. */
function check(name: string, serve: () => Promise<LocalServer>, expected: Expected, timeoutMs = 2_000): void {
  test(name, async () => {
    const server = await serve();
    try {
      await failsWith(send(get(server.url), { timeoutMs }), expected);
    } finally {
      await server.close();
    }
  });
}

test('an answer arrives whole: status, lower-case headers, text', async () => {
  const server = await serveHttp((_, response) => {
    response.writeHead(403, { 'X-Acs-Request-Id': 'r-1', 'Set-Cookie': ['a', 'b'] });
    response.end('{"Code":"禁止"}');
  });
  const answer = await send(get(server.url));
  await server.close();
  assert.equal(answer.status, 403);
  assert.equal(answer.headers['x-acs-request-id'], 'r-1');
  assert.equal(answer.headers['set-cookie'], 'a, b');
  assert.equal(answer.body, '{"Code":"禁止"}');
});

test('method, path, query, headers and body are sent as they were signed', async () => {
  const seen: string[] = [];
  const server = await serveHttp((request, response) => {
    seen.push(request.method ?? '', request.url ?? '', String(request.headers['x-signed']));
    request.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
    request.on('end', () => response.end());
  });
  await send({ method: 'POST', url: `${server.url}a%2Fb?x=%2B&y=%7E`, headers: { 'x-signed': '1' }, body: 'b=1' });
  await server.close();
  assert.deepEqual(seen, ['POST', '/a%2Fb?x=%2B&y=%7E', '1', 'b=1']);
});

test('an address without a path, with dots or with other writing is sent as a URL has it', async () => {
  const seen: string[] = [];
  const server = await serveHttp((request, response) => {
    seen.push(request.url ?? '');
    response.end();
  });
  const origin = server.url.replace(/\/$/, '');
  for (const rest of ['', '?a=1', '/', '/?a=1#part', '/a/../b', '/ü?n=名', '/latest/meta-data/'])
    await send(get(origin + rest));
  await server.close();
  const written = ['/', '/?a=1', '/', '/?a=1', '/b', '/%C3%BC?n=%E5%90%8D', '/latest/meta-data/'];
  assert.deepEqual(seen, written);
});

test('an interim answer is not the answer', async () => {
  const server = await serveHttp((_, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload', 'x-early': '1' });
    response.writeHead(201, { 'x-late': '2' });
    response.end('done');
  });
  const answer = await send(get(server.url));
  await server.close();
  assert.deepEqual([answer.status, answer.headers['x-late'], answer.headers['x-early']], [201, '2', undefined]);
  assert.equal(answer.body, 'done');
});

test('text whose characters are cut between two parts of the answer arrives whole', async () => {
  const text = '实例'.repeat(20_000);
  const server = await serveHttp((_, response) => {
    const bytes = Buffer.from(text);
    response.write(bytes.subarray(0, 7), () => response.end(bytes.subarray(7)));
  });
  const transport = createTransport({ ...options, maxAnswerBytes: 1024 * 1024 });
  const answer = await transport.send(get(server.url), { timeoutMs: 2_000 });
  await Promise.all([transport.close(), server.close()]);
  assert.equal(answer.body, text);
});

test('a refused connection: surely not sent', async () => {
  await failsWith(send(get(`http://127.0.0.1:${await freePort()}/`)), {
    reason: 'network',
    delivery: 'notSent',
    message: /No connection to "127\.0\.0\.1" \(ECONNREFUSED\)/,
  });
});

test('a name that does not exist: surely not sent, the endpoint is named', async () => {
  await failsWith(send(get('https://nowhere.invalid/')), {
    reason: 'network',
    delivery: 'notSent',
    message: /^Cannot resolve nowhere\.invalid \(/,
    advice: /endpoint/,
  });
});

const reset = (): Promise<LocalServer> => serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
check('a reset before the answer: nobody knows', reset, { reason: 'network', delivery: 'unknown', message: /broke/ });

const half = (): Promise<LocalServer> =>
  serveTcp((socket) =>
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half":', () => socket.resetAndDestroy());
    }),
  );
check('a reset in the middle of the answer: nobody knows', half, { reason: 'network', delivery: 'unknown' });

const ends = (): Promise<LocalServer> =>
  serveTcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half":')));
check('an answer shorter than announced is no answer', ends, { reason: 'network', delivery: 'unknown' });

const silence = (): Promise<LocalServer> => serveTcp(() => undefined);
check('silence before the headers is a time-out', silence, { reason: 'timeout', delivery: 'unknown' }, 150);

const stalls = (): Promise<LocalServer> =>
  serveHttp((_, response) => {
    response.writeHead(200);
    response.write('{');
  });
check('silence within the body is a time-out', stalls, { reason: 'timeout', delivery: 'unknown' }, 150);

const noise = (): Promise<LocalServer> => serveTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
check('something that is not HTTP is a failure of the network', noise, { reason: 'network', delivery: 'unknown' });

const huge = (): Promise<LocalServer> =>
  serveHttp((_, response) => response.end('x'.repeat(options.maxAnswerBytes + 1)));
check('an answer beyond the limit is refused in words', huge, {
  reason: 'unexpectedAnswer',
  delivery: 'unknown',
  message: /too large/,
});

test('a certificate nobody vouches for: not sent, NODE_EXTRA_CA_CERTS is named', async () => {
  const file = (name: string): Buffer => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url));
  let requests = 0;
  const server = createTlsServer({ key: file('localhost.key'), cert: file('localhost.crt') }, () => requests++);
  const port = await listen(server);
  try {
    await failsWith(send(get(`https://127.0.0.1:${port}/`)), {
      reason: 'network',
      delivery: 'notSent',
      message: /certificate/,
      advice: /NODE_EXTRA_CA_CERTS/,
    });
    assert.equal(requests, 0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('https to a server that speaks http: not sent', async () => {
  const server = await serveHttp((_, response) => response.end());
  await failsWith(send(get(server.url.replace('http:', 'https:'))), { reason: 'network', delivery: 'notSent' });
  await server.close();
});

test('cancelled before sending: not sent', async () => {
  let requests = 0;
  const server = await serveHttp((_, response) => {
    requests++;
    response.end();
  });
  const signal = AbortSignal.abort();
  await failsWith(send(get(server.url), { signal }), { reason: 'cancelled', delivery: 'notSent' });
  assert.equal(requests, 0);
  await server.close();
});

test('cancelled while connecting: at once, and not a byte of the request is sent', async () => {
  const abort = new AbortController();
  const arrived: Buffer[] = [];
  // A server that takes the connection but never greets: TLS waits for it.
  const server = await serveTcp((socket) => {
    socket.on('data', (chunk: Buffer) => arrived.push(chunk));
    abort.abort();
  });
  const sending = send(get(server.url.replace('http:', 'https:')), { signal: abort.signal });
  await failsWith(sending, { reason: 'cancelled', delivery: 'notSent' });
  assert.ok(!Buffer.concat(arrived).includes('GET /'));
  await server.close();
});

test('cancelled while a connection is made that then succeeds: nothing is sent over it', async () => {
  const seen: string[] = [];
  const server = await serveHttp((request, response) => {
    seen.push(request.url ?? '');
    response.end();
  });
  const transport = createTransport(options);
  const abort = new AbortController();
  const cancel = (): void => abort.abort();
  subscribe('undici:client:beforeConnect', cancel);
  await failsWith(transport.send(get(`${server.url}cancelled`), { timeoutMs: 2_000, signal: abort.signal }), {
    reason: 'cancelled',
    delivery: 'notSent',
  });
  unsubscribe('undici:client:beforeConnect', cancel);
  await transport.send(get(`${server.url}later`), { timeoutMs: 2_000 });
  await Promise.all([transport.close(), server.close()]);
  assert.deepEqual(seen, ['/later']);
});

test('cancelled after sending: nobody knows, and the connection is given up', async () => {
  const abort = new AbortController();
  let closed: Promise<unknown> | undefined;
  const server = await serveHttp((request) => {
    closed = once(request.socket, 'close');
    abort.abort();
  });
  const transport = createTransport(options);
  const sending = transport.send(get(server.url), { timeoutMs: 2_000, signal: abort.signal });
  await failsWith(sending, { reason: 'cancelled', delivery: 'unknown' });
  await closed;
  await transport.close();
  await server.close();
});

test('cancelled in the middle of the body: nobody knows', async () => {
  const abort = new AbortController();
  const server = await serveHttp((_, response) => {
    response.writeHead(200, { 'Content-Length': 10 });
    response.write('1', () => setImmediate(() => abort.abort()));
  });
  await failsWith(send(get(server.url), { signal: abort.signal }), { reason: 'cancelled', delivery: 'unknown' });
  await server.close();
});

for (const method of ['GET', 'POST'] as const) {
  test(`a ${method} whose answer is lost on a kept connection is never sent again by itself`, async () => {
    let requests = 0;
    const server = await serveHttp((request, response) => {
      requests++;
      if (requests === 1) response.end('first');
      else request.socket.resetAndDestroy();
    });
    const transport = createTransport(options);
    await transport.send(get(server.url), { timeoutMs: 2_000 });
    const second = transport.send({ method, url: server.url, headers: {} }, { timeoutMs: 2_000 });
    await failsWith(second, { reason: 'network', delivery: 'unknown' });
    assert.equal(requests, 2);
    await transport.close();
    await server.close();
  });
}

test('a redirect is an answer, not followed: no signed request goes elsewhere', async () => {
  let elsewhere = 0;
  const other = await serveHttp((_, response) => {
    elsewhere++;
    response.end();
  });
  const server = await serveHttp((_, response) => {
    response.writeHead(302, { Location: other.url });
    response.end();
  });
  assert.equal((await send(get(server.url))).status, 302);
  assert.equal(elsewhere, 0);
  await Promise.all([server.close(), other.close()]);
});

test('a closed transport opens again for the next call', async () => {
  const server = await serveHttp((_, response) => response.end('ok'));
  const transport = createTransport(options);
  await transport.close();
  assert.equal((await transport.send(get(server.url), { timeoutMs: 2_000 })).body, 'ok');
  await transport.close();
  await server.close();
});

test('listeners on the signal go when the call is over', async () => {
  const server = await serveHttp((_, response) => response.end('ok'));
  const { signal } = new AbortController();
  await send(get(server.url), { signal });
  assert.equal(getEventListeners(signal, 'abort').length, 0);
  await server.close();
});
