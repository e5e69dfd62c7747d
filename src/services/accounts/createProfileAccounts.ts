import * as l10n from '@vscode/l10n';
import type { CloudClient } from '../../client/cloudClient';
import type { Transport } from '../../client/transport';
import type { AccountInfo, ProviderId } from '../../core/account';
import type { KeySource } from '../../core/credentialSource';
import type { ProfileFile } from '../../core/profileFile';
import type { RoleService, TemporaryCredentials } from '../../core/roles';
import type { Clock } from '../../util/clock';
import { joinPath, parentFolder } from '../../util/paths';
import type { Environment } from './envAccounts';
import { createEnvProfiles } from './envProfiles';
import type { Clouds } from './ports';
import { ProfileAccounts } from './profileAccounts';
import { parseAliyunConfig } from './profiles/aliyunConfig';
import { aliyunFolder } from './profiles/aliyunFolder';
import { parseAlibabaCredentials, parseVolcengineCredentials } from './profiles/credentialsIni';
import { metadataServices, type MetadataService } from './profiles/metadata';
import { parseVolcConfig, parseVolcengineConfig } from './profiles/volcengineConfig';
import type { AccountSource, EndpointOverride } from './registry';
import { resolveKeys, type KeyLimits } from './resolveKeys';

export interface ProfilesOptions {
  readonly env: Environment;
  /** The user's folder, where no variable names another. */
  readonly home: string;
  readonly windows: boolean;
  readonly endpoint: EndpointOverride;
  readonly clouds: Clouds;
  readonly roles: Readonly<Record<ProviderId, RoleService>>;
  readonly client: CloudClient;
  readonly transport: Transport;
  readonly clock: Clock;
  /** The machines' own addresses unless others are given. */
  readonly metadata?: Readonly<Record<ProviderId, MetadataService>>;
  readonly limits?: KeyLimits;
}

/**
 * One source of accounts for each of the vendors' files, and one for what their variables describe. Files are read
 * and watched, never written. The order is that of the vendors' own tools.
 */
export function createProfileAccounts(options: ProfilesOptions): AccountSource[] {
  const { endpoint, clock, env } = options;
  const resolve = (source: KeySource, account: AccountInfo): Promise<TemporaryCredentials> => {
    const { provider: id } = account;
    const metadata = (options.metadata ?? metadataServices)[id];
    return resolveKeys(source, {
      ...options,
      account,
      provider: options.clouds.provider(id),
      roles: options.roles[id],
      metadata,
    });
  };
  const files = profileFiles(options).map((file) => new ProfileAccounts({ file, endpoint, clock, resolve }));
  return [createEnvProfiles({ env, endpoint, clock, resolve }), ...files];
}

/** The files of both clouds, where the variables say they are. */
export function profileFiles(options: Pick<ProfilesOptions, 'env' | 'home' | 'windows' | 'clock'>): ProfileFile[] {
  return [
    ...aliyunCli(options),
    alibabaCredentials(options),
    volcengineCli(options),
    volcengineCredentials(options),
    volcConfig(options),
  ];
}

type Place = Pick<ProfilesOptions, 'env' | 'home' | 'windows' | 'clock'>;

/** Both of the vendor's switches for "not from the tool's profiles" are obeyed. */
function aliyunCli({ env, home, windows }: Place): ProfileFile[] {
  const off = [
    env['ALIBABA_CLOUD_CLI_PROFILE_DISABLED'],
    env['ALIBABA_CLOUD_IGNORE_PROFILE'],
    env['ALIBABACLOUD_IGNORE_PROFILE'],
  ];
  if (off.some((value) => value?.trim().toLowerCase() === 'true')) return [];
  return [
    {
      provider: 'alibabaCloud',
      kind: 'cli',
      path: joinPath(aliyunFolder({ env, home, windows }), 'config.json'),
      shown: '~/.aliyun/config.json',
      tool: () => l10n.t('profile of the Alibaba Cloud CLI'),
      parse: (text) => parseAliyunConfig(text, { credentialsUri: env['ALIBABA_CLOUD_CREDENTIALS_URI'] }),
    },
  ];
}

function alibabaCredentials({ env, home }: Place): ProfileFile {
  return {
    provider: 'alibabaCloud',
    kind: 'credentials',
    ...located(env['ALIBABA_CLOUD_CREDENTIALS_FILE'], home, '.alibabacloud', 'credentials'),
    tool: () => l10n.t('credentials file of Alibaba Cloud'),
    parse: parseAlibabaCredentials,
  };
}

function volcengineCli({ env, home, clock }: Place): ProfileFile {
  const file = located(env['VOLCENGINE_CLI_CONFIG_FILE'], home, '.volcengine', 'config.json');
  const beside = parentFolder(file.path);
  const logins = env['VOLCENGINE_LOGIN_CACHE_DIRECTORY']?.trim() || joinPath(beside, 'login', 'cache');
  const folders = {
    ssoCache: (name: string) => joinPath(beside, 'sso', 'cache', name),
    loginCache: (name: string) => joinPath(logins, name),
    now: () => clock.now(),
  };
  return {
    provider: 'volcengine',
    kind: 'cli',
    ...file,
    tool: () => l10n.t('profile of the Volcengine CLI'),
    parse: (text) => parseVolcengineConfig(text, folders),
  };
}

function volcengineCredentials({ env, home }: Place): ProfileFile {
  return {
    provider: 'volcengine',
    kind: 'credentials',
    ...located(env['VOLCSTACK_SHARED_CREDENTIALS_FILE'], home, '.volcengine', 'credentials'),
    tool: () => l10n.t('credentials file of Volcengine'),
    parse: parseVolcengineCredentials,
  };
}

function volcConfig({ home }: Place): ProfileFile {
  return {
    provider: 'volcengine',
    kind: 'sdk',
    ...located(undefined, home, '.volc', 'config'),
    tool: () => l10n.t('credentials file of Volcengine'),
    parse: parseVolcConfig,
  };
}

/** The place a variable names, relative to the user's folder, else the usual one; and how people write it. */
function located(
  variable: string | undefined,
  home: string,
  ...usual: readonly string[]
): { readonly path: string; readonly shown: string } {
  const moved = variable?.trim();
  if (moved !== undefined && moved !== '') return { path: joinPath(home, moved), shown: moved };
  return { path: joinPath(home, ...usual), shown: ['~', ...usual].join('/') };
}
