import type { Tooltip } from '../views/tooltip';
import type { Node } from './nodes';
import type { Row, RowContext } from './rows';
import type { TreeParts } from './treeParts';

/** Everything that one type of row is: what stands below it, how it is drawn and what it says when pointed at. */
export interface NodeType<N extends Node> {
  /** The rows below, as they are known; starts reading what was never read. */
  readonly children: (node: N, tree: TreeParts) => readonly Node[];
  /** The row above, so that a row can be revealed; undefined at the top. */
  readonly parent: (node: N, tree: TreeParts) => Node | undefined;
  readonly row: (node: N, context: RowContext) => Row;
  /** Read when it is asked for; undefined where the row says everything. Never rejects for a cloud. */
  readonly tooltip: (
    node: N,
    context: RowContext,
    signal: AbortSignal | undefined,
  ) => Tooltip | undefined | Promise<Tooltip | undefined>;
}
