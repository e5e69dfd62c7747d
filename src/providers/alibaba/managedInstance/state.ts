import * as l10n from '@vscode/l10n';
import type { Item } from '../../../core/item';
import type { State } from '../../../core/state';
import { viewOf } from '../../../core/tolerant';
import { listedHost } from './operations';

/** The record of a managed instance as its list has it. */
export const recordOf = viewOf(listedHost);

export type StateToken = 'connected' | 'disconnected' | 'unknown';

/** A missing `Connected` is "unknown": it says nothing about how long a host has been away. */
export function connectionOf(item: Item): StateToken {
  const connected = recordOf(item).Connected;
  return connected === undefined ? 'unknown' : connected ? 'connected' : 'disconnected';
}

const states: Readonly<Record<StateToken, State>> = {
  connected: { token: 'connected', label: () => l10n.t('Connected'), icon: 'vm-active', tone: 'good' },
  disconnected: { token: 'disconnected', label: () => l10n.t('Disconnected'), icon: 'vm-outline', tone: 'muted' },
  unknown: { token: 'unknown', label: () => l10n.t('Connection unknown'), icon: 'question', tone: 'warning' },
};

/** Whether Cloud Assistant reaches it, in words. */
export function hostState(item: Item): State {
  return states[connectionOf(item)];
}
