import type { ProviderId } from '../../core/account';
import type { ActionId } from '../../core/action';
import type { Answers } from '../../core/input';
import type { KindId } from '../../core/target';
import type { JournalAccount, JournalRecord } from './records';

/** A run that goes on in a cloud, which one call of ours started. */
export interface CloudRunStarted {
  readonly provider: ProviderId;
  readonly account: JournalAccount;
  readonly region: string;
  /** The kind of the resources that it runs on. */
  readonly kind: KindId;
  /** The id of the action; undefined where it is not written down. */
  readonly does: ActionId | undefined;
  readonly action: string;
  readonly answers: Answers | undefined;
  /** The cloud's id of it. */
  readonly handle: string;
  /** Those it was sent to, with their names. */
  readonly targets: readonly { readonly id: string; readonly name: string }[];
}

/** What calls of ours started, of these records; each once. */
export function cloudRunsIn(records: readonly JournalRecord[]): CloudRunStarted[] {
  const calls = new Map<string, Extract<JournalRecord, { readonly type: 'before' }>>();
  const found = new Map<string, CloudRunStarted>();
  for (const record of records) {
    if (record.type !== 'before' && record.type !== 'followed') continue;
    const key = JSON.stringify([record.run, record.call]);
    if (record.type === 'before') {
      calls.set(key, record);
      continue;
    }
    const call = calls.get(key);
    const kind = call?.targets[0]?.kind;
    if (call === undefined || kind === undefined) continue;
    const { provider, account, region, does, action, answers } = call;
    const targets = call.targets.map(({ id, name }) => ({ id, name }));
    found.set(key, { provider, account, region, kind, does, action, answers, handle: record.handle, targets });
  }
  return [...found.values()];
}
