import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { defineOperation, documented, strict } from '../../../core/operation';
import { object, optionalObject } from '../../../core/tolerant';
import { clientToken, required } from '../../params';
import { docs, ecs } from '../api/product';
import { changeErrors, clientTokenErrors, invalidArgument } from './errors';

/** 1 to 128 letters, Chinese characters, digits and `_ - .`, a letter or a Chinese character first. */
export const instanceName = /^[A-Za-z\p{Script=Han}][\w.\p{Script=Han}-]{0,127}$/u;

/** Changes what it names and leaves everything else of the instance as it is. */
export const modifyInstanceAttribute = defineOperation({
  action: 'ModifyInstanceAttribute',
  product: ecs,
  effect: 'change',
  // At worst: without its protection an instance can be deleted.
  danger: 'interrupts',
  params: strict(() => ({
    InstanceId: required,
    InstanceName: z.optional(z.string().check(z.regex(instanceName))),
    DeletionProtection: z.optional(z.boolean()),
    ClientToken: clientToken,
  })),
  response: optionalObject(object({})),
  permission: 'ecs:ModifyInstanceAttribute',
  errors: {
    ...changeErrors,
    ...clientTokenErrors,
    InvalidArgument: invalidArgument,
    'InvalidInstanceName.Malformed': documented(400, 'The specified InstanceName is malformed.', 'invalid', () =>
      l10n.t(
        'The cloud does not accept this name. Use 1 to 128 letters, Chinese characters, digits and _ - . and begin with a letter or a Chinese character.',
      ),
    ),
  },
  page: `${docs}92110`,
});
