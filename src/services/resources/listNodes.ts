import type { Kind } from '../../core/kind';
import { placeOf, type Place, type Target } from '../../core/target';
import { DrawnRows } from './drawnRows';
import type { Listing } from '../inventory/listing';
import type { NodeStore } from '../views/nodeStore';
import { RowLimits } from './rowLimits';
import type { RowOrder } from './rowOrder';
import type { RowView } from './viewState';
import type { ShownLists } from './shownLists';
import type { GroupNode, KindNode, MessageNode, MoreNode, Node, ResourceNode } from './nodes';
import type { TreeReads } from './reads';

export interface ListNodesOptions {
  readonly lists: ShownLists;
  readonly reads: TreeReads;
  readonly nodes: NodeStore<Node>;
  readonly order: RowOrder;
  readonly view: RowView;
}

/** The rows below the lists of the Resources view: groups, resources and what stands in their place. */
export class ListNodes {
  readonly limits = new RowLimits();
  private readonly rows = new DrawnRows();

  constructor(private readonly options: ListNodesOptions) {}

  /** The rows below a list or a group. Starts reading a list that was never read. */
  below(node: KindNode | GroupNode): Node[] {
    return node.type === 'kind' ? this.listRows(node) : this.groupRows(node);
  }

  /** The row above the row of a target: its group where rows are grouped. */
  above(target: Target): KindNode | GroupNode {
    const node = this.kindNode(placeOf(target), target.kind);
    const by = this.options.view.grouping;
    const shown = by === undefined ? undefined : this.options.lists.rows(node);
    const group = shown?.groups.get(shown.keyOf(target.id) ?? '');
    if (by === undefined || group === undefined || shown?.has(target.id) !== true) return node;
    return this.keep({ type: 'group', place: node.place, kind: node.kind, by, key: group.key, label: group.label });
  }

  /** The row of a target; undefined when it is not drawn. */
  find(target: Target): ResourceNode | undefined {
    return this.rows.find(this.above(target), target);
  }

  /** The groups of a list that have these keys. */
  groups(node: KindNode, keys: ReadonlySet<string>): GroupNode[] {
    return this.groupNodes(node).filter(({ key }) => keys.has(key));
  }

  /** How many rows of a list or a group are drawn, and of how many that are known. */
  shown(node: MoreNode | KindNode | GroupNode): { readonly drawn: number; readonly known: number } {
    const rows = this.rowsNode(node);
    const shown = this.options.lists.rows(this.kindNode(node.place, node.kind));
    const known = (rows.type === 'group' ? shown?.groups.get(rows.key)?.ids.length : shown?.count) ?? 0;
    return { drawn: Math.min(this.limits.of(rows), known), known };
  }

  /** The row whose children are drawn up to a limit: the group, or the list where rows are not grouped. */
  rowsNode(node: MoreNode | KindNode | GroupNode): KindNode | GroupNode {
    if (node.type !== 'more') return node;
    return node.group ?? this.kindNode(node.place, node.kind);
  }

  /** Forgets the rows of accounts that are not there any more. */
  keepOnly(accountIds: ReadonlySet<string>): void {
    this.rows.keepOnly(accountIds);
  }

  private listRows(node: KindNode): Node[] {
    const listing = this.options.reads.list(node);
    if (listing === undefined)
      return [this.message(node, this.options.reads.failure(node) === undefined ? 'loading' : 'failed')];
    if (listing.unsupported) return [this.message(node, 'unsupported')];
    const shown = this.options.lists.rows(node);
    const grouped = this.options.view.grouping !== undefined;
    const rows = grouped ? this.groupNodes(node) : this.rows.draw(node, shown?.first(this.limits.of(node)) ?? []);
    const partial = this.options.lists.isPartial(node) && !listing.reading;
    const more = !grouped && (rows.length < (shown?.count ?? 0) || (listing.hasMore && !listing.reading && !partial));
    return [
      ...(listing.error === undefined || listing.reading ? [] : [this.message(node, 'failed')]),
      ...rows,
      ...(more ? [this.keep({ type: 'more', place: node.place, kind: node.kind })] : []),
      ...(rows.length === 0 && !more ? this.emptiness(node, listing) : []),
      ...(partial ? [this.message(node, 'partial')] : []),
    ];
  }

  /** What stands where there are no rows. */
  private emptiness(node: KindNode, listing: Listing): Node[] {
    if (listing.reading) return [this.message(node, 'loading')];
    if (listing.error !== undefined) return [];
    if (listing.total === undefined) return [this.message(node, 'stopped')];
    const isNarrowed = listing.items.size > 0 || Object.keys(listing.filter).length > 0;
    return [this.message(node, this.options.view.filter !== undefined && isNarrowed ? 'noMatch' : 'empty')];
  }

  private groupNodes({ place, kind }: KindNode): GroupNode[] {
    const by = this.options.view.grouping;
    const groups = this.options.lists.rows(this.kindNode(place, kind))?.groups.values() ?? [];
    if (by === undefined) return [];
    const nodes = [...groups].map(({ key, label }) => this.keep({ type: 'group', place, kind, by, key, label }));
    return nodes.sort((a, b) => this.options.order.compareGroups(a, b));
  }

  private groupRows(node: GroupNode): Node[] {
    const ids = this.options.lists.rows(this.kindNode(node.place, node.kind))?.groups.get(node.key)?.ids ?? [];
    const limit = this.limits.of(node);
    return [
      ...this.rows.draw(node, ids.slice(0, limit)),
      ...(ids.length > limit ? [this.keep({ type: 'more', place: node.place, kind: node.kind, group: node })] : []),
    ];
  }

  private kindNode(place: Place, kind: Kind['id']): KindNode {
    return this.keep({ type: 'kind', place, kind });
  }

  private message(parent: KindNode, about: MessageNode['about']): MessageNode {
    return this.keep({ type: 'message', parent, about });
  }

  private keep<T extends Node>(node: T): T {
    return this.options.nodes.keep(node);
  }
}
