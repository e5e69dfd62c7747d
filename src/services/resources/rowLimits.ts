import { nodeId, type GroupNode, type KindNode } from './nodes';

/** How many rows one node shows at first, and how many more each time: VS Code gets slow with many more. */
export const rowsAtOnce = 1_000;
/** The most rows that "load all" puts under one node at once; the others are one click further. */
export const rowsAtMost = 10_000;

/** How many rows are drawn below each list and each group. */
export class RowLimits {
  private readonly limits = new Map<string, number>();

  of(node: KindNode | GroupNode): number {
    return this.limits.get(nodeId(node)) ?? rowsAtOnce;
  }

  /** What "show more" makes of the limit. */
  next(node: KindNode | GroupNode): number {
    const now = this.of(node);
    return now + (now >= rowsAtMost ? rowsAtMost : rowsAtOnce);
  }

  set(node: KindNode | GroupNode, limit: number): void {
    this.limits.set(nodeId(node), limit);
  }
}
