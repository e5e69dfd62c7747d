import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { listFiles, PackageManager } from '@vscode/vsce';
import { repository } from '../../workbench/paths';

const ships = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'README.zh-CN.md',
  'SECURITY.md',
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
  'media/overview.png',
  'media/overview.zh-cn.png',
  'media/plan.png',
  'media/plan.zh-cn.png',
  'media/question.png',
  'media/question.zh-cn.png',
  'media/walkthrough/accounts.svg',
  'media/walkthrough/browse.svg',
  'media/walkthrough/delete.svg',
  'media/walkthrough/protection.svg',
  'media/walkthrough/response.svg',
  'media/walkthrough/sandbox.svg',
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
];

const staysAtHome = [
  '.env',
  '.gitignore',
  '.vscode/launch.json',
  '.vscode-test/code-server/package.json',
  'cloud-assistant-explorer.vsix',
  'dist/app.js.map',
  'dist/extension.js.map',
  'dist/sandbox/index.js.map',
  'dist/sandboxCli.js',
  'dist/sandboxCli.js.map',
  'eslint.config.mjs',
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
  assert.deepEqual(
    (await mediaFiles()).filter((path) => ![...ships, ...staysAtHome].includes(path)),
    [],
  );
});

test('no picture is heavy', async () => {
  for (const path of (await mediaFiles()).filter((name) => name.endsWith('.png'))) {
    assert.ok((await stat(join(repository, path))).size < 100_000, `Make ${path} smaller, for example with pngquant.`);
  }
});

for (const name of ['README.md', 'README.zh-CN.md']) {
  test(`every link and picture of ${name} leads to something in the package`, async () => {
    const text = await readFile(join(repository, name), 'utf8');
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => `#${heading.toLowerCase()}`);
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    // LICENSE is not among them: the package calls it LICENSE.txt.
    const known = [...ships.filter((path) => path !== 'LICENSE'), ...headings];
    assert.deepEqual(
      links.filter((link) => !known.includes(link)),
      [],
    );
    assert.ok(links.length > 5, 'The test reads links wrongly.');
  });
}

async function mediaFiles(): Promise<string[]> {
  const entries = await readdir(join(repository, 'media'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
