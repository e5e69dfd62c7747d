import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { routeOf } from '../../../src/client/network';
import { CloudError } from '../../../src/core/cloudError';
import { directNetwork, networkEnvironment, type NetworkSettings } from '../../../src/core/networkSettings';
import { isLoopback } from '../../../src/util/loopback';
import { isListed, splitList } from '../../../src/util/noProxy';

describe('the list of exceptions', () => {
  const check = (list: string, host: string, expected: boolean, port = 443): void => {
    it(`${expected ? 'names' : 'does not name'} ${host}:${port} with "${list}"`, () => {
      assert.equal(isListed(splitList(list), host, port), expected);
    });
  };
  check('', 'a.example', false);
  check('*', 'a.example', true);
  check('a.example', 'a.example', true);
  check('A.Example', 'a.example', true);
  check('example', 'a.example', true);
  check('xample', 'a.example', false);
  check('.example', 'a.example', true);
  check('.a.example', 'a.example', true);
  check('*.a.example', 'b.a.example', true);
  check('a.example', 'b.example', false);
  check('b.example, a.example', 'a.example', true);
  check('b.example a.example', 'a.example', true);
  check('a.example:443', 'a.example', true);
  check('a.example:8443', 'a.example', false);
  check('a.example:8443', 'a.example', true, 8443);
  check('10.0.0.0/8', '10.200.3.4', true);
  check('10.0.0.0/8', '11.0.0.1', false);
  check('10.0.0.0/33', '10.0.0.1', false);
  check('10.0.0.0/8', '10.example', false);
  check('10.1.2.3', '10.1.2.3', true);
  check('2.3', '10.1.2.3', false);
  check('fd00::/8', '[fd12::1]', true);
  check('::1', '[::1]', true);
  check('[::1]:8080', '[::1]', true, 8080);
  check('a.example.', 'a.example', true);
  check('.', 'a.example', false);
});

describe('this computer', () => {
  const check = (host: string, expected: boolean): void => {
    it(`${expected ? 'is' : 'is not'} ${host}`, () => assert.equal(isLoopback(host), expected));
  };
  check('localhost', true);
  check('127.0.0.1', true);
  check('127.9.9.9', true);
  check('[::1]', true);
  check('app.localhost', true);
  check('localhost.example', false);
  check('127.0.0.1.example', false);
  check('0.0.0.0', false);
  check('[::2]', false);
});

describe('the way to a host', () => {
  const check = (name: string, url: string, settings: Partial<NetworkSettings>, expected: string): void => {
    it(name, () => {
      const route = routeOf({ ...directNetwork, ...settings }, new URL(url));
      assert.equal(route.type === 'direct' ? 'direct' : route.proxy.address, expected);
    });
  };
  const cloud = 'https://ecs.aliyuncs.com/';
  check('is direct without a proxy', cloud, {}, 'direct');
  check('is the proxy of the settings', cloud, { proxy: 'http://p:3128' }, 'http://p:3128');
  check('does without a scheme', cloud, { proxy: 'p:3128' }, 'http://p:3128');
  check(
    'goes by the settings before the variables',
    cloud,
    { proxy: 'http://p:1', environment: { httpsProxy: 'http://q:2' } },
    'http://p:1',
  );
  check(
    'goes by HTTPS_PROXY',
    cloud,
    { environment: { httpsProxy: 'http://q:2', httpProxy: 'http://r:3' } },
    'http://q:2',
  );
  check(
    'goes by HTTP_PROXY when there is no other',
    cloud,
    { environment: { httpProxy: 'http://r:3', allProxy: 'http://s:4' } },
    'http://r:3',
  );
  check('goes by ALL_PROXY last', cloud, { environment: { allProxy: 'http://s:4' } }, 'http://s:4');
  check('is direct for hosts in http.noProxy', cloud, { proxy: 'http://p:1', noProxy: ['aliyuncs.com'] }, 'direct');
  check(
    'is direct for hosts in NO_PROXY',
    cloud,
    { proxy: 'http://p:1', environment: { noProxy: 'aliyuncs.com' } },
    'direct',
  );
  check('is direct when VS Code uses no proxies', cloud, { proxy: 'http://p:1', proxySupport: 'off' }, 'direct');
  check('is direct to this computer', 'https://127.0.0.1:8443/', { proxy: 'http://p:1' }, 'direct');
  check('is direct to the metadata of Alibaba Cloud', 'http://100.100.100.200/x', { proxy: 'http://p:1' }, 'direct');
  check(
    'is direct to the metadata of Volcengine',
    'http://100.96.0.96/x',
    { proxy: 'http://p:1', noProxy: ['<-loopback>'] },
    'direct',
  );
  check(
    'leads through the proxy to this computer only when told so',
    'http://localhost/',
    { proxy: 'http://p:1', noProxy: ['<-loopback>'] },
    'http://p:1',
  );
});

