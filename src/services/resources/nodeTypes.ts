import * as l10n from '@vscode/l10n';
import { levelWords } from '../accounts/levelText';
import type { Tooltip } from '../views/tooltip';
import { accountType } from './accountNode';
import { groupType } from './groupNode';
import { listType } from './listNode';
import { messageType } from './messageNode';
import { moreType } from './moreNode';
import { accountOf, type Node } from './nodes';
import type { NodeType } from './nodeType';
import { regionType } from './regionNode';
import { resourceType } from './resourceNode';
import type { Row, RowContext } from './rows';

const types: { readonly [T in Node['type']]: NodeType<Extract<Node, { readonly type: T }>> } = {
  account: accountType,
  region: regionType,
  kind: listType,
  group: groupType,
  resource: resourceType,
  more: moreType,
  message: messageType,
};

export function typeOf<N extends Node>(node: N): NodeType<N> {
  // Each type stands in the table under its own name.
  return types[node.type] as unknown as NodeType<N>;
}

/** Draws a row from what is known now. */
export function rowOf(node: Node, context: RowContext): Row {
  const row = withMark(typeOf(node).row(node, context), node, context);
  return row.expand === 'none' ? row : { ...row, expand: context.model.expansion.of(node) ?? row.expand };
}

/** What stands below a marked account hints at it: its own row is often out of sight. */
function withMark(row: Row, node: Node, { accounts }: RowContext): Row {
  if (node.type === 'account' || node.type === 'message' || node.type === 'more') return row;
  const { level = 'normal' } = accounts.get(accountOf(node) ?? '') ?? {};
  if (level === 'normal') return row;
  const { label } = levelWords(level);
  return { ...row, mark: level, spoken: l10n.t('{0}, {1}', row.spoken ?? row.label, label) };
}

/** The tooltip of a row, read when it is asked for; undefined where the row says everything. Never rejects for a cloud. */
export async function tooltipOf(node: Node, context: RowContext, signal?: AbortSignal): Promise<Tooltip | undefined> {
  return typeOf(node).tooltip(node, context, signal);
}
