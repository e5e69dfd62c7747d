import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudError, type Delivery, type Reason } from '../../../../../src/core/cloudError';
import type { HttpResponse } from '../../../../../src/core/http';
import type { Operation } from '../../../../../src/core/operation';
import type { AnswerError, WireRequest } from '../../../../../src/core/wire';
import { getCallerIdentity } from '../../../../../src/providers/alibaba/api/identity';
import { alibabaWire } from '../../../../../src/providers/alibaba/api/wire';
import { deleteInstances, describeInstances } from '../../../../../src/providers/alibaba/instance/operations';
import {
  deregisterManagedInstance,
  describeManagedInstances,
} from '../../../../../src/providers/alibaba/managedInstance/operations';
import { describeRegions } from '../../../../../src/providers/alibaba/regions';

const request: WireRequest = {
  operation: describeManagedInstances,
  params: {},
  region: 'cn-beijing',
  endpoint: 'https://ecs.cn-beijing.aliyuncs.com',
  credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
  format: 'json',
  now: new Date('2026-01-02T03:04:05.678Z'),
  nonce: 'nonce-0001',
};

test('a request is a POST with an empty body and every parameter in the query', () => {
  const sent = alibabaWire.encode({ ...request, params: { MaxResults: 50 } });
  assert.equal(sent.method, 'POST');
  assert.equal(sent.body, undefined);
  assert.equal(sent.url, 'https://ecs.cn-beijing.aliyuncs.com/?MaxResults=50&RegionId=cn-beijing');
  // The authorization is vector V3-F, produced by the official SDK core.
  assert.deepEqual(sent.headers, {
    accept: 'application/json',
    host: 'ecs.cn-beijing.aliyuncs.com',
    'x-acs-action': 'DescribeManagedInstances',
    'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-acs-date': '2026-01-02T03:04:05Z',
    'x-acs-signature-nonce': 'nonce-0001',
    'x-acs-version': '2014-05-26',
    authorization:
      'ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=5a263987e31daf72c85e2dab06e7914ac2813a18c5c0e37a8bf648d52d16d77e',
  });
});

test('a security token travels in signed headers, never in the address', () => {
  const credentials = { ...request.credentials, securityToken: 'sts/token+abc==' };
  const sent = alibabaWire.encode({ ...request, credentials });
  assert.equal(sent.headers['x-acs-security-token'], 'sts/token+abc==');
  assert.equal(sent.headers['x-acs-accesskey-id'], 'testid');
  assert.match(sent.headers['authorization'] ?? '', /;x-acs-security-token;/);
  assert.doesNotMatch(sent.url, /sts/);
});

test('an answer in XML is asked for by header and parameter', () => {
  const sent = alibabaWire.encode({ ...request, format: 'xml' });
  assert.equal(sent.headers['accept'], 'application/xml');
  assert.match(sent.url, /\?Format=XML&RegionId=cn-beijing$/);
});

test('the address is encoded as strictly as what is signed', () => {
  const sent = alibabaWire.encode({ ...request, params: { InstanceName: "a b*~+/%!'()测" } });
  assert.match(sent.url, /InstanceName=a%20b%2A~%2B%2F%25%21%27%28%29%E6%B5%8B&/);
});

test('lists are numbered from one and what is not given is not sent', () => {
  const params = { InstanceId: ['i-1', 'i-2'], Force: false, ClientToken: undefined, Tag: [] };
  const sent = alibabaWire.encode({ ...request, operation: deleteInstances, params });
  assert.match(sent.url, /\?Force=false&InstanceId.1=i-1&InstanceId.2=i-2&RegionId=cn-beijing$/);
});

test('an operation without region and parameters has no query', () => {
  const sent = alibabaWire.encode({
    ...request,
    operation: getCallerIdentity,
    region: undefined,
    endpoint: 'https://sts.aliyuncs.com',
  });
  assert.equal(sent.url, 'https://sts.aliyuncs.com/');
  assert.equal(sent.headers['x-acs-version'], '2015-04-01');
});

test('a private endpoint with a port is the signed host', () => {
  const sent = alibabaWire.encode({ ...request, endpoint: 'http://127.0.0.1:8080/' });
  assert.equal(sent.headers['host'], '127.0.0.1:8080');
  assert.match(sent.url, /^http:\/\/127\.0\.0\.1:8080\/\?/);
});

test('the region parameter comes from the region of the call', () => {
  const given = { RegionId: 'cn-beijing' };
  assert.deepEqual(alibabaWire.withRegion(describeInstances, {}, 'cn-beijing'), given);
  assert.deepEqual(alibabaWire.withRegion(describeInstances, given, 'cn-beijing'), given);
  assert.deepEqual(alibabaWire.withRegion(describeRegions, {}, 'cn-beijing'), {});
  assert.deepEqual(alibabaWire.withRegion(describeInstances, {}, undefined), {});
});

