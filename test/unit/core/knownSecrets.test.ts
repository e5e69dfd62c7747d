import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { dataWithoutSecrets, redacted, withoutSecrets } from '../../../src/core/knownSecrets';

const secret = 'CaN4ry+Se/cret==aB9';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const wrapped = (text: string, width: number, by: string): string =>
  text.match(new RegExp(`.{1,${width}}`, 'g'))?.join(by) ?? '';

/** How a secret comes back from clouds, gateways and logs. */
const spellings: readonly (readonly [name: string, spell: (secret: string) => string])[] = [
  ['in capitals', (s) => s.toUpperCase()],
  ['in small letters', (s) => s.toLowerCase()],
  ['split by a line break', (s) => wrapped(s, 7, '\n')],
  ['split by a line break of Windows, indented', (s) => wrapped(s, 7, '\r\n    ')],
  ['split by a line break within JSON', (s) => wrapped(s, 7, '\\n')],
  ['split by a line break within JSON within JSON', (s) => wrapped(s, 7, '\\\\r\\\\n')],
  ['split by a percent-encoded line break', (s) => (s.match(/.{1,7}/g) ?? []).map(encodeURIComponent).join('%0A')],
  ['split by a line break of XML', (s) => wrapped(s, 7, '&#10;')],
  ['split by a tab', (s) => wrapped(s, 7, '\t')],
  ['split by a line separator', (s) => wrapped(s, 7, '\u2028')],
  ['split by a line break of HTML', (s) => wrapped(s, 7, '<br/>\n')],
  ['with what nobody sees between its characters', (s) => wrapped(s, 1, '\u200b')],
  ['with soft hyphens', (s) => wrapped(s, 7, '\u00ad')],
  ['with every character escaped as in a program', (s) => s.replace(/./g, (c) => `\\x${c.charCodeAt(0).toString(16)}`)],
  ['as Base64', base64],
  ['as Base64 for addresses', (s) => Buffer.from(s).toString('base64url')],
  ['as Base64 behind one more character', (s) => base64(`:${s}`)],
  ['as Base64 behind two more', (s) => base64(`a:${s}`)],
  ['as Base64 within more', (s) => base64(`{"AccessKeySecret":"${s}"}`)],
  ['as Base64 over several lines', (s) => wrapped(base64(s), 10, '\n')],
  ['as percent-encoded Base64', (s) => encodeURIComponent(base64(s))],
  ['as Base64 in capitals', (s) => base64(s).toUpperCase()],
  ['in hexadecimal', (s) => Buffer.from(s).toString('hex')],
  ['in hexadecimal capitals', (s) => Buffer.from(s).toString('hex').toUpperCase()],
  ['percent-encoded in small letters', (s) => encodeURIComponent(s).toLowerCase()],
  ['percent-encoded twice in capitals', (s) => encodeURIComponent(encodeURIComponent(s)).toUpperCase()],
  [
    'as JSON with every character escaped',
    (s) => [...s].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  ],
  ['as a form', (s) => new URLSearchParams({ s }).toString().slice(2)],
];

describe('a known secret is removed', () => {
  for (const [name, spell] of spellings)
    test(name, () => {
      const written = spell(secret);
      const result = withoutSecrets(`x "${written}" y`, [secret]);
      assert.match(result, /^x "[\w%=]*\*\*\*[\w%=]*" y$/);
      assert.ok(!result.includes(written.slice(-12, -6)), result);
    });

  test('in every spelling, whatever it is', () => {
    const keys = fc.stringMatching(/^[A-Za-z0-9+/=_-]{12,60}$/);
    fc.assert(
      fc.property(
        keys,
        fc.constantFrom(...spellings),
        fc.stringMatching(/^[xyz .,]{0,8}$/),
        (key, [, spell], around) => {
          const written = spell(key);
          const result = withoutSecrets(`${around}"${written}"${around}`, [key]);
          return result.includes(redacted) && !result.includes(written);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('several at once, one within the other', () => {
    assert.equal(
      withoutSecrets('a LTAI5tKey-more b LTAI5tKey c', ['LTAI5tKey', 'LTAI5tKey-more']),
      `a ${redacted} b ${redacted} c`,
    );
  });

  test('whatever stands before or behind it', () => {
    for (const before of ['\\', '%', '%2', '&', '&#', '\\u00', '"', '='])
      for (const behind of ['\\', '%', '41', ';', 'n', '"'])
        for (const key of ['nabcdef123', '41abcdef%', 'u0041abcdef'])
          assert.ok(!withoutSecrets(`${before}${key}${behind}`, [key]).includes(key), `${before}${key}${behind}`);
  });

  test('in data, at any depth', () => {
    assert.deepEqual(dataWithoutSecrets({ a: [{ b: `x${secret}` }, 1, null], c: true }, [secret]), {
      a: [{ b: `x${redacted}` }, 1, null],
      c: true,
    });
  });
});

describe('ordinary text stays as it is', () => {
  for (const text of [
    'The specified signature is not matched with our calculation.',
    'a\r\n  b\\n%41 &lt;tag&gt; \\u4e2d 中文 %E4%B8%AD',
    '%',
    '\\',
    '&',
    '%zz&;\\',
  ])
    test(JSON.stringify(text), () => assert.equal(withoutSecrets(text, [secret, 'other-secret']), text));
});

test('a long text takes time in proportion to its length', () => {
  for (const part of [
    '%25',
    '\\',
    '&amp;',
    '\n ',
    '%',
    'a',
    '&#',
    '%E4',
    '\\u004',
    'CaN4ry+Se/cret==aB9',
    base64(secret),
  ]) {
    const time = (length: number): number => {
      const text = part.repeat(length / part.length);
      const started = process.hrtime.bigint();
      withoutSecrets(text, [secret]);
      return Number(process.hrtime.bigint() - started) / 1e6;
    };
    assert.ok(time(1_000_000) < 2_000, part);
  }
});
