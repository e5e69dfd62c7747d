import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { plainEnvironment } from './environment';
import { repository } from './paths';
import { chooseVersions, versions, type VersionName } from './versions';

const testTimeoutMs = 240_000;
const atTheFloor = ['harness.test.ts', 'mainJob.test.ts'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { version: { type: 'string', multiple: true }, grep: { type: 'string' } },
});

async function main(): Promise<void> {
  for (const version of chooseVersions(values.version)) {
    const files = positionals.length > 0 ? positionals : await testsFor(version);
    console.log(`\nTests in a browser, VS Code ${versions[version].vscode}`);
    const code = await runAt(version, files);
    if (code !== 0) {
      process.exitCode = 1;
    }
  }
}

/** All at the newest version; at the floor the main job, which passes through everything VS Code gives us. */
async function testsFor(version: VersionName): Promise<string[]> {
  const directory = join(repository, 'test', 'ui');
  const all = (await readdir(directory)).filter((name) => name.endsWith('.test.ts'));
  const chosen = version === 'floor' ? all.filter((name) => atTheFloor.includes(name)) : all;
  return chosen.map((name) => join(directory, name));
}

/** One file after the other: a VS Code and a browser at a time are enough for a small machine. */
async function runAt(version: VersionName, files: readonly string[]): Promise<number> {
  const flags = [
    '--import',
    'tsx',
    '--test',
    '--test-concurrency=1',
    '--test-reporter=spec',
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
