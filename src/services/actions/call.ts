import * as l10n from '@vscode/l10n';
import type { CallResult } from '../../client/callEngine';
import { documentedError } from '../../client/errorTables';
import type { Sender } from '../../client/sender';
import { CloudError } from '../../core/cloudError';
import type { Exchange } from '../../core/exchange';
import type { FollowedGoal } from '../../core/followed';
import type { Item } from '../../core/item';
import { takesClientToken } from '../../core/operation';
import type { AnswerError } from '../../core/wire';
import type { Inventory } from '../inventory/inventory';
import type { Outcome } from '../journal/outcome';
import { FollowedCalls, type FollowOptions, type StopAnswer } from './follow';
import { Freshness } from './freshness';
import type { GoalProgress } from './goal';
import type { HostsBefore } from './hostNumbers';
import type { PlanTarget } from './plan';
import { CallRecord, paramsOf, type Call } from './record';
import type { TargetResult } from './report';
import { asCloudError, factsOf, isAboutTargets, refusalOutcome } from './results';
import { namesOf, settleAll, working } from './run';
import { CallLooks, type Seen } from './verify';

export interface RunCallOptions extends FollowOptions {
  readonly sender: Sender;
  readonly inventory: Inventory;
}

/** When nothing shows an effect after a lost answer, how long until it is looked at again, in milliseconds. */
const lookAgainAfterMs = [1_000, 2_000, 4_000];
/** How much longer it is looked at while the effect is seen under way. */
const underWayAfterMs = [5_000, 10_000, 15_000, 30_000, 30_000];

/**
 * Sends one call and finds out what became of its targets: written down before it is sent, never believed without an
 * answer, resolved by reading when the answer is lost. Only the run engine may use it.
 */
export class CallRunner {
  private readonly looks: CallLooks;
  private readonly record: CallRecord;
  private readonly followed: FollowedCalls;

  constructor(private readonly options: RunCallOptions) {
    this.looks = new CallLooks(options);
    this.record = new CallRecord(options);
    this.followed = new FollowedCalls({ ...options, record: this.record, end: (...asked) => this.end(...asked) });
  }

  /** The targets as the reviewed owner sees them now. Rejects with `CloudError`. */
  read(
    call: Pick<Call, 'group' | 'pinned'>,
    targets: readonly PlanTarget[],
    signal: AbortSignal,
  ): Promise<Map<string, Item>> {
    return this.looks.read(call, targets, signal);
  }

  /** Resolves when every target of the call has its result, or is being followed (`Run.following`). */
  async run(call: Call): Promise<void> {
    if (await this.record.before(call)) return this.sendRecorded(call);
    const error = new CloudError(call.run.stopped ?? '', { reason: 'invalid', delivery: 'notSent' });
    settleAll(call.run, call.group, call.targets, { outcome: 'notSent', error });
  }

  private async sendRecorded(call: Call): Promise<void> {
    let success: CallResult;
    const before = await this.looks.hostsBefore(call);
    const gate = new Freshness(call, { looks: this.looks, clock: this.options.clock });
    try {
      success = await this.call(call, gate);
    } catch (error) {
      const failure = asCloudError(error);
      const { goal } = call.group.action;
      if (failure.delivery === 'unknown' && goal.type === 'followed')
        this.follow(call, this.followed.recover(call, goal, failure));
      else if (failure.delivery === 'unknown') await this.resolve(call, failure);
      else if (gate.results !== undefined) await this.record.after(call, gate.results, undefined, failure.attempts);
      // A repeat that is refused says nothing about the first call, which may be why: "it is just being deleted".
      else if (call.repeated && !isAlready(call, failure)) await this.lookAgain(call, failure);
      else await this.record.after(call, await this.readRefusal(call, failure), failure.requestId, failure.attempts);
      return;
    }
    const { goal } = call.group.action;
    if (goal.type === 'followed') this.follow(call, this.followed.begin(call, goal, success));
    else await this.readSuccess(call, success, before);
  }

  /** Others are sent meanwhile; the run waits for all of it. */
  private follow({ run }: Call, following: Promise<void>): void {
    run.following.push(following);
  }

