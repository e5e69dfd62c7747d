import * as l10n from '@vscode/l10n';
import type { Account } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import type { Identity } from '../../core/provider';
import type { AccountLevels } from '../../services/accounts/accountLevels';
import type { AccountNames } from '../../services/accounts/accountNames';
import { levelWords } from '../../services/accounts/levelText';
import type { Clouds } from '../../services/accounts/ports';
import type { AccountRegistry } from '../../services/accounts/registry';
import type { SandboxAccounts } from '../../services/accounts/sandboxAccounts';
import type { StoredAccounts } from '../../services/accounts/storedAccounts';
import type { Inventory } from '../../services/inventory/inventory';
import { oneLine } from '../../util/plainText';
import type { CommandTable } from '../contract/commandTypes';
import type { Selection } from '../contract/selection';
import { saidBy } from '../ui/errorText';
import { sentences } from '../ui/lists';
import { notify, showModal } from '../ui/messages';
import { showProgress } from '../ui/progress';
import { walk } from '../ui/steps';
import { changeAccountLevel } from './protect';
import { resolveAccount } from './resolveAccount';
import {
  cloudStep,
  credentialsOf,
  draftOf,
  keySteps,
  levelStep,
  nameStep,
  type AccountDraft,
  type Step,
} from './steps';

export interface AccountsDeps {
  readonly accounts: AccountRegistry;
  readonly stored: StoredAccounts;
  readonly levels: AccountLevels;
  readonly names: AccountNames;
  readonly sandboxAccounts: Pick<SandboxAccounts, 'mark'>;
  readonly clouds: Clouds;
  readonly inventory: Pick<Inventory, 'dropAccount' | 'identity'>;
  readonly checkAccount: (account: Account, signal: AbortSignal) => Promise<Identity | undefined>;
  readonly treeView: Selection;
}

export function accountCommands(
  deps: AccountsDeps,
): CommandTable<'addAccount' | 'renameAccount' | 'changeAccountLevel' | 'reenterKeys' | 'removeAccount'> {
  return {
    addAccount: () => addAccount(deps),
    renameAccount: (args) => renameAccount(args, deps),
    changeAccountLevel: (args) => changeAccountLevel(args, deps),
    reenterKeys: (args) => reenterKeys(args, deps),
    removeAccount: (args) => removeAccount(args, deps),
  };
}

/** Adds an account step by step; nothing is kept before a real call has shown that its keys are right. */
async function addAccount(deps: AccountsDeps): Promise<void> {
  const draft: AccountDraft = { provider: undefined, name: '', level: 'normal', keyId: '', secret: '', token: '' };
  const steps = [cloudStep(draft, deps.clouds), nameStep(draft, deps.accounts), ...keySteps(draft), levelStep(draft)];
  if (!(await walkSteps(l10n.t('Add account'), steps))) return;
  const checked = await checkKeys(draft, deps);
  if (checked === undefined) return;
  if (!(await keep(() => deps.stored.add(checked.account, credentialsOf(draft))))) return;
  void notify('info', addedText(draft.name, checked.identity));
}

/** Replaces the keys of an account added by hand, after a call has shown that the new ones are right. */
async function reenterKeys(args: readonly unknown[], deps: AccountsDeps): Promise<void> {
  const account = await storedAccount(args, deps);
  if (account === undefined) return;
  const draft: AccountDraft = { ...draftOf(account) };
  if (!(await walkSteps(l10n.t('Keys of "{0}"', account.name), keySteps(draft)))) return;
  if ((await checkKeys(draft, deps)) === undefined) return;
  if (!(await keep(() => deps.stored.reenter(account.id, credentialsOf(draft))))) return;
  deps.inventory.dropAccount(account.id);
}

async function renameAccount(args: readonly unknown[], deps: AccountsDeps): Promise<void> {
  const account = await nameableAccount(args, deps);
  if (account === undefined) return;
  const draft: AccountDraft = { ...draftOf(account) };
  const step = nameStep(draft, deps.accounts, account.id);
  if (!(await walkSteps(l10n.t('Rename account'), [step]))) return;
  const isStored = deps.stored.list().some(({ id }) => id === account.id);
  await (isStored ? deps.stored.change(account.id, { name: draft.name }) : deps.names.set(account.id, draft.name));
}

/** Forgets an account added by hand and its keys; nothing in the cloud changes. */
async function removeAccount(args: readonly unknown[], deps: AccountsDeps): Promise<void> {
  const account = await storedAccount(args, deps);
  if (account === undefined) return;
  const remove = l10n.t('Remove Account');
  const message = l10n.t('Remove the account "{0}" from this machine?', oneLine(account.name));
  const cloud = deps.clouds.provider(account.provider).name();
  const detail = l10n.t(
    '{0}, {1}. Its keys are erased from the secret storage. Nothing in the cloud changes.',
    cloud,
    levelWords(account.level).label,
  );
  const answer = await showModal('warning', { message, detail }, remove);
  if (answer !== remove) return;
  try {
    await deps.stored.remove(account.id);
  } catch (error) {
    if (!CloudError.is(error)) throw error;
    const said = l10n.t('The account "{0}" was removed. Its keys could not be erased:', oneLine(account.name));
    void notify('warning', sentences(said, error.message, error.advice));
  }
}

