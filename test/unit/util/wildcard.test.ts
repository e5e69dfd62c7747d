import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { wildcardPattern } from '../../../src/util/wildcard';

/** A pattern as it is taken to mean, tried in every way there is. */
function fits(pattern: string, text: string): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text === '';
  if (first === '*') return Array.from(`${text} `).some((_, i) => fits(rest.join(''), text.slice(i)));
  return text !== '' && (first === '?' || first === text[0]) && fits(rest.join(''), text.slice(1));
}

const short = (characters: readonly string[]) =>
  fc.array(fc.constantFrom(...characters), { maxLength: 7 }).map((parts) => parts.join(''));

describe('a pattern with wildcards', () => {
  test('takes what it says, and nothing else', () =>
    fc.assert(
      fc.property(short(['a', 'b', '.', '*', '*', '?']), short(['a', 'b', '.']), (pattern, text) =>
        assert.equal(wildcardPattern(pattern, { flags: '', single: true }).test(text), fits(pattern, text)),
      ),
      { numRuns: 2_000 },
    ));

  for (const [pattern, text, expected] of [
    ['web-*', 'web-1', true],
    ['*-1', 'web-1', true],
    ['w?b', 'w?b', true],
    ['w?b', 'web', false],
    ['*$&*', 'a$&b', true],
    ['(*)\\k<s0>[*]', '(a)\\k<s0>[b]', true],
    ['**', '', true],
    ['a*a', 'a', false],
  ] as const)
    test(`${pattern} ${expected ? 'takes' : 'does not take'} ${text}`, () =>
      assert.equal(wildcardPattern(pattern, { flags: '' }).test(text), expected));

  test('looks at each line where that is asked for', () =>
    assert.ok(wildcardPattern('h*t', { flags: 'm' }).test('web\nhost\nh')));

  test('takes no time, however many stars it has', () => {
    const started = performance.now();
    for (const pattern of [`${'*a'.repeat(30)}*b`, `${'*?'.repeat(30)}b`, `*${'a*'.repeat(30)}b*c`])
      assert.equal(wildcardPattern(pattern, { flags: 'is', single: true }).test('a'.repeat(20_000)), false);
    assert.ok(performance.now() - started < 1_000);
  });
});
