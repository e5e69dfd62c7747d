import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { createContext, Script } from 'node:vm';
import ts from 'typescript';
import { slowTexts } from '../support/slowTexts';

/**
 * What a cloud answers, what stands in a file and what a program writes is matched by these, in the one thread that
 * all extensions share. Each is run over texts made to be slow for it; more than linear growth takes seconds there.
 */
const root = resolve(__dirname, '..', '..', '..', 'src');
/** The make-believe shell of the sandbox runs what its own user types, expressions among it, up to the 16 kB a cloud takes. */
const shell = 'sandbox/commands/';
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.startsWith(shell));
const texts = new Map(files.map((name) => [name, readFileSync(join(root, name), 'utf8')]));

/** A linear expression takes a millisecond or two for the longest text, a quadratic one ten times this limit. */
const limitMs = 100;

interface Place {
  readonly where: string;
  readonly expression: RegExp;
}

function literalsIn(name: string, text: string): Place[] {
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: Place[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      const expression = new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
      found.push({ where: `${name}:${line + 1} ${node.text}`, expression });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Expressions that a module puts together when it is loaded. */
function builtBy(name: string): Place[] {
  const built: Place[] = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct: (target, [pattern, flags]: [string, string]) => {
      const expression = new target(pattern, flags);
      built.push({ where: `${name}: ${expression.source.slice(0, 60)}`, expression });
      return expression;
    },
  });
  try {
    createRequire(__filename)(join(root, name));
  } finally {
    globalThis.RegExp = original;
  }
  return built;
}

const context = createContext({ expression: /x/, text: '' });
const exec = new Script('expression.exec(text)');

function isSlow(expression: RegExp, text: string): boolean {
  expression.lastIndex = 0;
  Object.assign(context, { expression, text });
  try {
    exec.runInContext(context, { timeout: limitMs });
    return false;
  } catch {
    return true;
  }
}

function check(places: readonly Place[]): void {
  const slow = places.flatMap(({ where, expression }) => {
    const text = [...slowTexts(expression)].find((candidate) =>
      // What takes long once may have had to wait for the machine.
      [1, 2, 3].every(() => isSlow(expression, candidate)),
    );
    return text === undefined ? [] : [`${where} over ${JSON.stringify(text.slice(0, 60))}`];
  });
  assert.deepEqual(slow, []);
}

describe('no text makes an expression slow', () => {
  for (const [name, text] of texts) {
    const literals = literalsIn(name, text);
    if (literals.length > 0) test(name, () => check(literals));
  }
  for (const name of ['util/visible.ts', 'core/redact.ts'])
    test(`${name}, what is put together`, () => {
      const built = builtBy(name);
      assert.notEqual(built.length, 0);
      check(built);
    });
});

test('expressions that are put together stand where they are tried', () =>
  assert.deepEqual(
    [...texts]
      .filter(([, text]) => text.includes('new RegExp('))
      .map(([name]) => name)
      .sort(),
    [
      // Made of the secrets of an account, of bounded parts: core/knownSecrets.test.ts.
      'core/knownSecrets.ts',
      'core/redact.ts',
      'core/secretSpelling.ts',
      // Made of what a file says, and given up after a moment: platform/matchesWithin.test.ts.
      'platform/matchesWithin.ts',
      // Made of words of its own, and tried on 2,000 characters of a line at most: providers/script.test.ts.
      'providers/scriptWarnings.ts',
      'util/visible.ts',
      // Made of what a person or a policy wants: util/wildcard.test.ts.
      'util/wildcard.ts',
    ],
  ));

describe('what is slow is found', () => {
  for (const expression of [
    /^(?:a|a)*$/,
    /<title[^>]*>/,
    /\s+$/,
    /(?:\?a\?|<!--.*?-->)+<E/s,
    /"(?:[^"]|\\.)*"x/,
    /a.*b.*c/,
  ])
    test(String(expression), () => assert.throws(() => check([{ where: 'here', expression }])));
});
