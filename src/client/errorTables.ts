import type { DocumentedError, ErrorTable, Operation } from '../core/operation';
import type { Provider } from '../core/provider';

/** What is known of a code: the operation's own table first, then the cloud's, then the cloud's patterns. */
export function documentedError(
  provider: Provider,
  operation: Operation,
  code: string,
  status: number,
): DocumentedError | undefined {
  return own(operation.errors, code) ?? own(provider.errors, code) ?? provider.classify(code, status);
}

/** Whether a code is in the tables, and not only like others that are. */
export function isDocumented(provider: Provider, operation: Operation, code: string): boolean {
  return Object.hasOwn(operation.errors, code) || Object.hasOwn(provider.errors, code);
}

/** Codes come from outside: `constructor` must not find what every object inherits. */
function own(table: ErrorTable, code: string): DocumentedError | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
