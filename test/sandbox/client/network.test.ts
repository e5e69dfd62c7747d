import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { CloudError } from '../../../src/core/cloudError';
import type { NetworkSettings } from '../../../src/core/networkSettings';
import { companyNetwork, startEndpoint, startProxy, transportFor, type Endpoint } from './networkSupport';

const user = 'ops:p@ss:w%rd-CANARY';
const inAddress = 'ops:p%40ss%3Aw%25rd-CANARY';
const vendor = 'https://ecs.cn-hangzhou.aliyuncs.com/?Action=DescribeRegions';

const greet = (t: TestContext, tls = true): Promise<Endpoint> =>
  startEndpoint(t, ({ url }) => ({ body: `{"url":"${url}"}` }), { tls });

function get(t: TestContext, url: string, network: NetworkSettings | (() => NetworkSettings)) {
  const transport = transportFor(t, typeof network === 'function' ? network : () => network);
  return transport.send({ method: 'GET', url, headers: { accept: 'application/json' } }, { timeoutMs: 5_000 });
}

async function failure(call: Promise<unknown>): Promise<CloudError> {
  const error: unknown = await call.then(
    () => assert.fail('It went through.'),
    (reason: unknown) => reason,
  );
  assert.ok(CloudError.is(error), String(error));
  assert.doesNotMatch(JSON.stringify([error.message, error.advice, error.code]), /CANARY|p%40ss/);
  return error;
}

describe('a proxy that asks who you are', () => {
  it('gets a CONNECT for each host, and the host sees no word of the proxy', async (t) => {
    const cloud = await greet(t);
    const proxy = await startProxy(t, { upstream: cloud.port, user });
    const answer = await get(t, vendor, companyNetwork({ proxy: `http://${inAddress}@127.0.0.1:${proxy.port}` }));
    assert.equal(answer.status, 200);
    assert.deepEqual(proxy.log, [{ method: 'CONNECT', target: 'ecs.cn-hangzhou.aliyuncs.com:443', authorized: true }]);
    assert.equal(cloud.requests[0]?.host, 'ecs.cn-hangzhou.aliyuncs.com');
    assert.equal(cloud.requests[0]?.headers['proxy-authorization'], undefined);
  });

  it('is reached with a password that has every character of an address, written as it is', async (t) => {
    const cloud = await greet(t);
    const awkward = 'CORP\\ops:1@2#3?4/5\\6:7%8';
    const proxy = await startProxy(t, { upstream: cloud.port, user: awkward });
    for (const start of ['http://', '']) {
      const address = `${start}${awkward}@127.0.0.1:${proxy.port}`;
      for (const settings of [{ proxy: address }, { environment: { httpsProxy: address } }]) {
        assert.equal((await get(t, vendor, companyNetwork(settings))).status, 200);
      }
    }
    assert.ok(proxy.log.every(({ authorized }) => authorized));
  });

  it('is told the whole header where the settings have one', async (t) => {
    const cloud = await greet(t);
    const proxy = await startProxy(t, { upstream: cloud.port, user });
    const proxyAuthorization = `Basic ${Buffer.from(user).toString('base64')}`;
    const answer = await get(t, vendor, companyNetwork({ proxy: `127.0.0.1:${proxy.port}`, proxyAuthorization }));
    assert.equal(answer.status, 200);
  });

  it('is found in the variables', async (t) => {
    const cloud = await greet(t);
    const proxy = await startProxy(t, { upstream: cloud.port, user });
    await get(
      t,
      vendor,
      companyNetwork({ environment: { httpsProxy: `http://${inAddress}@127.0.0.1:${proxy.port}` } }),
    );
    assert.equal(proxy.log.length, 1);
  });

  it('is named when it turns us away, and nothing was sent', async (t) => {
    const cloud = await greet(t);
    const proxy = await startProxy(t, { upstream: cloud.port, user });
    const error = await failure(
      get(t, vendor, companyNetwork({ proxy: `http://ops:wrong-CANARY@127.0.0.1:${proxy.port}` })),
    );
    assert.equal(error.code, 'PROXY_AUTH_REQUIRED');
    assert.equal(error.delivery, 'notSent');
    assert.match(error.message, new RegExp(`The proxy "http://127.0.0.1:${proxy.port}" asks for a user and password`));
    assert.equal(cloud.requests.length, 0);
  });

  it('is named when it refuses a host', async (t) => {
    const proxy = await startProxy(t, { upstream: 9 });
    const error = await failure(
      get(t, 'https://forbidden.aliyuncs.com/', companyNetwork({ proxy: `http://127.0.0.1:${proxy.port}` })),
    );
    assert.equal(error.code, 'PROXY_REFUSED');
    assert.equal(error.delivery, 'notSent');
  });

  it('is named when it is not there', async (t) => {
    const error = await failure(get(t, vendor, companyNetwork({ proxy: 'http://user:CANARY@127.0.0.1:1' })));
    assert.equal(error.code, 'ECONNREFUSED');
    assert.equal(error.delivery, 'notSent');
    assert.match(error.message, /proxy "http:\/\/127\.0\.0\.1:1"/);
  });

  it('may itself be reached over TLS', async (t) => {
    const cloud = await greet(t);
    const proxy = await startProxy(t, { upstream: cloud.port, user, tls: true });
    const answer = await get(t, vendor, companyNetwork({ proxy: `https://${inAddress}@localhost:${proxy.port}` }));
    assert.equal(answer.status, 200);
    assert.equal(proxy.log.length, 1);
  });

  it('gets plain requests whole, where this computer is to be reached through it', async (t) => {
    const cloud = await greet(t, false);
    const proxy = await startProxy(t, { upstream: cloud.port, user });
    const network = companyNetwork({ proxy: `http://${inAddress}@127.0.0.1:${proxy.port}`, noProxy: ['<-loopback>'] });
    const answer = await get(t, `http://localhost:${cloud.port}/a?b=c`, network);
    assert.equal(answer.body, '{"url":"/a?b=c"}');
    assert.deepEqual(proxy.log, [{ method: 'GET', target: `http://localhost:${cloud.port}/a?b=c`, authorized: true }]);
    const error = await failure(
      get(t, `http://localhost:${cloud.port}/`, { ...network, proxy: `http://127.0.0.1:${proxy.port}` }),
    );
    assert.equal(error.code, 'PROXY_AUTH_REQUIRED');
  });
});

