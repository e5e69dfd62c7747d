import eslint from '@eslint/js';
import perfectionist from 'eslint-plugin-perfectionist';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const generated = ['dist/', 'out/', 'node_modules/', '.vscode-test/', 'test-results/', 'test/workbench/fixtures/'];

const ours = {
  // A promise nobody waits for hides its failure: a destructive call must never be one of them.
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'type-imports' }],
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
  '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
  '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
  eqeqeq: 'error',
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
    { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
    {
      selector: "CallExpression[arguments.0.value='setContext'][arguments.1.type='Literal']",
      message: 'Name the key in contextKeys, where menus and tests find it.',
    },
  ],
};

const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const zodFull = {
  regex: '^zod$|^zod/(?!mini$)',
  message: "Import * as z from 'zod/mini': the full package is 30 times as large.",
};
const vscode = { regex: '^vscode$', message: 'Only src/host, src/extension.ts and src/app.ts know VS Code.' };
const undici = { regex: '^undici$', message: 'Only src/client/transport.ts and its two halves know undici.' };

/** Node's own, packages, then ours from far to near, each by path, without blank lines. */
const importOrder = {
  groups: ['builtin', 'external', 'parent', ['sibling', 'index']],
  newlinesBetween: 0,
  type: 'natural',
};

export default tseslint.config(
  { ignores: generated },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  { plugins: { perfectionist }, rules: { 'perfectionist/sort-imports': ['error', importOrder] } },
  {
    files: ['src/**'],
    plugins: { regexp },
    // What a cloud answers and what stands in a file is matched by these; no text may take minutes.
    rules: { 'regexp/no-super-linear-backtracking': 'error', 'regexp/no-super-linear-move': 'error' },
  },
  {
    files: ['src/sandbox/commands/**'],
    // What is matched there is a script, which is 24 KB at most, on a machine that plays only its own.
    rules: { 'regexp/no-super-linear-backtracking': 'off', 'regexp/no-super-linear-move': 'off' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: ours,
  },
  { files: ['src/**/*.ts'], rules: restrict(zodFull, vscode, undici) },
  { files: ['src/host/**/*.ts', 'src/extension.ts', 'src/app.ts'], rules: restrict(zodFull, undici) },
  { files: ['src/client/{transport,connectionPools,responseCollector}.ts'], rules: restrict(zodFull, vscode) },
  {
    files: ['test/**/*.ts'],
    // node:test reports a failed test itself; its promises are not waited for by design.
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['it', 'describe', 'test', 'suite'] },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.{cjs,mjs,js}'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        __dirname: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
);
