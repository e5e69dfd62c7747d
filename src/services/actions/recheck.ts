import * as l10n from '@vscode/l10n';
import type { Action } from '../../core/action';
import type { FollowedGoal, RunRecord } from '../../core/followed';
import type { Item } from '../../core/item';
import { isOpen, outcomeRead } from '../journal/outcome';
import type { JournalRecord } from '../journal/records';
import type { JournalOutcome } from '../journal/records';
import { familyOf } from '../journal/retries';
import type { Pinned } from './accountGuard';
import type { CheckOptions } from './checkOptions';
import { actionOfCall } from './declared';
import { exitNote, finalOutcome } from './followedOutcome';
import { progressOf } from './goal';
import type { Progress } from './ports';
import { findRun, readRun } from './readRun';
import { readTargets } from './readTargets';

type BeforeRecord = Extract<JournalRecord, { type: 'before' }>;

/** A call with the ids that are still open, and what was last said of each. */
export interface OpenCall {
  readonly call: BeforeRecord;
  readonly ids: readonly string[];
  readonly last: ReadonlyMap<string, JournalOutcome>;
  /** The cloud's id of what the call started, where it is known. */
  readonly handle: string | undefined;
}

/** The calls of a run and its retries whose outcome is not written down, or is written down as unknown. */
export function openCalls(records: readonly JournalRecord[], run: string): readonly OpenCall[] {
  const family = familyOf(
    records.filter((record) => record.type === 'run'),
    run,
  );
  const calls = new Map<string, { call: BeforeRecord; ids: Set<string>; last: Map<string, JournalOutcome> }>();
  const handles = new Map<string, string>();
  for (const record of records) {
    if (!('call' in record) || !family.has(record.run)) continue;
    const key = JSON.stringify([record.run, record.call]);
    if (record.type === 'before') {
      calls.set(key, { call: record, ids: new Set(record.targets.map((t) => t.id)), last: new Map() });
    } else if (record.type === 'followed') {
      handles.set(key, record.handle);
    } else {
      for (const said of record.outcomes) {
        const outcome = outcomeRead(said.outcome);
        calls.get(key)?.last.set(said.id, { ...said, outcome });
        if (!isOpen(outcome)) calls.get(key)?.ids.delete(said.id);
      }
    }
  }
  return [...calls]
    .filter(([, { ids }]) => ids.size > 0)
    .map(([key, { call, ids, last }]) => ({ call, ids: [...ids], last, handle: handles.get(key) }));
}

/** Reads what a run left open and writes down what is there now. Sends nothing destructive. */
export async function checkRun(
  options: CheckOptions,
  run: string,
  progress: Progress,
): Promise<readonly JournalOutcome[]> {
  const { records } = await options.journal.load();
  const open = openCalls(records, run);
  const all: JournalOutcome[] = [];
  for (const [index, one] of open.entries()) {
    const { call } = one;
    progress.report({ done: index, total: open.length, text: call.targets[0]?.name ?? '' });
    const outcomes = await checkCall(options, one, progress.signal);
    await options.journal.append({ type: 'checked', run: call.run, call: call.call, outcomes });
    all.push(...outcomes);
  }
  return all;
}

async function checkCall(options: CheckOptions, open: OpenCall, signal: AbortSignal): Promise<JournalOutcome[]> {
  const { call, ids, last } = open;
  const place = { provider: call.provider, accountId: call.account.id, region: call.region };
  const kind = call.targets[0]?.kind;
  if (kind === undefined) return [];
  // Keys of another owner would not find the resource and make it look deleted.
  const pinned = await options.newGuard().pinOwner(call.account, { signal });
  const action = actionOfCall(options.clouds, call);
  if (action?.goal.type === 'followed') return checkFollowed(options, { ...open, pinned, goal: action.goal });
  const { account } = pinned;
  const declared = options.clouds.kind(call.provider, kind);
  if (declared === undefined) return [];
  const reading = { account, signal, isReviewed: true };
  const deed = { place, kind: declared, answers: call.answers ?? {}, ...(action && { action }) };
  const found = await readTargets(options.inventory, deed, ids, reading);
  const age = options.clock.now().getTime() - Date.parse(call.time);
  const mayYet = age < (action?.goal.settlesLater === true ? settledAfterMs.later : settledAfterMs.atOnce);
  return ids.map((id) => outcomeNow({ id, item: found.get(id), call, action, mayYet, last: last.get(id) }));
}

