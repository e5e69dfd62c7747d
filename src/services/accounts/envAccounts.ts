import * as l10n from '@vscode/l10n';
import { keyFingerprint, type Account, type Credentials } from '../../core/account';
import { CloudError } from '../../core/cloudError';
import type { Environment } from '../../core/cloudProfiles';
import { usable } from '../../core/keyRules';
import type { Provider } from '../../core/provider';
import { isRegionId } from '../../core/regionNames';
import { Emitter } from '../../util/lifecycle';
import { withEndpoint, type AccountSource, type EndpointOverride } from './registry';

/** The region that the variables name. */
export function envRegion({ profiles }: Provider, env: Environment): { readonly region?: string } {
  const region = profiles?.regionVariables
    .map((name) => env[name]?.trim())
    .find((value) => value !== undefined && isRegionId(value));
  return region === undefined ? {} : { region };
}

/** Accounts from the vendors' environment variables. The environment does not change while we run. */
export function createEnvAccounts(
  env: Environment,
  endpoint: EndpointOverride,
  clouds: readonly Provider[],
): AccountSource {
  const changed = new Emitter<void>();
  return {
    list: () => clouds.flatMap((cloud) => accountOf(cloud, env, endpoint)),
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}

function accountOf(cloud: Provider, env: Environment, endpoint: EndpointOverride): Account[] {
  const { id: provider } = cloud;
  const id = `env:${provider}`;
  const known = credentialsOf(cloud, env);
  if (known === undefined) return [];
  const account: Account = {
    id,
    provider,
    name: l10n.t('Environment'),
    source: l10n.t('environment variables'),
    level: 'normal',
    ...envRegion(cloud, env),
    keyMark: keyFingerprint(known),
    credentials: () =>
      Promise.resolve(credentialsOf(cloud, env)).then((keys) => {
        if (keys === undefined) throw missing();
        return usable(keys, account);
      }),
  };
  return [withEndpoint(account, endpoint(provider))];
}

function credentialsOf({ profiles }: Provider, env: Environment): Credentials | undefined {
  for (const pair of profiles?.keyVariables ?? []) {
    const accessKeyId = env[pair.id]?.trim();
    const accessKeySecret = env[pair.secret]?.trim();
    if (accessKeyId === undefined || accessKeyId === '' || accessKeySecret === undefined || accessKeySecret === '')
      continue;
    const token = pair.token === undefined ? undefined : env[pair.token]?.trim();
    return { accessKeyId, accessKeySecret, ...(token === undefined || token === '' ? {} : { securityToken: token }) };
  }
  return undefined;
}

function missing(): CloudError {
  const message = l10n.t('The environment variables of this account are no longer set.');
  return new CloudError(message, { reason: 'auth', delivery: 'notSent' });
}
