import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesWithin } from '../../../src/platform/matchesWithin';

for (const [pattern, value, wanted] of [
  ['[1-9][0-9]?', '80', true],
  ['[1-9][0-9]?', '800', false],
  ['a|b', 'ab', false],
  ['中+', '中中', true],
  ['(', 'x', undefined],
] as const) {
  test(`${pattern} over ${value}`, () => assert.equal(matchesWithin(pattern, value), wanted));
}

test('a pattern that would go on for ever is given up', () => {
  const started = performance.now();
  assert.equal(matchesWithin('(a+)+', `${'a'.repeat(60)}!`), undefined);
  assert.ok(performance.now() - started < 2_000);
});
