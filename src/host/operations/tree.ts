import type { TreeItem } from 'vscode';
import { EventEmitter, TreeItemCollapsibleState, type Disposable, type TreeDataProvider } from 'vscode';
import type { OperationNode } from '../../services/operations/nodes';
import type { OperationsModel } from '../../services/operations/operationsModel';
import type { OperationContext, OperationRow } from '../../services/operations/row';
import { operationRow } from '../../services/operations/rows';
import { DisposableStore } from '../../util/lifecycle';
import { commandOf } from '../contract/execute';
import { rowItem } from '../ui/rowItem';
import { markdownOf } from '../ui/tooltips';

/** The Operations view. */
export interface OperationsTree extends TreeDataProvider<OperationNode>, Disposable {
  /** What is shown: `model.target(node)` is what the journal knows of a `runTarget` row. */
  readonly model: OperationsModel;
  /** Shows the next rows behind an `older` node. */
  loadMore(node: OperationNode): void;
  /** The kept answer a row is about, if there is one. */
  exchangeOf(node: OperationNode): string | undefined;
}

export function createOperationsTree(context: OperationContext): OperationsTree {
  const store = new DisposableStore();
  const { model } = context;
  const changed = store.add(new EventEmitter<OperationNode | undefined>());
  store.add(model.onDidChange((node) => changed.fire(node)));
  return {
    model,
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => [...(await model.children(node))],
    getParent: (node) => model.parent(node),
    getTreeItem: (node) => itemOf(operationRow(node, context), node),
    resolveTreeItem: (item, node) => {
      item.tooltip = markdownOf(operationRow(node, context).tooltip);
      return item;
    },
    loadMore: (node) => {
      if (node.type === 'older') model.showOlder(node);
    },
    exchangeOf: (node) => model.exchangeOf(node),
    dispose: () => store.dispose(),
  };
}

function itemOf(row: OperationRow, node: OperationNode): TreeItem {
  const { Collapsed, None } = TreeItemCollapsibleState;
  const item = rowItem(row, row.expand === 'collapsed' ? Collapsed : None);
  item.id = row.id;
  if (row.click !== undefined && isClickable(node)) item.command = commandOf(row.click, row.label, node);
  return item;
}

/** The rows that commands take; a click on any other only selects it. */
function isClickable(
  node: OperationNode,
): node is Extract<OperationNode, { type: 'response' | 'runTarget' | 'older' }> {
  return node.type === 'response' || node.type === 'runTarget' || node.type === 'older';
}
