import * as z from 'zod/mini';
import { reachOf, type Account } from '../../core/account';
import type { Identity } from '../../core/provider';
import { forEachLimited, groupBy } from '../../util/async';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { Accounts, Memory } from '../accounts/ports';
import type { Inventory } from './inventory';

export interface AccountOwnersOptions {
  readonly accounts: Accounts;
  readonly inventory: Pick<Inventory, 'identity' | 'knownIdentity' | 'onDidLearnOwner'>;
  /** Keeps what was said of keys, so that nobody is asked anew in every session. */
  readonly memory: Memory;
}

const memoryKey = 'accounts.owners';
const keptSchema = z.record(
  z.string(),
  z.object({ mark: z.string(), accountId: z.string(), caller: z.string(), user: z.optional(z.string()) }),
);
const askedAtOnce = 4;

/**
 * Whose the keys of accounts are, as far as the cloud was asked: several accounts can be of one owner, who then has one
 * fleet and not several.
 */
export class AccountOwners implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: Disposable;
  /** Accounts that were asked about without being told to, as they were then. */
  private readonly tried = new Map<string, string>();

  constructor(private readonly options: AccountOwnersOptions) {
    this.subscription = options.inventory.onDidLearnOwner((accountId) => {
      void this.keep(accountId);
      this.changed.fire();
    });
  }

  /** Who the keys of an account belong to; undefined where that is not known. Asks no cloud. */
  identity({ id }: Pick<Account, 'id'>): Identity | undefined {
    const account = this.options.accounts.get(id);
    if (account === undefined) return undefined;
    return this.options.inventory.knownIdentity(id) ?? this.kept(account);
  }

  /** The first account with the same owner; the account itself where none is known before it. Asks no cloud. */
  lead(account: Account): Account {
    const key = this.key(account);
    return (key === undefined ? undefined : this.alike(account).find((one) => this.key(one) === key)) ?? account;
  }

  /** Accounts with the same owner together, each group in their order. Asks no cloud. */
  groups(accounts: readonly Account[]): readonly (readonly [Account, ...Account[]])[] {
    const groups = groupBy(accounts, (account) => this.key(account) ?? account.id);
    // No group is empty.
    return [...groups.values()] as unknown as readonly (readonly [Account, ...Account[]])[];
  }

  /** Accounts of the same cloud and addresses, this one included, in their order: they may have one owner. */
  alike(account: Account): readonly Account[] {
    const place = placeOf(account);
    return this.options.accounts.list().filter((one) => placeOf(one) === place);
  }

  /** Asks the cloud whose an account is, unless that is known. An owner that cannot be told is another one. */
  async ask({ id }: Account, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return;
    await this.options.inventory.identity(id, signal === undefined ? {} : { signal }).catch(() => undefined);
  }

  /**
   * Asks once about the accounts that only their owners tell apart: those of which there are several alike. Not about
   * keys that somebody has to be asked for.
   */
  async askAlike(): Promise<void> {
    const { accounts } = this.options;
    const wanted = accounts
      .list()
      .filter((one) => one.renewal === undefined && this.identity(one) === undefined && this.alike(one).length > 1)
      .filter((one) => this.tried.get(one.id) !== keyFingerprint(one));
    for (const one of wanted) this.tried.set(one.id, keyFingerprint(one));
    await forEachLimited(wanted, askedAtOnce, (account) => this.ask(account));
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private key(account: Account): string | undefined {
    const owner = this.identity(account)?.accountId;
    return owner === undefined ? undefined : `${placeOf(account)} ${owner}`;
  }

  private kept(account: Account): Identity | undefined {
    const kept = keptSchema.safeParse(this.options.memory.get(memoryKey)).data?.[account.id];
    return kept === undefined || account.keyMark === undefined || kept.mark !== account.keyMark ? undefined : kept;
  }

  private async keep(accountId: string): Promise<void> {
    const { accounts, inventory, memory } = this.options;
    const identity = inventory.knownIdentity(accountId);
    const mark = accounts.get(accountId)?.keyMark;
    if (identity === undefined || mark === undefined) return;
    const there = new Set(accounts.list().map(({ id }) => id));
    const before = Object.entries(keptSchema.safeParse(memory.get(memoryKey)).data ?? {});
    const others = before.filter(([id]) => id !== accountId && there.has(id));
    await memory.set(memoryKey, Object.fromEntries([...others, [accountId, { mark, ...identity }]]));
  }
}

function placeOf(account: Account): string {
  return `${account.provider} ${JSON.stringify(reachOf(account))}`;
}

function keyFingerprint(account: Account): string {
  return `${account.revision ?? ''} ${account.keyMark ?? ''} ${placeOf(account)}`;
}
