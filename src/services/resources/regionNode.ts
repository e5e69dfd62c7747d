import * as l10n from '@vscode/l10n';
import { visibleText } from '../../util/visible';
import type { Tooltip } from '../views/tooltip';
import { nodeId, type Node, type RegionNode } from './nodes';
import type { NodeType } from './nodeType';
import type { Row, RowContext } from './rows';
import { ageWords } from './tooltipNotes';
import { shownLists, type TreeParts } from './treeParts';

/** A region of an account; below it stand the kinds of resource. */
export const regionType: NodeType<RegionNode> = {
  children: lists,
  parent: ({ place }, tree) => tree.keep({ type: 'account', accountId: place.accountId }),
  row: regionRow,
  tooltip: regionTooltip,
};

function lists({ place }: RegionNode, tree: TreeParts): Node[] {
  return shownLists(place, tree).map(({ node }) => node);
}

function regionRow(node: RegionNode, { model }: RowContext): Row {
  const name = visibleText(model.regionName(node.place));
  const id = visibleText(node.place.region);
  return {
    id: nodeId(node),
    label: name,
    description: name === id ? undefined : id,
    icon: 'globe',
    spoken: name === id ? l10n.t('Region {0}', id) : l10n.t('Region {0}, {1}', name, id),
    expand: 'collapsed',
    words: ['region', node.place.provider],
    abilities: ['refresh', 'choose'],
  };
}

function regionTooltip({ place }: RegionNode, context: RowContext): Tooltip {
  const { readAt } = context.model.regionsOf(place.accountId);
  return {
    title: context.model.regionName(place),
    lines: [{ label: l10n.t('Region ID'), value: place.region }],
    notes: readAt === undefined ? [] : [ageWords(readAt, context)],
  };
}