test('two different regions are refused before anything is sent', () => {
  const contradicts = (error: unknown) =>
    CloudError.is(error, 'invalid') && error.delivery === 'notSent' && /two different regions/.test(error.message);
  const params = { RegionId: 'cn-hangzhou' };
  assert.throws(() => alibabaWire.withRegion(describeInstances, params, 'cn-beijing'), contradicts);
  assert.throws(() => alibabaWire.withRegion(describeInstances, params, undefined), contradicts);
  assert.throws(() => alibabaWire.encode({ ...request, params }), contradicts);
});

function answer(body: string, status = 200, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers, body };
}

function checkError(name: string, response: HttpResponse, expected: Partial<AnswerError>): void {
  test(`refusal: ${name}`, () => {
    const decoded = alibabaWire.decode(deregisterManagedInstance, response);
    assert.ok(!decoded.ok);
    const said = Object.fromEntries(Object.entries(decoded.error).filter(([, value]) => value !== undefined));
    assert.deepEqual(said, expected);
  });
}

const envelope = {
  RequestId: 'R-1',
  HostId: 'ecs.cn-hangzhou.aliyuncs.com',
  Code: 'InvalidInstance.NotFound',
  Message: 'The specified instance id does not exist.',
  Recommend: 'https://api.aliyun.com/troubleshoot?q=InvalidInstance.NotFound',
};
const said = {
  code: 'InvalidInstance.NotFound',
  message: 'The specified instance id does not exist.',
  requestId: 'R-1',
  recommend: 'https://api.aliyun.com/troubleshoot?q=InvalidInstance.NotFound',
};

checkError('the usual envelope', answer(JSON.stringify(envelope), 404), said);
checkError('small initials', answer(JSON.stringify({ requestId: 'R-1', code: 'X.Y', message: 'No.' }), 400), {
  code: 'X.Y',
  message: 'No.',
  requestId: 'R-1',
});
checkError(
  'XML',
  answer(
    '<?xml version="1.0" encoding="UTF-8"?><Error><RequestId>R-1</RequestId><HostId>h</HostId><Code>X.Y</Code><Message>a &lt; b</Message></Error>',
    403,
    { 'content-type': 'text/xml;charset=utf-8' },
  ),
  { code: 'X.Y', message: 'a < b', requestId: 'R-1' },
);
checkError('an envelope under status 200', answer(JSON.stringify(envelope), 200), said);
checkError(
  'the request id only in the header',
  answer('{"Code":"X","Message":"m"}', 400, { 'x-acs-request-id': 'R-2' }),
  {
    code: 'X',
    message: 'm',
    requestId: 'R-2',
  },
);
checkError('no message', answer('{"Code":"X","RequestId":"R-1"}', 400), { code: 'X', message: 'X', requestId: 'R-1' });
checkError('a code that is a number', answer('{"code":403,"message":"m"}', 403), { code: '403', message: 'm' });
checkError(
  'a recommendation that is no web address is left out',
  answer('{"Code":"X","Message":"m","Recommend":"javascript:x"}', 400),
  {
    code: 'X',
    message: 'm',
  },
);
checkError(
  'a denial names the permission',
  answer(
    JSON.stringify({
      Code: 'Forbidden.RAM',
      Message: 'm',
      RequestId: 'R-1',
      AccessDeniedDetail: {
        AuthAction: 'ecs:DeregisterManagedInstance',
        PolicyType: 'AccountLevelIdentityBasedPolicy',
      },
    }),
    403,
  ),
  { code: 'Forbidden.RAM', message: 'm', requestId: 'R-1', permission: 'ecs:DeregisterManagedInstance' },
);

checkError(
  "the server's string to sign, which holds the token, is cut off",
  answer(
    JSON.stringify({
      Code: 'SignatureDoesNotMatch',
      Message:
        'Specified signature is not matched with our calculation. server string to sign is:POST&%2F&SecurityToken%3Dcanary%26X%3D1',
    }),
    400,
  ),
  {
    code: 'SignatureDoesNotMatch',
    message: 'Specified signature is not matched with our calculation. server string to sign is: …',
  },
);
checkError(
  'a token elsewhere in a message is removed',
  answer('{"Code":"X","Message":"bad header x-acs-security-token: canary123 here"}', 400),
  { code: 'X', message: 'bad header x-acs-security-token: *** here' },
);

const throttled = '{"Code":"Throttling.User","Message":"m","RequestId":"R-1"}';
const throttledSaid = { code: 'Throttling.User', message: 'm', requestId: 'R-1' };
checkError('the wait in milliseconds', answer(throttled, 400, { 'x-acs-retry-after': '1500' }), {
  ...throttledSaid,
  retryAfterMs: 1500,
});
checkError('the wait in seconds', answer(throttled, 429, { 'retry-after': '2' }), {
  ...throttledSaid,
  retryAfterMs: 2000,
});
checkError(
  "the wait until a time by the server's clock",
  answer(throttled, 429, { 'retry-after': 'Fri, 02 Jan 2026 03:04:15 GMT', date: 'Fri, 02 Jan 2026 03:04:05 GMT' }),
  { ...throttledSaid, retryAfterMs: 10_000 },
);
checkError(
  'a wait that makes no sense',
  answer(throttled, 429, { 'x-acs-retry-after': 'soon', 'retry-after': 'later' }),
  throttledSaid,
);

