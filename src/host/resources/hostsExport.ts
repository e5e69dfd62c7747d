import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { targetKey } from '../../core/target';
import type { Accounts } from '../../services/accounts/ports';
import type { FleetModel } from '../../services/fleet/fleetModel';
import { hostCsv } from '../../services/fleet/hostCsv';
import type { Clock } from '../../util/clock';
import { UserError } from '../contract/errors';
import { rowsOf, type Selection } from '../contract/selection';
import { notify } from '../ui/messages';
import { saveText } from '../ui/saveText';

export interface ExportDeps {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly fleet: FleetModel;
  readonly treeView: Selection;
}

/** Saves the hosts of the rows, or all that are listed, as CSV; and says what is not among them. */
export async function exportHosts(args: readonly unknown[], deps: ExportDeps): Promise<void> {
  const { fleet, clock, accounts } = deps;
  const chosen = new Set(rowsOf(args, deps).flatMap((row) => (row.type === 'resource' ? [targetKey(row.target)] : [])));
  const all = fleet.shown();
  const rows = chosen.size === 0 ? all : all.filter(({ node }) => chosen.has(targetKey(node.target)));
  if (rows.length === 0) throw new UserError(l10n.t('No hosts are listed. Read them first, or clear the filter.'));
  const now = clock.now();
  const name = `cloud-assistant-hosts-${now.toISOString().slice(0, 10)}.csv`;
  const title = l10n.t('Export hosts as CSV');
  const text = (): string => hostCsv(rows, { account: (id) => accounts.get(id), now });
  const uri = await saveText({ title, name, filters: { CSV: ['csv'] }, text });
  if (uri !== undefined) await sayExported(uri, rows.length, chosen.size > 0 ? 0 : missing(fleet));
}

/** How many lists may have hosts that are not listed. */
function missing(fleet: FleetModel): number {
  const { lists, accounts } = fleet.unread();
  return lists + accounts + fleet.incomplete().length;
}

async function sayExported(uri: vscode.Uri, hosts: number, notRead: number): Promise<void> {
  const open = l10n.t('Open');
  const said = hosts === 1 ? l10n.t('Exported 1 host.') : l10n.t('Exported {0} hosts.', hosts);
  const shown =
    notRead === 0
      ? notify('info', said, open)
      : notify(
          'warning',
          `${said} ${l10n.t('Not read, or not to the end, and not in the file: {0} lists.', notRead)}`,
          open,
        );
  if ((await shown) === open) await vscode.window.showTextDocument(uri);
}
