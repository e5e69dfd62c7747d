import type { HttpRequest } from '../../../core/http';
import { defineOperation, type Product, strict } from '../../../core/operation';
import { canonicalQuery } from '../../../core/percentEncode';
import type { OidcRequest, RoleService } from '../../../core/roles';
import { object, text, viewOf } from '../../../core/tolerant';
import { required, roleParams } from '../../params';

/** Security Token Service of Volcengine. */
const sts: Product = { provider: 'volcengine', code: 'sts', version: '2018-01-01' };

/** Pages and clients of the vendor name the end of the keys in two ways. */
const lent = object({
  Credentials: object({
    AccessKeyId: required,
    SecretAccessKey: required,
    SessionToken: required,
    ExpiredTime: text,
    Expiration: text,
  }),
});

const answerOf = viewOf(lent);

/** Lends keys for a role to whoever may take it on. The page is that of the sister cloud, which has the same API. */
export const assumeRole = defineOperation({
  action: 'AssumeRole',
  product: sts,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({ RoleTrn: required, ...roleParams })),
  response: lent,
  permission: 'sts:AssumeRole',
  errors: {},
  page: 'https://docs.byteplus.com/byteplus-platform/reference/assumerole',
});

/** Lends keys for a role to whoever holds a token of a trusted identity provider. */
export const assumeRoleWithOidc = defineOperation({
  action: 'AssumeRoleWithOIDC',
  product: sts,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({ RoleTrn: required, ...roleParams, OIDCToken: required })),
  response: lent,
  permission: 'sts:AssumeRoleWithOIDC',
  errors: {},
  page: 'https://github.com/volcengine/volcengine-go-sdk/blob/master/volcengine/credentials/assume_role_oidc_provider.go',
});

export const volcengineRoles: RoleService = {
  endpoint: 'https://sts.volcengineapi.com',
  region: 'cn-beijing',
  assumeRole,
  params: (request) => ({
    RoleTrn: request.role,
    RoleSessionName: request.sessionName,
    DurationSeconds: request.durationSeconds,
    Policy: request.policy,
  }),
  assumeRoleWithOidc,
  oidcRequest,
  read: (value) => {
    const { Credentials: keys } = answerOf(value);
    const end = keys.ExpiredTime ?? keys.Expiration;
    return {
      accessKeyId: keys.AccessKeyId,
      accessKeySecret: keys.SecretAccessKey,
      securityToken: keys.SessionToken,
      expires: end === undefined ? undefined : new Date(end),
    };
  },
};

/** As the vendor's Go client writes it: the operation in the query, the rest, above all the token, in the body. */
function oidcRequest(request: OidcRequest, endpoint: string): HttpRequest {
  const { action, product } = assumeRoleWithOidc;
  const form = {
    RoleTrn: request.role,
    OIDCToken: request.token,
    RoleSessionName: request.sessionName,
    DurationSeconds: String(request.durationSeconds),
    ...(request.policy === undefined ? {} : { Policy: request.policy }),
  };
  return {
    method: 'POST',
    url: `${endpoint}/?${canonicalQuery({ Action: action, Version: product.version })}`,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  };
}
