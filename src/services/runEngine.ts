import * as l10n from '@vscode/l10n';
import { CloudError } from '../core/cloudError';
import type { Exchange } from '../core/exchange';
import type { Item } from '../core/kind';
import { takesClientToken } from '../core/operation';
import { redactData } from '../core/redact';
import type { AnswerError } from '../core/wire';
import type { CallResult } from '../client/callEngine';
import type { Destroyer } from '../client/destroyer';
import { documentedError } from '../client/errorTables';
import { chunk, forEachLimited } from '../util/async';
import type { Clock } from '../util/clock';
import type { AccountGuard, Pinned } from './accountGuard';
import type { Inventory } from './inventory';
import type { Journal } from './journal';
import type { Outcome, RunReport, TargetResult } from './outcome';
import { runnableOf, type Plan, type PlanGroup, type PlanTarget } from './plan';
import type { Clouds, Progress } from './ports';

export interface RunEngineOptions {
  readonly destroyer: Destroyer;
  readonly inventory: Inventory;
  readonly clouds: Clouds;
  /** A new one for each run, so that each run asks anew whose keys it uses. */
  readonly newGuard: () => AccountGuard;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Calls of one group in flight; the account's throttle bounds and paces all of them together. */
const callsAtOnce = 4;
/** Targets that are read again together just before they are sent; small, so that the reading is fresh. */
const recheckAtOnce = 20;
/** When a resource is still there after a lost answer, how long until it is looked at again, in milliseconds. */
const lookAgainAfterMs = [1_000, 2_000, 4_000];

/** After an accepted call, how long until the resources are looked at again, in milliseconds. */
const followAfterMs = [500, 1_500, 3_000, 5_000];

/** One run in progress. */
interface Run {
  readonly id: string;
  readonly plan: Plan;
  readonly progress: Progress;
  readonly guard: AccountGuard;
  readonly results: TargetResult[];
  /** Tokens of earlier calls whose answer never came, by `callKey`. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Targets whose outcome stands in an `after` record. */
  readonly written: Set<PlanTarget>;
  readonly total: number;
  calls: number;
  /** Set when nothing further may be sent, although nobody cancelled. */
  stopped: string | undefined;
}

/**
 * Carries out a confirmed plan: reads each target again, writes the intent down, sends, and says honestly what became
 * of it. Only the gate may start it.
 */
export class RunEngine {
  constructor(private readonly options: RunEngineOptions) {}

  /**
   * Never rejects for what a cloud does: every target of the plan has exactly one result. With `tokens`, a call that
   * was made before and never answered is repeated under its old client token.
   */
  async run(plan: Plan, progress: Progress, tokens: ReadonlyMap<string, string> = new Map()): Promise<RunReport> {
    const { clock, newId } = this.options;
    const startedAt = clock.now();
    const total = plan.groups.reduce((sum, group) => sum + runnableOf(group).length, 0);
    const run: Run = {
      id: newId(),
      plan,
      progress,
      guard: this.options.newGuard(),
      results: [],
      tokens,
      written: new Set(),
      total,
      calls: 0,
      stopped: undefined,
    };
    await this.open(run);
    for (const group of plan.groups) this.keepUnsendable(run, group);
    await forEachLimited(plan.groups, 4, (group) => this.runGroup(run, group));
    const cancelled = progress.signal.aborted;
    await this.close(run, cancelled);
    this.showChanges(plan);
    return {
      run: run.id,
      planHash: plan.hash,
      startedAt,
      endedAt: clock.now(),
      cancelled,
      results: run.results,
      stopped: run.stopped,
    };
  }

