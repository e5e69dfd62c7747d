import type { Target } from '../../src/core/target';
import { countOutcomes } from '../../src/services/journal/outcome';
import { remove } from '../unit/support/actions';
import { idOf } from './hosts';
import { report } from './measure';
import { createOneCloud, place } from './oneCloud';

/** Whole-fleet measurements of our services: `workerFleet list|deregister ENDPOINT COUNT`. */
const [mode = '', endpoint = '', countText = '10000'] = process.argv.slice(2);
const count = Number(countText);

const { inventory, gate } = createOneCloud(endpoint);

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

void (mode === 'list' ? list() : deregister()).then(report);
