import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as l10n from '@vscode/l10n';
import type { Reason } from '../../../../../src/core/cloudError';
import { classify, commonErrors } from '../../../../../src/providers/volcengine/api/errors';
import { volcengine } from '../../../../../src/providers/volcengine/provider';

const chinese = readFileSync(new URL('../../../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8');

function inBoth(text: () => string): readonly [english: string, chinese: string] {
  l10n.config({ contents: {} });
  const english = text();
  l10n.config({ contents: chinese });
  const translated = text();
  l10n.config({ contents: {} });
  return [english, translated];
}

const tables = [
  { name: 'every call', table: commonErrors },
  ...volcengine.operations.map((operation) => ({ name: operation.action, table: operation.errors })),
];

for (const { name, table } of tables) {
  for (const [code, documented] of Object.entries(table)) {
    test(`${code} of ${name} is explained in both languages`, () => {
      const [english, translated] = inBoth(documented.advice);
      assert.match(english, /^[\x20-\x7e]{20,}\.$/);
      assert.match(translated, /\p{Script=Han}/u);
      assert.ok(documented.status >= 400 && documented.status < 600 && documented.message !== '');
    });
  }
}

/** What the pages of starting, stopping and restarting have in common. */
const power: readonly string[] = [
  'InvalidInstance.NotFound',
  'MissingParameter.InstanceId',
  'InvalidInstanceStatus',
  'IdempotentParameterMismatch',
  'InvalidClientToken.Malformed',
  'InvalidArgument',
];

/** The codes of the vendor's pages; none may be missing from the tables. */
const pages: Readonly<Record<string, readonly string[]>> = {
  DescribeRegions: ['InvalidArgument', 'LimitExceeded.MaximumRegionIds', 'FlowLimitExceeded', 'InternalError'],
  DescribeInstances: ['InvalidArgument', 'FlowLimitExceeded', 'InternalError'],
  DeleteInstances: [
    'IdempotentParameterMismatch',
    'InvalidArgument',
    'InvalidClientToken.Malformed',
    'InvalidCount.Malformed',
    'InvalidDedicatedHostStatus.Unsupported',
    'IdempotentProcessing',
    'InternalError',
    'InvalidInstance.NotFound',
    'MissingParameter.InstanceId',
    'InvalidInstanceStatus',
  ],
  DeleteInstance: [
    'InvalidInstanceStatus',
    'MissingParameter.InstanceId',
    'InvalidChargeType',
    'InvalidClientToken.Malformed',
    'IdempotentParameterMismatch',
    'InvalidArgument',
    'InvalidInstance.NotFound',
    'DryRunOperation',
  ],
  StartInstances: [...power, 'Insufficient.Balance'],
  StopInstances: [...power, 'InvalidStoppedMode.Malformed'],
  RebootInstances: power,
  ModifyInstanceAttribute: power,
  StopInvocation: [
    'MissingParameter.AccountId',
    'MissingParameter.InvocationId',
    'MissingParameter.InstanceIds',
    'LimitExceeded.MaximumInstanceIds',
    'InvalidOperation.Forbidden',
    'InvalidInvocationRunningInstance.NotFound',
    'InvalidInvocation.NotFound',
  ],
};

/** Operations of Cloud Assistant whose pages have no list of errors. */
const unlisted = [
  'DescribeCloudAssistantStatus',
  'DescribeInvocationInstances',
  'DescribeInvocationResults',
  'DescribeInvocations',
  'InvokeCommand',
  'RunCommand',
  'CreateCommand',
  'DeleteCommand',
  'DescribeCommands',
  'ModifyCommand',
];

for (const operation of volcengine.operations.filter(({ action }) => !unlisted.includes(action))) {
  test(`${operation.action} knows every code of its page`, () => {
    for (const code of pages[operation.action] ?? assert.fail('no page')) {
      assert.ok(code in operation.errors || code in commonErrors, code);
    }
  });
}

test("the sample page's words are the wire messages", () => {
  const published = readFileSync(
    new URL('../../../../fixtures/volcengine/deleteInstances.page.txt', import.meta.url),
    'utf8',
  );
  const { errors } = volcengine.operations.find(({ action }) => action === 'DeleteInstances') ?? assert.fail();
  for (const code of ['InvalidInstanceStatus', 'InvalidInstance.NotFound']) {
    assert.ok(published.includes(`"${code}"`) && published.includes(`"${errors[code]?.message}"`), code);
  }
});

function reasonOf(code: string, expected: Reason): void {
  test(`${code} means ${expected}`, () => assert.equal(commonErrors[code]?.reason, expected));
}

reasonOf('InvalidAccessKey', 'auth');
reasonOf('SignatureDoesNotMatch', 'auth');
reasonOf('InvalidTimestamp', 'auth');
reasonOf('InvalidSecretToken', 'auth');
reasonOf('AccessDenied', 'permission');
reasonOf('LackPolicy', 'permission');
reasonOf('FlowLimitExceeded', 'throttled');
reasonOf('InternalServiceTimeout', 'server');

function classified(code: string, status: number, expected: Reason | undefined): void {
  test(`an unlisted ${code} with HTTP ${status} is taken as ${expected ?? 'nothing known'}`, () => {
    const documented = classify(code, status);
    assert.equal(documented?.reason, expected);
    if (documented === undefined) return;
    const [english, translated] = inBoth(documented.advice);
    assert.notEqual(english, translated);
  });
}

classified('InvalidVolume.NotFound', 404, 'notFound');
classified('InvalidInstance.DeletionProtection', 200, 'conflict');
classified('InvalidVolumeStatus', 400, 'conflict');
classified('InvalidOperation.Forbidden', 400, 'conflict');
classified('OperationForbidden', 403, 'permission');
classified('LackResourcePolicy', 403, 'permission');
classified('InvalidImageId.Malformed', 400, 'invalid');
classified('LimitExceeded.MaximumInstanceIds', 400, 'invalid');
classified('QuotaExceeded.Instance', 400, 'quota');
classified('RequestLimitExceeded', 400, 'throttled');
classified('ServiceUnavailableTemporarily', 503, 'server');
classified('SessionTokenInvalid', 400, 'auth');
classified('100009', 401, 'auth');
classified('HTTP 502', 502, 'server');
classified('Whatever', 429, 'throttled');
classified('Whatever', 409, 'conflict');
classified('Whatever', 200, undefined);

test('a policy grants exactly the permission that was missing', () => {
  assert.deepEqual(JSON.parse(volcengine.policyFor('ecs:DeleteInstances')), {
    Statement: [{ Effect: 'Allow', Action: ['ecs:DeleteInstances'], Resource: ['*'] }],
  });
});

test('every operation names its permission and its page', () => {
  for (const { action, permission, page, product } of volcengine.operations) {
    assert.equal(permission, `ecs:${action}`);
    assert.match(
      page,
      /^https:\/\/(www\.volcengine\.com\/docs\/6396\/\d+|api\.volcengine\.com\/api-docs\/view\?serviceCode=ecs&version=2020-04-01&action=\w+)$/,
    );
    assert.deepEqual(product, { provider: 'volcengine', code: 'ecs', version: '2020-04-01' });
  }
});
