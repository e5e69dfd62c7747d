import { defineOperation, strict } from '../../../core/operation';
import type { IdentitySource } from '../../../core/provider';
import { listedText, object, text, viewOf } from '../../../core/tolerant';
import { sts, stsDocs } from './product';

/** Whose keys they are. Needs no permission and no region. */
export const getCallerIdentity = defineOperation({
  action: 'GetCallerIdentity',
  product: sts,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({})),
  response: object({
    RequestId: text,
    AccountId: listedText,
    Arn: text,
    IdentityType: text,
    PrincipalId: text,
    UserId: text,
    RoleId: text,
  }),
  permission: 'sts:GetCallerIdentity',
  errors: {},
  page: `${stsDocs}getcalleridentity`,
});

const answerOf = viewOf(getCallerIdentity.response);

export const identity: IdentitySource = {
  operation: getCallerIdentity,
  region: undefined,
  read: (value) => {
    const { AccountId, Arn } = answerOf(value);
    const user = userIn(Arn ?? '');
    return { accountId: AccountId, caller: Arn ?? '', ...(user === undefined ? {} : { user }) };
  },
};

/** `ops` of `acs:ram::123:user/ops` and of `acs:ram::123:assumed-role/ops/session`; none of `acs:ram::123:root`. */
function userIn(arn: string): string | undefined {
  return /:(?:user|role|assumed-role|federated-user)\/([^/]+)/.exec(arn)?.[1];
}
