import * as l10n from '@vscode/l10n';
import { operationsIn } from '../../core/operation';
import type { Provider } from '../../core/provider';
import { profiles } from './accounts/profiles';
import { classify, commonErrors } from './api/errors';
import { volcengineWire } from './api/wire';
import { command, publicCommand } from './commands/kind';
import * as commandOperations from './commands/operations';
import * as savedCommandOperations from './commands/savedOperations';
import { commandSupport } from './commands/support';
import * as attributeOperations from './instance/attributeOperations';
import { ecsInstance } from './instance/kind';
import * as ecsOperations from './instance/operations';
import * as powerOperations from './instance/powerOperations';
import * as regionModule from './regions';
import { runs } from './run/kind';

/** Volcengine, with ECS instances. It has no managed instances and no activations, and no caller identity we rely on. */
export const volcengine: Provider = {
  id: 'volcengine',
  name: () => l10n.t('Volcengine'),
  wire: volcengineWire,
  errors: commonErrors,
  classify,
  policyFor,
  kinds: [ecsInstance, command, publicCommand, runs],
  regions: regionModule.regions,
  profiles,
  commands: commandSupport,
  operations: operationsIn(
    regionModule,
    ecsOperations,
    powerOperations,
    attributeOperations,
    commandOperations,
    savedCommandOperations,
  ),
  endpoint: regionModule.endpoint,
  // Also what the gateway answers where an action is closed; our actions and their version are known to exist.
  unsupportedRegionCodes: ['InvalidActionOrVersion'],
};

/** A statement in the policy language of Volcengine IAM, which has no version field. */
function policyFor(permission: string): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Action: [permission], Resource: ['*'] }] }, undefined, 2);
}
