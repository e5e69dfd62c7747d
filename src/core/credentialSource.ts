import * as l10n from '@vscode/l10n';
import { sha256 } from '../util/hash';
import type { Credentials, Renewal } from './account';
import { CloudError, type CloudErrorFacts } from './cloudError';
import type { HttpRequest } from './http';
import type { RoleRequest, TemporaryCredentials } from './roles';

/** What a profile names of the owner of keys that change by themselves: account, role, sign-in. */
export type Whose = readonly string[];

/** How a profile comes to its keys. Read from a file, without asking anyone. */
export type KeySource =
  /** The keys themselves; after their end what stands in their place. */
  | {
      readonly type: 'keys';
      readonly keys: TemporaryCredentials;
      readonly afterwards?: KeySource;
      readonly whose?: Whose | undefined;
    }
  | {
      readonly type: 'role';
      readonly from: KeySource;
      readonly request: RoleRequest;
      /** Signed for, where the cloud wants a region. */
      readonly region?: string | undefined;
      readonly endpoint?: string | undefined;
    }
  | {
      readonly type: 'oidc';
      readonly request: RoleRequest;
      readonly identityProvider: string | undefined;
      readonly tokenFile: string;
      readonly endpoint?: string | undefined;
    }
  /** The machine's own role; the first there is where none is named. */
  | { readonly type: 'metadata'; readonly role: string | undefined }
  | { readonly type: 'process'; readonly command: string; readonly read: (output: unknown) => KeySource }
  /**
   * One request that answers with keys. Its address and headers may be secret; `external` ones can be switched off,
   * and after `until` the sign-in they rest on is over.
   */
  | {
      readonly type: 'request';
      readonly request: HttpRequest;
      readonly what: () => string;
      readonly read: (body: unknown) => TemporaryCredentials | undefined;
      readonly advice: () => string;
      readonly external?: boolean;
      readonly until?: Date;
      readonly whose?: Whose | undefined;
    }
  /** A token file that the vendor's tool keeps. */
  | {
      readonly type: 'cache';
      readonly path: string;
      readonly read: (content: unknown) => KeySource;
      readonly missing: () => KeySource;
      readonly whose?: Whose | undefined;
    }
  /** No keys can come of it: something is missing, over, or not for us. */
  | {
      readonly type: 'none';
      readonly why: () => string;
      readonly advice?: () => string;
      readonly unsupported?: boolean;
    };

/** Keys if both parts are there. */
export function keysOf(id: string | undefined, secret: string | undefined, token?: string): Credentials | undefined {
  const [accessKeyId = '', accessKeySecret = '', securityToken = ''] = [id?.trim(), secret?.trim(), token?.trim()];
  if (accessKeyId === '' || accessKeySecret === '') return undefined;
  return { accessKeyId, accessKeySecret, ...(securityToken === '' ? {} : { securityToken }) };
}

/** Temporary keys if they are whole. `end` is a time stamp. */
export function temporary(
  id: string | undefined,
  secret: string | undefined,
  token: string | undefined,
  end?: string | Date,
): TemporaryCredentials | undefined {
  const keys = keysOf(id, secret, token);
  if (keys?.securityToken === undefined) return undefined;
  return { ...keys, expires: end === undefined ? undefined : new Date(end) };
}

/** A profile that lacks a field it needs. */
export function lacks(...fields: readonly string[]): KeySource {
  return {
    type: 'none',
    why: () => l10n.t('The profile has no "{0}".', fields.join('", "')),
    advice: () => l10n.t('Complete the profile with the tool it belongs to.'),
  };
}

/** A way to sign in that we do not have. Said where the profile is used; the profile itself is not at fault. */
export function unsupported(mode: string, why?: () => string): KeySource {
  return {
    type: 'none',
    unsupported: true,
    why: () => l10n.t('The profile uses the mode "{0}", which this extension cannot use.', mode),
    ...(why === undefined ? {} : { advice: why }),
  };
}

/** What the vendor's tool got by signing in does not last any more. */
export function signInOver(): string {
  return l10n.t('The sign-in of the profile has expired.');
}

/** There are no keys to sign with; nothing was sent. Never hold what was read in `facts`. */
export function noKeys(message: string, facts: Partial<CloudErrorFacts> = {}): CloudError {
  return new CloudError(message, { reason: 'auth', ...facts, delivery: 'notSent' });
}

/**
 * A call for keys failed, in words that name the step. A refusal of those keys stays a matter of signing in; where
 * the network failed it was tried often enough already, so its code keeps the call that needs the keys from trying again.
 */
export function stepFailed(message: string, error: unknown): CloudError {
  if (!CloudError.is(error)) return noKeys(message);
  if (error.reason === 'cancelled') return error.with({ delivery: 'notSent' });
  const { code, requestId, recommend, permission, exchangeId, advice } = error;
  const facts = { code, requestId, recommend, permission, exchangeId, advice };
  const text = `${message} ${error.message}`;
  switch (error.reason) {
    case 'permission':
    case 'invalid':
      return noKeys(text, { ...facts, reason: error.reason });
    case 'network':
    case 'timeout':
    case 'server':
    case 'throttled':
      return noKeys(text, { ...facts, reason: 'network', code: 'CREDENTIALS_UNREACHABLE' });
    default:
      return noKeys(text, facts);
  }
}

/**
 * What tells whose keys come of a source, without a secret: keys that are renewed by the tool they belong to leave it
 * as it is where the profile names their owner; other keys, accounts, roles or places change it.
 */
export function keyFingerprint(source: KeySource): string {
  return sha256(JSON.stringify(whoseOf(source)));
}

function whoseOf(source: KeySource): unknown {
  switch (source.type) {
    case 'keys':
      return source.whose ?? [source.keys.accessKeyId, source.afterwards && whoseOf(source.afterwards)];
    case 'role': {
      const { role, policy, externalId } = source.request;
      return [role, policy, externalId, source.endpoint, whoseOf(source.from)];
    }
    case 'oidc':
      return [source.request.role, source.request.policy, source.identityProvider, source.tokenFile, source.endpoint];
    case 'metadata':
      return ['metadata', source.role];
    case 'process':
      return source.command;
    case 'request':
      return [source.request.url, source.whose];
    case 'cache':
      return [source.path, source.whose];
    case 'none':
      return source.why();
    default: {
      const never: never = source;
      return never;
    }
  }
}

/** How keys of a source are renewed; undefined where they never change without a change of `keyFingerprint`. */
export function renewalOf(source: KeySource): Renewal | undefined {
  switch (source.type) {
    case 'keys':
      if (source.whose !== undefined) return 'asked';
      return source.afterwards === undefined ? undefined : renewalOf(source.afterwards);
    case 'role':
    case 'oidc':
      return 'named';
    case 'metadata':
      return source.role === undefined ? 'unnamed' : 'asked';
    case 'process':
      return 'unnamed';
    case 'request':
    case 'cache':
      return source.whose === undefined ? 'unnamed' : 'asked';
    case 'none':
      return undefined;
    default: {
      const never: never = source;
      return never;
    }
  }
}
