import { chromium, type Page } from 'playwright-core';
import { findBrowser } from './chromium';
import { makeTemporaryDirectory } from './paths';

export interface BrowserOptions {
  readonly log: (line: string) => void;
  readonly size?: { readonly width: number; readonly height: number } | undefined;
}

/** A headless browser with one page and a profile of its own. */
export interface WorkbenchBrowser extends AsyncDisposable {
  readonly page: Page;
  /** Errors the page has written to its console so far. */
  readonly consoleErrors: readonly string[];
}

const timeoutMs = 20_000;
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openBrowser(options: BrowserOptions): Promise<WorkbenchBrowser> {
  const executablePath = await findBrowser(options.log);
  const profile = await makeTemporaryDirectory();
  const context = await chromium.launchPersistentContext(profile.path, {
    executablePath,
    headless: true,
    chromiumSandbox: false, // Not available to root, nor in containers.
    args: flags,
    viewport: options.size ?? { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(timeoutMs);
  const consoleErrors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') {
      consoleErrors.push(message.text());
    }
  });
  page.on('pageerror', (error) => consoleErrors.push(String(error)));
  const dispose = async () => {
    await context.close();
    await profile[Symbol.asyncDispose]();
  };
  return { page, consoleErrors, [Symbol.asyncDispose]: dispose };
}
