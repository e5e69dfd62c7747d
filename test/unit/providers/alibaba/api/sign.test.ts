import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { OpenApiUtil } from '@alicloud/openapi-core';
import RPCClient from '@alicloud/pop-core';
import fc from 'fast-check';
import { canonicalQuery } from '../../../../../src/core/percentEncode';
import {
  authorizationV3,
  canonicalRequestV3,
  signV1,
  signV3,
  signedHeaderNames,
  stringToSignV1,
  timestamp,
} from '../../../../../src/providers/alibaba/api/sign';
import { alibabaWire } from '../../../../../src/providers/alibaba/api/wire';
import { describeInstances } from '../../../../../src/providers/alibaba/instance/operations';
import { sha256 } from '../../../../../src/util/hash';

type Texts = Readonly<Record<string, string>>;

interface Vectors {
  readonly v1: readonly {
    readonly name: string;
    readonly method: string;
    readonly params: Texts;
    readonly accessKeySecret: string;
    readonly signature: string;
  }[];
  readonly v3: readonly {
    readonly name: string;
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly query: Texts;
    readonly headers: Texts;
    readonly hashedCanonicalRequest?: string;
    readonly signature: string;
  }[];
}

const file = new URL('../../../../vectors/alibabaCloud/signatures.json', import.meta.url);
// The file is ours and has this shape.
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

for (const { name, method, params, accessKeySecret, signature } of vectors.v1) {
  test(`V1 signature: ${name}`, () => {
    assert.equal(signV1(method, params, accessKeySecret), signature);
  });
}

for (const { name, query, headers, accessKeyId, accessKeySecret, hashedCanonicalRequest, signature } of vectors.v3) {
  test(`V3 signature: ${name}`, () => {
    const parts = { method: 'POST', path: '/', query: canonicalQuery(query), headers };
    if (hashedCanonicalRequest !== undefined) {
      assert.equal(sha256(canonicalRequestV3(parts)), hashedCanonicalRequest);
    }
    assert.equal(signV3(parts, accessKeySecret), signature);
    const names = signedHeaderNames(headers).join(';');
    assert.equal(
      authorizationV3(parts, accessKeyId, accessKeySecret),
      `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names},Signature=${signature}`,
    );
  });
}

test('V1 leaves an earlier signature out of what it signs', () => {
  assert.equal(stringToSignV1('GET', { A: '1', Signature: 'x' }), stringToSignV1('GET', { A: '1' }));
});

test('V3 signs host, content type and every x-acs header, and nothing else', () => {
  const headers = { 'x-acs-date': '', accept: '', host: '', 'user-agent': '', 'content-type': '', 'x-acs-action': '' };
  assert.deepEqual(signedHeaderNames(headers), ['content-type', 'host', 'x-acs-action', 'x-acs-date']);
});

test('time stamps are UTC with whole seconds', () => {
  assert.equal(timestamp(new Date('2026-01-02T03:04:05.999Z')), '2026-01-02T03:04:05Z');
});

/** Names as operations have them; values with everything that encodings get wrong. */
const names = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,8}(\.[1-9])?$/);
const values = fc.oneof(
  fc.constantFrom('', ' ', '测试 实例', '*~+/%', "!'()", 'a=b&c', '%20', '😀', '{"x":"1"}', '\t'),
  fc.string({ unit: 'grapheme', maxLength: 24 }),
);
const paramSets = fc.dictionary(names, values, { maxKeys: 8, noNullPrototype: true });
const generated = fc.sample(fc.tuple(paramSets, fc.boolean()), { numRuns: 100, seed: 20260102 });

function officialAuthorization(method: string, query: Texts, headers: Texts): string {
  const request = {
    protocol: 'https',
    port: 443,
    method,
    pathname: '/',
    query: { ...query },
    headers: { ...headers },
    body: null,
  };
  // The SDK types the body as a stream and does not read it here.
  const typed = request as unknown as Parameters<typeof OpenApiUtil.getAuthorization>[0];
  return OpenApiUtil.getAuthorization(typed, 'ACS3-HMAC-SHA256', sha256(''), 'testid', 'testsecret');
}

test('a hundred generated requests carry the Authorization that the official SDK core computes', () => {
  for (const [params, withToken] of generated) {
    const headers: Record<string, string> = {
      host: 'ecs.cn-beijing.aliyuncs.com',
      accept: 'application/json',
      'x-acs-action': 'DescribeInstances',
      'x-acs-version': '2014-05-26',
      'x-acs-date': '2026-01-02T03:04:05Z',
      'x-acs-signature-nonce': 'n',
      'x-acs-content-sha256': sha256(''),
      ...(withToken ? { 'x-acs-accesskey-id': 'testid', 'x-acs-security-token': 'sts/token+abc==' } : {}),
    };
    const theirs = officialAuthorization('POST', params, headers);
    const query = canonicalQuery(params);
    const ours = authorizationV3({ method: 'POST', path: '/', query, headers }, 'testid', 'testsecret');
    assert.equal(ours, theirs, JSON.stringify(params));
  }
});

test('a hundred generated requests carry the V1 signature that the official SDK core computes', () => {
  for (const [params, post] of generated) {
    const method = post ? 'POST' : 'GET';
    assert.equal(
      signV1(method, params, 'testsecret'),
      OpenApiUtil.getRPCSignature({ ...params }, method, 'testsecret'),
      JSON.stringify(params),
    );
  }
});

test('what our wire encodes is signed as the official SDK core signs it', () => {
  for (const [params, withToken] of generated.slice(0, 50)) {
    const InstanceName = Object.values(params).join('|');
    const request = alibabaWire.encode({
      operation: describeInstances,
      params: { InstanceName, MaxResults: 100, Tag: [{ Key: '键', Value: InstanceName }] },
      region: 'cn-beijing',
      endpoint: 'https://ecs.cn-beijing.aliyuncs.com',
      credentials: {
        accessKeyId: 'testid',
        accessKeySecret: 'testsecret',
        ...(withToken ? { securityToken: 'sts/token+abc==' } : {}),
      },
      format: 'json',
      now: new Date('2026-01-02T03:04:05Z'),
      nonce: 'n',
    });
    const { authorization, ...headers } = request.headers;
    const query = Object.fromEntries(new URL(request.url).searchParams);
    assert.equal(authorization, officialAuthorization(request.method, query, headers));
  }
});

test('what pop-core puts on the wire, by GET and by POST, carries the V1 signature we compute', async () => {
  const seen: { readonly method: string; readonly params: Texts }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const query = new URL(request.url ?? '', 'http://localhost').search;
      const params = new URLSearchParams(request.method === 'POST' ? Buffer.concat(chunks).toString() : query);
      seen.push({ method: request.method ?? '', params: Object.fromEntries(params) });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    // A listening TCP server has an address with a port.
    const { port } = server.address() as AddressInfo;
    const client = new RPCClient({
      accessKeyId: 'testid',
      accessKeySecret: 'testsecret',
      endpoint: `http://127.0.0.1:${port}`,
      apiVersion: '2014-05-26',
    });
    for (const [params, post] of generated) {
      await client.request('DescribeInstances', { ...params }, { method: post ? 'POST' : 'GET' });
    }
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  assert.equal(seen.length, generated.length);
  for (const { method, params } of seen) assert.equal(params['Signature'], signV1(method, params, 'testsecret'));
});
