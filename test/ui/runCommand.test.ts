import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
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
    await picture(workbench, 'question');
    const { title, detail, buttons } = await dialog.read();
    assert.equal(title, 'Run the script on "edge-gateway-005"?');
    assert.match(detail, /The script runs with all rights of the system\./);
    assert.match(detail, /Untitled-1, Shell, 2 lines/);
    assert.match(detail, /as root or System, 60\s+seconds at most/);
    assert.match(detail, /^Account: Alibaba Cloud Sandbox/m);
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Review Plan', 'Run']);
    await dialog.press('Run');
    const told = await notifications.waitFor('edge-gateway-005: failed. Exit code 3.');
    assert.ok(told.buttons.includes('Show Output'), told.buttons.join());
  },

  async 'what it printed is a document'({ workbench }) {
    const { notifications, editors } = workbench;
    await notifications.press('edge-gateway-005: failed. Exit code 3.', 'Show Output');
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

  async 'several are asked for in batches, and the first one has a question behind it'({ workbench, resources }) {
    const { quickInput, dialog, notifications, editors } = workbench;
    await notifications.dismissAll();
    await resources.selectRange([...hosts, 'build-runner-003'], [...hosts, 'build-runner-005']);
    await editors.activate(/Untitled-1/);
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await workbench.page.keyboard.type('echo "disk of $(hostname) is fine"\n');
    await quickInput.runCommand('Cloud Assistant: Run on Instances…');
    await quickInput.waitFor('Which resources?');
    await quickInput.choose('Selected in the Resources view (3)');
    await quickInput.waitFor('How to run it');
    await quickInput.choose('As root or System, 60 seconds at most');
    await quickInput.waitFor('How to go over 3 instances');
    await quickInput.choose('First one, then ask me, then the rest');
    const { detail } = await dialog.read();
    assert.match(detail, /In 2 batches: 1, 2\./);
    assert.match(detail, /At most 2 can fail before it stops; if it fails everywhere, it stops after 1\./);
    await picture(workbench, 'batches');
    await dialog.press('Run');
    await until('the first one has ended', async () => /^Batch 1 of 2/.test((await dialog.read()).title));
    await picture(workbench, 'pause');
    await dialog.press('Continue with the Next 2');
    const told = await notifications.waitFor(/3 succeeded/);
    await notifications.press(told.message, 'Show Output');
    await editors.waitForActive(/^Output of 3 instances/);
    assert.match(
      await editors.text(),
      /^All 3 said the same\.\n\n3 × succeeded, exit code 0: .*\n-+\ndisk of ⟨host name⟩ is fine/,
    );
    await picture(workbench, 'output');
  },

  async 'without the permission nothing runs, and the statement that grants it can be copied'(stage) {
    const { workbench, resources, controls } = stage;
    const { quickInput, dialog, notifications, editors } = workbench;
    await notifications.dismissAll();
    await controls.faults({ kind: 'deny', action: 'RunCommand' });
    await resources.click([...hosts, 'build-runner-003']);
    await editors.activate(/Untitled-1/);
    await quickInput.runCommand('Cloud Assistant: Run on Instances…');
    await quickInput.waitFor('Which resources?');
    await quickInput.choose('Selected in the Resources view (1)');
    await quickInput.choose('As root or System, 60 seconds at most');
    await dialog.press('Run');
    const told = await notifications.waitFor(
      /^build-runner-003: refused\. .*The missing permission is "ecs:RunCommand"/,
    );
    assert.ok(told.buttons.includes('Copy Policy Statement'), told.buttons.join());
    await picture(workbench, 'denied');
    await controls.faults();
  },
};

function picture(workbench: Stage['workbench'], name: string): Promise<void> {
  return workbench.screenshot(join(workbench.surroundings.evidence, `${name}.png`));
}
