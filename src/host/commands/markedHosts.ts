import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Target } from '../../core/target';
import type { FleetModel } from '../../services/fleet/fleetModel';
import { views } from '../contract/contributions';
import { showTarget, type ShowTargetDeps } from '../resources/showTarget';
import { sayBriefly } from '../ui/copy';

export interface MarkDeps extends ShowTargetDeps {
  readonly fleet: Pick<FleetModel, 'showOnly'>;
}

/** Hosts that a person marked in a result: for the next plan, whatever is selected by then. */
export class MarkedHosts {
  private marked: readonly Target[] = [];

  get targets(): readonly Target[] {
    return this.marked;
  }

  /** One is selected in the tree; of several the Hosts view shows these and no others. */
  async mark(targets: readonly Target[], deps: MarkDeps): Promise<void> {
    this.marked = targets;
    const [first, ...others] = targets;
    if (first === undefined) return;
    sayBriefly(l10n.t('Marked: {0} hosts', targets.length));
    if (others.length === 0) return showTarget(first, deps);
    await vscode.commands.executeCommand(`${views.hosts}.focus`);
    await deps.fleet.showOnly(l10n.t('{0} hosts marked in a result', targets.length), targets);
  }
}
