import * as vscode from 'vscode';

/** VS Code's tour gives the step whose button was pressed the focus after a quarter of a second, later where it is busy. */
const settlesMs = 500;

/**
 * Does something once VS Code's tour has taken the focus for itself, where it may be what a person looks at: a box that
 * is shown before would lose the keys to it, and nothing gives them back. At once anywhere else.
 */
export function afterTour(run: () => void): void {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  // Extensions are told of the tour only that it is nothing that they know.
  if (activeTab === undefined || activeTab.input !== undefined) run();
  else setTimeout(run, settlesMs);
}
