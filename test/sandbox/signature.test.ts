import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpRequest } from '../../src/core/http';
import type { Operation } from '../../src/core/operation';
import { describeManagedInstances } from '../../src/providers/alibaba/managedInstance/operations';
import { describeRegions } from '../../src/providers/alibaba/regions';
import { describeInstances } from '../../src/providers/volcengine/instance/operations';
import type { Sandbox } from '../../src/sandbox';
import { FakeClock } from '../unit/support/fakeClock';
import { call, freshNonce, open, sandboxFor, send, signed, signedV1 } from './support';

const minute = 60_000;

/** Sends a request after `spoil` and compares status and code; undefined means that it is let in. */
function check(
  name: string,
  operation: Operation,
  spoil: Spoil,
  expected: readonly [number, string | undefined],
): void {
  test(name, async (t) => {
    const sandbox = await sandboxFor(t);
    const { status, code } = open(await send(spoil(signed(sandbox, operation, {}), sandbox)));
    assert.deepEqual([status, code], expected);
  });
}

type Spoil = (request: HttpRequest, sandbox: Sandbox) => HttpRequest;

const v3 = describeManagedInstances;
const volc = describeInstances;

const asItIs: Spoil = (request) => request;
const other =
  (options: Parameters<typeof signed>[3]) =>
  (operation: Operation): Spoil =>
  (_request, sandbox) =>
    signed(sandbox, operation, {}, options);

/** The request with one header changed or, with undefined, left out. */
const header =
  (name: string, value: string | undefined) =>
  (request: HttpRequest): HttpRequest => {
    const { [name]: _old, ...headers } = request.headers;
    return { ...request, headers: value === undefined ? headers : { ...headers, [name]: value } };
  };

const wrongSecret: Spoil = (_request, sandbox) => {
  const credentials = { ...sandbox.alibabaCloud, accessKeySecret: 'not the secret' };
  return signed(sandbox, v3, {}, { credentials });
};
const wrongVolcengineSecret: Spoil = (_request, sandbox) => {
  const credentials = { ...sandbox.volcengine, accessKeySecret: 'not the secret' };
  return signed(sandbox, volc, {}, { credentials });
};
const unknownKey = other({ credentials: { accessKeyId: 'LTAInobody', accessKeySecret: 'x' } });
const early = other({ now: new Date(Date.now() - 16 * minute) });
const late = other({ now: new Date(Date.now() + 16 * minute) });
const inTime = other({ now: new Date(Date.now() - 14 * minute) });
const otherMethod: Spoil = (request) => ({ ...request, method: request.method === 'GET' ? 'POST' : 'GET' });
const moreQuery: Spoil = (request) => ({ ...request, url: `${request.url}&PageSize=50` });

check('V3: a good signature is let in', v3, asItIs, [200, undefined]);
check('V3: a request 14 minutes old is let in', v3, inTime(v3), [200, undefined]);
check('V3: an unknown key answers 404', v3, unknownKey(v3), [404, 'InvalidAccessKeyId.NotFound']);
check('V3: a wrong secret is refused', v3, wrongSecret, [400, 'SignatureDoesNotMatch']);
check('V3: a request 16 minutes old is refused', v3, early(v3), [400, 'InvalidTimeStamp.Expired']);
check('V3: a request 16 minutes ahead is refused', v3, late(v3), [400, 'InvalidTimeStamp.Expired']);
check('V3: a parameter added after signing is refused', v3, moreQuery, [400, 'SignatureDoesNotMatch']);
check('V3: another method than signed is refused', v3, otherMethod, [400, 'SignatureDoesNotMatch']);
check(
  'V3: another host than signed is refused',
  v3,
  (r) => header('host', (r.headers['host'] ?? '').replace('127.0.0.1', 'localhost'))(r),
  [400, 'SignatureDoesNotMatch'],
);
check('V3: another action than signed is refused', v3, header('x-acs-action', 'DeleteInstances'), [
  400,
  'SignatureDoesNotMatch',
]);
check('V3: a body that was not signed is refused', v3, (r) => ({ ...r, body: 'x=1' }), [400, 'SignatureDoesNotMatch']);
check('V3: an x-acs header that is not signed is refused', v3, header('x-acs-extra', '1'), [
  400,
  'IncompleteSignature',
]);
check('V3: a missing date is refused', v3, header('x-acs-date', undefined), [400, 'IncompleteSignature']);
check('V3: a missing nonce is refused', v3, header('x-acs-signature-nonce', undefined), [400, 'IncompleteSignature']);
check('V3: a missing body hash is refused', v3, header('x-acs-content-sha256', undefined), [
  400,
  'IncompleteSignature',
]);
check('V3: no authorization at all is refused', v3, header('authorization', undefined), [400, 'IncompleteSignature']);
check('V3: an unreadable authorization is refused', v3, header('authorization', 'ACS3-HMAC-SHA256 nonsense'), [
  400,
  'IncompleteSignature',
]);
check('V3: an unreadable date is refused', v3, header('x-acs-date', 'yesterday'), [400, 'InvalidTimeStamp.Format']);
check('Volcengine: a good signature is let in', volc, asItIs, [200, undefined]);
check('Volcengine: an unknown key answers 401', volc, unknownKey(volc), [401, 'InvalidAccessKey']);
check('Volcengine: a wrong secret answers 401', volc, wrongVolcengineSecret, [401, 'SignatureDoesNotMatch']);
check('Volcengine: an old request is refused', volc, early(volc), [403, 'InvalidTimestamp']);
check('Volcengine: a parameter added after signing is refused', volc, moreQuery, [401, 'SignatureDoesNotMatch']);
check('Volcengine: no authorization answers 401', volc, header('authorization', undefined), [
  401,
  'MissingAuthenticationToken',
]);
check('Volcengine: an authorization without signature answers 401', volc, header('authorization', 'HMAC-SHA256 x'), [
  401,
  'MissingSignature',
]);
check('Volcengine: an unreadable authorization is refused', volc, header('authorization', 'HMAC-SHA256 Signature=1'), [
  400,
  'InvalidAuthorization',
]);
check('Volcengine: a missing date is refused', volc, header('x-date', undefined), [403, 'InvalidTimestamp']);
check(
  'Volcengine: another service in the scope is refused',
  volc,
  (r) => header('authorization', (r.headers['authorization'] ?? '').replace('/ecs/', '/vpc/'))(r),
  [404, 'ServiceNotFound'],
);
check(
  'Volcengine: another region than signed is refused',
  volc,
  (r) => header('authorization', (r.headers['authorization'] ?? '').replace('cn-beijing', 'cn-shanghai'))(r),
  [401, 'SignatureDoesNotMatch'],
);

