import type { Target } from '../../core/target';
import { nodeId, type GroupNode, type KindNode, type ResourceNode } from './nodes';

/** The rows of resources that are drawn below each list and each group. */
export class DrawnRows {
  private readonly below = new Map<string, Map<string, ResourceNode>>();

  /** Draws these below a node; a row that was there before is the same object. */
  draw(node: KindNode | GroupNode, ids: readonly string[]): ResourceNode[] {
    const before = this.below.get(nodeId(node));
    const rows = new Map<string, ResourceNode>();
    for (const id of ids)
      rows.set(id, before?.get(id) ?? { type: 'resource', target: { ...node.place, kind: node.kind, id } });
    this.below.set(nodeId(node), rows);
    return [...rows.values()];
  }

  find(above: KindNode | GroupNode, { id }: Target): ResourceNode | undefined {
    return this.below.get(nodeId(above))?.get(id);
  }

  /** Forgets the rows of accounts that are not there any more. */
  keepOnly(accountIds: ReadonlySet<string>): void {
    for (const [id, rows] of this.below) {
      const [first] = rows.values();
      if (first === undefined || !accountIds.has(first.target.accountId)) this.below.delete(id);
    }
  }
}
