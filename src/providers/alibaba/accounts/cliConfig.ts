import * as l10n from '@vscode/l10n';
import { keysOf, lacks, unsupported, type KeySource } from '../../../core/credentialSource';
import {
  addressOf,
  parseJsonObject,
  present,
  sessionName,
  sessionSeconds,
  type ParsedFile,
  type Profile,
} from '../../../core/profileFile';
import { isRegionId } from '../../../core/regionNames';
import type { RoleRequest } from '../../../core/roles';
import { readProfile, type CliProfile } from './cliProfile';
import { cloudSso, credentialsUri, oauth } from './cliSignIns';

export interface CliOptions {
  /** `ALIBABA_CLOUD_CREDENTIALS_URI`: for profiles of that mode that name none. */
  readonly credentialsUri: string | undefined;
}

/**
 * Reads `~/.aliyun/config.json`. None of the profiles is "current". Of two with one name the tool itself only ever
 * sees the first.
 */
export function parseCliConfig(content: string, options: CliOptions): ParsedFile | undefined {
  const list = parseJsonObject(content)?.['profiles'] ?? [];
  if (parseJsonObject(content) === undefined || !Array.isArray(list)) return undefined;
  const read = list.map(readProfile);
  const byName = new Map<string, CliProfile>();
  let strange = 0;
  for (const profile of read) {
    if (profile?.name === undefined || profile.name === '' || byName.has(profile.name)) strange++;
    else byName.set(profile.name, profile);
  }
  const reader = new Reader(byName, options);
  return {
    profiles: [...byName].map(([name, profile]) => reader.profile(name, profile)),
    problems:
      strange === 0
        ? []
        : [
            l10n.t(
              '{0} profiles have no name, the name of another one, or an unknown form. They are not shown.',
              strange,
            ),
          ],
  };
}

class Reader {
  constructor(
    private readonly byName: ReadonlyMap<string, CliProfile>,
    private readonly options: CliOptions,
  ) {}

  profile(name: string, profile: CliProfile): Profile {
    const hosts = present({ Ecs: addressOf(profile.endpoint), Sts: stsAddress(profile) });
    const own = profile.region_id ?? '';
    const region = isRegionId(own) ? own : undefined;
    return { name, keys: this.keys(profile, [name]), hosts, vpc: vpcRegion(profile), region };
  }

  /** `path` holds the profiles on the way here: a role may build on another profile, but not on itself. */
  private keys(profile: CliProfile, path: readonly string[]): KeySource {
    const mode = profile.mode ?? '';
    switch (mode.toLowerCase()) {
      case 'ak':
        return keys(profile, false);
      case 'ststoken':
        return keys(profile, true);
      case 'ramrolearn':
        return role(profile, keys(profile, false, profile.sts_token));
      case 'ramrolearnwithrolename':
        return role(profile, { type: 'metadata', role: profile.ram_role_name });
      case 'chainableramrolearn':
        return this.chained(profile, path);
      case 'ecsramrole':
        return { type: 'metadata', role: profile.ram_role_name };
      case 'oidc':
        return oidc(profile);
      case 'external':
        return this.external(profile, path);
      case 'credentialsuri':
        return credentialsUri(profile.credentials_uri ?? this.options.credentialsUri);
      case 'cloudsso':
        return cloudSso(profile);
      case 'oauth':
        return oauth(profile);
      case '':
        return lacks('mode');
      case 'bearertoken':
        return unsupported(mode, () =>
          l10n.t('Bearer tokens serve other products than ECS. Use a profile with keys or a role.'),
        );
      case 'anonymous':
        return unsupported(mode, () => l10n.t('It stands for calls without keys; everything here needs some.'));
      case 'rsakeypair':
        return unsupported(mode, () => l10n.t('The vendor no longer supports it. Use a profile with keys or a role.'));
      default:
        return unsupported(mode.slice(0, 40));
    }
  }

