import { savedCommandSaving } from '../../savedCommandSaving';
import { commandFacts } from './actions';
import { recordOf } from './record';
import { createCommand } from './savedOperations';
import { commandSupport } from './support';

/** The script of a command is fixed for life: another one takes its place. */
export const commandSaving = savedCommandSaving({
  support: commandSupport,
  create: createCommand,
  types: {
    shell: 'RunShellScript',
    powershell: 'RunPowerShellScript',
    batch: 'RunBatScript',
    // The agent honours the first line of a shell script.
    python: 'RunShellScript',
  },
  recordOf,
  problems: commandFacts.problems,
  named: (Name) => ({ Name }),
  // The cloud finds the names in the script by itself.
  parameters: () => ({}),
  modify: undefined,
  sameAs: () => ({}),
});
