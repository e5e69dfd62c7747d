import * as l10n from '@vscode/l10n';
import type { Permit } from '../../client/sender';
import type { Action } from '../../core/action';
import { areKeysRefused } from '../../core/cloudError';
import type { Item } from '../../core/item';
import { chunk, forEachLimited } from '../../util/async';
import type { Clouds } from '../accounts/ports';
import { countOutcomes } from '../journal/outcome';
import type { AccountGuard, Pinned } from './accountGuard';
import { CallRunner, type RunCallOptions } from './call';
import { runnableOf, type Plan, type PlanGroup, type PlanTarget } from './plan';
import type { GoOn, Pause, Progress } from './ports';
import { writtenGroups } from './record';
import type { RunReport, TargetResult } from './report';
import { asCloudError, callKey, notAsReviewed, notReadAgain, outcomeOf, reasons } from './results';
import { batchesOf, rolloutOf, stopReason, type BatchEnd, type BatchPart, type Rollout } from './rollout';
import { settleIfStopped, settle, settleAll, stopRun, type Heard, type Run } from './run';
import type { RunControl } from './runControl';

export interface RunEngineOptions extends RunCallOptions {
  readonly clouds: Clouds;
  /** A new one for each run, so that each run asks anew whose keys it uses. */
  readonly newGuard: () => AccountGuard;
  readonly newId: () => string;
  /** Told of every piece of news while a run is under way. */
  readonly onDidHear: (heard: Heard) => void;
  /** Asks the person between two batches. */
  readonly askToGoOn: (pause: Pause) => Promise<GoOn>;
}

/** A plan that a person confirmed, with leave to send it. */
export interface Confirmed {
  /** The id of the run. */
  readonly id: string;
  readonly control: RunControl;
  readonly plan: Plan;
  readonly permit: Permit;
  /** Old client tokens of calls that were made before and never answered, by `callKey`. */
  readonly tokens?: ReadonlyMap<string, string> | undefined;
  /** The run whose failures it tries again. */
  readonly retryOf?: string | undefined;
}

/** Calls of one group in flight; the account's throttle bounds and paces all of them together. */
const callsAtOnce = 4;
/** Targets that are read again together just before they are sent; small, so that the reading is fresh. */
const recheckAtOnce = 20;

/**
 * Carries out a confirmed plan: reads each target again, writes the intent down, sends, and says honestly what became
 * of it. Only the gate may start it.
 */
export class RunEngine {
  private readonly calls: CallRunner;

  constructor(private readonly options: RunEngineOptions) {
    this.calls = new CallRunner(options);
  }

  /**
   * Never rejects for what a cloud does: every target of the plan has exactly one result. With `tokens`, a call that
   * was made before and never answered is repeated under its old client token.
   */
  async run(
    { id, plan, permit, control, tokens = new Map(), retryOf }: Confirmed,
    progress: Progress,
  ): Promise<RunReport> {
    const { clock } = this.options;
    const startedAt = clock.now();
    const total = plan.groups.reduce((sum, group) => sum + runnableOf(group).length, 0);
    const run: Run = {
      id,
      plan,
      permit,
      progress,
      control,
      guard: this.options.newGuard(),
      results: [],
      tokens,
      retryOf,
      written: new Set(),
      total,
      calls: 0,
      stopped: undefined,
      mustEnd: false,
      following: [],
      tell: (news) => this.options.onDidHear({ ...news, run: id, plan }),
    };
    await this.open(run);
    for (const group of plan.groups) this.keepUnsendable(run, group);
    await this.runAll(run);
    const cancelled = progress.signal.aborted;
    await this.close(run, cancelled);
    this.showChanges(plan);
    return {
      run: run.id,
      planHash: plan.hash,
      startedAt,
      endedAt: clock.now(),
      cancelled,
      results: inPlanOrder(plan, run.results),
      stopped: run.stopped,
    };
  }

  private async runAll(run: Run): Promise<void> {
    const rollout = rolloutOf(run.plan);
    if (rollout !== undefined) return this.runInBatches(run, rollout);
    const parts = run.plan.groups.map((group) => ({ group, targets: runnableOf(group) }));
    await this.runBatch(
      run,
      parts.filter(({ group }) => group.isLast !== true),
    );
    const last = parts.filter(({ group }) => group.isLast === true);
    if (last.length > 0) await this.runLast(run, last);
  }

