import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { plainEnvironment } from './environment';
import { makeTemporaryDirectory, repository } from './paths';
import { startProcess } from './process';

/** A window of the installed desktop VS Code with the extension under development. */
export interface DesktopWindow extends AsyncDisposable {
  /** Settles when the user closes the window. */
  readonly closed: Promise<void>;
}

export async function startDesktop(env: NodeJS.ProcessEnv): Promise<DesktopWindow> {
  const command = findCode();
  const root = await makeTemporaryDirectory();
  const workspace = join(root.path, 'workspace');
  await mkdir(workspace);
  const args = [
    '--wait',
    '--new-window',
    '--skip-welcome',
    // A profile of its own: a VS Code that runs already would not take over our environment.
    ...['--user-data-dir', join(root.path, 'user')],
    `--extensionDevelopmentPath=${repository}`,
    workspace,
  ];
  const child = startProcess({ command, args, env: { ...plainEnvironment(), ...env } });
  console.log('Cloud Assistant Explorer is opening in desktop VS Code. Close its window to end.');
  const dispose = async () => {
    await child[Symbol.asyncDispose]();
    await root[Symbol.asyncDispose]();
  };
  return { closed: child.exited.then(() => undefined), [Symbol.asyncDispose]: dispose };
}

function findCode(): string {
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const places = (process.env['PATH'] ?? '').split(delimiter).map((place) => join(place, name));
  const found = places.find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error(
      'The command "code" is not on the PATH. In VS Code run "Shell Command: Install \'code\' command in PATH", ' +
        'or leave out --desktop to open VS Code in a browser.',
    );
  }
  return found;
}
