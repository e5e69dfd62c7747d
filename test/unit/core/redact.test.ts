import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { maskKeyId, redact, redactData, redacted } from '../../../src/core/redact';

const canary = 'CaN4ry+Se/cret==';

describe('a known secret is removed', () => {
  function check(name: string, written: string): void {
    test(name, () => {
      assert.equal(redact(`before ${written} after`, [canary]), `before ${redacted} after`);
    });
  }
  check('as it is', canary);
  check('percent-encoded', 'CaN4ry%2BSe%2Fcret%3D%3D');
  check('percent-encoded with small letters', 'CaN4ry%2bSe%2fcret%3d%3d');
  check('percent-encoded twice, as in a string to sign', 'CaN4ry%252BSe%252Fcret%253D%253D');
  check('percent-encoded three times', 'CaN4ry%25252BSe%25252Fcret%25253D%25253D');
  check('with slashes escaped in JSON', 'CaN4ry+Se\\/cret==');
  check('with characters spelled out in JSON', 'CaN4ry\\u002bSe\\u002Fcret\\u003d\\u003d');
  check('with characters spelled out in XML', 'CaN4ry&#43;Se&#x2F;cret&#61;&#x3d;');

  test('with quotes, backslashes and line breaks, within JSON within JSON', () => {
    const secret = 'a"b\\c\nd<e>&f\'';
    for (const form of [JSON.stringify(secret), JSON.stringify(JSON.stringify(secret))]) {
      assert.doesNotMatch(redact(form, [secret]), /[b-f]/);
    }
  });

  test('although a shorter secret is a part of it', () => {
    assert.equal(redact('x LTAI5tKey-and-more y', ['LTAI5tKey', 'LTAI5tKey-and-more']), `x ${redacted} y`);
  });

  test('only when it is long enough not to stand for ordinary words', () => {
    assert.equal(redact('the key is 12345', ['key', '', undefined, '12345']), 'the key is 12345');
  });
});

describe('what stands behind a name that marks a secret is removed', () => {
  function check(name: string, text: string, expected: string): void {
    test(name, () => assert.equal(redact(text), expected));
  }
  check('a JSON field', '{"ActivationCode": "a-b\\"c", "x": 1}', '{"ActivationCode": "***", "x": 1}');
  check('a JSON field in any case', '{"securityToken":"abc"}', '{"securityToken":"***"}');
  check(
    'JSON within JSON',
    '{"m":"{\\"Password\\":\\"a\\\\\\"b\\",\\"x\\":1}"}',
    '{"m":"{\\"Password\\":\\"***\\",\\"x\\":1}"}',
  );
  check('an XML element', '<ActivationCode>a-b</ActivationCode>', '<ActivationCode>***</ActivationCode>');
  check('an XML section', '<Password><![CDATA[a<b]]></Password>', '<Password><![CDATA[***]]></Password>');
  check('a number', '{"Password": 12345678, "x": 1}', '{"Password": "***", "x": 1}');
  check('a list', '{"AccessKeySecret":["abc", "d]e"],"x":["y"]}', '{"AccessKeySecret":["***"],"x":["y"]}');
  check(
    'a field that was cut off',
    '{"AccessKeySecret":"a","SecurityToken":"CAISthe',
    '{"AccessKeySecret":"***","SecurityToken":"***"',
  );
  check('a field cut off within an escape', '{"SecurityToken":"CAIS\\', '{"SecurityToken":"***"');
  check('a list with other things in it', '{"Signature":["a",null],"x":1}', '{"Signature":["***",null],"x":1}');
  check('an element that was cut off', '<A><SecurityToken>CAISthe', '<A><SecurityToken>***');
  check('an element cut off in its end', '<SecurityToken>CAIS</Secu', '<SecurityToken>***</Secu');
  check('a section that was cut off', '<Password><![CDATA[a<b', '<Password><![CDATA[***');
  check('a line of a profile', 'secret_access_key = abc\nregion = x', 'secret_access_key = ***\nregion = x');
  check('a quoted value', "SecurityToken='a b', x='y'", "SecurityToken=***, x='y'");
  check('a quoted value that was cut off', 'export SecretKey="a b', 'export SecretKey=***');
  check('a query', 'GET /?Action=A&Signature=ab%2Bc%3D&Version=1', 'GET /?Action=A&Signature=***&Version=1');
  check('a header', 'Authorization: Bearer abc.def', 'Authorization: Bearer ***');
  check('a proxy header', 'Proxy-Authorization: Basic dXNlcjpwYXNz', 'Proxy-Authorization: Basic ***');
  check('a password in an address', 'http://user:pa55@proxy:8080 failed', 'http://user:***@proxy:8080 failed');
  check(
    'the string to sign that SignatureDoesNotMatch echoes',
    'server string to sign is:POST&%2F&AccessKeyId%3DSTS.abc%26Action%3DX%26SecurityToken%3DCAIS%252Babc%253D%26Version%3D1',
    'server string to sign is:POST&%2F&AccessKeyId%3DSTS.abc%26Action%3DX%26SecurityToken%3D***%26Version%3D1',
  );
  check(
    'the canonical request that IncompleteSignature echoes, inside JSON',
    '{"Message":"POST\\n/\\nhost:ecs\\nx-acs-security-token:CAIS+a\\/b==\\nx-acs-version:1\\n"}',
    '{"Message":"POST\\n/\\nhost:ecs\\nx-acs-security-token:***\\nx-acs-version:1\\n"}',
  );
});

