import type { CloudClient } from '../../client/cloudClient';
import type { Transport } from '../../client/transport';
import type { AccountInfo } from '../../core/account';
import type { CloudProfiles, HomePlace } from '../../core/cloudProfiles';
import type { KeySource } from '../../core/credentialSource';
import type { TemporaryCredentials } from '../../core/roles';
import type { Clock } from '../../util/clock';
import { createEnvProfiles } from './envProfiles';
import type { Clouds } from './ports';
import { ProfileAccounts } from './profileAccounts';
import type { AccountSource, EndpointOverride } from './registry';
import { resolveKeys, type KeyLimits } from './resolveKeys';

export interface ProfilesOptions extends HomePlace {
  readonly endpoint: EndpointOverride;
  readonly clouds: Clouds;
  readonly client: CloudClient;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly limits?: KeyLimits;
}

/**
 * One source of accounts for each of the vendors' files, and one for what their variables describe. Files are read
 * and watched, never written. The order is that of the vendors' own tools.
 */
export function createProfileAccounts(options: ProfilesOptions): AccountSource[] {
  const { endpoint, clock, env, clouds } = options;
  const resolve = (source: KeySource, account: AccountInfo): Promise<TemporaryCredentials> => {
    const provider = clouds.provider(account.provider);
    return resolveKeys(source, { ...options, account, provider, profiles: profilesOf(provider) });
  };
  const files = clouds.all
    .flatMap(({ profiles }) => profiles?.files(options, () => clock.now()) ?? [])
    .map((file) => new ProfileAccounts({ file, endpoint, clock, resolve }));
  return [createEnvProfiles({ env, endpoint, clock, clouds, resolve }), ...files];
}

function profilesOf({ id, profiles }: Clouds['all'][number]): CloudProfiles {
  if (profiles === undefined) throw new TypeError(`${id} has no profiles.`);
  return profiles;
}
