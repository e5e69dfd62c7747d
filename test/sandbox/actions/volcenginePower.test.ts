import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createTransport } from '../../../src/client/transport';
import type { Answers } from '../../../src/core/input';
import { providers } from '../../../src/providers';
import type { SandboxOptions } from '../../../src/sandbox';
import { parseSandboxAddress, SandboxAccounts } from '../../../src/services/accounts/sandboxAccounts';
import { FakeClock } from '../../unit/support/fakeClock';
import { createWorkplace } from '../../unit/support/workplace';
import { sandboxFor } from '../support';

/** The gate over the sandbox; `perform` tells the outcome of each instance by its name. */
async function placeFor(t: TestContext, options: SandboxOptions = {}) {
  const sandbox = await sandboxFor(t, options);
  const transport = createTransport();
  t.after(() => transport.close());
  const source = new SandboxAccounts();
  const { accessKeyId, accessKeySecret, endpoint } = sandbox.volcengine;
  const volcengine = { endpoint, accessKeyId, secretAccessKey: accessKeySecret };
  source.show(parseSandboxAddress(JSON.stringify({ alibabaCloud: sandbox.alibabaCloud, volcengine })));
  const place = createWorkplace([...source.list()], {}, { providers, transport });
  const named = (name: string) =>
    sandbox.state().volcengine['cn-beijing']?.instance.find(({ InstanceName }) => InstanceName === name) ??
    assert.fail(name);
  const perform = async (action: string, names: readonly string[], answers: Answers = {}) => {
    const targets = names.map((name) => ({
      provider: 'volcengine' as const,
      accountId: 'sandbox:volcengine',
      region: 'cn-beijing',
      kind: 'instance' as const,
      id: named(name).InstanceId,
    }));
    const { report } = await place.gate.perform({ action, targets, answers });
    return Object.fromEntries((report?.results ?? []).map(({ planned, outcome }) => [planned.name, outcome]));
  };
  return { sandbox, named, perform };
}

test('of three instances one is stopped, one is so already and one is never sent', async (t) => {
  const { named, perform } = await placeFor(t);
  const names = ['web-frontend', 'nightly-report', 'resize-in-progress'];
  assert.deepEqual(await perform('stopInstances', names), {
    'web-frontend': 'done',
    'nightly-report': 'already',
    'resize-in-progress': 'notSent',
  });
  const { Status, StoppedMode } = named('web-frontend');
  assert.deepEqual([Status, StoppedMode], ['STOPPED', 'KeepCharging']);
});

test('a lost answer is settled by reading', async (t) => {
  const { sandbox, named, perform } = await placeFor(t);
  sandbox.setFaults([{ kind: 'resetAfter', action: 'StartInstances', count: 1 }]);
  assert.deepEqual(await perform('startInstances', ['nightly-report']), { 'nightly-report': 'done' });
  assert.equal(named('nightly-report').Status, 'RUNNING');
  assert.equal(sandbox.requests().filter(({ action }) => action === 'StartInstances').length, 1);
});

test('a restart is done when it was seen under way and runs again', async (t) => {
  const clock = new FakeClock(Date.now());
  const { sandbox, perform } = await placeFor(t, { clock, transitionMs: 1_000 });
  sandbox.onDidReceive(() => clock.advance(400));
  assert.deepEqual(await perform('restartInstances', ['web-frontend']), { 'web-frontend': 'done' });
});

test('a protected instance is freed, then deleted; another is renamed', async (t) => {
  const { sandbox, named, perform } = await placeFor(t);
  const off = { DeletionProtection: 'off' };
  assert.deepEqual(await perform('deleteInstances', ['billing-core']), {});
  assert.deepEqual(await perform('changeReleaseProtection', ['billing-core', 'web-frontend'], off), {
    'billing-core': 'done',
    'web-frontend': 'already',
  });
  assert.deepEqual(await perform('deleteInstances', ['billing-core']), { 'billing-core': 'done' });
  sandbox.setFaults([{ kind: 'resetAfter', action: 'ModifyInstanceAttribute', count: 1 }]);
  assert.deepEqual(await perform('rename', ['web-frontend'], { InstanceName: '前端' }), { 'web-frontend': 'done' });
  assert.equal(named('前端').Status, 'RUNNING');
});
