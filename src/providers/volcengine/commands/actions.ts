import type { AnswerError } from '../../../core/wire';
import { readPath } from '../../fields';
import { savedCommandActions, textRule, type SavedCommandFacts } from '../../savedCommandActions';
import { recordOf } from './record';
import { deleteCommand, modifyCommand } from './savedOperations';

export const commandFacts: SavedCommandFacts = {
  modify: modifyCommand,
  remove: deleteCommand,
  recordOf,
  createdAt: (item) => recordOf(item).CreatedAt,
  problems: { name: textRule({ most: 32, isNeeded: true }), description: textRule({ most: 256, isNeeded: true }) },
  goneCode: 'InvalidCommand.NotFound',
  outcomes: answeredCommand,
};

/** What can be done to a saved command of one's own. An empty text would leave the old one as it is. */
export const commandActions = savedCommandActions(commandFacts);

/** The answer names the command it is about; one without a name speaks for whoever was asked for. */
function answeredCommand(value: unknown): ReadonlyMap<string, AnswerError | undefined> | undefined {
  const id = readPath(value, ['CommandId']);
  return typeof id === 'string' && id !== '' ? new Map([[id, undefined]]) : undefined;
}
