import { keyFingerprint, pinAccount, reachOf, type Account } from '../../core/account';
import type { Identity } from '../../core/provider';
import { SingleFlight } from '../../util/async';

/** Whoever has some keys of an account. Another object stands for another owner. */
export interface KeyOwner {
  /** Who that is, as far as the cloud was asked; resolves with undefined where it could not tell. Never rejects. */
  identity: Promise<string | undefined> | undefined;
}

export interface KeyOwnersOptions {
  /** Asks the cloud whose keys the account has; undefined where it cannot tell. */
  readonly identify: (account: Account) => Promise<Identity | undefined>;
  readonly canTell: (account: Account) => boolean;
}

/**
 * Tells whether different keys of an account belong to the same owner: what was read with the keys of one owner says
 * nothing of what another one has. Without an answer of the cloud, other keys count as another owner, except where
 * the account itself names whose they are.
 */
export class KeyOwners {
  private readonly known = new Map<string, Map<string, KeyOwner>>();
  private readonly flights = new SingleFlight<KeyOwner>();

  constructor(private readonly options: KeyOwnersOptions) {}

  /** The owner of the keys that signed (`Account.keyFingerprint`). Asks the cloud only where that is not clear otherwise. */
  of(account: Account, signer: string): KeyOwner | Promise<KeyOwner> {
    const marks = this.marksOf(account.id);
    const mark = markAt(account, signer);
    const met = marks.get(mark);
    if (met !== undefined) return met;
    if (marks.size > 0) return this.flights.run(`${account.id} ${mark}`, () => this.compare(account, signer));
    const first: KeyOwner = { identity: this.isAsked(account) ? this.ask(account, signer) : undefined };
    marks.set(mark, first);
    return first;
  }

  /** The cloud said whose keys they are. */
  learn(account: Account, signer: string, identity: Identity): void {
    const owner = this.marksOf(account.id).get(markAt(account, signer));
    if (owner !== undefined) owner.identity ??= Promise.resolve(nameOf(identity));
  }

  private async compare(account: Account, signer: string): Promise<KeyOwner> {
    const marks = this.marksOf(account.id);
    const others = [...new Set(marks.values())];
    const owner = (account.renewal === 'named' ? others.at(-1) : await this.same(account, signer, others)) ?? {
      identity: undefined,
    };
    marks.set(markAt(account, signer), owner);
    return owner;
  }

  /** The one of the known owners whose keys these are, too; else a new one, if there is something to tell of it. */
  private async same(account: Account, signer: string, others: readonly KeyOwner[]): Promise<KeyOwner | undefined> {
    const asked = others.some(({ identity }) => identity !== undefined) || this.isAsked(account);
    const identity = asked ? this.ask(account, signer) : undefined;
    const now = await identity;
    for (const other of others) if (now !== undefined && (await other.identity) === now) return other;
    const latest = others.at(-1);
    const isTrusted = account.renewal === 'asked' && (now === undefined || (await latest?.identity) === undefined);
    return isTrusted ? latest : { identity };
  }

  private isAsked(account: Account): boolean {
    return (account.renewal === 'asked' || account.renewal === 'unnamed') && this.options.canTell(account);
  }

  private async ask(account: Account, signer: string): Promise<string | undefined> {
    try {
      const credentials = await account.credentials();
      // Renewed once more meanwhile: whose the ones before were can no longer be asked.
      if (keyFingerprint(credentials) !== signer) return undefined;
      const identity = await this.options.identify(pinAccount(account, credentials));
      return identity && nameOf(identity);
    } catch {
      return undefined;
    }
  }

  private marksOf(accountId: string): Map<string, KeyOwner> {
    const marks = this.known.get(accountId) ?? new Map<string, KeyOwner>();
    this.known.set(accountId, marks);
    return marks;
  }
}

/** The same keys at another address may be anybody's. */
function markAt(account: Account, signer: string): string {
  const reach = reachOf(account);
  return reach === undefined ? signer : `${signer} ${JSON.stringify(Object.entries(reach).sort())}`;
}

function nameOf({ accountId, caller }: Identity): string {
  return `${accountId} ${caller}`;
}
