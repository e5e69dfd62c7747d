import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256, sha256OfNothing } from '../../../src/util/hash';

test('the hash of nothing is what it is written as', () => {
  assert.equal(sha256(''), sha256OfNothing);
});
