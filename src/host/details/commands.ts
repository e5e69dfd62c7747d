import * as l10n from '@vscode/l10n';
import type { Target } from '../../core/target';
import type { Row } from '../contract/arguments';
import type { CommandTable } from '../contract/commandTypes';
import { UserError } from '../contract/errors';
import { clickedOf, type Selection } from '../contract/selection';
import { pickTargets, type PickTargetsDeps } from '../resources/pickTargets';
import type { DetailsPanels } from './panel';

export interface DetailsDeps extends PickTargetsDeps {
  readonly details: Pick<DetailsPanels, 'show' | 'preview'>;
  readonly treeView: Selection;
  readonly hostsView?: Selection;
}

export function detailsCommands(deps: DetailsDeps): CommandTable<'showDetails' | 'previewDetails'> {
  return {
    showDetails: (args) => showDetails(args, deps),
    previewDetails: (args) => previewDetails(args, deps),
  };
}

/** Opens the details of one resource in a tab of their own. */
async function showDetails(args: readonly unknown[], deps: DetailsDeps): Promise<void> {
  const row = clickedOf(args, deps);
  const [target] = row === undefined ? ((await askForOne(deps)) ?? []) : [targetOf(row)];
  if (target !== undefined) deps.details.show(target);
}

/** Shows the details of one resource in the tab that the next one takes, and leaves the focus where it is. */
function previewDetails(args: readonly unknown[], deps: DetailsDeps): Promise<void> {
  const row = clickedOf(args, deps);
  if (row !== undefined) deps.details.preview(targetOf(row));
  return Promise.resolve();
}

function targetOf(row: Row): Target {
  if (row.type !== 'resource') throw new UserError(l10n.t('This row is not a resource.'));
  return row.target;
}

function askForOne(deps: DetailsDeps): Promise<readonly Target[] | undefined> {
  const kinds = [...new Set(deps.clouds.all.flatMap((cloud) => cloud.kinds.map((kind) => kind.id)))];
  return pickTargets({ title: l10n.t('Show details'), kinds, many: false, forDeletion: false }, deps);
}
