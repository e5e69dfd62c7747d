import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activation } from '../../../../src/providers/alibaba/activation/kind';
import { factsOf } from '../../../../src/services/resources/facts';

test('that it is expired is said once', () => {
  const now = new Date('2026-01-02T00:00:00Z');
  const item = { ActivationId: 'a', InstanceCount: 10, CreationTime: '2026-01-01T00:00:00Z', TimeToLiveInHours: 1 };
  assert.equal(activation.state(item, now).label(), 'Expired');
  assert.ok(!factsOf(activation, item, now).some((fact) => /expired/i.test(fact)));
});
