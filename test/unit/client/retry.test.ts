import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultRetryPolicy, mayRetry, retryDelay } from '../../../src/client/retry';
import { CloudError, type CloudErrorFacts } from '../../../src/core/cloudError';
import type { Effect } from '../../../src/core/operation';

function error(facts: CloudErrorFacts): CloudError {
  return new CloudError('it failed', facts);
}

describe('may it be sent again', () => {
  function check(effect: Effect, facts: CloudErrorFacts, expected: boolean): void {
    const { reason, delivery, code = '' } = facts;
    test(`${effect} after ${reason} ${delivery} ${code}: ${expected ? 'yes' : 'no'}`, () =>
      assert.equal(mayRetry(effect, error(facts)), expected));
  }
  check('read', { reason: 'network', delivery: 'unknown', code: 'ECONNRESET' }, true);
  check('read', { reason: 'network', delivery: 'notSent', code: 'ECONNREFUSED' }, true);
  check('read', { reason: 'network', delivery: 'notSent', code: 'EAI_AGAIN' }, true);
  check('read', { reason: 'network', delivery: 'notSent', code: 'ENOTFOUND' }, false);
  check('read', { reason: 'network', delivery: 'notSent', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, false);
  check('read', { reason: 'timeout', delivery: 'unknown' }, true);
  check('read', { reason: 'throttled', delivery: 'answered' }, true);
  check('read', { reason: 'server', delivery: 'answered' }, true);
  check('read', { reason: 'unexpectedAnswer', delivery: 'unknown' }, false);
  check('read', { reason: 'unexpectedAnswer', delivery: 'unknown', code: 'ANSWER_CUT_OFF' }, true);
  check('destroy', { reason: 'unexpectedAnswer', delivery: 'unknown', code: 'ANSWER_CUT_OFF' }, false);
  check('read', { reason: 'invalid', delivery: 'notSent', code: 'UND_ERR_INVALID_ARG' }, false);
  check('read', { reason: 'cancelled', delivery: 'unknown' }, false);
  for (const reason of ['auth', 'permission', 'notFound', 'conflict', 'invalid', 'quota'] as const) {
    check('read', { reason, delivery: 'answered' }, false);
    check('destroy', { reason, delivery: 'answered' }, false);
  }
  for (const effect of ['destroy', 'change', 'create'] as const) {
    check(effect, { reason: 'network', delivery: 'unknown', code: 'ECONNRESET' }, false);
    check(effect, { reason: 'timeout', delivery: 'unknown' }, false);
    check(effect, { reason: 'server', delivery: 'unknown' }, false);
    check(effect, { reason: 'unexpectedAnswer', delivery: 'unknown' }, false);
    check(effect, { reason: 'cancelled', delivery: 'notSent' }, false);
    check(effect, { reason: 'throttled', delivery: 'unknown' }, false);
    check(effect, { reason: 'throttled', delivery: 'answered' }, true);
    check(effect, { reason: 'network', delivery: 'notSent', code: 'ECONNREFUSED' }, true);
    check(effect, { reason: 'timeout', delivery: 'notSent' }, true);
  }
});

describe('how long it waits', () => {
  const plain = error({ reason: 'network', delivery: 'notSent' });
  function check(name: string, failure: CloudError, attempt: number, random: number, expected: number): void {
    test(name, () =>
      assert.equal(
        retryDelay(failure, attempt, () => random, defaultRetryPolicy),
        expected,
      ),
    );
  }
  const { baseMs, capMs, retryAfterCapMs } = defaultRetryPolicy;
  check('at most the base at first', plain, 1, 1, baseMs);
  check('at least half of it', plain, 1, 0, baseMs / 2);
  check('twice as long each time', plain, 3, 1, baseMs * 4);
  check('never beyond the cap', plain, 40, 1, capMs);
  const asked = (retryAfterMs: number): CloudError => plain.with({ retryAfterMs });
  check('as long as the cloud asks', asked(1234), 1, 0, 1234);
  check('not at all if the cloud says so', asked(0), 3, 1, 0);
  check('not longer than is sensible', asked(86_400_000), 1, 0, retryAfterCapMs);
});