  private call(call: Call, freshness: Freshness): Promise<CallResult> {
    const { group, pinned, run, token } = call;
    const { action, place } = group;
    const ids = call.targets.map((t) => t.target.id);
    return this.options.sender.send(run.permit, {
      provider: pinned.provider,
      account: pinned.account,
      region: place.region,
      operation: action.operation,
      params: paramsOf(call),
      clientToken: token,
      repeat: call.resent === true,
      ids,
      subject: ids.length === 1 ? ids[0] : l10n.t('{0} resources', ids.length),
      stop: run.progress.signal,
      freshness,
    });
  }

  /** A stop that fails is tried again with the next reading. */
  private async end(
    { run, group, pinned }: Call,
    { stop: { operation, params } }: FollowedGoal,
    handle: string,
    ids: readonly string[],
  ): Promise<StopAnswer> {
    const { provider, account } = pinned;
    const request = { provider, account, region: group.place.region, operation, params: params(handle, ids) };
    try {
      await this.options.sender.send(run.permit, { ...request, clientToken: '', ids, subject: handle });
      return 'accepted';
    } catch (error) {
      if (!CloudError.is(error)) throw error;
      return error.delivery === 'unknown' ? 'lost' : 'refused';
    }
  }

  /** A success as a whole can hold failures one by one; what it does not name is looked at before it is believed. */
  private async readSuccess(
    call: Call,
    { value, exchange }: CallResult,
    before: HostsBefore | undefined,
  ): Promise<void> {
    const said = call.group.action.outcomes?.(value);
    const isSettled = (t: PlanTarget): boolean => said === undefined || settles(call, said, t.target.id);
    const named = call.targets.filter(isSettled);
    const missing = call.targets.filter((t) => !isSettled(t));
    const results = named.map((planned) => namedResult(call, planned, said?.get(planned.target.id), exchange));
    const settled = await this.looks.follow(call, await this.looks.withoutGone(call, results), before);
    if (named.length > 0)
      await this.record.after({ ...call, targets: named }, settled, exchange.requestId, exchange.attempts);
    if (missing.length === 0) return;
    const facts = {
      reason: 'unexpectedAnswer',
      delivery: 'unknown',
      requestId: exchange.requestId,
      exchangeId: exchange.id,
      status: exchange.status,
    } as const;
    await this.resolve(
      { ...call, targets: missing, repeated: true },
      new CloudError(l10n.t('The answer does not mention it.'), facts),
    );
  }

  private async readRefusal(call: Call, error: CloudError): Promise<TargetResult[]> {
    const { group, targets } = call;
    const single = targets.length === 1;
    if (isAlready(call, error)) {
      // After a lost answer the repeat finds nothing left to do: the first call did it.
      return targets.map((planned) => factsOf(group, planned, call.repeated ? 'done' : 'already', error));
    }
    if (!single && group.action.ids.allOrNothing === true && error.delivery === 'answered' && isAboutTargets(error))
      return this.looks.culprits(call, error);
    const results = targets.map((planned) => factsOf(group, planned, refusalOutcome(error), error));
    return single && isAboutTargets(error) ? this.looks.withoutGone(call, results) : results;
  }

  /**
   * The answer never came. Reads before saying anything; what is still there is asked for once more with the same
   * client token, where the operation has one, so that the cloud answers for the first call.
   */
  private async resolve(call: Call, error: CloudError): Promise<void> {
    const { group, run } = call;
    const seen: Seen = new Set();
    const left = await this.confirm(call, error, seen);
    if (left === undefined) return;
    if (takesClientToken(group.action.operation) && !call.repeated && !run.progress.signal.aborted) {
      const repeat: Call = { ...call, targets: left, repeated: true, resent: true };
      // A token stands for its exact parameters: only the very same call may carry it again.
      if (left.length === call.sent.length && (await this.record.before(repeat))) return this.sendRecorded(repeat);
    }
    await this.lookAgain({ ...call, targets: left }, error, seen);
  }

  /** Settles the targets that have what was asked for; the others are returned. Undefined when all are settled. */
  private async confirm(call: Call, error: CloudError, seen: Seen): Promise<readonly PlanTarget[] | undefined> {
    const now = await this.looks.look(call, { targets: call.targets, seen });
    if (now === undefined) {
      await this.settle(call, call.targets, error, { outcome: 'unknown' });
      return undefined;
    }
    const has = (...wanted: readonly GoalProgress[]): PlanTarget[] =>
      call.targets.filter((t) => wanted.includes(now.get(t) ?? 'open'));
    await this.settle(call, has('reached'), error, { outcome: 'done', note: reachedNote(call, error) });
    await this.settle(call, has('vanished'), error, { outcome: 'failed', note: l10n.t('It no longer exists.') });
    const left = has('open', 'underWay');
    return left.length === 0 ? undefined : left;
  }

