import type * as vscode from 'vscode';
import type { Identity } from '../core/provider';
import type { Account } from '../core/account';
import type { Target } from '../core/target';
import type { AccountRegistry } from '../services/accounts';
import type { Diagnosis } from '../services/diagnose/diagnose';
import type { Gate } from '../services/gate';
import type { Inventory } from '../services/inventory';
import type { Journal } from '../services/journal';
import type { Clouds } from '../services/ports';
import type { Responses } from '../services/responses';
import type { RowView } from '../services/rowView';
import type { AccountLevels } from '../services/accountLevels';
import type { StoredAccounts } from '../services/storedAccounts';
import type { Clock } from '../util/clock';
import type { OperationsTree } from './operationsTree';
import type { PlanDocuments } from './planDocuments';
import type { ResponseDocuments } from './responseDocuments';
import type { SandboxSwitch } from './sandboxSwitch';
import type { ResourcesTree } from './tree';

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
