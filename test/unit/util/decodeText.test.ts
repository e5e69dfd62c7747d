import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeText, isBinary } from '../../../src/util/decodeText';

const text = '{"名":"生产 😀"}';
const utf16 = Buffer.from(text, 'utf16le');
const swapped = Buffer.from(utf16).swap16();

describe('text of others', () => {
  const check = (what: string, bytes: Uint8Array, expected = text): void =>
    void test(what, () => assert.equal(decodeText(bytes), expected));
  check('in UTF-8', Buffer.from(text));
  check('in UTF-8 with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]));
  check('in UTF-16, as PowerShell writes it', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]));
  check('in UTF-16 of the other order', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]));
  check('that is a part of larger memory', new Uint8Array(Buffer.from(`xx${text}xx`)).subarray(2, -2));
  check('that is empty', Buffer.alloc(0), '');
  check('that is a mark only', Buffer.from([0xef, 0xbb, 0xbf]), '');
  check('that is a mark of UTF-16 only', Buffer.from([0xff, 0xfe]), '');
  check('that is a mark of the other order only', Buffer.from([0xfe, 0xff]), '');
  check('of UTF-16 that was cut off within a character', Buffer.from([0xfe, 0xff, 0, 0x61, 0]), 'a');
  check('that is one byte', Buffer.from([0xff]), '\ufffd');
  check('with a mark further on', Buffer.from('a\ufeffb'), 'a\ufeffb');
});

describe('no text at all', () => {
  const check = (what: string, bytes: Uint8Array, expected: boolean): void =>
    void test(`${what} is ${expected ? '' : 'not '}told`, () => assert.equal(isBinary(decodeText(bytes)), expected));
  check('UTF-16 without a mark', utf16, true);
  check('UTF-16 of the other order without a mark', swapped, true);
  check('UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), true);
  check('a disk of null bytes', Buffer.alloc(512), true);
  check('UTF-8', Buffer.from(text), false);
  check('another encoding', Buffer.from([0xc9, 0xfa, 0xb2, 0xfa]), false);
});