  /** What the rest of the plan was for is done only where all of the rest is. */
  private async runLast(run: Run, last: readonly BatchPart[]): Promise<void> {
    const before = run.plan.groups.filter(({ isLast }) => isLast !== true).flatMap(({ targets }) => targets);
    const outcomes = new Map(run.results.map(({ planned, outcome }) => [planned, outcome]));
    if (before.every((planned) => outcomes.get(planned) === 'done')) return this.runBatch(run, last);
    const message = l10n.t('Not sent: what comes before it in the plan is not known to be done.');
    for (const { group, targets } of last)
      for (const planned of targets) settle(run, { group, planned, outcome: 'notSent', message });
  }

  private async runBatch(run: Run, batch: readonly BatchPart[]): Promise<void> {
    await forEachLimited(batch, 4, ({ group, targets }) => this.runGroup(run, group, targets));
    await Promise.all(run.following.splice(0));
  }

  /** Batch after batch, each to its end; what is left once the rule or the person says stop is not sent. */
  private async runInBatches(run: Run, rollout: Rollout): Promise<void> {
    const batches = batchesOf(run.plan, rollout);
    const ended: BatchEnd[] = [];
    for (const [index, batch] of batches.entries()) {
      await this.runBatch(run, batch);
      ended.push(endOfBatch(run, batch));
      if (index === batches.length - 1) return;
      run.stopped ??= stopReason(ended, rollout) ?? (await this.askToGoOn(run, { rollout, batches, index }));
    }
  }

  /** Why it must not go on; undefined where it may. */
  private async askToGoOn(run: Run, { rollout, batches, index }: Between): Promise<string | undefined> {
    const asks = rollout.pause === 'every' || (rollout.pause === 'first' && index === 0);
    if (!asks || run.stopped !== undefined || run.progress.signal.aborted) return undefined;
    const counts = countOutcomes(run.results.filter(({ planned }) => run.written.has(planned)));
    const next = countOf(batches[index + 1] ?? []);
    const left = batches.slice(index + 1).reduce((sum, batch) => sum + countOf(batch), 0);
    const answer = await this.options.askToGoOn({
      plan: run.plan,
      batch: index + 1,
      of: batches.length,
      counts,
      next,
      left,
    });
    if (answer === 'stop') return l10n.t('You stopped it after batch {0} of {1}.', index + 1, batches.length);
    if (answer === 'pause') run.control.pause();
    return undefined;
  }

  /** Without a journal nothing is sent. */
  private async open(run: Run): Promise<void> {
    const { id, plan, total: count, retryOf } = run;
    const begin = { run: id, plan: plan.hash, count, title: titleOf(plan), groups: writtenGroups(plan), retryOf };
    try {
      await this.options.journal.append({ type: 'run', ...begin });
    } catch (error) {
      stopRun(run, error);
    }
  }

  private async close(run: Run, cancelled: boolean): Promise<void> {
    const unsent = run.results
      .filter((r) => !run.written.has(r.planned))
      .map((r) => ({
        ...outcomeOf(r),
        kind: r.group.kind.id,
        region: r.group.place.region,
        accountId: r.group.account.id,
        mayRetry: r.mayRetry,
      }));
    try {
      await this.options.journal.append({ type: 'ended', run: run.id, cancelled, unsent });
    } catch (error) {
      stopRun(run, error);
    }
  }

  /** Targets that the plan itself already rules out get their result without any call. */
  private keepUnsendable(run: Run, group: PlanGroup): void {
    const sendable = new Set(runnableOf(group));
    for (const planned of group.targets) {
      if (sendable.has(planned)) continue;
      const isDone = planned.verdict === 'already' || (planned.verdict === 'gone' && group.action.goal.type === 'gone');
      if (isDone) settle(run, { group, planned, outcome: 'already' });
      else settle(run, { group, planned, outcome: 'notSent', message: group.forbidden ?? reasons(planned) });
    }
  }

  private async runGroup(run: Run, group: PlanGroup, runnable: readonly PlanTarget[]): Promise<void> {
    const idsPerCall = group.action.ids.perCall;
    const size = idsPerCall === 1 ? Math.min(recheckAtOnce, group.kind.lookup.idsPerCall) : idsPerCall;
    const lanes = idsPerCall === 1 ? 2 : 1;
    await forEachLimited(chunk(runnable, size), lanes, async (batch) => {
      await run.control.whenGoingOn();
      const unchanged = await this.recheck(run, group, batch);
      const checkedAt = this.options.clock.now().getTime();
      await forEachLimited(chunk(unchanged, idsPerCall), callsAtOnce / lanes, (targets) =>
        this.send(run, group, targets, checkedAt),
      );
    });
  }

