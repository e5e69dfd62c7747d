import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from './process';

/** Runs npm to its end. */
export async function runNpm(args: readonly string[], cwd: string): Promise<void> {
  await runProcess({ ...npmCommand(args), cwd });
}

/** The npm client that runs us, or the one on the PATH. */
export function npmCommand(args: readonly string[]): { readonly command: string; readonly args: readonly string[] } {
  const cli = process.env['npm_execpath'];
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) return { command: process.execPath, args: [cli, ...args] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
}

/** Downloads one package and unpacks it, without running its scripts. */
export async function unpackPackage(spec: string, directory: string): Promise<void> {
  const download = `${directory}.download`;
  await mkdir(download, { recursive: true });
  await mkdir(directory, { recursive: true });
  await runNpm(['pack', spec, '--silent'], download);
  const archive = (await readdir(download)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) {
    throw new Error(`npm brought no archive for "${spec}".`);
  }
  const args = ['-xzf', join(download, archive), '-C', directory, '--strip-components=1'];
  await runProcess({ command: 'tar', args });
  await rm(download, { recursive: true });
}
