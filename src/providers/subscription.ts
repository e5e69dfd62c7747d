import { timeOf } from './fields';

/** How an instance is paid for: not in advance, or until a time that lies ahead, has passed or is not told. */
export type Subscription = 'none' | 'running' | 'expired' | 'unknown';

/** Only subscriptions expire; other instances may carry a date in the far future. */
export function subscriptionState(
  chargeType: string | undefined,
  expires: string | undefined,
  now: Date,
): Subscription {
  if (chargeType !== 'PrePaid') return 'none';
  const expiry = timeOf(expires);
  if (expiry === undefined) return 'unknown';
  return expiry <= now.getTime() ? 'expired' : 'running';
}
