import * as l10n from '@vscode/l10n';
import type { Account } from '../../core/account';
import { isRegionId } from '../../core/regionNames';
import type { KindId } from '../../core/target';
import type { Inventory } from '../../services/inventory/inventory';
import type { RowView } from '../../services/resources/viewState';
import { chooseAccount, type ResolveDeps } from '../accounts/resolveAccount';
import type { Row } from '../contract/arguments';
import { clickedOf } from '../contract/selection';
import { enterText, pickMany } from '../ui/steps';

export interface VisibilityDeps extends ResolveDeps {
  readonly inventory: Inventory;
  /** What the user wants to see of the resources. */
  readonly view: RowView;
}

/** Asks which regions of an account to show, and remembers it. */
export async function showRegions(args: readonly unknown[], deps: VisibilityDeps): Promise<void> {
  const account = await accountToShow(args, deps);
  if (account === undefined) return;
  const { view, inventory } = deps;
  const hidden = new Set(view.hidden(account.id).regions);
  let all: readonly string[] = [];
  const answer = await pickMany<string>({
    title: l10n.t('Regions of “{0}”', account.name),
    placeholder: l10n.t('Regions to show; the others stay reachable by Find'),
    empty: l10n.t('The cloud lists no regions for this account.'),
    load: async (signal) => {
      const { regions } = await inventory.regions(account.id, signal);
      all = regions.map(({ id }) => id);
      return regions.map(({ id, name }) => ({
        label: name,
        description: name === id ? undefined : id,
        picked: !hidden.has(id),
        value: id,
      }));
    },
  });
  if (answer === 'back' || answer === 'cancel') return;
  const shown = new Set(answer.value);
  await view.hide(account.id, { regions: all.filter((id) => !shown.has(id)) });
}

/** Asks for the id of a region that the cloud does not list for the account, and keeps it. */
export async function addRegion(args: readonly unknown[], deps: VisibilityDeps): Promise<void> {
  const account = await accountToShow(args, deps);
  if (account === undefined) return;
  const { view, inventory } = deps;
  const answer = await enterText({
    title: l10n.t('Add a region to “{0}”', account.name),
    prompt: l10n.t('ID of a region that the cloud does not list for this account, for example cn-hangzhou'),
    validate: (text) =>
      isRegionId(text.trim()) ? undefined : l10n.t('A region ID has small letters, digits and hyphens only.'),
  });
  if (answer === 'back' || answer === 'cancel') return;
  const region = answer.value.trim();
  await inventory.keepRegions(account.id, [...inventory.typedRegions(account.id), region]);
  await view.hide(account.id, { regions: view.hidden(account.id).regions.filter((id) => id !== region) });
}

/** Asks which of the regions that were added by hand to take away again. */
export async function removeRegions(args: readonly unknown[], deps: VisibilityDeps): Promise<void> {
  const account = await accountToShow(args, deps);
  if (account === undefined) return;
  const { inventory } = deps;
  const typed = inventory.typedRegions(account.id);
  const place = (region: string) => ({ provider: account.provider, accountId: account.id, region });
  const answer = await pickMany<string>({
    title: l10n.t('Regions added to “{0}”', account.name),
    placeholder: l10n.t('Regions to take away; nothing in the cloud changes'),
    empty: l10n.t('No region was added by hand.'),
    load: () =>
      Promise.resolve(typed.map((id) => ({ label: id, description: inventory.regionName(place(id)), value: id }))),
  });
  if (answer === 'back' || answer === 'cancel') return;
  await inventory.keepRegions(
    account.id,
    typed.filter((id) => !answer.value.includes(id)),
  );
}

/** Asks which kinds of resources of an account to show, and remembers it. */
export async function showKinds(args: readonly unknown[], deps: VisibilityDeps): Promise<void> {
  const account = await accountToShow(args, deps);
  if (account === undefined) return;
  const { view } = deps;
  const { kinds } = deps.clouds.provider(account.provider);
  const hidden = view.hidden(account.id).kinds;
  const answer = await pickMany<KindId>({
    title: l10n.t('Kinds of resources of “{0}”', account.name),
    placeholder: l10n.t('Kinds to show; the others stay reachable by Find'),
    empty: l10n.t('There is nothing of this kind here.'),
    load: () =>
      Promise.resolve(
        kinds.map(({ id, many, icon }) => ({ label: many(), icon, picked: !hidden.includes(id), value: id })),
      ),
  });
  if (answer === 'back' || answer === 'cancel') return;
  await view.hide(account.id, { kinds: kinds.map(({ id }) => id).filter((id) => !answer.value.includes(id)) });
}

/** The account of the row, the only one there is, or the one the person chooses. */
async function accountToShow(args: readonly unknown[], deps: VisibilityDeps): Promise<Account | undefined> {
  const among = deps.accounts.list();
  const row = clickedOf(args, deps);
  const id = row && accountIdOf(row);
  const account = id === undefined ? undefined : deps.accounts.get(id);
  if (account !== undefined || among.length === 1) return account ?? among[0];
  const question = {
    title: l10n.t('Choose an account'),
    placeholder: l10n.t('Account'),
    empty: l10n.t('There is no account for this. Add one, or try the sandbox.'),
    among,
  };
  return chooseAccount(question, deps);
}

/** The rows that offer the choice: an account, its regions, and the row in place of hidden regions. */
function accountIdOf(row: Row): string | undefined {
  if (row.type === 'account') return row.accountId;
  if (row.type === 'region') return row.place.accountId;
  return row.type === 'message' && row.parent?.type === 'account' ? row.parent.accountId : undefined;
}
