import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { keysOf, lacks, signInOver, temporary, unsupported, type KeySource } from '../../../core/credentialSource';
import {
  addressOf,
  parseJsonObject,
  present,
  sessionName,
  sessionSeconds,
  trimmed,
  unixTime,
  type ParsedFile,
  type Profile,
} from '../../../core/profileFile';
import { isRegionId } from '../../../core/regionNames';
import type { RoleRequest } from '../../../core/roles';
import { count, text } from '../../../core/tolerant';
import { sha1 } from '../../../util/hash';

/** A profile of Volcengine's command-line tool; its other fields are not ours. Field names as in the tool's source. */
const profileSchema = z.object({
  mode: text,
  'access-key': text,
  'secret-key': text,
  'session-token': text,
  'sts-expiration': count,
  region: text,
  endpoint: text,
  'endpoint-resolver': text,
  'account-id': text,
  'role-name': text,
  'role-trn': text,
  'oidc-token-file': text,
  'sso-session-name': text,
  'login-session': text,
});
type CliProfile = z.output<typeof profileSchema>;

const sessionSchema = z.object({ 'start-url': text, region: text });

export interface CliOptions {
  /** Where the tool keeps what signing in gave it. */
  readonly ssoCache: (fileName: string) => string;
  readonly loginCache: (fileName: string) => string;
  readonly now: () => Date;
}

/** Reads `~/.volcengine/config.json`. Its profiles stand by name; none is "current". */
export function parseCliConfig(content: string, options: CliOptions): ParsedFile | undefined {
  const file = parseJsonObject(content);
  const named = file?.['profiles'] ?? {};
  if (file === undefined || !isObject(named)) return undefined;
  const sessions = isObject(file['sso-session']) ? file['sso-session'] : {};
  const profiles: Profile[] = [];
  let strange = 0;
  for (const [name, value] of Object.entries(named)) {
    const read = profileSchema.safeParse(value).data;
    const profile = read && trimmed(read);
    if (profile === undefined) strange++;
    else
      profiles.push({
        name,
        keys: keysFor(profile, sessions, options),
        hosts: present({ ecs: ecsAddress(profile) }),
        region: regionOf(profile),
      });
  }
  const problem = l10n.t('{0} profiles have an unknown form. They are not shown.', strange);
  return { profiles, problems: strange === 0 ? [] : [problem] };
}

function keysFor(profile: CliProfile, sessions: Readonly<Record<string, unknown>>, options: CliOptions): KeySource {
  const mode = profile.mode?.trim() ?? '';
  switch (mode.toLowerCase()) {
    case '':
    case 'ak':
      return accessKey(profile);
    case 'ststoken':
      return stsToken(profile);
    case 'ramrolearn':
    case 'iamrole':
      return role(profile);
    case 'oidc':
      return oidc(profile);
    case 'ecsrole':
      return { type: 'metadata', role: profile['role-name'] || undefined };
    case 'sso':
      return sso(profile, sessions, options);
    case 'console-login':
      return consoleLogin(profile, options);
    default:
      return unsupported(mode.slice(0, 40));
  }
}

function accessKey(profile: CliProfile): KeySource {
  const keys = keysOf(profile['access-key'], profile['secret-key'], profile['session-token']);
  return keys === undefined ? lacks('access-key', 'secret-key') : { type: 'keys', keys };
}

function stsToken(profile: CliProfile): KeySource {
  const expires = unixTime(profile['sts-expiration']);
  const keys = temporary(profile['access-key'], profile['secret-key'], profile['session-token'], expires);
  const over: KeySource = { type: 'none', why: () => l10n.t('The temporary keys of the profile have expired.') };
  return keys === undefined
    ? lacks('access-key', 'secret-key', 'session-token')
    : { type: 'keys', keys, afterwards: over };
}

function role(profile: CliProfile): KeySource {
  const from = accessKey(profile);
  const request = roleRequest(profile);
  if (from.type === 'none') return from;
  if (request === undefined) return lacks('role-trn', 'account-id', 'role-name');
  return { type: 'role', from, request, region: regionOf(profile) };
}

function oidc(profile: CliProfile): KeySource {
  const request = roleRequest(profile);
  const tokenFile = profile['oidc-token-file']?.trim();
  if (request === undefined) return lacks('role-trn');
  return tokenFile ? { type: 'oidc', request, identityProvider: undefined, tokenFile } : lacks('oidc-token-file');
}

function roleRequest(profile: CliProfile): RoleRequest | undefined {
  const account = profile['account-id']?.trim();
  const name = profile['role-name']?.trim();
  const trn = profile['role-trn']?.trim() || (account && name ? `trn:iam::${account}:role/${name}` : undefined);
  return trn === undefined ? undefined : { role: trn, sessionName, durationSeconds: sessionSeconds };
}

const ssoTokenSchema = z.object({ access_token: text, expires_at: text });
const ssoAnswer = z.object({
  Result: z.object({
    RoleCredentials: z.object({
      AccessKeyId: text,
      SecretAccessKey: text,
      SessionToken: text,
      sessionToken: text,
      Expiration: count,
    }),
  }),
});

