import type { Account } from '../../core/account';
import type { Disposable } from '../../util/lifecycle';
import type { Accounts } from '../accounts/ports';
import type { Inventory } from './inventory';

/** Drops what was read of accounts that went away, now answer elsewhere or got other keys, so that it is never shown as current. */
export function forgetRemoved(accounts: Accounts, inventory: Inventory): Disposable {
  const look = (): Map<string, string> => new Map(accounts.list().map((account) => [account.id, mark(account)]));
  let known = look();
  return accounts.onDidChange(() => {
    const now = look();
    for (const [id, before] of known) if (now.get(id) !== before) inventory.dropAccount(id);
    known = now;
    // Who is signed in is not in the file of the tool, or not all of it.
    for (const { id, renewal } of accounts.list())
      if (renewal === 'asked' || renewal === 'unnamed') void inventory.verifyOwner(id);
  });
}

/** Other text when the account's keys or addresses may lead elsewhere. */
function mark({ revision, endpoint, hosts, vpc }: Account): string {
  return JSON.stringify([revision, endpoint, Object.entries(hosts ?? {}).sort(), vpc]);
}
