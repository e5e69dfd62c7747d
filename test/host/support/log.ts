import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';

/**
 * What the extension's output channel has written so far. In the test host VS Code shows neither dialogs nor
 * notifications; what they would have said is here.
 */
export function readLog(): string {
  return logFiles()
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

/** What is written while something runs. */
export async function logOf(run: () => Promise<unknown>): Promise<string> {
  const before = readLog().length;
  await run();
  return readLog().slice(before);
}

/** The runner puts the server's data beside the workspace. */
function logFiles(): string[] {
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const logs = join(dirname(workspace), 'server', 'data', 'logs');
  const names = readdirSync(logs, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => basename(name) === 'Cloud Assistant.log').map((name) => join(logs, name));
}
