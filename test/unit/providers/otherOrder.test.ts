import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CloudError, type Reason } from '../../../src/core/cloudError';
import { alibabaCloud } from '../../../src/providers/alibaba/provider';
import { volcengine } from '../../../src/providers/volcengine/provider';

/** Codes that no page documents: their words come in any order. */
const codes: readonly (readonly [code: string, status: number, reason: Reason])[] = [
  ['InvalidAction.Unauthorized', 403, 'permission'],
  ['Unauthorized.InvalidAction', 403, 'permission'],
  ['InvalidApi.Forbidden', 403, 'permission'],
  ['Operation.Forbidden', 400, 'permission'],
  ['InvalidOperation.Forbidden', 400, 'conflict'],
  ['Account.Arrearage', 400, 'quota'],
  ['AccessDenied.Arrearage', 403, 'quota'],
  ['InvalidAccountStatus.NotEnoughBalance', 403, 'quota'],
  ['Account.Frozen', 400, 'quota'],
  ['Forbidden.AccountClosed', 403, 'quota'],
  ['Forbidden.InstanceNotFound', 404, 'notFound'],
  ['NotFound.Instance', 400, 'notFound'],
  ['NotFound.RegionId', 400, 'invalid'],
  ['Timestamp.Invalid', 400, 'auth'],
  ['Service.Unavailable', 400, 'server'],
  ['RequestTimeout', 400, 'server'],
];

for (const provider of [alibabaCloud, volcengine])
  describe(`codes of ${provider.id} in any order`, () => {
    for (const [code, status, reason] of codes)
      test(`${code} means ${reason}`, () => assert.equal(provider.classify(code, status)?.reason, reason));
  });

for (const provider of [alibabaCloud, volcengine])
  test(`an answer of ${provider.id} that ends in the middle is known as such`, () => {
    const operation = provider.operations.find(({ effect }) => effect === 'read') ?? assert.fail();
    for (const [body, code] of [
      ['{"RequestId":"r","Inst', 'ANSWER_CUT_OFF'],
      ['<html><body>portal', undefined],
      ['', undefined],
    ])
      assert.throws(
        () => provider.wire.decode(operation, { status: 200, headers: {}, body: body ?? '' }),
        (error) => CloudError.is(error, 'unexpectedAnswer') && error.code === code,
      );
  });
