import { CloudError } from './cloudError';

/** Anything that was thrown, as a failure that can be shown. What is no cloud's failure is said as it is. */
export function asFailure(error: unknown): CloudError {
  if (CloudError.is(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CloudError(message, { reason: 'unexpectedAnswer', delivery: 'notSent', cause: error });
}
