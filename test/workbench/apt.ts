import { existsSync } from 'node:fs';
import { runProcess } from './process';

/** Whether Debian's packages can be installed without asking. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

export async function installPackages(names: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runProcess({ command: 'apt-get', args: ['update'], env });
  const args = ['install', '--yes', '--no-install-recommends', ...names];
  await runProcess({ command: 'apt-get', args, env });
}
