import * as l10n from '@vscode/l10n';
import { CloudError } from '../core/cloudError';
import type { Item } from '../core/kind';
import type { Inventory } from './inventory';
import type { Journal, JournalCall, JournalOutcome, JournalRecord } from './journal';
import type { Clouds, Progress } from './ports';

/** What checking a run needs: only reads and the journal. */
export interface CheckOptions {
  readonly inventory: Inventory;
  readonly journal: Journal;
  readonly clouds: Clouds;
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
    for (const { id, outcome } of record.outcomes) if (outcome !== 'unknown') open.get(record.call)?.ids.delete(id);
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
  await sameOwner(options.inventory, call, signal);
  const place = { provider: call.provider, accountId: call.account.id, region: call.region };
  const kind = call.targets[0]?.kind;
  if (kind === undefined) return [];
  const found = await options.inventory.lookup(place, kind, ids, signal);
  return ids.map((id) => outcomeNow(id, found.get(id)));
}

/** Keys of another owner would not find the resource and make it look deleted. */
async function sameOwner(inventory: Inventory, call: JournalCall, signal: AbortSignal): Promise<void> {
  if (call.account.identity === undefined) return;
  const now = await inventory.identity(call.account.id, { fresh: true, signal });
  if (now?.accountId === call.account.identity) return;
  const message = l10n.t(
    'The keys of "{0}" now belong to account {1}, not to {2}.',
    call.account.name,
    now?.accountId ?? '?',
    call.account.identity,
  );
  throw new CloudError(message, { reason: 'invalid', delivery: 'notSent' });
}

function outcomeNow(id: string, item: Item | undefined): JournalOutcome {
  if (item === undefined) return { id, outcome: 'deleted', note: l10n.t('Reading afterwards shows that it is gone.') };
  return { id, outcome: 'failed', note: l10n.t('Reading afterwards shows that it is still there.') };
}
