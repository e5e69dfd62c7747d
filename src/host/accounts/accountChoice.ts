import type { Account } from '../../core/account';
import { levelWords } from '../../services/accounts/levelText';
import type { Clouds } from '../../services/accounts/ports';
import type { Choice } from '../ui/steps';

/** An account as a line to choose. */
export function accountChoice(account: Account, clouds: Clouds): Choice<Account> {
  const parts = [
    clouds.provider(account.provider).name(),
    account.source,
    ...(account.level === 'normal' ? [] : [levelWords(account.level).label]),
  ];
  return { label: account.name, description: parts.join(' · '), icon: 'account', value: account };
}
