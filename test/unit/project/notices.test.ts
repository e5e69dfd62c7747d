import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';

const root = resolve(__dirname, '..', '..', '..');

test('every package that is bundled or copied into the extension has its notice', async () => {
  const entryPoints = ['src/app.ts', 'src/sandbox/index.ts', 'src/webview/main.ts', 'undici'];
  const result = await build({
    entryPoints,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    metafile: true,
    write: false,
    outdir: 'dist',
    logLevel: 'silent',
  });
  const paths = Object.keys(result.metafile.inputs);
  const bundled = paths.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  const notices = readFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), 'utf8');
  const missing = [...new Set([...bundled, '@vscode/codicons'])].filter((name) => !notices.includes(`\n## ${name} (`));
  assert.deepEqual(missing, []);
});
