import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { defineOperation, documented, strict } from '../../../core/operation';
import { clientToken } from '../../params';
import { docs, ecs } from '../api/product';
import { batchErrors, changeErrors, clientTokenErrors } from './errors';
import { ids, operationDetails } from './operations';

const errors = { ...changeErrors, ...clientTokenErrors, ...batchErrors };
const force = z.optional(z.boolean());

/** Starts up to 100 instances, each by itself: a 200 says nothing about any of them. */
export const startInstances = defineOperation({
  action: 'StartInstances',
  product: ecs,
  effect: 'change',
  danger: 'costs',
  params: strict(() => ({ InstanceIds: ids, ClientToken: clientToken })),
  response: operationDetails,
  permission: 'ecs:StartInstances',
  errors: {
    ...errors,
    'Insufficient.Balance': documented(400, 'The request is denied due to the lack of balance.', 'quota', () =>
      l10n.t('The balance of the account does not suffice. Top it up, then try again.'),
    ),
  },
  page: `${docs}101068`,
});

/** Stops up to 100 instances, each by itself. */
export const stopInstances = defineOperation({
  action: 'StopInstances',
  product: ecs,
  effect: 'change',
  danger: 'interrupts',
  params: strict(() => ({
    InstanceIds: ids,
    StoppedMode: z.optional(z.enum(['KeepCharging', 'StopCharging'])),
    ForceStop: force,
    ClientToken: clientToken,
  })),
  response: operationDetails,
  permission: 'ecs:StopInstances',
  errors: {
    ...errors,
    'InvalidStoppedMode.Malformed': documented(400, 'The specified StoppedMode is malformed.', 'invalid', () =>
      l10n.t('The cloud does not know this way of stopping. Stop the instance and keep it billed instead.'),
    ),
  },
  page: `${docs}101067`,
});

/** Restarts up to 100 instances, each by itself. */
export const rebootInstances = defineOperation({
  action: 'RebootInstances',
  product: ecs,
  effect: 'change',
  danger: 'interrupts',
  params: strict(() => ({ InstanceIds: ids, ForceStop: force, ClientToken: clientToken })),
  response: operationDetails,
  permission: 'ecs:RebootInstances',
  errors,
  page: `${docs}101069`,
});
