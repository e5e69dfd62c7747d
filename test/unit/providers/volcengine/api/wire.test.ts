import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CloudError, type Delivery, type Reason } from '../../../../../src/core/cloudError';
import type { Operation } from '../../../../../src/core/operation';
import { parseParams } from '../../../../../src/core/unflatten';
import type { AnswerError } from '../../../../../src/core/wire';
import { volcengineWire } from '../../../../../src/providers/volcengine/api/wire';
import {
  deleteInstance,
  deleteInstances,
  describeInstances,
} from '../../../../../src/providers/volcengine/instance/operations';
import { describeRegions } from '../../../../../src/providers/volcengine/regions';

function fixture(name: string): string {
  return readFileSync(new URL(`../../../../fixtures/volcengine/${name}`, import.meta.url), 'utf8');
}

function encode(operation: Operation, params: Record<string, unknown>, region: string | undefined = 'cn-beijing') {
  const http = volcengineWire.encode({
    operation,
    params,
    region,
    endpoint: 'https://open.volcengineapi.com',
    credentials: { accessKeyId: 'AKLT1', accessKeySecret: 'not a secret' },
    format: 'xml',
    now: new Date('2026-11-21T09:00:00Z'),
    nonce: 'unused',
  });
  return { ...http, query: Object.fromEntries(new URL(http.url).searchParams) };
}

test("the request for the page's sample has the parameters of the page", () => {
  const line = fixture('deleteInstances.request.txt').split(' ')[1] ?? '';
  const shown = Object.fromEntries(new URL(line, 'https://open.volcengineapi.com').searchParams);
  const ours = encode(deleteInstances, { InstanceIds: ['i-ybo349sxoncm9t******', 'i-ybo349sxolcm9t******'] });
  assert.deepEqual(ours.query, shown);
  assert.equal(ours.method, 'GET');
  assert.equal(ours.body, undefined);
  assert.equal(ours.headers['host'], 'open.volcengineapi.com');
});

test('the region travels in the scope of the signature and nowhere else', () => {
  const { url, headers } = encode(describeInstances, { MaxResults: 100 }, 'cn-guangzhou');
  assert.match(headers['authorization'] ?? '', /Credential=AKLT1\/20261121\/cn-guangzhou\/ecs\/request,/);
  assert.ok(!url.includes('guangzhou'));
  assert.deepEqual(volcengineWire.withRegion(describeInstances, { MaxResults: 1 }, 'cn-guangzhou'), { MaxResults: 1 });
});

test('a region parameter is refused before anything is sent', () => {
  for (const name of ['RegionId', 'Region']) {
    assert.throws(
      () => volcengineWire.withRegion(describeInstances, { [name]: 'cn-beijing' }, 'cn-beijing'),
      (error) => CloudError.is(error, 'invalid') && error.delivery === 'notSent',
    );
  }
});

test('a call without a region is not signed', () => {
  const request = {
    operation: describeInstances,
    params: {},
    region: undefined,
    endpoint: 'https://open.volcengineapi.com',
    credentials: { accessKeyId: 'AKLT1', accessKeySecret: 'not a secret' },
    format: 'json' as const,
    now: new Date(0),
    nonce: '',
  };
  assert.throws(
    () => volcengineWire.encode(request),
    (error) => CloudError.is(error, 'invalid') && error.delivery === 'notSent',
  );
});

function roundTrip(operation: Operation, params: Record<string, unknown>): void {
  test(`${operation.action} parameters come back from the wire in the shape they had: ${Object.keys(params).join(', ')}`, () => {
    const { Action, Version, ...flat } = encode(operation, params).query;
    assert.deepEqual([Action, Version], [operation.action, '2020-04-01']);
    assert.deepEqual(operation.params.parse(parseParams(operation, flat)), params);
  });
}

roundTrip(describeRegions, { MaxResults: 20, NextToken: 'a+b/c=', RegionIds: ['cn-beijing'] });
roundTrip(describeInstances, { InstanceIds: Array.from({ length: 12 }, (_, n) => `i-${n}`), MaxResults: 100 });
roundTrip(describeInstances, {
  Status: 'STOPPED',
  TagFilters: [{ Key: '环境', Values: ['生产', ''] }, { Key: 'any' }],
});
roundTrip(describeInstances, { DeploymentSetGroupNumbers: [1, 7], InstanceChargeType: 'PrePaid' });
roundTrip(deleteInstances, { InstanceIds: ['i-1'], ClientToken: 'token' });
roundTrip(deleteInstance, { InstanceId: 'i-1', DryRun: true });

function refusesParams(name: string, operation: Operation, params: Record<string, unknown>): void {
  test(`${operation.action} refuses ${name}`, () => assert.equal(operation.params.safeParse(params).success, false));
}

