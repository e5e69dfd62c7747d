import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser } from '../../workbench/browser';
import { installVsCode } from '../../workbench/install';
import { repository, resultsDirectory } from '../../workbench/paths';
import { startSandbox, type RunningSandbox } from '../../workbench/sandbox';
import { startServer, type ServerOptions } from '../../workbench/server';
import { isVersionName, versions, type VersionName } from '../../workbench/versions';
import { Workbench } from './workbench';

/** The line that the sandbox prints, read. */
export interface SandboxAddress {
  readonly alibabaCloud: {
    readonly endpoint: string;
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
  };
}

export interface WorkbenchOptions extends Partial<Omit<ServerOptions, 'vscode' | 'tests' | 'keepAccounts'>> {
  /** Names what a failure leaves in test-results. */
  readonly name: string;
  /** The one the runner chose when left out. */
  readonly version?: VersionName;
  /** Set to false for an extension that needs none. */
  readonly sandbox?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
  /** Secrets outlive a reload, as they do on a desktop; a browser forgets them otherwise. */
  readonly keepsSecrets?: boolean;
  /** What depends on the keys and the address of the sandbox. */
  readonly prepare?: (sandbox: SandboxAddress) => Pick<ServerOptions, 'env' | 'settings'>;
}

/** Runs `body` in a new VS Code with the extension and a new sandbox; a failure leaves a picture and the logs. */
export async function withWorkbench(
  options: WorkbenchOptions,
  body: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const {
    name,
    version = versionFromRunner(),
    sandbox: wantsSandbox = true,
    size,
    prepare,
    keepsSecrets,
    ...rest
  } = options;
  const vscode = await installVsCode(versions[version], console.log);
  await using sandbox = wantsSandbox ? await startSandbox() : undefined;
  const prepared = sandbox === undefined ? undefined : prepare?.(addressOf(sandbox));
  const env = { ...sandbox?.env, ...options.env, ...prepared?.env };
  // Rows that stay in sight while scrolling would cover the rows below them.
  const settings = { 'workbench.tree.enableStickyScroll': false, ...options.settings, ...prepared?.settings };
  await using server = await startServer({ extension: { directory: repository }, ...rest, vscode, env, settings });
  await using browser = await openBrowser({ log: console.log, size });
  const { page, consoleErrors } = browser;
  if (keepsSecrets === true) await keepSecrets(page, server.origin);
  const workbench = new Workbench(page, {
    server,
    sandbox,
    consoleErrors,
    evidence: join(resultsDirectory, `${name}-${version}`),
  });
  try {
    await workbench.open();
    await body(workbench);
  } catch (error) {
    await keepEvidence(workbench, 'page');
    throw error;
  }
}

/** code-server has its browser encrypt secrets with a key of the server; the part that makes it does not run here. */
async function keepSecrets(page: Page, origin: string): Promise<void> {
  const key = randomBytes(32);
  await page.route(`${origin}/mint-key`, (route) => route.fulfill({ body: key }));
}

function addressOf(sandbox: RunningSandbox): SandboxAddress {
  return JSON.parse(sandbox.line) as SandboxAddress;
}

export function versionFromRunner(): VersionName {
  const name = process.env['CLOUD_ASSISTANT_TEST_VERSION'] ?? 'newest';
  return isVersionName(name) ? name : 'newest';
}

/** One named part of a test; its failure is reported by itself and leaves a picture of that moment. */
export async function step(
  t: TestContext,
  workbench: Workbench,
  part: { name: string; run: () => Promise<void> },
): Promise<void> {
  await t.test(part.name, async () => {
    try {
      await part.run();
    } catch (error) {
      await keepEvidence(workbench, part.name);
      await workbench.leaveEverything();
      throw error;
    }
  });
}

async function keepEvidence(workbench: Workbench, name: string): Promise<void> {
  const { server, evidence } = workbench.surroundings;
  await server.keepLogs(join(evidence, 'logs'));
  await workbench
    .screenshot(join(evidence, `${name.replace(/\W+/g, '-')}.png`))
    .catch((error: unknown) => console.error(error));
  console.error(`A picture and the logs are in ${evidence}`);
}
