import type { Action } from '../../../core/action';
import { isUnreadable } from '../../../core/unreadable';
import type { AnswerError } from '../../../core/wire';
import { readPath } from '../../fields';

/** Where the answers to our operations hold records: the one that was removed, or those of a list. */
const recordNames = ['Instance', 'Activation', 'Instances', 'ActivationList'] as const;

/**
 * Whom a success is about. Answers name the removed record under `own`, with its id at `idName`; some name nobody and
 * then speak for whoever was asked for. An answer that names another resource, or holds the records of another
 * operation, or whose record cannot be read, is no word about ours: those ids are left out, so that they are read again.
 */
export function answeredFor(own?: (typeof recordNames)[number], idName = ''): NonNullable<Action['outcomes']> {
  return (value) => {
    if (recordNames.some((name) => name !== own && isThere(readPath(value, [name])))) return new Map();
    if (own !== undefined && isUnreadable(value, own, idName)) return new Map();
    const id = own === undefined ? undefined : readPath(value, [own, idName]);
    return typeof id === 'string' && id !== ''
      ? new Map<string, AnswerError | undefined>([[id, undefined]])
      : undefined;
  };
}

/** Empty elements of XML are empty texts. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
