import * as l10n from '@vscode/l10n';
import type { CloudClient } from '../../client/cloudClient';
import type { CloudError } from '../../core/cloudError';
import type { HostRecords } from '../../core/followed';
import type { Item } from '../../core/item';
import { abortedAfter } from '../../util/abort';
import type { Clock } from '../../util/clock';
import type { Inventory } from '../inventory/inventory';
import type { Outcome } from '../journal/outcome';
import { progressOf, type GoalProgress } from './goal';
import { hostNumbers, hostsBefore, type HostsBefore } from './hostNumbers';
import type { PlanGroup, PlanTarget } from './plan';
import type { RunReading } from './readRun';
import { readTargets } from './readTargets';
import type { Call } from './record';
import type { TargetResult } from './report';
import { factsOf, refusedNow } from './results';
import { namesOf, working } from './run';

/** After an accepted call, how long until the resources are looked at again, in milliseconds. */
const followAfterMs = {
  gone: [500, 1_500, 3_000, 5_000, 10_000, 10_000],
  state: [1_000, 2_000, 3_000, 5_000, 5_000, 10_000, 10_000, 15_000, 30_000, 30_000],
  /** The cloud carries it out at once; only its lists can lag behind. */
  atOnce: [0, 500, 1_500, 3_000],
} as const;

/** How long the last look after a Cancel may take, in milliseconds. */
const lastLookMs = 5_000;

/** What is concluded from reading the targets of a call again. Every reading is done with the keys of the call. */
export class CallLooks {
  constructor(
    private readonly options: { readonly inventory: Inventory; readonly clock: Clock; readonly client: CloudClient },
  ) {}

  /** The targets as the reviewed owner sees them now: another one would not find them. Rejects with `CloudError`. */
  read(
    { group, pinned }: Pick<Call, 'group' | 'pinned'>,
    targets: readonly PlanTarget[],
    signal?: AbortSignal,
  ): Promise<Map<string, Item>> {
    return readTargets(
      this.options.inventory,
      group,
      targets.map((t) => t.target.id),
      { account: pinned.account, signal, isReviewed: true },
    );
  }

  /** How far each target is now; `seen` gathers those that were seen under way. Undefined where it cannot be read. */
  async look(
    call: Call,
    {
      targets,
      seen,
      signal,
    }: { readonly targets: readonly PlanTarget[]; readonly seen: Seen; readonly signal?: AbortSignal | undefined },
  ): Promise<ReadonlyMap<PlanTarget, GoalProgress> | undefined> {
    const found = await this.read(call, targets, signal).catch(() => undefined);
    if (found === undefined) return undefined;
    return new Map(
      targets.map((planned) => {
        const progress = progressOf(call.group.action, found.get(planned.target.id), {
          answers: call.group.answers,
          before: planned.item,
          seenUnderWay: seen.has(planned),
        });
        if (progress === 'underWay') seen.add(planned);
        return [planned, progress];
      }),
    );
  }

  /** Where an answer is no proof, looks until it has come true; where it has not by then, the call is `accepted`. */
  async follow(call: Call, results: readonly TargetResult[], before?: HostsBefore): Promise<readonly TargetResult[]> {
    const intervals = intervalsFor(call.group);
    const left = new Set(results.filter((r) => r.outcome === 'done').map((r) => r.planned));
    const vanished = new Set<PlanTarget>();
    const seen: Seen = new Set();
    let looked = false;
    const { signal } = call.run.progress;
    // Cancel waits for nothing that takes long, and looks once at what was accepted.
    const halt = call.group.action.goal.settlesLater ? signal : undefined;
    const patience = halt && abortedAfter(halt, { ms: lastLookMs, clock: this.options.clock });
    let looks = 0;
    let numbers: string | undefined;
    for (const ms of intervals) {
      if (left.size === 0 || (looks > 0 && halt?.aborted === true)) break;
      if (looks > 0) working(call.run, waitingWords(call, [...left], numbers));
      if (ms > 0) await this.options.clock.sleep(ms, halt).catch(() => undefined);
      looks++;
      const now = await this.look(call, { targets: [...left], seen, signal: patience });
      looked ||= now !== undefined;
      for (const [planned, progress] of now ?? []) {
        if (progress === 'reached' || progress === 'vanished') left.delete(planned);
        if (progress === 'vanished') vanished.add(planned);
      }
      numbers = (await this.numbers(call, before)) ?? numbers;
    }
    if (intervals.length === 0) return results;
    const note = [openNote(call.group, looked), ...(numbers === undefined ? [] : [numbers])].join(' ');
    return results.map((r) => {
      if (vanished.has(r.planned)) return { ...r, outcome: 'failed', note: l10n.t('It no longer exists.') };
      if (left.has(r.planned)) return { ...r, outcome: 'accepted', note };
      return numbers === undefined || r.outcome !== 'done' ? r : { ...r, note: numbers };
    });
  }

