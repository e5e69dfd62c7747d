import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import Mocha from 'mocha';
import { version } from 'vscode';
import { grepVariable, reportPortVariable, type HostEvent } from '../workbench/report';

/** VS Code calls this inside the extension host; rejecting marks the run as failed. */
export async function run(): Promise<void> {
  const socket = connect(Number(process.env[reportPortVariable]), '127.0.0.1');
  const send = (event: HostEvent) => void socket.write(`${JSON.stringify(event)}\n`);
  send({ kind: 'started', vscode: version });
  try {
    const failures = await runMocha(send);
    send({ kind: 'finished' });
    if (failures > 0) {
      throw new Error(`${failures} tests failed.`);
    }
  } catch (error) {
    send({ kind: 'finished', error: describe(error) });
    throw error;
  } finally {
    await close(socket);
  }
}

const testTimeoutMs = 20_000;

function runMocha(send: (event: HostEvent) => void): Promise<number> {
  const grep = process.env[grepVariable];
  const mocha = new Mocha({ ui: 'bdd', timeout: testTimeoutMs, reporter: reporterTo(send), ...(grep ? { grep } : {}) });
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
  files.sort().forEach((name) => mocha.addFile(join(__dirname, name)));
  return new Promise((resolve) => mocha.run(resolve));
}

function reporterTo(send: (event: HostEvent) => void): Mocha.ReporterConstructor {
  return class extends Mocha.reporters.Base {
    constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
      super(runner, options);
      runner.on('pass', (test) => send({ kind: 'passed', title: titleOf(test), ms: test.duration ?? 0 }));
      runner.on('pending', (test) => send({ kind: 'skipped', title: titleOf(test) }));
      runner.on('fail', (test: Mocha.Runnable, error: unknown) =>
        send({ kind: 'failed', title: titleOf(test), error: describe(error) }),
      );
    }
  };
}

function titleOf(test: Mocha.Runnable): string {
  return test.titlePath().join(' › ');
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function close(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.end(resolve));
}
