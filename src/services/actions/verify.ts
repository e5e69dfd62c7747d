import * as l10n from '@vscode/l10n';
import type { CloudError } from '../../core/cloudError';
import type { Item } from '../../core/kind';
import type { Clock } from '../../util/clock';
import type { Call } from './record';
import type { Inventory } from '../inventory/inventory';
import type { Outcome } from '../journal/outcome';
import type { TargetResult } from './report';
import type { PlanTarget } from './plan';
import { factsOf, refusedNow } from './results';

/** After an accepted call, how long until the resources are looked at again, in milliseconds. */
const followAfterMs = [500, 1_500, 3_000, 5_000, 10_000, 10_000];

/** What is concluded from reading the targets of a call again. Every reading is done with the keys of the call. */
export class CallLooks {
  constructor(private readonly options: { readonly inventory: Inventory; readonly clock: Clock }) {}

  /** The targets as the reviewed owner sees them now: another one would not find them. Rejects with `CloudError`. */
  read(
    { group, pinned }: Pick<Call, 'group' | 'pinned'>,
    targets: readonly PlanTarget[],
    signal?: AbortSignal,
  ): Promise<Map<string, Item>> {
    return this.options.inventory.lookup(
      group.place,
      group.kind.id,
      targets.map((t) => t.target.id),
      { account: pinned.account, signal, isReviewed: true },
    );
  }

  /** Where the cloud only accepts the call, looks until the resources are gone; those that are not are `accepted`. */
  async follow(call: Call, results: readonly TargetResult[]): Promise<readonly TargetResult[]> {
    if (!call.group.action.settlesLater) return results;
    let left = results.filter((r) => r.outcome === 'deleted').map((r) => r.planned);
    let looked = false;
    const { signal } = call.run.progress;
    for (const ms of followAfterMs) {
      if (left.length === 0 || signal.aborted) break;
      await this.options.clock.sleep(ms, signal).catch(() => undefined);
      const found = await this.read(call, left, signal).catch(() => undefined);
      looked ||= found !== undefined;
      if (found !== undefined) left = left.filter((t) => found.has(t.target.id));
    }
    const note = looked
      ? l10n.t('When it was last looked at, it was still there.')
      : l10n.t('Whether it is gone could not be read.');
    return results.map((r) => (left.includes(r.planned) ? { ...r, outcome: 'accepted', note } : r));
  }

  /** One bad id made the cloud refuse the whole call: finds which, so that the others are not called failures. */
  async blame(call: Call, error: CloudError): Promise<TargetResult[]> {
    const { group, targets } = call;
    const found = await this.read(call, targets).catch(() => undefined);
    const now = this.options.clock.now();
    const guilty = new Map<string, Outcome>();
    for (const { target } of targets) {
      const item = found?.get(target.id);
      if (found !== undefined && item === undefined) guilty.set(target.id, 'alreadyGone');
      else if (error.message.includes(target.id)) guilty.set(target.id, 'refused');
      else if (item !== undefined && refusedNow(group, item, now)) guilty.set(target.id, 'refused');
    }
    if (guilty.size === 0) {
      const note = l10n.t(
        'The cloud refused the call for all {0} together and does not say which of them is the reason.',
        targets.length,
      );
      return targets.map((planned) => ({ ...factsOf(group, planned, 'refused', error), note }));
    }
    return targets.map((planned): TargetResult => {
      const outcome = guilty.get(planned.target.id);
      if (outcome !== undefined) return factsOf(group, planned, outcome, error);
      const message = l10n.t('Not touched: the cloud refused the whole call because of another instance.');
      return { group, planned, outcome: 'notSent', message, exchangeId: error.exchangeId };
    });
  }
}