  private chained(profile: CliProfile, path: readonly string[]): KeySource {
    const name = profile.source_profile;
    if (name === undefined || name === '') return lacks('source_profile');
    const source = this.byName.get(name);
    if (source === undefined)
      return { type: 'none', why: () => l10n.t('There is no profile "{0}", on which this one builds.', name) };
    if (path.includes(name))
      return {
        type: 'none',
        why: () => l10n.t('The profiles "{0}" build on each other in a circle.', [...path, name].join('" → "')),
      };
    return role(profile, this.keys(source, [...path, name]));
  }

  /** The program's output is laid over the profile and then counts as one, as the vendor's tool does it. */
  private external(profile: CliProfile, path: readonly string[]): KeySource {
    const command = profile.process_command;
    if (command === undefined || command.trim() === '') return lacks('process_command');
    return {
      type: 'process',
      command,
      read: (output) => {
        const said = readProfile(output);
        if (said === undefined)
          return { type: 'none', why: () => l10n.t('The program of the profile wrote something that is not keys.') };
        const mode = said.mode ?? (said.sts_token === undefined ? 'AK' : 'StsToken');
        if (mode.toLowerCase() === 'external')
          return {
            type: 'none',
            why: () => l10n.t('The program of the profile named another program instead of keys.'),
          };
        const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
        return this.keys({ ...profile, ...given, mode }, path);
      },
    };
  }
}

function keys(profile: CliProfile, needsToken: boolean, token = needsToken ? profile.sts_token : undefined): KeySource {
  const found = keysOf(profile.access_key_id, profile.access_key_secret, token);
  if (found === undefined) return lacks('access_key_id', 'access_key_secret');
  if (needsToken && found.securityToken === undefined) return lacks('sts_token');
  const end = profile.expiration === undefined ? undefined : new Date(profile.expiration);
  return {
    type: 'keys',
    keys: { ...found, ...(end === undefined || Number.isNaN(end.getTime()) ? {} : { expires: end }) },
  };
}

function role(profile: CliProfile, from: KeySource): KeySource {
  if (from.type === 'none') return from;
  const request = roleRequest(profile);
  return request === undefined ? lacks('ram_role_arn') : { type: 'role', from, request, endpoint: stsAddress(profile) };
}

function roleRequest(profile: CliProfile): RoleRequest | undefined {
  if (!profile.ram_role_arn) return undefined;
  return {
    role: profile.ram_role_arn,
    sessionName: profile.ram_session_name || sessionName,
    durationSeconds: Math.max(900, profile.expired_seconds || sessionSeconds),
    policy: profile.policy || undefined,
    externalId: profile.external_id || undefined,
  };
}

function oidc(profile: CliProfile): KeySource {
  const request = roleRequest(profile);
  const { oidc_provider_arn: identityProvider, oidc_token_file: tokenFile } = profile;
  if (request === undefined) return lacks('ram_role_arn');
  if (!identityProvider) return lacks('oidc_provider_arn');
  if (!tokenFile) return lacks('oidc_token_file');
  return { type: 'oidc', request, identityProvider, tokenFile, endpoint: stsAddress(profile) };
}

/** The profile's own address for roles, else that of its region; undefined leaves the common one. */
function stsAddress(profile: CliProfile): string | undefined {
  const own = addressOf(profile.sts_endpoint);
  const region = profile.sts_region?.trim();
  const vpc = vpcRegion(profile);
  if (own !== undefined) return own;
  if (region !== undefined && isRegionId(region)) return `https://sts.${region}.aliyuncs.com`;
  return vpc === undefined ? undefined : `https://sts-vpc.${vpc}.aliyuncs.com`;
}

function vpcRegion(profile: CliProfile): string | undefined {
  const region = profile.region_id?.trim();
  return profile.endpoint_type?.toLowerCase() === 'vpc' && region !== undefined && isRegionId(region)
    ? region
    : undefined;
}
