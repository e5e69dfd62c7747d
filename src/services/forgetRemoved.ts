import type { Disposable } from '../util/lifecycle';
import type { Inventory } from './inventory';
import type { Accounts } from './ports';

/** Drops what was read of accounts that went away or now answer elsewhere, so that it is never shown as current. */
export function forgetRemoved(accounts: Accounts, inventory: Inventory): Disposable {
  const look = (): Map<string, string | undefined> =>
    new Map(accounts.list().map(({ id, endpoint }) => [id, endpoint]));
  let known = look();
  return accounts.onDidChange(() => {
    const now = look();
    for (const [id, endpoint] of known) if (!now.has(id) || now.get(id) !== endpoint) inventory.dropAccount(id);
    known = now;
  });
}