const tooMany = Array.from({ length: 101 }, (_, n) => `i-${n}`);
refusesParams('a missing list', deleteInstances, {});
refusesParams('an empty list', deleteInstances, { InstanceIds: [] });
refusesParams('an empty id', deleteInstances, { InstanceIds: [''] });
refusesParams('101 ids', deleteInstances, { InstanceIds: tooMany });
refusesParams('Force, which this cloud does not have', deleteInstances, { InstanceIds: ['i-1'], Force: true });
refusesParams('DryRun, which only DeleteInstance has', deleteInstances, { InstanceIds: ['i-1'], DryRun: true });
refusesParams('a token of 65 characters', deleteInstances, { InstanceIds: ['i-1'], ClientToken: 'x'.repeat(65) });
refusesParams('a token that is not ASCII', deleteInstances, { InstanceIds: ['i-1'], ClientToken: '令牌' });
refusesParams('a missing id', deleteInstance, { DryRun: true });
refusesParams('101 ids', describeInstances, { InstanceIds: tooMany });
refusesParams('a page of 101', describeInstances, { MaxResults: 101 });
refusesParams('an unknown status', describeInstances, { Status: 'Running' });
refusesParams('four values of a tag', describeInstances, { TagFilters: [{ Key: 'k', Values: ['1', '2', '3', '4'] }] });
refusesParams('a region parameter', describeInstances, { RegionId: 'cn-beijing' });
refusesParams('a page of 21', describeRegions, { MaxResults: 21 });

interface Body {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function decode(operation: Operation, { status = 200, headers = {}, body }: Body) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return volcengineWire.decode(operation, { status, headers, body: text });
}

const metadata = {
  RequestId: 'req-1',
  Action: 'DeleteInstances',
  Version: '2020-04-01',
  Service: 'ecs',
  Region: 'cn-beijing',
};

/**
 * The JSON of the vendor's page is malformed: the first `Error` object lacks its closing brace. It is put back here,
 * and the fixture stays as published.
 */