/** The keys the tool last got, and with its access token new ones, as long as that lasts. Signing in again is the tool's. */
function sso(profile: CliProfile, sessions: Readonly<Record<string, unknown>>, options: CliOptions): KeySource {
  const expires = unixTime(profile['sts-expiration']);
  const known = temporary(profile['access-key'], profile['secret-key'], profile['session-token'], expires);
  const afterwards = ssoFromCache(profile, sessions, options);
  const whose = afterwards.type === 'cache' ? [afterwards.path, ...(afterwards.whose ?? [])] : undefined;
  return known === undefined || expires === undefined ? afterwards : { type: 'keys', keys: known, afterwards, whose };
}

function ssoFromCache(
  profile: CliProfile,
  sessions: Readonly<Record<string, unknown>>,
  options: CliOptions,
): KeySource {
  const sessionName = profile['sso-session-name']?.trim();
  const { 'account-id': account, 'role-name': roleName } = profile;
  if (!sessionName || !account || !roleName) return lacks('sso-session-name', 'account-id', 'role-name');
  const session = sessionSchema.safeParse(
    Object.hasOwn(sessions, sessionName) ? sessions[sessionName] : undefined,
  ).data;
  const startUrl = session?.['start-url']?.trim();
  if (!startUrl)
    return { type: 'none', why: () => l10n.t('There is no complete "sso-session" of the name "{0}".', sessionName) };
  const region = session?.region?.trim() || regionOf(profile) || 'cn-beijing';
  const login = signInAgain('ve sso login');
  return {
    type: 'cache',
    path: options.ssoCache(`${sha1(goJson({ start_url: startUrl, session_name: sessionName }))}.json`),
    missing: () => login,
    whose: [sessionName, startUrl, account, roleName],
    read: (content) => {
      const cached = ssoTokenSchema.safeParse(content).data;
      const end = cached?.expires_at === undefined ? undefined : Date.parse(cached.expires_at);
      if (!cached?.access_token || (end !== undefined && !(end > options.now().getTime())) || !isRegionId(region))
        return login;
      return ssoRequest({ token: cached.access_token, account, roleName, region, advice: login.advice });
    },
  };
}

interface SsoRequest {
  readonly token: string;
  readonly account: string;
  readonly roleName: string;
  readonly region: string;
  readonly advice: () => string;
}

function ssoRequest({ token, account, roleName, region, advice }: SsoRequest): KeySource {
  const query = new URLSearchParams({ account_id: account, role_name: roleName }).toString();
  return {
    type: 'request',
    request: {
      method: 'GET',
      url: `https://cloudidentity-portal.${region}.volces.com/federation/credentials?${query}`,
      headers: { accept: 'application/json', 'x-bd-cloudidentity-bearer-token': token },
    },
    what: () => l10n.t('The SSO sign-in of the profile'),
    read: (body) => {
      const said = ssoAnswer.safeParse(body).data?.Result.RoleCredentials;
      return (
        said &&
        temporary(
          said.AccessKeyId,
          said.SecretAccessKey,
          said.SessionToken ?? said.sessionToken,
          unixTime(said.Expiration),
        )
      );
    },
    advice,
  };
}

const loginSchema = z.object({ access_token: z.unknown(), issued_at: text, expires_in: count });
const loginKeys = z.object({ access_key_id: text, secret_access_key: text, session_token: text });

/**
 * The keys that `ve login` got, while they last. Their refresh token is left alone: the tool would be signed out if we
 * took it and wrote nothing back.
 */
function consoleLogin(profile: CliProfile, options: CliOptions): KeySource {
  const login = signInAgain('ve login');
  const session = profile['login-session']?.trim();
  if (!session) return login;
  return {
    type: 'cache',
    path: options.loginCache(`${sha1(session)}.json`),
    missing: () => login,
    whose: [session],
    read: (content) => {
      const cached = loginSchema.safeParse(content).data;
      const token =
        typeof cached?.access_token === 'string' ? parseJsonObject(cached.access_token) : cached?.access_token;
      const said = loginKeys.safeParse(token).data;
      const end = Date.parse(cached?.issued_at ?? '') + (cached?.expires_in ?? NaN) * 1000;
      if (said === undefined || !(end > options.now().getTime())) return login;
      const keys = temporary(said.access_key_id, said.secret_access_key, said.session_token, new Date(end));
      return keys === undefined ? login : { type: 'keys', keys, afterwards: login };
    },
  };
}

function signInAgain(command: string) {
  return {
    type: 'none',
    why: signInOver,
    advice: () => l10n.t('Sign in again in a terminal: {0}', command),
  } as const;
}

/** `auto-addressing` and the `standard` resolver choose a host for each region; the common host serves those as well. */
function ecsAddress(profile: CliProfile): string | undefined {
  if (profile['endpoint-resolver']?.trim().toLowerCase() === 'standard') return undefined;
  const endpoint = profile.endpoint?.trim();
  return endpoint?.toLowerCase() === 'auto-addressing' ? undefined : addressOf(endpoint);
}

function regionOf(profile: CliProfile): string | undefined {
  const region = profile.region?.trim();
  return region !== undefined && isRegionId(region) ? region : undefined;
}

/** JSON as Go writes it: the names of the tool's cache files are hashes of it. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
