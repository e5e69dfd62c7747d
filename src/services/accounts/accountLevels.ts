import * as z from 'zod/mini';
import { accountLevels, providerIds, type Account, type AccountLevel } from '../../core/account';
import { accountName } from '../../core/accountName';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { Mark, Whose } from './marks';
import type { Memory } from './ports';

const memoryKey = 'accountLevels';
const whoseKey = 'accountMarks';

/** What of it other windows must learn. */
export const levelKeys: readonly string[] = [memoryKey, whoseKey];

const texts = z.catch(z.array(z.string()), []);
const knownSchema = z.object({
  provider: z.catch(z.optional(z.enum(providerIds)), undefined),
  name: z.catch(z.string(), ''),
  source: z.catch(z.string(), ''),
  keys: texts,
  owners: texts,
});

/** So many keys and owners of one account are remembered, the last ones. */
const mostRemembered = 10;

/**
 * How accounts that come from elsewhere (variables, the vendors' files) are guarded. Their sources know no levels and
 * are never written, so the level is kept here, by account id, with whose account it is: the same keys are found under
 * other names, too.
 */
export class AccountLevels implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  private readonly following: Disposable | undefined;

  constructor(private readonly memory: Memory) {
    this.following = memory.onDidChange?.((key) => {
      if (key === memoryKey || key === whoseKey) this.changed.fire();
    });
  }

  /** The level that was set; undefined when none was. What cannot be read counts as read-only: the safe reading. */
  get(accountId: string): AccountLevel | undefined {
    const kept = this.kept(memoryKey);
    if (kept === undefined) return 'readOnly';
    if (!Object.hasOwn(kept, accountId)) return undefined;
    return accountLevels.find((level) => level === kept[accountId]) ?? 'readOnly';
  }

  async set(accountId: string, level: AccountLevel): Promise<void> {
    await this.memory.set(memoryKey, { ...this.kept(memoryKey), [accountId]: level });
    this.changed.fire();
  }

  /** Every level that was set, whether or not its account is there. */
  all(): Mark[] {
    return Object.keys(this.kept(memoryKey) ?? {}).map((accountId) => {
      const { provider, name = '', source = '', keys, owners } = this.known(accountId);
      const level = this.get(accountId) ?? 'normal';
      return { accountId, provider, name: accountName(name || nameIn(accountId)), source, level, keys, owners };
    });
  }

  /** Whose account it was when it was marked, or later. */
  whose(accountId: string): Whose {
    const { keys, owners } = this.known(accountId);
    return { keys, owners };
  }

  /** Remembers whose a marked account is, beside what is known of it. */
  async remember({ id, provider, name, source }: Account, { keys, owners }: Whose): Promise<void> {
    const known = this.known(id);
    const now = { provider, name, source, keys: lastOf(known.keys, keys), owners: lastOf(known.owners, owners) };
    if (JSON.stringify(now) === JSON.stringify(this.kept(whoseKey)?.[id])) return;
    await this.memory.set(whoseKey, { ...this.kept(whoseKey), [id]: now });
  }

  /** Forgets the level of an account and whose it was. */
  async forget(accountId: string): Promise<void> {
    for (const key of [memoryKey, whoseKey]) {
      const left = Object.entries(this.kept(key) ?? {}).filter(([id]) => id !== accountId);
      await this.memory.set(key, Object.fromEntries(left));
    }
    this.changed.fire();
  }

  dispose(): void {
    this.following?.dispose();
    this.changed.dispose();
  }

  private known(accountId: string): Partial<z.output<typeof knownSchema>> & Whose {
    const kept = this.kept(whoseKey) ?? {};
    const known = Object.hasOwn(kept, accountId) ? knownSchema.safeParse(kept[accountId]).data : undefined;
    return known ?? { keys: [], owners: [] };
  }

  private kept(key: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.memory.get(key);
    if (value === undefined) return {};
    // Any object that is not a list can be read by its names; each value is checked when it is used.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  }
}

function lastOf(known: readonly string[], now: readonly string[]): string[] {
  return [...new Set([...known.filter((one) => !now.includes(one)), ...now])].slice(-mostRemembered);
}

/** What an account was called whose mark an older version kept, which wrote nothing but its id: `profile:…:cli:prod`. */
function nameIn(accountId: string): string {
  return accountId.split(':').slice(3).join(':') || accountId;
}
