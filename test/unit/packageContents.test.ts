import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { listFiles, PackageManager } from '@vscode/vsce';
import { repository } from '../workbench/paths';

const ships = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'THIRD_PARTY_NOTICES.md',
  'dist/app.js',
  'dist/codicon.css',
  'dist/codicon.ttf',
  'dist/extension.js',
  'dist/sandbox/index.js',
  'dist/undici.js',
  'dist/webview.js',
  'l10n/bundle.l10n.zh-cn.json',
  'media/cloud-assistant.svg',
  'media/details-dark.svg',
  'media/details-light.svg',
  'media/details.css',
  'media/icon.png',
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
];

const staysAtHome = [
  '.env',
  '.gitignore',
  '.vscode/launch.json',
  '.vscode-test/code-server/package.json',
  'CONTRIBUTING.md',
  'cloud-assistant-explorer.vsix',
  'dist/app.js.map',
  'dist/extension.js.map',
  'dist/sandbox/index.js.map',
  'dist/sandboxCli.js',
  'dist/sandboxCli.js.map',
  'eslint.config.mjs',
  'media/screenshot.png',
  'node_modules/undici/index.js',
  'out/host/index.js',
  'package-lock.json',
  'src/extension.ts',
  'src/sandbox/cli.ts',
  'test-results/log.txt',
  'test/unit/gate.test.ts',
  'tsconfig.json',
];

test('the package holds what it needs to run and nothing else', async (t) => {
  const cwd = await mkdtemp(join(tmpdir(), 'cloud-assistant-package-'));
  t.after(() => rm(cwd, { recursive: true }));
  for (const path of [...ships, ...staysAtHome]) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), '');
  }
  for (const name of ['package.json', '.vscodeignore']) await copyFile(join(repository, name), join(cwd, name));
  assert.deepEqual((await listFiles({ cwd, packageManager: PackageManager.None })).sort(), [...ships].sort());
});

test('every media file is known here', async () => {
  const media = (await readdir(join(repository, 'media'))).map((name) => `media/${name}`);
  assert.deepEqual(
    media.filter((path) => ![...ships, ...staysAtHome].includes(path)),
    [],
  );
});