describe('ordinary text is left alone', () => {
  for (const text of [
    'The specified signature is not matched with our calculation.',
    '{"SignatureMethod":"HMAC-SHA1","SignatureNonce":"1","InstanceName":"password-server"}',
    'SignedHeaders=host;x-acs-action;x-acs-security-token,x',
    '{"ActivationCode":"","Password":null,"SecretKey":[]}',
    '<ActivationCode></ActivationCode><Password/>',
    'https://ecs.cn-hangzhou.aliyuncs.com:443/?RegionId=cn-hangzhou',
    'ops@example.com wrote: see http://host:80/a and b@c',
    '中文 “授权码” 100% & more; a=b',
    '{"Message":"Authorization must be acs <AccessKeyId>:<Signature>.","Code":"X","HostId":"h"}',
    '{"Description":"use <Password> here","InstanceId":"i-1"}',
    '{"Description":"Password: ","InstanceId":"i-1"}',
    "{'Description':'Password=','InstanceId':'i-1'}",
    '{"Signature":[null,{"a":1}]}',
  ]) {
    test(text, () => assert.equal(redact(text), text));
  }
});

/** How a secret can be written on its way through clouds, gateways and logs. */
const spellings: readonly ((secret: string) => string)[] = [
  (s) => s,
  (s) => encodeURIComponent(s),
  (s) => encodeURIComponent(encodeURIComponent(s)),
  (s) => encodeURIComponent(s).replace(/%../g, (hex) => hex.toLowerCase()),
  (s) => JSON.stringify(s),
  (s) => JSON.stringify({ message: JSON.stringify({ value: s }) }),
  (s) => encodeURIComponent(JSON.stringify(s)),
  (s) => s.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`),
  (s) => `<Token>${s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</Token>`,
];

/** Text without the secret's own characters, so that nothing of it can be there by chance. */
const surroundings = fc.stringMatching(/^[xyz .,]{0,20}$/);
const secrets = fc.oneof(
  fc.stringMatching(/^[A-W0-9]{1,4}[A-W0-9+/=]{6,40}$/),
  fc.string({ unit: 'grapheme', minLength: 6, maxLength: 30 }),
  fc
    .array(fc.constantFrom('\\', '"', '%', '&', '+', '<', "'", '\n', 'A', '密', '😀'), { minLength: 6, maxLength: 12 })
    .map((p) => p.join('')),
);

test('no spelling of an arbitrary secret survives, wherever it stands', () => {
  fc.assert(
    fc.property(surroundings, secrets, surroundings, fc.constantFrom(...spellings), (before, secret, after, spell) => {
      const written = spell(secret);
      const result = redact(`${before}${written}${after}`, [secret]);
      assert.ok(!result.includes(written) && result.includes(redacted), `${written} → ${result}`);
      for (let start = 0; start + 6 <= secret.length; start++) {
        const part = secret.slice(start, start + 6);
        // A secret that repeats itself can have a part that also stands in what replaced it or around it.
        if (/[^*xyz .,"\\<>/]/.test(part)) assert.ok(!result.includes(part), `${part} of ${secret} in ${result}`);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a long text full of escapes is looked through quickly', () => {
  const started = process.hrtime.bigint();
  redact('\\'.repeat(200_000) + '%25'.repeat(100_000), ['"secret+with\\\\all"', '+++++++']);
  assert.ok(process.hrtime.bigint() - started < 2_000_000_000n);
});

test('data is redacted by field name and by text, and stays data', () => {
  const data = {
    Name: 'x Password=a"b',
    Nested: [{ ActivationCode: 'abc', Count: 3, Empty: null }, 'SecurityToken=t&x=1'],
    Password: '',
    SecretKey: ['abc', ''],
    StsToken: 12,
  };
  assert.deepEqual(redactData(data), {
    Name: 'x Password=***"b',
    Nested: [{ ActivationCode: '***', Count: 3, Empty: null }, 'SecurityToken=***&x=1'],
    Password: '',
    SecretKey: ['***', ''],
    StsToken: '***',
  });
});

test('an access key id can be told from others and not be read', () => {
  assert.equal(maskKeyId('LTAI5tAbCdEfGhIjKlMn'), 'LTAI…lMn');
  assert.equal(maskKeyId('short'), redacted);
});
