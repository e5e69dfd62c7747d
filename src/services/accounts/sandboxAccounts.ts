import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import type { Account, AccountLevel, Credentials, ProviderId } from '../../core/account';
import { Emitter } from '../../util/lifecycle';
import type { AccountSource } from './registry';

const loopback = z.string().check(z.regex(/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/));
const linesSchema = z.object({
  alibabaCloud: z.object({ endpoint: loopback, accessKeyId: z.string(), accessKeySecret: z.string() }),
  volcengine: z.object({ endpoint: loopback, accessKeyId: z.string(), secretAccessKey: z.string() }),
});

/** Where a running sandbox listens and its made-up keys: the JSON line `npm run sandbox` prints. */
export type SandboxAddress = z.output<typeof linesSchema>;

/** Reads that line. Throws when it is not one, or names another machine: the sandbox is on loopback only. */
export function parseSandboxAddress(line: string): SandboxAddress {
  return linesSchema.parse(JSON.parse(line));
}

/** The accounts of the sandbox, one per cloud, while it runs. */
export class SandboxAccounts implements AccountSource {
  private accounts: readonly Account[] = [];
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  list(): readonly Account[] {
    return this.accounts;
  }

  get running(): boolean {
    return this.accounts.length > 0;
  }

  show(address: SandboxAddress): void {
    const { alibabaCloud, volcengine } = address;
    this.accounts = [
      accountOf('alibabaCloud', alibabaCloud.endpoint, alibabaCloud),
      accountOf('volcengine', volcengine.endpoint, { ...volcengine, accessKeySecret: volcengine.secretAccessKey }),
    ];
    this.changed.fire();
  }

  /** Marks an account as a real one is marked, to practise; it ends with the sandbox. */
  mark(accountId: string, level: AccountLevel): void {
    this.accounts = this.accounts.map((account) => (account.id === accountId ? { ...account, level } : account));
    this.changed.fire();
  }

  hide(): void {
    this.accounts = [];
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** Told apart at a glance, here and in every question. */
const names: Readonly<Record<ProviderId, () => string>> = {
  alibabaCloud: () => l10n.t('Alibaba Cloud Sandbox'),
  volcengine: () => l10n.t('Volcengine Sandbox'),
};

function accountOf(provider: ProviderId, endpoint: string, keys: Credentials): Account {
  const credentials: Credentials = { accessKeyId: keys.accessKeyId, accessKeySecret: keys.accessKeySecret };
  return {
    id: `sandbox:${provider}`,
    provider,
    name: names[provider](),
    source: l10n.t('Sandbox'),
    level: 'normal',
    endpoint,
    sandbox: true,
    credentials: () => Promise.resolve(credentials),
  };
}
