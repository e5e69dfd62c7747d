import * as z from 'zod/mini';
import type { MetadataService } from '../../../core/cloudProfiles';
import { temporary } from '../../../core/credentialSource';
import type { TemporaryCredentials } from '../../../core/roles';
import { text } from '../../../core/tolerant';

const keysSchema = z.object({
  Code: text,
  AccessKeyId: text,
  AccessKeySecret: text,
  SecurityToken: text,
  Expiration: text,
});

/** Paths and headers as in the vendor's own client, `@alicloud/credentials`. */
export const metadata: MetadataService = {
  base: 'http://100.100.100.200',
  tokenTtlHeader: 'x-aliyun-ecs-metadata-token-ttl-seconds',
  tokenHeader: 'x-aliyun-ecs-metadata-token',
  rolesPath: '/latest/meta-data/ram/security-credentials/',
  keysPath: (role) => `/latest/meta-data/ram/security-credentials/${encodeURIComponent(role)}`,
  read: readKeys,
  offVariable: 'ALIBABA_CLOUD_ECS_METADATA_DISABLED',
  tokenOnlyVariable: 'ALIBABA_CLOUD_IMDSV1_DISABLED',
};

/** The form of the metadata service and of credentials addresses: `Code` is `Success`, or is left out. */
export function readKeys(body: unknown): TemporaryCredentials | undefined {
  const keys = keysSchema.safeParse(body).data;
  if (keys === undefined || (keys.Code !== undefined && keys.Code !== 'Success')) return undefined;
  return temporary(keys.AccessKeyId, keys.AccessKeySecret, keys.SecurityToken, keys.Expiration);
}
