import { defaultRetryPolicy } from '../../../src/client/retry';
import type { Transport } from '../../../src/client/transport';
import { composeCore } from '../../../src/compose/core';
import type { Account } from '../../../src/core/account';
import { CloudError } from '../../../src/core/cloudError';
import type { Target } from '../../../src/core/target';
import { targetKey } from '../../../src/core/target';
import type { AccountProblem } from '../../../src/services/accounts/ports';
import { nodeId, type KindNode, type Node } from '../../../src/services/resources/nodes';
import type { RowContext } from '../../../src/services/resources/rows';
import type { Clock } from '../../../src/util/clock';
import { Emitter } from '../../../src/util/lifecycle';
import { FakeClock } from './fakeClock';
import { FakeCloud, fakeKinds, fakeProvider } from './fakeCloud';
import { createMemory } from './memory';
import { fixedAccounts, FakeFiles, FakePerson } from './workplace';

/** A real inventory and tree over a cloud in memory, whose answers can be held back. */
export function createTreePlace(
  accounts: Account[],
  problems: AccountProblem[] = [],
  kept: Readonly<Record<string, unknown>> = {},
  clock: Clock & { advance(ms: number): unknown } = new FakeClock(),
) {
  const cloud = new FakeCloud();
  const gates = createGates(cloud.transport);
  const accountsChanged = new Emitter<void>();
  const registry = fixedAccounts(accounts, accountsChanged.event);
  let serial = 0;
  const busy = createBusy();
  const workspace = createMemory(kept);
  const everywhere = createMemory();
  const core = composeCore({
    providers: [fakeProvider],
    transport: gates.transport,
    accounts: () => ({ accounts: { ...registry, problems: () => problems } }),
    busy,
    clock,
    nonce: () => `nonce-${++serial}`,
    newId: () => `id-${++serial}`,
    random: () => 0.5,
    retry: { ...defaultRetryPolicy, maxAttempts: 1 },
    timeoutMs: 1_000,
    maxInFlight: 20,
    answerFormat: () => 'json',
    language: 'en',
    onDidCall: () => undefined,
    journal: { files: new FakeFiles(), fileName: 'own.jsonl' },
    memory: { workspace, everywhere },
    policy: () => Promise.resolve({ decision: 'allow', reason: '' }),
    prompter: new FakePerson(),
    settings: { typedConfirmationAbove: () => 10 },
  });
  const { clouds, inventory, owners, responses, view, resourcesModel: model, fleet } = core;
  const changes: (readonly string[] | 'all')[] = [];
  model.onDidChange((nodes) => changes.push(nodes === undefined ? 'all' : nodes.map(nodeId)));
  const readings: Promise<unknown>[] = [];
  model.onDidStartReading((reading) => readings.push(reading));
  const context: RowContext = {
    model,
    view,
    clock,
    inventory,
    owners,
    accounts: registry,
    clouds,
    busy,
    language: 'en',
    timeZone: 'UTC',
    canEdit: (account) => account.id.startsWith('stored:'),
  };

  /** Resolves when nothing that was started is under way any more. */
  const idle = async (): Promise<void> => {
    for (let reading = readings.shift(); reading !== undefined; reading = readings.shift()) await reading;
  };
  /** What a view that has the node open shows once everything is read. */
  const open = async (node?: Node): Promise<readonly Node[]> => {
    model.children(node);
    await idle();
    return model.children(node);
  };
  return {
    clock,
    cloud,
    gates,
    responses,
    accounts,
    accountsChanged,
    registry,
    clouds,
    inventory,
    owners,
    busy,
    workspace,
    everywhere,
    view,
    model,
    fleet,
    changes,
    context,
    idle,
    open,
  };
}

export function kindNode(accountId: string, region = 'r-1', kind: KindNode['kind'] = fakeKinds.single.id): KindNode {
  return { type: 'kind', place: { provider: 'alibabaCloud', accountId, region }, kind };
}

/** `count` things named `thing-1` and so on, with ids that sort otherwise. */
export function things(count: number, state = 'Running') {
  return Array.from({ length: count }, (_, i) => ({
    id: `i-${String(count - i).padStart(5, '0')}`,
    name: `thing-${i + 1}`,
    state,
  }));
}

function createBusy() {
  const keys = new Set<string>();
  const changed = new Emitter<readonly Target[]>();
  return {
    doing: (target: Target) => (keys.has(targetKey(target)) ? 'Removing' : undefined),
    onDidChange: changed.event,
    set: (targets: readonly Target[], busy: boolean) => {
      for (const target of targets) keys[busy ? 'add' : 'delete'](targetKey(target));
      changed.fire(targets);
    },
  };
}

/** Holds answers back until they are let go. */
function createGates(transport: Transport) {
  let hold = false;
  let waiting: (() => void)[] = [];
  return {
    hold: () => {
      hold = true;
    },
    release: () => {
      hold = false;
      for (const go of waiting) go();
      waiting = [];
    },
    transport: {
      send: async (request, options) => {
        if (hold) await new Promise<void>((resolve) => waiting.push(resolve));
        if (options.signal?.aborted === true)
          throw new CloudError('Cancelled.', { reason: 'cancelled', delivery: 'unknown' });
        return transport.send(request, options);
      },
      close: () => transport.close(),
    } satisfies Transport,
  };
}
