import * as z from 'zod/mini';
import { defineOperation } from '../../core/operation';
import type { IdentitySource } from '../../core/provider';
import { object, text } from '../../core/tolerant';
import { sts } from './product';

/** Whose keys they are. Needs no permission and no region. */
export const getCallerIdentity = defineOperation({
  action: 'GetCallerIdentity',
  product: sts,
  effect: 'read',
  danger: 'none',
  params: z.strictObject({}),
  response: object({
    RequestId: text,
    AccountId: z.string(),
    Arn: z.string(),
    IdentityType: text,
    PrincipalId: text,
    UserId: text,
    RoleId: text,
  }),
  permission: 'sts:GetCallerIdentity',
  errors: {},
  page: 'https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-getcalleridentity',
});

export const identity: IdentitySource = {
  operation: getCallerIdentity,
  region: undefined,
  read: (value) => {
    // The operation's response schema produced the value.
    const answer = value as z.output<typeof getCallerIdentity.response>;
    return { accountId: answer.AccountId, caller: answer.Arn };
  },
};
