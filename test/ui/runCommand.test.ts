import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hosts, openSideBar, type Stage } from './pages/cloudAssistant';
import { step, withWorkbench } from './pages/withWorkbench';

test('a script is written, reviewed, run on hosts and what they said is read', async (t) => {
  await withWorkbench({ name: 'runCommand', size: { width: 1280, height: 1000 } }, async (workbench) => {
    const stage = await openSideBar(workbench);
    for (const [name, run] of Object.entries(parts)) {
      await step(t, workbench, { name, run: () => run(stage) });
    }
  });
});

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'rows offer it, and a new script is begun for them'({ workbench, resources }) {
    const { quickInput, editors } = workbench;
    await resources.chooseFromMenu([...hosts, 'edge-gateway-005'], 'Run Command…');
    await quickInput.waitFor('Script for 1 Linux instance');
    await quickInput.choose('New Script…');
    await editors.waitForActive(/^Untitled-1/);
    await workbench.page.keyboard.type('echo "kernel $(uname -r)"\nexit 3\n');
  },

  async 'the script in the editor is run after a question that says what, where and as whom'({ workbench }) {
    const { quickInput, dialog, notifications } = workbench;
    await quickInput.runCommand('Cloud Assistant: Run on Instances…');
    await quickInput.waitFor('Run on instances');
    await quickInput.choose('Those it was begun for (1)');
    await quickInput.waitFor('How to run it');
    await quickInput.choose('As root or System, 60 seconds at most');
    const { title, detail, buttons } = await dialog.read();
    assert.equal(title, 'Run the script on "edge-gateway-005"?');
    assert.match(detail, /The script runs with all rights of the system\./);
    assert.match(detail, /Untitled-1, Shell, 2 lines/);
    assert.match(detail, /as root or System/);
    assert.match(detail, /^Account: Alibaba Cloud Sandbox/m);
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Review Plan', 'Run']);
    await dialog.press('Run');
    const told = await notifications.waitFor(/edge-gateway-005.*Exit code 3/s);
    assert.ok(told.buttons.includes('Show Output'), told.buttons.join());
  },

  async 'what it printed is a document'({ workbench }) {
    const { notifications, editors } = workbench;
    await notifications.press(/Exit code 3/, 'Show Output');
    await editors.waitForActive(/^Output of edge-gateway-005/);
    assert.match(await editors.text(), /1 × failed, exit code 3: edge-gateway-005\n-+\nkernel /);
  },

  async 'the run stands in Operations, and nothing was sent twice'({ workbench, controls }) {
    const runs = (await controls.requests()).filter(({ action }) => action === 'RunCommand');
    assert.equal(runs.length, 1);
    const rows = await workbench.sideBar.tree('Operations').rows();
    assert.ok(
      rows.some(({ label }) => label === 'Run edge-gateway-005'),
      rows.map(({ label }) => label).join(),
    );
  },
};
