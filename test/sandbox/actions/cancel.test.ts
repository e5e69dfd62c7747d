import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTransport } from '../../../src/client/transport';
import { providers } from '../../../src/providers';
import { parseSandboxAddress, SandboxAccounts } from '../../../src/services/accounts/sandboxAccounts';
import { createWorkplace } from '../../unit/support/workplace';
import { sandboxFor } from '../support';

const region = 'cn-hangzhou';

test('a cancel while answers are held sends nothing more and tells of each call what it did', async (t) => {
  const sandbox = await sandboxFor(t);
  const transport = createTransport();
  t.after(() => transport.close());
  const source = new SandboxAccounts();
  const { accessKeyId, accessKeySecret, endpoint } = sandbox.volcengine;
  const volcengine = { endpoint, accessKeyId, secretAccessKey: accessKeySecret };
  source.show(parseSandboxAddress(JSON.stringify({ alibabaCloud: sandbox.alibabaCloud, volcengine })));
  const { gate, person } = createWorkplace([...source.list()], {}, { providers, transport });
  const ids = () => (sandbox.state().alibabaCloud[region]?.managedInstance ?? []).map(({ InstanceId }) => InstanceId);
  const chosen = ids().slice(0, 12);
  const sent = () => sandbox.requests().filter(({ action }) => action === 'DeregisterManagedInstance').length;
  // It is done at once, and its answer comes later than the cancel.
  sandbox.setFaults([{ kind: 'delay', ms: 300, action: 'DeregisterManagedInstance' }]);
  const watch = sandbox.onDidReceive(({ action }) => {
    if (action === 'DeregisterManagedInstance') person.abort.abort();
  });
  const kind = 'managedInstance' as const;
  const targets = chosen.map((id) => ({
    provider: 'alibabaCloud' as const,
    accountId: 'sandbox:alibabaCloud',
    region,
    kind,
    id,
  }));
  const { report } = await gate.perform({ action: 'deregisterManagedInstance', targets });
  watch.dispose();
  const there = new Set(ids());
  const gone = chosen.filter((id) => !there.has(id));
  const told = (outcome: string) =>
    (report?.results ?? []).filter((result) => result.outcome === outcome).map(({ planned }) => planned.target.id);
  assert.equal(report?.cancelled, true);
  assert.deepEqual(told('done').sort(), gone.sort());
  // Nobody had to guess: the answers themselves came.
  const answered = (report?.results ?? []).filter(
    ({ requestId, note }) => requestId !== undefined && note === undefined,
  );
  assert.equal(answered.length, gone.length);
  assert.ok(gone.length > 0 && gone.length < chosen.length, `${gone.length} of ${chosen.length}`);
  assert.equal(told('notSent').length, chosen.length - gone.length);
  assert.equal(sent(), gone.length);
});