type V1Case = readonly [name: string, common: Readonly<Record<string, string | undefined>>, code: string];

const v1Cases: readonly V1Case[] = [
  ['an unknown key', { AccessKeyId: 'LTAInobody' }, 'InvalidAccessKeyId.NotFound'],
  ['a missing key id', { AccessKeyId: undefined }, 'MissingAccessKeyId'],
  ['a missing nonce', { SignatureNonce: undefined }, 'MissingSignatureNonce'],
  ['a missing time', { Timestamp: undefined }, 'MissingTimestamp'],
  ['an unreadable time', { Timestamp: '2026-01-02 03:04:05' }, 'InvalidTimeStamp.Format'],
  ['an old time', { Timestamp: '2020-01-02T03:04:05Z' }, 'InvalidTimeStamp.Expired'],
  ['another signature method', { SignatureMethod: 'HMAC-MD5' }, 'InvalidSignatureMethod'],
  ['a token the key does not have', { SecurityToken: 'made-up' }, 'InvalidSecurityToken.Malformed'],
];

for (const method of ['GET', 'POST'] as const) {
  test(`V1 ${method}: a good signature is let in`, async (t) => {
    const sandbox = await sandboxFor(t);
    const reply = open(await send(signedV1(sandbox, 'DescribeRegions', {}, { method, format: 'JSON' })));
    assert.equal(reply.status, 200, reply.body);
  });
  for (const [name, common, code] of v1Cases) {
    test(`V1 ${method}: ${name} is refused`, async (t) => {
      const sandbox = await sandboxFor(t);
      const reply = open(await send(signedV1(sandbox, 'DescribeRegions', {}, { method, format: 'JSON', common })));
      assert.equal(reply.code, code);
    });
  }
  test(`V1 ${method}: a wrong secret is refused, and the text that should have been signed is told`, async (t) => {
    const sandbox = await sandboxFor(t);
    const credentials = { ...sandbox.alibabaCloud, accessKeySecret: 'wrong' };
    const request = signedV1(
      sandbox,
      'DescribeRegions',
      { AcceptLanguage: 'ja' },
      { method, format: 'JSON', credentials },
    );
    const { code, message } = open(await send(request));
    assert.equal(code, 'SignatureDoesNotMatch');
    assert.match(message, new RegExp(`server string to sign is:${method}&%2F&AcceptLanguage%3Dja%26AccessKeyId%3D`));
  });
}

test('V1: a form signed as POST is refused in a query', async (t) => {
  const sandbox = await sandboxFor(t);
  const { body = '', url } = signedV1(sandbox, 'DescribeRegions', {}, { method: 'POST', format: 'JSON' });
  const { code } = open(await send({ method: 'GET', url: `${url}?${body}`, headers: {} }));
  assert.equal(code, 'SignatureDoesNotMatch');
});

