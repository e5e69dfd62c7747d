import * as l10n from '@vscode/l10n';
import { CloudError } from '../../core/cloudError';
import type { Outcome } from '../journal/outcome';
import { runnable, runnableOf, type Plan, type PlanGroup, type PlanTarget } from './plan';

/** A number of hosts, or a share of all of them in percent. */
export type Share = { readonly count: number } | { readonly percent: number };

/**
 * How a run goes over many hosts: batch after batch, with one rule that stops it. Written as
 * `1,10%,100%;pause=first;errors=0`, in the words of the vendor's orchestration (batch, first batch pause, max errors).
 */
export interface Rollout {
  /** How many hosts each batch has; the last one has the rest. */
  readonly batches: readonly Share[];
  /** Whether a person is asked before it goes on. */
  readonly pause: 'never' | 'first' | 'every';
  /** More failures than this stop it: a number over the whole run, or a share of the run so far or of one batch. */
  readonly maxErrors: Share;
}

/** The name of the input that holds it. */
export const rolloutInput = 'rollout';

const written = /^(\d{1,6}%?(?:,\d{1,6}%?)*);pause=(never|first|every);errors=(\d{1,6}%?)$/;

/** Throws `CloudError` (`invalid`) for what is not written as above. */
export function parseRollout(text: string): Rollout {
  const [, batches = '', pause, errors = ''] = written.exec(text) ?? [];
  const shares = batches.split(',').map(shareOf);
  const isPause = pause === 'never' || pause === 'first' || pause === 'every';
  if (!isPause || shares.some((share) => sizeOf(share) === 0 || !isSane(share)) || !isSane(shareOf(errors)))
    throw new CloudError(l10n.t('"{0}" does not say how to go over the instances.', text), {
      reason: 'invalid',
      delivery: 'notSent',
    });
  return { batches: shares, pause, maxErrors: shareOf(errors) };
}

function shareOf(text: string): Share {
  return text.endsWith('%') ? { percent: Number(text.slice(0, -1)) } : { count: Number(text) };
}

function sizeOf(share: Share): number {
  return 'count' in share ? share.count : share.percent;
}

function isSane(share: Share): boolean {
  return 'count' in share || share.percent <= 100;
}

/** How the plan goes over its targets; undefined where all calls are made at once. */
export function rolloutOf({ groups }: Plan): Rollout | undefined {
  const answer = groups.map(({ answers }) => answers[rolloutInput]).find((one) => typeof one === 'string');
  return typeof answer === 'string' ? parseRollout(answer) : undefined;
}

/** The targets of one group in one batch. */
export interface BatchPart {
  readonly group: PlanGroup;
  readonly targets: readonly PlanTarget[];
}

/** The batches of a plan, the smallest region first: what goes wrong there reaches fewest. */
export function batchesOf(plan: Plan, rollout: Rollout): BatchPart[][] {
  const groups = plan.groups.toSorted((a, b) => runnableOf(a).length - runnableOf(b).length);
  const all = groups.flatMap((group) => runnableOf(group).map((planned) => ({ group, planned })));
  let start = 0;
  return sizesOf(all.length, rollout).map((size) => {
    const part = all.slice(start, (start += size));
    const own = new Map<PlanGroup, PlanTarget[]>();
    for (const { group, planned } of part) own.set(group, [...(own.get(group) ?? []), planned]);
    return [...own].map(([group, targets]) => ({ group, targets }));
  });
}

