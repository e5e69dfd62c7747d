import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { createTransport, defaultTransportOptions } from '../../../src/client/transport';
import { CloudError } from '../../../src/core/cloudError';
import type { HttpResponse } from '../../../src/core/http';

/** Asks a server that answers so, once. */
async function ask(t: TestContext, listener: RequestListener, maxAnswerBytes = 1_000_000): Promise<HttpResponse> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  const transport = createTransport({ ...defaultTransportOptions, maxAnswerBytes });
  t.after(async () => {
    await transport.close();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return transport.send({ method: 'GET', url: `http://127.0.0.1:${port}/`, headers: {} }, { timeoutMs: 2_000 });
}

const answering =
  (coding: string, body: Buffer, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-encoding': coding }).end(body);

const text = `{"RequestId":"r","Name":"杭州${'x'.repeat(5_000)}"}`;
const plain = Buffer.from(text);

describe('what a gateway compressed without being asked', () => {
  const check = (coding: string, body: Buffer, name = coding): void => {
    for (const status of [200, 403])
      test(`is read: ${name}, HTTP ${status}`, async (t) =>
        assert.equal((await ask(t, answering(coding, body, status))).body, text));
  };
  check('gzip', gzipSync(plain));
  check('x-gzip', gzipSync(plain));
  check('GZIP', gzipSync(plain));
  check('deflate', deflateSync(plain), 'deflate as zlib');
  check('deflate', deflateRawSync(plain), 'deflate, raw');
  check('br', brotliCompressSync(plain));
  check('gzip, br', brotliCompressSync(gzipSync(plain)));
  check('identity', plain);
  check('gzip', plain, 'named gzip, and none');
  check('of our own', plain, 'a coding nobody knows');

  test('is an error where more comes out than is taken in', async (t) => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    for (const coding of ['gzip', 'x-gzip'])
      await assert.rejects(ask(t, answering(coding, bomb)), (error) => {
        assert.ok(CloudError.is(error, 'unexpectedAnswer'));
        assert.equal(error.code, 'ERR_BUFFER_TOO_LARGE');
        return true;
      });
  });

  test('was not asked for', async (t) => {
    const { body } = await ask(t, (request, response) => void response.end(request.headers['accept-encoding']));
    assert.equal(body, 'identity');
  });
});

test('a header that cannot be written is no trouble of the network', async (t) => {
  const transport = createTransport();
  t.after(() => transport.close());
  const sent = transport.send(
    { method: 'GET', url: 'http://127.0.0.1:9/', headers: { 'x-key': 'a\nb' } },
    { timeoutMs: 2_000 },
  );
  await assert.rejects(sent, (error) => {
    assert.ok(CloudError.is(error, 'invalid'));
    assert.deepEqual([error.delivery, error.code], ['notSent', 'UND_ERR_INVALID_ARG']);
    return true;
  });
});

test('headers that are too large are said to be, not a broken connection', async (t) => {
  const large: RequestListener = (_, response) => void response.writeHead(200, { 'x-large': 'x'.repeat(20_000) }).end();
  await assert.rejects(ask(t, large), (error) => CloudError.is(error, 'unexpectedAnswer'));
});
