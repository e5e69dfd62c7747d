import * as l10n from '@vscode/l10n';
import type { KindId } from '../../core/target';
import type { Accounts, Clouds } from '../../services/accounts/ports';
import type { Inventory } from '../../services/inventory/inventory';
import { nameAndId } from '../../util/plainText';
import type { Row } from '../contract/arguments';
import { UserError } from '../contract/errors';
import { listing } from '../ui/lists';

export interface RowWordsDeps {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
}

/** What a row is called, for people. */
export function nameOfRow(row: Row, { accounts, clouds, inventory }: RowWordsDeps): string {
  switch (row.type) {
    case 'resource': {
      const { target } = row;
      const kind = clouds.kind(target.provider, target.kind);
      const item = inventory.item(target, target.kind, target.id);
      const name = kind === undefined || item === undefined ? target.id : kind.name(item);
      return kind === undefined ? nameAndId(name, target.id) : `${kind.one()} ${nameAndId(name, target.id)}`;
    }
    case 'account':
      return l10n.t('account {0}', accounts.get(row.accountId)?.name ?? row.accountId);
    case 'region':
      return l10n.t('region {0}', inventory.regionName(row.place));
    case 'kind':
    case 'more':
      return clouds.kind(row.place.provider, row.kind)?.many() ?? row.kind;
    case 'group':
      return row.label;
    case 'message':
    case 'response':
    case 'run':
    case 'runTarget':
    case 'older':
      return l10n.t('a row that is not a resource');
    case 'hosts':
      return row.about === 'more' ? l10n.t('further rows that are not shown') : l10n.t('a row that is not a resource');
    default: {
      const never: never = row;
      return never;
    }
  }
}

/** The refusal of a selection that holds more than a command applies to; it names what does not fit. */
export function mixedSelection(kinds: readonly KindId[], others: readonly Row[], deps: RowWordsDeps): UserError {
  const wanted = new Set(
    deps.clouds.all.flatMap((cloud) => cloud.kinds.filter((k) => kinds.includes(k.id)).map((k) => k.many())),
  );
  const names = others.map((row) => nameOfRow(row, deps));
  return new UserError(
    l10n.t(
      'This works on {0} only. The selection also holds: {1}. Nothing was sent.',
      listing([...wanted], 5),
      listing(names, 3),
    ),
  );
}
