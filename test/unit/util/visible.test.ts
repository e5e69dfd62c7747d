import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { visibleText } from '../../../src/util/visible';

const every = function* (pattern: RegExp): Iterable<number> {
  for (let code = 0; code <= 0x10ffff; code++) if (pattern.test(String.fromCodePoint(code))) yield code;
};
const named = (code: number): string => `a\\u{${code.toString(16)}}b`;

describe('what shows as nothing or as a blank is named', () => {
  const check = (what: string, codes: Iterable<number>): void => {
    test(what, () => {
      const shown = [...codes].filter((code) => visibleText(`a${String.fromCodePoint(code)}b`) !== named(code));
      assert.deepEqual(
        shown.map((code) => code.toString(16)),
        [],
      );
    });
  };
  const seen = new Set([0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6dd, 0x70f, 0x890, 0x891, 0x8e2, 0x110bd, 0x110cd]);
  check('controls', every(/\p{Cc}/u));
  check(
    'format characters, save those that are signs of their own',
    [...every(/\p{Cf}/u)].filter((code) => !seen.has(code)),
  );
  check('what Unicode calls ignorable', every(/\p{Default_Ignorable_Code_Point}/u));
  check(
    'every blank but the space, the ideographic one included',
    [...every(/[\p{Zs}\p{Zl}\p{Zp}]/u)].filter((code) => code !== 0x20),
  );
  check('no character at all', [0xffff, 0x1fffe, 0x378, 0xe01f0]);
  check('what fonts draw as they like', [0xe000, 0xf8ff, 0xf0000, 0x10fffd]);
  check('halves of a character', [0xd800, 0xdbff, 0xdc00, 0xdfff]);
  check('hieroglyphs’ controls and blanks', [0x13430, 0x13439, 0x1343f, 0x13440, 0x13441, 0x13442]);
  check('a null notehead, an empty Braille pattern, an object’s place', [0x1d159, 0x2800, 0xfffc]);
  check('joiners of numbers and consonants', [0x1107f, 0x2d7f, 0x16fe4]);
});

describe('what is seen stays as it is', () => {
  for (const text of [
    'web-1 (prod)',
    '服务器 一号',
    'نسخة',
    '\u0601٢',
    'क्\u200dष',
    '👩🏽\u200d💻 ❤\ufe0f 1\ufe0f\u20e3',
    '𓀀 𝄞 ⠿ ␣',
    'e\u0301',
  ]) {
    test(text, () => assert.equal(visibleText(text), text));
  }
});
