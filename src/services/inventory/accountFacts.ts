import * as l10n from '@vscode/l10n';
import type { CloudClient } from '../../client/cloudClient';
import { markOf, type Account } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import { readPages, type Cursor } from '../../core/pager';
import type { Identity, IdentitySource, Provider, Region } from '../../core/provider';
import type { Place } from '../../core/target';
import { SingleFlight } from '../../util/async';
import type { Clock } from '../../util/clock';
import type { Accounts, Clouds } from '../accounts/ports';

export interface RegionList {
  readonly regions: readonly Region[];
  readonly readAt: Date;
}

export interface AccountFactsOptions {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly client: CloudClient;
  readonly clock: Clock;
  /** The user's language, as VS Code names it: `en`, `zh-cn`. */
  readonly language: string;
}

/** Told of answers, so that whose they are is known. */
export interface AnswerHooks {
  readonly onAnswer: (account: Account, signer: string, epoch: number) => unknown;
  readonly onIdentity: (account: Account, signer: string, identity: Identity) => void;
}

/** What is true of a whole account: its regions and whose keys it has. Concurrent callers share one flight. */
export class AccountFacts {
  private readonly regionLists = new Map<string, RegionList>();
  /** With the mark of the keys they were asked for. */
  private readonly identities = new Map<string, { readonly signer: string; readonly identity: Identity }>();
  private readonly regionFlights = new SingleFlight<RegionList>();
  /** Counts how often an account was dropped: what was asked for before is not kept afterwards. */
  private readonly epochs = new Map<string, number>();

  constructor(private readonly options: AccountFactsOptions & AnswerHooks) {}

  /** The regions of an account, from the cloud; cached until `refresh`. Rejects with `CloudError`. */
  async regions(accountId: string, signal?: AbortSignal): Promise<RegionList> {
    const cached = this.regionLists.get(accountId);
    if (cached !== undefined) return cached;
    const epoch = this.epoch(accountId);
    try {
      return await this.regionFlights.run(`${epoch} ${accountId}`, async () => {
        const list = { regions: await this.readRegions(accountId, signal), readAt: this.options.clock.now() };
        if (epoch === this.epoch(accountId)) this.regionLists.set(accountId, list);
        return list;
      });
    } catch (error) {
      // Whoever began the flight turned away; that does not cancel those who joined it.
      if (!CloudError.is(error, 'cancelled') || signal?.aborted === true) throw error;
      return this.regions(accountId, signal);
    }
  }

  /** Regions if they are known already. */
  knownRegions(accountId: string): RegionList | undefined {
    return this.regionLists.get(accountId);
  }

  /** A region's name in the user's language, as far as it is known; its id otherwise. */
  regionName(place: Place): string {
    return this.regionLists.get(place.accountId)?.regions.find((r) => r.id === place.region)?.name ?? place.region;
  }

  /** Who the account's keys belong to; undefined where the cloud cannot say. Rejects with `CloudError`. */
  async identity(accountId: string, options: { readonly signal?: AbortSignal } = {}): Promise<Identity | undefined> {
    const { account, provider } = this.resolve(accountId);
    if (provider.identity === undefined) return undefined;
    const epoch = this.epoch(accountId);
    const known = this.identities.get(accountId);
    // Another user may have signed in where nothing else of the account tells.
    if (known !== undefined && known.signer === markOf(await account.credentials(options))) return known.identity;
    const said = await this.ask(account, provider.identity, options.signal);
    if (epoch === this.epoch(accountId)) this.identities.set(accountId, said);
    return said.identity;
  }

  /** Asks the cloud whose keys exactly these are, whatever is cached. Rejects with `CloudError`. */
  async identify(account: Account, signal?: AbortSignal): Promise<Identity | undefined> {
    const provider = this.options.clouds.provider(account.provider);
    if (provider.identity === undefined) return undefined;
    return (await this.ask(account, provider.identity, signal)).identity;
  }

  private async ask(account: Account, source: IdentitySource, signal: AbortSignal | undefined) {
    const provider = this.options.clouds.provider(account.provider);
    const { operation, region, read } = source;
    const { value, signer } = await this.options.client.read({
      provider,
      account,
      region,
      operation,
      params: {},
      signal,
    });
    const identity = read(value);
    this.options.onIdentity(account, signer, identity);
    return { signer, identity };
  }

  /** The account and its cloud. Throws `CloudError` (`auth`, `notSent`) when it is not here any more. */
  resolve(accountId: string): { account: Account; provider: Provider } {
    const account = this.options.accounts.get(accountId);
    if (account === undefined) {
      throw new CloudError(l10n.t('The account "{0}" is not here any more.', accountId), {
        reason: 'auth',
        delivery: 'notSent',
      });
    }
    return { account, provider: this.options.clouds.provider(account.provider) };
  }

  /** Forgets what was read, so that the next look asks the cloud. */
  forget(accountId?: string): void {
    for (const known of [this.regionLists, this.identities])
      for (const id of [...known.keys()]) if (accountId === undefined || accountId === id) known.delete(id);
  }

  /** The keys of an account changed, or it went away: what was asked for before is not kept afterwards. */
  drop(accountId: string): void {
    this.epochs.set(accountId, this.epoch(accountId) + 1);
    this.forget(accountId);
  }

  /** Another number once the account was dropped. */
  epoch(accountId: string): number {
    return this.epochs.get(accountId) ?? 0;
  }

  private async readRegions(accountId: string, signal: AbortSignal | undefined): Promise<Region[]> {
    const { account, provider } = this.resolve(accountId);
    const { operation, region, params, pager, rows } = provider.regions;
    const { language, client } = this.options;
    const epoch = this.epoch(accountId);
    const all = new Map<string, Region>();
    const read = async (cursor: Cursor): Promise<unknown> => {
      const page = { ...params(language), ...cursor };
      const { value, signer } = await client.read({ provider, account, region, operation, params: page, signal });
      await this.options.onAnswer(account, signer, epoch);
      return value;
    };
    for await (const { value } of readPages(pager, read, { count: () => all.size }))
      for (const row of rows(value, language)) all.set(row.id, row);
    return [...all.values()];
  }
}