  /** Without a token a second call could hit what the first one still does, so only reading is left. */
  private async lookAgain(call: Call, error: CloudError, seen: Seen = new Set()): Promise<void> {
    let left: readonly PlanTarget[] | undefined = call.targets;
    const { signal } = call.run.progress;
    for (const [index, ms] of [...lookAgainAfterMs, ...underWayAfterMs].entries()) {
      // Cancel keeps calls from being sent; what one that is out did is still found out, as far as that takes seconds.
      const isShort = index < lookAgainAfterMs.length;
      if (!isShort && (signal.aborted || !left.some((planned) => seen.has(planned)))) break;
      working(call.run, l10n.t('{0}: the answer was lost, looking what became of it', namesOf(left)));
      await this.options.clock.sleep(ms, isShort ? undefined : signal).catch(() => undefined);
      left = await this.confirm({ ...call, targets: left }, error, seen);
      if (left === undefined) return;
    }
    const underWay = left.filter((planned) => seen.has(planned));
    const note = l10n.t('The answer was lost; reading afterwards shows that it is in progress.');
    await this.settle(call, underWay, error, { outcome: 'accepted', note });
    const open = left.filter((planned) => !seen.has(planned));
    await this.settle(call, open, error, { outcome: 'unknown', note: openNote(call, error) });
  }

  private async settle(
    call: Call,
    targets: readonly PlanTarget[],
    error: CloudError,
    { outcome, note }: { readonly outcome: Outcome; readonly note?: string },
  ): Promise<void> {
    if (targets.length === 0) return;
    const results = targets.map((planned): TargetResult => ({ ...factsOf(call.group, planned, outcome, error), note }));
    await this.record.after({ ...call, targets }, results, error.requestId, error.attempts);
  }
}

function reachedNote({ group }: Call, error: CloudError): string {
  if (group.action.goal.type === 'gone')
    return hasAnswer(error)
      ? l10n.t('The answer left it open; reading afterwards shows that it is gone.')
      : l10n.t('The answer was lost; reading afterwards shows that it is gone.');
  return hasAnswer(error)
    ? l10n.t('The answer left it open; reading afterwards shows that it was carried out.')
    : l10n.t('The answer was lost; reading afterwards shows that it was carried out.');
}

function openNote({ group }: Call, error: CloudError): string {
  if (group.action.goal.type === 'gone')
    return hasAnswer(error)
      ? l10n.t(
          'The answer leaves open whether it was carried out, and it is still there. The call may still take effect: check again before repeating it.',
        )
      : l10n.t(
          'The answer was lost and it is still there. The call may still take effect: check again before repeating it.',
        );
  return hasAnswer(error)
    ? l10n.t(
        'The answer leaves open whether it was carried out, and nothing of the resource shows it. The call may still take effect: check again before repeating it.',
      )
    : l10n.t(
        'The answer was lost and nothing of the resource shows that it was carried out. The call may still take effect: check again before repeating it.',
      );
}

/** Something answered, though not what we asked. */
function hasAnswer({ status }: CloudError): boolean {
  return status !== undefined;
}

/** The cloud says that the one resource of the call has what is asked for: it is not there, or it is so. */
function isAlready({ group, targets }: Call, { code }: CloudError): boolean {
  return targets.length === 1 && code !== undefined && group.action.goal.codes.includes(code);
}

/** Whether the answer settles what became of a target. A repeat that is refused does not: the first call may be why. */
function settles({ group, repeated }: Call, said: ReadonlyMap<string, AnswerError | undefined>, id: string): boolean {
  const error = said.get(id);
  return said.has(id) && (error === undefined || !repeated || group.action.goal.codes.includes(error.code));
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
  if (error === undefined) return { ...base, outcome: 'done' };
  const { code, message } = error;
  // After a lost answer the repeat finds nothing left to do: the first call did it.
  if (group.action.goal.codes.includes(code)) return { ...base, outcome: repeated ? 'done' : 'already', code, message };
  const advice = documentedError(pinned.provider, group.action.operation, code, exchange.status ?? 200)?.advice();
  return { ...base, outcome: 'refused', code, message, advice };
}
