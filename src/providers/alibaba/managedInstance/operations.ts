import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { defineOperation, documented, strict } from '../../../core/operation';
import { count, flag, list, object, optionalObject, requiredText, text } from '../../../core/tolerant';
import { clientToken, required } from '../../params';
import { instanceName } from '../api/names';
import { pageFields, pagingParams } from '../api/paging';
import { docs, ecs, ownerParams, tagFilters } from '../api/product';
import { pagingErrors, standardErrors, tagErrors } from '../api/sharedErrors';

/** Tags come bare from this operation and wrapped from others. */
const tags = list(object({ TagKey: text, TagValue: text }), 'Tag');

/** What both operations tell of a host. Counts come as text on older pages, times may be missing or empty. */
const recordShape = {
  ActivationId: text,
  AgentVersion: text,
  Hostname: text,
  InstanceName: text,
  InternetIp: text,
  IntranetIp: text,
  InvocationCount: count,
  LastInvokedTime: text,
  MachineId: text,
  OsType: text,
  OsVersion: text,
  RegistrationTime: text,
  ResourceGroupId: text,
};

/** A host as the list has it. */
export const listedHost = object({ InstanceId: requiredText, Connected: flag, Tags: tags, ...recordShape });

/** Managed instances of a region. The page is silent on the range of filter values, so the cloud judges them. */
export const describeManagedInstances = defineOperation({
  action: 'DescribeManagedInstances',
  product: ecs,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({
    RegionId: required,
    ActivationId: z.optional(z.string()),
    // A string, not a boolean, in the page and in the SDK's model.
    Connected: z.optional(z.enum(['true', 'false'])),
    InstanceId: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(50))),
    InstanceIp: z.optional(z.string()),
    InstanceName: z.optional(z.string()),
    MachineId: z.optional(z.string().check(z.maxLength(36))),
    OsType: z.optional(z.string()),
    ResourceGroupId: z.optional(z.string()),
    Tag: tagFilters(),
    ...pagingParams(50),
    ...ownerParams(),
  })),
  response: object({
    RequestId: text,
    // A bare list in the SDK's model; wrapped by gateways that treat it like the older operations.
    Instances: list(listedHost, 'Instance'),
    ...pageFields,
  }),
  permission: 'ecs:DescribeManagedInstances',
  errors: { ...standardErrors, ...tagErrors, ...pagingErrors },
  page: `${docs}describemanagedinstances`,
});

/** Takes one host out of Cloud Assistant. `ClientToken` is in the SDK's model only; neither edition of the page has it. */
export const deregisterManagedInstance = defineOperation({
  action: 'DeregisterManagedInstance',
  product: ecs,
  effect: 'destroy',
  danger: 'interrupts',
  params: strict(() => ({ RegionId: required, InstanceId: required, ClientToken: clientToken, ...ownerParams() })),
  response: object({ RequestId: text, Instance: optionalObject(object({ InstanceId: text, ...recordShape })) }),
  permission: 'ecs:DeregisterManagedInstance',
  errors: {
    ...standardErrors,
    'InvalidInstance.NotFound': documented(404, 'The specified instance id does not exist.', 'notFound', () =>
      l10n.t('This managed instance is no longer registered in this region. Refresh the list.'),
    ),
  },
  page: `${docs}deregistermanagedinstance`,
});

/** Gives one host another name in Cloud Assistant; nothing else of it can be changed. */
export const modifyManagedInstance = defineOperation({
  action: 'ModifyManagedInstance',
  product: ecs,
  effect: 'change',
  danger: 'none',
  params: strict(() => ({ RegionId: required, InstanceId: required, InstanceName: instanceName(), ...ownerParams() })),
  response: object({
    RequestId: text,
    Instance: optionalObject(object({ InstanceId: text, InstanceName: text })),
  }),
  permission: 'ecs:ModifyManagedInstance',
  errors: {
    ...standardErrors,
    'InstanceName.ExceedLimit': documented(400, 'The specified instance name exceed limit.', 'quota', () =>
      l10n.t('The cloud finds this name too long. Use at most 128 characters.'),
    ),
    'InstanceName.InvalidPattern': documented(400, 'The specified instance name pattern invalid.', 'invalid', () =>
      l10n.t(
        'The cloud does not accept this name. Use 2 to 128 letters, digits and . _ - : and begin with a letter; Chinese characters may be refused.',
      ),
    ),
    'InvalidInstance.NotFound': documented(404, 'The specified instances id does not exist.', 'notFound', () =>
      l10n.t('This managed instance is no longer registered in this region. Refresh the list.'),
    ),
  },
  page: `${docs}modifymanagedinstance`,
});
