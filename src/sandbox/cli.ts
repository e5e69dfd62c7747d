import { parseArgs } from 'node:util';
import { startSandbox } from './server';
import type { SandboxOptions } from './state';

const usage = 'Usage: sandbox [--port N] [--seed TEXT] [--large N] [--control]';

/** Runs the sandbox alone: one JSON line when it listens, then until it is told to end. */
async function main(): Promise<void> {
  const sandbox = await startSandbox(readOptions(process.argv.slice(2)));
  const { announcement, controlUrl } = sandbox;
  const line = controlUrl === undefined ? announcement : { ...announcement, control: controlUrl };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  const end = (): void => void sandbox.dispose();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  if (process.env['npm_lifecycle_event'] !== undefined) endWithParent(end);
}

const parentCheckMs = 500;

/** npm runs scripts through a shell, and a signal for npm may end that shell only. */
function endWithParent(end: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, parentCheckMs);
  timer.unref();
}

function readOptions(args: string[]): SandboxOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      seed: { type: 'string' },
      large: { type: 'string' },
      control: { type: 'boolean' },
    },
  });
  return {
    port: toNumber('port', values.port, 65_535),
    large: toNumber('large', values.large, 200_000),
    control: values.control === true,
    transitionMs: 2_000,
    ...(values.seed === undefined ? {} : { seed: values.seed }),
  };
}

function toNumber(name: string, text: string | undefined, largest: number): number {
  const number = Number(text ?? 0);
  if (Number.isInteger(number) && number >= 0 && number <= largest) return number;
  throw new RangeError(`--${name} takes a whole number up to ${largest}.`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 1;
});
