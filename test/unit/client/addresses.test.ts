import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { createTransport } from '../../../src/client/transport';
import { CloudError } from '../../../src/core/cloudError';
import { freePort, serveHttp } from '../support/localServer';

/** Where the two addresses of a name of this computer lead; `undefined` is never there. */
async function ask(t: { mock: typeof test.mock }, ports: Readonly<Record<string, number | undefined>>, ms: number) {
  const connect = net.connect.bind(net);
  const sockets: net.Socket[] = [];
  t.mock.method(net, 'connect', ({ host = '' }: net.TcpNetConnectOpts) => {
    const port = ports[host];
    const socket = port === undefined ? new net.Socket() : connect(port, '127.0.0.1');
    sockets.push(socket);
    return socket;
  });
  const transport = createTransport({ connectTimeoutMs: ms, maxAnswerBytes: 1_000 });
  try {
    const url = 'http://two.localhost:8080/';
    return await transport.send({ method: 'POST', url, headers: {}, body: 'x' }, { timeoutMs: 2_000 });
  } finally {
    await transport.close();
    assert.ok(sockets.every((socket) => socket.destroyed));
  }
}

test('a request arrives once at the address that is there', async (t) => {
  let requests = 0;
  const server = await serveHttp((_, response) => void response.end(String(++requests)));
  const { body } = await ask(t, { '127.0.0.1': await freePort(), '::1': server.port }, 10_000);
  await server.close();
  assert.deepEqual([body, requests], ['1', 1]);
});

test('addresses that are never there end with the time for connecting, and surely nothing was sent', async (t) => {
  await assert.rejects(ask(t, {}, 200), (error) => {
    assert.ok(CloudError.is(error, 'timeout'));
    assert.deepEqual([error.delivery, error.code], ['notSent', 'UND_ERR_CONNECT_TIMEOUT']);
    return true;
  });
});
