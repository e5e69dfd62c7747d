import * as l10n from '@vscode/l10n';
import type { Account } from '../core/account';
import type { KindId } from '../core/target';
import type { HostServices } from './hostServices';
import { accountChoice } from './pickTargets';
import { pickMany, pickOne } from './quickSteps';
import { rowsOf } from './viewCommands';

/** Asks which regions of an account to show, and remembers it. */
export async function showRegions(args: readonly unknown[], services: HostServices): Promise<void> {
  const account = await accountMeant(args, services);
  if (account === undefined) return;
  const { view } = services.tree.model.options;
  const hidden = new Set(view.hidden(account.id).regions);
  let all: readonly string[] = [];
  const answer = await pickMany<string>({
    title: l10n.t('Regions of “{0}”', account.name),
    placeholder: l10n.t('Regions to show; the others stay reachable by Find'),
    empty: l10n.t('The cloud lists no regions for this account.'),
    load: async (signal) => {
      const { regions } = await services.inventory.regions(account.id, signal);
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

/** Asks which kinds of resources of an account to show, and remembers it. */
export async function showKinds(args: readonly unknown[], services: HostServices): Promise<void> {
  const account = await accountMeant(args, services);
  if (account === undefined) return;
  const { view } = services.tree.model.options;
  const { kinds } = services.clouds.provider(account.provider);
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

/** The account of the row, or the one the person chooses. */
async function accountMeant(args: readonly unknown[], services: HostServices): Promise<Account | undefined> {
  const accounts = services.accounts.list();
  for (const row of rowsOf(args, services)) {
    const id =
      row.type === 'account'
        ? row.accountId
        : row.type === 'region'
          ? row.place.accountId
          : row.type === 'message' && row.parent?.type === 'account'
            ? row.parent.accountId
            : undefined;
    const account = id === undefined ? undefined : services.accounts.get(id);
    if (account !== undefined) return account;
  }
  if (accounts.length === 1) return accounts[0];
  const answer = await pickOne<Account>({
    title: l10n.t('Choose an account'),
    placeholder: l10n.t('Account'),
    empty: l10n.t('There is no account for this. Add one, or try the sandbox.'),
    load: () => Promise.resolve(accounts.map((account) => accountChoice(account, services.clouds))),
  });
  return answer === 'back' || answer === 'cancel' ? undefined : answer.value;
}
