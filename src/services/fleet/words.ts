import * as l10n from '@vscode/l10n';
import type { Place } from '../../core/target';
import type { RowContext } from '../resources/rows';
import type { FleetModel } from './fleetModel';

/** Where a resource is, what tells places apart first: the region, and the account where there are several. */
export function whereWords(place: Place, { model, accounts }: Pick<RowContext, 'model' | 'accounts'>): string[] {
  const account = accounts.get(place.accountId)?.name ?? place.accountId;
  return [regionWord(place, { model, accounts }), ...(accounts.list().length > 1 ? [account] : [])];
}

/** The regions of an account of the same owner are not listed twice: another one's list has the name, too. */
function regionWord(place: Place, { model, accounts }: Pick<RowContext, 'model' | 'accounts'>): string {
  const alike = accounts.list().filter(({ id, provider }) => provider === place.provider && id !== place.accountId);
  const names = [place, ...alike.map(({ id }) => ({ ...place, accountId: id }))].map((one) => model.regionName(one));
  return names.find((name) => name !== place.region) ?? place.region;
}

/** Which accounts are not read because another one has the same owner. */
export function twinWords({ places }: FleetModel): string[] {
  return places
    .groups()
    .flatMap(([first, ...others]) =>
      others.map(({ name }) => l10n.t('“{0}” has the same owner as “{1}” and is not read twice', name, first.name)),
    );
}

/** What is looked at, where that is not everything. */
export function scopeWords({ view }: FleetModel, { accounts, clouds, model }: RowContext): string {
  const { accounts: chosen, regions, kinds } = view.scope;
  const names = chosen?.map((id) => accounts.get(id)?.name ?? id) ?? [];
  const places = (regions ?? []).map((key) => {
    const [provider, region = key] = key.split('/');
    const account = accounts.list().find((one) => one.provider === provider);
    return account === undefined
      ? region
      : model.regionName({ provider: account.provider, accountId: account.id, region });
  });
  const many = new Map(clouds.all.flatMap((cloud) => cloud.kinds.map((kind) => [kind.id, kind.many()] as const)));
  const ofKinds = kinds?.map((id) => many.get(id) ?? id) ?? [];
  return [names, places, ofKinds]
    .filter((part) => part.length > 0)
    .map((part) => part.join(l10n.t(', ')))
    .join(' · ');
}
