import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';

/**
 * VS Code reads links, commands, icons and Markdown into some of the texts it is given, and clouds choose what hosts
 * are called. Such texts go through one function each, which escapes them; nothing else may hand text to VS Code there.
 */
const sinks: Readonly<Record<string, readonly string[]>> = {
  showInformationMessage: ['ui/messages.ts'],
  showWarningMessage: ['ui/messages.ts'],
  showErrorMessage: ['ui/messages.ts'],
  showQuickPick: [],
  showInputBox: ['ui/enterExactly.ts'],
  createInputBox: ['ui/steps.ts'],
  // Lines of these are made by `itemOf`.
  createQuickPick: ['ui/steps.ts', 'ui/pickOrType.ts', 'resources/findCommand.ts'],
  MarkdownString: ['ui/tooltips.ts'],
  TreeItem: ['ui/rowItem.ts'],
  setStatusBarMessage: ['ui/copy.ts'],
  createStatusBarItem: [],
};

const root = resolve(__dirname, '..', '..', '..');
const files = readdirSync(join(root, 'src/host'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replaceAll('\\', '/'));

/** The names of everything that is called or made in a text. */
function callsIn(text: string): { name: string; call: ts.CallExpression | ts.NewExpression }[] {
  const tree = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
  const found: { name: string; call: ts.CallExpression | ts.NewExpression }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node))
      found.push({ name: node.expression.getText().replace(/^.*\./s, ''), call: node });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Progress in a view has no text; in a notification its title can be a link. */
function isInView(call: ts.CallExpression | ts.NewExpression): boolean {
  return /^\{\s*location:\s*\{\s*viewId:/.test(call.arguments?.[0]?.getText() ?? '');
}

const calls = files.flatMap((file) =>
  callsIn(readFileSync(join(root, 'src/host', file), 'utf8')).map((found) => ({ file, ...found })),
);

describe('text that VS Code reads things into', () => {
  for (const [name, allowed] of Object.entries(sinks))
    test(`${name} is given text by ${allowed.join(' and ') || 'nobody'}`, () =>
      assert.deepEqual(
        [...new Set(calls.filter((call) => call.name === name).map(({ file }) => file))].sort(),
        [...allowed].sort(),
      ));

  test('progress with a title is shown in one place', () =>
    assert.deepEqual(
      calls.filter(({ name, call }) => name === 'withProgress' && !isInView(call)).map(({ file }) => file),
      ['ui/progress.ts'],
    ));

  test('no file names the functions to call them by another name', () => {
    for (const file of files.filter((name) => !name.startsWith('ui/')))
      assert.doesNotMatch(
        readFileSync(join(root, 'src/host', file), 'utf8'),
        /window\[|show(Information|Warning|Error)Message|new (vscode\.)?MarkdownString/,
        file,
      );
  });
});
