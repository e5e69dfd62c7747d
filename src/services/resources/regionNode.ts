import * as l10n from '@vscode/l10n';
import type { Place } from '../../core/target';
import { visibleText } from '../../util/visible';
import type { Tooltip, TooltipLine } from '../views/tooltip';
import { nodeId, type Node, type RegionNode } from './nodes';
import type { NodeType } from './nodeType';
import type { Row, RowContext } from './rows';
import { tallyWords } from './tally';
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
  const count = model.counts.draw(node.place);
  const words = [...(count === undefined ? [] : [count]), ...(name === id ? [] : [id])];
  const spoken = name === id ? l10n.t('Region {0}', id) : l10n.t('Region {0}, {1}', name, id);
  return {
    id: nodeId(node),
    label: name,
    // A narrow view cuts what stands last.
    description: words.length === 0 ? undefined : words.join(' · '),
    icon: 'globe',
    spoken: [spoken, ...(count === undefined ? [] : [count])].join(', '),
    expand: 'collapsed',
    words: ['region', node.place.provider],
    abilities: ['refresh', 'choose'],
  };
}

function regionTooltip({ place }: RegionNode, context: RowContext): Tooltip {
  const { readAt } = context.model.regionsOf(place.accountId);
  return {
    title: context.model.regionName(place),
    lines: [{ label: l10n.t('Region ID'), value: place.region }, ...countLines(place, context)],
    notes: readAt === undefined ? [] : [ageWords(readAt, context)],
  };
}

/** Kind by kind, as far as it is known. */
function countLines(place: Place, { clouds, model, language }: RowContext): TooltipLine[] {
  return clouds.provider(place.provider).kinds.flatMap(({ id, many }) => {
    const { tally } = model.lists.of({ place, kind: id });
    return tally === undefined ? [] : [{ label: many(), value: tallyWords(tally, language) }];
  });
}
