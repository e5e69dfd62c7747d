import { placeKey, targetKey, type KindId, type Place, type Target } from '../core/target';
import type { AccountProblem } from './accounts';

/** What the rows of the Resources view stand for. Commands get these as arguments; they hold raw keys, never labels. */
export type Node = AccountNode | RegionNode | KindNode | ResourceNode | MoreNode | MessageNode;

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

export interface ResourceNode {
  readonly type: 'resource';
  readonly target: Target;
}

/** Stands behind the rows of a list that has more: "1,000 of 48,210 shown". */
export interface MoreNode {
  readonly type: 'more';
  readonly place: Place;
  readonly kind: KindId;
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
 * - a problem of a source of accounts.
 */
export type Message = 'loading' | 'empty' | 'failed' | 'unsupported' | 'stopped' | AccountProblem;

/** Unique over the whole view and the same in every session. */
export function nodeId(node: Node): string {
  switch (node.type) {
    case 'account':
      return `account:${encodeURIComponent(node.accountId)}`;
    case 'region':
      return `region:${placeKey(node.place)}`;
    case 'kind':
    case 'more':
      return `${node.type}:${placeKey(node.place)}/${node.kind}`;
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
