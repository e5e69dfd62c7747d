import * as z from 'zod/mini';
import { defineOperation, strict } from '../../../core/operation';
import { list, object, text } from '../../../core/tolerant';
import { required } from '../../params';
import { docs, ecs, ownerParams } from '../api/product';
import { powerErrors, restartErrors, startErrors, stopErrors, systemDiskErrors } from './powerErrors';

const batchParams = () => ({
  RegionId: required,
  InstanceId: z.array(required).check(z.minLength(1), z.maxLength(100)),
  /** All or none where it is left out; with `SuccessFirst` a 200 says nothing about any of them. */
  BatchOptimization: z.optional(z.enum(['AllTogether', 'SuccessFirst'])),
  DryRun: z.optional(z.boolean()),
  ...ownerParams(),
});

/** The code of each instance is text in the SDK's model and a number in samples; 200 means accepted. */
export const powerResponse = object({
  RequestId: text,
  InstanceResponses: list(
    object({ InstanceId: text, Code: text, Message: text, PreviousStatus: text, CurrentStatus: text }),
    'InstanceResponse',
  ),
});

/** Starts up to 100 instances. */
export const startInstances = defineOperation({
  action: 'StartInstances',
  product: ecs,
  effect: 'change',
  danger: 'costs',
  params: strict(batchParams),
  response: powerResponse,
  permission: 'ecs:StartInstances',
  errors: { ...powerErrors, ...systemDiskErrors, ...startErrors },
  page: `${docs}startinstances`,
});

/** Stops up to 100 instances. Without a mode the default of the account decides whether they stay billed. */
export const stopInstances = defineOperation({
  action: 'StopInstances',
  product: ecs,
  effect: 'change',
  danger: 'interrupts',
  params: strict(() => ({
    ...batchParams(),
    ForceStop: z.optional(z.boolean()),
    StoppedMode: z.optional(z.enum(['KeepCharging', 'StopCharging'])),
  })),
  response: powerResponse,
  permission: 'ecs:StopInstances',
  errors: { ...powerErrors, ...stopErrors },
  page: `${docs}stopinstances`,
});

/** Restarts up to 100 instances. The flag has another name here than for a single instance. */
export const rebootInstances = defineOperation({
  action: 'RebootInstances',
  product: ecs,
  effect: 'change',
  danger: 'interrupts',
  params: strict(() => ({ ...batchParams(), ForceReboot: z.optional(z.boolean()) })),
  response: powerResponse,
  permission: 'ecs:RebootInstances',
  errors: { ...powerErrors, ...restartErrors },
  page: `${docs}rebootinstances`,
});
