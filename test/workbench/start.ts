import { startDesktop } from './desktop';
import { installVsCode } from './install';
import { watchForInterrupt } from './interrupt';
import { repository } from './paths';
import { requestedPort } from './port';
import { tail, type RunningProcess } from './process';
import { startSandbox, type RunningSandbox } from './sandbox';
import { startServer, type WorkbenchServer } from './server';
import { versions } from './versions';

async function main(): Promise<void> {
  const interrupt = watchForInterrupt();
  await using sandbox = await startSandbox();
  await using window = process.argv.includes('--desktop')
    ? await startDesktop(sandbox.env)
    : await startInBrowser(sandbox);
  await Promise.race([interrupt.wait(), window.closed, failWhenGone('The sandbox', sandbox.process)]);
}

interface Window extends AsyncDisposable {
  readonly closed: Promise<void>;
}

async function startInBrowser(sandbox: RunningSandbox): Promise<Window> {
  const port = await requestedPort(process.env['PORT']);
  const vscode = await installVsCode(versions.newest, console.log);
  const extension = { directory: repository };
  const server = await startServer({ vscode, extension, port, env: sandbox.env, keepAccounts: true });
  await expectAnswer(server);
  console.log(`Cloud Assistant Explorer is ready: ${server.address}`);
  return {
    closed: failWhenGone('VS Code', server.process),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function expectAnswer(server: WorkbenchServer): Promise<void> {
  const answer = await fetch(server.address);
  const page = await answer.text();
  if (!answer.ok || !page.includes('workbench')) {
    throw new Error(`VS Code answered with status ${answer.status} and no workbench.\n${tail(server.process.lines)}`);
  }
}

async function failWhenGone(what: string, child: RunningProcess): Promise<never> {
  const code = await child.exited;
  throw new Error(`${what} ended with code ${code}.\n${tail(child.lines)}`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
