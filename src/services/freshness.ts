import * as l10n from '@vscode/l10n';
import { CloudError } from '../core/cloudError';
import type { Item } from '../core/kind';
import type { Clock } from '../util/clock';
import type { CallLooks } from './callLooks';
import type { Call } from './callRecord';
import type { TargetResult } from './outcome';
import type { PlanTarget } from './plan';
import { differenceOf } from './runFacts';

/** How long a reading counts as "just before the call", in milliseconds. */
const freshForMs = 10_000;

/**
 * Keeps a call from going out on an old reading: it can have waited for its turn, or for a cloud that was asked too
 * fast. A repeat is the call that was made before, whose own effect would look like a change.
 */
export class Freshness {
  /** What became of the targets where a change stopped the call; undefined as long as nothing did. */
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

  /** Reads the targets again. Rejects with `CloudError` (`notSent`) when one is not as it was reviewed. */
  async renew(): Promise<void> {
    const { call } = this;
    const checkedAt = this.now();
    const found = await this.options.looks.read(call, call.targets, call.run.progress.signal);
    const stopped = call.targets.flatMap((planned) => this.changed(planned, found.get(planned.target.id)) ?? []);
    if (stopped.length === 0) return void (this.checkedAt = checkedAt);
    const message = l10n.t('Not sent: another resource of the same call changed meanwhile.');
    const byTarget = new Map(stopped.map((result) => [result.planned, result]));
    this.results = call.targets.map(
      (planned) => byTarget.get(planned) ?? { group: call.group, planned, outcome: 'notSent', message, mayRetry: true },
    );
    throw new CloudError(message, { reason: 'conflict', delivery: 'notSent' });
  }

  private changed(planned: PlanTarget, item: Item | undefined): TargetResult | undefined {
    const { group } = this.call;
    if (item === undefined)
      return { group, planned, outcome: 'alreadyGone', note: l10n.t('It was gone before the call was sent.') };
    const message = differenceOf(group, planned, item);
    return message === undefined ? undefined : { group, planned, outcome: 'changed', message };
  }

  private now(): number {
    return this.options.clock.now().getTime();
  }
}
