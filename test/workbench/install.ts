import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withLock } from './lock';
import { runNpm, unpackPackage } from './npm';
import { cacheDirectory } from './paths';
import type { VsCodeVersion } from './versions';

/** A build of VS Code's server and web workbench that is ready to start. */
export interface InstalledVsCode {
  readonly version: VsCodeVersion;
  /** The Node to run it with. */
  readonly node: string;
  /** The server's entry point. */
  readonly main: string;
}

export type Log = (line: string) => void;

/**
 * Brings a build of VS Code into the cache, from the npm registry alone, or finds it there.
 * Safe to call from several processes, and to interrupt.
 */
export async function installVsCode(version: VsCodeVersion, log: Log): Promise<InstalledVsCode> {
  const directory = join(cacheDirectory(), `code-server-${version.codeServer}`);
  const node = await installNode(version, log);
  await once(
    directory,
    async (place) => {
      log(
        `Getting VS Code ${version.vscode} (code-server ${version.codeServer}, about ${version.megabytes} MB, once) ...`,
      );
      await unpackPackage(`code-server@${version.codeServer}`, place);
      await installDependencies(join(place, 'lib', 'vscode'));
    },
    log,
  );
  return { version, node, main: join(directory, 'lib', 'vscode', 'out', 'server-main.js') };
}

async function installDependencies(directory: string): Promise<void> {
  const args = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runNpm(args, directory);
  await replaceNativeModules(join(directory, 'node_modules'));
}

/**
 * Without these two the extension host dies at start, and building them takes a C++ compiler, Python and
 * Node's headers. Their small interfaces are implemented in JavaScript instead.
 */
async function replaceNativeModules(modules: string): Promise<void> {
  const standIns = join(__dirname, 'standins');
  await copyFile(join(standIns, 'spdlog.cjs'), join(modules, '@vscode', 'spdlog', 'index.js'));
  for (const name of ['native-watchdog', join('@vscode', 'native-watchdog')]) {
    if (existsSync(join(modules, name))) {
      await copyFile(join(standIns, 'nativeWatchdog.cjs'), join(modules, name, 'index.js'));
    }
  }
}

async function installNode(version: VsCodeVersion, log: Log): Promise<string> {
  const current = Number(process.versions.node.split('.')[0]);
  if (version.nodeMajors.includes(current)) {
    return process.execPath;
  }
  const major = version.nodeMajors[0];
  const directory = join(cacheDirectory(), `node-${major}`);
  await once(
    directory,
    async (place) => {
      log(`Getting Node ${major}, which VS Code ${version.vscode} runs on (about 60 MB, once) ...`);
      await unpackPackage(`${nodePackage()}@${major}`, place);
    },
    log,
  );
  return join(directory, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The package with Node's binary for this machine; the package `node` picks it the same way. */
function nodePackage(): string {
  const { platform, arch } = process;
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** What interrupted installations left next to `directory`; only called with the lock held. */
async function removeLeftovers(directory: string): Promise<void> {
  const prefix = `${basename(directory)}.partial-`;
  const names = (await readdir(dirname(directory))).filter((name) => name.startsWith(prefix));
  await Promise.all(names.map((name) => rm(join(dirname(directory), name), { recursive: true })));
}

/** Fills `directory` by way of a neighbour that is renamed when complete: what exists is whole. */
async function once(directory: string, fill: (place: string) => Promise<void>, log: Log): Promise<void> {
  if (existsSync(directory)) {
    return;
  }
  await withLock(`${directory}.lock`, async () => {
    if (existsSync(directory)) {
      return;
    }
    const started = performance.now();
    await removeLeftovers(directory);
    const scratch = await mkdtemp(`${directory}.partial-`);
    try {
      const place = join(scratch, basename(directory));
      await fill(place);
      await rename(place, directory);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    log(`  ready in ${((performance.now() - started) / 1000).toFixed(0)} s: ${directory}`);
  });
}
