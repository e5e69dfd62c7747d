import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { defineOperation, documented, strict } from '../../../core/operation';
import { count, flag, list, object, optionalObject, requiredText, text } from '../../../core/tolerant';
import { required } from '../../params';
import { pageFields, pagingParams } from '../api/paging';
import { docs, ecs, ownerParams, tagFilters } from '../api/product';
import { pagingErrors, standardErrors, tagErrors } from '../api/sharedErrors';

/** What all operations tell of an activation. The code itself is told once, at creation, and never again. */
const recordShape = {
  CreationTime: text,
  // Counts are text in the samples of the pages and numbers in the SDK's model.
  DeregisteredCount: count,
  Description: text,
  InstanceCount: count,
  InstanceName: text,
  IpAddressRange: text,
  RegisteredCount: count,
  TimeToLiveInHours: count,
};

/** An activation as the list has it. */
export const listedActivation = object({
  ActivationId: requiredText,
  Disabled: flag,
  ResourceGroupId: text,
  Tags: list(object({ TagKey: text, TagValue: text }), 'Tag'),
  ...recordShape,
});

/** Activations of a region and how far they are used. Takes one id, not a list of them. */
export const describeActivations = defineOperation({
  action: 'DescribeActivations',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    RegionId: required,
    ActivationId: z.optional(z.string()),
    InstanceName: z.optional(z.string()),
    ResourceGroupId: z.optional(z.string()),
    Tag: tagFilters(),
    ...pagingParams(50),
    ...ownerParams(),
  })),
  response: object({
    RequestId: text,
    // A bare list in the SDK's model; wrapped by gateways that treat it like the older operations.
    ActivationList: list(listedActivation, 'Activation'),
    ...pageFields,
  }),
  permission: 'ecs:DescribeActivations',
  errors: { ...standardErrors, ...tagErrors, ...pagingErrors },
  page: `${docs}describeactivations`,
});

const notThere = documented(404, 'The specified activation id does not exist.', 'notFound', () =>
  l10n.t('This activation no longer exists in this region. Refresh the list.'),
);

/** Ends an activation for good: there is no call that enables it again. Registered hosts are not touched. */
export const disableActivation = defineOperation({
  action: 'DisableActivation',
  product: ecs,
  effect: 'change',
  danger: 'interrupts',
  params: strict(() => ({ RegionId: required, ActivationId: required, ...ownerParams() })),
  response: object({
    RequestId: text,
    Activation: optionalObject(object({ ActivationId: text, Disabled: flag, ...recordShape })),
  }),
  permission: 'ecs:DisableActivation',
  errors: { ...standardErrors, 'ActivationId.NotFound': notThere },
  page: `${docs}disableactivation`,
});

/** Deletes an activation that no host is registered with. */
export const deleteActivation = defineOperation({
  action: 'DeleteActivation',
  product: ecs,
  effect: 'destroy',
  danger: 'interrupts',
  params: strict(() => ({ RegionId: required, ActivationId: required, ...ownerParams() })),
  response: object({
    RequestId: text,
    Activation: optionalObject(object({ ActivationId: text, Disabled: flag, ...recordShape })),
  }),
  permission: 'ecs:DeleteActivation',
  errors: {
    ...standardErrors,
    'ActivationId.InUse': documented(403, 'The specified activation id is in use.', 'conflict', () =>
      l10n.t(
        'Hosts are registered with this activation. Deregister them first, or disable it instead: then no host can use it any more and the registered ones keep working.',
      ),
    ),
    'ActivationId.NotFound': notThere,
  },
  page: `${docs}deleteactivation`,
});
