import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from '../test/workbench/npm';
import { makeTemporaryDirectory, repository } from '../test/workbench/paths';
import { runProcess } from '../test/workbench/process';

/** Makes the package again in a fresh clone, in another folder and time zone, and fails when it is not the same file. */
async function main(): Promise<void> {
  if (!(await isClone()))
    return console.log('This is no clone, so there is no second one to compare the package with.');
  const changes = await git('status', '--porcelain');
  if (changes.length > 0) throw new Error(`Commit first: a clone has no ${changes[0]?.slice(3)}.`);
  await using folder = await makeTemporaryDirectory();
  const clone = join(folder.path, 'another folder', 'with-another-name');
  await git('clone', '--quiet', '--no-local', repository, clone);
  process.env['TZ'] = process.env['TZ'] === 'Asia/Shanghai' ? 'America/St_Johns' : 'Asia/Shanghai';
  await runNpm(['ci', '--no-audit', '--no-fund', '--prefer-offline'], clone);
  await runNpm(['run', '--silent', 'package'], clone);
  const [ours, theirs] = await Promise.all([hashOf(repository), hashOf(clone)]);
  if (ours !== theirs) {
    throw new Error(`The package of a second clone differs (${theirs}, not ${ours}): unpack both and compare.`);
  }
  console.log(`Two clones make the same package: SHA-256 ${ours}`);
}

async function isClone(): Promise<boolean> {
  return git('rev-parse', '--is-inside-work-tree').then(
    () => true,
    () => false,
  );
}

async function git(...args: readonly string[]): Promise<readonly string[]> {
  return runProcess({ command: 'git', args, cwd: repository });
}

async function hashOf(folder: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(folder, 'cloud-assistant-explorer.vsix')))
    .digest('hex');
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
