import { CallEngine } from '../../src/client/callEngine';
import { CloudClient } from '../../src/client/cloudClient';
import { defaultRetryPolicy } from '../../src/client/retry';
import { createThrottle } from '../../src/client/throttle';
import { createTransport, type Transport } from '../../src/client/transport';
import type { Account } from '../../src/core/account';
import { describeManagedInstances } from '../../src/providers/alibaba/managedInstance/operations';
import { alibabaCloud } from '../../src/providers/alibaba/provider';
import { systemClock } from '../../src/util/clock';

/** Our client, as the extension builds it. */
export function createOurs(
  endpoint: string,
  transport: Transport = createTransport(),
): {
  listPage: () => Promise<unknown>;
  engine: CallEngine;
  client: CloudClient;
  account: Account;
} {
  let nonce = 0;
  const engine = new CallEngine({
    transport,
    clock: systemClock,
    nonce: () => `bench-${process.pid}-${++nonce}`,
    random: Math.random,
    retry: defaultRetryPolicy,
    timeoutMs: () => 30_000,
    format: () => 'json',
    throttle: createThrottle({ clock: systemClock, maxInFlight: 16 }),
    onDidCall: () => undefined,
  });
  const client = new CloudClient(engine);
  const keys = { accessKeyId: 'benchid', accessKeySecret: 'benchsecret' };
  const account: Account = {
    id: 'bench',
    provider: 'alibabaCloud',
    name: 'bench',
    source: 'bench',
    level: 'normal',
    endpoint,
    credentials: () => Promise.resolve(keys),
  };
  const listPage = (): Promise<unknown> =>
    client.read({
      provider: alibabaCloud,
      account,
      region: 'cn-hangzhou',
      operation: describeManagedInstances,
      params: { PageNumber: 1, PageSize: 50 },
    });
  return { listPage, engine, client, account };
}
