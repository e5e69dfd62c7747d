import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Signer } from '@volcengine/openapi';
import fc from 'fast-check';
import type { Credentials } from '../../../../../src/core/account';
import {
  canonicalRequest,
  formatAuthorization,
  parseAuthorization,
  parseXDate,
  signatureOf,
  unsignedButRequired,
  xDate,
  type SignedParts,
} from '../../../../../src/providers/volcengine/api/sign';
import { volcengineWire } from '../../../../../src/providers/volcengine/api/wire';
import { describeInstances } from '../../../../../src/providers/volcengine/instance/operations';
import { sha256 } from '../../../../../src/util/hash';

interface Vector {
  readonly name: string;
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly queryText?: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signedHeaders: string;
  readonly hashedCanonicalRequest: string;
  readonly signature: string;
}

interface Vectors {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly xDate: string;
  readonly region: string;
  readonly host: string;
  readonly vectors: readonly Vector[];
}

const file = new URL('../../../../vectors/volcengine/signatures.json', import.meta.url);
// The file is ours and has this shape.
const known = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
const scope = { date: known.xDate.slice(0, 8), region: known.region, service: 'ecs' };

function partsOf(vector: Vector): SignedParts {
  return {
    method: vector.method,
    path: '/',
    query: Object.entries(vector.query).reverse(),
    headers: { Host: known.host, 'X-Date': known.xDate, ...vector.headers },
    signedHeaders: vector.signedHeaders.split(';'),
    bodyHash: sha256(vector.body ?? ''),
  };
}

for (const vector of known.vectors) {
  test(`signs as the vendor's clients do — ${vector.name}`, () => {
    const parts = partsOf(vector);
    const canonical = canonicalRequest(parts);
    assert.equal(sha256(canonical), vector.hashedCanonicalRequest);
    if (vector.queryText !== undefined) assert.equal(canonical.split('\n')[2], vector.queryText);
    assert.equal(signatureOf(parts, scope, known.secretAccessKey), vector.signature);
  });
}

test('any change of what is covered changes the signature', () => {
  const [vector] = known.vectors;
  assert.ok(vector);
  const parts = partsOf(vector);
  const changed: readonly SignedParts[] = [
    { ...parts, method: 'POST' },
    { ...parts, path: '/x' },
    { ...parts, query: [...parts.query, ['InstanceIds.1', 'i-other']] },
    { ...parts, headers: { ...parts.headers, Host: 'example.com' } },
    { ...parts, headers: { ...parts.headers, 'X-Date': '20260102T030406Z' } },
    { ...parts, bodyHash: sha256('x') },
  ];
  for (const other of changed) assert.notEqual(signatureOf(other, scope, known.secretAccessKey), vector.signature);
  for (const other of [
    { ...scope, region: 'cn-shanghai' },
    { ...scope, service: 'vpc' },
  ]) {
    assert.notEqual(signatureOf(parts, other, known.secretAccessKey), vector.signature);
  }
});

test('a repeated name is signed with its values in order, whatever order they came in', () => {
  const parts = partsOf(known.vectors[0] ?? assert.fail());
  const canonical = canonicalRequest({
    ...parts,
    query: [
      ['b', '2'],
      ['a', 'z y'],
      ['b', '1'],
    ],
  });
  assert.equal(canonical.split('\n')[2], 'a=z%20y&b=1&b=2');
});

const awkward = fc.constantFrom(...('abzAZ019 -_.~*+/%!()&=#?\'"\n:@测试名é🙂'.match(/./gsu) ?? []));
const requests = fc.record({
  params: fc.dictionary(
    fc.tuple(fc.constantFrom('Aa', 'a', 'Zz', 'Name', 'InstanceIds.'), fc.nat(20)).map((parts) => parts.join('')),
    fc.string({ unit: awkward, maxLength: 30 }),
    { maxKeys: 8 },
  ),
  region: fc.constantFrom('cn-beijing', 'cn-hongkong', 'ap-southeast-3'),
  host: fc.constantFrom('open.volcengineapi.com', '127.0.0.1:8080', 'ecs.ap-southeast-3.volcengineapi.com'),
  securityToken: fc.option(fc.stringMatching(/^[A-Za-z0-9+/=]{1,60}$/), { nil: undefined }),
  accessKeySecret: fc.stringMatching(/^[A-Za-z0-9+/=]{20,60}$/),
  now: fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2035-12-31T23:59:59Z'), noInvalidDate: true }),
});

