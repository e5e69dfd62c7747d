import * as l10n from '@vscode/l10n';
import type { CloudProfiles, HomePlace } from '../../../core/cloudProfiles';
import { located, type ProfileFile } from '../../../core/profileFile';
import { joinPath, parentFolder } from '../../../util/paths';
import { volcengineRoles } from '../api/sts';
import { parseCliConfig } from './cliConfig';
import { parseCredentials } from './credentialsFile';
import { describedIn, keyVariables, regionVariables } from './environment';
import { metadata } from './metadata';
import { parseSdkConfig } from './sdkConfig';

/** Where Volcengine's command-line tool and libraries keep accounts. */
export const profiles: CloudProfiles = {
  keyVariables,
  regionVariables,
  described: describedIn,
  files: (place, now) => [cli(place, now), credentials(place), sdk(place)],
  metadata,
  roles: volcengineRoles,
};

function cli({ env, home }: HomePlace, now: () => Date): ProfileFile {
  const file = located(env['VOLCENGINE_CLI_CONFIG_FILE'], home, '.volcengine', 'config.json');
  const beside = parentFolder(file.path);
  const logins = env['VOLCENGINE_LOGIN_CACHE_DIRECTORY']?.trim() || joinPath(beside, 'login', 'cache');
  const folders = {
    ssoCache: (name: string) => joinPath(beside, 'sso', 'cache', name),
    loginCache: (name: string) => joinPath(logins, name),
    now,
  };
  return {
    provider: 'volcengine',
    kind: 'cli',
    ...file,
    tool: () => l10n.t('profile of the Volcengine CLI'),
    parse: (text) => parseCliConfig(text, folders),
  };
}

function credentials({ env, home }: HomePlace): ProfileFile {
  return {
    provider: 'volcengine',
    kind: 'credentials',
    ...located(env['VOLCSTACK_SHARED_CREDENTIALS_FILE'], home, '.volcengine', 'credentials'),
    tool: () => l10n.t('credentials file of Volcengine'),
    parse: parseCredentials,
  };
}

function sdk({ home }: HomePlace): ProfileFile {
  return {
    provider: 'volcengine',
    kind: 'sdk',
    ...located(undefined, home, '.volc', 'config'),
    tool: () => l10n.t('credentials file of Volcengine'),
    parse: parseSdkConfig,
  };
}
