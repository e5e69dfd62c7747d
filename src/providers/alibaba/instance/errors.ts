import * as l10n from '@vscode/l10n';
import { documented, type ErrorTable } from '../../../core/operation';
import { reportIt, tagErrors } from '../api/sharedErrors';

const filterRefused = () => l10n.t('The cloud does not know a value of the filter. Change or clear the filter.');

/** Failures of `DescribeInstances`. */
export const describeInstancesErrors: ErrorTable = {
  ...tagErrors,
  'InvalidInstanceChargeType.NotFound': documented(
    404,
    'The InstanceChargeType does not exist in our records',
    'invalid',
    filterRefused,
  ),
  'InvalidInternetChargeType.ValueNotSupported': documented(
    404,
    'The specified InternetChargeType is not valid',
    'invalid',
    filterRefused,
  ),
  'InvalidLockReason.NotFound': documented(404, 'The specified LockReason is not found', 'invalid', filterRefused),
  'InvalidFilterKey.NotFound': documented(404, 'The filter key is not found.', 'invalid', filterRefused),
  'InvalidNetworkType.NotFound': documented(
    404,
    'The specified InstanceNetworkType is not found',
    'invalid',
    filterRefused,
  ),
  'InvalidStatus.NotFound': documented(404, 'The specified Status is not found', 'invalid', filterRefused),
  'InvalidTag.Mismatch': documented(
    400,
    'The specified Tag.n.Key and Tag.n.Value are not match.',
    'invalid',
    filterRefused,
  ),
  InvalidTagCount: documented(400, 'The specified tags are beyond the permitted range.', 'invalid', filterRefused),
  'InvalidHpcClusterId.NotFound': documented(400, 'The specified HpcClusterId is not found.', 'invalid', filterRefused),
  'InvalidHpcClusterId.Creating': documented(400, 'The specified HpcClusterId is creating.', 'conflict', filterRefused),
  DryRunOperation: documented(400, 'Request validation has been passed with DryRun flag set.', 'invalid', dryRunPassed),
};

function dryRunPassed(): string {
  return l10n.t('The dry run passed. Nothing was changed.');
}

function internal(): string {
  return l10n.t(
    'The cloud failed on its side. Refresh to see whether the instances are still there before you try again.',
  );
}

function notAllThere(): string {
  return l10n.t(
    'At least one of the instances no longer exists in this region, so none was released. Refresh the list and release the rest.',
  );
}

/** Failures of `DeleteInstances`. One bad instance fails the call for all that it names. */
export const deleteInstancesErrors: ErrorTable = {
  'DRYRUN.SUCCESS': documented(
    400,
    'This request is a dryrun request with successful result.',
    'invalid',
    dryRunPassed,
  ),
  'InvalidParameter.CrossRegionNotSupport': documented(
    400,
    'Instances of multiple regions not support.',
    'invalid',
    () => l10n.t('The instances are in different regions. Refresh the list and release them region by region.'),
  ),
  'DependencyViolation.SLBConfiguring': documented(
    400,
    'Specified operation is denied as your instance is using by another product.',
    'conflict',
    () =>
      l10n.t('A load balancer that uses an instance is being configured. Wait until that has ended, then try again.'),
  ),
  'DependencyViolation.RouteEntry': documented(400, 'Specified instance is used by route entry.', 'conflict', () =>
    l10n.t('A custom route entry of the VPC leads to an instance. Delete the route entry first.'),
  ),
  'InvalidParameter.TooManyInstanceIds': documented(403, 'Instance ids cannot be more than 100.', 'invalid', reportIt),
  'InvalidInstanceIds.ValueNotSupported': documented(403, 'The specified instanceIds is not valid.', 'invalid', () =>
    l10n.t('The cloud does not accept one of the instance IDs, so none was released. Refresh the list and try again.'),
  ),
  'InvalidOperation.DeletionProtection': documented(
    403,
    'The operation is not allowed due to deletion protection.',
    'conflict',
    () =>
      l10n.t('Release protection is on for at least one instance. Turn it off first if the instance is really to go.'),
  ),
  ChargeTypeViolation: documented(403, '%s', 'conflict', () =>
    l10n.t(
      'At least one instance is a subscription that may not be released: before it expires it can only be refunded, after that releasing must be asked for explicitly.',
    ),
  ),
  IncorrectInstanceStatus: documented(403, '%s', 'conflict', () =>
    l10n.t(
      'The status of at least one instance does not allow this. Stop it first, or choose to release it although it is running.',
    ),
  ),
  'IncorrectInstanceStatus.Initializing': documented(403, '%s', 'conflict', () =>
    l10n.t('At least one instance is still being set up. Wait until that has ended, then try again.'),
  ),
  'InvalidOperation.EniLinked': documented(403, '%s', 'conflict', () =>
    l10n.t('A network interface of an instance is linked with others. Unlink it first.'),
  ),
  InstanceLockedForSecurity: documented(
    403,
    'The specified operation is denied as your instance is locked for security reasons.',
    'conflict',
    () =>
      l10n.t(
        'At least one instance is locked for security reasons. See the notice in the console and have the lock removed first.',
      ),
  ),
  'OperationDenied.SystemInstanceNotSupport': documented(
    403,
    'The system instance does not support the %s operation because %s.',
    'conflict',
    () => l10n.t('At least one instance belongs to another product of the vendor and can only be released there.'),
  ),
  'InvalidInstanceIds.NotFound': documented(404, 'The specified InstanceIds does not exist.', 'notFound', notAllThere),
  'InvalidInstanceId.NotFound': documented(404, '%s', 'notFound', notAllThere),
  // The vendor documents status 500 for this refusal of a parameter.
  InvalidParameter: documented(500, 'Invalid parameters.', 'invalid', reportIt),
  InternalError: documented(500, 'The request processing has failed due to some unknown error.', 'server', internal),
};