test("a hundred generated requests carry the Authorization of the vendor's own signer", () => {
  for (const { params, region, host, securityToken, accessKeySecret, now } of fc.sample(requests, {
    numRuns: 100,
    seed: 20261121,
  })) {
    const credentials: Credentials = {
      accessKeyId: 'AKLTGenerated',
      accessKeySecret,
      ...(securityToken === undefined ? {} : { securityToken }),
    };
    const ours = volcengineWire.encode({
      operation: describeInstances,
      params,
      region,
      endpoint: `https://${host}`,
      credentials,
      format: 'json',
      now,
      nonce: 'unused',
    });
    const theirs = officialHeaders({ params, region, host, now }, credentials);
    assert.equal(ours.headers['authorization'], theirs['Authorization']);
    assert.equal(ours.headers['x-date'], theirs['X-Date']);
    assert.equal(ours.headers['x-security-token'], theirs['X-Security-Token']);
    const sent = Object.fromEntries(new URL(ours.url).searchParams);
    assert.deepEqual(sent, { ...params, Action: 'DescribeInstances', Version: '2020-04-01' });
  }
});

interface Official {
  readonly params: Readonly<Record<string, string>>;
  readonly region: string;
  readonly host: string;
  readonly now: Date;
}

function officialHeaders({ params, region, host, now }: Official, credentials: Credentials): Record<string, string> {
  const query = { ...params, Action: 'DescribeInstances', Version: '2020-04-01' };
  const signer = new Signer({ region, method: 'GET', pathname: '/', params: query, headers: { Host: host } }, 'ecs');
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  signer.addAuthorization(
    {
      accessKeyId,
      secretKey: accessKeySecret,
      ...(securityToken === undefined ? {} : { sessionToken: securityToken }),
    },
    now,
  );
  // The signer types its headers loosely but only ever puts text into them.
  return signer.request.headers as Record<string, string>;
}

test('an Authorization header is read back as it was written', () => {
  const authorization = { accessKeyId: 'AKLT1', scope, signedHeaders: ['host', 'x-date'], signature: 'a'.repeat(64) };
  assert.deepEqual(parseAuthorization(formatAuthorization(authorization)), authorization);
});

function refuses(name: string, header: string): void {
  test(`an Authorization header is refused: ${name}`, () => assert.equal(parseAuthorization(header), undefined));
}

const fine = `HMAC-SHA256 Credential=AKLT1/20260102/cn-beijing/ecs/request, SignedHeaders=host, Signature=${'a'.repeat(64)}`;
test('the header the refusals start from is fine', () => assert.notEqual(parseAuthorization(fine), undefined));
refuses('another scheme', fine.replace('HMAC-SHA256', 'AWS4-HMAC-SHA256'));
refuses('no region', fine.replace('/cn-beijing', ''));
refuses('the end of another scheme', fine.replace('/request', '/aws4_request'));
refuses('too many parts in the credential', fine.replace('/request', '/request/more'));
refuses('no signed headers', fine.replace('SignedHeaders=host, ', ''));
refuses('a signature that is cut off', fine.slice(0, -1));
refuses('empty', '');

test('times are written and read in the basic form, UTC', () => {
  assert.equal(xDate(new Date('2026-01-02T03:04:05.678Z')), '20260102T030405Z');
  assert.deepEqual(parseXDate('20260102T030405Z'), new Date('2026-01-02T03:04:05Z'));
  for (const text of ['', '2026-01-02T03:04:05Z', '20261302T030405Z', '20260102T030405']) {
    assert.equal(parseXDate(text), undefined, text);
  }
});

test('the time stamp, and the token when one is sent, must be among the signed headers', () => {
  assert.deepEqual(unsignedButRequired({ 'x-date': '' }, ['x-date']), []);
  assert.deepEqual(unsignedButRequired({ 'x-date': '' }, ['host']), ['x-date']);
  assert.deepEqual(unsignedButRequired({ 'X-Security-Token': 't' }, ['host', 'x-date']), ['x-security-token']);
});
