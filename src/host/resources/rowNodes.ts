import * as l10n from '@vscode/l10n';
import { parseGrouping } from '../../services/resources/grouping';
import type { GroupNode, Node } from '../../services/resources/nodes';
import type { Row } from '../contract/arguments';
import { UserError } from '../contract/errors';
import type { ResourcesTree } from './tree';

/** What commands of the resources need of the other tree, whose rows some of them take, too. */
export interface OtherTree {
  readonly model: { target(row: Extract<Row, { type: 'runTarget' }>): { readonly name: string } | undefined };
  loadMore(row: Extract<Row, { type: 'older' }>): void;
  exchangeOf(row: Extract<Row, { type: 'runTarget' }>): string | undefined;
}

/** The answer that a row of either tree was read from. */
export function exchangeIdOf(
  row: Row,
  { tree, operations }: { readonly tree: ResourcesTree; readonly operations: OtherTree },
): string | undefined {
  switch (row.type) {
    case 'response':
      return row.exchangeId;
    case 'runTarget':
      return operations.exchangeOf(row);
    case 'run':
    case 'older':
    case 'hosts':
      return undefined;
    case 'message':
      return tree.exchangeOf({ ...row, parent: row.parent, about: 'failed' });
    default: {
      const node = treeNode(row);
      return node === undefined ? undefined : tree.exchangeOf(node);
    }
  }
}

/** What the tree is to read again for a row. */
export function treeNode(row: Row): Node | undefined {
  switch (row.type) {
    case 'message':
      return row.parent;
    case 'response':
    case 'run':
    case 'runTarget':
    case 'older':
    case 'hosts':
      throw new UserError(l10n.t('This row is not read from a cloud.'));
    case 'group':
      return groupNode(row);
    case 'more':
      return { ...row, group: row.group === undefined ? undefined : groupNode(row.group) };
    case 'account':
    case 'region':
    case 'kind':
    case 'resource':
      return row;
    default: {
      const never: never = row;
      return never;
    }
  }
}

/** What was checked as text, as the grouping it names. */
function groupNode(row: Extract<Row, { type: 'group' }>): GroupNode {
  return { ...row, by: parseGrouping(row.by) ?? 'state' };
}
