import * as l10n from '@vscode/l10n';
import type { Item } from '../../../core/item';
import type { State } from '../../../core/state';
import { viewOf } from '../../../core/tolerant';
import { isUnreadable } from '../../../core/unreadable';
import { timeOf } from '../../fields';
import { listedActivation } from './operations';

/** The record of an activation as its list has it. */
export const recordOf = viewOf(listedActivation);

export const hourMs = 3_600_000;

/** `CreationTime` and the hours to live; the list has no expiry of its own. Undefined when either is missing. */
export function expiryOf(item: Item): number | undefined {
  const { CreationTime, TimeToLiveInHours } = recordOf(item);
  const created = timeOf(CreationTime);
  return created === undefined || TimeToLiveInHours === undefined ? undefined : created + TimeToLiveInHours * hourMs;
}

export function expiryIso(item: Item): string | undefined {
  const expiry = expiryOf(item);
  // The largest lifetimes users give ("forever") can lie beyond what a date can hold.
  return expiry === undefined || Math.abs(expiry) > 8.64e15 ? undefined : new Date(expiry).toISOString();
}

/** Registrations used up: deregistering a host does not give its registration back. Undefined when not told. */
export function usedOf(item: Item): number | undefined {
  const { RegisteredCount, DeregisteredCount } = recordOf(item);
  if (RegisteredCount === undefined || isUnreadable(item, 'DeregisteredCount')) return undefined;
  return RegisteredCount + (DeregisteredCount ?? 0);
}

/** What tells whether there is room for another host. */
const counts = ['InstanceCount', 'RegisteredCount', 'DeregisteredCount'];

export type StateToken = 'usable' | 'disabled' | 'expired' | 'exhausted' | 'unknown';

export function tokenOf(item: Item, now: Date): StateToken {
  if (recordOf(item).Disabled === true) return 'disabled';
  const expiry = expiryOf(item);
  if (expiry !== undefined && expiry <= now.getTime()) return 'expired';
  const limit = recordOf(item).InstanceCount;
  const used = usedOf(item);
  if (used !== undefined && limit !== undefined && used >= limit) return 'exhausted';
  const isKnown = recordOf(item).Disabled === false && !counts.some((name) => isUnreadable(item, name));
  return expiry !== undefined && isKnown ? 'usable' : 'unknown';
}

const states: Readonly<Record<StateToken, State>> = {
  usable: { token: 'usable', label: () => l10n.t('Usable'), icon: 'key', tone: 'good' },
  disabled: { token: 'disabled', label: () => l10n.t('Disabled'), icon: 'circle-slash', tone: 'muted' },
  expired: { token: 'expired', label: () => l10n.t('Expired'), icon: 'clock', tone: 'muted' },
  exhausted: { token: 'exhausted', label: () => l10n.t('Used up'), icon: 'pass-filled', tone: 'muted' },
  unknown: { token: 'unknown', label: () => l10n.t('Validity unknown'), icon: 'question', tone: 'warning' },
};

/** Whether hosts can still register with it, in words. */
export function activationState(item: Item, now: Date): State {
  return states[tokenOf(item, now)];
}
