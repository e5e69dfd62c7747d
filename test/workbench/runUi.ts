import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { plainEnvironment } from './environment';
import { repository } from './paths';
import { chooseVersions, versions, type VersionName } from './versions';

const testTimeoutMs = 240_000;
/** A browser, a VS Code and a slow machine: a few files may meet a moment that does not come again. */
const mostToRepeat = 3;
const atTheFloor = ['harness.test.ts', 'mainJob.test.ts'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { version: { type: 'string', multiple: true }, grep: { type: 'string' } },
});

async function main(): Promise<void> {
  for (const version of chooseVersions(values.version)) {
    const files = positionals.length > 0 ? positionals : await testsFor(version);
    console.log(`\nTests in a browser, VS Code ${versions[version].vscode}`);
    if (!(await passes(version, files))) process.exitCode = 1;
  }
}

/** Runs the files; a few that fail are run once more, which is said: a fault of ours fails again. */
async function passes(version: VersionName, files: readonly string[]): Promise<boolean> {
  const first = await runAt(version, files);
  if (first.code === 0) return true;
  const { failed } = first;
  if (failed.length === 0 || failed.length > mostToRepeat || failed.length === files.length) return false;
  console.log(`\nRun once more, because they failed: ${failed.map((file) => relative(repository, file)).join(', ')}`);
  const second = await runAt(version, failed);
  if (second.code === 0) console.log('\nThey passed the second time: look at why they failed before.');
  return second.code === 0;
}

/** All at the newest version; at the floor the main job, which passes through everything VS Code gives us. */
async function testsFor(version: VersionName): Promise<string[]> {
  const directory = join(repository, 'test', 'ui');
  const all = (await readdir(directory)).filter((name) => name.endsWith('.test.ts'));
  const chosen = version === 'floor' ? all.filter((name) => atTheFloor.includes(name)) : all;
  return chosen.map((name) => join(directory, name));
}

interface Ran {
  code: number;
  failed: string[];
}

/** One file after the other: a VS Code and a browser at a time are enough for a small machine. */
async function runAt(version: VersionName, files: readonly string[]): Promise<Ran> {
  const directory = await mkdtemp(join(tmpdir(), 'cloud-assistant-ui-'));
  try {
    const list = join(directory, 'failed.txt');
    const code = await runFiles(version, files, list);
    return { code, failed: await failedFiles(list) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function failedFiles(list: string): Promise<string[]> {
  const text = await readFile(list, 'utf8').catch(() => '');
  return [...new Set(text.split('\n').filter((line) => line !== ''))];
}

async function runFiles(version: VersionName, files: readonly string[], failedList: string): Promise<number> {
  const flags = [
    '--import',
    'tsx',
    '--test',
    '--test-concurrency=1',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${pathToFileURL(join(__dirname, 'failedFiles.mjs')).href}`,
    `--test-reporter-destination=${failedList}`,
    `--test-timeout=${testTimeoutMs}`,
  ];
  const grep = values.grep === undefined ? [] : [`--test-name-pattern=${values.grep}`];
  const env = { ...plainEnvironment(), CLOUD_ASSISTANT_TEST_VERSION: version };
  const child = spawn(process.execPath, [...flags, ...grep, ...files], { cwd: repository, env, stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
