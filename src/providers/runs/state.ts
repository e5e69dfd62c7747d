import * as l10n from '@vscode/l10n';
import type { CloudRun } from '../../core/commands';
import type { State } from '../../core/state';

const states: Readonly<Record<string, State>> = {
  Pending: state('waiting', () => l10n.t('Waiting'), { icon: 'sync', tone: 'muted', isTransient: true }),
  Scheduled: state('scheduled', () => l10n.t('Scheduled'), { icon: 'calendar', tone: 'good' }),
  Running: state('running', () => l10n.t('Running'), { icon: 'sync', tone: 'muted', isTransient: true }),
  Stopping: state('stopping', () => l10n.t('Stopping'), { icon: 'sync', tone: 'muted', isTransient: true }),
  Success: state('succeeded', () => l10n.t('Succeeded'), { icon: 'check', tone: 'good' }),
  Failed: state('failed', () => l10n.t('Failed'), { icon: 'error', tone: 'bad' }),
  PartialFailed: state('partlyFailed', () => l10n.t('Partly failed'), { icon: 'warning', tone: 'warning' }),
  Stopped: state('stopped', () => l10n.t('Stopped'), { icon: 'circle-slash', tone: 'muted' }),
  Finished: state('ended', () => l10n.t('Period over'), { icon: 'pass', tone: 'muted' }),
};

/**
 * How a run as a whole is. What repeats is scheduled until it ends, whatever its last round is at; a word that we do not
 * know is shown as it is and taken as going on.
 */
export function runState({ state: word, isRepeated, isGoingOn }: CloudRun): State {
  const shown = isRepeated && isGoingOn && word !== 'Stopping' && word !== '' ? 'Scheduled' : word;
  const known = Object.hasOwn(states, shown) ? states[shown] : undefined;
  if (known !== undefined) return known;
  const isWord = /^\w+$/.test(word);
  return {
    token: isWord ? word : 'unknown',
    label: () => (word === '' ? l10n.t('Status unknown') : word),
    icon: 'question',
    tone: 'warning',
    ...(isWord && { isTransient: true }),
  };
}

function state(token: string, label: () => string, look: Omit<State, 'token' | 'label'>): State {
  return { token, label, ...look };
}
