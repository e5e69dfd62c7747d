import * as l10n from '@vscode/l10n';
import type { DocumentedError, ErrorTable } from '../../core/operation';

/** `InvalidArgument`, which most operations of ECS document. */
export const invalidArgument: DocumentedError = {
  status: 400,
  message: 'The specified argument is invalid.',
  reason: 'invalid',
  advice: () => l10n.t('The cloud did not accept a parameter. Open the response for details.'),
};

/**
 * Failures about one instance. `DeleteInstance` answers them as its own error, `DeleteInstances` inside a success, in
 * `OperationDetails`, where the HTTP status is 200.
 */
export const instanceErrors: ErrorTable = {
  'InvalidInstance.NotFound': {
    status: 404,
    message: 'The specified instance does not exist.',
    reason: 'notFound',
    advice: () => l10n.t('The instance no longer exists in this region. Refresh the list.'),
  },
  InvalidInstanceStatus: {
    status: 400,
    message: 'The status of the specified instance does not support this request.',
    reason: 'conflict',
    advice: () =>
      l10n.t(
        'The present status of the instance does not allow deleting it. Stop it if it is running, or wait until its current change has ended; then refresh and try again.',
      ),
  },
  'MissingParameter.InstanceId': {
    status: 400,
    message: 'The required parameter InstanceId is not supplied.',
    reason: 'invalid',
    advice: () => l10n.t('No instance was named. Select the instance again and retry.'),
  },
  InvalidChargeType: {
    status: 400,
    message: 'The specified ChargeType is not valid, is unsupported, or cannot be used.',
    reason: 'conflict',
    advice: () =>
      l10n.t(
        'A subscription instance can be deleted only after it has expired or was unsubscribed. Convert it to pay-as-you-go or unsubscribe it in the console first.',
      ),
  },
};

/** Failures around `ClientToken`, the same for every operation that takes one. */
export const clientTokenErrors: ErrorTable = {
  IdempotentParameterMismatch: {
    status: 400,
    message:
      'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical.',
    reason: 'invalid',
    advice: () =>
      l10n.t(
        'An earlier request with the same token asked for something else, so the cloud refused this one and did nothing. Refresh the list and start the action again; it then gets a new token.',
      ),
  },
  // "Throttled", because the remedy is the same: nothing is wrong, wait and send the same token again.
  IdempotentProcessing: {
    status: 412,
    message: 'The request uses the same client token as a previous one that is still in process.',
    reason: 'throttled',
    advice: () =>
      l10n.t(
        'The cloud is still working on the same request sent before. Wait a moment, then refresh to see the result.',
      ),
  },
  'InvalidClientToken.Malformed': {
    status: 400,
    message: 'The specified ClientToken is malformed.',
    reason: 'invalid',
    advice: () => l10n.t('The token of this request was not accepted, so nothing was done. Start the action again.'),
  },
};
