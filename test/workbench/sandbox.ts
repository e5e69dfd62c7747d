import { join } from 'node:path';
import { plainEnvironment } from './environment';
import { repository } from './paths';
import { startProcess, type RunningProcess } from './process';

/** The local imitation of the clouds, alive until disposed. */
export interface RunningSandbox extends AsyncDisposable {
  /** What it printed: addresses and keys as one line of JSON. */
  readonly line: string;
  /** Where tests prepare and inspect it. */
  readonly control: string;
  /** What tells the extension to offer the sandbox as an account. */
  readonly env: { readonly CLOUD_ASSISTANT_SANDBOX: string };
  readonly process: RunningProcess;
}

const startTimeoutMs = 20_000;

export async function startSandbox(cli = join(repository, 'dist', 'sandboxCli.js')): Promise<RunningSandbox> {
  const args = [cli, '--port', '0', '--control'];
  const child = startProcess({ command: process.execPath, args, env: plainEnvironment() });
  try {
    const [line] = await child.waitForLine(/^\{.*\}$/, startTimeoutMs);
    const { control } = JSON.parse(line) as { control: string };
    const env = { CLOUD_ASSISTANT_SANDBOX: line };
    return { line, control, env, process: child, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}
