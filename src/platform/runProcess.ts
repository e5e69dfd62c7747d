import { execFile } from 'node:child_process';

/** How a program ended. What it wrote to its error output is not kept: it may hold anything. */
export type ProcessEnd =
  | { readonly type: 'done'; readonly output: string }
  | { readonly type: 'failed'; readonly code: string }
  | { readonly type: 'timeout' };

export interface RunOptions {
  readonly timeoutMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs a program without a shell. Never rejects; takes at most 1 MiB of output. */
export function runProcess(command: readonly [string, ...string[]], options: RunOptions): Promise<ProcessEnd> {
  const [program, ...args] = command;
  const { timeoutMs, env } = options;
  return new Promise((resolve) => {
    try {
      const child = execFile(
        program,
        args,
        { timeout: timeoutMs, env, windowsHide: true, encoding: 'utf8', maxBuffer: 1024 * 1024 },
        (error, output) => {
          if (error === null) resolve({ type: 'done', output });
          else if (error.killed === true && error.code === null) resolve({ type: 'timeout' });
          else resolve({ type: 'failed', code: String(error.code ?? error.signal ?? 'UNKNOWN') });
        },
      );
      child.stdin?.on('error', () => undefined).end();
    } catch (error) {
      // A name that no program can have, such as one with a null byte, is refused before anything runs.
      resolve({ type: 'failed', code: error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN' });
    }
  });
}
