import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A child process with everything it starts, ended together. */
export interface RunningProcess extends AsyncDisposable {
  /** All lines of both outputs so far. */
  readonly lines: readonly string[];
  /** Settles when the process is gone; never rejects. */
  readonly exited: Promise<number>;
  /** Calls back for the lines so far and every later one. */
  readonly onLine: (listener: (line: string) => void) => void;
  /** The first line that matches; rejects with the output's end when the process or the time runs out. */
  waitForLine(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray>;
}

const live = new Set<ChildProcess>();
process.once('exit', () => live.forEach((child) => signal(child, 'SIGKILL')));

export function startProcess(options: ProcessOptions): RunningProcess {
  const { command, args, cwd, env } = options;
  const shell = /\.cmd$/i.test(command); // Windows starts such files through its shell only.
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  // A group of its own, so that grandchildren (the extension host) end with it.
  const child = spawn(command, args, { cwd, env, stdio, shell, detached: process.platform !== 'win32' });
  live.add(child);
  const output = collectLines(child);
  const exited = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output.add(`Could not start "${command}": ${error.message}`);
      resolve(127);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
  void exited.then(() => live.delete(child));

  return {
    lines: output.lines,
    exited,
    onLine: output.onLine,
    waitForLine: (pattern, timeoutMs) => waitForLine({ command, output, exited, pattern, timeoutMs }),
    [Symbol.asyncDispose]: () => endGroup(child, exited),
  };
}

/** Runs a command to its end and returns what it printed; throws with the output's end when it fails. */
export async function runProcess(options: ProcessOptions): Promise<readonly string[]> {
  const child = startProcess(options);
  const code = await child.exited;
  if (code !== 0) {
    throw new Error(`"${options.command} ${options.args.join(' ')}" ended with code ${code}.\n${tail(child.lines)}`);
  }
  return child.lines;
}

export function tail(lines: readonly string[], count = 40): string {
  return lines.slice(-count).join('\n');
}

interface Output {
  readonly lines: string[];
  readonly add: (line: string) => void;
  readonly onLine: (listener: (line: string) => void) => void;
}

function collectLines(child: ChildProcess): Output {
  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>();
  const add = (line: string) => {
    lines.push(line);
    listeners.forEach((listener) => listener(line));
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) {
      createInterface({ input: stream }).on('line', add);
    }
  }
  const onLine = (listener: (line: string) => void) => {
    lines.forEach(listener);
    listeners.add(listener);
  };
  return { lines, add, onLine };
}

interface LineWait {
  readonly command: string;
  readonly output: Output;
  readonly exited: Promise<number>;
  readonly pattern: RegExp;
  readonly timeoutMs: number;
}

function waitForLine(wait: LineWait): Promise<RegExpExecArray> {
  const { command, output, exited, pattern, timeoutMs } = wait;
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`"${command}" ${why}.\n${tail(output.lines)}`));
    const timer = setTimeout(() => fail(`did not print ${pattern} within ${timeoutMs / 1000} s`), timeoutMs);
    void exited.then((code) => fail(`ended with code ${code} before it printed ${pattern}`));
    output.onLine((line) => {
      const match = pattern.exec(line);
      if (match) {
        clearTimeout(timer);
        resolve(match);
      }
    });
    void exited.then(() => clearTimeout(timer));
  });
}

const graceMs = 5000;

async function endGroup(child: ChildProcess, exited: Promise<number>): Promise<void> {
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => signal(child, 'SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
  signal(child, 'SIGKILL'); // Whatever the process left behind in its group.
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, name);
  } catch {
    // Gone already.
  }
}
