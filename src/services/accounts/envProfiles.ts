import * as l10n from '@vscode/l10n';
import type { Account, AccountInfo } from '../../core/account';
import type { Environment, EnvProfile } from '../../core/cloudProfiles';
import { renewalOf, type KeySource } from '../../core/credentialSource';
import type { Provider } from '../../core/provider';
import type { TemporaryCredentials } from '../../core/roles';
import type { Clock } from '../../util/clock';
import { Emitter } from '../../util/lifecycle';
import { envRegion } from './envAccounts';
import { KeyCache } from './keyCache';
import type { Clouds } from './ports';
import { withEndpoint, type AccountSource, type EndpointOverride } from './registry';
import { unlessAborted } from './waiting';

export interface EnvProfilesOptions {
  readonly env: Environment;
  readonly endpoint: EndpointOverride;
  readonly clock: Clock;
  readonly clouds: Clouds;
  readonly resolve: (source: KeySource, account: AccountInfo) => Promise<TemporaryCredentials>;
}

interface Described {
  readonly cloud: Provider;
  readonly profile: EnvProfile;
}

/**
 * Accounts that the vendors' variables describe without holding their keys: an identity provider's token, an address
 * that gives keys, the role of the machine. Each needs its variables set; nothing is tried on the chance that it is there.
 */
export function createEnvProfiles(options: EnvProfilesOptions): AccountSource {
  const changed = new Emitter<void>();
  const cache = new KeyCache(options.clock);
  const found = options.clouds.all.flatMap((cloud) =>
    (cloud.profiles?.described(options.env) ?? []).map((profile) => ({ cloud, profile })),
  );
  return {
    list: () => found.map((one) => accountOf(one, options, cache)),
    onDidChange: changed.event,
    dispose: () => {
      cache.clear();
      changed.dispose();
    },
  };
}

function accountOf({ cloud, profile }: Described, options: EnvProfilesOptions, cache: KeyCache): Account {
  const { id: provider } = cloud;
  const { kind, source, keys } = profile;
  const info: AccountInfo = {
    id: `env:${provider}:${kind}`,
    provider,
    name: l10n.t('Environment'),
    source: source(),
    level: 'normal',
    ...envRegion(cloud, options.env),
  };
  const setting = options.endpoint(provider);
  const reach: AccountInfo =
    setting.ok && setting.endpoint !== undefined ? { ...info, endpoint: setting.endpoint } : info;
  const credentials: Account['credentials'] = ({ refresh = false, signal } = {}) =>
    unlessAborted(
      cache.get(info.id, profile, () => options.resolve(keys, reach), refresh),
      signal,
    );
  const renewal = renewalOf(keys);
  return withEndpoint({ ...info, ...(renewal && { renewal }), credentials }, setting);
}
