import { commandSameAs } from '../../savedCommandActions';
import { savedCommandSaving } from '../../savedCommandSaving';
import { commandFacts } from './actions';
import { recordOf } from './record';
import { createCommand, modifyCommand } from './savedOperations';
import { commandSupport } from './support';

/** Saving scripts; the script of a command can be changed. There is no client token: a lost answer is looked up by name. */
export const commandSaving = savedCommandSaving({
  support: commandSupport,
  create: createCommand,
  types: { shell: 'Shell', powershell: 'PowerShell', batch: 'Bat', python: 'Python' },
  recordOf,
  problems: commandFacts.problems,
  named: (Name) => ({ Name }),
  parameters: (names) => ({
    ParameterDefinitions: names.map((Name) => ({ Name, Type: 'String', Required: true })),
  }),
  modify: modifyCommand,
  sameAs: (item) => commandSameAs(item, commandFacts),
});
