import * as z from 'zod/mini';
import type { MetadataService } from '../../../core/cloudProfiles';
import { temporary } from '../../../core/credentialSource';
import { text } from '../../../core/tolerant';

const keysSchema = z.object({ AccessKeyId: text, SecretAccessKey: text, SessionToken: text, ExpiredTime: text });

/** Paths and headers as in the vendor's SDK for Node.js. */
export const metadata: MetadataService = {
  base: 'http://100.96.0.96',
  tokenTtlHeader: 'x-volc-ecs-metadata-token-ttl-seconds',
  tokenHeader: 'x-volc-ecs-metadata-token',
  rolesPath: '/volcstack/latest/iam/security_credentials?type=user&format=json',
  keysPath: (role) => `/volcstack/latest/iam/security_credentials/${encodeURIComponent(role)}`,
  read: (body) => {
    const keys = keysSchema.safeParse(body).data;
    return keys && temporary(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken, keys.ExpiredTime);
  },
  offVariable: 'VOLCENGINE_ECS_METADATA_DISABLED',
};
