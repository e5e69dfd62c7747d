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
  /** This runs on a remote machine or in a container, whose own settings count. */
  readonly elsewhere: boolean;
}

export function environmentCommands(
  deps: EnvironmentDeps,
): CommandTable<'diagnoseConnection' | 'trySandbox' | 'stopSandbox' | 'showLog' | 'openSettings'> {
  const { sandbox, log } = deps;
  return {
    diagnoseConnection: (args) => diagnoseConnection(args, deps),
    trySandbox: () => trySandbox(sandbox),
    stopSandbox: () => sandbox.stop(),
    showLog: () => Promise.resolve(log.show()),
    openSettings: () => openSettings(deps),
  };
}

/** All of ours are settings of the machine: on a remote, the tab of the user shows none of them. */
async function openSettings({ extensionId, elsewhere }: EnvironmentDeps): Promise<void> {
  const command = elsewhere ? 'workbench.action.openRemoteSettings' : 'workbench.action.openSettings';
  await vscode.commands.executeCommand(command, { query: `@ext:${extensionId}` });
}

async function trySandbox(sandbox: SandboxSwitch): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: views.resources } }, () => sandbox.start());
  await vscode.commands.executeCommand(`${views.resources}.focus`);
}
