import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { defineOperation, documented, strict } from '../../../core/operation';
import { object, text } from '../../../core/tolerant';
import { required } from '../../params';
import { instanceName } from '../api/names';
import { docs, ecs, ownerParams } from '../api/product';

const wrongStatus = () =>
  l10n.t(
    'The present status of the instance does not allow this. Wait until its current change has ended; then refresh and try again.',
  );

/**
 * Changes what it names and leaves everything else of the instance as it is. The page has no `RegionId`, as the host
 * tells the region; it is sent all the same, as the vendor's older clients do with every call.
 */
export const modifyInstanceAttribute = defineOperation({
  action: 'ModifyInstanceAttribute',
  product: ecs,
  effect: 'change',
  // At worst: without its protection an instance can be released.
  danger: 'interrupts',
  params: strict(() => ({
    RegionId: z.optional(required),
    InstanceId: required,
    InstanceName: z.optional(instanceName()),
    DeletionProtection: z.optional(z.boolean()),
    ...ownerParams(),
  })),
  response: object({ RequestId: text }),
  permission: 'ecs:ModifyInstanceAttribute',
  errors: {
    'InvalidInstanceName.Malformed': documented(
      400,
      'The specified parameter "InstanceName" is not valid.',
      'invalid',
      () =>
        l10n.t(
          'The cloud does not accept this name. Use 2 to 128 letters, Chinese characters, digits and . _ - : and begin with a letter or a Chinese character.',
        ),
    ),
    'InvalidOperation.InvalidEcsState': documented(400, '%s', 'conflict', wrongStatus),
    IncorrectInstanceStatus: documented(
      403,
      'The current status of the resource does not support this operation.',
      'conflict',
      wrongStatus,
    ),
    'InvalidChargeType.ValueNotSupported': documented(403, '%s', 'conflict', () =>
      l10n.t(
        'Release protection is for pay-as-you-go instances only. A subscription cannot be released before it ends.',
      ),
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
    'InvalidUser.Unauthorized': documented(403, 'The user is not authorized', 'permission', () =>
      l10n.t('The cloud does not permit this operation for this account. Ask the owner of the account to allow it.'),
    ),
    'InvalidInstanceId.NotFound': documented(404, 'The specified InstanceId does not exist.', 'notFound', () =>
      l10n.t('The instance no longer exists in this region. Refresh the list.'),
    ),
    InternalError: documented(500, 'The request processing has failed due to some unknown error.', 'server', () =>
      l10n.t('The cloud failed on its side. Refresh to see the status of the instances before you try again.'),
    ),
  },
  page: `${docs}modifyinstanceattribute`,
});
