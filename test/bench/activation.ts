import { join } from 'node:path';
import { build } from 'esbuild';
import { openBrowser } from '../workbench/browser';
import { installVsCode, type InstalledVsCode } from '../workbench/install';
import { repository } from '../workbench/paths';
import { listenForReport, reportPortVariable, type HostEvent } from '../workbench/report';
import { startServer } from '../workbench/server';
import { versions } from '../workbench/versions';

const silenceMs = 90_000;

/**
 * How long the newest VS Code waits for the extension when its view is first shown, in milliseconds: its file loaded
 * and `activate()` returned. Each round is a new start of VS Code, timed inside the extension host.
 */
export async function measureActivation(rounds: number): Promise<number[]> {
  const vscode = await installVsCode(versions.newest, console.error);
  const tests = await compile();
  const figures: number[] = [];
  for (let round = 0; round < rounds; round++) figures.push(await measureOnce(vscode, tests));
  return figures;
}

async function measureOnce(vscode: InstalledVsCode, tests: string): Promise<number> {
  let ms = 0;
  const onEvent = (event: HostEvent): void => void (ms += event.kind === 'passed' ? event.ms : 0);
  await using report = await listenForReport({ onEvent, silenceMs });
  const env = { [reportPortVariable]: String(report.port) };
  await using server = await startServer({ vscode, extension: { directory: repository }, tests, env });
  await using browser = await openBrowser({ log: console.error });
  await browser.page.goto(server.address);
  await report.finished;
  return ms;
}

async function compile(): Promise<string> {
  const outfile = join(repository, 'out', 'bench', 'activationHost.js');
  const entryPoints = [join(__dirname, 'activationHost.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', target: 'node20', external: ['vscode'] });
  return outfile;
}
