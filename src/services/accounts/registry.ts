import * as l10n from '@vscode/l10n';
import { keyFingerprint, type Account, type AccountLevel, type ProviderId } from '../../core/account';
import { accountName, unnamedAccount } from '../../core/accountName';
import { CloudError } from '../../core/cloudError';
import type { Identity } from '../../core/provider';
import { Emitter, type Disposable, type Event } from '../../util/lifecycle';
import type { AccountLevels } from './accountLevels';
import type { AccountNames } from './accountNames';
import type { EndpointSetting } from './endpointSetting';
import { lostText } from './levelText';
import type { Whose } from './marks';
import { strictestFor, union, type Mark } from './marks';
import type { AccountProblem, Accounts, Refreshable } from './ports';

/** One place accounts come from: the environment, a vendor's file, our own store, the sandbox. */
export interface AccountSource extends Disposable {
  /** The accounts as they are known now; never reads, never throws. */
  list(): readonly Account[];
  /** What is wrong with the source, for people; undefined when nothing is. Its other accounts keep working. */
  problems?(): readonly AccountProblem[];
  /** Looks anew at where the accounts come from; absent where nothing can have changed unnoticed. Never rejects. */
  refresh?(): Promise<void>;
  readonly onDidChange: Event<void>;
  /** Settles when the source was read for the first time; absent where it is known from the start. */
  readonly ready?: Promise<void>;
}

/** All accounts of all sources, side by side, in the order of the sources. */
export class AccountRegistry implements Accounts, Refreshable, Disposable {
  private readonly changed = new Emitter<void>();
  private readonly subscriptions: Disposable[] = [];
  readonly onDidChange = this.changed.event;
  /** What each account last signed with in this window, and whose that is where the cloud was asked. */
  private readonly seen = new Map<string, { readonly key: string; readonly owner?: string }>();
  private isSettled = false;

  constructor(
    private readonly sources: readonly AccountSource[],
    /** Levels set for accounts whose sources know none. */
    private readonly levels?: AccountLevels,
    /** Names given to accounts whose sources are never written. */
    private readonly names?: AccountNames,
  ) {
    if (names !== undefined) this.subscriptions.push(names.onDidChange(() => this.changed.fire()));
    if (levels !== undefined) this.subscriptions.push(levels.onDidChange(() => this.changed.fire()));
    void Promise.all(sources.map(async ({ ready }) => ready)).then(() => this.settle());
    for (const source of sources)
      this.subscriptions.push(
        source,
        source.onDidChange(() => this.changed.fire()),
      );
  }

  list(): readonly Account[] {
    const own = this.own();
    const marks = this.marks(own);
    return own.map((account) => this.learning(marks.length === 0 ? account : this.guarded(account, marks)));
  }

  get(id: string): Account | undefined {
    return this.list().find((account) => account.id === id);
  }

  problems(): readonly AccountProblem[] {
    return [...this.sources.flatMap((source) => source.problems?.() ?? []), ...this.lostMarks().map(lostText)];
  }

  /** Marks of accounts that are not there any more; none before every source was read. */
  lostMarks(): readonly Mark[] {
    return this.isSettled ? this.lostAmong(this.own()) : [];
  }

  /** The cloud said whose keys of the account are. */
  learn(accountId: string, keyMark: string, { accountId: owner }: Identity): void {
    this.note(accountId, { key: keyMark, owner });
  }

  /** Whether it matters for a mark who the owner of an account is, and nobody knows. */
  needsOwner(accountId: string): boolean {
    const own = this.own();
    const account = own.find(({ id }) => id === accountId);
    if (account === undefined || account.sandbox === true || this.whose(account).owners.length > 0) return false;
    return this.marks(own).some(({ provider }) => provider === account.provider);
  }

  /**
   * Sets how an account is guarded where its source knows no levels, and remembers whose it is. The marks of vanished
   * accounts with the same key go: this one takes their place.
   */
  async mark(accountId: string, level: AccountLevel): Promise<void> {
    await this.rememberOwner(accountId);
    await this.levels?.set(accountId, level);
  }

  /** The same for an account whose level is kept with it. */
  async rememberOwner(accountId: string): Promise<void> {
    const account = this.own().find(({ id }) => id === accountId);
    if (account === undefined || this.levels === undefined) return;
    const whose = this.whose(account);
    const replaced = this.lostMarks().filter(({ keys }) => keys.some((key) => whose.keys.includes(key)));
    for (const { accountId: lost } of replaced) await this.levels.forget(lost);
    await this.levels.remember(account, whose);
  }

