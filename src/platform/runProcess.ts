import { spawn, type ChildProcess } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { decodeText } from '../util/decodeText';

/** How a program ended. What it wrote to its error output is not kept: it may hold anything. */
export type ProcessEnd =
  | { readonly type: 'done'; readonly output: string }
  | { readonly type: 'failed'; readonly code: string }
  | { readonly type: 'flooded' }
  | { readonly type: 'timeout' };

export interface RunOptions {
  /** It has ended by then, or is ended, with everything it started. */
  readonly timeoutMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder it runs in; the root where there is no such folder, never the one this process happens to be in. */
  readonly folder: string;
}

export const maxOutputBytes = 1024 * 1024;
/** What a program wrote is there when it ends, unless something it started still holds the pipe. */
const drainMs = 500;

/**
 * Runs a program without a shell, without input. Never rejects, and settles at the limit whatever the program does:
 * one that ignores signals, floods its output or leaves children behind that keep its output open included.
 */
export async function runProcess(command: readonly [string, ...string[]], options: RunOptions): Promise<ProcessEnd> {
  const cwd = await existing(options.folder);
  try {
    return await endOf(start(command, cwd, options.env), options.timeoutMs);
  } catch (error) {
    // A name that no program can have, such as one with a null byte, is refused before anything runs.
    return { type: 'failed', code: codeOf(error) };
  }
}

async function existing(folder: string): Promise<string> {
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  return isFolder ? folder : parse(process.execPath).root;
}

function start([program, ...args]: readonly [string, ...string[]], cwd: string, env: RunOptions['env']): ChildProcess {
  return spawn(program, args, {
    cwd,
    env,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own, so that it can be ended with all it started. On Windows that would open a window.
    detached: process.platform !== 'win32',
  });
}

function endOf(child: ChildProcess, timeoutMs: number): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    let drain: NodeJS.Timeout | undefined;
    const limit = setTimeout(() => stop({ type: 'timeout' }), timeoutMs);
    const settle = (end: ProcessEnd): void => {
      clearTimeout(limit);
      clearTimeout(drain);
      child.stdout?.destroy();
      resolve(end);
    };
    const stop = (end: ProcessEnd): void => {
      endGroup(child);
      settle(end);
    };
    const finish = (): void => settle(finished(child, parts));
    child.stdout?.on('error', () => undefined);
    child.stdout?.on('data', (part: Buffer) => {
      size += part.length;
      if (size > maxOutputBytes) stop({ type: 'flooded' });
      else parts.push(part);
    });
    child.on('error', (error) => settle({ type: 'failed', code: codeOf(error) }));
    child.on('exit', () => (drain = setTimeout(finish, drainMs)));
    child.on('close', finish);
  });
}

function finished({ exitCode, signalCode }: ChildProcess, parts: readonly Buffer[]): ProcessEnd {
  if (exitCode === 0) return { type: 'done', output: decodeText(Buffer.concat(parts)) };
  return { type: 'failed', code: String(exitCode ?? signalCode ?? 'UNKNOWN') };
}

/** At once and for good: it had its time, and a signal that it may ignore would only be another wait. */
function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') return endTree(child, child.pid);
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** The system's own tool, by its full path: a name alone would be looked for in the folder the program runs in. */
function endTree(child: ChildProcess, pid: number): void {
  const tool = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  const killer = spawn(tool, ['/PID', String(pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' });
  killer.on('error', () => child.kill());
  killer.on('exit', (code) => {
    if (code !== 0) child.kill();
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}
