import * as l10n from '@vscode/l10n';
import { reachOf } from '../core/account';
import { CloudError } from '../core/cloudError';
import type { Exchange } from '../core/exchange';
import type { Item } from '../core/kind';
import { takesClientToken } from '../core/operation';
import type { AnswerError } from '../core/wire';
import type { CallResult } from '../client/callEngine';
import type { Destroyer } from '../client/destroyer';
import { documentedError } from '../client/errorTables';
import type { Clock } from '../util/clock';
import type { Pinned } from './accountGuard';
import type { Inventory } from './inventory';
import type { Journal } from './journal';
import type { Outcome, TargetResult } from './outcome';
import type { PlanGroup, PlanTarget } from './plan';
import { settle, settleAll, stopRun, type Run } from './run';
import {
  asCloudError,
  callKey,
  factsOf,
  isAboutTargets,
  outcomeOf,
  redactItem,
  redactParams,
  refusalOutcome,
  refusedNow,
} from './runFacts';

export interface RunCallOptions {
  readonly destroyer: Destroyer;
  readonly inventory: Inventory;
  readonly journal: Journal;
  readonly clock: Clock;
}

/** One destructive call of a run: exactly these targets, with keys of the reviewed owner. */
export interface Call {
  readonly run: Run;
  readonly group: PlanGroup;
  readonly targets: readonly PlanTarget[];
  readonly pinned: Pinned;
  readonly id: string;
  readonly token: string;
  /** The answer to the first sending was lost; this is the same call under the same token. */
  readonly repeated: boolean;
}

/** When a resource is still there after a lost answer, how long until it is looked at again, in milliseconds. */
const lookAgainAfterMs = [1_000, 2_000, 4_000];
/** After an accepted call, how long until the resources are looked at again, in milliseconds. */
const followAfterMs = [500, 1_500, 3_000, 5_000, 10_000, 10_000];

/**
 * Sends one call and finds out what became of its targets: written down before it is sent, never believed without an
 * answer, resolved by reading when the answer is lost. Only the run engine may use it.
 */
export class CallRunner {
  constructor(private readonly options: RunCallOptions) {}

  /** Resolves when every target of the call has its result. */
  async run(call: Call): Promise<void> {
    if (await this.record(call)) return this.sendRecorded(call);
    const error = new CloudError(call.run.stopped ?? '', { reason: 'invalid', delivery: 'notSent' });
    settleAll(call.run, call.group, call.targets, { outcome: 'notSent', error });
  }

  private async sendRecorded(call: Call): Promise<void> {
    let success: CallResult;
    try {
      success = await this.call(call);
    } catch (error) {
      const failure = asCloudError(error);
      if (failure.delivery === 'unknown') await this.resolve(call, failure);
      // A repeat that is refused says nothing about the first call, which may be why: "it is just being deleted".
      else if (call.repeated && !isGone(call, failure)) await this.lookAgain(call, failure);
      else await this.finish(call, await this.readRefusal(call, failure), failure.requestId, failure.attempts);
      return;
    }
    await this.readSuccess(call, success);
  }

  private call(call: Call): Promise<CallResult> {
    const { group, pinned, run, token } = call;
    const { action, place } = group;
    const ids = call.targets.map((t) => t.target.id);
    const permit = this.options.destroyer.permit({
      accountId: place.accountId,
      region: place.region,
      operation: action.operation,
      ids,
      clientToken: token,
    });
    return this.options.destroyer.destroy(permit, {
      provider: pinned.provider,
      account: pinned.account,
      params: action.params(ids, group.options),
      subject: ids.length === 1 ? ids[0] : l10n.t('{0} resources', ids.length),
      signal: run.progress.signal,
    });
  }

  /** A success as a whole can hold failures one by one; what it does not name is looked at before it is believed. */
  private async readSuccess(call: Call, { value, exchange }: CallResult): Promise<void> {
    const said = call.group.action.outcomes?.(value);
    const isSettled = (t: PlanTarget): boolean => said === undefined || settles(call, said, t.target.id);
    const named = call.targets.filter(isSettled);
    const missing = call.targets.filter((t) => !isSettled(t));
    const results = named.map((planned) => namedResult(call, planned, said?.get(planned.target.id), exchange));
    const settled = await this.follow(call, results);
    if (named.length > 0)
      await this.finish({ ...call, targets: named }, settled, exchange.requestId, exchange.attempts);
    if (missing.length === 0) return;
    const facts = {
      reason: 'unexpectedAnswer',
      delivery: 'unknown',
      requestId: exchange.requestId,
      exchangeId: exchange.id,
    } as const;
    await this.resolve(
      { ...call, targets: missing, repeated: true },
      new CloudError(l10n.t('The answer does not mention it.'), facts),
    );
  }

