import * as l10n from '@vscode/l10n';
import type { Account, AccountLevel } from '../../core/account';
import type { AccountLevels } from '../../services/accounts/accountLevels';
import { levelReason, levelWords } from '../../services/accounts/levelText';
import type { Mark } from '../../services/accounts/marks';
import type { Clouds } from '../../services/accounts/ports';
import type { AccountRegistry } from '../../services/accounts/registry';
import type { SandboxAccounts } from '../../services/accounts/sandboxAccounts';
import type { StoredAccounts } from '../../services/accounts/storedAccounts';
import type { Inventory } from '../../services/inventory/inventory';
import { oneLine } from '../../util/plainText';
import { rowsOf, type Selection } from '../contract/selection';
import { sentences } from '../ui/lists';
import { notify, showModal } from '../ui/messages';
import { pickOne, type Choice } from '../ui/steps';
import { accountChoice } from './accountChoice';
import { resolveAccount } from './resolveAccount';
import { draftOf, levelStep, type AccountDraft } from './steps';

export interface ProtectDeps {
  readonly accounts: AccountRegistry;
  readonly stored: StoredAccounts;
  readonly levels: AccountLevels;
  readonly sandboxAccounts: Pick<SandboxAccounts, 'mark'>;
  readonly clouds: Clouds;
  readonly inventory: Pick<Inventory, 'identity'>;
  readonly treeView: Selection;
}

/** How carefully an account is treated. Accounts of any source can be marked; the mark of a foreign one is kept here. */
export async function changeAccountLevel(args: readonly unknown[], deps: ProtectDeps): Promise<void> {
  const account = await resolveMarked(args, deps);
  if (account === undefined) return;
  if ('accountId' in account) return forgetMark(account, deps);
  const draft: AccountDraft = { ...draftOf(account) };
  const title = l10n.t('Protection of "{0}"', account.name);
  if ((await levelStep(draft)({ title })) !== 'next') return;
  const { level } = draft;
  if (account.sandbox === true) return deps.sandboxAccounts.mark(account.id, level);
  if (deps.stored.list().some(({ id }) => id === account.id)) {
    await deps.stored.change(account.id, { level });
    await deps.accounts.rememberOwner(account.id);
  } else await deps.accounts.mark(account.id, level);
  // The mark counts for all keys of the same owner, who need not be known yet.
  if (level !== 'normal') void deps.inventory.identity(account.id).catch(() => undefined);
  sayWhatCounts(account.id, level, deps);
}

/** A mark that is lifted here can still stand on another account of the same owner. */
function sayWhatCounts(accountId: string, level: AccountLevel, { accounts }: ProtectDeps): void {
  const now = accounts.get(accountId);
  const reason = now && levelReason(now);
  if (now === undefined || now.level === level || reason === undefined) return;
  const said = l10n.t('"{0}" stays {1}:', oneLine(now.name), levelWords(now.level).label);
  void notify('warning', sentences(said, reason));
}

/** Takes away the mark of an account that is not there any more, once that is confirmed. */
async function forgetMark(mark: Mark, { levels }: ProtectDeps): Promise<void> {
  const forget = l10n.t('Remove Mark');
  const message = l10n.t('Remove the mark of "{0}"?', oneLine(mark.name));
  const detail = l10n.t('The account no longer exists, so its keys are not guarded under another name either.');
  const answer = await showModal('warning', { message, detail }, forget);
  if (answer === forget) await levels.forget(mark.accountId);
}

/** Those of the sandbox, too: there both marks can be tried. */
function markableAccount(args: readonly unknown[], deps: ProtectDeps): Promise<Account | undefined> {
  return resolveAccount(args, deps, {
    ...question(),
    among: markable(deps),
    refusal: () => l10n.t('This account cannot be protected.'),
  });
}

/** The account of the row, or one from a list in which marks stand, too, whose accounts are not there any more. */
async function resolveMarked(args: readonly unknown[], deps: ProtectDeps): Promise<Account | Mark | undefined> {
  const lost = deps.accounts.lostMarks();
  if (lost.length === 0 || rowsOf(args, deps).length > 0) return markableAccount(args, deps);
  const choices = [...markable(deps).map((account) => accountChoice(account, deps.clouds)), ...lost.map(lostChoice)];
  const answer = await pickOne<Account | Mark>({ ...question(), load: () => Promise.resolve(choices) });
  return answer === 'back' || answer === 'cancel' ? undefined : answer.value;
}

function lostChoice(mark: Mark): Choice<Mark> {
  const parts = [mark.source, l10n.t('no longer exists'), levelWords(mark.level).label];
  return {
    label: mark.name,
    description: parts.filter((part) => part !== '').join(' · '),
    icon: 'warning',
    value: mark,
  };
}

function question() {
  return {
    title: l10n.t('Account'),
    placeholder: l10n.t('Which account do you want to protect?'),
    empty: l10n.t('There is no account yet. Add one, or try the sandbox.'),
  };
}

function markable({ accounts }: ProtectDeps): Account[] {
  return [...accounts.list()];
}
