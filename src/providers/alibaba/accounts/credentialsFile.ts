import { keysOf, lacks, unsupported, type KeySource } from '../../../core/credentialSource';
import { sessionName, sessionSeconds, type ParsedFile } from '../../../core/profileFile';
import { parseSections, type Section } from '../../credentialsFile';

/** Reads `~/.alibabacloud/credentials`; sections and names as in the vendor's libraries. */
export function parseCredentials(content: string): ParsedFile | undefined {
  return parseSections(content, keysIn);
}

function keysIn(section: Section): KeySource {
  const type = section.get('type') ?? '';
  switch (type.toLowerCase()) {
    case 'access_key':
      return accessKey(section);
    case 'sts':
      return section.get('security_token') ? accessKey(section) : lacks('security_token');
    case 'ecs_ram_role':
      return { type: 'metadata', role: section.get('role_name') || undefined };
    case 'ram_role_arn':
      return role(section);
    case 'oidc_role_arn':
      return oidc(section);
    case '':
      return lacks('type');
    default:
      return unsupported(type.slice(0, 40));
  }
}

function accessKey(section: Section): KeySource {
  const keys = keysOf(section.get('access_key_id'), section.get('access_key_secret'), section.get('security_token'));
  return keys === undefined ? lacks('access_key_id', 'access_key_secret') : { type: 'keys', keys };
}

function role(section: Section): KeySource {
  const from = accessKey(section);
  const request = roleRequest(section);
  if (from.type === 'none') return from;
  return request === undefined ? lacks('role_arn') : { type: 'role', from, request };
}

function oidc(section: Section): KeySource {
  const request = roleRequest(section);
  const identityProvider = section.get('oidc_provider_arn');
  const tokenFile = section.get('oidc_token_file_path') ?? section.get('oidc_token_file');
  if (request === undefined || !identityProvider || !tokenFile)
    return lacks('role_arn', 'oidc_provider_arn', 'oidc_token_file_path');
  return { type: 'oidc', request, identityProvider, tokenFile };
}

function roleRequest(section: Section) {
  const arn = section.get('role_arn');
  if (!arn) return undefined;
  return {
    role: arn,
    sessionName: section.get('role_session_name') || sessionName,
    durationSeconds: sessionSeconds,
    policy: section.get('policy') || undefined,
  };
}
