import type { GroupNode, KindNode, ResourceNode } from './nodes';
import { rowsAtOnce } from './rowLimits';

/** The rows of resources that are drawn below one list and below each of its groups, and how many they may be. */
export class DrawnRows {
  private readonly below = new Map<string, Map<string, ResourceNode>>();
  private readonly limits = new Map<string, number>();

  constructor(private readonly onDidMake: (row: ResourceNode) => void) {}

  limit(above: KindNode | GroupNode): number {
    return this.limits.get(levelOf(above)) ?? rowsAtOnce;
  }

  setLimit(above: KindNode | GroupNode, limit: number): void {
    this.limits.set(levelOf(above), limit);
  }

  /** Draws these below a list or a group; a row that was there before is the same object. */
  draw(above: KindNode | GroupNode, ids: readonly string[]): ResourceNode[] {
    const before = this.below.get(levelOf(above));
    const rows = new Map<string, ResourceNode>();
    for (const id of ids) rows.set(id, before?.get(id) ?? this.make(above, id));
    this.below.set(levelOf(above), rows);
    return [...rows.values()];
  }

  /** The ids of the rows that stand there, in their order. */
  ids(above: KindNode | GroupNode): Iterable<string> {
    return this.below.get(levelOf(above))?.keys() ?? [];
  }

  find(above: KindNode | GroupNode, id: string): ResourceNode | undefined {
    return this.below.get(levelOf(above))?.get(id);
  }

  private make({ place, kind }: KindNode | GroupNode, id: string): ResourceNode {
    const row: ResourceNode = { type: 'resource', target: { ...place, kind, id } };
    this.onDidMake(row);
    return row;
  }
}

function levelOf(above: KindNode | GroupNode): string {
  return above.type === 'kind' ? '' : `${above.by}\n${above.key}`;
}