  /** Without a journal nothing is sent. */
  private async open(run: Run): Promise<void> {
    const title = run.plan.groups.map((g) => g.action.words.question(g.targets.length)).join(' ');
    try {
      await this.options.journal.append({ type: 'run', run: run.id, plan: run.plan.hash, count: run.total, title });
    } catch (error) {
      stop(run, error);
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
      }));
    try {
      await this.options.journal.append({ type: 'ended', run: run.id, cancelled, unsent });
    } catch (error) {
      stop(run, error);
    }
  }

  /** Targets that the plan itself already rules out get their result without any call. */
  private keepUnsendable(run: Run, group: PlanGroup): void {
    const sendable = new Set(runnableOf(group));
    for (const planned of group.targets) {
      if (sendable.has(planned)) continue;
      if (planned.verdict === 'gone') this.settle(run, { group, planned, outcome: 'alreadyGone' });
      else this.settle(run, { group, planned, outcome: 'notSent', message: group.forbidden ?? reasons(planned) });
    }
  }

  private async runGroup(run: Run, group: PlanGroup): Promise<void> {
    const { idsPerCall } = group.action;
    const size = idsPerCall === 1 ? Math.min(recheckAtOnce, group.kind.lookup.idsPerCall) : idsPerCall;
    const lanes = idsPerCall === 1 ? 2 : 1;
    await forEachLimited(chunk(runnableOf(group), size), lanes, async (batch) => {
      const unchanged = await this.recheck(run, group, batch);
      await forEachLimited(chunk(unchanged, idsPerCall), callsAtOnce / lanes, (targets) =>
        this.send(run, group, targets),
      );
    });
  }

  /** Reads the targets again; those that are gone or not what was reviewed stop here. */
  private async recheck(run: Run, group: PlanGroup, batch: readonly PlanTarget[]): Promise<PlanTarget[]> {
    if (this.mayNotSend(run, group, batch)) return [];
    let found: ReadonlyMap<string, Item>;
    try {
      found = await this.read(group, batch, run.progress.signal);
    } catch (error) {
      const failure = asCloudError(error);
      const outcome = failure.reason === 'cancelled' ? 'notSent' : 'failed';
      this.settleAll(
        run,
        group,
        batch,
        outcome,
        failure,
        l10n.t('It could not be read again just before the call, so it was not sent.'),
      );
      return [];
    }
    return batch.filter((planned) => {
      const item = found.get(planned.target.id);
      if (item === undefined)
        this.settle(run, {
          group,
          planned,
          outcome: 'alreadyGone',
          note: l10n.t('It was gone before the call was sent.'),
        });
      else {
        const difference = differenceOf(group, planned, item);
        if (difference === undefined) return true;
        this.settle(run, { group, planned, outcome: 'changed', message: difference });
      }
      return false;
    });
  }

  private async send(run: Run, group: PlanGroup, targets: readonly PlanTarget[]): Promise<void> {
    if (this.mayNotSend(run, group, targets)) return;
    const pinned = await this.pin(run, group, targets);
    if (pinned === undefined) return;
    const token = run.tokens.get(callKey(group, targets)) ?? this.options.newId();
    const call: Call = { run, group, targets, pinned, id: String(++run.calls), token, repeated: false };
    if (await this.record(call)) return this.sendRecorded(call);
    this.settleAll(
      run,
      group,
      targets,
      'notSent',
      new CloudError(run.stopped ?? '', { reason: 'invalid', delivery: 'notSent' }),
    );
  }

  private async sendRecorded(call: Call): Promise<void> {
    let success: CallResult;
    try {
      success = await this.call(call);
    } catch (error) {
      const failure = asCloudError(error);
      if (failure.delivery === 'unknown') await this.resolve(call, failure);
      // A repeat that did not get through says nothing about the first call.
      else if (call.repeated && !isAboutTargets(failure)) await this.lookAgain(call, failure);
      else await this.finish(call, await this.readRefusal(call, failure), failure.requestId, 1);
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
    const isNamed = (t: PlanTarget): boolean => said === undefined || said.has(t.target.id);
    const named = call.targets.filter(isNamed);
    const missing = call.targets.filter((t) => !isNamed(t));
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

  /** Where the cloud only accepted the call, looks until the resources are gone, and says so if they are not yet. */
  private async follow(call: Call, results: readonly TargetResult[]): Promise<readonly TargetResult[]> {
    if (!call.group.action.settlesLater) return results;
    let left = results.filter((r) => r.outcome === 'deleted').map((r) => r.planned);
    for (const ms of followAfterMs) {
      if (left.length === 0 || call.run.progress.signal.aborted) break;
      await this.options.clock.sleep(ms, call.run.progress.signal).catch(() => undefined);
      const found = await this.read(call.group, left).catch(() => undefined);
      if (found !== undefined) left = left.filter((t) => found.has(t.target.id));
    }
    const note = l10n.t('The cloud accepted it; when last looked at it was still being carried out.');
    return results.map((r) => (left.includes(r.planned) ? { ...r, note } : r));
  }

  private async readRefusal(call: Call, error: CloudError): Promise<TargetResult[]> {
    const { group, targets } = call;
    const single = targets.length === 1;
    const gone = error.code !== undefined && group.action.goneCodes.includes(error.code);
    if (gone && single) {
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
    const found = await this.read(group, targets).catch(() => undefined);
    const now = this.options.clock.now();
    const guilty = new Map<string, Outcome>();
    for (const { target } of targets) {
      const item = found?.get(target.id);
      if (found !== undefined && item === undefined) guilty.set(target.id, 'alreadyGone');
      else if (error.message.includes(target.id)) guilty.set(target.id, 'refused');
      else if (item !== undefined && refusedNow(group, item, now)) guilty.set(target.id, 'refused');
    }
    return targets.map((planned): TargetResult => {
      const outcome = guilty.size === 0 ? 'refused' : guilty.get(planned.target.id);
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
    const found = await this.read(call.group, call.targets).catch(() => undefined);
    if (found === undefined) {
      await this.finish(
        call,
        call.targets.map((planned) => factsOf(call.group, planned, 'unknown', error)),
        error.requestId,
        1,
      );
      return undefined;
    }
    const left = call.targets.filter((t) => found.has(t.target.id));
    const gone = call.targets.filter((t) => !found.has(t.target.id));
    const note = l10n.t('The answer was lost; reading afterwards shows that it is gone.');
    const results = gone.map((planned): TargetResult => ({ ...factsOf(call.group, planned, 'deleted', error), note }));
    if (gone.length > 0) await this.finish({ ...call, targets: gone }, results, error.requestId, 1);
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
    const note = l10n.t(
      'The answer was lost and it is still there. The call may still take effect: check again before repeating it.',
    );
    await this.finish(
      { ...call, targets: left },
      left.map((planned) => ({ ...factsOf(call.group, planned, 'unknown', error), note })),
      error.requestId,
      1,
    );
  }

  private async pin(run: Run, group: PlanGroup, targets: readonly PlanTarget[]): Promise<Pinned | undefined> {
    try {
      return await run.guard.pin(group, run.progress.signal);
    } catch (error) {
      const failure = asCloudError(error);
      this.settleAll(
        run,
        group,
        targets,
        failure.reason === 'cancelled' || failure.reason === 'invalid' ? 'notSent' : 'failed',
        failure,
      );
      return undefined;
    }
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
      stop(run, error);
      return false;
    }
  }

  private async finish(
    call: Call,
    results: readonly TargetResult[],
    requestId: string | undefined,
    attempts: number,
  ): Promise<void> {
    for (const result of results) this.settle(call.run, withRepeat(call, result));
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
      stop(call.run, error);
    }
    const gone = results
      .filter((r) => r.outcome === 'deleted' || r.outcome === 'alreadyGone')
      .map((r) => r.planned.target.id);
    this.options.inventory.forget(call.group.place, call.group.kind.id, gone);
  }

  private mayNotSend(run: Run, group: PlanGroup, targets: readonly PlanTarget[]): boolean {
    const why = run.stopped ?? (run.progress.signal.aborted ? l10n.t('Cancelled before it was sent.') : undefined);
    if (why === undefined) return false;
    for (const planned of targets) this.settle(run, { group, planned, outcome: 'notSent', message: why });
    return true;
  }

  private settleAll(
    run: Run,
    group: PlanGroup,
    targets: readonly PlanTarget[],
    outcome: Outcome,
    error: CloudError,
    note?: string,
  ): void {
    for (const planned of targets) this.settle(run, { ...factsOf(group, planned, outcome, error), note });
  }

  private settle(run: Run, result: TargetResult): void {
    run.results.push(result);
    const done = run.results.length;
    run.progress.report({ done: Math.min(done, run.total), total: run.total, text: result.planned.name });
  }

  private read(group: PlanGroup, targets: readonly PlanTarget[], signal?: AbortSignal): Promise<Map<string, Item>> {
    const { inventory } = this.options;
    return inventory.lookup(
      group.place,
      group.kind.id,
      targets.map((t) => t.target.id),
      signal,
    );
  }

  /** Other lists of the place may show what changed: an activation counts its instances. */
  private showChanges(plan: Plan): void {
    const { clouds, inventory } = this.options;
    for (const group of plan.groups) {
      const others = clouds.provider(group.place.provider).kinds.filter((k) => k.id !== group.kind.id);
      for (const { id } of others) {
        if (inventory.peek(group.place, id) === undefined) continue;
        // Failing is shown in the list itself; only an account that went away meanwhile rejects.
        void inventory.refresh({ place: group.place, kind: id }).catch(() => undefined);
      }
    }
  }
}

interface Call {
  readonly run: Run;
  readonly group: PlanGroup;
  readonly targets: readonly PlanTarget[];
  readonly pinned: Pinned;
  readonly id: string;
  readonly token: string;
  readonly repeated: boolean;
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

/** The same text for the same call and no other. */
function callKey(group: PlanGroup, targets: readonly PlanTarget[]): string {
  const { action, place, options } = group;
  return JSON.stringify([
    place,
    action.operation.action,
    action.params(
      targets.map((t) => t.target.id),
      options,
    ),
  ]);
}

/** What is not as it was reviewed, in words; undefined when everything is. */
function differenceOf(group: PlanGroup, planned: PlanTarget, item: Item): string | undefined {
  if (planned.item === undefined) return l10n.t('It could not be reviewed before. Make a new plan.');
  const now = group.kind.fingerprint(item);
  const names = [...new Set([...Object.keys(planned.fingerprint), ...Object.keys(now)])];
  const changed = names.filter((name) => planned.fingerprint[name] !== now[name]);
  if (changed.length === 0) return undefined;
  const details = changed.map((name) => `${name}: ${planned.fingerprint[name] ?? '–'} → ${now[name] ?? '–'}`);
  return l10n.t('Changed since it was reviewed: {0}', details.join('; '));
}

function refusedNow(group: PlanGroup, item: Item, now: Date): boolean {
  const findings = group.action.findings(item, now);
  return findings.some(
    (f) => f.level === 'refused' && (f.liftedBy === undefined || group.options[f.liftedBy] !== true),
  );
}

function isAboutTargets(error: CloudError): boolean {
  return CloudError.is(error, 'notFound', 'conflict', 'invalid');
}

function refusalOutcome(error: CloudError): Outcome {
  if (error.reason === 'cancelled') return 'notSent';
  return CloudError.is(error, 'permission', 'notFound', 'conflict', 'invalid', 'quota') ? 'refused' : 'failed';
}

function factsOf(group: PlanGroup, planned: PlanTarget, outcome: Outcome, error: CloudError): TargetResult {
  const { code, message, advice, requestId, exchangeId } = error;
  return { group, planned, outcome, code, message, advice, requestId, exchangeId };
}

function outcomeOf(result: TargetResult) {
  const { outcome, code, message, advice, note } = result;
  return { id: result.planned.target.id, outcome, code, message, advice, note };
}

function reasons(planned: PlanTarget): string {
  return planned.findings
    .filter((f) => f.level === 'refused')
    .map((f) => f.text)
    .join(' ');
}

function asCloudError(error: unknown): CloudError {
  if (CloudError.is(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CloudError(message, { reason: 'invalid', delivery: 'notSent', cause: error });
}

function stop(run: Run, error: unknown): void {
  const detail = error instanceof Error ? error.message : String(error);
  run.stopped ??= l10n.t('The journal could not be written, so nothing more was sent: {0}', detail);
}

function redactParams(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // What goes in is an object of parameters, so what comes out is one.
  return redactData(params) as Record<string, unknown>;
}

function redactItem(item: Item | undefined): Item | undefined {
  return item === undefined ? undefined : redactParams(item);
}
