import * as l10n from '@vscode/l10n';
import type { CloudProfiles, HomePlace } from '../../../core/cloudProfiles';
import { located, type ProfileFile } from '../../../core/profileFile';
import { joinPath } from '../../../util/paths';
import { alibabaRoles } from '../api/sts';
import { parseCliConfig } from './cliConfig';
import { cliFolder } from './cliFolder';
import { parseCredentials } from './credentialsFile';
import { describedIn, keyVariables, regionVariables } from './environment';
import { metadata } from './metadata';

/** Where Alibaba Cloud's command-line tool and libraries keep accounts. */
export const profiles: CloudProfiles = {
  keyVariables,
  regionVariables,
  described: describedIn,
  files: (place) => [...cli(place), credentials(place)],
  metadata,
  roles: alibabaRoles,
  externalOffVariable: 'ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS',
};

/** Both of the vendor's switches for "not from the tool's profiles" are obeyed. */
function cli({ env, home, windows }: HomePlace): ProfileFile[] {
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
      path: joinPath(cliFolder({ env, home, windows }), 'config.json'),
      shown: '~/.aliyun/config.json',
      tool: () => l10n.t('profile of the Alibaba Cloud CLI'),
      parse: (text) => parseCliConfig(text, { credentialsUri: env['ALIBABA_CLOUD_CREDENTIALS_URI'] }),
    },
  ];
}

function credentials({ env, home }: HomePlace): ProfileFile {
  return {
    provider: 'alibabaCloud',
    kind: 'credentials',
    ...located(env['ALIBABA_CLOUD_CREDENTIALS_FILE'], home, '.alibabacloud', 'credentials'),
    tool: () => l10n.t('credentials file of Alibaba Cloud'),
    parse: parseCredentials,
  };
}
