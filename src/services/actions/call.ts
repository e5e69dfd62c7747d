import * as l10n from '@vscode/l10n';
import { CloudError } from '../../core/cloudError';
import type { Exchange } from '../../core/exchange';
import type { Item } from '../../core/kind';
import { takesClientToken } from '../../core/operation';
import type { AnswerError } from '../../core/wire';
import type { CallResult } from '../../client/callEngine';
import type { Destroyer } from '../../client/destroyer';
import { documentedError } from '../../client/errorTables';
import type { Clock } from '../../util/clock';
import { CallLooks } from './verify';
import { CallRecord, type Call } from './record';
import { Freshness } from './freshness';
import type { Inventory } from '../inventory/inventory';
import type { Journal } from '../journal/journal';
import type { TargetResult } from './report';
import type { PlanTarget } from './plan';
import { settleAll } from './run';
import { asCloudError, factsOf, isAboutTargets, refusalOutcome } from './results';

export interface RunCallOptions {
  readonly destroyer: Destroyer;
  readonly inventory: Inventory;
  readonly journal: Journal;
  readonly clock: Clock;
}

/** When a resource is still there after a lost answer, how long until it is looked at again, in milliseconds. */
const lookAgainAfterMs = [1_000, 2_000, 4_000];

/**
 * Sends one call and finds out what became of its targets: written down before it is sent, never believed without an
 * answer, resolved by reading when the answer is lost. Only the run engine may use it.
 */
export class CallRunner {
  private readonly looks: CallLooks;
  private readonly record: CallRecord;

  constructor(private readonly options: RunCallOptions) {
    this.looks = new CallLooks(options);
    this.record = new CallRecord(options);
  }

  /** The targets as the reviewed owner sees them now. Rejects with `CloudError`. */
  read(
    call: Pick<Call, 'group' | 'pinned'>,
    targets: readonly PlanTarget[],
    signal: AbortSignal,
  ): Promise<Map<string, Item>> {
    return this.looks.read(call, targets, signal);
  }

  /** Resolves when every target of the call has its result. */
  async run(call: Call): Promise<void> {
    if (await this.record.before(call)) return this.sendRecorded(call);
    const error = new CloudError(call.run.stopped ?? '', { reason: 'invalid', delivery: 'notSent' });
    settleAll(call.run, call.group, call.targets, { outcome: 'notSent', error });
  }

  private async sendRecorded(call: Call): Promise<void> {
    let success: CallResult;
    const gate = new Freshness(call, { looks: this.looks, clock: this.options.clock });
    try {
      success = await this.call(call, gate);
    } catch (error) {
      const failure = asCloudError(error);
      if (failure.delivery === 'unknown') await this.resolve(call, failure);
      else if (gate.results !== undefined) await this.record.after(call, gate.results, undefined, failure.attempts);
      // A repeat that is refused says nothing about the first call, which may be why: "it is just being deleted".
      else if (call.repeated && !isGone(call, failure)) await this.lookAgain(call, failure);
      else await this.record.after(call, await this.readRefusal(call, failure), failure.requestId, failure.attempts);
      return;
    }
    await this.readSuccess(call, success);
  }

  private call(call: Call, freshness: Freshness): Promise<CallResult> {
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
      freshness,
    });
  }

  /** A success as a whole can hold failures one by one; what it does not name is looked at before it is believed. */
  private async readSuccess(call: Call, { value, exchange }: CallResult): Promise<void> {
    const said = call.group.action.outcomes?.(value);
    const isSettled = (t: PlanTarget): boolean => said === undefined || settles(call, said, t.target.id);
    const named = call.targets.filter(isSettled);
    const missing = call.targets.filter((t) => !isSettled(t));
    const results = named.map((planned) => namedResult(call, planned, said?.get(planned.target.id), exchange));
    const settled = await this.looks.follow(call, results);
    if (named.length > 0)
      await this.record.after({ ...call, targets: named }, settled, exchange.requestId, exchange.attempts);
    if (missing.length === 0) return;
    const facts = {
      reason: 'unexpectedAnswer',
      delivery: 'unknown',
      requestId: exchange.requestId,
      exchangeId: exchange.id,
      ...(exchange.status === undefined ? {} : { status: exchange.status }),
    } as const;
    await this.resolve(
      { ...call, targets: missing, repeated: true },
      new CloudError(l10n.t('The answer does not mention it.'), facts),
    );
  }

  private async readRefusal(call: Call, error: CloudError): Promise<TargetResult[]> {
    const { group, targets } = call;
    const single = targets.length === 1;
    if (isGone(call, error)) {
      // After a lost answer the repeat finds nothing to delete: the first call did it.
      return targets.map((planned) => factsOf(group, planned, call.repeated ? 'deleted' : 'alreadyGone', error));
    }
    if (!single && group.action.allOrNothing && error.delivery === 'answered' && isAboutTargets(error))
      return this.looks.blame(call, error);
    return targets.map((planned) => factsOf(group, planned, refusalOutcome(error), error));
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
      if (left.length === call.sent.length && (await this.record.before(repeat))) return this.sendRecorded(repeat);
    }
    await this.lookAgain({ ...call, targets: left }, error);
  }

  /** Settles the targets that are gone; the others are returned. Undefined when all are settled. */
  private async confirmGone(call: Call, error: CloudError): Promise<readonly PlanTarget[] | undefined> {
    const found = await this.looks.read(call, call.targets).catch(() => undefined);
    if (found === undefined) {
      await this.record.after(
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
    if (gone.length > 0) await this.record.after({ ...call, targets: gone }, results, error.requestId, error.attempts);
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
    await this.record.after(
      { ...call, targets: left },
      left.map((planned) => ({ ...factsOf(call.group, planned, 'unknown', error), note })),
      error.requestId,
      error.attempts,
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
