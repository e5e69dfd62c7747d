import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isolatedEnvironment, plainEnvironment } from './environment';
import { addExtension } from './extensions';
import type { InstalledVsCode } from './install';
import { writeLanguagePack } from './languagePack';
import { makeTemporaryDirectory } from './paths';
import { startProcess, type RunningProcess } from './process';

export interface ServerOptions {
  readonly vscode: InstalledVsCode;
  /** Installed before the start: a directory through a link, a package as a user would. */
  readonly extension: { readonly directory: string } | { readonly vsix: string };
  /**
   * A module whose `run()` is called inside the extension host, with `extension` under development.
   * VS Code shows no dialogs and notifications then.
   */
  readonly tests?: string;
  /** A free port when left out. */
  readonly port?: number | undefined;
  /** Opens folders in Restricted Mode, as a user's VS Code does. */
  readonly workspaceTrust?: boolean;
  /** The display language, for example `zh-cn`. */
  readonly locale?: string | undefined;
  /** Added to the environment of the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** Added to the machine's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Keeps the caller's home directory and cloud accounts visible; tests never want that. */
  readonly keepAccounts?: boolean;
}

/** One VS Code with an empty workspace folder, alive until disposed. */
export interface WorkbenchServer extends AsyncDisposable {
  readonly origin: string;
  /** The address that opens the workbench with the extension. */
  readonly address: string;
  readonly workspace: string;
  /** The home directory the extension sees, unless `keepAccounts`. */
  readonly home: string;
  /** Where it keeps settings, logs, extensions and what they store. */
  readonly data: string;
  readonly process: RunningProcess;
  /** Copies everything the server and its extension hosts logged. */
  keepLogs(directory: string): Promise<void>;
}

const startTimeoutMs = 60_000;
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
};

export async function startServer(options: ServerOptions): Promise<WorkbenchServer> {
  const root = await makeTemporaryDirectory();
  const [workspace, home, data] = ['workspace', 'home', 'server'].map((name) => join(root.path, name)) as [
    string,
    string,
    string,
  ];
  await Promise.all([workspace, home].map((path) => mkdir(path)));
  await writeMachineSettings(data, options.settings);
  if (options.locale !== undefined) {
    await writeLanguagePack(data, options.locale);
  }
  const base = options.keepAccounts ? plainEnvironment() : isolatedEnvironment(home);
  // Without a gallery VS Code makes no attempts to reach one.
  const env = { ...base, EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '' }), ...options.env };
  await addExtension({ ...options, data, env });

  const child = startProcess({ command: options.vscode.node, args: serverArguments(options, data), env });
  const dispose = async () => {
    await child[Symbol.asyncDispose]();
    await root[Symbol.asyncDispose]();
  };
  try {
    const [, port] = await child.waitForLine(/Extension host agent listening on (\d+)/, startTimeoutMs);
    const origin = `http://127.0.0.1:${port}`;
    const address = `${origin}/?${query(options, `127.0.0.1:${port}`, workspace)}`;
    const keepLogs = (directory: string) => copyLogs(directory, data, child);
    return { origin, address, workspace, home, data, process: child, keepLogs, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function serverArguments(options: ServerOptions, data: string): string[] {
  return [
    options.vscode.main,
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...['--without-connection-token', '--accept-server-license-terms'],
    ...['--server-data-dir', data],
    // Makes a built VS Code honour the payload in the address; also what turns dialogs and notifications off.
    ...(options.tests === undefined ? [] : ['--enable-smoke-test-driver']),
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(options.locale === undefined ? [] : ['--locale', options.locale]),
  ];
}

async function writeMachineSettings(data: string, settings: ServerOptions['settings']): Promise<void> {
  const directory = join(data, 'data', 'Machine');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
}

function query(options: ServerOptions, authority: string, workspace: string): string {
  const remote = (path: string) => `vscode-remote://${authority}${path}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  if (options.tests !== undefined && 'directory' in options.extension) {
    payload.push(['extensionDevelopmentPath', remote(options.extension.directory)]);
    payload.push(['extensionTestsPath', remote(options.tests)]);
    // Reads are logged at this level only.
    payload.push(['logLevel', 'cloud-assistant-explorer.cloud-assistant-explorer=debug']);
  }
  return new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) }).toString();
}

async function copyLogs(directory: string, data: string, child: RunningProcess): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'server.log'), child.lines.join('\n'));
  await cp(join(data, 'data', 'logs'), directory, { recursive: true, force: true }).catch(() => undefined);
}