function repairedPageSample(): string {
  const published = fixture('deleteInstances.page.txt');
  assert.throws(() => JSON.parse(published), SyntaxError);
  return published.replace(/(does not support this request\.")(\s*\},)/, '$1 }$2');
}

test("the page's sample answer, its missing brace put back, decodes field by field", () => {
  const answer = decode(deleteInstances, { body: repairedPageSample() });
  assert.ok(answer.ok);
  assert.equal(answer.requestId, '2021062415303301022514515207C4****');
  assert.deepEqual(deleteInstances.response.parse(answer.value), {
    OperationDetails: [
      {
        InstanceId: 'i-ybo349sxoncm9t******',
        Error: {
          Code: 'InvalidInstanceStatus',
          Message: 'The status of the specified instance does not support this request.',
        },
      },
      {
        InstanceId: 'i-ybo349sxolcm9t******',
        Error: { Code: 'InvalidInstance.NotFound', Message: 'The specified instance does not exist.' },
      },
    ],
  });
});

test("the page's sample as published is reported as damaged, with the deletion possibly carried out", () => {
  assert.throws(
    () => decode(deleteInstances, { body: fixture('deleteInstances.page.txt') }),
    (error) => CloudError.is(error, 'unexpectedAnswer') && error.delivery === 'unknown',
  );
});

test('an operation without data succeeds with an empty or an absent result', () => {
  const action = { ...metadata, Action: 'DeleteInstance' };
  for (const body of [
    fixture('deleteInstance.json'),
    { ResponseMetadata: action },
    { ResponseMetadata: action, Result: null },
  ]) {
    const answer = decode(deleteInstance, { body });
    assert.ok(answer.ok && deleteInstance.response.safeParse(answer.value).success);
  }
});

test('a list answer without a result is no empty list', () => {
  const answer = decode(describeInstances, {
    body: { ResponseMetadata: { ...metadata, Action: 'DescribeInstances' } },
  });
  assert.ok(answer.ok);
  assert.equal(describeInstances.response.safeParse(answer.value).success, false);
});

function refusal(name: string, body: Body, expected: Partial<AnswerError>): void {
  test(`a refusal is read: ${name}`, () => {
    const answer = decode(deleteInstances, body);
    assert.ok(!answer.ok, 'was read as a success');
    for (const [key, value] of Object.entries(expected))
      assert.equal(answer.error[key as keyof AnswerError], value, key);
  });
}

function failing(error: unknown) {
  return { ResponseMetadata: { ...metadata, Error: error } };
}

refusal(
  'with its HTTP status',
  { status: 400, body: failing({ CodeN: 0, Code: 'InvalidArgument', Message: 'Bad.' }) },
  { code: 'InvalidArgument', message: 'Bad.', requestId: 'req-1', retryAfterMs: undefined, permission: undefined },
);
refusal(
  'inside HTTP 200',
  { body: failing({ Code: 'InvalidArgument', Message: 'Bad.' }) },
  { code: 'InvalidArgument' },
);
refusal(
  'beside a result',
  { body: { ...failing({ Code: 'InternalError', Message: 'm' }), Result: { OperationDetails: [] } } },
  { code: 'InternalError' },
);
refusal(
  'by number only',
  { status: 401, body: failing({ CodeN: 100009, Code: '', Message: 'm' }) },
  { code: '100009' },
);
refusal('without a code', { status: 500, body: failing({ Message: 'm' }) }, { code: 'HTTP 500', message: 'm' });
refusal('empty inside HTTP 200', { body: failing({}) }, { code: 'HTTP 200' });
refusal(
  'in the older shape',
  { status: 403, body: { HTTPCode: 403, errorcode: 'AccessDenied', message: 'No.' } },
  { code: 'AccessDenied', message: 'No.', requestId: undefined },
);
refusal(
  'in the older shape inside HTTP 200',
  { body: { HTTPCode: 500, errorcode: 'InternalError' } },
  { code: 'InternalError' },
);
refusal(
  'that names the missing permission',
  {
    status: 403,
    body: failing({
      CodeN: 100013,
      Code: 'AccessDenied',
      Message: 'User is not authorized to perform: iam:PassRole on resource: trn:ecs:cn-beijing:2100000000:instance/*',
    }),
  },
  { permission: 'iam:PassRole' },
);
refusal(
  'that is still being processed, to be asked again after a while',
  { status: 412, body: failing({ Code: 'IdempotentProcessing', Message: 'm' }) },
  { code: 'IdempotentProcessing', retryAfterMs: 2000 },
);
refusal(
  'with the wait a gateway asks for',
  { status: 429, headers: { 'retry-after': '7' }, body: failing({ Code: 'FlowLimitExceeded', Message: 'm' }) },
  { retryAfterMs: 7000 },
);
refusal(
  'behind a byte order mark',
  { status: 400, body: `\uFEFF${JSON.stringify(failing({ Code: 'X' }))}` },
  { code: 'X' },
);

interface NoAnswer {
  readonly operation?: Operation;
  readonly reason: Reason;
  readonly delivery: Delivery;
  readonly says?: RegExp;
}

function noAnswer(
  name: string,
  body: Body,
  { operation = deleteInstances, reason, delivery, says = /DeleteInstances/ }: NoAnswer,
): void {
  test(`no answer of the cloud: ${name}`, () => {
    assert.throws(
      () => decode(operation, body),
      (error) => {
        assert.ok(CloudError.is(error));
        assert.deepEqual([error.reason, error.delivery, error.status], [reason, delivery, body.status ?? 200]);
        assert.match(error.message, says);
        assert.ok(error.message.length < 200 && !error.message.includes('canary'), error.message);
        assert.ok(error.advice !== undefined);
        return true;
      },
    );
  });
}

const page = '<!DOCTYPE html><html><title>canary</title><body>Sign in, canary</body></html>';
const lost = { reason: 'unexpectedAnswer', delivery: 'unknown' } as const;
noAnswer('a sign-in page with HTTP 200', { body: page }, { ...lost, says: /web page/ });
noAnswer('a redirect', { status: 302, body: page }, { ...lost });
noAnswer('an empty body', { body: '' }, { ...lost, says: /empty/ });
noAnswer('JSON that is cut off', { body: '{"ResponseMetadata":{"RequestId":"canary"' }, { ...lost, says: /cut off/ });
noAnswer('XML', { body: '<?xml version="1.0"?><a>canary</a>' }, { ...lost, says: /not JSON/ });
noAnswer('a JSON list', { body: '["canary"]' }, { ...lost });
noAnswer("somebody else's JSON", { body: { status: 'ok', token: 'canary' } }, { ...lost, says: /request id/ });
noAnswer('no request id', { body: { ResponseMetadata: { Action: 'DeleteInstances' }, Result: {} } }, { ...lost });
noAnswer(
  'the answer to another call',
  { body: { ResponseMetadata: { ...metadata, Action: 'DescribeInstances' }, Result: {} } },
  { ...lost, says: /another call/ },
);
noAnswer(
  'an error status without an error',
  { status: 500, body: { ResponseMetadata: metadata } },
  { reason: 'server', delivery: 'unknown' },
);
noAnswer('a gateway that is down', { status: 503, body: page }, { reason: 'server', delivery: 'unknown' });
noAnswer('a gateway that gave up, empty', { status: 504, body: '' }, { reason: 'server', delivery: 'unknown' });
noAnswer('a proxy that refuses', { status: 403, body: page }, { reason: 'unexpectedAnswer', delivery: 'answered' });
noAnswer('a time-out at a proxy', { status: 408, body: '' }, { ...lost });
noAnswer('a gateway that throttles', { status: 429, body: 'slow down' }, { reason: 'throttled', delivery: 'answered' });