interface FollowedCall extends OpenCall {
  readonly pinned: Pinned;
  readonly goal: FollowedGoal;
}

/** What the cloud's own record of a run says by now; found by its mark where its id is not known. */
async function checkFollowed(
  { client }: CheckOptions,
  { call, ids, handle, pinned, goal }: FollowedCall,
): Promise<JournalOutcome[]> {
  const reading = { client, pinned, region: call.region };
  const { records } = goal;
  const mark = call.clientToken;
  const handles = handle !== undefined ? [handle] : mark === undefined ? [] : await findRun(reading, goal, mark);
  const [only] = handles;
  if (only === undefined || handles.length > 1) {
    const note = l10n.t('No single run with the mark of this call is found. It may still have begun.');
    return ids.map((id) => ({ id, outcome: 'unknown', note }));
  }
  const { known, problem } = await readRun(reading, records, records.params(only));
  if (problem !== undefined && ids.some((id) => !known.has(id))) throw problem;
  return ids.map((id) => followedNow(id, known.get(id), goal));
}

function followedNow(id: string, record: RunRecord | undefined, { repeats }: FollowedGoal): JournalOutcome {
  const outcome = record === undefined ? undefined : finalOutcome(record);
  // The run itself is there: nobody waits for the end of what repeats.
  if (repeats === true && outcome === undefined) return { id, outcome: 'done' };
  if (record === undefined || outcome === undefined)
    return { id, outcome: 'silent', note: l10n.t('It has no final state yet. Check again later.') };
  return { id, outcome, code: record.code, message: record.message, note: exitNote(record) };
}

/** How long a call that was sent may still take effect, in milliseconds. */
const settledAfterMs = { atOnce: 5 * 60_000, later: 60 * 60_000 };

interface LookedAt {
  readonly id: string;
  readonly item: Item | undefined;
  readonly call: BeforeRecord;
  /** Undefined where a newer version, or one without this action, wrote the call down. */
  readonly action: Action | undefined;
  readonly mayYet: boolean;
  /** What was last said of it. */
  readonly last: JournalOutcome | undefined;
}

function outcomeNow({ id, item, call, action, mayYet, last }: LookedAt): JournalOutcome {
  if (action === undefined)
    return { id, outcome: 'unknown', note: l10n.t('This version does not know the action and cannot tell.') };
  const before = call.targets.find((target) => target.id === id)?.resource;
  const progress = progressOf(action, item, { answers: call.answers ?? {}, before, seenUnderWay: false });
  const isRemoval = action.goal.type === 'gone';
  switch (progress) {
    case 'reached':
      return {
        id,
        outcome: 'done',
        note: isRemoval
          ? l10n.t('Reading afterwards shows that it is gone.')
          : l10n.t('Reading afterwards shows that it was carried out.'),
      };
    case 'vanished':
      return { id, outcome: 'failed', note: l10n.t('It no longer exists.') };
    case 'underWay':
      return { id, outcome: 'accepted', note: l10n.t('It is in progress. Check again later.') };
    case 'open':
      return { id, ...openNow({ isRemoval, mayYet, last }) };
    default: {
      const never: never = progress;
      return never;
    }
  }
}

/**
 * It is as it was before the call. That answers the question: whoever wants it done asks again, and it is read again
 * before anything is sent. Only what the cloud took on stays pending for as long as that may take.
 */
function openNow({ isRemoval, mayYet, last }: Pick<LookedAt, 'mayYet' | 'last'> & { readonly isRemoval: boolean }) {
  const { code, message } = last ?? {};
  if (mayYet && last?.outcome === 'accepted')
    return {
      outcome: 'accepted',
      note: isRemoval
        ? l10n.t('It is still there, and the call may still take effect. Check again later.')
        : l10n.t('Nothing of it shows that the call was carried out, and it may still take effect. Check again later.'),
    } as const;
  const note = isRemoval
    ? l10n.t('Reading afterwards shows that it is still there.')
    : l10n.t('Reading afterwards shows that it was not carried out.');
  return { outcome: 'stillThere', code, message, note: mayYet ? `${note} ${mayStill()}` : note } as const;
}

function mayStill(): string {
  return l10n.t('The call may still take effect; a retry reads it again before anything is sent.');
}
