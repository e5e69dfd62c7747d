import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CloudClient } from '../../../../src/client/cloudClient';
import type { ProviderId } from '../../../../src/core/account';
import { CloudError } from '../../../../src/core/cloudError';
import type { CommandSupport } from '../../../../src/core/commands';
import { commandSupport as alibaba } from '../../../../src/providers/alibaba/commands/support';
import { followedRun } from '../../../../src/providers/followedRun';
import { commandSupport as volcengine } from '../../../../src/providers/volcengine/commands/support';
import { findRun, readRun, type RunReading } from '../../../../src/services/actions/readRun';

const supports: Readonly<Record<ProviderId, CommandSupport>> = { alibabaCloud: alibaba, volcengine };

/** A cloud whose answers are made from how often it was asked. */
function answering(support: CommandSupport, answer: (call: number) => unknown) {
  let calls = 0;
  const client = {
    read: ({ operation }: { operation: typeof support.results.operation }) => {
      calls++;
      const value = answer(calls);
      if (value instanceof CloudError) return Promise.reject(value);
      return Promise.resolve({ value: operation.response.parse(value) });
    },
  } as unknown as CloudClient; // Nothing else of it is used.
  const reading = { client, pinned: {}, region: 'r' } as unknown as RunReading;
  return { reading, calls: () => calls };
}

/** A page of what hosts said, and where it says that the list goes on. */
const pages: Readonly<Record<ProviderId, (ids: readonly string[], next: unknown) => unknown>> = {
  alibabaCloud: (ids, next) => ({
    RequestId: 'q',
    Invocation: {
      NextToken: next,
      InvocationResults: {
        InvocationResult: ids.map((InstanceId) => ({ InstanceId, InvocationStatus: 'Success', ExitCode: 0 })),
      },
    },
  }),
  volcengine: (ids, next) => ({
    TotalCount: next === '' ? ids.length : typeof next === 'string' ? 1_000_000 : next,
    InvocationResults: ids.map((InstanceId) => ({ InstanceId, InvocationResultStatus: 'Success', ExitCode: 0 })),
  }),
};

for (const [provider, support] of Object.entries(supports) as [ProviderId, CommandSupport][]) {
  const page = pages[provider];
  const { records } = followedRun(support);
  const read = async (answer: (call: number) => unknown) => {
    const { reading, calls } = answering(support, answer);
    const { known, problem } = await readRun(reading, records, records.params('run'));
    return { ids: [...known.keys()], problem: problem?.reason, calls: calls() };
  };

  describe(`what hosts of ${provider} said is kept`, () => {
    test('where pages go round and round', async () => {
      const { ids, problem, calls } = await read(() => page(['i-1', 'i-2'], 'again'));
      assert.deepEqual([ids, problem], [['i-1', 'i-2'], 'unexpectedAnswer']);
      assert.ok(calls < 20, String(calls));
    });

    test('where each page has a new token and nothing else that is new', async () => {
      const { ids, problem, calls } = await read((call) => page(['i-1'], `t${call}`));
      assert.deepEqual([ids, problem], [['i-1'], 'unexpectedAnswer']);
      assert.ok(calls < 20, String(calls));
    });

    test('where it cannot be read whether there is another page', async () => {
      const { ids, problem } = await read(() => page(['i-1'], [{ Odd: 1 }]));
      assert.deepEqual([ids, problem], [['i-1'], 'unexpectedAnswer']);
    });

    test('where a later page fails', async () => {
      const failure = new CloudError('no', { reason: 'server', delivery: 'answered' });
      const { ids, problem } = await read((call) => (call === 1 ? page(['i-1'], 'more') : failure));
      assert.deepEqual([ids, problem], [['i-1'], 'server']);
    });

    test('as a whole where all of it was read', async () => {
      const { ids, problem, calls } = await read(() => page(['i-1', 'i-2'], ''));
      assert.deepEqual([ids, problem, calls], [['i-1', 'i-2'], undefined, 1]);
    });
  });

  const run = (name: string, next: unknown): unknown =>
    provider === 'alibabaCloud'
      ? { RequestId: 'q', NextToken: next, Invocations: { Invocation: [{ InvokeId: 't-1', CommandName: name }] } }
      : { TotalCount: next === '' ? 1 : 1_000_000, Invocations: [{ InvocationId: 'ivk-1', InvocationName: name }] };

  describe(`a run of ${provider} whose answer was lost`, () => {
    test('is found by its mark on a list that does not end', async () => {
      const { reading } = answering(support, () => run('cae-mark', 'again'));
      assert.equal((await findRun(reading, followedRun(support), 'mark')).length, 1);
    });

    test('is not said to be missing where the list could not be read to its end', async () => {
      const { reading } = answering(support, () => run('another', 'again'));
      await assert.rejects(findRun(reading, followedRun(support), 'mark'), (error) => CloudError.is(error));
    });
  });
}
