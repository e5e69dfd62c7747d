import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ScriptLanguage } from '../../../src/core/commands';
import { quotePowerShell, quotePython, quoteShell, renderValues } from '../../../src/providers/quoting';
import { play } from '../../../src/sandbox/commands/play';

/** Characters that end or change something in one of the languages, more often than chance would have them. */
const odd = fc.constantFrom(
  ...[
    "'",
    '"',
    '`',
    '$',
    '$(id)',
    '${x}',
    '\\',
    '\n',
    '\r\n',
    '\r',
    ';',
    '&',
    '|',
    '%PATH%',
    '!',
    '^',
    '(',
    ')',
    '{',
    '}',
  ],
  ...[
    '\u2018',
    '\u2019',
    '\u201a',
    '\u201b',
    '\u201c',
    '中',
    '😀',
    '\u0001',
    '\u007f',
    '\ufeff',
    "'@",
    '{{x}}',
    '-n',
    '--',
    '*',
    '~',
    '#',
    ' ',
  ],
);
const value = fc
  .array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 4 }), fc.string({ maxLength: 4 })), { maxLength: 10 })
  .map((parts) => parts.join('').replaceAll('\0', ''));

const many = 10_000;
const values = fc.sample(value, { numRuns: many, seed: 7 });

function rendered(language: ScriptLanguage, some: readonly string[]): readonly string[] {
  const result = renderValues(
    language,
    some.map((one, index) => ({ name: `v${index}`, value: one })),
  );
  assert.ok(result.ok, JSON.stringify(result));
  return result.lines;
}

/** What a real interpreter says of values, in portions. */
function throughReal(
  command: string,
  script: (some: readonly string[]) => string,
  args: readonly string[] = [],
): string[] {
  const heard: string[] = [];
  for (let at = 0; at < values.length; at += 500) {
    const some = values.slice(at, at + 500);
    const { stdout, status, stderr } = spawnSync(command, args, { input: script(some), maxBuffer: 1e8 });
    assert.equal(status, 0, stderr.toString().slice(0, 500));
    heard.push(...stdout.toString().split('\0').slice(0, -1));
  }
  return heard;
}

function exists(command: string): boolean {
  return (
    spawnSync(command, ['-c', process.platform === 'win32' ? '' : 'exit 0'].slice(0, command === 'python3' ? 0 : 2), {
      input: '',
    }).status === 0
  );
}

describe('values reach the script as they are', () => {
  for (const shell of ['sh', 'dash', 'bash']) {
    test(`10,000 of them through the real ${shell}`, { skip: !exists(shell) && `there is no ${shell}` }, () => {
      const script = (some: readonly string[]): string =>
        [...rendered('shell', some), ...some.map((_one, index) => `printf '%s\\0' "$v${index}"`)].join('\n');
      assert.deepEqual(throughReal(shell, script), values);
    });
  }

  test('10,000 of them through the real python3', { skip: !exists('python3') && 'there is no python3' }, () => {
    const script = (some: readonly string[]): string =>
      [
        'import sys',
        ...rendered('python', some),
        ...some.map((_one, index) => `sys.stdout.buffer.write(v${index}.encode() + b"\\0")`),
      ].join('\n');
    assert.deepEqual(throughReal('python3', script, ['-']), values);
  });

  test('10,000 of them by the rules that PowerShell documents for its quotes', () => {
    for (const one of values) assert.equal(parsePowerShell(quotePowerShell(one)), one, JSON.stringify(one));
  });

  test('the interpreters of the sandbox hear the same', () => {
    const host = {
      id: 'i-1',
      name: 'a',
      hostname: 'a',
      address: '10.0.0.1',
      osVersion: '',
      agentVersion: '',
      system: 'linux',
    } as const;
    const facts = { user: 'root', folder: '/root', now: new Date(0) };
    for (const one of values.slice(0, 2_000)) {
      const shell = play({ ...facts, language: 'shell', content: `x=${quoteShell(one)}\nprintf '%s' "$x"` }, host);
      assert.equal(shell.pieces.map(({ text }) => text).join(''), one);
      const power = play({ ...facts, language: 'powershell', content: `$x = ${quotePowerShell(one)}\n$x` }, host);
      assert.equal(power.pieces.map(({ text }) => text).join(''), one === '' ? '\r\n' : `${one}\r\n`);
    }
  });
});

