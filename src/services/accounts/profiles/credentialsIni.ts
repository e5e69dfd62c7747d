import * as l10n from '@vscode/l10n';
import { accountName } from '../../../core/accountName';
import { keysOf, lacks, unsupported, type KeySource } from '../../../core/credentialSource';
import { sessionName, sessionSeconds, type ParsedFile } from '../../../core/profileFile';
import { parseIni, type Ini } from '../../../util/ini';

type Section = ReadonlyMap<string, string>;

/** Reads `~/.alibabacloud/credentials`; sections and names as in the vendor's libraries. */
export function parseAlibabaCredentials(content: string): ParsedFile | undefined {
  return parseSections(content, alibabaKeys);
}

/** Reads `~/.volcengine/credentials`, which the vendor's Go library knows. */
export function parseVolcengineCredentials(content: string): ParsedFile | undefined {
  return parseSections(content, volcengineKeys);
}

/** Undefined when there is text but no section: not a file of this kind, or a part of one. */
function parseSections(content: string, keys: (section: Section) => KeySource): ParsedFile | undefined {
  const ini = parseIni(content);
  if (ini.sections.size === 0 && ini.strangeLines.length > 0) return undefined;
  return {
    profiles: [...ini.sections].map(([name, section]) => ({
      name,
      keys: ini.repeated.has(name) ? uncertain(name) : keys(section),
    })),
    problems: problemsOf(ini),
  };
}

/** Which id belongs to which secret cannot be told, and the wrong pair would be somebody else's account. */
function uncertain(name: string): KeySource {
  return {
    type: 'none',
    why: () => repeatedText(name),
    advice: () => l10n.t('Leave one section of each name in the file, and each value once in it.'),
  };
}

function repeatedText(name: string): string {
  return l10n.t('The section "{0}" or a value in it stands there twice, so its keys are not used.', accountName(name));
}

function problemsOf({ strangeLines, repeated }: Ini): string[] {
  const twice = [...repeated].map(repeatedText);
  if (strangeLines.length === 0) return twice;
  return [
    ...twice,
    l10n.t(
      'Lines that are neither a section nor "name = value" are ignored: {0}.',
      strangeLines.slice(0, 10).join(', '),
    ),
  ];
}

function alibabaKeys(section: Section): KeySource {
  const type = section.get('type') ?? '';
  switch (type.toLowerCase()) {
    case 'access_key':
      return alibabaAccessKey(section);
    case 'sts':
      return section.get('security_token') ? alibabaAccessKey(section) : lacks('security_token');
    case 'ecs_ram_role':
      return { type: 'metadata', role: section.get('role_name') || undefined };
    case 'ram_role_arn':
      return alibabaRole(section);
    case 'oidc_role_arn':
      return alibabaOidc(section);
    case '':
      return lacks('type');
    default:
      return unsupported(type.slice(0, 40));
  }
}

function alibabaAccessKey(section: Section): KeySource {
  const keys = keysOf(section.get('access_key_id'), section.get('access_key_secret'), section.get('security_token'));
  return keys === undefined ? lacks('access_key_id', 'access_key_secret') : { type: 'keys', keys };
}

function alibabaRole(section: Section): KeySource {
  const from = alibabaAccessKey(section);
  const request = roleRequest(section);
  if (from.type === 'none') return from;
  return request === undefined ? lacks('role_arn') : { type: 'role', from, request };
}

function alibabaOidc(section: Section): KeySource {
  const request = roleRequest(section);
  const identityProvider = section.get('oidc_provider_arn');
  const tokenFile = section.get('oidc_token_file_path') ?? section.get('oidc_token_file');
  if (request === undefined || !identityProvider || !tokenFile)
    return lacks('role_arn', 'oidc_provider_arn', 'oidc_token_file_path');
  return { type: 'oidc', request, identityProvider, tokenFile };
}

function roleRequest(section: Section) {
  const role = section.get('role_arn');
  if (!role) return undefined;
  return {
    role,
    sessionName: section.get('role_session_name') || sessionName,
    durationSeconds: sessionSeconds,
    policy: section.get('policy') || undefined,
  };
}

function volcengineKeys(section: Section): KeySource {
  const read = (name: string): string | undefined => section.get(name);
  const keys = keysOf(
    read('volcengine_access_key_id'),
    read('volcengine_secret_access_key'),
    read('volcengine_session_token'),
  );
  return keys === undefined
    ? lacks('volcengine_access_key_id', 'volcengine_secret_access_key')
    : { type: 'keys', keys };
}
