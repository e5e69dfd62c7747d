import * as l10n from '@vscode/l10n';
import type { ProviderId } from '../../core/account';
import { kindIds, type Target } from '../../core/target';
import type { Accounts, Clouds } from '../../services/accounts/ports';
import type { Inventory } from '../../services/inventory/inventory';
import { resourceTable, type TableRow } from '../../services/views/resourceTable';
import type { Clock } from '../../util/clock';
import { formatCount } from '../../util/format';
import type { Row } from '../contract/arguments';
import type { CommandTable } from '../contract/commandTypes';
import { UserError } from '../contract/errors';
import { clickedOf, rowsOf, type Selection } from '../contract/selection';
import { exchangeOfRow, type RowExchanges } from '../exchanges/commands';
import { copy } from '../ui/copy';
import { copyPolicyStatement } from '../ui/copyPolicy';
import type { OtherTree } from './rowNodes';
import type { ResourcesTree } from './tree';

export interface CopyDeps extends RowExchanges {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
  readonly clock: Clock;
  /** The user's language, as VS Code names it. */
  readonly language: string;
  readonly tree: ResourcesTree;
  readonly operations: OtherTree;
  readonly treeView: Selection;
  readonly hostsView?: Selection;
}

export function copyCommands(
  deps: CopyDeps,
): CommandTable<'copyId' | 'copyName' | 'copyAddress' | 'copyHostName' | 'copyTable' | 'copyPolicy'> {
  return {
    copyId: (args) => copyId(args, deps),
    copyName: (args) => copyName(args, deps),
    copyAddress: (args) => copyAddress(args, deps),
    copyHostName: (args) => copyHostName(args, deps),
    copyTable: (args) => copyTable(args, deps),
    copyPolicy: (args) => copyPolicy(args, deps),
  };
}

async function copyId(args: readonly unknown[], deps: CopyDeps): Promise<void> {
  const ids = rowsOf(args, deps).flatMap((row) =>
    row.type === 'resource' ? row.target.id : row.type === 'runTarget' ? row.id : [],
  );
  await copy(ids, (count) =>
    count === 1 ? l10n.t('ID copied') : l10n.t('{0} IDs copied', formatCount(count, deps.language)),
  );
}

async function copyName(args: readonly unknown[], deps: CopyDeps): Promise<void> {
  const names = rowsOf(args, deps).flatMap((row) => plainName(row, deps) ?? []);
  await copy(names, (count) =>
    count === 1 ? l10n.t('Name copied') : l10n.t('{0} names copied', formatCount(count, deps.language)),
  );
}

/** The address that the row shows; of a host with several, the first. */
async function copyAddress(args: readonly unknown[], deps: CopyDeps): Promise<void> {
  const addresses = resourcesOf(args, deps).flatMap(({ kind, item }) => (item && kind?.addresses?.(item)[0]) ?? []);
  await copy(addresses, (count) =>
    count === 1 ? l10n.t('Address copied') : l10n.t('{0} addresses copied', formatCount(count, deps.language)),
  );
}

async function copyHostName(args: readonly unknown[], deps: CopyDeps): Promise<void> {
  const names = resourcesOf(args, deps).flatMap(({ kind, item }) => (item && kind?.hostName?.(item)) || []);
  await copy(names, (count) =>
    count === 1 ? l10n.t('Host name copied') : l10n.t('{0} host names copied', formatCount(count, deps.language)),
  );
}

async function copyTable(args: readonly unknown[], deps: CopyDeps): Promise<void> {
  const rows = resourcesOf(args, deps);
  const lines = rows.length === 0 ? [] : [resourceTable(rows, deps.clock.now())];
  await copy(lines, () => l10n.t('Table copied, rows: {0}', formatCount(rows.length, deps.language)));
}

/** What is known of the resources that are meant, from either tree. */
function resourcesOf(args: readonly unknown[], deps: CopyDeps): TableRow[] {
  const { accounts, clouds, inventory } = deps;
  return rowsOf(args, deps).flatMap((row): TableRow[] => {
    const target = targetOf(row, deps);
    if (target === undefined) return [];
    return [
      {
        target,
        kind: clouds.kind(target.provider, target.kind),
        item: inventory.item(target, target.kind, target.id),
        account: accounts.get(target.accountId)?.name ?? target.accountId,
        region: target.region,
      },
    ];
  });
}

function targetOf(row: Row, { accounts }: CopyDeps): Target | undefined {
  if (row.type === 'resource') return row.target;
  if (row.type !== 'runTarget') return undefined;
  const provider = accounts.get(row.accountId)?.provider;
  const kind = kindIds.find((id) => id === row.kind);
  if (provider === undefined || kind === undefined) return undefined;
  return { provider, accountId: row.accountId, region: row.region, kind, id: row.id };
}

/** The policy statement that grants what a refused call lacked. */
async function copyPolicy(args: readonly unknown[], deps: CopyDeps): Promise<void> {
  const row = clickedOf(args, deps);
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
