import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { isolatedEnvironment } from '../workbench/environment';
import { compileHostTests } from '../workbench/hostTests';
import { makeTemporaryDirectory, repository } from '../workbench/paths';
import { listenForReport, reportPortVariable } from '../workbench/report';
import { startSandbox } from '../workbench/sandbox';
import { Summary } from '../workbench/summary';
import { versions } from '../workbench/versions';

const silenceMs = 120_000;

/** The tests of the extension host in a desktop VS Code, which is downloaded from its vendor. */
async function main(): Promise<void> {
  const vscodeExecutablePath = await download();
  const extensionTestsPath = await compileHostTests(join(repository, 'test', 'host'), join(repository, 'out', 'host'));
  const summary = new Summary();
  await using root = await makeTemporaryDirectory();
  await using sandbox = await startSandbox();
  await using report = await listenForReport({ onEvent: summary.add, silenceMs });
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: repository,
    extensionTestsPath,
    extensionTestsEnv: { ...isolatedEnvironment(root.path), ...sandbox.env, [reportPortVariable]: String(report.port) },
    launchArgs: [root.path, '--disable-workspace-trust', '--disable-extensions'],
  });
  console.log(`\nTests in desktop VS Code: ${summary.text()}`);
  if (summary.passed === 0) {
    throw new Error('No test passed, so nothing was tested.');
  }
}

/** `--version floor` is the oldest VS Code we support, `newest` (as without it) the newest stable one, or any number. */
async function download(): Promise<string> {
  const { values } = parseArgs({ options: { version: { type: 'string', default: 'newest' } } });
  const version = { floor: versions.floor.vscode, newest: 'stable' }[values.version] ?? values.version;
  try {
    return await downloadAndUnzipVSCode({ version });
  } catch (error) {
    throw new Error(
      'Desktop VS Code could not be downloaded from here; "npm run test:host" runs the same tests without it.',
      { cause: error },
    );
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
