import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CloudError } from '../../../src/core/cloudError';
import { usable } from '../../../src/core/keyRules';
import { keyProblem } from '../../../src/host/accounts/rules';

const account = { name: 'ops', source: 'a file' };
const good = { accessKeyId: 'LTAI5tKey', accessKeySecret: 'CANARYsecret', securityToken: 'CANARYtoken' };
const characters: readonly [name: string, character: string, said: RegExp][] = [
  ['a line feed', '\n', /a line break \(U\+000A\)/],
  ['a carriage return', '\r', /a line break \(U\+000D\)/],
  ['a blank', ' ', /a blank \(U\+0020\)/],
  ['a no-break space', '\u00a0', /a blank \(U\+00A0\)/],
  ['a wide blank', '\u3000', /a blank \(U\+3000\)/],
  ['a zero-width space', '\u200b', /a zero-width space \(U\+200B\)/],
  ['a joiner', '\u200d', /an invisible character \(U\+200D\)/],
  ['a byte order mark', '\ufeff', /U\+FEFF/],
  ['a mark of direction', '\u202e', /an invisible character \(U\+202E\)/],
  ['a null', '\0', /an invisible character \(U\+0000\)/],
  ['a letter beyond ASCII', '\u00e9', /a character beyond ASCII \(U\+00E9\)/],
];

describe('keys that no header can hold', () => {
  for (const [name, character, said] of characters) {
    for (const part of ['accessKeyId', 'accessKeySecret', 'securityToken'] as const)
      test(`${name} in the ${part} is named, and nothing of the rest`, () => {
        const spoiled = `${good[part].slice(0, 6)}${character}${good[part].slice(6)}`;
        assert.throws(
          () => usable({ ...good, [part]: spoiled }, account),
          (error) => {
            assert.ok(CloudError.is(error, 'auth') && error.delivery === 'notSent' && error.advice !== undefined);
            assert.match(error.message, said);
            assert.match(error.message, /"ops"/);
            return !error.message.includes('CANARY') && (character === ' ' || !error.message.includes(character));
          },
        );
      });
    test(`${name} is named when it is typed`, () => assert.match(keyProblem(`a${character}b`, false) ?? '', said));
  }

  test('are trimmed first: they are pasted', () => {
    const pasted = {
      accessKeyId: ' LTAI5tKey\n',
      accessKeySecret: '\tCANARYsecret\r\n',
      securityToken: '\ufeffCANARYtoken ',
    };
    assert.deepEqual(usable(pasted, account), good);
  });
});
