import { connect } from 'node:net';
import { commands, version } from 'vscode';
import { aroundStart } from '../host/support/entryPoint';
import { fileOf } from '../host/support/extension';
import { reportPortVariable, type HostEvent } from '../workbench/report';

/** VS Code calls this inside the extension host: shows the view, and tells how long both steps of the start took. */
export async function run(): Promise<void> {
  const socket = connect(Number(process.env[reportPortVariable]), '127.0.0.1');
  const send = (event: HostEvent): void => void socket.write(`${JSON.stringify(event)}\n`);
  send({ kind: 'started', vscode: version });
  const activated = new Promise<void>((resolve) => {
    aroundStart(fileOf('dist', 'extension.js'), (step, act) => {
      const start = performance.now();
      const value = act();
      send({ kind: 'passed', title: step, ms: performance.now() - start });
      if (step === 'activate') resolve();
      return value;
    });
  });
  await commands.executeCommand('cloudAssistant.resources.focus');
  await activated;
  send({ kind: 'finished' });
  await new Promise<void>((resolve) => socket.end(resolve));
}
