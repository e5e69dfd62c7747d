import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import type { Reason } from '../../../../../src/core/cloudError';
import { classify, commonErrors } from '../../../../../src/providers/alibaba/api/errors';
import { alibabaCloud } from '../../../../../src/providers/alibaba/provider';

const chinese = readFileSync(new URL('../../../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8');
after(() => l10n.config({ contents: {} }));

function inBoth(text: () => string): readonly [english: string, chinese: string] {
  l10n.config({ contents: {} });
  const english = text();
  l10n.config({ contents: chinese });
  return [english, text()];
}

const tables = [
  { name: 'every call', table: commonErrors },
  ...alibabaCloud.operations.map((operation) => ({ name: operation.action, table: operation.errors })),
];

for (const { name, table } of tables) {
  for (const [code, row] of Object.entries(table)) {
    test(`${code} of ${name} is explained in both languages`, () => {
      const [english, translated] = inBoth(row.advice);
      assert.match(english, /^[\x20-\x7e]{25,}\.$/);
      assert.match(translated, /\p{Script=Han}.*。$/u);
      assert.ok(row.status >= 400 && row.status < 600 && row.message !== '');
    });
  }
}

/** Status, code and message as the vendor's pages print them. */
const printed: Readonly<Record<string, readonly (readonly [status: number, code: string, message: string])[]>> = {
  DeregisterManagedInstance: [
    [400, 'RegionId.ApiNotSupported', 'The api is not supported in this region.'],
    [403, 'Operation.Forbidden', 'The operation is not permitted.'],
    [404, 'InvalidRegionId.NotFound', 'The RegionId provided does not exist in our records.'],
    [404, 'InvalidInstance.NotFound', 'The specified instance id does not exist.'],
    [500, 'InternalError.Dispatch', 'An error occurred when you dispatched the request.'],
  ],
  DeleteActivation: [
    [400, 'RegionId.ApiNotSupported', 'The api is not supported in this region.'],
    [403, 'ActivationId.InUse', 'The specified activation id is in use.'],
    [403, 'Operation.Forbidden', 'The operation is not permitted.'],
    [404, 'ActivationId.NotFound', 'The specified activation id does not exist.'],
    [500, 'InternalError.Dispatch', 'An error occurred when you dispatched the request.'],
  ],
  DeleteInstances: [
    // A newer edition of the page has words where this one has "%s".
    [403, 'InvalidOperation.DeletionProtection', 'The operation is not allowed due to deletion protection.'],
    [403, 'InvalidOperation.EniLinked', '%s'],
    [403, 'IncorrectInstanceStatus', '%s'],
    [500, 'InternalError', 'The request processing has failed due to some unknown error.'],
    [
      403,
      'InstanceLockedForSecurity',
      'The specified operation is denied as your instance is locked for security reasons.',
    ],
    [
      400,
      'DependencyViolation.SLBConfiguring',
      'Specified operation is denied as your instance is using by another product.',
    ],
    [400, 'DependencyViolation.RouteEntry', 'Specified instance is used by route entry.'],
    [400, 'DRYRUN.SUCCESS', 'This request is a dryrun request with successful result.'],
    [403, 'ChargeTypeViolation', '%s'],
    [404, 'InvalidInstanceIds.NotFound', 'The specified InstanceIds does not exist.'],
  ],
};

for (const [action, rows] of Object.entries(printed)) {
  for (const [status, code, message] of rows) {
    test(`${action} documents ${code} as its page does`, () => {
      const row = alibabaCloud.operations.find((operation) => operation.action === action)?.errors[code];
      assert.equal(row?.status, status);
      assert.equal(row.message, message);
    });
  }
}

function reasonOf(code: string, status: number): Reason | undefined {
  return (alibabaCloud.errors[code] ?? alibabaCloud.classify(code, status))?.reason;
}

function checkReason(code: string, status: number, reason: Reason): void {
  test(`${code} (${status}) means ${reason}`, () => assert.equal(reasonOf(code, status), reason));
}

// An unknown key answers 404 and must never pass for a resource that is gone.
checkReason('InvalidAccessKeyId.NotFound', 404, 'auth');
checkReason('InvalidAccessKeyId.Whatever', 404, 'auth');
checkReason('SignatureDoesNotMatch', 403, 'auth');
checkReason('SignatureNonceUsed', 400, 'server');
checkReason('InvalidTimeStamp.Expired', 400, 'auth');
checkReason('InvalidSecurityToken.Expired', 403, 'auth');
checkReason('InvalidSecurityToken.New', 400, 'auth');
checkReason('Throttling', 400, 'throttled');
checkReason('Throttling.User', 429, 'throttled');
checkReason('Throttling.Custom.Kind', 503, 'throttled');
checkReason('X.Throttling', 400, 'throttled');
checkReason('Forbidden.RAM', 403, 'permission');
checkReason('Forbidden.Anything', 403, 'permission');
checkReason('NoPermission.Tag', 403, 'permission');
checkReason('Forbidden.InstanceNotFound', 404, 'notFound');
checkReason('MissingRegionId', 400, 'invalid');
checkReason('MissingParameter.InstanceId', 404, 'invalid');
checkReason('InvalidParameter.Whatever', 403, 'invalid');
checkReason('InvalidRegionId.Malformed', 404, 'invalid');
checkReason('InvalidApi.NotFound', 404, 'invalid');
checkReason('InvalidAction.NotFound', 404, 'invalid');
checkReason('InvalidVpc.NotFound', 404, 'notFound');
checkReason('RealNameAuthenticationError', 403, 'quota');
checkReason('ActivationCount.ExceedLimit', 400, 'quota');
checkReason('QuotaExceed.Tags', 403, 'quota');
checkReason('IdempotentParameterMismatch', 400, 'conflict');
checkReason('IdempotentProcessing', 403, 'throttled');
checkReason('LastTokenProcessing', 403, 'throttled');
checkReason('OperationConflict', 409, 'conflict');
checkReason('IncorrectEipStatus', 400, 'conflict');
checkReason('InternalError', 500, 'server');
checkReason('InternalError.New', 500, 'server');
checkReason('ServiceUnavailable.RegionMaintaining', 503, 'server');
checkReason('Weird', 400, 'invalid');
checkReason('Weird', 401, 'auth');
checkReason('Weird', 403, 'permission');
checkReason('Weird', 404, 'notFound');
checkReason('Weird', 409, 'conflict');
checkReason('Weird', 418, 'invalid');
checkReason('Weird', 429, 'throttled');
checkReason('Weird', 503, 'server');
checkReason('Weird', 599, 'server');

test('whatever is classified has advice in both languages', () => {
  const codes = ['Throttling.X', 'InvalidAccessKey.X', 'XSecurityToken', 'SignatureX', 'XTimestamp', 'InvalidApi.X'];
  codes.push('InvalidRegion.X', 'MissingX', 'X.NotFound', 'Forbidden.X', 'X.ExceedLimit', 'XProcessing', 'IdempotentX');
  codes.push('IncorrectX', 'ServiceUnavailableX', 'InternalErrorX', 'InvalidX');
  const statuses = [400, 401, 403, 404, 409, 429, 500, 503];
  const rows = [...codes.map((code) => classify(code, 400)), ...statuses.map((status) => classify('Weird', status))];
  for (const row of rows) {
    const [english, translated] = inBoth(row.advice);
    assert.match(english, /^[\x20-\x7e]{25,}\.$/);
    assert.match(translated, /\p{Script=Han}.*。$/u);
  }
});

test('a policy statement grants exactly the missing permission', () => {
  assert.deepEqual(JSON.parse(alibabaCloud.policyFor('ecs:DeleteActivation')), {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: ['ecs:DeleteActivation'], Resource: ['*'] }],
  });
});
