import { reachOf } from '../../core/account';
import { answersKept, paramsKept as keptParams } from '../../core/action';
import { takesClientToken } from '../../core/operation';
import type { Inventory } from '../inventory/inventory';
import type { Journal } from '../journal/journal';
import type { JournalDeed, JournalGroup } from '../journal/records';
import type { Pinned } from './accountGuard';
import { runnableOf, type Plan, type PlanGroup, type PlanTarget } from './plan';
import type { TargetResult } from './report';
import { callKey, outcomeOf, redactAnswers, redactItem, redactParams } from './results';
import { settle, stopRun, type Run } from './run';

/** One call of a run: exactly these targets, with keys of the reviewed owner. */
export interface Call {
  readonly run: Run;
  readonly group: PlanGroup;
  readonly targets: readonly PlanTarget[];
  readonly pinned: Pinned;
  readonly id: string;
  readonly token: string;
  /** The answer to the first sending was lost; this is the same call under the same token. */
  readonly repeated: boolean;
  /** It was sent by this run before, so that this permit covers it only as the very same call. */
  readonly resent?: boolean;
  /** The targets the token stands for; `targets` can be those of them that are still open. */
  readonly sent: readonly PlanTarget[];
  /** When the targets were last found to be as reviewed, in milliseconds since the epoch. */
  readonly checkedAt: number;
}

/** Where and how a group of a plan is about to be acted on. */
function deedOf({ place, account, identity, keyMark, action, answers }: PlanGroup): JournalDeed {
  return {
    provider: place.provider,
    account: {
      id: account.id,
      name: account.name,
      identity: identity?.accountId,
      caller: identity?.caller,
      keyMark,
      reach: reachOf(account),
    },
    region: place.region,
    does: action.id,
    answers: redactAnswers(answersKept(action, answers)),
    action: action.operation.action,
  };
}

/** What was confirmed, so that it is known by name whatever becomes of the run. */
export function writtenGroups({ groups }: Plan): JournalGroup[] {
  return groups.map((group) => {
    const sendable = new Set(runnableOf(group));
    const targets = group.targets.map((planned) => ({
      id: planned.target.id,
      name: planned.name,
      ...(sendable.has(planned) ? {} : { left: true }),
    }));
    return { ...deedOf(group), kind: group.kind.id, targets };
  });
}

/** Writes down what is about to be sent and what became of it. */
export class CallRecord {
  constructor(private readonly options: { readonly inventory: Inventory; readonly journal: Journal }) {}

  /** Writes down what is about to be sent. If that fails nothing is sent, now or later in this run. */
  async before(call: Call): Promise<boolean> {
    const { group, run, targets } = call;
    try {
      await this.options.journal.append({
        type: 'before',
        run: run.id,
        call: call.id,
        ...deedOf(group),
        params: paramsKept(call),
        clientToken: isMarked(group) ? call.token : undefined,
        targets: targets.map((t) => ({
          kind: t.target.kind,
          id: t.target.id,
          name: t.name,
          resource: redactItem(t.item && (group.kind.recorded?.(t.item) ?? t.item)),
        })),
      });
      return true;
    } catch (error) {
      stopRun(run, error);
      return false;
    }
  }

  /** Settles the targets, writes it down, and takes the rows away that are gone. */
  async after(
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
    if (call.group.action.goal.type !== 'gone') return;
    const gone = results.filter((r) => r.outcome === 'done' || r.outcome === 'already').map((r) => r.planned.target.id);
    this.options.inventory.forget(call.group.place, call.group.kind.id, gone);
  }
}

/** The parameters of a call as they are sent. */
export function paramsOf({
  group,
  targets,
  token,
}: Pick<Call, 'group' | 'targets' | 'token'>): Record<string, unknown> {
  const { goal, params } = group.action;
  const ids = targets.map(({ target }) => target.id);
  return goal.type === 'followed' ? goal.marked(ids, group.answers, token) : params(ids, group.answers);
}

/** Whether the call carries its token, as the cloud's client token or as a mark of its own. */
function isMarked({ action }: PlanGroup): boolean {
  return action.goal.type === 'followed' || takesClientToken(action.operation);
}

function paramsKept(call: Call): Record<string, unknown> {
  const params = paramsOf(call);
  return redactParams(keptParams(call.group.action, params));
}

function withRepeat(call: Call, result: TargetResult): TargetResult {
  // What runs somewhere is never sent twice, nor is what makes something, whatever its token promises.
  if (['followed', 'created'].includes(call.group.action.goal.type)) return result;
  if (result.outcome !== 'unknown' || !takesClientToken(call.group.action.operation)) return result;
  // A token stands for its exact parameters: what is left of a call cannot be asked for under it.
  if (call.targets.length !== call.sent.length) return result;
  return { ...result, repeat: { call: callKey(call.group, call.targets), token: call.token } };
}