describe('a proxy address', () => {
  const refused = (proxy: string): void => {
    it(`like "${proxy.replace(/:[^/@]*CANARY/, ':…')}" is refused without being shown`, () => {
      assert.throws(
        () => routeOf({ ...directNetwork, proxy }, new URL('https://ecs.aliyuncs.com')),
        (error) => CloudError.is(error, 'network') && error.delivery === 'notSent' && !error.message.includes('CANARY'),
      );
    });
  };
  refused('socks5://user:CANARY@p:1080');
  refused('http://');
  refused('http://user:CANARY@p:99999');
  refused('http://user:CANARY');
  refused('http://user:CANARY#1');
  refused('http://12#CANARY');
  refused('http://12?CANARY');
  refused('http://user:1\\CANARY');
  refused('user:CANARY');
  refused('user:CANARY@');
  refused('user:CANARY@ p:1');
  refused('http://user:CANARY@p:1/?x');
  refused('http://user:CANARY@p:1#x');
  refused('http://user:CANARY@p:0');
  refused('http://user:CANARY@p:');
  refused('http://user:CANARY@[::1');
  refused('http://user:CANARY@::1:8080');
  refused('http://user:CANARY@[fe80::1%25eth0]:8080');
  refused('http://user:CANARY%0A@p:1');
  refused('http://user:CANARY\n@p:1');
  refused('http:/user:CANARY@p:1');
  refused('http:\\\\user:CANARY@p:1');
  refused('http://http://user:CANARY@p:1');
  refused('CANARY://@p:1');
  refused('"http://user:CANARY@p:1"');

  const header = (proxy: string, expected: string | undefined): void => {
    it(`gives ${expected ?? 'no user'}`, () => {
      const route = routeOf({ ...directNetwork, proxy }, new URL('https://ecs.aliyuncs.com'));
      assert.ok(route.type === 'proxy');
      const sent = route.proxy.authorization?.replace('Basic ', '');
      assert.equal(sent === undefined ? undefined : Buffer.from(sent, 'base64').toString('utf8'), expected);
      assert.equal(route.proxy.authenticates, expected !== undefined);
    });
  };
  header('http://p:1', undefined);
  header('http://me@p:1', 'me:');
  header('http://me:a%3Ab%40c@p:1', 'me:a:b@c');
  header('http://me:100%@p:1', 'me:100%');
  header('http://%E7%94%A8%E6%88%B7:x@p:1', '用户:x');
  header('http://用户:密码@p:1', '用户:密码');
  header('http://jdoe:12#Secret@127.0.0.1:8080', 'jdoe:12#Secret');
  header('http://DOMAIN\\user:pw@p:1', 'DOMAIN\\user:pw');
  header('DOMAIN\\user:pw@p:1', 'DOMAIN\\user:pw');
  header('me:p@ss:w/o?r#d\\@p:1', 'me:p@ss:w/o?r#d\\');
  header('http://me:%zz%4%25%41@p:1', 'me:%zz%4%A');
  header('http://me:a@b@p:1', 'me:a@b');
  header('http://:pw@p:1', ':pw');
  header('http://@p:1', undefined);

  it('has bytes that are no UTF-8 as they were written', () => {
    const route = routeOf({ ...directNetwork, proxy: 'http://me:%ff@p:1' }, new URL('https://ecs.aliyuncs.com'));
    assert.ok(route.type === 'proxy');
    assert.equal(route.proxy.authorization, `Basic ${Buffer.from([0x6d, 0x65, 0x3a, 0xff]).toString('base64')}`);
  });

  it('leads to its own host whatever the password holds, written as it is or percent-encoded', () => {
    const part = fc.oneof(fc.constantFrom(...'#?/\\:@%[]&= "\'<>é用'), fc.constantFrom('://', '%41', 'host:1', '//'));
    const password = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
    const user = fc.constantFrom('jdoe', 'DOMAIN\\jdoe', 'j.doe', 'j@corp.example', '用户');
    const start = fc.constantFrom('http://', 'https://', '');
    const hosts = [
      ['127.0.0.1:8080', '127.0.0.1:8080'],
      ['[::1]:3128', '[::1]:3128'],
      ['Proxy.Corp.example:3128/', 'proxy.corp.example:3128'],
      ['proxy', 'proxy'],
    ] as const;
    fc.assert(
      fc.property(start, user, password, fc.constantFrom(...hosts), fc.boolean(), (...[scheme, who, pw, host, raw]) => {
        // What looks like a code is one, and "name://" is a scheme.
        const plain = pw.replaceAll('%41', '').replace(/^\/{2,}/, '');
        const text = raw ? `${scheme}${who}:${plain}` : `${scheme}${encodeURIComponent(who)}:${encodeURIComponent(pw)}`;
        const settings = { ...directNetwork, proxy: `${text}@${host[0]}` };
        const route = routeOf(settings, new URL('https://ecs.aliyuncs.com'));
        assert.ok(route.type === 'proxy');
        assert.equal(route.proxy.address, `${scheme || 'http://'}${host[1]}`);
        const sent = Buffer.from(route.proxy.authorization?.replace('Basic ', '') ?? '', 'base64').toString('utf8');
        assert.equal(sent, `${who}:${raw ? plain : pw}`);
      }),
    );
  });

  it('is named by where it stands when it cannot be read', () => {
    const cloud = new URL('https://ecs.aliyuncs.com');
    const said = (settings: Partial<NetworkSettings>, words: RegExp): void => {
      assert.throws(() => routeOf({ ...directNetwork, ...settings }, cloud), words);
    };
    said({ proxy: 'x#y' }, /http\.proxy /);
    said({ environment: { httpsProxy: 'x#y' } }, /HTTPS_PROXY/);
    said({ environment: { httpProxy: 'x#y' } }, /HTTP_PROXY/);
    said({ environment: { allProxy: 'socks5://p:1' } }, /"socks5".*ALL_PROXY/);
    said({ proxy: 'p:1', proxyAuthorization: 'Basic a\nb' }, /http\.proxyAuthorization/);
  });
});

describe('the variables', () => {
  it('count in lower case first', () => {
    const read = networkEnvironment({
      https_proxy: 'http://a:1',
      HTTPS_PROXY: 'http://b:2',
      HTTP_PROXY: ' http://c:3 ',
      NO_PROXY: '',
    });
    assert.equal(read.httpsProxy, 'http://a:1');
    assert.equal(read.httpProxy, 'http://c:3');
    assert.equal(read.noProxy, undefined);
  });
});
