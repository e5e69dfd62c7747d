import * as l10n from '@vscode/l10n';
import { formatCount } from '../../util/format';
import { countWords } from './counts';
import { nodeId, type MoreNode } from './nodes';
import type { NodeType } from './nodeType';
import type { Row, RowContext } from './rows';

/** Stands behind the rows of a list or a group that has more. */
export const moreType: NodeType<MoreNode> = {
  children: () => [],
  parent: (node, { lists }) => node.group ?? lists.of(node).node,
  row: moreRow,
  tooltip: () => ({
    title: l10n.t('Show more'),
    lines: [],
    notes: [
      l10n.t(
        'Shows the next rows and reads them from the cloud where needed. "Load All" in its menu reads the whole list.',
      ),
    ],
  }),
};

function moreRow(node: MoreNode, { model, view, language }: RowContext): Row {
  const { listing } = model.lists.of(node);
  const { drawn, known } = model.shown(node);
  const isWhole = node.group === undefined && view.filter === undefined;
  const all = isWhole && listing !== undefined ? countWords(listing, language) : formatCount(known, language);
  return {
    id: nodeId(node),
    label: l10n.t('{0} of {1} shown', formatCount(drawn, language), all),
    description: l10n.t('Show more'),
    icon: 'ellipsis',
    expand: 'none',
    words: ['more'],
    abilities: ['loadMore'],
    click: 'loadMore',
    // Rows that are known follow as soon as this one comes into sight.
    seen: drawn < known ? String(drawn) : undefined,
  };
}
