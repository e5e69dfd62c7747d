import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import {
  accountLevels,
  providerIds,
  type Account,
  type AccountLevel,
  type Credentials,
  type ProviderId,
} from '../../core/account';
import { CloudError } from '../../core/cloudError';
import { Emitter } from '../../util/lifecycle';
import { withEndpoint, type AccountProblem, type AccountSource, type EndpointOverride } from './registry';
import type { Memory } from './ports';

/** VS Code's `SecretStorage`, as far as it is used. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

const recordSchema = z.object({
  id: z.string().check(z.regex(/^stored:[\w-]+$/)),
  provider: z.enum(providerIds),
  name: z.string().check(z.minLength(1)),
  level: z.enum(accountLevels),
});
type StoredRecord = z.output<typeof recordSchema>;

const credentialsSchema = z.object({
  accessKeyId: z.string().check(z.minLength(1)),
  accessKeySecret: z.string().check(z.minLength(1)),
  securityToken: z.optional(z.string()),
});

/** What a person enters; the level and the name can be changed later. */
export interface NewAccount {
  readonly provider: ProviderId;
  readonly name: string;
  readonly level: AccountLevel;
}

const memoryKey = 'accounts';

/**
 * Accounts added by hand. Names and levels are in VS Code's state; the keys are in `SecretStorage` and nowhere else.
 */
export class StoredAccounts implements AccountSource {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memory: Memory,
    private readonly secrets: SecretStore,
    private readonly endpoint: EndpointOverride,
    private readonly newId: () => string,
  ) {}

  list(): readonly Account[] {
    return this.records().records.map((record) => this.account(record));
  }

  problems(): readonly AccountProblem[] {
    const { broken } = this.records();
    if (broken === 0) return [];
    return [
      { where: 'VS Code', message: l10n.t('{0} saved accounts have an unknown form and are not shown.', broken) },
    ];
  }

  /** An account with these keys that is not kept, to be checked by a real call first. */
  draft(details: NewAccount, credentials: Credentials): Account {
    return this.account({ id: `stored:${this.newId()}`, ...details }, () => Promise.resolve(credentials));
  }

  /** Keeps a checked draft. The secret is stored first: an account without keys would be of no use. */
  async add(draft: Account, credentials: Credentials): Promise<void> {
    await this.secrets.store(secretKey(draft.id), JSON.stringify(credentials));
    const { id, provider, name, level } = draft;
    await this.write([...this.raw(), { id, provider, name, level }]);
  }

  /** Changes the name or level. */
  async change(id: string, details: Partial<Pick<NewAccount, 'name' | 'level'>>): Promise<void> {
    await this.write(this.raw().map((r) => (idOf(r) === id && typeof r === 'object' ? { ...r, ...details } : r)));
  }

  /** Replaces the keys of an account. */
  async reenter(id: string, credentials: Credentials): Promise<void> {
    await this.secrets.store(secretKey(id), JSON.stringify(credentials));
    this.changed.fire();
  }

  /** Removes the account and its keys. */
  async remove(id: string): Promise<void> {
    await this.secrets.delete(secretKey(id));
    await this.write(this.raw().filter((r) => idOf(r) !== id));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private account(record: StoredRecord, credentials: () => Promise<Credentials> = () => this.read(record)): Account {
    const { id, provider, name, level } = record;
    const account: Account = { id, provider, name, level, source: l10n.t('added by hand'), credentials };
    return withEndpoint(account, this.endpoint(provider));
  }

  private async read(record: StoredRecord): Promise<Credentials> {
    const text = await this.secrets.get(secretKey(record.id));
    const checked = credentialsSchema.safeParse(parse(text));
    if (checked.success) return checked.data;
    const message = l10n.t('The keys of "{0}" are not in the secret storage of this machine.', record.name);
    throw new CloudError(message, {
      reason: 'auth',
      delivery: 'notSent',
      advice: l10n.t('Enter the keys again, or remove the account.'),
    });
  }

  private records(): { readonly records: StoredRecord[]; readonly broken: number } {
    const raw = this.raw();
    const records = raw.flatMap((value) => recordSchema.safeParse(value).data ?? []);
    return { records, broken: raw.length - records.length };
  }

  /** Everything that is stored, also what we do not understand: a newer version may have written it. */
  private raw(): readonly unknown[] {
    const value = this.memory.get(memoryKey);
    return Array.isArray(value) ? value : [];
  }

  private async write(records: readonly unknown[]): Promise<void> {
    await this.memory.set(memoryKey, records);
    this.changed.fire();
  }
}

function secretKey(id: string): string {
  return `credentials.${id}`;
}

function idOf(record: unknown): unknown {
  return typeof record === 'object' && record !== null && 'id' in record ? record.id : undefined;
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
