import * as l10n from '@vscode/l10n';
import type { Listing } from '../inventory/listing';
import type { Tooltip } from '../views/tooltip';
import { countWords, listCount, listWords } from './counts';
import { groupsOf } from './groupNode';
import { nodeId, type KindNode, type Node } from './nodes';
import type { NodeType } from './nodeType';
import type { Row, RowContext } from './rows';
import type { ShownList } from './shownList';
import { ageWords, failureNotes } from './tooltipNotes';
import { message, type TreeParts } from './treeParts';

/** One list: a kind of resource in a region. */
export const listType: NodeType<KindNode> = {
  children: (node, tree) => rowsBelow(tree.lists.of(node), tree),
  parent: ({ place }, tree) => tree.keep({ type: 'region', place }),
  row: (node, context) => listRow(context.model.lists.of(node), context),
  tooltip: (node, context) => listTooltip(context.model.lists.of(node), context),
};

function rowsBelow(list: ShownList, tree: TreeParts): Node[] {
  const { node, drawn } = list;
  const listing = tree.reads.list(list);
  if (listing === undefined)
    return [message(tree, node, tree.reads.failure(node) === undefined ? 'loading' : 'failed')];
  if (listing.unsupported) return [message(tree, node, 'unsupported')];
  const shown = list.rows;
  const grouped = list.grouping !== undefined;
  const rows = grouped ? groupsOf(list, tree) : drawn.draw(node, shown?.first(drawn.limit(node)) ?? []);
  const partial = list.isPartial && !listing.reading;
  if (partial) tree.searches.start(list);
  const isComplete = list.search?.isComplete === true;
  const more =
    !grouped && (rows.length < (shown?.count ?? 0) || (listing.hasMore && !listing.reading && !partial && !isComplete));
  return [
    ...(listing.error === undefined || listing.reading ? [] : [message(tree, node, 'failed')]),
    ...(listing.left.count === 0 ? [] : [message(tree, node, 'left')]),
    ...rows,
    ...(more ? [tree.keep<Node>({ type: 'more', place: node.place, kind: node.kind })] : []),
    ...(rows.length === 0 && !more ? emptiness(node, listing, tree) : []),
    ...(partial ? [message(tree, node, list.search?.state === 'asking' ? 'asking' : 'partial')] : []),
  ];
}

/** What stands where there are no rows. */
function emptiness(node: KindNode, listing: Listing, tree: TreeParts): Node[] {
  if (listing.reading) return [message(tree, node, 'loading')];
  if (listing.error !== undefined || listing.left.count > 0) return [];
  if (listing.total === undefined) return [message(tree, node, 'stopped')];
  const isNarrowed = listing.items.size > 0 || Object.keys(listing.filter).length > 0;
  return [message(tree, node, tree.view.filter !== undefined && isNarrowed ? 'noMatch' : 'empty')];
}

function listRow(list: ShownList, context: RowContext): Row {
  const { node, kind, listing } = list;
  const label = kind?.many() ?? node.kind;
  const description = listing === undefined ? undefined : listWords(listing, listCount(list, listing, context));
  return {
    id: nodeId(node),
    label,
    description,
    icon: kind?.icon,
    spoken:
      description === undefined ? label : `${label}, ${listing?.reading === true ? l10n.t('loading') : description}`,
    expand: 'collapsed',
    words: ['kind', node.place.provider, node.kind],
    abilities: [
      listing?.reading === true ? 'stop' : 'refresh',
      ...(listing?.hasMore === true && !listing.reading ? ['loadMore' as const] : []),
      ...(listing?.exchangeId === undefined ? [] : ['response' as const]),
    ],
  };
}

function listTooltip({ node, kind, listing }: ShownList, context: RowContext): Tooltip {
  const title = kind?.many() ?? node.kind;
  if (listing === undefined) return { title, lines: [], notes: [l10n.t('Not read yet. Expand to read the list.')] };
  const lines =
    listing.total === undefined ? [] : [{ label: l10n.t('Count'), value: countWords(listing, context.language) }];
  const age = listing.readAt === undefined ? [] : [ageWords(listing.readAt, context)];
  return {
    title,
    lines,
    notes: [...age, ...(listing.error === undefined || listing.unsupported ? [] : failureNotes(listing.error))],
  };
}