  /** Where the cloud only accepts the call, looks until the resources are gone; those that are not are `accepted`. */
  private async follow(call: Call, results: readonly TargetResult[]): Promise<readonly TargetResult[]> {
    if (!call.group.action.settlesLater) return results;
    let left = results.filter((r) => r.outcome === 'deleted').map((r) => r.planned);
    let looked = false;
    for (const ms of followAfterMs) {
      if (left.length === 0 || call.run.progress.signal.aborted) break;
      await this.options.clock.sleep(ms, call.run.progress.signal).catch(() => undefined);
      const found = await this.read(call, left).catch(() => undefined);
      looked ||= found !== undefined;
      if (found !== undefined) left = left.filter((t) => found.has(t.target.id));
    }
    const note = looked
      ? l10n.t('When it was last looked at, it was still there.')
      : l10n.t('Whether it is gone could not be read.');
    return results.map((r) => (left.includes(r.planned) ? { ...r, outcome: 'accepted', note } : r));
  }

  private async readRefusal(call: Call, error: CloudError): Promise<TargetResult[]> {
    const { group, targets } = call;
    const single = targets.length === 1;
    if (isGone(call, error)) {
      // After a lost answer the repeat finds nothing to delete: the first call did it.
      return targets.map((planned) => factsOf(group, planned, call.repeated ? 'deleted' : 'alreadyGone', error));
    }
    if (!single && group.action.allOrNothing && error.delivery === 'answered' && isAboutTargets(error))
      return this.blame(call, error);
    return targets.map((planned) => factsOf(group, planned, refusalOutcome(error), error));
  }

