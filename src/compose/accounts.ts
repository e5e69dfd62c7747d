import type { CloudClient } from '../client/cloudClient';
import type { Transport } from '../client/transport';
import { AccountLevels } from '../services/accounts/accountLevels';
import { AccountNames } from '../services/accounts/accountNames';
import { createProfileAccounts, type ProfilesOptions } from '../services/accounts/createProfileAccounts';
import { createEnvAccounts } from '../services/accounts/envAccounts';
import type { Clouds, Memory } from '../services/accounts/ports';
import { AccountRegistry } from '../services/accounts/registry';
import { SandboxAccounts } from '../services/accounts/sandboxAccounts';
import type { SecretStore } from '../services/accounts/secretBox';
import { StoredAccounts } from '../services/accounts/storedAccounts';

/** Where accounts come from and where those that are added by hand are kept. */
export interface AccountOptions extends Omit<ProfilesOptions, keyof AccountParts> {
  readonly memory: Memory;
  readonly secrets: SecretStore;
  readonly newId: () => string;
}

/** What accounts need that must call a cloud to get their keys. */
export interface AccountParts {
  readonly clouds: Clouds;
  readonly client: CloudClient;
  readonly transport: Transport;
}

export interface KnownAccounts {
  /** All accounts of all sources. */
  readonly accounts: AccountRegistry;
  readonly owners: AccountRegistry;
  /** The sources that people change. */
  readonly stored: StoredAccounts;
  readonly sandboxAccounts: SandboxAccounts;
  readonly levels: AccountLevels;
  /** What people call accounts of other sources. */
  readonly names: AccountNames;
  dispose(): void;
}

export function composeAccounts(options: AccountOptions, parts: AccountParts): KnownAccounts {
  const { env, endpoint, memory, secrets, newId } = options;
  const stored = new StoredAccounts(memory, secrets, endpoint, newId);
  const sandboxAccounts = new SandboxAccounts();
  const levels = new AccountLevels(memory);
  const profiles = createProfileAccounts({ ...options, ...parts });
  const sources = [createEnvAccounts(env, endpoint, parts.clouds.all), ...profiles, stored, sandboxAccounts];
  const names = new AccountNames(memory);
  const accounts = new AccountRegistry(sources, levels, names);
  const dispose = (): void => {
    accounts.dispose();
    levels.dispose();
    names.dispose();
  };
  return { accounts, owners: accounts, stored, sandboxAccounts, levels, names, dispose };
}
