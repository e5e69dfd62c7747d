import * as l10n from '@vscode/l10n';
import { documented, type ErrorTable } from '../../../core/operation';
import { reportIt } from '../api/sharedErrors';

const notThere = () => l10n.t('The instance no longer exists in this region. Refresh the list.');
const keyOfDisk = () =>
  l10n.t('The KMS key that encrypts a disk of the instance cannot be used. Look at the key in the KMS console.');
const wrongStatus = () =>
  l10n.t(
    'The present status of the instance does not allow this. Wait until its current change has ended; then refresh and try again.',
  );
const overdue = () =>
  l10n.t('The instance has expired or payment for it is overdue. Renew it or top up the account, then try again.');
const noDisk = () => l10n.t('The instance has no system disk to boot from. Attach one first.');
const noStock = () =>
  l10n.t('The zone has no resources left for this instance type. Try again later or change the instance type.');
const elsewhere = () =>
  l10n.t('The instance belongs to another product of the vendor. Do this in the console of that product.');

/** Failures of all operations on power; the page leaves open what some of them say. */
export const powerErrors: ErrorTable = {
  'DRYRUN.SUCCESS': documented(400, 'This request is a dryrun request with successful result.', 'invalid', () =>
    l10n.t('The dry run passed. Nothing was changed.'),
  ),
  'InvalidParameter.KMSKeyId.CMKNotEnabled': documented(400, '%s', 'conflict', keyOfDisk),
  'InvalidParameter.KMSKeyId.KMSUnauthorized': documented(400, '%s', 'permission', keyOfDisk),
  'InvalidParameter.TooManyInstanceIds': documented(403, 'Instance ids cannot be more than 100.', 'invalid', reportIt),
  'Abs.InvalidInstanceIds.MalFormed': documented(403, '%s', 'invalid', reportIt),
  InstanceLockedForSecurity: documented(
    403,
    'The specified operation is denied as your instance is locked for security reasons.',
    'conflict',
    () =>
      l10n.t(
        'At least one instance is locked for security reasons. See the notice in the console and have the lock removed first.',
      ),
  ),
  InstanceExpiredOrInArrears: documented(403, '%s', 'quota', overdue),
  IncorrectInstanceStatus: documented(403, '%s', 'conflict', wrongStatus),
  InsufficientBalance: documented(403, '%s', 'quota', () =>
    l10n.t('The balance of the account does not suffice. Top it up, then try again.'),
  ),
  InstanceNotReady: documented(403, '%s', 'conflict', wrongStatus),
  'InvalidInstanceId.NotFound': documented(404, '%s', 'notFound', notThere),
  'InvalidInstanceIds.NotFound': documented(404, 'The specified InstanceIds does not exist.', 'notFound', notThere),
  'InvalidOperation.Conflict': documented(409, '%s', 'conflict', wrongStatus),
  InternalError: documented(500, 'The request processing has failed due to some unknown error.', 'server', () =>
    l10n.t('The cloud failed on its side. Refresh to see the status of the instances before you try again.'),
  ),
};

export const systemDiskErrors: ErrorTable = {
  'InvalidInstance.NotFoundSystemDisk': documented(403, '%s', 'conflict', noDisk),
};

export const startErrors: ErrorTable = {
  'Invalid.PrivatePoolOptions.NoStock': documented(400, '%s', 'conflict', noStock),
  InstanceExpired: documented(403, '%s', 'conflict', overdue),
  'OperationDenied.NoStock': documented(403, '%s', 'conflict', noStock),
  'OperationDenied.SpotPriceLowerThanPublicPrice': documented(403, '%s', 'conflict', () =>
    l10n.t('The price limit of the spot instance is below the current price. Wait until the price has fallen.'),
  ),
  'OperationDenied.HostRepairing': documented(403, '%s', 'conflict', () =>
    l10n.t('The host that the instance runs on is being repaired. Wait until that has ended, then try again.'),
  ),
};

const unavailable: ErrorTable = {
  'LimitedOperation.ServiceUnavailable': documented(503, '%s', 'server', () =>
    l10n.t('The service is unavailable at the moment. Wait a moment, then try again.'),
  ),
};

export const stopErrors: ErrorTable = {
  ...unavailable,
  'InvalidParameter.Encrypted.KmsNotEnable': documented(400, '%s', 'conflict', keyOfDisk),
  'InvalidInstanceId.NotSupport': documented(403, '%s', 'conflict', elsewhere),
  'InvalidOperation.KMSKeyIdNotFound': documented(403, '%s', 'notFound', keyOfDisk),
  'InvalidOperation.KMSServiceNotOpen': documented(403, '%s', 'conflict', keyOfDisk),
  'OperationDenied.SystemInstanceNotSupport': documented(
    403,
    'The system instance does not support the %s operation because %s.',
    'conflict',
    elsewhere,
  ),
};

export const restartErrors: ErrorTable = { ...systemDiskErrors, ...unavailable };
