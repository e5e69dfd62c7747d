import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import {
  accountLevels,
  keyFingerprint,
  providerIds,
  type Account,
  type AccountInfo,
  type AccountLevel,
  type Credentials,
  type ProviderId,
} from '../../core/account';
import { accountName } from '../../core/accountName';
import { CloudError } from '../../core/cloudError';
import { usable } from '../../core/keyRules';
import type { Clock } from '../../util/clock';
import { Emitter, type Disposable } from '../../util/lifecycle';
import type { EndpointSetting } from './endpointSetting';
import type { Memory } from './ports';
import { type AccountProblem } from './ports';
import { withEndpoint, type AccountSource, type EndpointOverride } from './registry';
import { SecretBox, type SecretStore } from './secretBox';
import { unlessAborted } from './waiting';

const recordSchema = z.object({
  id: z.string().check(z.regex(/^stored:[\w-]+$/)),
  provider: z.enum(providerIds),
  name: z.string().check(z.minLength(1)),
  level: z.enum(accountLevels),
  /** The address that the settings named when the keys were entered. */
  endpoint: z.optional(z.string()),
  /** Tells the keys from others without holding them. */
  keyMark: z.optional(z.string()),
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

/** What of it other windows must learn. */
export const storedKeys: readonly string[] = ['accounts'];
const memoryKey = 'accounts';

/**
 * Accounts added by hand. Names and levels are in VS Code's state; the keys are in `SecretStorage` and nowhere else.
 */
export class StoredAccounts implements AccountSource {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  private readonly secrets: SecretBox;
  private readonly following: Disposable | undefined;
  /** How often the keys of an account were entered in this window. */
  private readonly entered = new Map<string, number>();

  constructor(
    private readonly memory: Memory,
    secrets: SecretStore,
    private readonly endpoint: EndpointOverride,
    private readonly newId: () => string,
    clock?: Clock,
  ) {
    this.secrets = new SecretBox(secrets, clock);
    this.following = memory.onDidChange?.((key) => {
      if (key === memoryKey) this.changed.fire();
    });
  }

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
    return this.account({ id: `stored:${this.newId()}`, ...details }, credentials);
  }

  /** Keeps a checked draft. The secret is stored first: an account without keys would be of no use. */
  async add(draft: Account, credentials: Credentials): Promise<void> {
    await this.secrets.set(secretKey(draft.id), JSON.stringify(credentials));
    const { id, provider, name, level, endpoint } = draft;
    const address = endpoint === undefined ? {} : { endpoint };
    await this.write([...this.raw(), { id, provider, name, level, keyMark: keyFingerprint(credentials), ...address }]);
  }

  /** Changes the name or level. */
  async change(id: string, details: Partial<Pick<NewAccount, 'name' | 'level'>>): Promise<void> {
    await this.write(this.raw().map((r) => (idOf(r) === id && typeof r === 'object' ? { ...r, ...details } : r)));
  }

  /** Replaces the keys of an account. */
  async reenter(id: string, credentials: Credentials): Promise<void> {
    await this.secrets.set(secretKey(id), JSON.stringify(credentials));
    this.entered.set(id, (this.entered.get(id) ?? 0) + 1);
    const entered = { keyMark: keyFingerprint(credentials), ...this.addressOf(id) };
    await this.write(this.raw().map((r) => (idOf(r) === id ? { ...withoutAddress(r), ...entered } : r)));
  }

  /**
   * Removes the account and its keys. The account goes in any case; rejects with `CloudError` when its keys could not
   * be erased.
   */
  async remove(id: string): Promise<void> {
    await this.write(this.raw().filter((r) => idOf(r) !== id));
    await this.secrets.delete(secretKey(id));
  }

  dispose(): void {
    this.following?.dispose();
    this.changed.dispose();
  }

  private account(record: StoredRecord, given?: Credentials): Account {
    const { id, provider, name, level, keyMark } = record;
    const info: AccountInfo = { id, provider, name: accountName(name), level, source: l10n.t('added by hand') };
    const read = (): Promise<Credentials> => (given === undefined ? this.read(info) : Promise.resolve(given));
    const credentials: Account['credentials'] = ({ signal } = {}) =>
      unlessAborted(
        read().then((keys) => usable(keys, info)),
        signal,
      );
    const revision = String(this.entered.get(id) ?? 0);
    const account: Account = { ...info, revision, ...(keyMark === undefined ? {} : { keyMark }), credentials };
    const setting = this.endpoint(provider);
    return withEndpoint(account, given === undefined ? forKept(setting, record) : setting);
  }

  /** The address that the settings name now for the account. */
  private addressOf(id: string): { readonly endpoint?: string } {
    const record = this.records().records.find((known) => known.id === id);
    const setting = record === undefined ? undefined : this.endpoint(record.provider);
    return setting?.ok !== true || setting.endpoint === undefined ? {} : { endpoint: setting.endpoint };
  }

  private async read({ id, name }: AccountInfo): Promise<Credentials> {
    const text = await this.secrets.get(secretKey(id));
    const checked = credentialsSchema.safeParse(parse(text));
    if (checked.success) return checked.data;
    const message = l10n.t('The keys of "{0}" are not in the secret storage of this machine.', name);
    throw new CloudError(message, {
      reason: 'auth',
      delivery: 'notSent',
      advice: l10n.t('Update the keys, or remove the account.'),
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

/** Keys that were entered before somebody set another address on the other side are not for that address. */
function forKept(setting: EndpointSetting, { name, endpoint }: StoredRecord): EndpointSetting {
  if (!setting.ok || setting.elsewhere !== true || setting.endpoint === undefined) return setting;
  if (setting.endpoint === endpoint) return setting;
  return {
    ok: false,
    problem: l10n.t(
      'The settings of the remote machine send calls to "{0}". The keys of "{1}" were not entered for this address and are not used with it.',
      setting.endpoint,
      accountName(name),
    ),
    advice: l10n.t(
      'Take the endpoint out of the settings of the remote machine (a devcontainer.json can put it there), or enter the keys again if they are meant for this address.',
    ),
  };
}

function secretKey(id: string): string {
  return `credentials.${id}`;
}

function withoutAddress(record: unknown): object {
  // Whatever it is, it is looked at for one field only.
  const { endpoint: _, ...rest } = Object(record) as { readonly endpoint?: unknown };
  return rest;
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
