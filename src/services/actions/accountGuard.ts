import * as l10n from '@vscode/l10n';
import {
  keyFingerprint,
  pinAccount,
  reachOf,
  sameReach,
  type Account,
  type Credentials,
  type Reach,
} from '../../core/account';
import { areKeysRefused, CloudError } from '../../core/cloudError';
import type { Identity, Provider } from '../../core/provider';
import { readOnlyText } from '../accounts/levelText';
import type { Accounts, Clouds } from '../accounts/ports';
import type { PlanGroup } from './plan';

/** An account with exactly the keys that were found to belong to the reviewed owner. */
export interface Pinned {
  readonly account: Account;
  readonly provider: Provider;
}

/** Whose account it was when it was reviewed or written down. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  /** The cloud's own account id; undefined where the cloud could not be asked. */
  readonly identity?: string | undefined;
  readonly keyMark?: string | undefined;
  readonly reach?: Reach;
}

/** With `refresh` the keys are read anew from where they come. */
export interface PinOptions {
  readonly signal?: AbortSignal;
  readonly refresh?: boolean;
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
  async pin(group: PlanGroup, options: PinOptions = {}): Promise<Pinned> {
    this.refuseReadOnly(group);
    const { id, name } = group.account;
    const { identity, keyMark } = group;
    const owner: Owner = { id, name, identity: identity?.accountId, keyMark, reach: reachOf(group.account) };
    const pinned = await this.pinOwner(owner, options).catch((error: unknown) => {
      throw CloudError.is(error, 'invalid') ? changed(error.message) : error;
    });
    // Whose the keys are may be known only now, and with that a mark of another account that counts for them.
    this.refuseReadOnly(group);
    return pinned;
  }

  private refuseReadOnly({ place }: PlanGroup): void {
    const account = this.options.accounts.get(place.accountId);
    if (account?.level === 'readOnly') throw changed(readOnlyText(account));
  }

  /** The account of a review or of the journal, held to keys of the same owner. Rejects as `pin` does. */
  async pinOwner(owner: Owner, options: PinOptions = {}): Promise<Pinned> {
    const account = this.options.accounts.get(owner.id);
    if (account === undefined) throw other(l10n.t('The account "{0}" no longer exists.', owner.name));
    // The sandbox of this computer has another port each time it is started.
    if (account.sandbox !== true && !sameReach(reachOf(account), owner.reach))
      throw other(l10n.t('The endpoint of "{0}" is not the one it was.', owner.name));
    try {
      return await this.pinKeys(account, owner, options);
    } catch (error) {
      // Temporary keys can have been revoked before their time.
      if (!areKeysRefused(error) || options.refresh === true) throw error;
      return this.pinKeys(account, owner, { ...options, refresh: true });
    }
  }

  private async pinKeys(account: Account, owner: Owner, options: PinOptions): Promise<Pinned> {
    const credentials = await account.credentials(options);
    const pinned = pinAccount(account, credentials);
    const provider = this.options.clouds.provider(account.provider);
    if (owner.identity === undefined || provider.identity === undefined) compareKey(owner, credentials);
    else await this.compareOwner(owner, pinned, credentials, options.signal);
    return { account: pinned, provider };
  }

  private async compareOwner(
    owner: Owner,
    pinned: Account,
    credentials: Credentials,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    // Asked once per plan and key: a long run does not ask again for every call.
    const key = `${owner.id} ${keyFingerprint(credentials)} ${owner.keyMark ?? ''}`;
    let asked = this.verified.get(key);
    if (asked === undefined) {
      asked = this.options.identify(pinned, signal);
      this.verified.set(key, asked);
      asked.catch(() => this.verified.delete(key));
    }
    const now = await asked;
    if (now?.accountId === owner.identity) return;
    this.verified.delete(key);
    const text = l10n.t(
      'The keys of "{0}" now belong to account {1}, not to {2}.',
      owner.name,
      now?.accountId ?? '?',
      owner.identity ?? '?',
    );
    throw other(text);
  }
}

/** Nobody could say whose keys these were: only the very same key will do. */
function compareKey({ name, keyMark }: Owner, credentials: Credentials): void {
  if (keyMark === keyFingerprint(credentials)) return;
  throw other(
    l10n.t('The keys of "{0}" are not the ones they were, and the cloud could not say whose those were.', name),
  );
}

/** It is not the account it was. */
function other(message: string): CloudError {
  return new CloudError(message, { reason: 'invalid', delivery: 'notSent' });
}

function changed(message: string): CloudError {
  return new CloudError(message, {
    reason: 'invalid',
    delivery: 'notSent',
    advice: l10n.t('Nothing was sent. Refresh and make a new plan.'),
  });
}
