import {
  EventEmitter,
  type TreeItem,
  TreeItemCollapsibleState,
  window,
  type CancellationToken,
  type Disposable,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import type { Node } from '../../services/resources/nodes';
import { rowOf, tooltipOf } from '../../services/resources/nodeTypes';
import { RedrawPace } from '../../services/resources/redrawPace';
import type { Row, RowContext } from '../../services/resources/rows';
import type { TreeModel } from '../../services/resources/treeModel';
import { DisposableStore } from '../../util/lifecycle';
import { views } from '../contract/contributions';
import { commandOf } from '../contract/execute';
import { markOwn } from '../contract/ownRows';
import { rowItem } from '../ui/rowItem';
import { markdownOf } from '../ui/tooltips';
import { MarkBadges } from './markBadges';
import { NextFocus, type NextFocusOptions } from './nextFocus';
import { SeenRows } from './seenRows';

/** The Resources view. */
export interface ResourcesTree extends TreeDataProvider<Node>, Disposable {
  /** What is shown, for commands that need more than a node. */
  readonly model: TreeModel;
  /** Asks the cloud again for a node, or for all. Rejects with `CloudError` only for a single resource. */
  refresh(node?: Node): Promise<void>;
  /** Shows the next rows of the list behind a `more` node (or a `kind` node). */
  loadMore(node: Node | undefined): Promise<void>;
  /** Reads the whole list; for a `more` node, shows up to 10,000 of its rows. */
  loadAll(node: Node | undefined): Promise<void>;
  /** The answer that a row was read from, if it is still kept. */
  exchangeOf(node: Node): string | undefined;
}

/** The view that shows the tree, as far as it tells which rows are seen. */
type OpenRows = Pick<
  TreeView<unknown>,
  'onDidExpandElement' | 'onDidCollapseElement' | 'visible' | 'onDidChangeVisibility'
> &
  NextFocusOptions['treeView'];

export function createResourcesTree(
  context: RowContext & { readonly model: TreeModel } & Pick<NextFocusOptions, 'gate' | 'actedIn'>,
  treeView: OpenRows,
): ResourcesTree {
  const store = new DisposableStore();
  const { model } = context;
  const changed = store.add(new EventEmitter<Node | Node[] | undefined>());
  const pace = store.add(new RedrawPace<Node>(context.clock));
  store.add(model.onDidChange((nodes) => pace.redraw(nodes)));
  store.add(pace.onDidRedraw((nodes) => changed.fire(nodes === undefined ? undefined : [...nodes])));
  store.add(followExpansion(treeView, model));
  model.sight.show(treeView.visible);
  store.add(treeView.onDidChangeVisibility(({ visible }) => model.sight.show(visible)));
  const seen = store.add(new SeenRows<Node>());
  const badges = store.add(new MarkBadges());
  const focus = store.add(new NextFocus<Node>({ ...context, treeView, view: 'resources' }));
  store.add(seen.onDidSee((node) => (node.type === 'more' ? model.showKnown(node) : undefined)));
  store.add(
    model.onDidStartReading(
      (reading) => void window.withProgress({ location: { viewId: views.resources } }, () => reading),
    ),
  );
  return {
    model,
    onDidChangeTreeData: changed.event,
    getChildren: (node) => {
      const rows = model.children(node);
      if (node?.type === 'kind' || node?.type === 'group') focus.drawn(node, rows);
      return [...markOwn(rows)];
    },
    getParent: (node) => model.parent(node),
    getTreeItem: (node) => itemOf(rowOf(node, context), node, { seen, badges }),
    resolveTreeItem: (item, node, token) => withTooltip(item, node, context, token),
    refresh: (node) => model.refresh(node),
    loadMore: (node) => (node?.type === 'more' || node?.type === 'kind' ? model.showMore(node) : Promise.resolve()),
    loadAll: (node) => (node?.type === 'more' || node?.type === 'kind' ? model.showAll(node) : Promise.resolve()),
    exchangeOf: (node) => exchangeOf(node, model),
    dispose: () => store.dispose(),
  };
}

function followExpansion(treeView: OpenRows, { expansion }: TreeModel): Disposable {
  const store = new DisposableStore();
  // Every row of this view is one of our nodes.
  store.add(treeView.onDidExpandElement(({ element }) => expansion.note(element as Node, true)));
  store.add(treeView.onDidCollapseElement(({ element }) => expansion.note(element as Node, false)));
  return store;
}

interface RowAddresses {
  readonly seen: SeenRows<Node>;
  readonly badges: MarkBadges;
}

function itemOf(row: Row, node: Node, { seen, badges }: RowAddresses): TreeItem {
  const item = rowItem(row, collapsible[row.expand]);
  // Until 1.101 or so VS Code complains of an id it knows when two readings of a row's children overlap, as they do
  // while a list begins to load. Nothing remembers a message, so it needs none.
  if (node.type !== 'message') item.id = row.id;
  if (row.mark !== undefined) item.resourceUri = badges.address(row.mark);
  if (row.seen !== undefined) item.resourceUri = seen.watch(node, `${row.id}?${row.seen}`);
  if (row.click !== undefined) item.command = commandOf(row.click, row.label, node);
  return item;
}

const collapsible = {
  none: TreeItemCollapsibleState.None,
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
} as const;

async function withTooltip(
  item: TreeItem,
  node: Node,
  context: RowContext,
  token: CancellationToken,
): Promise<TreeItem> {
  const abort = new AbortController();
  const subscription = token.onCancellationRequested(() => abort.abort());
  try {
    const tooltip = await tooltipOf(node, context, abort.signal);
    if (tooltip !== undefined) item.tooltip = markdownOf(tooltip);
    return item;
  } finally {
    subscription.dispose();
  }
}

function exchangeOf(node: Node, model: TreeModel): string | undefined {
  switch (node.type) {
    case 'resource':
      return model.exchangeOf(node);
    case 'kind':
    case 'more':
      return model.lists.of(node).listing?.exchangeId;
    case 'message':
      if (node.about === 'left' && node.parent?.type === 'kind')
        return model.lists.of(node.parent).listing?.left.exchangeId;
      return node.parent === undefined ? undefined : model.failure(node.parent)?.exchangeId;
    case 'account':
    case 'region':
    case 'group':
      return undefined;
    default: {
      const never: never = node;
      return never;
    }
  }
}
