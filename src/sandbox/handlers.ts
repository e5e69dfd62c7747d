import { providers } from '../providers';
import { activationHandlers } from './alibaba/activationHandlers';
import { alibabaRegionHandlers } from './alibaba/regionHandlers';
import type { Call } from './call';
import { ecsHandlers } from './alibaba/ecsHandlers';
import type { Handler } from './handler';
import { managedInstanceHandlers } from './alibaba/managedInstanceHandlers';
import { volcengineHandlers } from './volcengine/handlers';

/** The operations that know or change something of the store. */
const stateful: readonly Handler[] = [
  ...alibabaRegionHandlers,
  ...managedInstanceHandlers,
  ...activationHandlers,
  ...ecsHandlers,
  ...volcengineHandlers,
];

/** Reads of the catalogue that nobody gave behaviour: there is nothing of theirs in store. */
const stateless: readonly Handler[] = providers
  .flatMap(({ operations }) => operations)
  .filter((operation) => operation.effect === 'read' && !stateful.some((handler) => handler.operation === operation))
  .map((operation) => ({ operation, answer: () => ({}) }));

/** The emulator: everything it can do. What is not in this list is refused. */
export const handlers: readonly Handler[] = [...stateful, ...stateless];

const byName = new Map(handlers.map((handler) => [keyOf(nameOf(handler)), handler]));

/** The handler of a call; undefined when the action or its version is not served. */
export function handlerOf(call: Call): Handler | undefined {
  return byName.get(keyOf(call));
}

interface OperationName {
  readonly provider: string;
  readonly action: string;
  readonly version: string;
}

function nameOf({ operation }: Handler): OperationName {
  const { provider, version } = operation.product;
  return { provider, version, action: operation.action };
}

function keyOf({ provider, action, version }: OperationName): string {
  return `${provider} ${version} ${action}`;
}
