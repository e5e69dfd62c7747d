import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  parseSandboxAddress,
  type SandboxAccounts,
  type SandboxAddress,
} from '../../services/accounts/sandboxAccounts';
import { SingleFlight } from '../../util/async';
import { contextKeys } from '../contract/contributions';

/** A sandbox that runs in this process. */
export interface RunningSandbox {
  readonly address: SandboxAddress;
  dispose(): Promise<void>;
}

/** Starts the sandbox and shows its accounts, and takes both away again. */
export interface SandboxSwitch {
  readonly running: boolean;
  /** Shows the accounts of a sandbox that runs elsewhere on this machine. */
  show(address: SandboxAddress): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  dispose(): void;
}

export function createSandboxSwitch(accounts: SandboxAccounts, launch: () => Promise<RunningSandbox>): SandboxSwitch {
  const flight = new SingleFlight<void>();
  let sandbox: RunningSandbox | undefined;
  const announce = (): void => {
    void vscode.commands.executeCommand('setContext', contextKeys.sandboxRunning, accounts.running);
  };
  const show = (address: SandboxAddress): void => {
    accounts.show(address);
    announce();
  };
  const stop = async (): Promise<void> => {
    const running = sandbox;
    sandbox = undefined;
    accounts.hide();
    announce();
    await running?.dispose();
  };
  return {
    get running() {
      return accounts.running;
    },
    show,
    start: () =>
      flight.run('start', async () => {
        if (accounts.running) return;
        sandbox = await launch();
        show(sandbox.address);
      }),
    stop,
    dispose: () => void sandbox?.dispose(),
  };
}

/** Shows a sandbox that was started outside, named by the line it prints. */
export function showGivenSandbox(
  line: string | undefined,
  sandbox: SandboxSwitch,
  show: (error: unknown) => Promise<void>,
): void {
  if (line === undefined || line === '') return;
  try {
    sandbox.show(parseSandboxAddress(line));
  } catch {
    void show(
      new Error(l10n.t('CLOUD_ASSISTANT_SANDBOX is not the line that the sandbox prints; the sandbox is not shown.')),
    );
  }
}
