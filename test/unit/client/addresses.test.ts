import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import tls from 'node:tls';
import { createTransport } from '../../../src/client/transport';

/** What a connection to the host is made with; none is made. */
async function askedFor(t: { mock: typeof test.mock }, url: string): Promise<net.TcpSocketConnectOpts> {
  const asked: net.TcpSocketConnectOpts[] = [];
  const note = (options: net.TcpSocketConnectOpts): net.Socket => {
    asked.push(options);
    return new net.Socket().destroy(new Error('enough'));
  };
  t.mock.method(net, 'connect', note);
  t.mock.method(tls, 'connect', note);
  const transport = createTransport();
  await assert.rejects(transport.send({ method: 'GET', url, headers: {} }, { timeoutMs: 1_000 }));
  await transport.close();
  return asked[0] ?? assert.fail('nothing was asked for');
}

for (const url of ['http://localhost:9/', 'https://ecs.example.com/'])
  test(`the first of several addresses has its time before the next is tried: ${url}`, async (t) => {
    const { autoSelectFamilyAttemptTimeout = 0 } = await askedFor(t, url);
    assert.ok(autoSelectFamilyAttemptTimeout >= 2_000 && autoSelectFamilyAttemptTimeout <= 3_000);
  });
