import * as z from 'zod/mini';
import type { Product } from '../../../core/operation';

/** Elastic Compute Service, to which Cloud Assistant belongs. */
export const ecs: Product = { provider: 'alibabaCloud', code: 'Ecs', version: '2014-05-26' };

/** The vendor's pages of ECS; the operation's name in small letters follows. */
export const docs = 'https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-';

/** Security Token Service: tells whose keys they are. */
export const sts: Product = { provider: 'alibabaCloud', code: 'Sts', version: '2015-04-01' };

/** The vendor's pages of STS. */
export const stsDocs = 'https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-';

/** Parameters that every ECS operation's model still lists for resource owners; we never send them. */
export const ownerParams = () => ({
  OwnerAccount: z.optional(z.string()),
  OwnerId: z.optional(z.number()),
  ResourceOwnerAccount: z.optional(z.string()),
  ResourceOwnerId: z.optional(z.number()),
});

/** `Tag.N.Key` and `Tag.N.Value` of list calls: 1 to 20 tags, key at most 64 characters, value at most 128, maybe empty. */
export const tagFilters = () =>
  z.optional(
    z
      .array(
        z.strictObject({
          Key: z.string().check(z.minLength(1), z.maxLength(64)),
          Value: z.optional(z.string().check(z.maxLength(128))),
        }),
      )
      .check(z.maxLength(20)),
  );
