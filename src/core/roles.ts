import type { Credentials } from './account';
import type { HttpRequest } from './http';
import type { Operation } from './operation';

/** Keys that end by themselves. */
export interface TemporaryCredentials extends Credentials {
  /** Undefined where nobody says when. */
  readonly expires?: Date | undefined;
}

/** A role to be taken on. */
export interface RoleRequest {
  /** The role's full name: an ARN on Alibaba Cloud, a TRN on Volcengine. */
  readonly role: string;
  readonly sessionName: string;
  /** At least 900. */
  readonly durationSeconds: number;
  readonly policy?: string | undefined;
  readonly externalId?: string | undefined;
}

/** A role for whoever holds a token of an identity provider. */
export interface OidcRequest extends RoleRequest {
  /** The identity provider's full name, where the cloud wants it. */
  readonly identityProvider: string | undefined;
  readonly token: string;
}

/**
 * How a cloud lends keys for a role. These operations are no part of the catalogue (`Provider.operations`): they make
 * the keys that everything in it is called with, one of them is sent without a signature, and nothing in the interface
 * calls them by name. The sandbox serves exactly the catalogue, so it knows neither; tests bring servers of their own.
 */
export interface RoleService {
  /** Scheme and host. */
  readonly endpoint: string;
  /** The region that is signed for, where the cloud wants one and the user names none. */
  readonly region: string | undefined;
  /** Changes nothing in the cloud, so it may be repeated like a read. */
  readonly assumeRole: Operation;
  readonly params: (request: RoleRequest) => Record<string, unknown>;
  readonly assumeRoleWithOidc: Operation;
  /** A request without a signature: the token is the proof. */
  readonly oidcRequest: (request: OidcRequest, endpoint: string, now: Date) => HttpRequest;
  /** Reads the checked answer of either operation. */
  readonly read: (value: unknown) => TemporaryCredentials;
}
