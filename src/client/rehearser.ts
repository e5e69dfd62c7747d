import * as l10n from '@vscode/l10n';
import { CloudError, type Reason } from '../core/cloudError';
import type { Exchange } from '../core/exchange';
import type { CallEngine, CallRequest } from './callEngine';
import { documentedError } from './errorTables';

/** What the cloud said to a call that changes nothing. */
export type Rehearsal =
  | { readonly verdict: 'wouldPass' }
  | { readonly verdict: 'wouldBeRefused'; readonly error: CloudError }
  | { readonly verdict: 'unclear'; readonly error: CloudError };

/** Sends destructive operations as dry runs. `DryRun` is always set here, whatever the caller passes. */
export class Rehearser {
  constructor(private readonly engine: CallEngine) {}

  /**
   * Never rejects for a cloud failure. Both clouds report "it would have worked" as an error code, so a success says
   * that something on the way left the dry run out.
   */
  async rehearse(request: CallRequest, passedCodes: readonly string[]): Promise<Rehearsal> {
    const { operation, params } = request;
    if (!('DryRun' in operation.params.shape)) throw new TypeError(`${operation.action} has no DryRun.`);
    try {
      const { exchange } = await this.engine.call({ ...request, params: { ...params, DryRun: true }, passedCodes });
      return { verdict: 'unclear', error: carriedOut(operation.action, exchange) };
    } catch (error) {
      if (!CloudError.is(error)) throw error;
      if (error.code !== undefined && passedCodes.includes(error.code)) return { verdict: 'wouldPass' };
      return { verdict: isRefusal(request, error) ? 'wouldBeRefused' : 'unclear', error };
    }
  }
}

function carriedOut(action: string, { requestId, id }: Exchange): CloudError {
  const message = l10n.t('{0} was answered as if it had been carried out, not as a dry run.', action);
  const advice = l10n.t('Something between here and the cloud may have left the dry run out. Refresh the list.');
  return new CloudError(message, {
    reason: 'unexpectedAnswer',
    delivery: 'unknown',
    advice,
    exchangeId: id,
    requestId,
  });
}

/** What a refusal is about when it is about the resource, or about who may touch it. */
const ofResources: ReadonlySet<Reason | undefined> = new Set(['permission', 'notFound', 'conflict']);

/**
 * Whether the code itself says that the real call would be refused. An answer about the rehearsal as a call (an action,
 * version or parameter that is not known, not in this region) or about the account at the moment (limits, arrears) says
 * nothing of the resource, nor does a status with a code that nobody knows.
 */
function isRefusal({ provider, operation }: CallRequest, { delivery, code }: CloudError): boolean {
  if (delivery !== 'answered' || code === undefined) return false;
  return ofResources.has(documentedError(provider, operation, code, noStatus)?.reason);
}

/** The one that the clouds answer to whatever they do not like. */
const noStatus = 400;
