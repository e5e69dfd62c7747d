import { asFailure } from '../../core/asFailure';
import type { CloudError } from '../../core/cloudError';
import type { Region } from '../../core/provider';
import type { Inventory } from '../inventory/inventory';

/** The regions of one account, as far as they are known. */
export interface RegionsState {
  /** The last ones that were read; kept while they are read again. */
  readonly regions: readonly Region[] | undefined;
  readonly readAt: Date | undefined;
  readonly reading: boolean;
  /** Why there are none, or not all of them. */
  readonly error: CloudError | undefined;
}

const unknown: RegionsState = { regions: undefined, readAt: undefined, reading: false, error: undefined };

/**
 * The regions of the accounts that are looked at: read once, kept while they are refreshed, and after a failure not
 * read again until somebody asks for it.
 */
export class AccountRegions {
  private readonly states = new Map<string, RegionsState>();

  constructor(private readonly inventory: Inventory) {}

  /** What is known, without asking the cloud. */
  peek(accountId: string): RegionsState {
    const known = this.inventory.knownRegions(accountId);
    if (known === undefined) return this.states.get(accountId) ?? unknown;
    const { regions, readAt, problem } = known;
    return { regions, readAt, reading: false, error: problem };
  }

  /** Starts reading what was never read. The promise never rejects; it tells whether there is news to show. */
  read(accountId: string): Promise<boolean> | undefined {
    const state = this.peek(accountId);
    this.states.set(accountId, state);
    if (state.reading || state.error !== undefined || this.inventory.knownRegions(accountId) !== undefined)
      return undefined;
    const reading = { ...state, reading: true };
    this.states.set(accountId, reading);
    const settle = (end: Partial<RegionsState>): boolean => {
      // Anything else in its place means that it was refreshed or removed meanwhile.
      if (this.states.get(accountId) !== reading) return false;
      this.states.set(accountId, { ...reading, reading: false, ...end });
      return true;
    };
    return this.inventory.regions(accountId).then(
      ({ regions, readAt, problem }) => settle({ regions, readAt, error: problem }),
      (error: unknown) => settle({ error: asFailure(error) }),
    );
  }

  /** Lets the next `read` ask the cloud again, for one account or all. */
  forgetFailures(accountId: string | undefined): void {
    for (const [id, state] of this.states) {
      if (accountId === undefined || id === accountId)
        this.states.set(id, { ...state, reading: false, error: undefined });
    }
  }

  /** Forgets the accounts that are not there any more. */
  keepOnly(accountIds: ReadonlySet<string>): void {
    for (const id of this.states.keys()) if (!accountIds.has(id)) this.states.delete(id);
  }
}
