import * as l10n from '@vscode/l10n';
import type { Provider } from '../../core/provider';
import { activation } from './activation';
import { deleteActivation, describeActivations } from './activationOperations';
import { ecsInstance } from './ecsInstance';
import { deleteInstances, describeInstances } from './ecsOperations';
import { classify, commonErrors } from './errors';
import { getCallerIdentity, identity } from './identity';
import { deregisterManagedInstance, describeManagedInstances, managedInstance } from './managedInstance';
import { describeRegions, endpoint, regions } from './regions';
import { alibabaWire } from './wire';

/** Alibaba Cloud: Cloud Assistant's managed instances and activations, and ECS instances. */
export const alibabaCloud: Provider = {
  id: 'alibabaCloud',
  name: () => l10n.t('Alibaba Cloud'),
  wire: alibabaWire,
  errors: commonErrors,
  classify,
  policyFor: (permission) =>
    JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: [permission], Resource: ['*'] }] }, null, 2),
  kinds: [managedInstance, activation, ecsInstance],
  regions,
  identity,
  operations: [
    describeRegions,
    getCallerIdentity,
    describeManagedInstances,
    deregisterManagedInstance,
    describeActivations,
    deleteActivation,
    describeInstances,
    deleteInstances,
  ],
  endpoint,
  unsupportedRegionCodes: ['RegionId.ApiNotSupported'],
};
