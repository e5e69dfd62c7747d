import * as vscode from 'vscode';
import type { Target } from '../../core/target';
import type { RunRecord } from '../../services/journal/runRecord';
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
  readonly operations: { readonly model: { run(id: string): RunRecord | undefined } };
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

/** Shows the row of a host, or of what a run started, in the tree, or its details where it is hidden there. */
async function showInResources(args: readonly unknown[], deps: FleetDeps): Promise<void> {
  const row = clickedOf(args, deps);
  const target = row?.type === 'run' ? recordOf(deps.operations.model.run(row.run), deps) : undefined;
  if (row?.type === 'resource') await showTarget(row.target, deps);
  else if (target !== undefined) await showTarget(target, deps);
}

/** The cloud's own record of what a run started, the first where there are several. */
function recordOf(run: RunRecord | undefined, { clouds }: FleetDeps): Target | undefined {
  const [started] = run?.cloudRuns ?? [];
  if (started === undefined) return undefined;
  const { provider, account, region, handle } = started;
  const kind = clouds.provider(provider).kinds.find(({ results }) => results !== undefined);
  return kind && { provider, accountId: account.id, region, kind: kind.id, id: handle };
}
