import * as l10n from '@vscode/l10n';
import type { HostOutcome, HostResult } from '../../core/commands';
import type { HostProgress } from './waves';

const texts: Readonly<Record<HostProgress, () => string>> = {
  waiting: () => l10n.t('waiting'),
  sent: () => l10n.t('in progress'),
  ok: () => l10n.t('succeeded'),
  failed: () => l10n.t('failed'),
  timedOut: () => l10n.t('timed out'),
  notDelivered: () => l10n.t('not delivered'),
  refused: () => l10n.t('refused'),
  stoppedBefore: () => l10n.t('stopped before it began'),
  stoppedDuring: () => l10n.t('stopped while it ran'),
  silent: () => l10n.t('no answer by the deadline'),
  unknown: () => l10n.t('unknown'),
  notSent: () => l10n.t('not sent'),
};

/** "failed", "no answer by the deadline". */
export function outcomeText(progress: HostProgress): string {
  return texts[progress]();
}

/** The cloud's own state as it is shown: words for those that we know, the word itself for the others. */
export function stateText({ state, phase }: Pick<HostResult, 'state' | 'phase'>): string {
  if (phase.type === 'ended') return outcomeText(phase.outcome);
  switch (phase.type) {
    case 'waiting':
      return l10n.t('waiting');
    case 'scheduled':
      return l10n.t('scheduled');
    case 'running':
      return l10n.t('running');
    case 'stopping':
      return l10n.t('stopping');
    case 'unknown':
      return state === '' ? l10n.t('not reported') : state;
  }
}

/** The outcome of a host whose run was stopped by a person, where the cloud has no word for it. */
export function outcomeOfStopped(
  { phase, startTime }: Pick<HostResult, 'phase' | 'startTime'>,
  wasStopped: boolean,
): HostOutcome | undefined {
  if (phase.type !== 'ended') return undefined;
  const isUnclear = wasStopped && phase.outcome === 'failed';
  return isUnclear ? (startTime === '' ? 'stoppedBefore' : 'stoppedDuring') : phase.outcome;
}
