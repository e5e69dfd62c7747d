import { EventEmitter, TreeItemCollapsibleState, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';
import type { FleetModel } from '../../services/fleet/fleetModel';
import type { FleetNode } from '../../services/fleet/nodes';
import { fleetRowOf, fleetTooltipOf, type FleetContext } from '../../services/fleet/row';
import { RedrawPace } from '../../services/resources/redrawPace';
import { DisposableStore } from '../../util/lifecycle';
import { commandOf } from '../contract/execute';
import { markOwn } from '../contract/ownRows';
import { rowItem } from '../ui/rowItem';
import { markdownOf } from '../ui/tooltips';
import { NextFocus, type NextFocusOptions } from './nextFocus';
import { SeenRows } from './seenRows';

/** The Hosts view. */
export interface FleetTree extends TreeDataProvider<FleetNode>, Disposable {
  readonly model: FleetModel;
}

export function createFleetTree(
  context: FleetContext & Pick<NextFocusOptions, 'gate' | 'actedIn'>,
  treeView: NextFocusOptions['treeView'],
): FleetTree {
  const store = new DisposableStore();
  const { fleet, rows } = context;
  const changed = store.add(new EventEmitter<FleetNode | FleetNode[] | undefined>());
  const pace = store.add(new RedrawPace<FleetNode>(rows.clock));
  store.add(fleet.onDidChange((nodes) => pace.redraw(nodes)));
  store.add(pace.onDidRedraw((nodes) => changed.fire(nodes === undefined ? undefined : [...nodes])));
  const seen = store.add(new SeenRows<FleetNode>());
  store.add(seen.onDidSee(() => fleet.showMore()));
  const focus = store.add(new NextFocus<FleetNode>({ ...context, treeView, view: 'hosts' }));
  const children = (): readonly FleetNode[] => {
    const drawn = fleet.children();
    focus.drawn(undefined, drawn);
    return drawn;
  };
  return {
    model: fleet,
    onDidChangeTreeData: changed.event,
    getChildren: (node) => (node === undefined ? [...markOwn(children())] : []),
    getParent: () => undefined,
    getTreeItem: (node) => itemOf(node, context, seen),
    resolveTreeItem: async (item, node) => {
      const tooltip = await fleetTooltipOf(node, context);
      if (tooltip !== undefined) item.tooltip = markdownOf(tooltip);
      return item;
    },
    dispose: () => store.dispose(),
  };
}

function itemOf(node: FleetNode, context: FleetContext, seen: SeenRows<FleetNode>): TreeItem {
  const row = fleetRowOf(node, context);
  const item = rowItem(row, TreeItemCollapsibleState.None);
  // As in the Resources view: nothing remembers a message, so it needs no id that readings could fight over.
  if (node.type === 'resource') item.id = row.id;
  if (row.seen !== undefined) item.resourceUri = seen.watch(node, `${row.id}?${row.seen}`);
  if (row.click !== undefined) item.command = commandOf(row.click, row.label, node);
  return item;
}