  /** Looks at every source, whether or not it told of a change. */
  async refresh(): Promise<void> {
    await Promise.all(this.sources.map(async (source) => source.refresh?.()));
  }

  /** A level that was set goes before the one the account came with. */
  private own(): Account[] {
    const accounts = this.sources.flatMap((source) => source.list());
    return named(accounts.map((account) => this.names?.named(account) ?? account)).map((account) => {
      const level = account.sandbox === true ? undefined : this.levels?.get(account.id);
      return level === undefined ? account : { ...account, level };
    });
  }

  /** Every mark that guards more than nothing, of accounts that are there and of those that are not. */
  private marks(own: readonly Account[]): Mark[] {
    const present = own
      .filter(({ level, sandbox }) => level !== 'normal' && sandbox !== true)
      .map((account) => ({ ...account, accountId: account.id, ...this.whose(account) }));
    return [...present, ...this.lostAmong(own)];
  }

  private lostAmong(own: readonly Account[]): Mark[] {
    const present = new Set(own.map(({ id }) => id));
    return this.levels?.all().filter(({ accountId, level }) => level !== 'normal' && !present.has(accountId)) ?? [];
  }

  private guarded(account: Account, marks: readonly Mark[]): Account {
    if (account.sandbox === true) return account;
    const strictest = strictestFor({ ...account, ...this.whose(account) }, marks);
    return strictest === undefined ? account : { ...account, ...strictest };
  }

  /** Whose account it is, as far as that is known: now, and when it was marked. */
  private whose({ id, keyMark }: Account): Whose {
    const seen = this.seen.get(id);
    const key = keyMark ?? seen?.key;
    const kept = this.levels?.whose(id) ?? { keys: [], owners: [] };
    const owner = key === undefined || key === seen?.key ? seen?.owner : undefined;
    return { keys: union(kept.keys, key), owners: union(kept.owners, owner) };
  }

  /** Takes note of every key an account signs with. */
  private learning(account: Account): Account {
    if (account.sandbox === true || this.levels === undefined) return account;
    const credentials: Account['credentials'] = async (options) => {
      const keys = await account.credentials(options);
      this.note(account.id, { key: keyFingerprint(keys) });
      return keys;
    };
    return { ...account, credentials };
  }

  private note(accountId: string, now: { readonly key: string; readonly owner?: string }): void {
    const before = this.seen.get(accountId);
    if (before?.key === now.key && (now.owner === undefined || before.owner === now.owner)) return;
    const levels = this.levelsNow();
    this.seen.set(accountId, now);
    const account = this.own().find(({ id }) => id === accountId);
    // Keys that change by themselves are soon somebody's past: of them the owner is remembered.
    if (account !== undefined && account.level !== 'normal')
      void this.levels?.remember(account, {
        keys: account.renewal === undefined ? [now.key] : [],
        owners: union([], now.owner),
      });
    if (this.levelsNow() !== levels) this.changed.fire();
  }

  private levelsNow(): string {
    const own = this.own();
    const marks = this.marks(own);
    return marks.length === 0 ? '' : own.map((account) => this.guarded(account, marks).level).join(' ');
  }

  /** What is not there once everything was read is lost. */
  private settle(): void {
    this.isSettled = true;
    if (this.lostMarks().length > 0) this.changed.fire();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}

/** Names as they can be seen and typed; those without one are told apart by a number. */
function named(accounts: readonly Account[]): Account[] {
  let unnamed = 0;
  return accounts.map((account) => {
    const name = accountName(account.name);
    const isOurs = name === unnamedAccount();
    if (isOurs) unnamed++;
    const shown = isOurs && unnamed > 1 ? `${name} ${unnamed}` : name;
    return shown === account.name ? account : { ...account, name: shown };
  });
}

/** Where each cloud's calls go instead of the vendor's address. */
export type EndpointOverride = (provider: ProviderId) => EndpointSetting;

/** The account with the endpoint of the settings; one that cannot be used stops every call instead of being ignored. */
export function withEndpoint(account: Account, setting: EndpointSetting): Account {
  if (setting.ok) return setting.endpoint === undefined ? account : { ...account, endpoint: setting.endpoint };
  const advice = setting.advice ?? l10n.t('Correct the endpoint in the settings of this extension.');
  const error = new CloudError(setting.problem, { reason: 'invalid', delivery: 'notSent', advice });
  return { ...account, credentials: () => Promise.reject(error) };
}
