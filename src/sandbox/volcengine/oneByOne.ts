import type { Operation } from '../../core/operation';
import { volcengine as provider } from '../../providers/volcengine/provider';
import { Refusal, writeRefusal } from '../refusal';

/** Does something with each instance by itself; a refusal stands in the details, in the words it has as an answer. */
export function oneByOne(
  operation: Operation,
  ids: readonly string[],
  act: (id: string) => void,
): { readonly OperationDetails: readonly object[] } {
  const OperationDetails = ids.map((InstanceId) => {
    try {
      act(InstanceId);
      return { InstanceId };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message } = writeRefusal(error, provider, operation);
      return { InstanceId, Error: { Code: code, Message: message } };
    }
  });
  return { OperationDetails };
}
