import { viewOf } from '../../../core/tolerant';
import { isUnreadable } from '../../../core/unreadable';
import type { AnswerError } from '../../../core/wire';
import { operationDetails } from './operations';

const answerOf = viewOf(operationDetails);

/**
 * What became of each instance the answer names. An entry without an error was accepted: the page shows failures only.
 * Absent here, so that its fate is unknown until it is read again, is an instance that the answer does not name, or
 * whose error has no code. If it is named twice, the error counts.
 */
export function outcomes(value: unknown): ReadonlyMap<string, AnswerError | undefined> {
  const byId = new Map<string, AnswerError | undefined>();
  const unclear = new Set<string>();
  for (const detail of answerOf(value).OperationDetails) {
    const { InstanceId, Error: error } = detail;
    if (!InstanceId || byId.get(InstanceId) !== undefined) continue;
    if (!error?.Code && (saysSomething(error) || isUnreadable(detail))) unclear.add(InstanceId);
    byId.set(InstanceId, error?.Code ? { code: error.Code, message: error.Message || error.Code } : undefined);
  }
  for (const id of unclear) if (byId.get(id) === undefined) byId.delete(id);
  return byId;
}

/** Whether anything at all is in it: gateways also write "no error" as an object of empty texts. */
function saysSomething(error: object | null | undefined): boolean {
  return Object.values(error ?? {}).some((part) => part !== undefined && part !== null && part !== '');
}