test('V1: parameters may be split between query and form', async (t) => {
  const sandbox = await sandboxFor(t);
  const { body = '', url, headers } = signedV1(sandbox, 'DescribeRegions', {}, { method: 'POST', format: 'JSON' });
  const [inQuery, ...inForm] = body.split('&');
  const form = inForm.join('&');
  const length = { 'content-length': String(form.length) };
  const message = { method: 'POST', url: `${url}?${inQuery}`, headers: { ...headers, ...length }, body: form } as const;
  assert.equal((await send(message)).status, 200);
});

test('V3: a wrong secret is told the text that should have been signed', async (t) => {
  const sandbox = await sandboxFor(t);
  const credentials = { ...sandbox.alibabaCloud, accessKeySecret: 'wrong' };
  const { message } = await call(sandbox, describeRegions, {}, { credentials });
  assert.match(message, /server string to sign is:ACS3-HMAC-SHA256\n[0-9a-f]{64}/);
});

test('a nonce is good once, whichever request carries it', async (t) => {
  const sandbox = await sandboxFor(t);
  const nonce = freshNonce();
  assert.equal((await call(sandbox, describeRegions, {}, { nonce })).status, 200);
  assert.equal((await call(sandbox, describeManagedInstances, {}, { nonce })).code, 'SignatureNonceUsed');
});

test('a refused signature does not use up its nonce', async (t) => {
  const sandbox = await sandboxFor(t);
  const nonce = freshNonce();
  const credentials = { ...sandbox.alibabaCloud, accessKeySecret: 'wrong' };
  await call(sandbox, describeRegions, {}, { nonce, credentials });
  assert.equal((await call(sandbox, describeRegions, {}, { nonce })).status, 200);
});

test('a key of one cloud is unknown to the other', async (t) => {
  const sandbox = await sandboxFor(t);
  const swapped = { alibabaCloud: sandbox.volcengine, volcengine: sandbox.alibabaCloud };
  const first = await call(sandbox, describeRegions, {}, { credentials: swapped.alibabaCloud });
  const second = await call(sandbox, describeInstances, {}, { credentials: swapped.volcengine });
  assert.deepEqual([first.code, second.code], ['InvalidAccessKeyId.NotFound', 'InvalidAccessKey']);
});

test('a temporary key is good with its token, until it expires', async (t) => {
  const clock = new FakeClock();
  const sandbox = await sandboxFor(t, { clock });
  const credentials = sandbox.issueToken('alibabaCloud', 60 * minute);
  const ask = async () => (await call(sandbox, describeRegions, {}, { credentials, now: clock.now() })).code;
  assert.equal(await ask(), undefined);
  clock.advance(60 * minute);
  assert.equal(await ask(), 'InvalidSecurityToken.Expired');
});

test('a temporary key without its token, or with another, is refused', async (t) => {
  const sandbox = await sandboxFor(t);
  const { accessKeyId, accessKeySecret, securityToken } = sandbox.issueToken('alibabaCloud', minute);
  const bare = { accessKeyId, accessKeySecret };
  assert.equal((await call(sandbox, describeRegions, {}, { credentials: bare })).code, 'MissingSecurityToken');
  const wrong = { ...bare, securityToken: `${securityToken}x` };
  assert.equal(
    (await call(sandbox, describeRegions, {}, { credentials: wrong })).code,
    'InvalidSecurityToken.Malformed',
  );
  const v1 = signedV1(sandbox, 'DescribeRegions', {}, { format: 'JSON', credentials: { ...bare, securityToken } });
  assert.equal((await send(v1)).status, 200);
});

test('a temporary key of Volcengine works the same way', async (t) => {
  const clock = new FakeClock();
  const sandbox = await sandboxFor(t, { clock });
  const { accessKeyId, accessKeySecret, securityToken } = sandbox.issueToken('volcengine', 60 * minute);
  const ask = async (token?: string) => {
    const credentials = { accessKeyId, accessKeySecret, ...(token !== undefined && { securityToken: token }) };
    const { status, code } = await call(sandbox, describeInstances, {}, { credentials, now: clock.now() });
    return [status, code];
  };
  assert.deepEqual(await ask(securityToken), [200, undefined]);
  assert.deepEqual(await ask(), [401, 'InvalidSecretToken']);
  clock.advance(60 * minute);
  assert.deepEqual(await ask(securityToken), [401, 'InvalidSecretToken']);
});

test('no signature, key or token is kept in the log', async (t) => {
  const sandbox = await sandboxFor(t);
  const credentials = sandbox.issueToken('alibabaCloud', minute);
  await call(sandbox, describeRegions, {}, { credentials });
  await send(signedV1(sandbox, 'DescribeRegions', {}, { credentials }));
  await call(sandbox, describeInstances, {});
  const log = JSON.stringify(sandbox.requests());
  for (const secret of [credentials.accessKeySecret, credentials.securityToken, credentials.accessKeyId]) {
    assert.ok(!log.includes(secret));
  }
  assert.ok(!/[Ss]ignature/.test(log));
  assert.equal(sandbox.requests().length, 3);
});
