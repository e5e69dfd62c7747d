import { accountLevels, type AccountLevel } from '../../core/account';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { Memory } from './ports';

const memoryKey = 'accountLevels';

/**
 * How accounts that come from elsewhere (variables, the vendors' files) are guarded. Their sources know no levels and
 * are never written, so the level is kept here, by account id.
 */
export class AccountLevels implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: Memory) {}

  /** The level that was set; undefined when none was. What cannot be read counts as read-only: the safe reading. */
  get(accountId: string): AccountLevel | undefined {
    const kept = this.kept();
    if (kept === undefined) return 'readOnly';
    if (!Object.hasOwn(kept, accountId)) return undefined;
    return accountLevels.find((level) => level === kept[accountId]) ?? 'readOnly';
  }

  async set(accountId: string, level: AccountLevel): Promise<void> {
    await this.memory.set(memoryKey, { ...this.kept(), [accountId]: level });
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private kept(): Readonly<Record<string, unknown>> | undefined {
    const value = this.memory.get(memoryKey);
    if (value === undefined) return {};
    // Any object that is not a list can be read by its names; each value is checked when it is used.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  }
}
