import * as l10n from '@vscode/l10n';
import type { Account } from '../../core/account';
import type { Accounts, Clouds } from '../../services/accounts/ports';
import { UserError } from '../contract/errors';
import { clickedOf, type Selection } from '../contract/selection';
import { pickOne } from '../ui/steps';
import { accountChoice } from './accountChoice';

/** How an account is asked for. */
export interface AccountQuestion {
  readonly title: string;
  readonly placeholder: string;
  /** Said in place of an empty list. */
  readonly empty: string;
  /** The accounts that can be meant. */
  readonly among: readonly Account[];
}

export interface ResolveDeps {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly treeView: Selection;
}

/** The account of the row, or one chosen from a list. `refusal` says why the account of a row cannot be meant. */
export async function resolveAccount(
  args: readonly unknown[],
  deps: ResolveDeps,
  { refusal, ...question }: AccountQuestion & { readonly refusal: (account: Account) => string },
): Promise<Account | undefined> {
  const row = clickedOf(args, deps);
  if (row === undefined) return chooseAccount(question, deps);
  const account = row.type === 'account' ? deps.accounts.get(row.accountId) : undefined;
  if (account === undefined) throw new UserError(l10n.t('This row is not an account.'));
  const meant = question.among.find(({ id }) => id === account.id);
  if (meant === undefined) throw new UserError(refusal(account));
  return meant;
}

/** Asks for an account; undefined when the person turned away. */
export async function chooseAccount(
  { among, ...words }: AccountQuestion,
  { clouds }: Pick<ResolveDeps, 'clouds'>,
): Promise<Account | undefined> {
  const answer = await pickOne<Account>({
    ...words,
    load: () => Promise.resolve(among.map((account) => accountChoice(account, clouds))),
  });
  return answer === 'back' || answer === 'cancel' ? undefined : answer.value;
}
