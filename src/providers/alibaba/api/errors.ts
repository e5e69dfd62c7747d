import * as l10n from '@vscode/l10n';
import { documented, type DocumentedError, type ErrorTable } from '../../../core/operation';
import { reportIt, standardErrors } from './sharedErrors';

const unknownKey = () =>
  l10n.t(
    'The cloud does not know this AccessKey ID. Check that it is complete, that it belongs to Alibaba Cloud and that it was not deleted.',
  );
const disabledKey = () => l10n.t('This AccessKey is disabled. Enable it in the RAM console or use another one.');
const wrongSecret = () =>
  l10n.t(
    'The signature did not match: most often the AccessKey secret is wrong or has a character too many. Enter the secret again.',
  );
const wrongClock = () =>
  l10n.t(
    "The request's time stamp was not accepted: the cloud allows 15 minutes. Set this computer's clock, then try again.",
  );
const newToken = () =>
  l10n.t(
    'The temporary credentials have expired or do not belong together. Get new ones from where they came, then try again.',
  );
const slower = () => l10n.t('Too many requests in a short time. Wait a moment, then try again.');
const askForPermission = () =>
  l10n.t(
    'These credentials lack the permission for this call. Ask the administrator of the account to grant it with a RAM policy.',
  );
const notForRamUsers = () =>
  l10n.t('This call is not open to RAM users or roles. Use credentials of the account that owns the resource.');
const accountState = () =>
  l10n.t(
    "The state of the account does not allow this call. Sign in to the vendor's console and follow what it asks for.",
  );
const noBalance = () =>
  l10n.t(
    "The account is in arrears or its balance is not enough. Settle it in the vendor's console (Expenses and Costs), then try again.",
  );
const differentRequest = () =>
  l10n.t('The same client token was used before for a different request. Nothing was done; start the action again.');
const stillProcessing = () => l10n.t('The cloud is still working on the same request. Wait a moment, then try again.');
const tryLater = () => l10n.t('The service is unavailable at the moment. Wait a moment, then try again.');
const serverFault = () =>
  l10n.t(
    'The cloud failed on its side. Refresh to see the current state; if it happens again, give the request id to the vendor.',
  );
const wrongEndpoint = () =>
  l10n.t('The address that answered does not offer this call. Check the endpoint setting and the region.');
const wrongParameter = () =>
  l10n.t('The cloud did not accept a parameter. Refresh, check what was entered, then try again.');
const resourceGone = () =>
  l10n.t('The cloud does not find what the call names. Refresh the list to see what is there.');
const limitReached = () =>
  l10n.t('A limit of the account is reached. Remove what is not needed or ask the vendor to raise the limit.');
const wrongState = () =>
  l10n.t(
    'The resource is in a state that does not allow this. Refresh the list, wait until the state has changed, then try again.',
  );

/**
 * Failures any operation may answer. An unknown AccessKey answers 404, which has nothing to do with the resource.
 * A nonce can be "used already" only when something between us and the cloud sent the request twice: the other copy
 * may have been carried out, so it counts as a fault of the server side.
 */
