import type { CloudClient } from '../../client/cloudClient';
import type { Account } from '../../core/account';
import type { Identity } from '../../core/provider';
import type { Clouds } from './ports';

export interface CheckAccountOptions {
  readonly client: CloudClient;
  readonly clouds: Clouds;
  readonly language: string;
}

/**
 * Proves an account's keys by one real call: who they belong to where the cloud can say, else the list of regions.
 * Rejects with `CloudError`; `permission` then still means that the keys are right.
 */
export async function checkAccount(
  account: Account,
  options: CheckAccountOptions,
  signal: AbortSignal,
): Promise<Identity | undefined> {
  const { client, clouds, language } = options;
  const provider = clouds.provider(account.provider);
  const { identity, regions } = provider;
  if (identity !== undefined) {
    const { operation, region, read } = identity;
    return read((await client.read({ provider, account, region, operation, params: {}, signal })).value);
  }
  const { operation, region, pager } = regions;
  const params = { ...regions.params(language), ...pager.first };
  await client.read({ provider, account, region, operation, params, signal });
  return undefined;
}
