import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { listFiles, PackageManager } from '@vscode/vsce';
import { packagedReadme } from '../../../scripts/packagedReadme';
import { repository } from '../../workbench/paths';
import { shipped } from '../../workbench/shipped';

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
  'media/overview.png',
  'media/overview.zh-cn.png',
  'media/plan.png',
  'media/plan.zh-cn.png',
  'media/question.png',
  'media/question.zh-cn.png',
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
  for (const path of [...shipped, ...staysAtHome]) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), '');
  }
  for (const name of ['package.json', '.vscodeignore']) await copyFile(join(repository, name), join(cwd, name));
  assert.deepEqual((await listFiles({ cwd, packageManager: PackageManager.None })).sort(), [...shipped].sort());
});

test('every media file is known here', async () => {
  assert.deepEqual(
    (await mediaFiles()).filter((path) => ![...shipped, ...staysAtHome].includes(path)),
    [],
  );
});

test('no picture is heavy', async () => {
  for (const path of (await mediaFiles()).filter((name) => name.endsWith('.png'))) {
    assert.ok((await stat(join(repository, path))).size < 100_000, `Make ${path} smaller, for example with pngquant.`);
  }
});

for (const name of ['README.md', 'README.zh-CN.md']) {
  test(`every link of ${name} leads to something in the package, every picture to a file`, async () => {
    const text = await readFile(join(repository, name), 'utf8');
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => `#${heading.toLowerCase()}`);
    // LICENSE is not among them: the package calls it LICENSE.txt.
    const known = [...shipped.filter((path) => path !== 'LICENSE'), ...headings];
    const links = linksOf(packagedReadme(text));
    const unknown = (all: readonly string[], ones: readonly string[]) => ones.filter((one) => !all.includes(one));
    assert.deepEqual(unknown(known, links), []);
    assert.deepEqual(unknown([...known, ...(await mediaFiles())], linksOf(text)), []);
    assert.ok(links.length > 5, 'The test reads links wrongly.');
    assert.equal(linksOf(text).length - links.length, 3, 'The package has no pictures of the README.');
  });
}

function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
}

async function mediaFiles(): Promise<string[]> {
  const entries = await readdir(join(repository, 'media'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