export const commonErrors: ErrorTable = {
  ...standardErrors,
  'InvalidAccessKeyId.NotFound': documented(404, 'Specified access key is not found.', 'auth', unknownKey),
  'InvalidAccessKeyId.Inactive': documented(400, 'Specified access key is disabled.', 'auth', disabledKey),
  'Forbidden.AccessKeyDisabled': documented(403, 'The Access Key is disabled.', 'auth', disabledKey),
  SignatureDoesNotMatch: documented(
    400,
    'Specified signature is not matched with our calculation. server string to sign is:%s',
    'auth',
    wrongSecret,
  ),
  IncompleteSignature: documented(
    400,
    'The request signature does not conform to Aliyun standards.',
    'auth',
    wrongSecret,
  ),
  InvalidSignatureMethod: documented(400, 'Specified signature method is not valid.', 'invalid', reportIt),
  'InvalidTimeStamp.Expired': documented(400, 'Specified time stamp or date value is expired.', 'auth', wrongClock),
  'InvalidTimeStamp.Format': documented(
    400,
    'Specified time stamp or date value is not well formatted.',
    'auth',
    wrongClock,
  ),
  IllegalTimestamp: documented(
    400,
    'The input parameter "Timestamp" that is mandatory for processing this request is not supplied.',
    'auth',
    wrongClock,
  ),
  SignatureNonceUsed: documented(400, 'Specified signature nonce was used already.', 'server', serverFault),
  MissingSecurityToken: documented(400, 'SecurityToken is mandatory for this action.', 'auth', newToken),
  'InvalidSecurityToken.Expired': documented(400, 'Specified SecurityToken is expired.', 'auth', newToken),
  'InvalidSecurityToken.Malformed': documented(400, 'Specified SecurityToken is malformed.', 'auth', newToken),
  'InvalidSecurityToken.MismatchWithAccessKey': documented(
    400,
    'Specified SecurityToken mismatch with the AccessKey.',
    'auth',
    newToken,
  ),
  MissingParameter: documented(
    400,
    'The input parameter "%s" that is mandatory for processing this request is not supplied.',
    'invalid',
    wrongParameter,
  ),
  InvalidParameter: documented(400, 'The specified parameter "%s" is not valid.', 'invalid', wrongParameter),
  UnsupportedParameter: documented(400, 'The parameter "%s" is not supported.', 'invalid', reportIt),
  UnsupportedHTTPMethod: documented(400, 'This http method is not supported.', 'invalid', wrongEndpoint),
  'InvalidApi.NotFound': documented(
    404,
    'Specified api is not found, please check your url and method.',
    'invalid',
    wrongEndpoint,
  ),
  'InvalidAction.NotFound': documented(
    404,
    'Specified api is not found, please check your url and method.',
    'invalid',
    wrongEndpoint,
  ),
  InvalidVersion: documented(400, 'Specified parameter Version is not valid.', 'invalid', wrongEndpoint),
  'InvalidProduct.NotFound': documented(
    404,
    'Cannot find product according to your specified domain.',
    'invalid',
    wrongEndpoint,
  ),
  'InvalidProtocol.NeedSsl': documented(
    400,
    'Your request is denied as lack of ssl protect.',
    'invalid',
    wrongEndpoint,
  ),
  Throttling: documented(400, 'Request was denied due to request throttling.', 'throttled', slower),
  'Throttling.User': documented(400, 'Request was denied due to user flow control.', 'throttled', slower),
  'Throttling.Api': documented(400, 'Request was denied due to api flow control.', 'throttled', slower),
  'Forbidden.RAM': documented(
    403,
    "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
    'permission',
    askForPermission,
  ),
  NoPermission: documented(
    403,
    'You are not authorized to do this action. You should be authorized by RAM.',
    'permission',
    askForPermission,
  ),
  'Forbidden.Unauthorized': documented(
    403,
    'A required authorization for the specified action is not supplied.',
    'permission',
    askForPermission,
  ),
  'Forbidden.SubUser': documented(403, 'The specified action is not available for you.', 'permission', notForRamUsers),
  'Forbidden.NotSupportRAM': documented(
    403,
    'This action does not support accessed by RAM mode.',
    'permission',
    notForRamUsers,
  ),
  'Forbidden.InstanceNotFound': documented(
    404,
    "The specified Instance is not found, so we cann't get enough information to check permission in RAM.",
    'notFound',
    resourceGone,
  ),
  // `quota` stands for all that the account itself may not do at present; no policy would change it.
  'Forbidden.RiskControl': documented(
    403,
    'This operation is forbidden by Aliyun Risk Control system.',
    'quota',
    accountState,
  ),
  RealNameAuthenticationError: documented(
    403,
    'Your account has not passed the real-name authentication yet.',
    'quota',
    accountState,
  ),
  InsufficientBalance: documented(400, 'Your account does not have enough balance.', 'quota', noBalance),
  IdempotentParameterMismatch: documented(
    400,
    'Request uses a client token in a previous request but is not identical to that request.',
    'conflict',
    differentRequest,
  ),
  'InvalidIdempotenceParameter.Mismatch': documented(
    403,
    'The specified parameters are different from before',
    'conflict',
    differentRequest,
  ),
  // `throttled` makes the client wait and ask again with the same token, which is what these two call for.
  IdempotentProcessing: documented(
    403,
    'The previous idempotent request(s) is still processing.',
    'throttled',
    stillProcessing,
  ),
  LastTokenProcessing: documented(403, 'The last token request is processing.', 'throttled', stillProcessing),
  OperationConflict: documented(
    409,
    'Request was denied due to conflict with a previous request.',
    'conflict',
    stillProcessing,
  ),
  InternalError: documented(
    500,
    'The request processing has failed due to some unknown error, exception or failure.',
    'server',
    serverFault,
  ),
  ServiceUnavailable: documented(
    503,
    'The request has failed due to a temporary failure of the server.',
    'server',
    tryLater,
  ),
  'ServiceUnavailable.RegionMaintaining': documented(503, 'The region is under maintenance.', 'server', tryLater),
};

/**
 * From special to general: the first that matches decides. The words of a code come in any order
 * (`Unauthorized.EmptyRegion`, `InvalidAction.Unauthorized`), so what they say goes before what they begin with.
 * Statuses stand for "as it came".
 */
