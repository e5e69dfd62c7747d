import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repository } from '../test/workbench/paths';
import { runProcess } from '../test/workbench/process';
import { isPreRelease, releaseNotes, releaseProblems } from './release';

/**
 * Refuses a tag that does not fit the source: `npm run release:check -- --tag v0.2.0 --notes notes.md`. Prints what
 * later steps need, one `name=value` a line, and writes the text of the release.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { tag: { type: 'string' }, notes: { type: 'string' } } });
  const { version } = JSON.parse(await read('package.json')) as { readonly version: string };
  const changelog = await read('CHANGELOG.md');
  const tag = values.tag ?? `v${version}`;
  const problems = releaseProblems({ tag, version, changelog, onMain: await isOnMain(), tags: await git('tag') });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  if (values.notes !== undefined) await writeFile(values.notes, `${releaseNotes(changelog, version) ?? ''}\n`);
  console.log(`version=${version}\npre-release=${isPreRelease(version)}`);
}

/** A fresh clone of a server knows its main branch as "origin/main" only. */
async function isOnMain(): Promise<boolean> {
  const branches = await git('branch', '--all', '--contains', 'HEAD', '--format=%(refname)');
  return branches.some((name) => /^refs\/(?:heads|remotes\/origin)\/main$/.test(name));
}

async function git(...args: readonly string[]): Promise<readonly string[]> {
  return runProcess({ command: 'git', args, cwd: repository });
}

const read = (path: string): Promise<string> => readFile(join(repository, path), 'utf8');

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
