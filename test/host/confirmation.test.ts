import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { callCommand } from './support/commands';
import { logOf } from './support/log';
import { watchRejections } from './support/rejections';
import { sandbox, type SandboxRecord } from './support/sandbox';

/** Here VS Code refuses to show a modal, so a call that reaches it ends there: nobody can have confirmed. */
describe('a deletion that nobody confirms', () => {
  const rejections = watchRejections();
  beforeEach(() => sandbox.reset());
  after(() => rejections.dispose());

  it('stops at the modal, whoever calls', async () => {
    const host = await managedInstance();
    const log = await logOf(() => expectNothingDeleted('deregisterManagedInstance', host));
    assert.match(log, /refused to show dialog in tests\. Contents: Deregister the managed instance "/);
    assert.ok((await actions()).includes('DescribeManagedInstances'), 'the plan was made by reading');
  });

  it('stops for activations, in the form of a row', async () => {
    const free = await sandbox.first('alibabaCloud', 'cn-hangzhou', 'activation', (a) => a['RegisteredCount'] === 0);
    const row = { type: 'resource', target: targetOf('activation', idOf(free, 'ActivationId')) };
    const log = await logOf(() => expectNothingDeleted('deleteActivation', row));
    assert.match(log, /refused to show dialog in tests\. Contents: Delete the activation "/);
  });

  it('stops for instances of both clouds, in the form of a list', async () => {
    const free = ({ Status, DeletionProtection, InstanceChargeType }: SandboxRecord): boolean =>
      /^stopped$/i.test(String(Status)) && DeletionProtection === false && InstanceChargeType === 'PostPaid';
    const ours = await sandbox.first('alibabaCloud', 'cn-hangzhou', 'instance', free);
    const theirs = await sandbox.first('volcengine', 'cn-beijing', 'instance', free);
    const volcengine = { provider: 'volcengine', accountId: 'sandbox:volcengine', region: 'cn-beijing' };
    const log = await logOf(() =>
      expectNothingDeleted('deleteInstances', [
        targetOf('instance', idOf(ours, 'InstanceId')),
        { ...targetOf('instance', idOf(theirs, 'InstanceId')), ...volcengine },
      ]),
    );
    assert.match(log, /refused to show dialog in tests\. Contents: Delete 2 resources/);
  });

  it('has no further argument that would skip the modal', async () => {
    const host = await managedInstance();
    for (const more of [true, 'run', { confirmed: true }, { force: true, skipConfirmation: true }, () => 'run'])
      await callCommand('cloudAssistant.deregisterManagedInstance', host, undefined, more);
    assert.deepEqual(await sandbox.destructive(), []);
  });

  it('sends no request for an account that is not here', async () => {
    await expectNothingDeleted('deregisterManagedInstance', { ...(await managedInstance()), accountId: 'stored:gone' });
    assert.deepEqual(await sandbox.requests(), []);
  });

  it('sends no request for a target of another cloud than its account', async () => {
    const target = { ...(await managedInstance()), accountId: 'sandbox:volcengine' };
    await expectNothingDeleted('deregisterManagedInstance', target);
    assert.deepEqual(await sandbox.requests(), []);
  });

  it('reads, and no more, when the target is in another region', async () => {
    await expectNothingDeleted('deregisterManagedInstance', { ...(await managedInstance()), region: 'cn-beijing' });
    const regions = (await sandbox.requests()).filter(({ action }) => action === 'DescribeManagedInstances');
    assert.deepEqual([...new Set(regions.map(({ region }) => region))], ['cn-beijing']);
  });

  it('cannot be lured to another host by a region', async () => {
    for (const region of [
      'evil.example/#',
      '../cn-hangzhou',
      'cn-hangzhou@evil.example',
      'CN-HANGZHOU\r\nHost: evil.example',
    ])
      await expectNothingDeleted('deregisterManagedInstance', { ...(await managedInstance()), region });
  });

  it('is refused for a kind the command is not about', async () => {
    await expectNothingDeleted('deleteInstances', await managedInstance());
    await expectNothingDeleted('deregisterManagedInstance', { type: 'account', accountId: 'sandbox:alibabaCloud' });
    assert.deepEqual(await sandbox.requests(), []);
  });

  it('does not change when the caller changes the target after the check', async () => {
    const first = await managedInstance();
    let reads = 0;
    const shifty = {
      ...first,
      get id() {
        return reads++ === 0 ? first.id : 'mi-another';
      },
    };
    await expectNothingDeleted('deregisterManagedInstance', shifty);
    assert.ok(!JSON.stringify(await sandbox.requests()).includes('mi-another'));
  });

  it('leaves no rejection uncaught', () => assert.deepEqual(rejections.seen, []));

  it('tells the running of an unknown plan apart', async () => {
    const uri = vscode.Uri.parse('cloud-assistant-plan:/plan/00000000-0000-0000-0000-000000000000/x.txt');
    await callCommand('cloudAssistant.runPlan', uri);
    assert.deepEqual(await sandbox.requests(), []);
  });
});

async function expectNothingDeleted(command: string, argument: unknown): Promise<void> {
  await callCommand(`cloudAssistant.${command}`, argument);
  assert.deepEqual(await sandbox.destructive(), [], command);
}

async function actions(): Promise<string[]> {
  return (await sandbox.requests()).map(({ action }) => action);
}

async function managedInstance() {
  const record = await sandbox.first('alibabaCloud', 'cn-hangzhou', 'managedInstance');
  return targetOf('managedInstance', idOf(record, 'InstanceId'));
}

function targetOf(kind: string, id: string) {
  return { provider: 'alibabaCloud', accountId: 'sandbox:alibabaCloud', region: 'cn-hangzhou', kind, id };
}

function idOf(record: SandboxRecord, key: string): string {
  const id = record[key];
  assert.ok(typeof id === 'string', `The record has no ${key}.`);
  return id;
}
