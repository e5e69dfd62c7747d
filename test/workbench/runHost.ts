import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from './browser';
import { compileHostTests } from './hostTests';
import { installVsCode } from './install';
import { repository, resultsDirectory } from './paths';
import { tail } from './process';
import { grepVariable, listenForReport, reportPortVariable } from './report';
import { startSandbox } from './sandbox';
import { startServer } from './server';
import { Summary } from './summary';
import { chooseVersions, versions, type VersionName } from './versions';

const silenceMs = 90_000;

const { values } = parseArgs({
  options: {
    version: { type: 'string', multiple: true },
    grep: { type: 'string' },
    extension: { type: 'string', default: repository },
    tests: { type: 'string', default: join(repository, 'test', 'host') },
    'no-sandbox': { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const tests = await compileHostTests(values.tests, join(repository, 'out', 'host'));
  const summary = new Summary();
  for (const name of chooseVersions(values.version)) {
    await runAt(name, tests, summary);
  }
  console.log(`\nTests in the extension host: ${summary.text()}`);
  if (summary.failed > 0 || summary.passed === 0) {
    throw new Error(summary.failed > 0 ? 'Some tests failed.' : 'No test passed, so nothing was tested.');
  }
}

async function runAt(name: VersionName, tests: string, summary: Summary): Promise<void> {
  const vscode = await installVsCode(versions[name], console.log);
  console.log(`\nVS Code ${vscode.version.vscode}`);
  await using sandbox = values['no-sandbox'] ? undefined : await startSandbox();
  await using report = await listenForReport({ onEvent: summary.add, silenceMs });
  const env = { ...sandbox?.env, [reportPortVariable]: String(report.port), [grepVariable]: values.grep ?? '' };
  await using server = await startServer({ vscode, extension: { directory: values.extension }, tests, env });
  await using browser = await openBrowser({ log: console.log });
  const before = summary.failed;
  try {
    await browser.page.goto(server.address);
    await report.finished;
  } catch (error) {
    summary.failed++;
    console.error(`  ✘ ${messageOf(error)} The server's last lines:\n${tail(server.process.lines)}`);
  }
  if (summary.failed > before) {
    const directory = join(resultsDirectory, `host-${name}`);
    await server.keepLogs(directory);
    console.log(`  The logs are in ${directory}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
