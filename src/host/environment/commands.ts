import * as vscode from 'vscode';
import type { CommandTable } from '../contract/commandTypes';
import { views } from '../contract/contributions';
import { diagnoseConnection, type DiagnoseDeps } from './diagnoseCommand';
import type { SandboxSwitch } from './sandboxSwitch';

export interface EnvironmentDeps extends DiagnoseDeps {
  readonly sandbox: SandboxSwitch;
  readonly log: Pick<vscode.LogOutputChannel, 'show'>;
  /** Publisher and name, as they were installed. */
  readonly extensionId: string;
}

export function environmentCommands(
  deps: EnvironmentDeps,
): CommandTable<'diagnoseConnection' | 'trySandbox' | 'stopSandbox' | 'showLog' | 'openSettings'> {
  const { sandbox, log, extensionId } = deps;
  return {
    diagnoseConnection: (args) => diagnoseConnection(args, deps),
    trySandbox: () => trySandbox(sandbox),
    stopSandbox: () => sandbox.stop(),
    showLog: () => Promise.resolve(log.show()),
    openSettings: async () => vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId}`),
  };
}

async function trySandbox(sandbox: SandboxSwitch): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: views.resources } }, () => sandbox.start());
  await vscode.commands.executeCommand(`${views.resources}.focus`);
}
