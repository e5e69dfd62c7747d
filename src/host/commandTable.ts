import * as vscode from 'vscode';
import { addAccount, changeAccountLevel, reenterKeys, removeAccount, renameAccount } from './accounts/commands';
import { commands, views, type CommandName } from './contract/contributions';
import { diagnoseConnection } from './environment/diagnoseCommand';
import { destroy, reviewPlan, runPlan } from './actions/commands';
import { ArgumentError } from './ui/errorText';
import { filterRows, groupRows } from './resources/filterCommands';
import { findResource } from './resources/findCommand';
import type { HostServices } from './services';
import { checkRun, copyRecipe, exportJournal, openResult, retryFailed } from './operations/commands';
import { showKinds, showRegions } from './resources/visibilityCommands';
import {
  copyId,
  copyName,
  copyPolicy,
  loadAll,
  loadMore,
  openResponse,
  refresh,
  showDetails,
  showRegistered,
  stopLoading,
} from './resources/commands';

type Handler = (args: readonly unknown[], services: HostServices) => Promise<unknown>;

/** What each command does. Arguments are whatever the caller passed: every handler checks them first. */
const handlers: Readonly<Record<CommandName, Handler>> = {
  deregisterManagedInstance: (args, services) => destroy('deregisterManagedInstance', args, services),
  deleteActivation: (args, services) => destroy('deleteActivation', args, services),
  deleteInstances: (args, services) => destroy('deleteInstances', args, services),
  reviewPlan,
  runPlan,
  showDetails,
  openResponse,
  refresh,
  refreshAll: (_, services) => services.tree.refresh(),
  retry: refresh,
  loadMore,
  loadAll,
  find: (_, services) => findResource(services),
  filter: (_, services) => filterRows(services),
  clearFilter: (_, services) => services.view.setFilter(undefined),
  groupBy: (_, services) => groupRows(services),
  showRegions,
  showKinds,
  showRegistered,
  stopLoading,
  addAccount: (_, services) => addAccount(services),
  renameAccount,
  changeAccountLevel,
  reenterKeys,
  removeAccount,
  diagnoseConnection,
  trySandbox: (_, services) => trySandbox(services),
  stopSandbox: (_, services) => services.sandbox.stop(),
  copyId,
  copyName,
  copyRecipe,
  copyPolicy,
  openResult,
  retryFailed,
  checkRun,
  exportJournal: (_, services) => exportJournal(services),
  showLog: (_, services) => Promise.resolve(services.log.show()),
  openSettings: (_, { extensionId }) =>
    Promise.resolve(vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId}`)),
};

/**
 * Runs a command: whatever goes wrong is logged and shown once. Rejects only for wrong arguments, so that
 * another extension that called it learns of it; then nothing was sent.
 */
export function createCommands(services: HostServices, show: (error: unknown) => Promise<void>) {
  return async (name: CommandName, args: readonly unknown[]): Promise<void> => {
    try {
      services.log.debug(commands[name]);
      await handlers[name](args, services);
    } catch (error) {
      void show(error);
      if (error instanceof ArgumentError) throw error;
    }
  };
}

async function trySandbox({ sandbox }: HostServices): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: views.resources } }, () => sandbox.start());
  await vscode.commands.executeCommand(`${views.resources}.focus`);
}
