import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayRetry } from '../../../src/client/retry';
import { providers } from '../../../src/providers';
import { notAnAnswer } from '../../../src/providers/notAnAnswer';

const page = { status: 429, headers: {}, body: '<html>Slow down</html>' };
const operations = providers.flatMap((provider) => provider.operations);

test('a page that says "slow down" is no reason to run or create anything a second time', () => {
  const once = operations.filter(({ effect }) => effect === 'run' || effect === 'create');
  assert.ok(once.some(({ action }) => action === 'RunCommand'));
  for (const operation of once) {
    const error = notAnAnswer(operation, page, { message: 'no answer' });
    assert.equal(error.delivery, 'unknown', operation.action);
    assert.equal(mayRetry(operation.effect, error), false, operation.action);
  }
});

test('what can be asked again is asked again', () => {
  for (const operation of operations.filter(({ effect }) => effect === 'read')) {
    const error = notAnAnswer(operation, page, { message: 'no answer' });
    assert.equal(mayRetry(operation.effect, error), true, operation.action);
  }
});
