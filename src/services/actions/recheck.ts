import * as l10n from '@vscode/l10n';
import type { Action } from '../../core/action';
import type { Item } from '../../core/item';
import type { Clock } from '../../util/clock';
import type { Clouds } from '../accounts/ports';
import type { Inventory } from '../inventory/inventory';
import type { Journal } from '../journal/journal';
import { isOpen } from '../journal/outcome';
import type { JournalRecord } from '../journal/records';
import type { JournalOutcome } from '../journal/records';
import type { AccountGuard } from './accountGuard';
import { actionOfCall } from './declared';
import { progressOf } from './goal';
import type { Progress } from './ports';

/** What checking a run needs: only reads and the journal. */
export interface CheckOptions {
  readonly inventory: Inventory;
  readonly journal: Journal;
  readonly clouds: Clouds;
  readonly clock: Clock;
  readonly newGuard: () => AccountGuard;
}

type BeforeRecord = Extract<JournalRecord, { type: 'before' }>;

/** The calls of a run whose outcome is not written down, or is written down as unknown, with the ids still open. */
export function openCalls(
  records: readonly JournalRecord[],
  run: string,
): { readonly call: BeforeRecord; readonly ids: readonly string[] }[] {
  const open = new Map<string, { readonly call: BeforeRecord; readonly ids: Set<string> }>();
  for (const record of records) {
    if (!('run' in record) || record.run !== run) continue;
    if (record.type === 'before')
      open.set(record.call, { call: record, ids: new Set(record.targets.map((t) => t.id)) });
    if (record.type !== 'after' && record.type !== 'checked') continue;
    for (const { id, outcome } of record.outcomes) if (!isOpen(outcome)) open.get(record.call)?.ids.delete(id);
  }
  return [...open.values()].filter(({ ids }) => ids.size > 0).map(({ call, ids }) => ({ call, ids: [...ids] }));
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
  for (const [index, { call, ids }] of open.entries()) {
    progress.report({ done: index, total: open.length, text: call.targets[0]?.name ?? '' });
    const outcomes = await checkCall(options, call, ids, progress.signal);
    await options.journal.append({ type: 'checked', run, call: call.call, outcomes });
    all.push(...outcomes);
  }
  return all;
}

async function checkCall(
  options: CheckOptions,
  call: BeforeRecord,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<JournalOutcome[]> {
  const place = { provider: call.provider, accountId: call.account.id, region: call.region };
  const kind = call.targets[0]?.kind;
  if (kind === undefined) return [];
  // Keys of another owner would not find the resource and make it look deleted.
  const { account } = await options.newGuard().pinOwner(call.account, { signal });
  const found = await options.inventory.lookup(place, kind, ids, { account, signal, isReviewed: true });
  const action = actionOfCall(options.clouds, call);
  const age = options.clock.now().getTime() - Date.parse(call.time);
  const mayYet = age < (action?.goal.settlesLater === true ? settledAfterMs.later : settledAfterMs.atOnce);
  return ids.map((id) => outcomeNow({ id, item: found.get(id), call, action, mayYet }));
}

/** How long a call that was sent may still take effect, in milliseconds: until then "still there" is no last word. */
const settledAfterMs = { atOnce: 5 * 60_000, later: 60 * 60_000 };

interface LookedAt {
  readonly id: string;
  readonly item: Item | undefined;
  readonly call: BeforeRecord;
  /** Undefined where a newer version, or one without this action, wrote the call down. */
  readonly action: Action | undefined;
  readonly mayYet: boolean;
}

function outcomeNow({ id, item, call, action, mayYet }: LookedAt): JournalOutcome {
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
      return { id, ...openNow(isRemoval, mayYet) };
    default: {
      const never: never = progress;
      return never;
    }
  }
}

function openNow(isRemoval: boolean, mayYet: boolean): Pick<JournalOutcome, 'outcome' | 'note'> {
  if (mayYet)
    return {
      outcome: 'unknown',
      note: isRemoval
        ? l10n.t('It is still there, and the call may still take effect. Check again later.')
        : l10n.t('Nothing of it shows that the call was carried out, and it may still take effect. Check again later.'),
    };
  return {
    outcome: 'failed',
    note: isRemoval
      ? l10n.t('Reading afterwards shows that it is still there.')
      : l10n.t('Reading afterwards shows that it was not carried out.'),
  };
}
