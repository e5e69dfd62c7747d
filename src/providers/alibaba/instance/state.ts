import * as l10n from '@vscode/l10n';
import type { Item } from '../../../core/item';
import type { State } from '../../../core/state';
import { lockReasons, recordOf } from './record';

/** The status in words; a lock shows in its colour. A status we do not know is shown as the cloud spells it. */
export function ecsState(item: Item): State {
  const status = recordOf(item).Status || undefined;
  const known = status !== undefined && Object.hasOwn(states, status) ? states[status] : undefined;
  if (status !== undefined && known !== undefined)
    return { token: status, ...known, tone: lockReasons(item).length > 0 ? 'warning' : known.tone };
  return {
    token: status !== undefined && /^\w+$/.test(status) ? status : 'unknown',
    label: () => status ?? l10n.t('Status unknown'),
    icon: 'question',
    tone: 'warning',
  };
}

/** The status of this name as the list's filter spells it; undefined for any other name. */
export function knownStatus(name: string | undefined): string | undefined {
  return Object.keys(states).find((known) => known.toLowerCase() === name?.toLowerCase());
}

const states: Readonly<Record<string, Omit<State, 'token'>>> = {
  Pending: { label: () => l10n.t('Being created'), icon: 'sync', tone: 'muted', isTransient: true },
  Starting: { label: () => l10n.t('Starting'), icon: 'sync', tone: 'muted', isTransient: true },
  Running: { label: () => l10n.t('Running'), icon: 'vm-running', tone: 'good' },
  Stopping: { label: () => l10n.t('Stopping'), icon: 'sync', tone: 'muted', isTransient: true },
  Stopped: { label: () => l10n.t('Stopped'), icon: 'vm-outline', tone: 'muted' },
};
