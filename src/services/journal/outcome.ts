import * as l10n from '@vscode/l10n';
import type { OutcomeWords } from '../../core/action';

/**
 * What became of one target. `unknown` means that the cloud's answer never came and reading could not tell either;
 * `accepted` that the cloud took the call on and it had not come true when the resource was last looked at; `already`
 * that there was nothing to do; `stillThere` that a later look found the resource as it was before the call. Nothing is
 * ever counted as `done` on hope.
 *
 * Of what goes on in the cloud: `timedOut`, `notDelivered`, `stoppedBefore` and `stopped` are the cloud's own last words;
 * `silent` that it said nothing until the deadline.
 */
export type Outcome =
  | 'done'
  | 'accepted'
  | 'already'
  | 'refused'
  | 'failed'
  | 'stillThere'
  | 'timedOut'
  | 'notDelivered'
  | 'stopped'
  | 'stoppedBefore'
  | 'silent'
  | 'unknown'
  | 'notSent'
  | 'changed';

export const outcomes: readonly Outcome[] = [
  'done',
  'accepted',
  'already',
  'refused',
  'failed',
  'stillThere',
  'timedOut',
  'notDelivered',
  'stopped',
  'stoppedBefore',
  'silent',
  'unknown',
  'notSent',
  'changed',
];

/** What needs a person before what is done. */
export const problemsFirst: readonly Outcome[] = [
  'unknown',
  'silent',
  'failed',
  'stillThere',
  'timedOut',
  'notDelivered',
  'refused',
  'changed',
  'stopped',
  'stoppedBefore',
  'notSent',
  'accepted',
  'already',
  'done',
];

export function countOutcomes(results: Iterable<{ readonly outcome: Outcome }>): ReadonlyMap<Outcome, number> {
  const counts = new Map<Outcome, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}

/** Whether only a later look can tell what became of it. */
export function isOpen(outcome: Outcome | undefined): boolean {
  return outcome === undefined || outcome === 'unknown' || outcome === 'accepted' || outcome === 'silent';
}

/** Whether another try may do what this one did not: nothing is known to speak against it. */
export function mayTryAgain(outcome: Outcome | undefined): boolean {
  return outcome === undefined || worthAnotherTry.has(outcome);
}

const worthAnotherTry: ReadonlySet<Outcome> = new Set([
  'failed',
  'stillThere',
  'timedOut',
  'notDelivered',
  'stopped',
  'stoppedBefore',
  'silent',
  'unknown',
]);

/** Outcomes as older versions wrote them, which could only delete. */
const older: Readonly<Record<string, Outcome>> = { deleted: 'done', alreadyGone: 'already' };

/** An outcome as the journal has it, in today's word. */
export function outcomeRead(written: Outcome): Outcome {
  return Object.hasOwn(older, written) ? (older[written] ?? written) : written;
}

/** The outcome in words, in those of its action where one is known. */
export function outcomeLabel(outcome: Outcome, words?: OutcomeWords): string {
  switch (outcome) {
    case 'done':
      return words?.done() ?? l10n.t('done');
    case 'accepted':
      return l10n.t('accepted, pending');
    case 'already':
      return words?.already() ?? l10n.t('nothing to do');
    case 'refused':
      return l10n.t('refused');
    case 'failed':
      return l10n.t('failed');
    case 'timedOut':
      return l10n.t('timed out');
    case 'notDelivered':
      return l10n.t('not delivered');
    case 'stopped':
      return l10n.t('stopped');
    case 'stoppedBefore':
      return l10n.t('stopped before it began');
    case 'silent':
      return l10n.t('no answer');
    case 'stillThere':
      return words?.open?.() ?? l10n.t('not carried out');
    case 'unknown':
      return l10n.t('unknown');
    case 'notSent':
      return l10n.t('not sent');
    case 'changed':
      return l10n.t('changed since review');
    default: {
      const never: never = outcome;
      return never;
    }
  }
}
