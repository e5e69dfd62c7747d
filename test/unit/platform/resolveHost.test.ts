import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTransport } from '../../../src/client/transport';
import { lookupHost, resolveHost } from '../../../src/platform/resolveHost';
import { serveHttp } from '../support/localServer';

describe('a name of this computer', () => {
  for (const host of ['localhost', 'localhost.', 'x.localhost', 'A.B.LocalHost', '_not_even_a_name_.localhost']) {
    test(`is never asked for: ${host}`, async () => {
      assert.deepEqual(await resolveHost(host), ['127.0.0.1', '::1']);
    });
  }

  test('has one address of the family that is wanted', async () => {
    const one = (family: 0 | 4 | 6): Promise<unknown> =>
      new Promise((resolve) => lookupHost('x.localhost', { family }, (error, address) => resolve(error ?? address)));
    assert.deepEqual([await one(0), await one(4), await one(6)], ['127.0.0.1', '127.0.0.1', '::1']);
  });

  test('is where requests to it go', async () => {
    const server = await serveHttp((_, response) => void response.end('here'));
    const transport = createTransport();
    try {
      const url = server.url.replace('127.0.0.1', 'keys.example.localhost');
      assert.notEqual(url, server.url);
      const { body } = await transport.send({ method: 'GET', url, headers: {} }, { timeoutMs: 5_000 });
      assert.equal(body, 'here');
    } finally {
      await transport.close();
      await server.close();
    }
  });
});

test('addresses are their own', async () => {
  assert.deepEqual(await resolveHost('[::1]'), ['::1']);
  assert.deepEqual(await resolveHost('127.0.0.1'), ['127.0.0.1']);
});

test('a name that nobody has is refused with the code of the system', async () => {
  await assert.rejects(resolveHost('a..b'), (error: NodeJS.ErrnoException) => /^E/.test(error.code ?? ''));
});
