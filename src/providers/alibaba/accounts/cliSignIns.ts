import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { lacks, signInOver, temporary, type KeySource, type Whose } from '../../../core/credentialSource';
import { addressOf, unixTime } from '../../../core/profileFile';
import { text } from '../../../core/tolerant';
import type { CliProfile } from './cliProfile';
import { readKeys } from './metadata';

/** An address that gives keys. It may hold a secret, so it is never shown. */
export function credentialsUri(uri: string | undefined): KeySource {
  if (uri === undefined || uri.trim() === '') return lacks('credentials_uri');
  if (!URL.canParse(uri.trim()))
    return { type: 'none', why: () => l10n.t('The "{0}" of the profile is not an address.', 'credentials_uri') };
  return {
    type: 'request',
    external: true,
    request: { method: 'GET', url: uri.trim(), headers: { accept: 'application/json' } },
    what: () => l10n.t('The credentials address of the profile'),
    read: readKeys,
    advice: () => l10n.t('Check the address and the service behind it.'),
  };
}

const ssoAnswer = z.object({
  CloudCredential: z.object({ AccessKeyId: text, AccessKeySecret: text, SecurityToken: text, Expiration: text }),
});

/** The keys the tool last got, and with its access token new ones, as long as that lasts. Signing in again is the tool's. */
export function cloudSso(profile: CliProfile): KeySource {
  const { cloud_sso_account_id: account, cloud_sso_access_config: config, access_token: token } = profile;
  const address = addressOf(profile.cloud_sso_sign_in_url?.replace(/^(https?:\/\/[^/]+)\/.*$/i, '$1'));
  const login = signInAgain(profile, 'CloudSSO');
  const until = unixTime(profile.cloud_sso_access_token_expire);
  const whose = account && config ? [address ?? '', account, config] : undefined;
  if (!address || !account || !config || !token || until === undefined) return stored(profile, login, whose);
  const request: KeySource = {
    type: 'request',
    request: {
      method: 'POST',
      url: `${address}/cloud-credentials`,
      headers: { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ AccountId: account, AccessConfigurationId: config }),
    },
    what: () => l10n.t('The CloudSSO sign-in of the profile'),
    read: (body) => {
      const said = ssoAnswer.safeParse(body).data?.CloudCredential;
      return said && temporary(said.AccessKeyId, said.AccessKeySecret, said.SecurityToken, said.Expiration);
    },
    advice: login.advice,
    until,
    whose,
  };
  return stored(profile, request, whose);
}

const oauthHosts: Readonly<Record<string, string>> = {
  CN: 'https://oauth.aliyun.com',
  INTL: 'https://oauth.alibabacloud.com',
};
const oauthAnswer = z.object({ accessKeyId: text, accessKeySecret: text, securityToken: text, expiration: text });

/**
 * The keys the tool last got, and with its access token new ones. The refresh token is left alone: it is good for one
 * use, and the tool would be signed out if we took it and wrote nothing back.
 */
export function oauth(profile: CliProfile): KeySource {
  const host = oauthHosts[profile.oauth_site_type?.toUpperCase() ?? ''];
  const login = signInAgain(profile, 'OAuth');
  const until = unixTime(profile.oauth_access_token_expire);
  const token = profile.oauth_access_token;
  if (host === undefined || !token || until === undefined) return stored(profile, login);
  return stored(profile, {
    type: 'request',
    request: {
      method: 'POST',
      url: `${host}/v1/exchange`,
      headers: { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${token}` },
    },
    what: () => l10n.t('The OAuth sign-in of the profile'),
    read: (body) => {
      const said = oauthAnswer.safeParse(body).data;
      return said && temporary(said.accessKeyId, said.accessKeySecret, said.securityToken, said.expiration);
    },
    advice: login.advice,
    until,
  });
}

function stored(profile: CliProfile, afterwards: KeySource, whose?: Whose): KeySource {
  const expires = unixTime(profile.sts_expiration);
  const found = temporary(profile.access_key_id, profile.access_key_secret, profile.sts_token, expires);
  return found === undefined || expires === undefined ? afterwards : { type: 'keys', keys: found, afterwards, whose };
}

function signInAgain(profile: CliProfile, mode: string) {
  return {
    type: 'none',
    why: signInOver,
    advice: () =>
      l10n.t('Sign in again in a terminal: {0}', `aliyun configure --profile ${profile.name ?? ''} --mode ${mode}`),
  } as const;
}
