import * as l10n from '@vscode/l10n';
import type { State } from '../../../core/state';
import type { InstanceStatus } from './operations';
import type { EcsRecord } from './record';

/** The status in words. A status we do not know is shown as the cloud spells it. */
export function ecsState(record: EcsRecord): State {
  const status = record.Status?.toUpperCase() ?? '';
  if (isKnown(status)) return { token: status, ...states[status] };
  const shown = record.Status;
  return {
    token: status === '' ? 'unknown' : status.replace(/[^A-Z0-9_]/g, '_'),
    label: shown === undefined || shown === '' ? () => l10n.t('Status unknown') : () => shown,
    icon: 'question',
    tone: 'muted',
  };
}

function isKnown(status: string): status is InstanceStatus {
  return Object.hasOwn(states, status);
}

/** Whether the instance is on its way from one status to another, so that the cloud takes no other order for it. */
export function isChanging(record: EcsRecord): boolean {
  return ecsState(record).isTransient === true;
}

const states: Readonly<Record<InstanceStatus, Omit<State, 'token'>>> = {
  CREATING: { label: () => l10n.t('Being created'), icon: 'sync', tone: 'muted', isTransient: true },
  RUNNING: { label: () => l10n.t('Running'), icon: 'vm-running', tone: 'good' },
  STOPPING: { label: () => l10n.t('Stopping'), icon: 'sync', tone: 'muted', isTransient: true },
  STOPPED: { label: () => l10n.t('Stopped'), icon: 'vm-outline', tone: 'muted' },
  REBOOTING: { label: () => l10n.t('Restarting'), icon: 'sync', tone: 'muted', isTransient: true },
  STARTING: { label: () => l10n.t('Starting'), icon: 'sync', tone: 'muted', isTransient: true },
  REBUILDING: { label: () => l10n.t('Rebuilding'), icon: 'sync', tone: 'muted', isTransient: true },
  RESIZING: { label: () => l10n.t('Changing its type'), icon: 'sync', tone: 'muted', isTransient: true },
  ERROR: { label: () => l10n.t('Faulty'), icon: 'error', tone: 'bad' },
  DELETING: { label: () => l10n.t('Being deleted'), icon: 'trash', tone: 'warning', isTransient: true },
};
