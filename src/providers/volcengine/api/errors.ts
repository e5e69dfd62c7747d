import * as l10n from '@vscode/l10n';
import type { Reason } from '../../../core/cloudError';
import { documented, type DocumentedError, type ErrorTable } from '../../../core/operation';

/**
 * Failures that any call may answer: the table of https://www.volcengine.com/docs/6369/68677, with the statuses that
 * https://www.volcengine.com/docs/6396/70462 gives for ECS where the two differ. The message is `%s` where no page has it.
 */
export const commonErrors: ErrorTable = {
  MissingParameter: documented(400, 'The request is missing %s parameter.', 'invalid', adviseReport),
  MissingRequestInfo: documented(400, 'The request is missing %s information.', 'auth', adviseProxyTouched),
  InvalidAuthorization: documented(
    400,
    "Invalid 'Authorization' header, Pls check authorization header.",
    'auth',
    adviseProxyTouched,
  ),
  InvalidCredential: documented(
    400,
    "Invalid credential in 'Authorization', Pls check credential in authorization header.",
    'auth',
    adviseKeys,
  ),
  MissingAuthenticationToken: documented(401, 'Request is missing Authentication Token.', 'auth', adviseProxyTouched),
  MissingSignature: documented(401, 'The request is missing signature.', 'auth', adviseProxyTouched),
  InvalidAccessKey: documented(401, 'The accesskey [%s] included in the request is invalid.', 'auth', () =>
    l10n.t(
      'Volcengine does not know this access key, or it is disabled. Check the key in the console, then enter it again.',
    ),
  ),
  SignatureDoesNotMatch: documented(
    401,
    'The request signature we calculated does not match the signature you provided. Check your Secret Access Key and signing method. Consult the service documentation for details.',
    'auth',
    adviseKeys,
  ),
  InvalidSecretToken: documented(401, 'Invalid secret token, msg: %s.', 'auth', () =>
    l10n.t('The temporary credentials have expired or are wrong. Get new ones where these came from.'),
  ),
  InvalidTimestamp: documented(403, 'The Signature of the request is expired.', 'auth', () =>
    l10n.t("The time of this computer differs too much from the cloud's. Set the clock, then try again."),
  ),
  LackPolicy: documented(403, 'Request was rejected because of lack of policy.', 'permission', advisePermission),
  LackProjectPolicy: documented(403, 'Request was rejected because of lack of project policy.', 'permission', () =>
    l10n.t(
      'These keys lack a permission in the project of the resource. Ask whoever administers the account to grant it for that project.',
    ),
  ),
  AccessDenied: documented(
    403,
    'User is not authorized to perform: %s on resource: %s.',
    'permission',
    advisePermission,
  ),
  ServiceShouldCallSelfApi: documented(403, '%s', 'permission', adviseReport),
  InnerApiNeedAccountInfo: documented(400, 'The inner request should have account info', 'invalid', adviseReport),
  ServiceNotFound: documented(404, 'This service[%s] not found.', 'invalid', adviseEndpoint),
  InvalidActionOrVersion: documented(404, 'Could not find operation %s for version %s.', 'invalid', adviseRegion),
  MethodNotAllowed: documented(405, '%s', 'invalid', adviseEndpoint),
  FlowLimitExceeded: documented(
    429,
    'Request was rejected because the request speed of this openAPI is beyond the current flow control limit.',
    'throttled',
    adviseThrottled,
  ),
  InternalError: documented(500, 'An internal error has occurred.', 'server', adviseServer),
  InternalServiceError: documented(
    500,
    'Service has some internal Error. Pls Contact With Admin.',
    'server',
    adviseServer,
  ),
  FailToConnect: documented(502, 'Top Fail to Connect to Internal Service.', 'server', adviseServer),
  InternalServiceTimeout: documented(
    504,
    'Internal Service is timeout. Pls Contact With Admin.',
    'server',
    adviseServer,
  ),
};

/**
 * What a code or status that no table has most likely means. The first pattern that fits decides. The words of a code
 * come in any order, so what they say goes before what they begin with.
 */
