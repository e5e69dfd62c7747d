import * as z from 'zod/mini';
import type { ProviderId } from '../../../core/account';
import { keysOf } from '../../../core/credentialSource';
import type { TemporaryCredentials } from '../../../core/roles';
import { text } from '../../../core/tolerant';

/** How the service that answers only on the cloud's own machines is spoken to. */
export interface MetadataService {
  /** Plain HTTP by the vendor's design: it never leaves the machine's host. */
  readonly base: string;
  readonly tokenTtlHeader: string;
  readonly tokenHeader: string;
  /** The role of the machine, as text or as a JSON list. */
  readonly rolesPath: string;
  readonly keysPath: (role: string) => string;
  readonly read: (body: unknown) => TemporaryCredentials | undefined;
}

export const tokenPath = '/latest/api/token';
/** Six hours, as the vendors' clients ask for. */
export const tokenTtlSeconds = 21_600;

const alibabaKeys = z.object({
  Code: text,
  AccessKeyId: text,
  AccessKeySecret: text,
  SecurityToken: text,
  Expiration: text,
});
const volcengineKeys = z.object({ AccessKeyId: text, SecretAccessKey: text, SessionToken: text, ExpiredTime: text });

/** Paths and headers as in the vendors' own clients: `@alicloud/credentials` and the Volcengine SDK for Node.js. */
export const metadataServices: Readonly<Record<ProviderId, MetadataService>> = {
  alibabaCloud: {
    base: 'http://100.100.100.200',
    tokenTtlHeader: 'x-aliyun-ecs-metadata-token-ttl-seconds',
    tokenHeader: 'x-aliyun-ecs-metadata-token',
    rolesPath: '/latest/meta-data/ram/security-credentials/',
    keysPath: (role) => `/latest/meta-data/ram/security-credentials/${encodeURIComponent(role)}`,
    read: readAlibabaKeys,
  },
  volcengine: {
    base: 'http://100.96.0.96',
    tokenTtlHeader: 'x-volc-ecs-metadata-token-ttl-seconds',
    tokenHeader: 'x-volc-ecs-metadata-token',
    rolesPath: '/volcstack/latest/iam/security_credentials?type=user&format=json',
    keysPath: (role) => `/volcstack/latest/iam/security_credentials/${encodeURIComponent(role)}`,
    read: (body) => {
      const keys = volcengineKeys.safeParse(body).data;
      return keys && temporary(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken, keys.ExpiredTime);
    },
  },
};

/** The form of the metadata service and of credentials addresses: `Code` is `Success`, or is left out. */
export function readAlibabaKeys(body: unknown): TemporaryCredentials | undefined {
  const keys = alibabaKeys.safeParse(body).data;
  if (keys === undefined || (keys.Code !== undefined && keys.Code !== 'Success')) return undefined;
  return temporary(keys.AccessKeyId, keys.AccessKeySecret, keys.SecurityToken, keys.Expiration);
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
