import type { CloudError } from './cloudError';
import { withoutSecrets } from './knownSecrets';
import { redact } from './redact';

/** The failure without secrets in anything it says: the clouds and what stands before them echo what was sent. */
export function withoutKnown(error: CloudError, secrets: readonly string[]): CloudError {
  const clean = (text: string | undefined): string | undefined => text && withoutSecrets(text, secrets);
  const { code, requestId, recommend, permission, advice, cause } = error;
  return error.with(
    {
      code: clean(code),
      requestId: clean(requestId),
      recommend: clean(recommend),
      permission: clean(permission),
      advice: clean(advice),
      cause: cleanCause(cause, secrets),
    },
    redact(error.message, secrets),
  );
}

/** The same cause, or its message alone where it held a secret: a stack and further causes would, too. */
function cleanCause(cause: unknown, secrets: readonly string[]): unknown {
  if (!(cause instanceof Error)) return cause;
  const said = saidBy(cause);
  return redact(said, secrets) === said ? cause : new Error(redact(cause.message, secrets));
}

function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.message, error.stack, error.cause === undefined ? undefined : saidBy(error.cause)].join('\n');
}
