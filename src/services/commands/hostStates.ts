import * as l10n from '@vscode/l10n';
import { visibleText } from '../../util/visible';
import { outcomeLabel } from '../journal/outcome';
import type { HostResult, HostState } from './runResult';

export interface StateLook {
  readonly icon: string;
  readonly tone: 'good' | 'muted' | 'warning' | 'bad';
}

/** The state of a host in words; one that is not known here in the cloud's own. */
export function stateLabel({ state, word }: Pick<HostResult, 'state' | 'word'>): string {
  switch (state) {
    case 'notYet':
      return l10n.t('not sent yet');
    case 'waiting':
      return l10n.t('waiting');
    case 'running':
      return l10n.t('running');
    case 'stopping':
      return l10n.t('stopping');
    case 'other':
      return visibleText(word ?? l10n.t('unknown'));
    case 'done':
      return l10n.t('succeeded');
    default:
      return outcomeLabel(state);
  }
}

/** How states look, beside their words. */
export function stateLook(state: HostState): StateLook {
  return looks[state];
}

const looks: Readonly<Record<HostState, StateLook>> = {
  notYet: { icon: 'circle-outline', tone: 'muted' },
  waiting: { icon: 'watch', tone: 'muted' },
  running: { icon: 'loading~spin', tone: 'muted' },
  stopping: { icon: 'loading~spin', tone: 'warning' },
  other: { icon: 'question', tone: 'warning' },
  done: { icon: 'check', tone: 'good' },
  accepted: { icon: 'question', tone: 'warning' },
  already: { icon: 'circle-slash', tone: 'muted' },
  refused: { icon: 'error', tone: 'bad' },
  failed: { icon: 'error', tone: 'bad' },
  stillThere: { icon: 'error', tone: 'bad' },
  timedOut: { icon: 'error', tone: 'bad' },
  notDelivered: { icon: 'error', tone: 'bad' },
  stopped: { icon: 'circle-slash', tone: 'warning' },
  stoppedBefore: { icon: 'circle-slash', tone: 'muted' },
  silent: { icon: 'question', tone: 'warning' },
  unknown: { icon: 'question', tone: 'warning' },
  notSent: { icon: 'circle-slash', tone: 'muted' },
  changed: { icon: 'question', tone: 'warning' },
};

/** "failed, exit code 3" */
export function stateAndCode(host: Pick<HostResult, 'state' | 'word' | 'exitCode'>): string {
  const label = stateLabel(host);
  return host.exitCode === undefined ? label : l10n.t('{0}, exit code {1}', label, host.exitCode);
}
