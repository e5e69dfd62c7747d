import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createJournalFiles } from '../../../src/platform/journalFiles';
import { decodeLossless, encodeLossless } from '../../../src/platform/losslessText';
import { readJournal } from '../../../src/services/journal/verify';
import { writtenBefore } from '../support/journalFixture';

describe('text of bytes', () => {
  const check = (what: string, bytes: Buffer, expected?: string): void =>
    void test(`${what} is the same bytes again`, () => {
      const text = decodeLossless(bytes);
      if (expected !== undefined) assert.equal(text, expected);
      assert.deepEqual(encodeLossless(text), bytes);
    });
  check('in UTF-8', Buffer.from('生产 😀\n'), '生产 😀\n');
  check('with a byte order mark', Buffer.from('\ufeffa'), '\ufeffa');
  check('in another encoding', Buffer.from([0xc9, 0xfa, 0x0a]));
  check(
    'in another encoding between lines of UTF-8',
    Buffer.from([...Buffer.from('生\n'), 0xff, 0x0a, ...Buffer.from('产\n')]),
  );
  check('that was cut off within a character', Buffer.from('a\n生').subarray(0, -1));

  test('is, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        assert.deepEqual(encodeLossless(decodeLossless(Buffer.from(bytes))), Buffer.from(bytes));
      }),
    );
  });
});

test('a file that is a folder, and bytes that are no text, leave the others readable', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journal-files-'));
  try {
    await mkdir(join(folder, 'a.jsonl'));
    const [one] = writtenBefore();
    assert.ok(one);
    await writeFile(join(folder, one.name), one.text);
    // A replacement character that became a byte which is read as one: the text would be the same.
    const bytes = Buffer.from('{"seq":1,"name":"\ufffd"}\n');
    const at = bytes.indexOf(0xef);
    await writeFile(
      join(folder, 'z.jsonl'),
      Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]),
    );
    const files = await createJournalFiles(folder).list();
    assert.deepEqual(
      files.map(({ name, unreadable }) => [name, unreadable]),
      [
        [one.name, undefined],
        ['a.jsonl', 'EISDIR'],
        ['z.jsonl', undefined],
      ],
    );
    assert.deepEqual(
      readJournal(files).problems.map(({ file, problem }) => [file, problem]),
      [
        ['a.jsonl', 'fileUnreadable'],
        ['z.jsonl', 'notJson'],
      ],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
