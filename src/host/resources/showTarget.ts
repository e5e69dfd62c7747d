import type * as vscode from 'vscode';
import type { Target } from '../../core/target';
import type { Clock } from '../../util/clock';
import { revealRow } from './revealRow';
import type { ResourcesTree } from './tree';

export interface ShowTargetDeps {
  readonly clock: Clock;
  readonly tree: ResourcesTree;
  readonly treeView: vscode.TreeView<unknown>;
  readonly details: { show(target: Target): void };
}

/** Shows a resource in the tree or, where it is hidden there, in its details. */
export async function showTarget(target: Target, { tree, treeView, details, clock }: ShowTargetDeps): Promise<void> {
  const row = await tree.model.locate(target);
  if (row === undefined) return details.show(target);
  await revealRow(treeView, row, clock);
}
