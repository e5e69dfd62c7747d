import { placeKey, targetKey, type KindId, type Place, type Target } from '../../core/target';
import type { AccountProblem } from '../accounts/ports';
import type { Grouping } from './grouping';

/** What the rows of the Resources view stand for. Commands get these as arguments; they hold raw keys, never labels. */
export type Node = AccountNode | RegionNode | KindNode | GroupNode | ResourceNode | MoreNode | MessageNode;

export interface AccountNode {
  readonly type: 'account';
  readonly accountId: string;
}

export interface RegionNode {
  readonly type: 'region';
  readonly place: Place;
}

export interface KindNode {
  readonly type: 'kind';
  readonly place: Place;
  readonly kind: KindId;
}

/** The rows of a list that have something in common. */
export interface GroupNode {
  readonly type: 'group';
  readonly place: Place;
  readonly kind: KindId;
  readonly by: Grouping;
  /** Empty for the rows that do not say. */
  readonly key: string;
  /** What they have in common, in words; not part of the id. */
  readonly label: string;
}

export interface ResourceNode {
  readonly type: 'resource';
  readonly target: Target;
}

/** Stands behind the rows of a list or a group that has more: "1,000 of 48,210 shown". */
export interface MoreNode {
  readonly type: 'more';
  readonly place: Place;
  readonly kind: KindId;
  readonly group?: GroupNode | undefined;
}

/** A state in place of rows, or above them. */
export interface MessageNode {
  readonly type: 'message';
  /** Undefined at the top of the view. */
  readonly parent: AccountNode | KindNode | undefined;
  readonly about: Message;
}

/**
 * - `loading`: on its way, nothing to show yet.
 * - `empty`: the cloud has none.
 * - `failed`: it could not be read; rows that are known stand below.
 * - `unsupported`: the cloud does not offer it in this region.
 * - `stopped`: reading was stopped before anything arrived.
 * - `noMatch`: there are some, and none of them fits the filter.
 * - `partial`: not all of them were read, so that the filter or the groups do not tell everything.
 * - `left`: records without a readable id, which are no rows.
 * - `asking`: not all of them were read, and the cloud is asked for those that fit the filter.
 * - `allHidden`: every region of the account is hidden.
 * - `allEmpty`: nothing is in any region of the account, and such regions are left out.
 * - `hidesEmpty`: at the top of the view, that empty regions are left out, and how many.
 * - `filter`: at the top of the view, which filter is on.
 * - `nothingFits`: nothing in the account fits the filter.
 * - a problem of a source of accounts.
 */
export type Message =
  | 'loading'
  | 'empty'
  | 'failed'
  | 'unsupported'
  | 'stopped'
  | 'noMatch'
  | 'partial'
  | 'asking'
  | 'left'
  | 'allHidden'
  | 'allEmpty'
  | 'hidesEmpty'
  | 'filter'
  | 'nothingFits'
  | AccountProblem;

/** Unique over the whole view and the same in every session. */
export function nodeId(node: Node): string {
  switch (node.type) {
    case 'account':
      return `account:${encodeURIComponent(node.accountId)}`;
    case 'region':
      return `region:${placeKey(node.place)}`;
    case 'kind':
      return `kind:${placeKey(node.place)}/${node.kind}`;
    case 'group':
      return `group:${placeKey(node.place)}/${node.kind}/${encodeURIComponent(node.by)}/${encodeURIComponent(node.key)}`;
    case 'more':
      return `more:${node.group === undefined ? `${placeKey(node.place)}/${node.kind}` : nodeId(node.group)}`;
    case 'resource':
      return `resource:${targetKey(node.target)}`;
    case 'message': {
      const about =
        typeof node.about === 'string' ? node.about : encodeURIComponent(`${node.about.where}\n${node.about.message}`);
      return `message:${about}:${node.parent === undefined ? '' : nodeId(node.parent)}`;
    }
    default: {
      const never: never = node;
      return never;
    }
  }
}

/** The account a row belongs to; undefined for problems at the top. */
export function accountOf(node: Node): string | undefined {
  switch (node.type) {
    case 'account':
      return node.accountId;
    case 'region':
    case 'kind':
    case 'group':
    case 'more':
      return node.place.accountId;
    case 'resource':
      return node.target.accountId;
    case 'message':
      return node.parent === undefined ? undefined : accountOf(node.parent);
    default: {
      const never: never = node;
      return never;
    }
  }
}

/** Whether a list is read again with a row: it stands below, above or behind it. Undefined stands for all rows. */
export function concerns(node: Node | undefined, list: KindNode): boolean {
  switch (node?.type) {
    case undefined:
      return true;
    case 'account':
      return list.place.accountId === node.accountId;
    case 'region':
      return placeKey(list.place) === placeKey(node.place);
    case 'kind':
    case 'group':
    case 'more':
      return nodeId({ type: 'kind', place: node.place, kind: node.kind }) === nodeId(list);
    case 'resource':
      return nodeId({ type: 'kind', place: node.target, kind: node.target.kind }) === nodeId(list);
    case 'message':
      return concerns(node.parent, list);
  }
}
