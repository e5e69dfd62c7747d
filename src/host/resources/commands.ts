import type { Refreshable } from '../../services/accounts/ports';
import type { Inventory } from '../../services/inventory/inventory';
import type { CommandTable } from '../contract/commandTypes';
import { rowsOf, type Selection } from '../contract/selection';
import { copyCommands, type CopyDeps } from './copyCommands';
import { filterRows, groupRows, type FilterDeps } from './filterCommands';
import { findResource, type FindDeps } from './findCommand';
import { showRegistered, type RegisteredDeps } from './registered';
import { treeNode } from './rowNodes';
import { addRegion, removeRegions, showKinds, showRegions, type VisibilityDeps } from './visibilityCommands';

export interface ResourcesDeps extends CopyDeps, FilterDeps, FindDeps, RegisteredDeps, VisibilityDeps {
  readonly accounts: FindDeps['accounts'] & Refreshable;
  readonly inventory: Inventory;
  readonly treeView: RegisteredDeps['treeView'];
  readonly hostsView: Selection & FindDeps['hostsView'];
  /** The flat list, whose last row some commands take, too. */
  readonly fleet: FindDeps['fleet'] & { showMore(): void; showAll(): void };
}

type Name =
  | 'refresh'
  | 'refreshAll'
  | 'retry'
  | 'loadMore'
  | 'loadAll'
  | 'stopLoading'
  | 'find'
  | 'filter'
  | 'clearFilter'
  | 'groupBy'
  | 'showRegions'
  | 'showKinds'
  | 'hideEmptyRegions'
  | 'showEmptyRegions'
  | 'addRegion'
  | 'removeRegions'
  | 'showRegistered'
  | 'copyId'
  | 'copyName'
  | 'copyAddress'
  | 'copyHostName'
  | 'copyTable'
  | 'copyPolicy';

export function resourcesCommands(deps: ResourcesDeps): CommandTable<Name> {
  return {
    refresh: (args) => refresh(args, deps),
    refreshAll: () => refresh([], deps),
    retry: (args) => refresh(args, deps),
    loadMore: (args) => loadMore(args, deps),
    loadAll: (args) => loadAll(args, deps),
    stopLoading: (args) => stopLoading(args, deps),
    find: () => findResource(deps),
    filter: () => filterRows(deps),
    clearFilter: () => deps.view.setFilter(undefined),
    groupBy: () => groupRows(deps),
    showRegions: (args) => showRegions(args, deps),
    showKinds: (args) => showKinds(args, deps),
    hideEmptyRegions: () => deps.view.hideEmpty(true),
    showEmptyRegions: () => deps.view.hideEmpty(false),
    addRegion: (args) => addRegion(args, deps),
    removeRegions: (args) => removeRegions(args, deps),
    showRegistered: (args) => showRegistered(args, deps),
    ...copyCommands(deps),
  };
}

/** Reads the files with accounts again, whatever was told of them, and asks the clouds for the rows, or for everything. */
async function refresh(args: readonly unknown[], deps: ResourcesDeps): Promise<void> {
  await deps.accounts.refresh();
  const rows = rowsOf(args, deps);
  if (rows.length === 0) return deps.tree.refresh();
  await Promise.all(rows.map((row) => deps.tree.refresh(treeNode(row))));
}

async function loadMore(args: readonly unknown[], deps: ResourcesDeps): Promise<void> {
  for (const row of rowsOf(args, deps)) {
    if (row.type === 'older') deps.operations.loadMore(row);
    else if (row.type === 'hosts') deps.fleet.showMore();
    else await deps.tree.loadMore(treeNode(row));
  }
}

async function loadAll(args: readonly unknown[], deps: ResourcesDeps): Promise<void> {
  for (const row of rowsOf(args, deps))
    if (row.type === 'hosts') deps.fleet.showAll();
    else await deps.tree.loadAll(treeNode(row));
}

/** Stops reading the lists of the rows, or all that are being read. */
function stopLoading(args: readonly unknown[], deps: ResourcesDeps): Promise<void> {
  const rows = rowsOf(args, deps).map((row) => treeNode(row));
  const meant = rows.flatMap((row) => (row?.type === 'kind' || row?.type === 'more' ? [row] : []));
  if (meant.length > 0) for (const row of meant) deps.tree.model.stop(row);
  else for (const { place, kind } of deps.inventory.lists()) deps.tree.model.stop({ place, kind });
  return Promise.resolve();
}