function checkSuccess(name: string, body: string, value: unknown): void {
  test(`success: ${name}`, () => {
    assert.deepEqual(alibabaWire.decode(describeManagedInstances, answer(body)), { ok: true, requestId: 'R-1', value });
  });
}

checkSuccess('JSON', '{"RequestId":"R-1","New":{"x":1}}', { RequestId: 'R-1', New: { x: 1 } });
checkSuccess('JSON behind a byte order mark', '\uFEFF{"RequestId":"R-1"}', { RequestId: 'R-1' });
checkSuccess(
  'XML whatever was asked',
  '<DescribeManagedInstancesResponse><RequestId>R-1</RequestId><N>1</N></DescribeManagedInstancesResponse>',
  {
    RequestId: 'R-1',
    N: '1',
  },
);
checkSuccess('small initials', '{"requestId":"R-1"}', { requestId: 'R-1' });
checkSuccess('a code that says success', '{"RequestId":"R-1","Code":"200"}', { RequestId: 'R-1', Code: '200' });

interface Thrown {
  readonly reason: Reason;
  readonly delivery: Delivery;
  readonly message: RegExp;
}

function checkThrown(
  name: string,
  response: HttpResponse,
  expected: Thrown,
  operation: Operation = deleteInstances,
): void {
  test(`not the cloud's answer: ${name}`, () => {
    assert.throws(
      () => alibabaWire.decode(operation, response),
      (error: unknown) => {
        assert.ok(CloudError.is(error));
        assert.equal(error.reason, expected.reason);
        assert.equal(error.delivery, expected.delivery);
        assert.equal(error.status, response.status);
        assert.match(error.message, expected.message);
        assert.ok(error.advice !== undefined && error.advice.length > 20);
        assert.ok(error.message.length < 250, 'the message must not carry the page');
        return true;
      },
    );
  });
}

const portal = `<!DOCTYPE html><html><head><title> Sign in to Wi-Fi </title></head><body>${'x'.repeat(5000)}</body></html>`;
const lost = { reason: 'unexpectedAnswer', delivery: 'unknown' } as const;
checkThrown('a sign-in page with status 200', answer(portal), {
  ...lost,
  message: /web page arrived \(HTTP 200\): "Sign in to Wi-Fi"/,
});
checkThrown('a page without a title', answer('<html><body>x</body></html>'), {
  ...lost,
  message: /web page arrived \(HTTP 200\)\.$/,
});
checkThrown('a title with a key in it', answer('<html><title>AccessKeySecret=abcdef123456</title></html>'), {
  ...lost,
  message: /"AccessKeySecret=\*\*\*"/,
});
checkThrown('an empty body', answer(''), { ...lost, message: /was empty \(HTTP 200\)/ });
checkThrown(
  'JSON that is cut off',
  answer('{"RequestId":"R-1","Instances":[{"Insta', 200, { 'content-type': 'application/json;charset=utf-8' }),
  {
    ...lost,
    message: /cut off .* 39 characters of application\/json \(HTTP 200\)/,
  },
);
checkThrown('XML that is cut off', answer('<DeleteInstancesResponse><RequestId>R-1</RequestId>'), {
  ...lost,
  message: /cut off/,
});
checkThrown('XML with a document type', answer('<!DOCTYPE x [<!ENTITY y "z">]><x><RequestId>R-1</RequestId></x>'), {
  ...lost,
  message: /neither JSON nor XML/,
});
checkThrown('no request id', answer('{"hello":"world"}'), { ...lost, message: /no request id/ });
checkThrown('a JSON list', answer('[]'), { ...lost, message: /neither JSON nor XML/ });
checkThrown('plain text', answer('OK'), { ...lost, message: /2 characters of an unnamed type/ });
checkThrown('a redirect', answer('', 302), { ...lost, message: /HTTP 302/ });
checkThrown('a gateway page with 502', answer('<html><title>502 Bad Gateway</title></html>', 502), {
  reason: 'server',
  delivery: 'unknown',
  message: /HTTP 502/,
});
checkThrown('an empty 503', answer('', 503), { reason: 'server', delivery: 'unknown', message: /HTTP 503/ });
checkThrown('JSON without a code under 500', answer('{"error":"x"}', 500), {
  reason: 'server',
  delivery: 'unknown',
  message: /without an error code/,
});
checkThrown('a page with 429', answer('<html></html>', 429), {
  reason: 'throttled',
  delivery: 'answered',
  message: /HTTP 429/,
});
checkThrown('a proxy that wants a password', answer('<html></html>', 407), {
  reason: 'unexpectedAnswer',
  delivery: 'answered',
  message: /HTTP 407/,
});
checkThrown('a time-out of a proxy', answer('<html></html>', 408), { ...lost, message: /HTTP 408/ });

test('advice tells a lost change from a lost read', () => {
  const adviceOf = (operation: Operation): string => {
    try {
      alibabaWire.decode(operation, answer(portal));
    } catch (error) {
      return CloudError.is(error) ? (error.advice ?? '') : '';
    }
    return '';
  };
  assert.match(adviceOf(deleteInstances), /may have been carried out/);
  assert.match(adviceOf(describeInstances), /sign-in page/);
});
