import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';

export type Ending = { readonly resolved: true } | { readonly rejected: string };

/**
 * Calls a command as another extension does and turns away from every quick input it opens, as a person does with
 * Escape, until it has ended.
 */
export async function callCommand(id: string, ...args: readonly unknown[]): Promise<Ending> {
  let ending: Ending | undefined;
  const done = vscode.commands.executeCommand(id, ...args).then(
    () => (ending = { resolved: true }),
    (error: unknown) => (ending = { rejected: error instanceof Error ? error.message : String(error) }),
  );
  while (ending === undefined) {
    await Promise.race([done, wait(40)]);
    if (ending === undefined) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  }
  return ending;
}
