import { accountLevels, type Account, type AccountLevel, type LevelFrom, type ProviderId } from '../../core/account';

/** A level that an account was given, and whose account that is. */
export interface Mark extends Whose {
  readonly accountId: string;
  readonly provider: ProviderId | undefined;
  readonly name: string;
  readonly source: string;
  readonly level: AccountLevel;
}

/** The strictest mark of the same key or the same owner, where it is stricter than the account's own level. */
export function strictestFor(
  account: Pick<Account, 'id' | 'provider' | 'level'> & Whose,
  marks: readonly Mark[],
): { readonly level: AccountLevel; readonly levelFrom: LevelFrom } | undefined {
  let found: { readonly level: AccountLevel; readonly levelFrom: LevelFrom } | undefined;
  for (const { accountId, provider, name, source, level, keys, owners } of marks) {
    if (accountId === account.id || !isStricter(level, found?.level ?? account.level)) continue;
    if (provider !== undefined && provider !== account.provider) continue;
    const by = meets(keys, account.keys) ? 'key' : meets(owners, account.owners) ? 'owner' : undefined;
    if (by !== undefined) found = { level, levelFrom: { name, source, by } };
  }
  return found;
}

function isStricter(a: AccountLevel, b: AccountLevel): boolean {
  return accountLevels.indexOf(a) > accountLevels.indexOf(b);
}

function meets(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.includes(one));
}

export function union(known: readonly string[], ...more: readonly (string | undefined)[]): string[] {
  return [...new Set([...known, ...more.filter((one) => one !== undefined)])];
}

/** Whose an account is: marks of its keys, and the ids of its owners at the cloud. */
export interface Whose {
  readonly keys: readonly string[];
  readonly owners: readonly string[];
}
