import type * as vscode from 'vscode';
import { accountCommands, type AccountsDeps } from './accounts/commands';
import { actionsCommands, type ActionsDeps } from './actions/commands';
import { commandsCommands, type CommandsDeps } from './commands/commands';
import { recordedCommands, type RecordedDeps } from './commands/recordedCommands';
import type { CommandTable } from './contract/commandTypes';
import { commands, type CommandName } from './contract/contributions';
import { ArgumentError } from './contract/errors';
import { detailsCommands, type DetailsDeps } from './details/commands';
import { environmentCommands, type EnvironmentDeps } from './environment/commands';
import { exchangesCommands, type ExchangesDeps } from './exchanges/commands';
import { operationsCommands, type OperationsDeps } from './operations/commands';
import { resourcesCommands, type ResourcesDeps } from './resources/commands';
import { fleetCommands, type FleetDeps } from './resources/hostsCommands';

/** What the rooms take, together; each room is given it as what it takes itself. */
export type CommandDeps = AccountsDeps &
  ActionsDeps &
  CommandsDeps &
  DetailsDeps &
  EnvironmentDeps &
  ExchangesDeps &
  FleetDeps &
  OperationsDeps &
  RecordedDeps &
  ResourcesDeps;

/** What each command does: the tables of all rooms. A name that no room has, or a room without its parts, does not compile. */
function commandTable(deps: CommandDeps): CommandTable {
  return {
    ...accountCommands(deps),
    ...actionsCommands(deps),
    ...commandsCommands(deps),
    ...detailsCommands(deps),
    ...environmentCommands(deps),
    ...exchangesCommands(deps),
    ...fleetCommands(deps),
    ...operationsCommands(deps),
    ...recordedCommands(deps),
    ...resourcesCommands(deps),
  };
}

export interface RunOptions {
  readonly log: Pick<vscode.LogOutputChannel, 'debug'>;
  /** Shows a failure, once. */
  readonly show: (error: unknown) => Promise<void>;
}

/**
 * Runs a command: whatever goes wrong is logged and shown once. Rejects only for wrong arguments, so that
 * another extension that called it learns of it; then nothing was sent.
 */
export function createCommands(deps: CommandDeps, { log, show }: RunOptions) {
  const table = commandTable(deps);
  return async (name: CommandName, args: readonly unknown[]): Promise<void> => {
    try {
      log.debug(commands[name]);
      await table[name](args);
    } catch (error) {
      void show(error);
      if (error instanceof ArgumentError) throw error;
    }
  };
}