/** Keeps what was checked until it is kept or given up: nobody should have to type it all again. */
async function keep(store: () => Promise<void>): Promise<boolean> {
  for (;;) {
    try {
      await store();
      return true;
    } catch (error) {
      if (!CloudError.is(error)) throw error;
      const again = l10n.t('Try Again');
      const detail = sentences(error.message, error.advice);
      const message = l10n.t('The keys could not be kept.');
      if ((await showModal('error', { message, detail }, again)) !== again) return false;
    }
  }
}

function walkSteps(title: string, steps: readonly Step[]): Promise<boolean> {
  const totalSteps = steps.length === 1 ? undefined : steps.length;
  return walk(
    steps.map(
      (step, i) => () => step({ title, back: i > 0, ...(totalSteps === undefined ? {} : { step: i + 1, totalSteps }) }),
    ),
  );
}

interface Checked {
  readonly account: Account;
  readonly identity: Identity | undefined;
}

/** Calls the cloud with the keys until they are right or given up. Undefined when given up: nothing is kept. */
async function checkKeys(draft: AccountDraft, deps: AccountsDeps): Promise<Checked | undefined> {
  const { provider, name, level } = draft;
  if (provider === undefined) return undefined;
  const account = deps.stored.draft({ provider, name, level }, credentialsOf(draft));
  try {
    const title = l10n.t('Checking the keys of "{0}"', oneLine(name));
    return {
      account,
      identity: await showProgress(title, (progress) => deps.checkAccount(account, progress.signal)),
    };
  } catch (error) {
    if (!CloudError.is(error)) throw error;
    const next = await afterFailure(error);
    if (next === 'keep') return { account, identity: undefined };
    if (next === 'change' && !(await walkSteps(l10n.t('Keys of "{0}"', name), keySteps(draft)))) return undefined;
    return next === 'cancel' ? undefined : checkKeys(draft, deps);
  }
}

/** A missing permission proves the keys as well as an answer does; everything else must be put right first. */
async function afterFailure(error: CloudError): Promise<'keep' | 'change' | 'again' | 'cancel'> {
  if (error.reason === 'cancelled') return 'cancel';
  const again = l10n.t('Try Again');
  const change = l10n.t('Change Keys');
  const keep = l10n.t('Keep Account');
  const proven = error.reason === 'permission';
  const refused = error.delivery === 'answered' && CloudError.is(error, 'auth', 'invalid', 'notFound');
  const message = proven
    ? l10n.t('The keys are right, but a permission is missing.')
    : refused
      ? l10n.t('The cloud did not accept the keys. They were not kept.')
      : l10n.t('The keys could not be checked. They were not kept.');
  const detail = sentences(saidBy(error), error.advice);
  const answer = await showModal(
    'error',
    { message, detail },
    // The first one is what Enter does.
    ...(proven ? [change, keep] : refused ? [change, again] : [again, change]),
  );
  return answer === keep ? 'keep' : answer === change ? 'change' : answer === again ? 'again' : 'cancel';
}

function addedText(name: string, identity: Identity | undefined): string {
  if (identity === undefined) return l10n.t('The account "{0}" was added.', oneLine(name));
  return l10n.t(
    'The account "{0}" was added. Its keys belong to account {1}, {2}.',
    oneLine(name),
    identity.accountId,
    identity.caller,
  );
}

/** Only accounts added by hand can be changed here. */
function storedAccount(args: readonly unknown[], deps: AccountsDeps): Promise<Account | undefined> {
  return resolveAccount(args, deps, {
    title: l10n.t('Account'),
    placeholder: l10n.t('Accounts that were added by hand'),
    empty: l10n.t('No account was added by hand. The others come from where they are listed with.'),
    among: deps.stored.list(),
    refusal: notOurs,
  });
}

/** All accounts but those of the sandbox, whose names say what they are. */
function nameableAccount(args: readonly unknown[], deps: AccountsDeps): Promise<Account | undefined> {
  return resolveAccount(args, deps, {
    title: l10n.t('Rename account'),
    placeholder: l10n.t('Account'),
    empty: l10n.t('There is no account yet. Add one, or try the sandbox.'),
    among: deps.accounts.list().filter(({ sandbox }) => sandbox !== true),
    refusal: notOurs,
  });
}

function notOurs(account: Account): string {
  if (account.sandbox === true) return l10n.t('The sandbox is stopped with the command "Stop the Sandbox".');
  return l10n.t('"{0}" comes from {1}. Change it there.', oneLine(account.name), account.source);
}
