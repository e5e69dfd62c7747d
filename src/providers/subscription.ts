import * as l10n from '@vscode/l10n';
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

/** How the record of an instance of either cloud names what it is paid by. */
interface Billed {
  readonly InstanceChargeType?: string | undefined;
  readonly SpotStrategy?: string | undefined;
}

/** The same in one or two words, for a row. */
export function billingText(state: Subscription, { InstanceChargeType, SpotStrategy }: Billed): string | undefined {
  switch (state) {
    case 'expired':
      return l10n.t('subscription, expired');
    case 'running':
    case 'unknown':
      return l10n.t('subscription');
    case 'none':
      if (SpotStrategy?.startsWith('Spot')) return l10n.t('spot');
      return InstanceChargeType === 'PostPaid' ? l10n.t('pay-as-you-go') : InstanceChargeType;
  }
}
