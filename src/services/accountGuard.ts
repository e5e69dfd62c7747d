import * as l10n from '@vscode/l10n';
import { pinAccount, sameReach, type Account, type Credentials } from '../core/account';
import { CloudError } from '../core/cloudError';
import type { Identity, Provider } from '../core/provider';
import { markOf, type PlanGroup } from './plan';
import type { Accounts, Clouds } from './ports';

/** An account with exactly the keys that were found to belong to the reviewed owner. */
export interface Pinned {
  readonly account: Account;
  readonly provider: Provider;
}

export interface AccountGuardOptions {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  /** Asks the cloud whose keys these are; undefined where it cannot tell. */
  readonly identify: (account: Account, signal?: AbortSignal) => Promise<Identity | undefined>;
}

/**
 * Sees to it that a call goes to the account that was reviewed. Keys can be edited, rotated or switched between the
 * review and the call; each new key is asked for its owner before anything is signed with it.
 */
export class AccountGuard {
  private readonly verified = new Map<string, Promise<Identity | undefined>>();

  constructor(private readonly options: AccountGuardOptions) {}

  /**
   * The group's account, held to keys of the reviewed owner. Rejects with `CloudError`: `invalid` when the owner is
   * another one (nothing may be sent), or why the keys or their owner could not be read.
   */
  async pin(group: PlanGroup, signal?: AbortSignal): Promise<Pinned> {
    const account = this.options.accounts.get(group.place.accountId);
    if (account === undefined) throw gone(group);
    if (account.level === 'readOnly') throw changed(l10n.t('The account "{0}" is marked read-only.', account.name));
    if (!sameReach(account, group.account))
      throw changed(l10n.t('The endpoint of "{0}" changed since the review.', account.name));
    const credentials = await account.credentials(signal === undefined ? {} : { signal });
    const pinned = pinAccount(account, credentials);
    const provider = this.options.clouds.provider(account.provider);
    if (group.identity === undefined || provider.identity === undefined) this.compareKey(group, credentials);
    else await this.compareOwner(group, pinned, credentials, group.identity, signal);
    return { account: pinned, provider };
  }

  private compareKey(group: PlanGroup, credentials: Credentials): void {
    if (group.keyMark === markOf(credentials)) return;
    throw changed(l10n.t('The keys of "{0}" are not those of the review. Make a new plan.', group.account.name));
  }

  private async compareOwner(
    group: PlanGroup,
    pinned: Account,
    credentials: Credentials,
    reviewed: Identity,
    signal?: AbortSignal,
  ): Promise<void> {
    // Asked once per plan and key: a long run does not ask again for every call.
    const key = `${group.account.id} ${markOf(credentials)} ${group.keyMark ?? ''}`;
    let asked = this.verified.get(key);
    if (asked === undefined) {
      asked = this.options.identify(pinned, signal);
      this.verified.set(key, asked);
      asked.catch(() => this.verified.delete(key));
    }
    const now = await asked;
    if (now?.accountId === reviewed.accountId) return;
    this.verified.delete(key);
    const text = l10n.t(
      'The keys of "{0}" now belong to account {1}, not to {2}.',
      group.account.name,
      now?.accountId ?? '?',
      reviewed.accountId,
    );
    throw changed(text);
  }
}

function changed(message: string): CloudError {
  return new CloudError(message, {
    reason: 'invalid',
    delivery: 'notSent',
    advice: l10n.t('Nothing was sent. Refresh and make a new plan.'),
  });
}

function gone(group: PlanGroup): CloudError {
  return changed(l10n.t('The account "{0}" is not here any more.', group.account.name));
}
