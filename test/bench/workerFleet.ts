import { Sender } from '../../src/client/sender';
import type { Target } from '../../src/core/target';
import { AccountGuard } from '../../src/services/actions/accountGuard';
import { Gate } from '../../src/services/actions/gate';
import { Planner } from '../../src/services/actions/planner';
import type { Prompter } from '../../src/services/actions/ports';
import { Journal } from '../../src/services/journal/journal';
import { countOutcomes } from '../../src/services/journal/outcome';
import { systemClock } from '../../src/util/clock';
import { remove } from '../unit/support/actions';
import { idOf } from './hosts';
import { report } from './measure';
import { createOneCloud, place } from './oneCloud';

/** Whole-fleet measurements of our services: `workerFleet list|deregister ENDPOINT COUNT`. */
const [mode = '', endpoint = '', countText = '10000'] = process.argv.slice(2);
const count = Number(countText);

const { engine, accounts, clouds, inventory } = createOneCloud(endpoint);

async function list(): Promise<object> {
  const start = performance.now();
  const listing = await inventory.list(place, 'managedInstance');
  const firstRowsMs = performance.now() - start;
  const firstRows = listing.items.size;
  await listing.finished;
  if (listing.hasMore) await inventory.loadMore(place, 'managedInstance', count);
  return { ms: performance.now() - start, firstRowsMs, firstRows, count: listing.items.size };
}

async function deregister(): Promise<object> {
  let serial = 0;
  const newId = (): string => `bench-${process.pid}-${++serial}`;
  const journal = new Journal({
    files: { list: () => Promise.resolve([]), append: () => Promise.resolve() },
    clock: systemClock,
    fileName: 'bench.jsonl',
  });
  const planner = new Planner({
    accounts,
    clouds,
    inventory,
    clock: systemClock,
    newId,
    policy: () => Promise.resolve({ decision: 'allow', reason: '' }),
    rehearse: () => Promise.resolve({ verdict: 'wouldPass' }),
  });
  const newGuard = (): AccountGuard =>
    new AccountGuard({ accounts, clouds, identify: (a, signal) => inventory.identify(a, signal) });
  const gate = new Gate({
    planner,
    prompter: yes,
    settings: { typedConfirmationAbove: () => Infinity },
    engine: { sender: new Sender(engine), inventory, clouds, journal, clock: systemClock, newId, newGuard },
  });
  const targets = Array.from({ length: count }, (_, i): Target => ({
    ...place,
    kind: 'managedInstance',
    id: idOf(i),
  }));
  const ran = await remove(gate, targets);
  if (ran === undefined) throw new Error('The run did not start.');
  const ms = ran.endedAt.getTime() - ran.startedAt.getTime();
  return { ms, outcomes: Object.fromEntries(countOutcomes(ran.results)) };
}

const yes: Prompter = {
  withProgress: (_title, task) => task({ signal: new AbortController().signal, report: () => undefined }),
  ask: () => Promise.resolve(false),
  confirm: () => Promise.resolve('run'),
  confirmTyped: () => Promise.resolve(true),
  explainNothingToDo: () => Promise.resolve(undefined),
  refuse: (message) => Promise.reject(new Error(message)),
};

void (mode === 'list' ? list() : deregister()).then(report);
