import * as l10n from '@vscode/l10n';
import type { CloudClient } from '../../client/cloudClient';
import { areKeysRefused, CloudError } from '../../core/cloudError';
import type { Exchange } from '../../core/exchange';
import { isFinal, type FollowedGoal, type RunRecord } from '../../core/followed';
import { chunk } from '../../util/async';
import type { Clock } from '../../util/clock';
import { sha256Of } from '../../util/hash';
import type { Journal } from '../journal/journal';
import type { Pinned } from './accountGuard';
import { afterStop, endOf } from './followedOutcome';
import type { PlanTarget } from './plan';
import { findRun, readRun, type RunReading } from './readRun';
import type { Call, CallRecord } from './record';
import type { TargetResult } from './report';
import { factsOf } from './results';
import { alarm, stopRun } from './run';

export interface FollowOptions {
  readonly client: CloudClient;
  readonly journal: Journal;
  readonly clock: Clock;
}

/** How long until the records are read, and then between two readings, in milliseconds; the last one repeats. */
const readAfterMs = [1_500, ...times(10, 3_000), ...times(12, 5_000), ...times(20, 10_000), 30_000];
/** When the answer was lost, how long until the run is looked for; a cloud can list it late. */
const findAfterMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** Whether the cloud took it on to end something. */
export type StopAnswer = 'accepted' | 'refused' | 'lost';

interface FollowParts {
  readonly record: CallRecord;
  /** Asks the cloud to end what goes on for these resources. */
  readonly end: (call: Call, goal: FollowedGoal, handle: string, ids: readonly string[]) => Promise<StopAnswer>;
}

interface Accepted {
  readonly value: unknown;
  readonly exchange: Exchange;
}

/** A run in the cloud that one call of ours started. */
interface Started {
  readonly call: Call;
  readonly goal: FollowedGoal;
  readonly handle: string;
  readonly answer: Pick<TargetResult, 'requestId' | 'exchangeId'>;
}

interface Pending {
  /** The targets of a call that have no last word yet. */
  readonly open: Set<PlanTarget>;
  /** Those that the cloud may have been asked to stop: the answer can have been lost. */
  readonly asked: Set<PlanTarget>;
  /** Those that it said it would stop. */
  readonly stopped: Set<PlanTarget>;
}

/**
 * Follows what a call started until every resource has its last word or was silent past its deadline. Nothing is ever
 * sent a second time: a run whose answer was lost is looked for by its mark.
 */
export class FollowedCalls {
  constructor(private readonly options: FollowOptions & FollowParts) {}

  /** The call was accepted. Resolves when every target has its result. */
  async begin(call: Call, goal: FollowedGoal, { value, exchange }: Accepted): Promise<void> {
    const handle = goal.handleOf(value);
    const { requestId, id: exchangeId, status } = exchange;
    if (handle !== undefined) return this.watch({ call, goal, handle, answer: { requestId, exchangeId } });
    const message = l10n.t('The answer does not tell the ID of the run.');
    await this.recover(
      call,
      goal,
      new CloudError(message, {
        reason: 'unexpectedAnswer',
        delivery: 'unknown',
        requestId,
        exchangeId,
        status,
      }),
    );
  }

  /** The answer never came: the run is looked for by its mark. Resolves when every target has its result. */
  async recover(call: Call, goal: FollowedGoal, error: CloudError): Promise<void> {
    const { requestId, exchangeId } = error;
    for (const ms of findAfterMs) {
      await this.options.clock.sleep(ms);
      const handles = await this.find(call, goal).catch((): string[] => []);
      const [handle] = handles;
      if (handle === undefined) continue;
      if (handles.length === 1) return this.watch({ call, goal, handle, answer: { requestId, exchangeId } });
      const note = l10n.t(
        'More than one run has the mark of this call: {0}. Look at them in the console.',
        handles.join(', '),
      );
      return this.settle(call, call.targets, (planned) => ({
        ...factsOf(call.group, planned, 'unknown', error),
        note,
      }));
    }
    const note = l10n.t(
      'The answer was lost, and no run with the mark of this call is found. It may still have begun.',
    );
    await this.settle(call, call.targets, (planned) => ({ ...factsOf(call.group, planned, 'unknown', error), note }));
  }

  private async find(call: Call, goal: FollowedGoal): Promise<string[]> {
    return findRun(this.reading(call, call.pinned), goal, call.token);
  }