  /** One bad id made the cloud refuse the whole call: finds which, so that the others are not called failures. */
  private async blame(call: Call, error: CloudError): Promise<TargetResult[]> {
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

  /**
   * The answer never came. Reads before saying anything; what is still there is asked for once more with the same
   * client token, where the operation has one, so that the cloud answers for the first call.
   */
  private async resolve(call: Call, error: CloudError): Promise<void> {
    const { group, run } = call;
    const left = await this.confirmGone(call, error);
    if (left === undefined) return;
    if (takesClientToken(group.action.operation) && !call.repeated && !run.progress.signal.aborted) {
      const repeat: Call = { ...call, targets: left, repeated: true };
      // A token stands for its exact parameters: only the very same call may carry it again.
      if (left.length === call.targets.length && (await this.record(repeat))) return this.sendRecorded(repeat);
    }
    await this.lookAgain({ ...call, targets: left }, error);
  }

  /** Settles the targets that are gone; the others are returned. Undefined when all are settled. */
  private async confirmGone(call: Call, error: CloudError): Promise<readonly PlanTarget[] | undefined> {
    const found = await this.read(call, call.targets).catch(() => undefined);
    if (found === undefined) {
      await this.finish(
        call,
        call.targets.map((planned) => factsOf(call.group, planned, 'unknown', error)),
        error.requestId,
        error.attempts,
      );
      return undefined;
    }
    const left = call.targets.filter((t) => found.has(t.target.id));
    const gone = call.targets.filter((t) => !found.has(t.target.id));
    const note = hasAnswer(error)
      ? l10n.t('The answer left it open; reading afterwards shows that it is gone.')
      : l10n.t('The answer was lost; reading afterwards shows that it is gone.');
    const results = gone.map((planned): TargetResult => ({ ...factsOf(call.group, planned, 'deleted', error), note }));
    if (gone.length > 0) await this.finish({ ...call, targets: gone }, results, error.requestId, error.attempts);
    return left.length === 0 ? undefined : left;
  }

  /** Without a token a second call could hit what the first one still deletes, so only reading is left. */
  private async lookAgain(call: Call, error: CloudError): Promise<void> {
    let left: readonly PlanTarget[] | undefined = call.targets;
    for (const ms of lookAgainAfterMs) {
      if (call.run.progress.signal.aborted) break;
      await this.options.clock.sleep(ms, call.run.progress.signal).catch(() => undefined);
      left = await this.confirmGone({ ...call, targets: left }, error);
      if (left === undefined) return;
    }
    const note = hasAnswer(error)
      ? l10n.t(
          'The answer leaves open whether it was carried out, and it is still there. The call may still take effect: check again before repeating it.',
        )
      : l10n.t(
          'The answer was lost and it is still there. The call may still take effect: check again before repeating it.',
        );
    await this.finish(
      { ...call, targets: left },
      left.map((planned) => ({ ...factsOf(call.group, planned, 'unknown', error), note })),
      error.requestId,
      error.attempts,
    );
  }

  /** Writes down what is about to be sent. If that fails nothing is sent, now or later in this run. */
  private async record(call: Call): Promise<boolean> {
    const { group, run, targets } = call;
    const ids = targets.map((t) => t.target.id);
    try {
      await this.options.journal.append({
        type: 'before',
        run: run.id,
        call: call.id,
        provider: group.place.provider,
        account: {
          id: group.account.id,
          name: group.account.name,
          identity: group.identity?.accountId,
          caller: group.identity?.caller,
          keyMark: group.keyMark,
          reach: reachOf(group.account),
        },
        region: group.place.region,
        action: group.action.operation.action,
        params: redactParams(group.action.params(ids, group.options)),
        clientToken: takesClientToken(group.action.operation) ? call.token : undefined,
        targets: targets.map((t) => ({
          kind: t.target.kind,
          id: t.target.id,
          name: t.name,
          resource: redactItem(t.item),
        })),
      });
      return true;
    } catch (error) {
      stopRun(run, error);
      return false;
    }
  }

  private async finish(
    call: Call,
    results: readonly TargetResult[],
    requestId: string | undefined,
    attempts: number,
  ): Promise<void> {
    for (const result of results) settle(call.run, withRepeat(call, result));
    for (const { planned } of results) call.run.written.add(planned);
    try {
      const outcomes = results.map(outcomeOf);
      await this.options.journal.append({
        type: 'after',
        run: call.run.id,
        call: call.id,
        outcomes,
        requestId,
        attempts,
      });
    } catch (error) {
      stopRun(call.run, error);
    }
    const gone = results
      .filter((r) => r.outcome === 'deleted' || r.outcome === 'alreadyGone')
      .map((r) => r.planned.target.id);
    this.options.inventory.forget(call.group.place, call.group.kind.id, gone);
  }

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
      { account: pinned.account, signal },
    );
  }
}

/** Something answered, though not what we asked. */
function hasAnswer({ status }: CloudError): boolean {
  return status !== undefined;
}

/** The cloud says that the one resource of the call is not there. */
function isGone({ group, targets }: Call, { code }: CloudError): boolean {
  return targets.length === 1 && code !== undefined && group.action.goneCodes.includes(code);
}

/** Whether the answer settles what became of a target. A repeat that is refused does not: the first call may be why. */
function settles({ group, repeated }: Call, said: ReadonlyMap<string, AnswerError | undefined>, id: string): boolean {
  const error = said.get(id);
  return said.has(id) && (error === undefined || !repeated || group.action.goneCodes.includes(error.code));
}

/** What a successful answer says of one target: accepted, or refused with a code of its own. */
function namedResult(
  call: Call,
  planned: PlanTarget,
  error: AnswerError | undefined,
  exchange: Exchange,
): TargetResult {
  const { group, pinned, repeated } = call;
  const base = { group, planned, requestId: exchange.requestId, exchangeId: exchange.id };
  if (error === undefined) return { ...base, outcome: 'deleted' };
  const { code, message } = error;
  const advice = documentedError(pinned.provider, group.action.operation, code, exchange.status ?? 200)?.advice();
  // After a lost answer the repeat finds nothing to delete: the first call did it.
  const gone = repeated ? 'deleted' : 'alreadyGone';
  return { ...base, outcome: group.action.goneCodes.includes(code) ? gone : 'refused', code, message, advice };
}

function withRepeat(call: Call, result: TargetResult): TargetResult {
  if (result.outcome !== 'unknown' || !takesClientToken(call.group.action.operation)) return result;
  return { ...result, repeat: { call: callKey(call.group, call.targets), token: call.token } };
}
