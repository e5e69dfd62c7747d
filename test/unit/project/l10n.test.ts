import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';

const root = resolve(__dirname, '..', '..', '..');
const bundle = 'l10n/bundle.l10n.zh-cn.json';
// Checked below: every value is a text.
const chinese = JSON.parse(readFileSync(join(root, bundle), 'utf8')) as Record<string, string>;
const calls = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => callsIn(`src/${name.replaceAll('\\', '/')}`));

interface Call {
  readonly where: string;
  /** Undefined where the English text is not written out. */
  readonly text: string | undefined;
  /** Undefined where a list is spread. */
  readonly args: number | undefined;
}

/** Every `l10n.t(…)` of a file. */
function callsIn(file: string): Call[] {
  const tree = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTranslation(node.expression)) {
      const [first, ...rest] = node.arguments;
      const where = `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      found.push({
        where,
        text: first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined,
        args: rest.some(ts.isSpreadElement) ? undefined : rest.length,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function isTranslation(expression: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(expression) &&
    expression.name.text === 't' &&
    /(^|\.)l10n$/.test(expression.expression.getText())
  );
}

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\d+)\}/g)].map((match) => match[1] ?? ''))].sort();
}

const texts = new Map(calls.flatMap(({ text, where }) => (text === undefined ? [] : [[text, where] as const])));

/** Same in both languages: names, and signs that stand between words. */
const sameInBoth = /^[\p{L}\p{N}\s.\-/()&+:{}]*$/u;

describe('sentences', () => {
  test('are found at all', () => {
    assert.ok(calls.length > 300, `only ${calls.length} calls were found`);
  });

  test('stand in the code as they are, so that translators find them', () => {
    assert.deepEqual(
      calls.filter(({ text }) => text === undefined).map(({ where }) => where),
      [],
    );
  });

  test('get as many arguments as they have places', () => {
    const wrong = calls.filter(
      ({ text = '', args }) =>
        placeholders(text).some((n, i) => Number(n) !== i) ||
        (args !== undefined && placeholders(text).length !== args),
    );
    assert.deepEqual(
      wrong.map(({ where, text, args }) => `${where} ${JSON.stringify(text)} gets ${args}`),
      [],
    );
  });

  test(`all have a translation in ${bundle}`, () => {
    const missing = [...texts].filter(([text]) => !Object.hasOwn(chinese, text));
    assert.deepEqual(
      missing.map(([text, where]) => `${where} ${JSON.stringify(text)}`),
      [],
    );
  });

  test('of the translation are all in use', () => {
    assert.deepEqual(
      Object.keys(chinese).filter((text) => !texts.has(text)),
      [],
    );
  });

  test('keep their places in the translation', () => {
    const wrong = Object.entries(chinese).filter(
      ([text, translated]) => placeholders(text).join() !== placeholders(translated).join(),
    );
    assert.deepEqual(wrong, []);
  });

  test('are Chinese in the translation, unless they are names', () => {
    const wrong = Object.entries(chinese).filter(
      ([text, to]) => typeof to !== 'string' || to.trim() === '' || (text === to && !sameInBoth.test(text)),
    );
    assert.deepEqual(wrong, []);
    const foreign = Object.entries(chinese).filter(
      ([text, to]) => / \w+ \w+ /.test(text) && !/\p{Script=Han}/u.test(to),
    );
    assert.deepEqual(foreign, []);
  });

  test('are sorted in the bundle, so that changes do not collide', () => {
    const keys = Object.keys(chinese);
    assert.deepEqual(keys, [...keys].sort());
  });
});