  private async watch(started: Started): Promise<void> {
    const { call, goal, handle } = started;
    await this.options.journal
      .append({ type: 'followed', run: call.run.id, call: call.id, handle })
      .catch((error: unknown) => stopRun(call.run, error));
    const open = new Set(call.targets);
    const pending: Pending = { open, asked: new Set(), stopped: new Set() };
    const deadline = this.options.clock.now().getTime() + goal.deadlineMs(call.group.answers);
    let isChecked = false;
    let pinned = call.pinned;
    for (let reading = 0; open.size > 0; reading++) {
      await this.wait(started, readAfterMs[reading] ?? readAfterMs.at(-1) ?? 0);
      const failures: unknown[] = [];
      const note = (error: unknown): void => void failures.push(error);
      isChecked ||= (await this.checkContent(started, pinned).catch(note)) === true;
      if (mustStop(call)) await this.stop(started, pending);
      // A reading that fails says nothing of the run.
      await this.read(started, pinned, pending).catch(note);
      if (failures.some(areKeysRefused))
        pinned = await call.run.guard.pin(call.group, { refresh: true }).catch(() => pinned);
      if (goal.repeats === true && isChecked && !mustStop(call)) return this.leave(started, open);
      if (open.size > 0 && this.options.clock.now().getTime() >= deadline) return this.giveUp(started, open);
    }
  }

  /** Until the next reading, or at once when the run is to be stopped. */
  private async wait({ call }: Started, ms: number): Promise<void> {
    const { signal } = call.run.progress;
    await this.options.clock.sleep(ms, signal.aborted ? undefined : signal).catch(() => undefined);
  }

  private async read(started: Started, pinned: Pinned, { open, asked }: Pending): Promise<void> {
    const { call, goal, handle } = started;
    const { known, problem } = await readRun(this.reading(call, pinned), goal.records, goal.records.params(handle));
    const ended: { readonly planned: PlanTarget; readonly record: RunRecord }[] = [];
    for (const planned of open) {
      const said = known.get(planned.target.id);
      if (said === undefined) continue;
      const record = asked.has(planned) && goal.stop.isToldAsFailure ? afterStop(said) : said;
      call.run.tell({ planned, record });
      if (isFinal(record.state)) ended.push({ planned, record });
    }
    for (const { planned } of ended) open.delete(planned);
    const results = new Map(ended.map(({ planned, record }) => [planned, endOf(call.group, planned, record)]));
    await this.settle(
      call,
      [...results.keys()],
      (planned) => ({ ...started.answer, ...results.get(planned) }) as TargetResult,
    );
    if (problem !== undefined) throw problem;
  }

  /** Compares what the cloud keeps with what was confirmed; true once that is settled. */
  private async checkContent({ call, goal, handle }: Started, pinned: Pinned): Promise<boolean> {
    const { known, problem } = await readRun(this.reading(call, pinned), goal.listed, goal.listed.params({ handle }));
    const content = known.get(handle)?.content;
    if (content === undefined && problem !== undefined) throw problem;
    if (content === undefined) return false;
    const [confirmed, kept] = [goal.content(call.group.answers), content].map((bytes) => sha256Of(bytes));
    if (confirmed !== kept)
      alarm(
        call.run,
        l10n.t(
          'The cloud does not keep what was confirmed (SHA-256 {0} instead of {1}), so nothing more is sent and the run is stopped.',
          kept?.slice(0, 12) ?? '',
          confirmed?.slice(0, 12) ?? '',
        ),
      );
    return true;
  }

  /** Ends what still goes on; what comes of it is read as before. A stop that fails is tried again with the next reading. */
  private async stop(started: Started, { open, asked, stopped }: Pending): Promise<void> {
    const { call, goal, handle } = started;
    const left = [...open].filter((planned) => !stopped.has(planned));
    for (const part of chunk(left, goal.stop.idsPerCall)) {
      const ids = part.map(({ target }) => target.id);
      const answer = await this.options.end(call, goal, handle, ids);
      for (const planned of part) {
        if (answer !== 'refused') asked.add(planned);
        if (answer === 'accepted') stopped.add(planned);
      }
    }
  }

  /** The cloud has it as it was confirmed; what repeats is not waited for. */
  private leave({ call, answer, handle }: Started, open: ReadonlySet<PlanTarget>): Promise<void> {
    const note = l10n.t('It goes on until it is stopped, also when VS Code is closed ({0}).', handle);
    const { group } = call;
    return this.settle(call, [...open], (planned) => ({ group, planned, outcome: 'done', ...answer, note }));
  }

  /** Silence past the deadline is never taken for success. */
  private giveUp({ call, answer }: Started, open: ReadonlySet<PlanTarget>): Promise<void> {
    const note = l10n.t('Nothing final was heard of it until the deadline. It may still be going on.');
    return this.settle(call, [...open], (planned) => ({
      group: call.group,
      planned,
      outcome: 'silent',
      ...answer,
      note,
    }));
  }

  private async settle(
    call: Call,
    targets: readonly PlanTarget[],
    result: (planned: PlanTarget) => TargetResult,
  ): Promise<void> {
    if (targets.length === 0) return;
    const results = targets.map((planned) => result(planned));
    await this.options.record.after({ ...call, targets }, results, results[0]?.requestId, 1);
  }

  private reading({ group }: Call, pinned: Pinned): RunReading {
    return { client: this.options.client, pinned, region: group.place.region };
  }
}

/** Sooner or later everything that was started by a run that is not to go on must end. */
function mustStop({ run }: Call): boolean {
  return run.mustEnd || run.progress.signal.aborted;
}

function times(count: number, ms: number): number[] {
  return Array.from({ length: count }, () => ms);
}
