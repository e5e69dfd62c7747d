import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stale } from '../../../scripts/contributions';

test('the manifest says of actions what the kinds declare', async () => {
  assert.deepEqual(await stale(), [], 'Run "npm run contributions" and commit what it writes.');
});
