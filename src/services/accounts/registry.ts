import * as l10n from '@vscode/l10n';
import type { Account, ProviderId } from '../../core/account';
import { accountName, unnamedAccount } from '../../core/accountName';
import { CloudError } from '../../core/cloudError';
import { Emitter, type Disposable, type Event } from '../../util/lifecycle';
import type { AccountLevels } from './accountLevels';
import type { EndpointSetting } from './endpointSetting';
import type { Accounts, Refreshable } from './ports';

/** One place accounts come from: the environment, a vendor's file, our own store, the sandbox. */
export interface AccountSource extends Disposable {
  /** The accounts as they are known now; never reads, never throws. */
  list(): readonly Account[];
  /** What is wrong with the source, for people; undefined when nothing is. Its other accounts keep working. */
  problems?(): readonly AccountProblem[];
  /** Looks anew at where the accounts come from; absent where nothing can have changed unnoticed. Never rejects. */
  refresh?(): Promise<void>;
  readonly onDidChange: Event<void>;
}

/** Something in a source that cannot be used, said plainly. Never holds file content. */
export interface AccountProblem {
  /** The file or variable, for example `~/.aliyun/config.json`. */
  readonly where: string;
  readonly message: string;
}

/** All accounts of all sources, side by side, in the order of the sources. */
export class AccountRegistry implements Accounts, Refreshable, Disposable {
  private readonly changed = new Emitter<void>();
  private readonly subscriptions: Disposable[] = [];
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly sources: readonly AccountSource[],
    /** Levels set for accounts whose sources know none. */
    private readonly levels?: AccountLevels,
  ) {
    if (levels !== undefined) this.subscriptions.push(levels.onDidChange(() => this.changed.fire()));
    for (const source of sources)
      this.subscriptions.push(
        source,
        source.onDidChange(() => this.changed.fire()),
      );
  }

  list(): readonly Account[] {
    return named(this.sources.flatMap((source) => source.list())).map((account) => this.withLevel(account));
  }

  get(id: string): Account | undefined {
    return this.list().find((account) => account.id === id);
  }

  problems(): readonly AccountProblem[] {
    return this.sources.flatMap((source) => source.problems?.() ?? []);
  }

  /** Looks at every source, whether or not it told of a change. */
  async refresh(): Promise<void> {
    await Promise.all(this.sources.map(async (source) => source.refresh?.()));
  }

  /** A level that was set goes before the one the account came with. */
  private withLevel(account: Account): Account {
    const level = account.sandbox === true ? undefined : this.levels?.get(account.id);
    return level === undefined ? account : { ...account, level };
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