  /** Reads the targets again; those that are gone or not what was reviewed stop here. */
  private async recheck(run: Run, group: PlanGroup, batch: readonly PlanTarget[]): Promise<PlanTarget[]> {
    if (settleIfStopped(run, group, batch)) return [];
    const pinned = await this.pin(run, group, batch);
    if (pinned === undefined) return [];
    let found: ReadonlyMap<string, Item>;
    try {
      found = await this.readReviewed(run, { group, pinned }, batch);
    } catch (error) {
      for (const planned of batch) settle(run, notReadAgain(group, planned, error));
      return [];
    }
    return batch.filter((planned) => {
      const result = notAsReviewed(group, planned, found.get(planned.target.id));
      if (result !== undefined) settle(run, result);
      return result === undefined;
    });
  }

  private async readReviewed(
    { guard, progress: { signal } }: Run,
    { group, pinned }: { readonly group: PlanGroup; readonly pinned: Pinned },
    batch: readonly PlanTarget[],
  ): Promise<ReadonlyMap<string, Item>> {
    try {
      return await this.calls.read({ group, pinned }, batch, signal);
    } catch (error) {
      if (!areKeysRefused(error)) throw error;
      return this.calls.read({ group, pinned: await guard.pin(group, { signal, refresh: true }) }, batch, signal);
    }
  }

  private async send(run: Run, group: PlanGroup, targets: readonly PlanTarget[], checkedAt: number): Promise<void> {
    await run.control.whenGoingOn();
    if (settleIfStopped(run, group, targets)) return;
    const pinned = await this.pin(run, group, targets);
    if (pinned === undefined) return;
    const old = run.tokens.get(callKey(group, targets));
    await this.calls.run({
      run,
      group,
      targets,
      sent: targets,
      pinned,
      id: String(++run.calls),
      token: old ?? this.options.newId(),
      // Under an old token the cloud answers for the call that was made with it before.
      repeated: old !== undefined,
      checkedAt,
    });
  }

  private async pin(run: Run, group: PlanGroup, targets: readonly PlanTarget[]): Promise<Pinned | undefined> {
    try {
      return await run.guard.pin(group, { signal: run.progress.signal });
    } catch (error) {
      const failure = asCloudError(error);
      const outcome = failure.reason === 'cancelled' || failure.reason === 'invalid' ? 'notSent' : 'failed';
      settleAll(run, group, targets, { outcome, error: failure });
      return undefined;
    }
  }

  /** Other lists of the place may show what changed: an activation counts its instances. */
  private showChanges(plan: Plan): void {
    const { clouds, inventory } = this.options;
    for (const group of plan.groups) {
      const isNew = group.action.goal.type === 'created';
      const others = clouds.provider(group.place.provider).kinds.filter((k) => isNew || k.id !== group.kind.id);
      for (const { id } of others) {
        if (inventory.peek(group.place, id) === undefined) continue;
        // Failing is shown in the list itself; only an account that went away meanwhile rejects.
        void inventory.refresh({ place: group.place, kind: id }).catch(() => undefined);
      }
    }
  }
}

interface Between {
  readonly rollout: Rollout;
  readonly batches: readonly (readonly BatchPart[])[];
  readonly index: number;
}

function countOf(batch: readonly BatchPart[]): number {
  return batch.reduce((sum, { targets }) => sum + targets.length, 0);
}

/** What became of those of the batch that were sent. */
function endOfBatch({ results, written }: Run, batch: readonly BatchPart[]): BatchEnd {
  const members = new Set(batch.flatMap(({ targets }) => targets));
  return results.filter(({ planned }) => members.has(planned) && written.has(planned)).map(({ outcome }) => outcome);
}

/** "Deregister 3 managed instances", one part for each action. */
function titleOf({ groups }: Plan): string {
  const parts = new Map<Action, { readonly group: PlanGroup; readonly count: number }>();
  for (const group of groups)
    parts.set(group.action, { group, count: (parts.get(group.action)?.count ?? 0) + runnableOf(group).length });
  return [...parts.values()]
    .filter(({ count }) => count > 0)
    .map(({ group, count }) => group.action.words.task(count, group.answers))
    .join(' · ');
}

/** Calls end in any order; people look for names where the plan has them. */
function inPlanOrder({ groups }: Plan, results: readonly TargetResult[]): TargetResult[] {
  const at = new Map(groups.flatMap(({ targets }) => targets).map((planned, index) => [planned, index]));
  return [...results].sort((a, b) => (at.get(a.planned) ?? 0) - (at.get(b.planned) ?? 0));
}
