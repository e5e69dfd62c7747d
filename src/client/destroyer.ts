import type { Operation } from '../core/operation';
import { takesClientToken } from '../core/operation';
import type { CallEngine, CallRequest, CallResult } from './callEngine';

/** What one confirmed call may do: exactly this operation, in this account and region, on these ids, once. */
export interface PermitScope {
  readonly accountId: string;
  readonly region: string;
  readonly operation: Operation;
  readonly ids: readonly string[];
  /** Sent with the call, and with any repeat of it, where the operation takes one. */
  readonly clientToken: string;
}

/** Leave to send one destructive call. Only the `Destroyer` that issued it accepts it. */
export interface Permit {
  readonly scope: PermitScope;
}

/**
 * The only way to a destructive call. Whoever holds the destroyer issues a permit after a person has confirmed and
 * the journal has recorded the intent; every call must show its permit, and a permit is used up by its call.
 */
export class Destroyer {
  private readonly valid = new WeakSet<Permit>();

  constructor(private readonly engine: CallEngine) {}

  permit(scope: PermitScope): Permit {
    const permit: Permit = Object.freeze({ scope: Object.freeze({ ...scope, ids: Object.freeze([...scope.ids]) }) });
    this.valid.add(permit);
    return permit;
  }

  /** Sends the call its permit names. Rejects with `CloudError`; a `delivery` of `unknown` must be resolved by reading. */
  async destroy(permit: Permit, request: Omit<CallRequest, 'operation' | 'region'>): Promise<CallResult> {
    if (!this.valid.delete(permit))
      throw new TypeError('This permit was not issued here, or its call was already sent.');
    const { operation, region, accountId, ids, clientToken } = permit.scope;
    if (operation.effect !== 'destroy') throw new TypeError(`${operation.action} does not destroy anything.`);
    if (request.account.id !== accountId) throw new TypeError('The permit is for another account.');
    if (!sameIds(ids, idsIn(request.params)))
      throw new TypeError('The parameters name other resources than the permit.');
    const params = takesClientToken(operation) ? { ...request.params, ClientToken: clientToken } : request.params;
    return this.engine.call({ ...request, operation, region, params });
  }
}

/** The ids a destructive call names, whatever its parameter is called. */
function idsIn(params: Readonly<Record<string, unknown>>): string[] {
  const names = ['InstanceId', 'InstanceIds', 'ActivationId'];
  return names.flatMap((name) => params[name] ?? []).filter((id): id is string => typeof id === 'string');
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  const permitted = new Set(a);
  return (
    a.length === b.length &&
    permitted.size === a.length &&
    permitted.size === new Set(b).size &&
    b.every((id) => permitted.has(id))
  );
}