/** How many hosts each batch has; what the last one leaves over is in it as well. */
export function sizesOf(total: number, { batches }: Pick<Rollout, 'batches'>): number[] {
  const sizes: number[] = [];
  let left = total;
  for (const [index, share] of batches.entries()) {
    if (left === 0) break;
    const wanted = 'count' in share ? share.count : Math.ceil((total * share.percent) / 100);
    const size = index === batches.length - 1 ? left : Math.min(left, Math.max(1, wanted));
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

/** Silence is failure: the worst script of all is the one that takes the agent or the network away. */
const failures: ReadonlySet<Outcome> = new Set([
  'failed',
  'timedOut',
  'notDelivered',
  'refused',
  'silent',
  'unknown',
  'stopped',
]);

export function isFailure(outcome: Outcome): boolean {
  return failures.has(outcome);
}

/** How one batch ended: the outcomes of the targets that were sent. */
export type BatchEnd = readonly Outcome[];

/** Why nothing further may be sent after these batches; undefined where it goes on. */
export function stopReason(ended: readonly BatchEnd[], rollout: Pick<Rollout, 'maxErrors'>): string | undefined {
  const last = ended.at(-1) ?? [];
  const all = ended.flat();
  const counts = { failedInBatch: countFailed(last), size: last.length, failed: countFailed(all), reached: all.length };
  if (!isBroken(counts, rollout)) return undefined;
  if (last.every((outcome) => outcome === 'silent' || outcome === 'unknown'))
    return l10n.t('Nothing was heard of batch {0}, so nothing more was sent.', ended.length);
  return l10n.t(
    '{0} failed in batch {1}, {2} in all, so nothing more was sent.',
    counts.failedInBatch,
    ended.length,
    counts.failed,
  );
}

function countFailed(outcomes: BatchEnd): number {
  return outcomes.filter(isFailure).length;
}

interface Counts {
  readonly failedInBatch: number;
  readonly size: number;
  /** Over all batches so far, this one included. */
  readonly failed: number;
  readonly reached: number;
}

/** Too many failures, in the batch or so far, or a batch of which nothing came back well. */
function isBroken(
  { failedInBatch, size, failed, reached }: Counts,
  { maxErrors }: Pick<Rollout, 'maxErrors'>,
): boolean {
  if (failedInBatch > 0 && failedInBatch === size) return true;
  if ('count' in maxErrors) return failed > maxErrors.count;
  return failed * 100 > maxErrors.percent * reached || failedInBatch * 100 > maxErrors.percent * size;
}

/** The most hosts that can fail before it stops, whatever happens: all that are let pass, and then a whole batch. */
export function mostFailures(total: number, rollout: Rollout): number {
  let [reached, passed, most] = [0, 0, 0];
  for (const size of sizesOf(total, rollout)) {
    reached += size;
    most = Math.max(most, passed + size);
    passed += passableIn({ size, reached, passed }, rollout);
  }
  return most;
}

function passableIn(
  { size, reached, passed }: { readonly size: number; readonly reached: number; readonly passed: number },
  rollout: Rollout,
): number {
  for (let failedInBatch = size; failedInBatch > 0; failedInBatch--)
    if (!isBroken({ failedInBatch, size, failed: passed + failedInBatch, reached }, rollout)) return failedInBatch;
  return 0;
}

/** How many hosts it has reached when it stops, if it fails everywhere: a batch that fails as a whole is the last. */
export function reachedIfAllFail(total: number, rollout: Pick<Rollout, 'batches'>): number {
  return sizesOf(total, rollout)[0] ?? 0;
}

/** What a person should know of it, one sentence each; empty for a plan that makes all its calls at once. */
export function rolloutLines(plan: Plan): string[] {
  const rollout = rolloutOf(plan);
  const total = runnable(plan).length;
  if (rollout === undefined || total === 0) return [];
  const sizes = sizesOf(total, rollout);
  if (sizes.length < 2) return total < 2 ? [] : [l10n.t('All {0} at once.', total)];
  return [
    l10n.t('In {0} batches: {1}.', sizes.length, sizes.join(l10n.t(', '))),
    pauseText(rollout),
    stopText(rollout.maxErrors),
    l10n.t(
      'At most {0} can fail before it stops; if it fails everywhere, it stops after {1}.',
      mostFailures(total, rollout),
      reachedIfAllFail(total, rollout),
    ),
  ].filter((line) => line !== '');
}

function pauseText({ pause }: Rollout): string {
  if (pause === 'never') return '';
  return pause === 'first'
    ? l10n.t('You are asked after the first batch.')
    : l10n.t('You are asked after every batch.');
}

function stopText(maxErrors: Share): string {
  return 'count' in maxErrors && maxErrors.count === 0
    ? l10n.t('Stops at the first failure, or when one does not answer.')
    : l10n.t('Stops when more than {0} fail or do not answer, or all of a batch.', shareText(maxErrors));
}

function shareText(share: Share): string {
  return 'count' in share ? String(share.count) : l10n.t('{0} %', share.percent);
}
