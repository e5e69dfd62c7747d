import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accountName } from '../../../src/core/accountName';
import { nameProblem } from '../../../src/host/accounts/rules';

describe('an account is called', () => {
  function check(name: string, expected: string): void {
    test(JSON.stringify(name), () => assert.equal(accountName(name), expected));
  }
  check('prod', 'prod');
  check('生产 账号', '生产 账号');
  check('👩‍💻 ops', '👩‍💻 ops');
  const nothing = [
    '',
    ' ',
    '\t\n',
    '\u200b',
    '\ufeff',
    '\u3000',
    '\u3164',
    '\u2800',
    '\u{1D159}',
    '\u{13440}',
    '\u00ad',
    '\u{e0020}',
  ];
  for (const name of nothing) check(name, 'unnamed');
  check(nothing.join(''), 'unnamed');
  check('prod\u200b', 'prod\\u{200b}');
  check(' prod', '\\u{20}prod');
  check('prod  ', 'prod\\u{20}\\u{20}');
  check('a  b', 'a\\u{20}\\u{20}b');
  check('a\nb', 'a\\u{a}b');
  check('e\u0301', 'é');
  check('x'.repeat(100), 'x'.repeat(64));
});

test('a name that cannot be seen is not taken for a new account', () => {
  for (const name of ['\u3164', '\u2800', '\u{1D159}', 'prod\u3164', 'a\u00a0b'])
    assert.notEqual(nameProblem(name, []), undefined);
  assert.equal(nameProblem('Head Office', []), undefined);
});
