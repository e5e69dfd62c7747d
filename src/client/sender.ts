import type { Operation } from '../core/operation';
import { takesClientToken } from '../core/operation';
import type { CallEngine, CallRequest, CallResult } from './callEngine';

/** What one confirmed group of a plan may do: this operation, in this account and region, on these ids. */
export interface PermitScope {
  readonly accountId: string;
  readonly region: string;
  readonly operation: Operation;
  /** The parameter that names the ids; undefined for a call that only ends what the plan's other calls began. */
  readonly idParam: string | undefined;
  readonly ids: readonly string[];
}

/** Leave to send the calls of one confirmed plan, each id once. Only the `Sender` that minted it accepts it. */
export interface Permit {
  readonly scopes: readonly PermitScope[];
}

/** One call of a confirmed plan. */
export interface SendRequest extends CallRequest {
  readonly region: string;
  /** Sent with the call where the operation takes one. */
  readonly clientToken: string;
  /** The very same call once more, under the same token: its first answer was lost. */
  readonly repeat?: boolean;
}

/**
 * The only way to a call that changes anything. The gate mints a permit when a person has confirmed a plan; every call
 * shows it, and an id is used up by its call, but for calls that end what was begun. A repeat is the same call under the same client token, or none.
 */
export class Sender {
  private readonly sent = new WeakMap<Permit, Map<string, string>>();

  constructor(private readonly engine: CallEngine) {}

  mint(scopes: readonly PermitScope[]): Permit {
    const frozen = scopes.map((scope) => Object.freeze({ ...scope, ids: Object.freeze([...scope.ids]) }));
    const permit: Permit = Object.freeze({ scopes: Object.freeze(frozen) });
    this.sent.set(permit, new Map());
    return permit;
  }

  /** Sends a call its permit covers. Rejects with `CloudError`; a `delivery` of `unknown` must be resolved by reading. */
  async send(permit: Permit, { clientToken, repeat = false, ...request }: SendRequest): Promise<CallResult> {
    const sent = this.sent.get(permit);
    if (sent === undefined) throw new TypeError('This permit was not issued here.');
    const { operation } = request;
    if (operation.effect === 'read') throw new TypeError(`${operation.action} changes nothing and needs no permit.`);
    const params = takesClientToken(operation) ? { ...request.params, ClientToken: clientToken } : request.params;
    const scope = scopeFor(permit, request);
    checkNames(scope, params);
    // Ending something twice does no harm, and its parameters name the run.
    if (scope.idParam !== undefined)
      redeem(sent, keysOf(scope, scope.idParam, params), {
        call: JSON.stringify(params),
        repeat: repeat && takesClientToken(operation),
      });
    return this.engine.call({ ...request, params });
  }
}

/** Several groups of a plan can make the same call: which one it is, the ids tell. */
function scopeFor(permit: Permit, request: CallRequest): PermitScope {
  const { account, region, operation } = request;
  const scopes = permit.scopes.filter(
    (one) => one.accountId === account.id && one.region === region && one.operation === operation,
  );
  const [first] = scopes;
  if (first === undefined) throw new TypeError('The permit is for another account, region or operation.');
  return scopes.find((scope) => covers(scope, request.params)) ?? first;
}

function covers({ idParam, ids }: PermitScope, params: Readonly<Record<string, unknown>>): boolean {
  if (idParam === undefined) return true;
  const permitted = new Set<unknown>(ids);
  return [params[idParam]].flat().every((id) => permitted.has(id));
}

function checkNames({ operation }: PermitScope, params: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(params).find((name) => !(name in operation.params.shape));
  if (unknown !== undefined) throw new TypeError(`${operation.action} has no parameter ${unknown}.`);
}

/** What is used up by a call with these parameters. Throws unless they name permitted ids, each once. */
function keysOf(scope: PermitScope, idParam: string, params: Readonly<Record<string, unknown>>): string[] {
  const { operation } = scope;
  const ids = [params[idParam]].flat();
  const permitted = new Set(scope.ids);
  const isCovered =
    ids.length > 0 &&
    permitted.size === scope.ids.length &&
    new Set(ids).size === ids.length &&
    ids.every((id) => typeof id === 'string' && permitted.has(id));
  if (!isCovered) throw new TypeError('The parameters name other resources than the permit.');
  return ids.map((id) => JSON.stringify([scope.accountId, scope.region, operation.action, id]));
}

/** Uses the keys up. Throws where one was used before, unless this is the repeat of exactly that call. */
function redeem(
  sent: Map<string, string>,
  keys: readonly string[],
  { call, repeat }: { readonly call: string; readonly repeat: boolean },
): void {
  const used = keys.filter((key) => sent.has(key));
  const isRepeat = repeat && used.length === keys.length && keys.every((key) => sent.get(key) === call);
  if (used.length > 0 && !isRepeat) throw new TypeError('A call of this permit for this resource was already sent.');
  for (const key of keys) sent.set(key, call);
}
