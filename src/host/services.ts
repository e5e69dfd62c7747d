import type * as vscode from 'vscode';
import type { Accounts, Clouds } from '../services/accounts/ports';
import type { Gate } from '../services/actions/gate';
import type { Inventory } from '../services/inventory/inventory';
import type { Clock } from '../util/clock';
import type { PlanDocuments } from './actions/planDocuments';

/** What the commands of actions work with; made by the composition root. */
export interface HostServices {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly clock: Clock;
  readonly inventory: Inventory;
  readonly gate: Gate;
  readonly planDocuments: PlanDocuments;
  readonly treeView: vscode.TreeView<unknown>;
}
