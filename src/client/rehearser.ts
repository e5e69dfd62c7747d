import { CloudError } from '../core/cloudError';
import type { CallEngine, CallRequest } from './callEngine';

/** What the cloud said to a call that changes nothing. */
export type Rehearsal =
  | { readonly verdict: 'wouldPass' }
  | { readonly verdict: 'wouldBeRefused'; readonly error: CloudError }
  | { readonly verdict: 'unclear'; readonly error: CloudError };

/** Sends destructive operations as dry runs. `DryRun` is always set here, whatever the caller passes. */
export class Rehearser {
  constructor(private readonly engine: CallEngine) {}

  /** Never rejects for a cloud failure; both clouds report "it would have worked" as an error code. */
  async rehearse(request: CallRequest, passedCodes: readonly string[]): Promise<Rehearsal> {
    const { operation, params } = request;
    if (!('DryRun' in operation.params.shape)) throw new TypeError(`${operation.action} has no DryRun.`);
    try {
      await this.engine.call({ ...request, params: { ...params, DryRun: true }, passedCodes });
      return { verdict: 'wouldPass' };
    } catch (error) {
      if (!CloudError.is(error)) throw error;
      if (error.code !== undefined && passedCodes.includes(error.code)) return { verdict: 'wouldPass' };
      return { verdict: isRefusal(error) ? 'wouldBeRefused' : 'unclear', error };
    }
  }
}

function isRefusal(error: CloudError): boolean {
  return (
    error.delivery === 'answered' && CloudError.is(error, 'permission', 'notFound', 'conflict', 'invalid', 'quota')
  );
}