describe('exceptions', () => {
  it('are reached directly, and this computer always is', async (t) => {
    const cloud = await greet(t);
    const proxy = await startProxy(t, { upstream: cloud.port });
    const network = companyNetwork({ proxy: `http://127.0.0.1:${proxy.port}` });
    await get(t, `https://localhost:${cloud.port}/`, network);
    assert.equal(cloud.requests.length, 1);
    // The name does not exist: only a direct attempt can find that out.
    const error = await failure(get(t, 'https://ecs.nowhere.invalid/', { ...network, noProxy: ['.nowhere.invalid'] }));
    assert.match(error.code ?? '', /ENOTFOUND|EAI_AGAIN/);
    assert.deepEqual(proxy.log, []);
  });

  it('count from the next call on, in both directions', async (t) => {
    const cloud = await greet(t);
    const proxy = await startProxy(t, { upstream: cloud.port });
    let network = companyNetwork();
    const transport = transportFor(t, () => network);
    const send = async (times: number): Promise<number> => {
      const before = proxy.log.length;
      for (let i = 0; i < times; i++)
        await transport.send({ method: 'GET', url: vendor, headers: {} }, { timeoutMs: 5_000 });
      return proxy.log.length - before;
    };
    network = companyNetwork({ proxy: `http://127.0.0.1:${proxy.port}` });
    assert.ok((await send(6)) <= 2, 'undici uses a connection again from the second or third call on.');
    network = { ...network };
    assert.equal(await send(3), 0, 'Equal settings keep the connections.');
    network = companyNetwork({ proxy: `http://127.0.0.1:${proxy.port}`, noProxy: ['other.example'] });
    assert.ok((await send(1)) > 0, 'Other settings get new ones.');
    network = companyNetwork({ proxy: `http://127.0.0.1:${proxy.port}`, proxySupport: 'off', noProxy: ['x.invalid'] });
    assert.equal((await transport.inspect(`https://localhost:${cloud.port}`)).route.type, 'direct');
  });
});

describe('certificates', () => {
  it('of an authority nobody added are refused, with advice, before anything is sent', async (t) => {
    const cloud = await greet(t);
    const error = await failure(
      get(t, `https://localhost:${cloud.port}/`, companyNetwork({ environment: { extraCaFile: undefined } })),
    );
    assert.equal(error.delivery, 'notSent');
    assert.match(error.advice ?? '', /NODE_EXTRA_CA_CERTS/);
    assert.equal(cloud.requests.length, 0);
  });

  it('of the company count besides the public ones', async (t) => {
    const cloud = await greet(t);
    const answer = await get(t, `https://localhost:${cloud.port}/`, companyNetwork());
    assert.equal(answer.status, 200);
  });

  it('for another host are refused', async (t) => {
    const cloud = await greet(t);
    const proxy = await startProxy(t, { upstream: cloud.port });
    const error = await failure(
      get(t, 'https://elsewhere.example/', companyNetwork({ proxy: `http://127.0.0.1:${proxy.port}` })),
    );
    assert.equal(error.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
    assert.equal(error.delivery, 'notSent');
  });

  it('behind a proxy are not checked when http.proxyStrictSSL is off, and directly they still are', async (t) => {
    const cloud = await greet(t);
    const proxy = await startProxy(t, { upstream: cloud.port });
    const lax = companyNetwork({
      strictSsl: false,
      proxy: `http://127.0.0.1:${proxy.port}`,
      environment: { extraCaFile: undefined },
    });
    assert.equal((await get(t, vendor, lax)).status, 200);
    const error = await failure(get(t, `https://localhost:${cloud.port}/`, lax));
    assert.match(error.code ?? '', /UNABLE_TO_|SELF_SIGNED/);
  });

  it('can be looked at without sending anything, also when they are refused', async (t) => {
    const cloud = await greet(t);
    const proxy = await startProxy(t, { upstream: cloud.port });
    const transport = transportFor(t, () =>
      companyNetwork({ proxy: `http://127.0.0.1:${proxy.port}`, environment: { extraCaFile: undefined } }),
    );
    const { peer, route } = await transport.inspect('https://sts.aliyuncs.com');
    assert.equal(route.type, 'proxy');
    assert.match(peer?.issuer ?? '', /Company test CA/);
    assert.match(peer?.refusal ?? '', /UNABLE_TO_/);
    assert.equal(cloud.requests.length, 0);
  });
});

describe('plain HTTP', () => {
  for (const host of ['ecs.aliyuncs.com', '10.0.0.8', '100.100.100.201', 'localhost.example.com']) {
    it(`to ${host} is refused before a connection is made`, async (t) => {
      const error = await failure(get(t, `http://${host}/`, companyNetwork()));
      assert.equal(error.code, 'PLAIN_HTTP');
      assert.equal(error.delivery, 'notSent');
    });
  }

  it('to this computer is not', async (t) => {
    const cloud = await greet(t, false);
    assert.equal((await get(t, `http://127.0.0.1:${cloud.port}/`, companyNetwork())).status, 200);
  });
});