const patterns: readonly (readonly [pattern: RegExp, row: Omit<DocumentedError, 'status' | 'message'>])[] = [
  [/Throttling|FlowControl|QpsLimit|TooManyRequests|RequestLimit/i, { reason: 'throttled', advice: slower }],
  [/^InvalidAccessKey|^InvalidCredentials|^AccessKey/i, { reason: 'auth', advice: unknownKey }],
  [/SecurityToken/i, { reason: 'auth', advice: newToken }],
  [/^Signature|Signature$/i, { reason: 'auth', advice: wrongSecret }],
  [/Time-?stamp/i, { reason: 'auth', advice: wrongClock }],
  [
    /Arrear|Overdue|Balance|CreditLimit|Payment|(Insufficient|NotEnough)(Fund|Credit)/i,
    { reason: 'quota', advice: noBalance },
  ],
  [
    /RealName|RiskControl|(Account|User)\.?(Status|\w{0,40}(Frozen|Suspended|Closed|Locked|Disabled|Expired))/i,
    { reason: 'quota', advice: accountState },
  ],
  // Permissions could not even be looked up for what is not there.
  [/^Forbidden\b.*(NotFound|NotExists?)$/i, { reason: 'notFound', advice: resourceGone }],
  [
    /Unauthorized|Unauthori[sz]ation|NotAuthori[sz]ed|NoPermission|NoRight|AccessDenied|PermissionDenied|DeniedByPolicy|NotSupportRAM|(?<!InvalidOperation)\.Forbidden$/i,
    { reason: 'permission', advice: askForPermission },
  ],
  [
    /^Invalid(Api|Action|Version|Product|Protocol|Service)(?![a-z])|^Unsupported(Api|Action|Version|Product|Protocol|HTTPMethod)|(^|\.)(Api|Action|Version|Product|Service)\.?Not(Found|Exists?|Supported?)$/i,
    { reason: 'invalid', advice: wrongEndpoint },
  ],
  [
    /^InvalidRegion|^RegionId\.|Region\w{0,40}\.?(NotFound|NotExists?|NotSupported?|NotAvailable|Unsupported|Unavailable)$|Not(Found|Supported?)\.?\w{0,40}Region(Id)?$/i,
    { reason: 'invalid', advice: () => standardErrors['InvalidRegionId.NotFound']?.advice() ?? wrongEndpoint() },
  ],
  [/^Missing/i, { reason: 'invalid', advice: wrongParameter }],
  [
    /(NotFound|NotExists?|DoesNotExist|NoSuch\w{1,60}|NotPresent)$|^Not(Found|Exists?)\./i,
    { reason: 'notFound', advice: resourceGone },
  ],
  [/^Forbidden/i, { reason: 'permission', advice: askForPermission }],
  [/Quota|ExceedLimit|LimitExceed|NumberExceed/i, { reason: 'quota', advice: limitReached }],
  [/Processing$/i, { reason: 'throttled', advice: stillProcessing }],
  [/Idempotent|Idempotence/i, { reason: 'conflict', advice: differentRequest }],
  [
    /^Incorrect|Status|Conflict|DependencyViolation|InUse|OperationDenied|^InvalidOperation|Locked/i,
    { reason: 'conflict', advice: wrongState },
  ],
  [
    /ServiceUnavailable|Service\.Unavailable|Unavailable\.Service|^(Request|Gateway|Service)\.?Time-?out/i,
    { reason: 'server', advice: tryLater },
  ],
  [/^InternalError|^Unknown(Error|Exception)/i, { reason: 'server', advice: serverFault }],
  [/^Invalid|Malformed|NotSupported|Unsupported/i, { reason: 'invalid', advice: wrongParameter }],
];

/**
 * What to make of a code that no table has: by the code's own words first, because statuses are used loosely, then
 * by status. Always answers something, so that no failure is left without advice.
 */
export function classify(code: string, status: number): DocumentedError {
  const row = patterns.find(([pattern]) => pattern.test(code))?.[1] ?? byStatus(status);
  return { status, message: '%s', ...row };
}

function byStatus(status: number): Omit<DocumentedError, 'status' | 'message'> {
  if (status === 429) return { reason: 'throttled', advice: slower };
  if (status === 503) return { reason: 'server', advice: tryLater };
  if (status >= 500) return { reason: 'server', advice: serverFault };
  if (status === 401) return { reason: 'auth', advice: wrongSecret };
  if (status === 403) return { reason: 'permission', advice: askForPermission };
  if (status === 404) return { reason: 'notFound', advice: resourceGone };
  if (status === 409) return { reason: 'conflict', advice: wrongState };
  return { reason: 'invalid', advice: wrongParameter };
}
