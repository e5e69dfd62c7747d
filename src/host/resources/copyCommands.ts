import * as l10n from '@vscode/l10n';
import type { ProviderId } from '../../core/account';
import type { Accounts, Clouds } from '../../services/accounts/ports';
import type { Inventory } from '../../services/inventory/inventory';
import type { Row } from '../contract/arguments';
import type { CommandTable } from '../contract/commandTypes';
import { UserError } from '../contract/errors';
import { rowsOf, type Selection } from '../contract/selection';
import { exchangeOfRow, type RowExchanges } from '../exchanges/commands';
import { copy } from '../ui/copy';
import { copyPolicyStatement } from '../ui/copyPolicy';
import type { OtherTree } from './rowNodes';
import type { ResourcesTree } from './tree';

export interface CopyDeps extends RowExchanges {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
  readonly tree: ResourcesTree;
  readonly operations: OtherTree;
  readonly treeView: Selection;
}

export function copyCommands(deps: CopyDeps): CommandTable<'copyId' | 'copyName' | 'copyPolicy'> {
  return {
    copyId: (args) => copyId(args, deps),
    copyName: (args) => copyName(args, deps),
    copyPolicy: (args) => copyPolicy(args, deps),
  };
}

async function copyId(args: readonly unknown[], deps: CopyDeps): Promise<void> {
  const ids = rowsOf(args, deps).flatMap((row) =>
    row.type === 'resource' ? row.target.id : row.type === 'runTarget' ? row.id : [],
  );
  await copy(ids, (count) => (count === 1 ? l10n.t('ID copied') : l10n.t('{0} IDs copied', count)));
}

async function copyName(args: readonly unknown[], deps: CopyDeps): Promise<void> {
  const names = rowsOf(args, deps).flatMap((row) => plainName(row, deps) ?? []);
  await copy(names, (count) => (count === 1 ? l10n.t('Name copied') : l10n.t('{0} names copied', count)));
}

/** The policy statement that grants what a refused call lacked. */
async function copyPolicy(args: readonly unknown[], deps: CopyDeps): Promise<void> {
  const [row] = rowsOf(args, deps);
  const refused = row?.type === 'message' ? refusedList(row, deps) : row && refusedCall(row, deps);
  if (refused?.permission === undefined) throw new UserError(l10n.t('No permission is known to be missing here.'));
  const { provider, permission } = refused;
  await copyPolicyStatement((id, name) => deps.clouds.provider(id).policyFor(name), { provider, permission });
}

interface Refused {
  readonly provider: ProviderId;
  readonly permission: string | undefined;
}

function refusedList({ parent }: Extract<Row, { type: 'message' }>, deps: CopyDeps): Refused | undefined {
  const accountId = parent?.type === 'account' ? parent.accountId : parent?.place.accountId;
  const account = accountId === undefined ? undefined : deps.accounts.get(accountId);
  if (parent === undefined || account === undefined) return undefined;
  return { provider: account.provider, permission: deps.tree.model.failure(parent)?.permission };
}

function refusedCall(row: Row, deps: CopyDeps): Refused {
  const { provider, error } = exchangeOfRow(row, deps);
  return { provider, permission: error?.permission };
}

function plainName(row: Row, { clouds, inventory, operations }: CopyDeps): string | undefined {
  if (row.type === 'runTarget') return operations.model.target(row)?.name;
  if (row.type !== 'resource') return undefined;
  const { target } = row;
  const item = inventory.item(target, target.kind, target.id);
  return item === undefined ? target.id : clouds.kind(target.provider, target.kind)?.name(item);
}
