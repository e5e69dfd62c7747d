import * as l10n from '@vscode/l10n';
import type { Credentials } from './account';
import { CloudError, type CloudErrorFacts } from './cloudError';
import type { HttpRequest } from './http';
import type { RoleRequest, TemporaryCredentials } from './roles';
import { sha256 } from '../util/hash';

/** How a profile comes to its keys. Read from a file, without asking anyone. */
export type KeySource =
  /** The keys themselves; after their end what stands in their place. */
  | { readonly type: 'keys'; readonly keys: TemporaryCredentials; readonly afterwards?: KeySource }
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
    }
  /** A token file that the vendor's tool keeps. */
  | {
      readonly type: 'cache';
      readonly path: string;
      readonly read: (content: unknown) => KeySource;
      readonly missing: () => KeySource;
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
  if (id === undefined || id === '' || secret === undefined || secret === '') return undefined;
  return {
    accessKeyId: id,
    accessKeySecret: secret,
    ...(token === undefined || token === '' ? {} : { securityToken: token }),
  };
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
  return l10n.t('The sign-in of the profile is over.');
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
 * as it is, other keys, roles or places change it.
 */
export function markOf(source: KeySource): string {
  switch (source.type) {
    case 'keys':
      return source.afterwards === undefined ? source.keys.accessKeyId : markOf(source.afterwards);
    case 'role':
      return `${source.request.role} ${markOf(source.from)}`;
    case 'oidc':
      return `${source.request.role} ${source.tokenFile}`;
    case 'metadata':
      return `metadata ${source.role ?? ''}`;
    case 'process':
      return sha256(source.command);
    case 'request':
      return sha256(source.request.url);
    case 'cache':
      return source.path;
    case 'none':
      return source.why();
    default: {
      const never: never = source;
      return never;
    }
  }
}
