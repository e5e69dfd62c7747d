import * as l10n from '@vscode/l10n';
import { documented, type ErrorTable } from '../../../core/operation';

/** `InvalidArgument`, which most operations of ECS document. */
export const invalidArgument = documented(400, 'The specified argument is invalid.', 'invalid', () =>
  l10n.t('The cloud did not accept a parameter. Open the response for details.'),
);

/**
 * Failures about one instance. Operations on one answer them as their own error, those on several inside a success, in
 * `OperationDetails`, where the HTTP status is 200. `advice` is about a status that does not allow the operation.
 */
function errorsOfOne(advice: () => string): ErrorTable {
  return {
    'InvalidInstance.NotFound': documented(404, 'The specified instance does not exist.', 'notFound', () =>
      l10n.t('The instance no longer exists in this region. Refresh the list.'),
    ),
    InvalidInstanceStatus: documented(
      400,
      'The status of the specified instance does not support this request.',
      'conflict',
      advice,
    ),
    'MissingParameter.InstanceId': documented(
      400,
      'The required parameter InstanceId is not supplied.',
      'invalid',
      () => l10n.t('No instance was named. Select the instance again and retry.'),
    ),
  };
}

/** Failures of a deletion about one instance. */
export const instanceErrors: ErrorTable = {
  ...errorsOfOne(() =>
    l10n.t(
      'The present status of the instance does not allow deleting it. Stop it if it is running, or wait until its current change has ended; then refresh and try again.',
    ),
  ),
  InvalidChargeType: documented(
    400,
    'The specified ChargeType is not valid, is unsupported, or cannot be used.',
    'conflict',
    () =>
      l10n.t(
        'A subscription instance can be deleted only after it has expired or was unsubscribed. Convert it to pay-as-you-go or unsubscribe it in the console first.',
      ),
  ),
};

/** Failures about one instance whose status or value is to be changed. */
export const changeErrors: ErrorTable = errorsOfOne(() =>
  l10n.t(
    'The present status of the instance does not allow this. Wait until its current change has ended; then refresh and try again.',
  ),
);

/** Failures around `ClientToken`, the same for every operation that takes one. */
export const clientTokenErrors: ErrorTable = {
  IdempotentParameterMismatch: documented(
    400,
    'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical.',
    'invalid',
    () =>
      l10n.t(
        'An earlier request with the same token asked for something else, so the cloud refused this one and did nothing. Refresh the list and start the action again; it then gets a new token.',
      ),
  ),
  // "Throttled", because the remedy is the same: nothing is wrong, wait and send the same token again.
  IdempotentProcessing: documented(
    412,
    'The request uses the same client token as a previous one that is still in process.',
    'throttled',
    () =>
      l10n.t(
        'The cloud is still working on the same request sent before. Wait a moment, then refresh to see the result.',
      ),
  ),
  'InvalidClientToken.Malformed': documented(400, 'The specified ClientToken is malformed.', 'invalid', () =>
    l10n.t('The token of this request was not accepted, so nothing was done. Start the action again.'),
  ),
};

/** Failures of a call for several instances as a whole, besides those around `ClientToken`. */
export const batchErrors: ErrorTable = {
  InvalidArgument: invalidArgument,
  'InvalidCount.Malformed': documented(400, 'The specified count is malformed.', 'invalid', () =>
    l10n.t('A call may name 1 to 100 instances. Select fewer and try again.'),
  ),
  'InvalidDedicatedHostStatus.Unsupported': documented(
    400,
    'The status of the specified dedicated host does not support this request.',
    'conflict',
    () =>
      l10n.t(
        'The dedicated host of the instance is in a state that does not allow this. Look at the host in the console.',
      ),
  ),
};
