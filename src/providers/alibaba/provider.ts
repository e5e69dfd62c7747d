import * as l10n from '@vscode/l10n';
import { operationsIn } from '../../core/operation';
import type { Provider } from '../../core/provider';
import { profiles } from './accounts/profiles';
import { activation } from './activation/kind';
import * as activationOperations from './activation/operations';
import { classify, commonErrors } from './api/errors';
import * as identityModule from './api/identity';
import { alibabaWire } from './api/wire';
import { command, publicCommand } from './commands/kind';
import * as commandOperations from './commands/operations';
import * as savedCommandOperations from './commands/savedOperations';
import { commandSupport } from './commands/support';
import * as attributeOperations from './instance/attributeOperations';
import { ecsInstance } from './instance/kind';
import * as ecsOperations from './instance/operations';
import * as powerOperations from './instance/powerOperations';
import { managedInstance } from './managedInstance/kind';
import * as managedInstanceOperations from './managedInstance/operations';
import * as regionModule from './regions';
import { runs } from './run/kind';

/** Alibaba Cloud: Cloud Assistant's managed instances and activations, and ECS instances. */
export const alibabaCloud: Provider = {
  id: 'alibabaCloud',
  name: () => l10n.t('Alibaba Cloud'),
  wire: alibabaWire,
  errors: commonErrors,
  classify,
  policyFor: (permission) =>
    JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: [permission], Resource: ['*'] }] }, null, 2),
  kinds: [managedInstance, activation, ecsInstance, command, publicCommand, runs],
  regions: regionModule.regions,
  identity: identityModule.identity,
  profiles,
  commands: commandSupport,
  operations: operationsIn(
    regionModule,
    identityModule,
    managedInstanceOperations,
    activationOperations,
    ecsOperations,
    powerOperations,
    commandOperations,
    savedCommandOperations,
    attributeOperations,
  ),
  endpoint: regionModule.endpoint,
  unsupportedRegionCodes: ['RegionId.ApiNotSupported'],
};