/**
 * A sum of `'…'` and `[char]n`, read by the rules of PowerShell's tokenizer: each of the five quotes begins and ends a
 * text, and two of them in a row, whichever they are, stand for the first.
 */
function parsePowerShell(expression: string): string {
  const quote = /['\u2018\u2019\u201a\u201b]/;
  let text = '';
  let at = 0;
  for (;;) {
    if (expression.startsWith('[char]', at)) {
      const digits = /^\d+/.exec(expression.slice(at + 6))?.[0] ?? assert.fail(expression);
      text += String.fromCharCode(Number(digits));
      at += 6 + digits.length;
    } else {
      assert.match(expression.charAt(at++), quote);
      while (!quote.test(expression.charAt(at)) || quote.test(expression.charAt(at + 1))) {
        assert.ok(at < expression.length, expression);
        assert.doesNotMatch(expression.charAt(at), /[\r\n]/);
        text += expression.charAt(at);
        at += quote.test(expression.charAt(at)) ? 2 : 1;
      }
      at++;
    }
    if (at >= expression.length) return text;
    assert.equal(expression.slice(at, at + 3), ' + ');
    at += 3;
  }
}

describe('what cannot be quoted is refused', () => {
  const problem = (language: ScriptLanguage, name: string, one: string): string => {
    const result = renderValues(language, [{ name, value: one }]);
    return result.ok ? '' : (result.problems[0]?.text ?? '');
  };

  test('a null character and half a character everywhere', () => {
    for (const language of ['shell', 'powershell', 'batch', 'python'] as const) {
      assert.match(problem(language, 'x', 'a\0b'), /null character/);
      assert.match(problem(language, 'x', 'a\ud800b'), /half a character/);
    }
  });

  test('10,000 values are taken by a batch file only where they are safe', () => {
    for (const one of values) assert.equal(problem('batch', 'x', one) === '', /^[A-Za-z0-9_.:/\\-]*$/.test(one), one);
    assert.deepEqual(rendered('batch', ['C:\\logs\\a-1.txt']), ['set "v0=C:\\logs\\a-1.txt"']);
  });

  for (const [language, names] of [
    ['shell', ['PATH', 'IFS', 'LD_PRELOAD', 'BASH_ENV']],
    ['powershell', ['true', 'Args', 'ErrorActionPreference', '_']],
    ['batch', ['Path', 'COMSPEC']],
    ['python', ['import', 'print', '__name__']],
  ] as const) {
    for (const name of names)
      test(`${language}: the name ${name}`, () => assert.match(problem(language, name, 'x'), /meaning of its own/));
  }

  for (const name of ['', '1a', 'a-b', 'a b', 'a;id', '名', 'a'.repeat(65)])
    test(`the name "${name.slice(0, 10)}"`, () => assert.match(problem('shell', name, 'x'), /letters, digits/));

  test('two of one name, by the rules of the language', () => {
    const twice = (language: ScriptLanguage): boolean =>
      renderValues(language, [
        { name: 'a', value: '1' },
        { name: 'A', value: '2' },
      ]).ok;
    assert.deepEqual(
      ['shell', 'powershell', 'batch', 'python'].map((one) => twice(one as ScriptLanguage)),
      [true, false, false, true],
    );
  });
});

test('Chinese quotes are doubled, line ends stand outside', () => {
  assert.equal(quotePowerShell('it’s'), "'it’’s'");
  assert.equal(quotePowerShell('a\nb'), "'a' + [char]10 + 'b'");
  assert.equal(quotePowerShell('\n'), "'' + [char]10");
  assert.equal(quotePowerShell(''), "''");
  assert.equal(quotePython('a"中'), '"a\\"\\U00004e2d"');
});
