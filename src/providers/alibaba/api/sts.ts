import * as z from 'zod/mini';
import type { HttpRequest } from '../../../core/http';
import { defineOperation, strict } from '../../../core/operation';
import { canonicalQuery } from '../../../core/percentEncode';
import type { OidcRequest, RoleService } from '../../../core/roles';
import { object, text, viewOf } from '../../../core/tolerant';
import { required, roleParams } from '../../params';
import { sts, stsDocs } from './product';
import { timestamp } from './sign';

const lent = object({
  RequestId: text,
  Credentials: object({ AccessKeyId: required, AccessKeySecret: required, SecurityToken: required, Expiration: text }),
});

const answerOf = viewOf(lent);

/** Lends keys for a role to whoever may take it on. */
export const assumeRole = defineOperation({
  action: 'AssumeRole',
  product: sts,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({ RoleArn: required, ...roleParams, ExternalId: z.optional(z.string()) })),
  response: lent,
  permission: 'sts:AssumeRole',
  errors: {},
  page: `${stsDocs}assumerole`,
});

/** Lends keys for a role to whoever holds a token of a trusted identity provider. */
export const assumeRoleWithOidc = defineOperation({
  action: 'AssumeRoleWithOIDC',
  product: sts,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({ RoleArn: required, ...roleParams, OIDCProviderArn: required, OIDCToken: required })),
  response: lent,
  permission: 'sts:AssumeRoleWithOIDC',
  errors: {},
  page: `${stsDocs}assumerolewithoidc`,
});

export const alibabaRoles: RoleService = {
  endpoint: 'https://sts.aliyuncs.com',
  region: undefined,
  assumeRole,
  params: (request) => ({
    RoleArn: request.role,
    RoleSessionName: request.sessionName,
    DurationSeconds: request.durationSeconds,
    Policy: request.policy,
    ExternalId: request.externalId,
  }),
  assumeRoleWithOidc,
  oidcRequest,
  read: (value) => {
    const { Credentials: keys } = answerOf(value);
    return {
      accessKeyId: keys.AccessKeyId,
      accessKeySecret: keys.AccessKeySecret,
      securityToken: keys.SecurityToken,
      expires: keys.Expiration === undefined ? undefined : new Date(keys.Expiration),
    };
  },
};

/** As the vendor's credentials library writes it: the operation in the query, the rest, above all the token, in the body. */
function oidcRequest(request: OidcRequest, endpoint: string, now: Date): HttpRequest {
  const { action, product } = assumeRoleWithOidc;
  const query = { Action: action, Format: 'JSON', Timestamp: timestamp(now), Version: product.version };
  return {
    method: 'POST',
    url: `${endpoint}/?${canonicalQuery(query)}`,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(formOf(request)).toString(),
  };
}

function formOf(request: OidcRequest): Record<string, string> {
  return {
    RoleArn: request.role,
    OIDCProviderArn: request.identityProvider ?? '',
    OIDCToken: request.token,
    RoleSessionName: request.sessionName,
    DurationSeconds: String(request.durationSeconds),
    ...(request.policy === undefined ? {} : { Policy: request.policy }),
  };
}
