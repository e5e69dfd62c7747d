import * as vscode from 'vscode';
import type { ArgumentsOf } from './commandTypes';
import { commands, type CommandName } from './contributions';

/** Runs one of our commands, as a menu would. */
export function execute<C extends CommandName>(name: C, ...args: ArgumentsOf<C>): Promise<unknown> {
  return Promise.resolve(vscode.commands.executeCommand(commands[name], ...args));
}

/** One of our commands for a row, a lens or a button. */
export function commandOf<C extends CommandName>(name: C, title: string, ...args: ArgumentsOf<C>): vscode.Command {
  return { command: commands[name], title, arguments: [...args] };
}
