import * as l10n from '@vscode/l10n';
import type { Target } from '../../core/target';
import type { Row } from '../contract/arguments';
import type { CommandTable } from '../contract/commandTypes';
import { UserError } from '../contract/errors';
import { rowsOf, type Selection } from '../contract/selection';
import { pickTargets, type PickTargetsDeps } from '../resources/pickTargets';
import type { DetailsPanels } from './panel';

export interface DetailsDeps extends PickTargetsDeps {
  readonly details: Pick<DetailsPanels, 'show'>;
  readonly treeView: Selection;
}

export function detailsCommands(deps: DetailsDeps): CommandTable<'showDetails'> {
  return { showDetails: (args) => showDetails(args, deps) };
}

/** Opens the details of one resource. */
async function showDetails(args: readonly unknown[], deps: DetailsDeps): Promise<void> {
  const [target] = resourcesOf(rowsOf(args, deps)) ?? (await askForOne(deps)) ?? [];
  if (target !== undefined) deps.details.show(target);
}

function resourcesOf(rows: readonly Row[]): readonly Target[] | undefined {
  if (rows.length === 0) return undefined;
  const targets = rows.flatMap((row) => (row.type === 'resource' ? [row.target] : []));
  if (targets.length === 0) throw new UserError(l10n.t('This row is no resource.'));
  return targets;
}

function askForOne(deps: DetailsDeps): Promise<readonly Target[] | undefined> {
  const kinds = [...new Set(deps.clouds.all.flatMap((cloud) => cloud.kinds.map((kind) => kind.id)))];
  return pickTargets({ title: l10n.t('Show details'), kinds, many: false, forDeletion: false }, deps);
}
