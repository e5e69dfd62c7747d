import type { MessageNode, ResourceNode } from '../resources/nodes';
import { nodeId } from '../resources/nodes';

/** What the rows of the flat list stand for: resources, lists that are not complete, and what is said of all of them. */
export type FleetNode = ResourceNode | MessageNode | NoteNode;

export interface NoteNode {
  readonly type: 'hosts';
  readonly about: Note;
}

/**
 * - `filter`: which filter is on.
 * - `only`: that nothing but what was found is shown.
 * - `scope`: that not all accounts, regions or kinds are looked at.
 * - `twins`: accounts that are not read because another one has the same owner.
 * - `reading`: how far reading is.
 * - `unread`: lists that were never read.
 * - `further`: further lists that are not complete.
 * - `noMatch`: there are some, and none of them fits.
 * - `empty`: there are none.
 * - `more`: further rows, behind those that are shown.
 */
export type Note =
  'filter' | 'only' | 'scope' | 'twins' | 'reading' | 'unread' | 'further' | 'noMatch' | 'empty' | 'more';

/** Unique over the whole view and the same in every session. */
export function fleetNodeId(node: FleetNode): string {
  return node.type === 'hosts' ? `hosts:${node.about}` : nodeId(node);
}
