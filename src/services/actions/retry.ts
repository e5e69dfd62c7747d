import type { ActionId } from '../../core/action';
import type { Answers } from '../../core/input';
import { targetKey, type Target } from '../../core/target';
import type { Clouds } from '../accounts/ports';
import { mayTryAgain } from '../journal/outcome';
import type { JournalRecord } from '../journal/records';
import { familyOf } from '../journal/retries';
import { allTargets, runTargetKey, type RunRecord, type RunTarget } from '../journal/runRecord';
import type { Owner } from './accountGuard';
import { actionOfCall, actionWritten } from './declared';
import { callKeyOf } from './results';

/**
 * The targets that are worth another try as the run stands now: nothing is known to speak against them, or they were
 * not sent because something else went wrong.
 */
export function triedAgain(run: RunRecord): readonly RunTarget[] {
  return allTargets(run).filter(({ outcome, mayRetry }) => mayTryAgain(outcome) || mayRetry === true);
}

/** What is asked of the gate to try them again: a new plan of what there is now, nothing of what was read then. */
export interface Again {
  readonly action: ActionId;
  readonly targets: readonly Target[];
  readonly answers: Answers;
  /** Whose the keys were, by target. */
  readonly owners: ReadonlyMap<string, Owner>;
}

/** Which targets of a run are tried again, by `targetKey`, where a person chose; those worth another try otherwise. */
export type Chosen = ReadonlySet<string>;

/** Undefined where this version knows none of their actions. */
export function againOf(run: RunRecord, clouds: Pick<Clouds, 'all'>, chosen?: Chosen): Again | undefined {
  const known = (chosen === undefined ? triedAgain(run) : allTargets(run)).flatMap((target) => {
    const action = actionWritten(clouds, target);
    const { provider, accountId, region, kind, id } = target;
    if (action === undefined || provider === undefined) return [];
    const again: Target = { provider, accountId, region, kind, id };
    return chosen?.has(targetKey(again)) === false ? [] : [{ written: target, action, target: again }];
  });
  const [first] = known;
  if (first === undefined) return undefined;
  const same = known.every(({ action }) => action.id === first.action.id);
  // What was typed or chosen counts again; flags are asked anew, for they depend on the state.
  const kept = first.action.inputs.filter(({ type }) => type !== 'flag').map(({ name }) => name);
  const answers = Object.entries(first.written.answers ?? {}).filter(([name]) => kept.includes(name));
  return {
    action: same ? first.action.id : 'remove',
    targets: known.map(({ target }) => target),
    answers: same ? Object.fromEntries(answers) : {},
    owners: new Map(known.flatMap(({ target, written }) => ownerOf(written, target))),
  };
}

function ownerOf({ account }: RunTarget, target: Target): [string, Owner][] {
  return account === undefined ? [] : [[targetKey(target), account]];
}

/**
 * Client tokens of calls whose answer never came, by `callKey`: the very same call may carry its token again, so that
 * the cloud answers for the first one. A token stands for its exact parameters: what is left of a call has none.
 */
export function repeatTokens(
  records: readonly JournalRecord[],
  run: RunRecord,
  { runs, clouds }: { readonly runs: Iterable<RunRecord>; readonly clouds: Pick<Clouds, 'all'> },
): ReadonlyMap<string, string> {
  const family = familyOf(runs, run.run);
  const open = new Set(
    allTargets(run).flatMap((t) => (t.outcome === undefined || t.outcome === 'unknown' ? [runTargetKey(t)] : [])),
  );
  const tokens = new Map<string, string>();
  for (const record of records) {
    if (record.type !== 'before' || !family.has(record.run) || record.clientToken === undefined) continue;
    // What runs somewhere is never sent twice, whatever its token promises.
    if (['followed', 'created'].includes(actionOfCall(clouds, record)?.goal.type ?? '')) continue;
    const { provider, account, region, action, params, clientToken } = record;
    const keys = record.targets.map(({ kind, id }) => runTargetKey({ accountId: account.id, region, kind, id }));
    if (keys.every((key) => open.has(key)))
      tokens.set(callKeyOf({ provider, accountId: account.id, region }, action, params), clientToken);
  }
  return tokens;
}
