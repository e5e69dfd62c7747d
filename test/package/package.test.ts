import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { isPreRelease } from '../../scripts/release';
import { runNpm } from '../workbench/npm';
import { repository } from '../workbench/paths';
import { shipped } from '../workbench/shipped';
import { unzip } from './zip';

/** Raising one of these is a decision: say in the commit what it buys. Bytes, as packed or as loaded. */
const budgets = {
  'the package': 740_000,
  'dist/extension.js': 8_000,
  'dist/app.js': 800_000,
  'dist/undici.js': 300_000,
  'dist/sandbox/index.js': 470_000,
  'dist/webview.js': 10_000,
  'dist/result.js': 14_000,
};

/** 32 of them are the snippets, a file for each system. */
const mostFiles = 72;

let archive: Buffer;
let files: ReadonlyMap<string, Buffer>;

before(async () => {
  await runNpm(['run', '--silent', 'package'], repository);
  archive = await readFile(join(repository, 'cloud-assistant-explorer.vsix'));
  files = unzip(archive);
});

test('the package holds what is known here', () => {
  const renamed = new Map([
    ['README.md', 'readme.md'],
    ['CHANGELOG.md', 'changelog.md'],
    ['LICENSE', 'LICENSE.txt'],
  ]);
  const expected = shipped.map((path) => `extension/${renamed.get(path) ?? path}`);
  assert.deepEqual([...files.keys()].sort(), ['[Content_Types].xml', ...expected, 'extension.vsixmanifest'].sort());
  assert.ok(files.size <= mostFiles, `${files.size} files`);
});

test('everything keeps to its size', (t) => {
  for (const [name, most] of Object.entries(budgets)) {
    const size = name === 'the package' ? archive.length : content(name).length;
    t.diagnostic(`${name.padEnd(22)} ${String(size).padStart(8)} of ${String(most).padStart(8)} bytes`);
    assert.ok(size <= most, `${name} has ${size} bytes, ${most} are allowed.`);
  }
});

test('the manifest has what VS Code reads, and its channel', async () => {
  const text = await readFile(join(repository, 'package.json'), 'utf8');
  const { scripts, devDependencies, ...manifest } = JSON.parse(text) as Record<string, unknown>;
  assert.ok(scripts !== undefined && devDependencies !== undefined);
  assert.deepEqual(JSON.parse(content('package.json').toString()), manifest);
  const about = files.get('extension.vsixmanifest')?.toString() ?? '';
  assert.equal(/PreRelease" Value="true"/.test(about), isPreRelease(String(manifest['version'])));
});

test('every picture of a README is one that VS Code shows', () => {
  for (const name of ['readme.md', 'README.zh-CN.md']) {
    for (const [picture, address] of content(name)
      .toString()
      .matchAll(/!\[[^\]]*\]\(([^)]*)\)|<img[^>]*>/g)) {
      assert.match(address ?? '', /^https:/, picture);
    }
  }
});

test('every picture of the package is one that something shows', () => {
  const texts = [...files].filter(([name]) => /\.(?:json|css|js)$/.test(name)).map(([, text]) => text.toString());
  const pictures = [...files.keys()].filter((name) => /\.(?:png|svg|jpe?g|gif)$/.test(name));
  // The code names "details-light.svg" and "details-dark.svg" by one pattern.
  const pattern = (name: string) => name.replace(/^.*\//, '').replace(/(?:dark|light)\.svg$/, '');
  const named = (name: string) => texts.some((text) => text.includes(pattern(name)));
  assert.deepEqual(
    pictures.filter((name) => !named(name)),
    [],
  );
});

test('nothing in the package looks like a key', () => {
  const key = /(?<![A-Za-z0-9+/])(?:LTAI|AKLT|AKIA|STS\.|ghp_|npm_)[A-Za-z0-9]{12,}|-----BEGIN [A-Z ]*PRIVATE KEY/;
  for (const [name, text] of files) assert.doesNotMatch(text.toString('latin1'), key, name);
});

/** Whose servers the code names: the two vendors', this computer, the metadata services; single words are examples. */
const known = [
  /^[a-z-]+$/,
  /(?:^|\.)(?:aliyuncs\.com|aliyun\.com|alibabacloud\.com|volcengine\.com|volcengineapi\.com|byteplus\.com)$/,
  /^(?:127\.0\.0\.1|100\.100\.100\.200|100\.96\.0\.96)$/,
  /^github\.com$/, // The page of an operation that the vendor documents in its SDK only.
  /^jimmy\.warting\.se$/, // In an error message of undici.
];

test('no bundle names a foreign server', () => {
  for (const [name, text] of files) {
    if (!name.endsWith('.js')) continue;
    const hosts = [...text.toString().matchAll(/\b(?:https?|wss?):\/\/([A-Za-z0-9.-]+)/g)].map(([, host = '']) => host);
    // A sentence about how addresses begin names none.
    const named = hosts.map((host) => host.replace(/\.$/, '')).filter((host) => host !== '');
    const foreign = named.filter((host) => !known.some((one) => one.test(host)));
    assert.deepEqual(foreign, [], name);
  }
});

function content(path: string): Buffer {
  const found = files.get(`extension/${path}`);
  assert.ok(found !== undefined, `The package has no ${path}.`);
  return found;
}
