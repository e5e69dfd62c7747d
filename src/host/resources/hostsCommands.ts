import * as vscode from 'vscode';
import type { CommandTable } from '../contract/commandTypes';
import { views } from '../contract/contributions';
import { clickedOf } from '../contract/selection';
import { exportHosts, type ExportDeps } from './hostsExport';
import { filterHosts, type FleetFilterDeps } from './hostsFilter';
import { chooseHosts, type FleetScopeDeps } from './hostsScope';
import { showTarget, type ShowTargetDeps } from './showTarget';

export interface FleetDeps extends ExportDeps, FleetFilterDeps, FleetScopeDeps, ShowTargetDeps {
  readonly inventory: FleetScopeDeps['inventory'];
  readonly treeView: ShowTargetDeps['treeView'];
}

type Name =
  | 'readHosts'
  | 'refreshHosts'
  | 'stopHosts'
  | 'filterHosts'
  | 'clearHosts'
  | 'chooseHosts'
  | 'exportHosts'
  | 'showInResources';

export function fleetCommands(deps: FleetDeps): CommandTable<Name> {
  const { fleet } = deps;
  return {
    readHosts: () => read(deps, false),
    refreshHosts: () => read(deps, true),
    stopHosts: () => fleet.reader.stop(),
    filterHosts: () => shown(() => filterHosts(deps)),
    clearHosts: () => fleet.view.clear(),
    chooseHosts: () => shown(() => chooseHosts(deps)),
    exportHosts: (args) => exportHosts(args, deps),
    showInResources: (args) => showInResources(args, deps),
  };
}

/** Reads what is not known, or everything anew. */
function read({ fleet }: FleetDeps, everything: boolean): Promise<void> {
  return shown(async () => {
    await vscode.window.withProgress({ location: { viewId: views.hosts } }, () => fleet.read(everything));
  });
}

/** The view may be folded when the palette is used. */
async function shown(work: () => Promise<void>): Promise<void> {
  await vscode.commands.executeCommand(`${views.hosts}.open`, { preserveFocus: true });
  await work();
}

/** Shows the row of a host in the tree, or its details where it is hidden there. */
async function showInResources(args: readonly unknown[], deps: FleetDeps): Promise<void> {
  const row = clickedOf(args, deps);
  if (row?.type === 'resource') await showTarget(row.target, deps);
}
