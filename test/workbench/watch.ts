import { watchForInterrupt } from './interrupt';
import { npmCommand } from './npm';
import { repository } from './paths';
import { startProcess } from './process';

/** The bundles that follow the sources; what is taken from packages alone is built once. */
const bundles = ['extension', 'app', 'sandbox', 'sandboxCli', 'webview'];

/** Rebuilds each bundle when one of its files changes, until it is interrupted. */
async function main(): Promise<void> {
  const interrupt = watchForInterrupt();
  await Promise.race([interrupt.wait(), ...bundles.map(watch)]);
}

async function watch(name: string): Promise<never> {
  const command = npmCommand(['run', '--silent', `build:${name}`, '--', '--watch=forever']);
  const child = startProcess({ ...command, cwd: repository });
  child.onLine((line) => line.trim() !== '' && console.log(`${name}: ${line}`));
  throw new Error(`The watcher of "${name}" ended with code ${await child.exited}.`);
}

main().then(
  // The watchers end with this process.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
