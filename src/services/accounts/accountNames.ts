import type { Account } from '../../core/account';
import { accountName } from '../../core/accountName';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { Memory } from './ports';

const memoryKey = 'accountNames';

/**
 * What people call accounts that come from elsewhere (variables, the vendors' files): those are never written, so the
 * name is kept here, by account id.
 */
export class AccountNames implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memory) {}

  /** The account under the name that was given to it. */
  named(account: Account): Account {
    const kept = this.kept();
    const name = Object.hasOwn(kept, account.id) ? kept[account.id] : undefined;
    return typeof name === 'string' && name.trim() !== '' ? { ...account, name: accountName(name) } : account;
  }

  async set(accountId: string, name: string): Promise<void> {
    await this.memory.set(memoryKey, { ...this.kept(), [accountId]: name });
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private kept(): Readonly<Record<string, unknown>> {
    const value = this.memory.get(memoryKey);
    // Any object that is not a list can be read by its names; each value is checked when it is used.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  }
}
