import { CloudClient } from '../../src/client/cloudClient';
import { createTransport, type Transport } from '../../src/client/transport';
import { createEngine, type CallOptions } from '../../src/compose/calls';
import type { Account } from '../../src/core/account';
import { describeManagedInstances } from '../../src/providers/alibaba/managedInstance/operations';
import { alibabaCloud } from '../../src/providers/alibaba/provider';
import { systemClock } from '../../src/util/clock';

/** Calls as the extension makes them. */
export function callOptions(transport: Transport = createTransport()): CallOptions {
  let nonce = 0;
  return {
    transport,
    clock: systemClock,
    nonce: () => `bench-${process.pid}-${++nonce}`,
    random: Math.random,
    timeoutMs: 30_000,
    answerFormat: () => 'json',
    maxInFlight: 16,
    onDidCall: () => undefined,
  };
}

export function accountAt(endpoint: string): Account {
  const keys = { accessKeyId: 'benchid', accessKeySecret: 'benchsecret' };
  return {
    id: 'bench',
    provider: 'alibabaCloud',
    name: 'bench',
    source: 'bench',
    level: 'normal',
    endpoint,
    credentials: () => Promise.resolve(keys),
  };
}

/** Our client, as the extension builds it. */
export function createOurs(endpoint: string): { listPage: () => Promise<unknown> } {
  const client = new CloudClient(createEngine(callOptions()));
  const account = accountAt(endpoint);
  const listPage = (): Promise<unknown> =>
    client.read({
      provider: alibabaCloud,
      account,
      region: 'cn-hangzhou',
      operation: describeManagedInstances,
      params: { PageNumber: 1, PageSize: 50 },
    });
  return { listPage };
}
