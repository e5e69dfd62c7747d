import type * as vscode from 'vscode';
import type { Identity } from '../core/provider';
import type { Account } from '../core/account';
import type { Target } from '../core/target';
import type { AccountRegistry } from '../services/accounts/registry';
import type { Diagnosis } from '../services/diagnose/diagnose';
import type { Gate } from '../services/actions/gate';
import type { Inventory } from '../services/inventory/inventory';
import type { Journal } from '../services/journal/journal';
import type { Clouds } from '../services/accounts/ports';
import type { Responses } from '../services/exchanges/exchangeLog';
import type { RowView } from '../services/resources/viewState';
import type { AccountLevels } from '../services/accounts/accountLevels';
import type { StoredAccounts } from '../services/accounts/storedAccounts';
import type { Clock } from '../util/clock';
import type { OperationsTree } from './operations/tree';
import type { PlanDocuments } from './actions/planDocuments';
import type { ResponseDocuments } from './exchanges/responseDocuments';
import type { SandboxSwitch } from './environment/sandboxSwitch';
import type { ResourcesTree } from './resources/tree';

/** What commands work with; made by the composition root. */
export interface HostServices {
  readonly accounts: AccountRegistry;
  readonly stored: StoredAccounts;
  readonly levels: AccountLevels;
  readonly sandbox: SandboxSwitch;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
  readonly gate: Gate;
  readonly journal: Journal;
  readonly responses: Responses;
  readonly responseDocuments: ResponseDocuments;
  readonly planDocuments: PlanDocuments;
  /** What the user wants to see of the resources. */
  readonly view: RowView;
  readonly tree: ResourcesTree;
  readonly treeView: vscode.TreeView<unknown>;
  readonly showDetails: (target: Target) => void;
  readonly operations: OperationsTree;
  readonly checkAccount: (account: Account, signal: AbortSignal) => Promise<Identity | undefined>;
  readonly diagnose: (account: Account, signal: AbortSignal) => Promise<Diagnosis>;
  readonly log: vscode.LogOutputChannel;
  /** Publisher and name, as they were installed. */
  readonly extensionId: string;
  readonly clock: Clock;
  /** The user's language, as VS Code names it. */
  readonly language: string;
}
