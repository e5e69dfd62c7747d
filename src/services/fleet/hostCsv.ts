import type { Account } from '../../core/account';
import { hostFacetIds } from '../../core/facet';
import type { Item } from '../../core/item';
import { redact } from '../../core/redact';
import { csvOf } from '../../util/csv';
import { facetOf, wantedText } from '../inventory/filter';
import type { FleetRow } from './fleetRows';

export interface HostCsvOptions {
  readonly account: (id: string) => Pick<Account, 'name'> | undefined;
  readonly now: Date;
}

const facets = hostFacetIds.filter((id) => id !== 'state');
const columns = ['provider', 'account', 'accountId', 'region', 'kind', 'id', 'name', 'state', 'addresses', ...facets];

/**
 * One line for every host: where it is, what every cloud tells of it under the same heading, then each cloud's own
 * fields under its own names. The same in every language, so that scripts can read it.
 */
export function hostCsv(rows: readonly FleetRow[], options: HostCsvOptions): string {
  const own = new Set(rows.flatMap(({ kind }) => kind.fields.map(({ name }) => name)));
  const all = [...columns, ...[...own].filter((name) => !columns.includes(name))];
  return csvOf(
    all,
    rows.map((row) => lineOf(row, options)),
  );
}

function lineOf({ node, kind, item, name }: FleetRow, { account, now }: HostCsvOptions) {
  const { provider, accountId, region, id } = node.target;
  const shown = withoutSecrets(item);
  const fields = kind.fields.map((field): [string, string] => [field.name, plainText(field.value(shown))]);
  const common = facets.map((facetId): [string, string] => {
    const values = facetOf(kind, facetId)?.values(shown, now) ?? [];
    return [facetId, values.map(wantedText).join(' ')];
  });
  return Object.fromEntries([
    ...fields,
    ...Object.entries({
      provider,
      account: account(accountId)?.name ?? accountId,
      accountId,
      region,
      kind: kind.id,
      id,
      name,
      state: kind.state(item, now).token,
      addresses: kind.texts(shown).join(' '),
    }),
    ...common,
  ]);
}

/** As the cloud wrote it. */
function plainText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(plainText).join(' ');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value) ?? '';
  if (!('key' in value && 'value' in value)) return JSON.stringify(value);
  const [key, text] = [plainText(value.key), plainText(value.value)];
  return text === '' ? key : `${key}=${text}`;
}

/** The record without anything that marks itself as a secret. */
function withoutSecrets(item: Item): Item {
  // What goes in is an object, so what comes out is one.
  return JSON.parse(redact(JSON.stringify(item))) as Item;
}
