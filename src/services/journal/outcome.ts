import * as l10n from '@vscode/l10n';

/**
 * What became of one target. `unknown` means that the cloud's answer never came and reading could not tell either;
 * `accepted` that the cloud took the call on and the resource was not yet gone when it was last looked at. Nothing is
 * ever counted as `deleted` on hope.
 */
export type Outcome = 'deleted' | 'accepted' | 'alreadyGone' | 'refused' | 'failed' | 'unknown' | 'notSent' | 'changed';

export const outcomes: readonly Outcome[] = [
  'deleted',
  'accepted',
  'alreadyGone',
  'refused',
  'failed',
  'unknown',
  'notSent',
  'changed',
];

export function countOutcomes(results: Iterable<{ readonly outcome: Outcome }>): ReadonlyMap<Outcome, number> {
  const counts = new Map<Outcome, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}

/** Whether only a later look can tell what became of it. */
export function isOpen(outcome: Outcome | undefined): boolean {
  return outcome === undefined || outcome === 'unknown' || outcome === 'accepted';
}

/** The outcome in words. */
export function outcomeLabel(outcome: Outcome): string {
  switch (outcome) {
    case 'deleted':
      return l10n.t('deleted');
    case 'accepted':
      return l10n.t('accepted, not gone yet');
    case 'alreadyGone':
      return l10n.t('already gone');
    case 'refused':
      return l10n.t('refused');
    case 'failed':
      return l10n.t('failed');
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
