import * as vscode from 'vscode';
import type { Disposable } from '../../util/lifecycle';

/** When VS Code's tour takes the focus for a step that the command has just completed, in milliseconds. */
const momentsMs = [0, 150, 400, 800];

/** Gives a box that has just been shown the focus, and again where the tour took it away meanwhile. */
export function holdFocus(): Disposable {
  const timers = momentsMs.map((ms) => setTimeout(() => void focus(), ms));
  return { dispose: () => timers.forEach(clearTimeout) };
}

async function focus(): Promise<void> {
  try {
    await vscode.commands.executeCommand('workbench.action.focusQuickOpen');
  } catch {
    // A VS Code without this command leaves the focus where it is.
  }
}
