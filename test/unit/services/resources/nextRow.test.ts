import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nextRow } from '../../../../src/services/resources/nextRow';

function check(name: string, before: string, after: string, expected: string | undefined): void {
  test(name, () => {
    const stays = new Set(after);
    const gone = new Set([...before].filter((row) => !stays.has(row)));
    assert.equal(nextRow([...before], gone, stays), expected);
  });
}

describe('the row that takes the place of those that go', () => {
  check('is the next one', 'abcd', 'acd', 'c');
  check('is the next one after the last of several', 'abcde', 'ace', 'e');
  check('is the one above where the last went', 'abc', 'ab', 'b');
  check('is the first that stays above', 'abcd', 'a', 'a');
  check('is a new one only where it was there before', 'ab', 'x', undefined);
  check('is none where none stays', 'ab', '', undefined);
});
