import * as l10n from '@vscode/l10n';
import { documented, type ErrorTable } from '../../../core/operation';
import { invalidArgument } from '../instance/errors';

const noAccount = () =>
  l10n.t('The cloud did not recognize the account of these keys. Check the keys, then try again.');
const noRun = () => l10n.t('No run was named. Refresh the list and try again.');
const noCommand = () => l10n.t('No saved command was named. Refresh the list and try again.');
const noHosts = () => l10n.t('No instance was named. Select the instances again and retry.');

const missing = (name: string): string => `The required parameter ${name} is not supplied.`;

/** What all operations of this part have in common. */
export const commandErrors: ErrorTable = {
  InvalidArgument: invalidArgument,
  'MissingParameter.AccountId': documented(400, missing('AccountId'), 'invalid', noAccount),
};

/** No public page lists what `RunCommand` and `InvokeCommand` refuse; these are the words of their neighbours. */
export const runErrors: ErrorTable = {
  ...commandErrors,
  'MissingParameter.InstanceIds': documented(400, missing('InstanceIds'), 'invalid', noHosts),
  'LimitExceeded.MaximumInstanceIds': documented(400, '%s', 'quota', () =>
    l10n.t('The call names more instances than the cloud takes at once. Select fewer.'),
  ),
  InvalidInstanceStatus: documented(
    400,
    'The status of the specified instance does not support this request.',
    'conflict',
    () =>
      l10n.t(
        'At least one instance cannot run this: it is not running, has no Cloud Assistant agent, or has the wrong system for the script. None of them ran it. Refresh, leave that instance out and try again.',
      ),
  ),
  'InvalidInstance.NotFound': documented(404, 'The specified instance does not exist.', 'notFound', () =>
    l10n.t('At least one instance no longer exists in this region, so none of them ran the script. Refresh the list.'),
  ),
};

export const savedErrors: ErrorTable = {
  ...commandErrors,
  'MissingParameter.CommandId': documented(400, missing('CommandId'), 'invalid', noCommand),
  'InvalidCommand.NotFound': documented(404, 'The specified Command does not exist.', 'notFound', () =>
    l10n.t('This saved command no longer exists in this region. Refresh the list.'),
  ),
};

export const invocationErrors: ErrorTable = {
  ...commandErrors,
  'MissingParameter.InvocationId': documented(400, missing('InvocationId'), 'invalid', noRun),
};

const runGone = () =>
  l10n.t('The cloud has no record of this run in this region: it was deleted, or is too old. Refresh the list.');

export const stopErrors: ErrorTable = {
  ...invocationErrors,
  'MissingParameter.InstanceIds': documented(400, missing('InstanceIds'), 'invalid', noHosts),
  'LimitExceeded.MaximumInstanceIds': documented(400, '%s', 'quota', () =>
    l10n.t('The call names more instances than the cloud takes at once. Select fewer.'),
  ),
  'InvalidOperation.Forbidden': documented(400, '%s', 'conflict', () =>
    l10n.t('This run cannot be stopped: it has ended, or it is none of those that the cloud stops. Refresh the list.'),
  ),
  'InvalidInvocationRunningInstance.NotFound': documented(400, '%s', 'notFound', () =>
    l10n.t('No instance of this run is running it any more. Refresh to see how it ended.'),
  ),
  'InvalidInvocation.NotFound': documented(404, '%s', 'notFound', runGone),
};
