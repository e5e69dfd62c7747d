import * as l10n from '@vscode/l10n';
import { keyFingerprint, type Account } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import type { Identity, IdentitySource, Provider } from '../../core/provider';
import type { Place } from '../../core/target';
import { SingleFlight } from '../../util/async';
import { Emitter } from '../../util/lifecycle';
import type { Accounts, Clouds } from '../accounts/ports';
import { readRegions, TypedRegions, withOwn, type RegionList, type RegionListsOptions } from './regionLists';

export interface AccountFactsOptions extends RegionListsOptions {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  /** Who wants to know whose keys are, as the cloud says it; absent where nobody does. */
  readonly owners?: OwnerBook | undefined;
}

/** Remembers whose the keys of accounts are. */
export interface OwnerBook {
  learn(accountId: string, keyMark: string, identity: Identity): void;
  /** Whether the cloud is to be asked although nobody looks at the owner. */
  needsOwner(accountId: string): boolean;
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
  /** What was said last of whose the keys are, until they change. */
  private readonly lastIdentities = new Map<string, Identity>();
  private readonly learned = new Emitter<string>();
  /** Fires with the account of which something else is said than before. */
  readonly onDidLearnOwner = this.learned.event;
  private readonly regionFlights = new SingleFlight<RegionList>();
  /** Counts how often an account was dropped: what was asked for before is not kept afterwards. */
  private readonly epochs = new Map<string, number>();

  private readonly typed: TypedRegions;

  constructor(private readonly options: AccountFactsOptions & AnswerHooks) {
    this.typed = new TypedRegions(options.memory);
  }

  /**
   * The regions of an account, cached until `refresh` once the cloud has listed all of them; with what went wrong where
   * it has not. Rejects with `CloudError` where there is none at all.
   */
  async regions(accountId: string, signal?: AbortSignal): Promise<RegionList> {
    const cached = this.regionLists.get(accountId);
    if (cached !== undefined && cached.problem === undefined) return this.withOwn(accountId, cached);
    const epoch = this.epoch(accountId);
    let list: RegionList;
    try {
      list = await this.regionFlights.run(`${epoch} ${accountId}`, async () => {
        const whose = this.resolve(accountId);
        const onAnswer = (signer: string): unknown => this.options.onAnswer(whose.account, signer, epoch);
        const read = await readRegions(whose, { ...this.options, onAnswer }, signal);
        if (epoch === this.epoch(accountId)) this.regionLists.set(accountId, read);
        // Nobody waits for it, and who looks at the owner later is told why it cannot be read.
        if (this.options.owners?.needsOwner(accountId) === true) void this.identity(accountId).catch(() => undefined);
        return read;
      });
    } catch (error) {
      // Whoever began the flight turned away; that does not cancel those who joined it.
      if (!CloudError.is(error, 'cancelled') || signal?.aborted === true) throw error;
      return this.regions(accountId, signal);
    }
    const all = this.withOwn(accountId, list);
    if (list.problem !== undefined && all.regions.length === 0) throw list.problem;
    return all;
  }

  /** Regions if they are known already. */
  knownRegions(accountId: string): RegionList | undefined {
    const list = this.regionLists.get(accountId);
    if (list === undefined) return undefined;
    const all = this.withOwn(accountId, list);
    return list.problem !== undefined && all.regions.length === 0 ? undefined : all;
  }

  /** A region's name in the user's language, as far as it is known; its id otherwise. */
  regionName({ accountId, region }: Place): string {
    return this.knownRegions(accountId)?.regions.find(({ id }) => id === region)?.name ?? region;
  }

  /** The regions of an account that were typed; they stay until they are taken away again. */
  typedRegions(accountId: string): readonly string[] {
    return this.typed.of(accountId);
  }

  keepRegions(accountId: string, ids: readonly string[]): Promise<void> {
    return this.typed.set(accountId, ids);
  }

  private withOwn(accountId: string, list: RegionList): RegionList {
    const { accounts, language } = this.options;
    // An account that went away meanwhile has no region of its own.
    if (accounts.get(accountId) === undefined) return list;
    return withOwn(list, this.resolve(accountId), { typed: this.typed.of(accountId), language });
  }

  /** Who the account's keys belong to; undefined where the cloud cannot say. Rejects with `CloudError`. */
  async identity(accountId: string, options: { readonly signal?: AbortSignal } = {}): Promise<Identity | undefined> {
    const { account, provider } = this.resolve(accountId);
    if (provider.identity === undefined) return undefined;
    const epoch = this.epoch(accountId);
    const known = this.identities.get(accountId);
    // Another user may have signed in where nothing else of the account tells.
    if (known !== undefined && known.signer === keyFingerprint(await account.credentials(options)))
      return known.identity;
    const said = await this.ask(account, provider.identity, options.signal);
    if (epoch === this.epoch(accountId)) this.learn(accountId, said);
    return said.identity;
  }

  /** Who the account's keys belong to, as far as that was asked since they changed. */
  knownIdentity(accountId: string): Identity | undefined {
    return this.lastIdentities.get(accountId);
  }

  private learn(accountId: string, said: { readonly signer: string; readonly identity: Identity }): void {
    const before = this.lastIdentities.get(accountId);
    this.identities.set(accountId, said);
    this.lastIdentities.set(accountId, said.identity);
    if (JSON.stringify(before) !== JSON.stringify(said.identity)) this.learned.fire(accountId);
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
    this.options.owners?.learn(account.id, signer, identity);
    return { signer, identity };
  }

  /** The account and its cloud. Throws `CloudError` (`auth`, `notSent`) when it is not here any more. */
  resolve(accountId: string): { account: Account; provider: Provider } {
    const account = this.options.accounts.get(accountId);
    if (account === undefined) {
      throw new CloudError(l10n.t('The account "{0}" no longer exists.', accountId), {
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
    this.lastIdentities.delete(accountId);
    this.forget(accountId);
  }

  /** Another number once the account was dropped. */
  epoch(accountId: string): number {
    return this.epochs.get(accountId) ?? 0;
  }
}
