import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from './browser';
import { compileHostTests } from './hostTests';
import { installVsCode } from './install';
import { findTexts, ownAccounts } from './ownAccounts';
import { repository, resultsDirectory } from './paths';
import { tail } from './process';
import { grepVariable, listenForReport, reportPortVariable } from './report';
import { startSandbox } from './sandbox';
import { startServer, type WorkbenchServer } from './server';
import { Summary } from './summary';
import { chooseVersions, versions, type VersionName } from './versions';

const silenceMs = 90_000;
const ourTests = join(repository, 'test', 'host');
const out = join(repository, 'out');

const { values } = parseArgs({
  options: {
    version: { type: 'string', multiple: true },
    grep: { type: 'string' },
    extension: { type: 'string', default: repository },
    tests: { type: 'string', default: ourTests },
    'no-sandbox': { type: 'boolean', default: false },
  },
});

/** One start of VS Code with one set of tests. */
interface Round {
  readonly version: VersionName;
  readonly tests: string;
  /** In Chinese and with accounts in the environment, whose secrets must end up in no file. */
  readonly withAccounts: boolean;
}

async function main(): Promise<void> {
  const summary = new Summary();
  const chosen = chooseVersions(values.version);
  const tests = await compileHostTests(values.tests, join(out, 'host'));
  for (const version of chosen) await run({ version, tests, withAccounts: false }, summary);
  if (values.tests === ourTests && chosen.includes('newest')) {
    const more = await compileHostTests(join(ourTests, 'accounts'), join(out, 'hostAccounts'));
    await run({ version: 'newest', tests: more, withAccounts: true }, summary);
  }
  console.log(`\nTests in the extension host: ${summary.text()}`);
  if (summary.failed > 0 || summary.passed === 0) {
    throw new Error(summary.failed > 0 ? 'Some tests failed.' : 'No test passed, so nothing was tested.');
  }
}

async function run({ version, tests, withAccounts }: Round, summary: Summary): Promise<void> {
  const vscode = await installVsCode(versions[version], console.log);
  console.log(`\nVS Code ${vscode.version.vscode}${withAccounts ? ' in Chinese, with accounts of its own' : ''}`);
  await using sandbox = values['no-sandbox'] ? undefined : await startSandbox();
  await using report = await listenForReport({ onEvent: summary.add, silenceMs });
  const accounts = withAccounts && sandbox !== undefined ? await ownAccounts(sandbox) : undefined;
  const ours = { [reportPortVariable]: String(report.port), [grepVariable]: values.grep ?? '' };
  const env = { ...sandbox?.env, ...accounts?.options.env, ...ours };
  const settings = accounts?.options.settings ?? {};
  const extension = { directory: values.extension };
  const locale = accounts === undefined ? {} : { locale: 'zh-cn' };
  await using server = await startServer({ vscode, extension, tests, env, settings, ...locale });
  await using browser = await openBrowser({ log: console.log });
  const before = summary.failed;
  try {
    await browser.page.goto(server.address);
    await report.finished;
    await expectNowhere(accounts?.secrets ?? [], server);
  } catch (error) {
    summary.failed++;
    console.error(`  ✘ ${messageOf(error)} The server's last lines:\n${tail(server.process.lines)}`);
  }
  if (summary.failed > before) {
    const directory = join(resultsDirectory, `host-${version}`);
    await server.keepLogs(directory);
    console.log(`  The logs are in ${directory}`);
  }
}

/** Fails when a secret is in anything the server has written or said. */
async function expectNowhere(secrets: readonly string[], server: WorkbenchServer): Promise<void> {
  const said = server.process.lines.join('\n');
  if (secrets.some((secret) => said.includes(secret))) throw new Error('The server printed a secret.');
  const files = await findTexts(dirname(server.workspace), secrets);
  if (files.length > 0) throw new Error(`A secret is in ${files.join(', ')}.`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
