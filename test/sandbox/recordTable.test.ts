import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deleteInstances, describeInstances } from '../../src/providers/alibaba/instance/operations';
import { gone, RecordTable } from '../../src/sandbox/recordTable';
import { FakeClock } from '../unit/support/fakeClock';
import { call, sandboxFor } from './support';

interface Server {
  status: string;
  name?: string;
}

function table() {
  const clock = new FakeClock();
  const servers = new RecordTable<Server>(clock);
  for (const id of ['a', 'b', 'c']) servers.add(id, { status: 'Running' });
  return { clock, servers, status: (id: string) => servers.get(id)?.status };
}

const stop = [{ status: 'Stopping' }, { status: 'Stopped' }];
const restart = [{ status: 'Stopping' }, { status: 'Starting' }, { status: 'Running' }];

test('a record passes its states by the clock, and the last one stays', () => {
  const { clock, servers, status } = table();
  servers.pass('a', restart, 1_000);
  assert.equal(status('a'), 'Stopping');
  clock.advance(999);
  assert.equal(status('a'), 'Stopping');
  clock.advance(1);
  assert.equal(status('a'), 'Starting');
  clock.advance(1_000);
  assert.equal(status('a'), 'Running');
  clock.advance(60_000);
  assert.equal(status('a'), 'Running');
  assert.equal(status('b'), 'Running');
});

test('a long step of the clock passes several states at once', () => {
  const { clock, servers, status } = table();
  servers.pass('a', restart, 1_000);
  servers.pass('b', stop, 1_000);
  clock.advance(2_000);
  assert.deepEqual([status('a'), status('b')], ['Running', 'Stopped']);
});

test('without a delay the last state is reached at once', () => {
  const { servers, status } = table();
  servers.pass('a', stop, 0);
  servers.pass('b', [{ status: 'Deleting' }, gone], 0);
  assert.deepEqual([status('a'), status('b'), servers.size], ['Stopped', undefined, 2]);
});

test('a record that goes is listed until then, and every way of looking notices that it went', () => {
  const looks: readonly ((servers: RecordTable<Server>) => unknown)[] = [
    (servers) => servers.size,
    (servers) => servers.values().length,
    (servers) => servers.entries().length,
    (servers) => servers.select(undefined).length,
    (servers) => servers.select(['a', 'b', 'c']).length,
  ];
  for (const look of looks) {
    const { clock, servers } = table();
    servers.pass('b', [{ status: 'Deleting' }, gone], 5_000);
    assert.equal(look(servers), 3);
    clock.advance(5_000);
    assert.equal(look(servers), 2, String(look));
  }
});

test('a new passage takes the place of the one under way', () => {
  const { clock, servers, status } = table();
  servers.pass('a', stop, 1_000);
  clock.advance(500);
  servers.pass('a', [{ status: 'Starting' }, { status: 'Running' }], 1_000);
  clock.advance(600);
  assert.equal(status('a'), 'Starting');
  clock.advance(400);
  assert.equal(status('a'), 'Running');
});

test('what is under way can be ended without the clock, and nothing else changes', () => {
  const { servers, status } = table();
  servers.pass('a', restart, 1_000);
  servers.pass('b', [{ status: 'Deleting' }, gone], 1_000);
  servers.finish();
  assert.deepEqual([status('a'), status('b'), status('c')], ['Running', undefined, 'Running']);
});

test('a record taken away on its way does not come back, nor does one of its id inherit the rest of the way', () => {
  const { clock, servers, status } = table();
  servers.pass('a', stop, 1_000);
  servers.remove('a');
  servers.add('a', { status: 'Running' });
  clock.advance(5_000);
  assert.equal(status('a'), 'Running');
});

test('a state sets only its own fields', () => {
  const { servers } = table();
  servers.add('d', { status: 'Running', name: 'web' });
  servers.pass('d', stop, 0);
  assert.deepEqual(servers.get('d'), { status: 'Stopped', name: 'web' });
});

test('the controls say how long passing states last, and end them', async (t) => {
  const sandbox = await sandboxFor(t, { transitionMs: 0 });
  const listed = () =>
    sandbox
      .state()
      .alibabaCloud['cn-hangzhou']?.instance.find(({ InstanceName }) => InstanceName === 'batch-worker-01');
  sandbox.setTransitionMs(3_600_000);
  assert.equal((await call(sandbox, deleteInstances, { InstanceId: [listed()?.InstanceId] })).status, 200);
  assert.equal(listed()?.Status, 'Stopping');
  const InstanceIds = JSON.stringify([listed()?.InstanceId]);
  sandbox.finishTransitions();
  assert.equal(listed(), undefined);
  const { value } = await call(sandbox, describeInstances, { InstanceIds });
  assert.deepEqual(value['Instances'], { Instance: [] });
});
