import { savedCommandActions, textRule, type SavedCommandFacts } from '../../savedCommandActions';
import { answeredFor } from '../api/answeredFor';
import { recordOf } from './record';
import { deleteCommand, modifyCommand } from './savedOperations';

export const commandFacts: SavedCommandFacts = {
  modify: modifyCommand,
  remove: deleteCommand,
  recordOf,
  createdAt: (item) => recordOf(item).CreationTime,
  problems: { name: textRule({ most: 128, isNeeded: true }), description: textRule({ most: 512, isNeeded: false }) },
  goneCode: 'InvalidCmdId.NotFound',
  outcomes: answeredFor(),
};

/** What can be done to a saved command of one's own; only what is said can be changed, not what it runs. */
export const commandActions = savedCommandActions(commandFacts);
