import type { Exchange } from '../../core/exchange';

/** Calls that belong together, newest first. */
export type ReadGroup = readonly [Exchange, ...Exchange[]];

/** Pages of one reading follow each other within this time, in milliseconds. */
const pageGapMs = 10_000;

/**
 * Groups the reads of one list: same account, region and operation, about nothing in particular, one page soon after
 * the other. Pages of several lists read side by side end up in their own groups. Newest first, in and out.
 */
export function groupReads(reads: readonly Exchange[]): ReadGroup[] {
  const groups: Exchange[][] = [];
  const open = new Map<string, Exchange[]>();
  for (const read of reads) {
    const key = [read.accountId, read.region ?? '', read.action, read.subject ?? ''].join('\n');
    const group = open.get(key);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && last.time.getTime() - endOf(read) <= pageGapMs) {
      group.push(read);
    } else {
      const fresh = [read];
      groups.push(fresh);
      open.set(key, fresh);
    }
  }
  return groups.filter(isGroup);
}

function endOf(read: Exchange): number {
  return read.time.getTime() + read.durationMs;
}

function isGroup(group: Exchange[]): group is [Exchange, ...Exchange[]] {
  return group.length > 0;
}
