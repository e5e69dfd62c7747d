import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Kind } from '../../core/kind';
import { placeOf, type Target } from '../../core/target';
import type { Clouds } from '../../services/accounts/ports';
import type { RowView } from '../../services/resources/viewState';
import { UserError } from '../contract/errors';
import { clickedOf } from '../contract/selection';
import type { ResourcesTree } from './tree';

export interface RegisteredDeps {
  readonly clouds: Clouds;
  readonly tree: ResourcesTree;
  readonly treeView: vscode.TreeView<unknown>;
  /** What the user wants to see of the resources. */
  readonly view: RowView;
}

/** Shows what was registered with a resource, and nothing else. */
export async function showRegistered(args: readonly unknown[], deps: RegisteredDeps): Promise<void> {
  const row = clickedOf(args, deps);
  if (row?.type === 'resource') await showRegisteredWith(row.target, deps);
}

/** The same for a target that a refusal names. */
export async function showRegisteredWith(
  target: Target,
  { clouds, tree, treeView, view }: RegisteredDeps,
): Promise<void> {
  const registers = clouds.kind(target.provider, target.kind)?.registers;
  if (registers === undefined) return;
  const list = await tree.model.locateList({ place: placeOf(target), kind: registers.kind });
  if (list === undefined) throw new UserError(hiddenText(clouds.kind(target.provider, registers.kind)));
  await view.setFilter(registers.filter(target.id));
  await treeView.reveal(list, { select: true, focus: true, expand: true });
}

function hiddenText(kind: Kind | undefined): string {
  return l10n.t('Not shown in this region: {0}. Show the region and the kind first.', kind?.many() ?? '');
}
