import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from './process';
import type { ServerOptions } from './server';

interface Addition extends Pick<ServerOptions, 'vscode' | 'extension' | 'tests'> {
  readonly data: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Puts the extension where the server looks for installed ones, unless its address will name it. */
export async function addExtension(addition: Addition): Promise<void> {
  const { extension, tests } = addition;
  if ('vsix' in extension) {
    await installPackage(extension.vsix, addition);
  } else if (tests === undefined) {
    await linkDirectory(extension.directory, addition.data);
  }
}

async function installPackage(vsix: string, { vscode, data, env }: Addition): Promise<void> {
  const args = [vscode.main, '--install-extension', vsix, '--server-data-dir', data];
  await runProcess({ command: vscode.node, args, env });
}

/** On its first start a server takes every directory it finds there for an installed extension. */
async function linkDirectory(directory: string, data: string): Promise<void> {
  const { publisher, name, version } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const extensions = join(data, 'extensions');
  await mkdir(extensions, { recursive: true });
  await symlink(directory, join(extensions, `${publisher}.${name}-${version}`), 'junction');
}
