import * as l10n from '@vscode/l10n';
import type { Account, AccountInfo, ProviderId } from '../../core/account';
import { renewalOf, type KeySource } from '../../core/credentialSource';
import { addressOf, sessionName, sessionSeconds } from '../../core/profileFile';
import type { TemporaryCredentials } from '../../core/roles';
import type { Clock } from '../../util/clock';
import { Emitter } from '../../util/lifecycle';
import { envRegion, type Environment } from './envAccounts';
import { KeyCache } from './keyCache';
import { credentialsUri } from './profiles/aliyunConfig';
import { withEndpoint, type AccountSource, type EndpointOverride } from './registry';
import { unlessAborted } from './waiting';

export interface EnvProfilesOptions {
  readonly env: Environment;
  readonly endpoint: EndpointOverride;
  readonly clock: Clock;
  readonly resolve: (source: KeySource, account: AccountInfo) => Promise<TemporaryCredentials>;
}

interface EnvProfile {
  readonly provider: ProviderId;
  /** Part of the account's id: never change it. */
  readonly kind: 'oidc' | 'uri' | 'instanceRole';
  readonly source: () => string;
  readonly keys: KeySource;
}

/**
 * Accounts that the vendors' variables describe without holding their keys: an identity provider's token, an address
 * that gives keys, the role of the machine. Each needs its variables set; nothing is tried on the chance that it is there.
 */
export function createEnvProfiles(options: EnvProfilesOptions): AccountSource {
  const changed = new Emitter<void>();
  const cache = new KeyCache(options.clock);
  const found = profilesIn(options.env);
  return {
    list: () => found.map((profile) => accountOf(profile, options, cache)),
    onDidChange: changed.event,
    dispose: () => {
      cache.clear();
      changed.dispose();
    },
  };
}

function accountOf(profile: EnvProfile, options: EnvProfilesOptions, cache: KeyCache): Account {
  const { provider, kind, source, keys } = profile;
  const info: AccountInfo = {
    id: `env:${provider}:${kind}`,
    provider,
    name: l10n.t('Environment'),
    source: source(),
    level: 'normal',
    ...envRegion(provider, options.env),
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

function profilesIn(env: Environment): EnvProfile[] {
  return [
    alibabaOidc(env),
    alibabaUri(env),
    alibabaInstance(env),
    volcengineOidc(env),
    volcengineInstance(env),
  ].flatMap((profile) => profile ?? []);
}

function alibabaOidc(env: Environment): EnvProfile | undefined {
  const role = read(env, 'ALIBABA_CLOUD_ROLE_ARN');
  const identityProvider = read(env, 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN');
  const tokenFile = read(env, 'ALIBABA_CLOUD_OIDC_TOKEN_FILE');
  if (role === undefined || identityProvider === undefined || tokenFile === undefined) return undefined;
  const session = read(env, 'ALIBABA_CLOUD_ROLE_SESSION_NAME') ?? sessionName;
  const request = { role, sessionName: session, durationSeconds: sessionSeconds };
  return {
    provider: 'alibabaCloud',
    kind: 'oidc',
    source: fromOidc,
    keys: { type: 'oidc', request, identityProvider, tokenFile },
  };
}

function alibabaUri(env: Environment): EnvProfile | undefined {
  const uri = read(env, 'ALIBABA_CLOUD_CREDENTIALS_URI');
  if (uri === undefined) return undefined;
  const source = (): string => l10n.t('environment variables, address that gives keys');
  return { provider: 'alibabaCloud', kind: 'uri', source, keys: credentialsUri(uri) };
}

function alibabaInstance(env: Environment): EnvProfile | undefined {
  const role = read(env, 'ALIBABA_CLOUD_ECS_METADATA');
  return role === undefined
    ? undefined
    : { provider: 'alibabaCloud', kind: 'instanceRole', source: fromInstance, keys: { type: 'metadata', role } };
}

function volcengineOidc(env: Environment): EnvProfile | undefined {
  const role = read(env, 'VOLCENGINE_OIDC_ROLE_TRN');
  const tokenFile = read(env, 'VOLCENGINE_OIDC_TOKEN_FILE');
  if (role === undefined || tokenFile === undefined) return undefined;
  const session = read(env, 'VOLCENGINE_OIDC_ROLE_SESSION_NAME') ?? sessionName;
  const policy = read(env, 'VOLCENGINE_OIDC_ROLE_POLICY');
  const request = { role, sessionName: session, durationSeconds: sessionSeconds, policy };
  const endpoint = addressOf(read(env, 'VOLCENGINE_OIDC_STS_ENDPOINT'));
  return {
    provider: 'volcengine',
    kind: 'oidc',
    source: fromOidc,
    keys: { type: 'oidc', request, identityProvider: undefined, tokenFile, endpoint },
  };
}

function volcengineInstance(env: Environment): EnvProfile | undefined {
  const role = read(env, 'VOLCENGINE_ECS_METADATA');
  return role === undefined
    ? undefined
    : { provider: 'volcengine', kind: 'instanceRole', source: fromInstance, keys: { type: 'metadata', role } };
}

function fromOidc(): string {
  return l10n.t('environment variables, token of an identity provider');
}

function fromInstance(): string {
  return l10n.t('environment variables, role of this instance');
}

function read(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}
