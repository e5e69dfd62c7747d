import type { Call } from '../call';
import type { CommonRefusals } from '../commonRefusals';
import { sandboxAccountId } from '../keys';
import { Refusal } from '../refusal';

export const refusals: CommonRefusals = {
  throttled: (retryAfterMs) =>
    new Refusal(
      'Throttling.User',
      retryAfterMs === undefined ? {} : { headers: { 'x-acs-retry-after': String(retryAfterMs) } },
    ),
  serverError: () => new Refusal('InternalError.Dispatch'),
  denied,
  expiredToken: () => new Refusal('InvalidSecurityToken.Expired', { details: ['it has expired'] }),
  forbiddenRegion: ({ action, version }) => new Refusal('Operation.Forbidden', { details: [action, version] }),
  unknownAction: ({ action }) =>
    action === ''
      ? new Refusal('MissingAction', { message: 'Action is mandatory for this action.' })
      : new Refusal('InvalidAction.NotFound'),
  unknownParameter: (name) => new Refusal('UnsupportedParameter', { details: [name] }),
  missingParameter: (name) => new Refusal(`Missing${name}`, { message: `${name} is mandatory for this action.` }),
  wrongParameter: (name) => new Refusal('InvalidParameter', { details: [name] }),
  inProgress: () => new Refusal('IdempotentProcessing'),
  tokenReused: () => new Refusal('IdempotentParameterMismatch'),
};

function denied({ action }: Call, permission = `ecs:${action}`): Refusal {
  const AccessDeniedDetail = {
    AuthAction: permission,
    AuthPrincipalDisplayName: 'sandbox',
    AuthPrincipalOwnerId: sandboxAccountId,
    AuthPrincipalType: 'SubUser',
    NoPermissionType: 'ImplicitDeny',
    PolicyType: 'AccountLevelIdentityBasedPolicy',
    EncodedDiagnosticMessage: 'AQFTQU5EQk9Y',
  };
  return new Refusal('Forbidden.RAM', { extra: { AccessDeniedDetail } });
}
