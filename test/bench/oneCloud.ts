import type { Transport } from '../../src/client/transport';
import { alibabaCloud } from '../../src/providers/alibaba/provider';
import type { Accounts, Clouds } from '../../src/services/accounts/ports';
import { Inventory } from '../../src/services/inventory/inventory';
import { systemClock } from '../../src/util/clock';
import { Emitter } from '../../src/util/lifecycle';
import { createOurs } from './ours';

/** Where everything happens. */
export const place = { provider: 'alibabaCloud', accountId: 'bench', region: 'cn-hangzhou' } as const;

/** Our services over one account of one cloud. */
export function createOneCloud(endpoint: string, transport?: Transport) {
  const { engine, client, account } = createOurs(endpoint, transport);
  const accounts: Accounts = { list: () => [account], get: () => account, onDidChange: new Emitter<void>().event };
  const clouds: Clouds = {
    all: [alibabaCloud],
    provider: () => alibabaCloud,
    kind: (_, kind) => alibabaCloud.kinds.find((k) => k.id === kind),
  };
  const inventory = new Inventory({ accounts, clouds, client, clock: systemClock, language: 'en' });
  return { engine, accounts, clouds, inventory };
}
