import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { droppedFrom } from '../../../src/core/unreadable';
import { providers } from '../../../src/providers';

/** An answer about agents, with one field of the first of them as it is given. */
const answers = {
  alibabaCloud: (status: unknown, id: unknown = 'i-1') => ({
    RequestId: 'q',
    InstanceCloudAssistantStatusSet: {
      InstanceCloudAssistantStatus: [
        { InstanceId: id, CloudAssistantStatus: status },
        { InstanceId: 'i-2', CloudAssistantStatus: 'true' },
      ],
    },
  }),
  volcengine: (status: unknown, id: unknown = 'i-1') => ({
    Instances: [
      { InstanceId: id, Status: status },
      { InstanceId: 'i-2', Status: 'Running' },
    ],
  }),
};

for (const { id: cloud, kinds } of providers) {
  const beside = kinds.flatMap(({ actions }) => actions.flatMap(({ review }) => review.beside ?? []))[0];
  const read = (answer: unknown) => beside?.read(beside.operation.response.parse(answer)) ?? assert.fail();
  const codes = (answer: unknown): Record<string, string[]> =>
    Object.fromEntries(
      read(answer).map(([id, findings]) => [id, findings.map(({ level, code }) => `${level} ${code}`)]),
    );

  describe(`whether an agent of ${cloud} answers`, () => {
    const on = cloud === 'volcengine' ? 'Running' : 'true';
    const off = cloud === 'volcengine' ? 'Offline' : 'false';
    test('is told by the cloud', () => {
      assert.deepEqual(codes(answers[cloud](on)), { 'i-1': [], 'i-2': [] });
      assert.deepEqual(codes(answers[cloud](off)), { 'i-1': ['refused agentOffline'], 'i-2': [] });
    });

    for (const odd of [undefined, null, '', {}, [], { Odd: 1 }])
      test(`is unknown and bars nothing where it cannot be read: ${JSON.stringify(odd)}`, () => {
        assert.deepEqual(codes(answers[cloud](odd)), { 'i-1': ['warning agentUnknown'], 'i-2': [] });
      });

    test('is counted where nobody can tell whose it is', () => {
      for (const odd of [null, '', 7, {}]) assert.equal(droppedFrom(read(answers[cloud](on, odd))), 1);
    });
  });
}
