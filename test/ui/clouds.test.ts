import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { activations, hosts, openSideBar, servers, volcengine, type Stage } from './pages/cloudAssistant';
import type { SandboxTable } from './pages/sandboxControls';
import { step, withWorkbench } from './pages/withWorkbench';

const release = 'Release Instance…';
const remove = 'Release or Delete Instance…';
const beijing = [volcengine, 'North China 2 (Beijing)', 'ECS Instances'] as const;
const beijingServers: SandboxTable = { provider: 'volcengine', region: 'cn-beijing', kind: 'instance' };
const hangzhouServers: SandboxTable = { provider: 'alibabaCloud', region: 'cn-hangzhou', kind: 'instance' };
const hangzhouActivations: SandboxTable = { provider: 'alibabaCloud', region: 'cn-hangzhou', kind: 'activation' };

test('activations and instances of both clouds', async (t) => {
  await withWorkbench({ name: 'clouds', size: { width: 1280, height: 1800 } }, async (workbench) => {
    const stage = await openSideBar(workbench);
    for (const [name, run] of Object.entries(parts)) {
      await step(t, workbench, { name, run: () => run(stage) });
    }
  });
});

test('answers can be asked for as XML', async (t) => {
  const settings = { 'cloudAssistant.answerFormat': 'xml' };
  await withWorkbench({ name: 'xml', size: { width: 1280, height: 1800 }, settings }, async (workbench) => {
    const stage = await openSideBar(workbench);
    await step(t, workbench, { name: 'the tab shows the XML that arrived', run: () => showsXml(stage) });
  });
});

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'an activation says at a glance what it is good for'({ resources }) {
    const describe = async (name: string) => (await resources.row([...activations, name])).description;
    assert.match(await describe('new-branch'), /^0 of 10 used · \d+ h left · 198\.51\.100\.0\/24 · Usable$/);
    assert.match(await describe('contractor'), / · Disabled$/);
    assert.match(await describe('lab'), / · Expired$/);
    assert.match(await describe('pilot'), /^10 of 10 used · .* · Expired$/);
  },

  async 'a free activation can be deleted'({ workbench, resources, controls }) {
    await resources.chooseFromMenu([...activations, 'new-branch'], 'Delete Activation…');
    const { title, detail } = await workbench.dialog.read();
    assert.equal(title, 'Delete the activation "new-branch"?');
    assert.match(detail, /It is still valid: an installation that is under way/);
    await workbench.dialog.press('Delete');
    await workbench.notifications.waitFor('Deleted: new-branch.');
    await resources.waitForNoRow([...activations, 'new-branch']);
    assert.ok(!(await controls.names(hangzhouActivations)).includes('new-branch'));
  },

  async 'an activation in use says why not'({ workbench, resources, controls }) {
    const before = (await controls.destructive()).length;
    await resources.chooseFromMenu([...activations, 'edge-gateway'], 'Delete Activation…');
    const { title, detail } = await workbench.dialog.read();
    assert.equal(title, 'It cannot be deleted now. Nothing was sent.');
    assert.match(detail, /\d hosts are registered with it\. Deregister them first/);
    await workbench.dialog.escape();
    assert.equal((await controls.destructive()).length, before);
  },

  async 'and its registered instances are one click away'({ workbench, resources }) {
    await resources.chooseFromMenu([...activations, 'edge-gateway'], 'Show Registered Instances');
    await resources.row([...hosts, 'edge-gateway-005']);
    await resources.waitForNoRow([...hosts, 'build-runner-001']);
    await workbench.runCommand('Cloud Assistant: Clear Filter');
    await resources.row([...hosts, 'build-runner-001']);
    await resources.collapse(hosts);
  },

  async 'an instance is released only after its name was typed'({ workbench, resources, controls }) {
    const { dialog, quickInput } = workbench;
    await resources.chooseFromMenu([...servers, 'batch-worker-01'], release);
    const { title, detail } = await dialog.read();
    assert.equal(title, 'Release the ECS instance "batch-worker-01"?');
    assert.match(detail, /its data is erased\. It cannot be undone/);
    assert.match(detail, /Disks set to be kept .* are billed/);
    await dialog.press('Release');
    await quickInput.waitFor('Type "batch-worker-01" to go on');
    await quickInput.type('batch-worker-1');
    await quickInput.accept();
    await quickInput.waitFor('Type "batch-worker-01" to go on');
    assert.deepEqual(
      (await controls.destructive()).filter(({ action }) => action === 'DeleteInstances'),
      [],
    );
    await quickInput.type('batch-worker-01');
    await quickInput.accept();
    await workbench.notifications.waitFor('Released: batch-worker-01.');
    await resources.waitForNoRow([...servers, 'batch-worker-01']);
    assert.ok(!(await controls.names(hangzhouServers)).includes('batch-worker-01'));
  },

  async 'a release that nobody waits for stays open, and can be checked'({
    workbench,
    resources,
    operations,
    controls,
  }) {
    const { dialog, notifications, quickInput } = workbench;
    // Nothing else is read meanwhile: rows that are on their way to another state would be.
    await controls.edit(hangzhouServers, 'boot-in-progress', { Status: 'Running' });
    await resources.pressAction(servers, 'Refresh');
    await resources.waitForDescription([...servers, 'boot-in-progress'], /Running$/);
    await until('the question of the release', async () => {
      await resources.chooseFromMenu([...servers, 'win-jumpbox'], release);
      const isAsked = await until('a question or a box', async () => {
        if (await dialog.isOpen()) return 'question';
        return (await quickInput.read()) === undefined ? undefined : 'box';
      });
      // While its list is drawn anew VS Code names no row: then the account is asked for.
      if (isAsked === 'box') await quickInput.cancel();
      return isAsked === 'question';
    });
    // The last look is answered, those that follow the release are not.
    await controls.faults({ kind: 'hang', action: 'DescribeInstances', skip: 1 });
    await dialog.press('Release');
    await quickInput.type('win-jumpbox');
    await quickInput.accept();
    await notifications.press('Releasing', 'Cancel');
    const said = await notifications.waitFor(
      /^The cloud accepted the call for "win-jumpbox"\. The deletion is pending\./,
    );
    await controls.faults();
    await operations.waitForDescription(['Release win-jumpbox'], /accepted, pending.*1 must be checked/);
    await until('it is gone by then', async () => {
      await resources.pressAction(servers, 'Refresh');
      return (await resources.rows()).every(({ label }) => label !== 'win-jumpbox');
    });
    await notifications.press(said.message, 'Check Now');
    await notifications.waitFor('Checked: 1 released.');
  },

  async 'protected and changing instances say why they cannot be released'({ workbench, resources, controls }) {
    const before = (await controls.destructive()).length;
    await controls.edit(hangzhouServers, 'boot-in-progress', { Status: 'Starting' });
    await resources.pressAction(servers, 'Refresh');
    await resources.waitForDescription([...servers, 'boot-in-progress'], /Starting…$/);
    const why: readonly (readonly [string, RegExp])[] = [
      ['finance-ledger', /release protection/i],
      ['boot-in-progress', /just changing its status/],
    ];
    for (const [name, reason] of why) {
      await resources.chooseFromMenu([...servers, name], release);
      const { title, detail } = await workbench.dialog.read();
      assert.equal(title, 'It cannot be deleted now. Nothing was sent.', name);
      assert.match(detail, reason);
      await workbench.dialog.escape();
    }
    assert.equal((await controls.destructive()).length, before);
  },

  async 'of three Volcengine instances two are deleted and one is refused with its reason'(stage) {
    const { workbench, resources, operations, controls } = stage;
    await resources.collapse([servers[0]]);
    const [first, second, running] = ['离线计算-01', 'nightly-report', 'web-frontend'] as const;
    await resources.row([...beijing, first]);
    await resources.select([...beijing, first], [...beijing, second], [...beijing, running]);
    await resources.chooseFromMenu([...beijing, second], remove);
    const rehearsed = await workbench.dialog.read();
    assert.equal(rehearsed.title, 'Delete 2 ECS instances?');
    assert.match(rehearsed.detail, /Not sent:\n• web-frontend \(i-\w+\): .*InvalidInstanceStatus: .*Stop it/);
    await workbench.dialog.escape();
    // Where the dry run gives no answer, the cloud decides.
    await controls.faults({ kind: 'serverError', action: 'DeleteInstance' });
    await resources.chooseFromMenu([...beijing, second], remove);
    assert.equal((await workbench.dialog.read()).title, 'Delete 3 ECS instances?');
    await workbench.dialog.press('Delete');
    await workbench.quickInput.waitFor('Type the number of resources, 3, to go on');
    await workbench.quickInput.type('3');
    await workbench.quickInput.accept();
    const said = await workbench.notifications.waitFor(
      new RegExp(`2 deleted \\((${first}, ${second}|${second}, ${first})\\)`),
    );
    assert.match(said.message, /1 refused \(web-frontend\)/);
    assert.equal(said.severity, 'warning');
    await workbench.notifications.press(said.message, 'Open Result');
    await workbench.editors.waitForActive(/^Result .+\.txt$/);
    const result = await workbench.editors.text();
    assert.match(result, new RegExp(`\\[deleted\\] ${first}`));
    assert.match(result, new RegExp(`\\[deleted\\] ${second}`));
    assert.match(result, /\[refused\] web-frontend .*\n.*InvalidInstanceStatus.*\n.*Stop it/);
    const left = await controls.names(beijingServers);
    assert.deepEqual([left.includes(first), left.includes(second), left.includes(running)], [false, false, true]);
    await operations.row(['2 ✓ 1 ✗ Delete 3 ECS instances', first]);
  },
};

async function showsXml({ workbench, resources }: Stage): Promise<void> {
  await resources.row([...activations, 'lab']);
  await resources.chooseFromMenu([...activations, 'lab'], 'Open Response');
  await workbench.editors.waitForActive(/^DescribeActivations .*\.xml$/);
  const text = await workbench.editors.text();
  assert.match(text, /<DescribeActivationsResponse>/);
  assert.match(text, /<InstanceName>lab<\/InstanceName>/);
  await resources.chooseFromMenu([...activations, 'lab'], 'Delete Activation…');
  await workbench.dialog.press('Delete');
  await workbench.notifications.press(
    (await workbench.notifications.waitFor('Deleted: lab.')).message,
    'Open Response',
  );
  await workbench.editors.waitForActive(/^DeleteActivation .*\.xml$/);
  assert.match(await workbench.editors.text(), /<DeleteActivationResponse>/);
}