const patterns: readonly (readonly [RegExp, Reason, () => string])[] = [
  [/Throttl|FlowLimit|RequestLimitExceeded|TooManyRequests|RateLimit/i, 'throttled', adviseThrottled],
  [
    /SecretToken|SecurityToken|SessionToken|AccessKey|Signature|Time-?stamp|Credential|AuthFailure|^Unauthenticated/i,
    'auth',
    adviseKeys,
  ],
  [/DeletionProtect|Protected/i, 'conflict', adviseProtection],
  [
    /Arrear|Overdue|Balance|CreditLimit|Payment|(Insufficient|NotEnough)(Fund|Credit)|RealName|(Account|User)\.?(Status|\w{0,40}(Frozen|Suspended|Closed|Locked|Disabled|Expired))/i,
    'quota',
    adviseBalance,
  ],
  // Permissions could not even be looked up for what is not there.
  [/^Forbidden\b.*(NotFound|NotExists?)$/i, 'notFound', adviseNotFound],
  [
    /Unauthorized|NotAuthori[sz]ed|AccessDenied|PermissionDenied|NoPermission|Lack\w{0,40}Policy|(?<!InvalidOperation)\.Forbidden$/i,
    'permission',
    advisePermission,
  ],
  [
    /^Invalid(Action|Api|Service|Version)(?![a-z])|^Unsupported(Action|Api|Version)|(^|\.)(Action|Api|Service|Version)\.?Not(Found|Exists?|Supported?)$/i,
    'invalid',
    adviseEndpoint,
  ],
  [
    /^InvalidRegion|Not(Found|Supported?)\.?\w{0,40}Region(Id)?$|Region\w{0,40}\.?(NotFound|NotExists?|NotSupported?|Unsupported|Unavailable)$/i,
    'invalid',
    adviseRegion,
  ],
  [/^InvalidOperation|Status|InUse|Conflict|Idempotent|Locked|Unsupported|Dependency/i, 'conflict', adviseConflict],
  [/Forbidden/i, 'permission', advisePermission],
  [/NotFound|NotExist/i, 'notFound', adviseNotFound],
  [/^Missing|Malformed|^LimitExceeded\.Maximum|^Invalid/i, 'invalid', adviseInvalid],
  [/Quota|LimitExceeded|Insufficient/i, 'quota', adviseQuota],
  [/^Internal|^Unknown(Error|Exception)|Unavailable|Timeout|ServiceFailure/i, 'server', adviseServer],
];

const statuses: Readonly<Record<number, readonly [Reason, () => string]>> = {
  400: ['invalid', adviseInvalid],
  401: ['auth', adviseKeys],
  403: ['permission', advisePermission],
  404: ['notFound', adviseNotFound],
  409: ['conflict', adviseConflict],
  412: ['conflict', adviseConflict],
  429: ['throttled', adviseThrottled],
};

/**
 * What to make of a code that no table has. `status` may be 200: errors about one resource of many arrive inside a
 * success. Undefined when neither code nor status says anything.
 */
export function classify(code: string, status: number): DocumentedError | undefined {
  const fits = patterns.find(([pattern]) => pattern.test(code));
  const byStatus = status >= 500 ? (['server', adviseServer] as const) : statuses[status];
  const [reason, advice] = fits === undefined ? (byStatus ?? []) : [fits[1], fits[2]];
  return reason === undefined || advice === undefined ? undefined : { status, message: '%s', reason, advice };
}

function adviseKeys(): string {
  return l10n.t(
    'The secret does not belong to this access key, or it was copied with a character too many or too few. Enter the keys again.',
  );
}

function adviseProxyTouched(): string {
  return l10n.t(
    'The signature did not arrive in full. Check that no proxy removes headers, then enter the keys again if it persists.',
  );
}

function advisePermission(): string {
  return l10n.t('These keys lack a permission. Ask whoever administers the account to grant it in a policy.');
}

function adviseEndpoint(): string {
  return l10n.t('The address does not serve this call. Check the endpoint setting of this extension.');
}

function adviseRegion(): string {
  return l10n.t('Volcengine does not offer this call in this region. Choose another region.');
}

function adviseBalance(): string {
  return l10n.t(
    'The account is in arrears or its balance is not enough, or it is not verified. Look at it in the console, then try again.',
  );
}

function adviseReport(): string {
  return l10n.t(
    'The request was not understood. Open the response for details; if it persists, report it as a problem of this extension.',
  );
}

function adviseThrottled(): string {
  return l10n.t('Too many calls in a short time. Wait a moment, then try again.');
}

function adviseServer(): string {
  return l10n.t(
    'The cloud had an internal problem. Refresh to see what was done, then try again; if it persists, open a ticket with the request ID.',
  );
}

function adviseProtection(): string {
  return l10n.t('Deletion protection is on. Turn it off, refresh, then try again.');
}

function adviseConflict(): string {
  return l10n.t('The present state of the resource does not allow this. Refresh, look at its state, then try again.');
}

function adviseNotFound(): string {
  return l10n.t('The resource no longer exists, or it is in another region. Refresh the list.');
}

function adviseInvalid(): string {
  return l10n.t('The cloud did not accept a parameter. Open the response for details.');
}

function adviseQuota(): string {
  return l10n.t('A quota or the balance of the account is used up. Look at both in the console.');
}
