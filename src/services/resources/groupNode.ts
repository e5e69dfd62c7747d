import * as l10n from '@vscode/l10n';
import { removalOf } from '../../core/action';
import { formatCount } from '../../util/format';
import { visibleText } from '../../util/visible';
import { nodeId, type GroupNode, type Node } from './nodes';
import type { NodeType } from './nodeType';
import type { Row, RowContext } from './rows';
import type { ShownList } from './shownList';
import type { TreeParts } from './treeParts';

/** The rows of a list that have something in common. */
export const groupType: NodeType<GroupNode> = {
  children: rows,
  parent: (node, { lists }) => lists.of(node).node,
  row: groupRow,
  tooltip: () => undefined,
};

/** The groups of a list, in their order. */
export function groupsOf(list: ShownList, { order, keep }: Pick<TreeParts, 'order' | 'keep'>) {
  const by = list.grouping;
  if (by === undefined) return [];
  const { place, kind } = list.node;
  const groups = [...(list.rows?.groups.values() ?? [])];
  const nodes = groups.map(({ key, label }) => keep<GroupNode>({ type: 'group', place, kind, by, key, label }));
  return nodes.sort((a, b) => order.compareGroups(a, b));
}

function rows(node: GroupNode, { lists, keep }: TreeParts): Node[] {
  const { drawn, rows: shown } = lists.of(node);
  const ids = shown?.groups.get(node.key)?.ids ?? [];
  const limit = drawn.limit(node);
  const { place, kind } = node;
  return [
    ...drawn.draw(node, ids.slice(0, limit)),
    ...(ids.length > limit ? [keep<Node>({ type: 'more', place, kind, group: node })] : []),
  ];
}

function groupRow(node: GroupNode, { model, language }: RowContext): Row {
  const label = visibleText(node.label);
  const { kind } = model.lists.of(node);
  const count = formatCount(model.shown(node).known, language);
  return {
    id: nodeId(node),
    label,
    description: count,
    icon: 'list-tree',
    spoken: l10n.t('Group {0}, {1}', label, count),
    expand: 'collapsed',
    words: ['group'],
    abilities: kind === undefined || removalOf(kind) === undefined ? [] : ['reviewGroup'],
  };
}