  /** Which hosts of what is to be stopped had ended before; undefined where it goes on on no hosts, or cannot be read. */
  async hostsBefore(call: Call): Promise<HostsBefore | undefined> {
    const asked = hostsOf(call);
    return asked && hostsBefore(this.reading(call), asked.hosts, asked.handle);
  }

  private async numbers(call: Call, before: HostsBefore | undefined): Promise<string | undefined> {
    const asked = hostsOf(call);
    return asked && hostNumbers(this.reading(call), asked.hosts, { handle: asked.handle, before });
  }

  private reading({ group, pinned }: Call): RunReading {
    return { client: this.options.client, pinned, region: group.place.region };
  }

  /**
   * Clouds have many words for "it is not there", and refuse what another deletes at the same moment with words of their
   * own: what was refused and is gone needs no call any more.
   */
  async withoutGone(call: Call, results: readonly TargetResult[]): Promise<TargetResult[]> {
    const refused = results.filter(({ outcome }) => outcome === 'refused').map(({ planned }) => planned);
    if (call.group.action.goal.type !== 'gone' || refused.length === 0) return [...results];
    const now = await this.look(call, { targets: refused, seen: new Set() });
    return results.map((result) =>
      now?.get(result.planned) === 'reached' ? { ...result, outcome: 'already', advice: undefined } : result,
    );
  }

  /** One bad id made the cloud refuse the whole call: finds which, so that the others are not called failures. */
  async culprits(call: Call, error: CloudError): Promise<TargetResult[]> {
    const { group, targets } = call;
    const found = await this.read(call, targets).catch(() => undefined);
    const now = this.options.clock.now();
    const culprits = new Map<string, Outcome>();
    for (const { target } of targets) {
      const item = found?.get(target.id);
      if (found !== undefined && item === undefined)
        culprits.set(target.id, group.action.goal.type === 'gone' ? 'already' : 'refused');
      else if (error.message.includes(target.id)) culprits.set(target.id, 'refused');
      else if (item !== undefined && refusedNow(group, item, now)) culprits.set(target.id, 'refused');
    }
    if (culprits.size === 0) {
      const note = l10n.t(
        'The cloud refused the call for all {0} together and does not say which of them is the reason.',
        targets.length,
      );
      return targets.map((planned) => ({ ...factsOf(group, planned, 'refused', error), note }));
    }
    return targets.map((planned): TargetResult => {
      const outcome = culprits.get(planned.target.id);
      if (outcome !== undefined) return factsOf(group, planned, outcome, error);
      const message = l10n.t('Not touched: the cloud refused the whole call because of another instance.');
      return { group, planned, outcome: 'notSent', message, exchangeId: error.exchangeId };
    });
  }
}

/** The one thing of a call that goes on on hosts. */
function hostsOf({ group, targets: [first, ...others] }: Call): { hosts: HostRecords; handle: string } | undefined {
  const { goal } = group.action;
  if (goal.type !== 'state' || goal.hosts === undefined || first === undefined || others.length > 0) return undefined;
  return { hosts: goal.hosts, handle: first.target.id };
}

function waitingWords(call: Call, left: readonly PlanTarget[], numbers: string | undefined): string {
  return numbers === undefined
    ? l10n.t('{0}: accepted, waiting until it takes effect', namesOf(left))
    : l10n.t('{0}: accepted, waiting until it takes effect. {1}', namesOf(left), numbers);
}

/** Targets that were seen on their way since the call was sent. */
export type Seen = Set<PlanTarget>;

function intervalsFor({ action: { goal } }: PlanGroup): readonly number[] {
  if (goal.type === 'state' || goal.type === 'created')
    return goal.settlesLater ? followAfterMs.state : followAfterMs.atOnce;
  return goal.settlesLater ? followAfterMs.gone : [];
}

function openNote({ action: { goal } }: PlanGroup, looked: boolean): string {
  if (goal.type === 'gone')
    return looked
      ? l10n.t('At the last check it still existed.')
      : l10n.t('It could not be checked whether it still exists.');
  return looked
    ? l10n.t('At the last check it had not taken effect yet.')
    : l10n.t('It could not be checked whether it has taken effect.');
}
