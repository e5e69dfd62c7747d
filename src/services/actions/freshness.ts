import * as l10n from '@vscode/l10n';
import { CloudError } from '../../core/cloudError';
import type { Item } from '../../core/item';
import type { Clock } from '../../util/clock';
import type { Call } from './record';
import type { TargetResult } from './report';
import { notAsReviewed, notReadAgain } from './results';
import type { CallLooks } from './verify';

/** How long a reading counts as "just before the call", in milliseconds. */
const freshForMs = 10_000;

/**
 * Keeps a call from going out on an old reading: it can have waited for its turn, or for a cloud that was asked too
 * fast. A repeat is the call that was made before, whose own effect would look like a change.
 */
export class Freshness {
  /** What became of the targets where the call was stopped; undefined as long as it was not. */
  results: readonly TargetResult[] | undefined;
  private checkedAt: number;

  constructor(
    private readonly call: Call,
    private readonly options: { readonly looks: CallLooks; readonly clock: Clock },
  ) {
    this.checkedAt = call.checkedAt;
  }

  isStale(): boolean {
    return !this.call.repeated && this.now() - this.checkedAt >= freshForMs;
  }

  /** Reads the targets again. Rejects with `CloudError` (`notSent`) unless all of them are as they were reviewed. */
  async renew(): Promise<void> {
    const { group, targets } = this.call;
    const checkedAt = this.now();
    const found = await this.read();
    const stopped = targets.flatMap((planned) => notAsReviewed(group, planned, found.get(planned.target.id)) ?? []);
    if (stopped.length > 0) throw this.stop(stopped);
    this.checkedAt = checkedAt;
  }

  private async read(): Promise<ReadonlyMap<string, Item>> {
    const { call } = this;
    try {
      return await this.options.looks.read(call, call.targets, call.run.progress.signal);
    } catch (error) {
      // Whatever became of this reading, the call itself is still here.
      throw this.stop(call.targets.map((planned) => notReadAgain(call.group, planned, error)));
    }
  }

  /** The call is not sent: these results stand, and what else is in it can be tried again. */
  private stop(results: readonly TargetResult[]): CloudError {
    const { group, targets } = this.call;
    const message = l10n.t('Not sent: another resource of the same call changed meanwhile.');
    const byTarget = new Map(results.map((result) => [result.planned, result]));
    this.results = targets.map(
      (planned) => byTarget.get(planned) ?? { group, planned, outcome: 'notSent', message, mayRetry: true },
    );
    return new CloudError(message, { reason: 'conflict', delivery: 'notSent' });
  }

  private now(): number {
    return this.options.clock.now().getTime();
  }
}
