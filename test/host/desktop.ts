import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { isolatedEnvironment } from '../workbench/environment';
import { compileHostTests } from '../workbench/hostTests';
import { makeTemporaryDirectory, repository } from '../workbench/paths';
import { listenForReport, reportPortVariable } from '../workbench/report';
import { startSandbox } from '../workbench/sandbox';
import { Summary } from '../workbench/summary';

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

async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ version: 'stable' });
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
