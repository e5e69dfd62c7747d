import * as l10n from '@vscode/l10n';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import type { Target } from '../../core/target';
import { tabbedOf } from '../../util/csv';

/** A resource as it is known: without its record only its id and place. */
export interface TableRow {
  readonly target: Target;
  readonly kind: Kind | undefined;
  readonly item: Item | undefined;
  readonly account: string;
  readonly region: string;
}

/** Resources as a table with a heading, to be pasted. Columns that are empty in all rows are left out. */
export function resourceTable(rows: readonly TableRow[], now: Date): string {
  const cells = rows.map((row) => cellsOf(row, now));
  const columns: [string, (row: Cells) => string][] = [
    [l10n.t('Name'), (row) => row.name],
    [l10n.t('ID'), (row) => row.id],
    [l10n.t('State'), (row) => row.state],
    [l10n.t('Address'), (row) => row.addresses],
    [l10n.t('Host name'), (row) => row.hostName],
    [l10n.t('Kind'), (row) => row.kind],
    [l10n.t('Region'), (row) => row.region],
    [l10n.t('Account'), (row) => row.account],
  ];
  const filled = columns.filter(([, read]) => cells.some((row) => read(row) !== ''));
  return tabbedOf([filled.map(([heading]) => heading), ...cells.map((row) => filled.map(([, read]) => read(row)))]);
}

type Cells = ReturnType<typeof cellsOf>;

function cellsOf({ target, kind, item, account, region }: TableRow, now: Date) {
  return {
    id: target.id,
    name: (item && kind?.name(item)) ?? '',
    state: (item && kind?.state(item, now).label()) ?? '',
    addresses: (item && kind?.addresses?.(item).join(' ')) ?? '',
    hostName: (item && kind?.hostName?.(item)) ?? '',
    kind: kind?.one() ?? target.kind,
    region,
    account,
  };
}
