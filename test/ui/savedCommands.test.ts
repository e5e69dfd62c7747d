import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { hosts, openSideBar, type Stage } from './pages/cloudAssistant';
import { step, withWorkbench } from './pages/withWorkbench';

const commands = [...hosts.slice(0, -1), 'Commands'];

test('a saved command is read, run on a host, saved from the editor and deleted', async (t) => {
  await withWorkbench({ name: 'savedCommands', size: { width: 1280, height: 1000 } }, async (workbench) => {
    const stage = await openSideBar(workbench);
    for (const [name, run] of Object.entries(parts)) await step(t, workbench, { name, run: () => run(stage) });
  });
});

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'commands stand below their region, and their scripts open as documents'({ workbench, resources }) {
    const { editors } = workbench;
    await resources.expand(commands);
    await resources.row([...commands, 'nginx-state']);
    await resources.chooseFromMenu([...commands, 'nginx-state'], 'Open Script');
    await editors.waitForActive(/^nginx-state\.sh/);
    assert.match(await editors.text(), /systemctl is-active nginx/);
    await picture(workbench, 'script');
  },

  async 'one is run on a host of its region through the plan'({ workbench, resources }) {
    const { quickInput, dialog, notifications } = workbench;
    await resources.chooseFromMenu([...commands, 'nginx-state'], 'Run on Instances…');
    await quickInput.waitFor('Kind of resource');
    await quickInput.choose('Managed Instances');
    await quickInput.waitFor(/Choose one or more/);
    await quickInput.chooseMany(['edge-gateway-005']);
    await picture(workbench, 'run');
    const { detail } = await dialog.read();
    assert.match(detail, /nginx-state, Shell, 1 line/);
    await dialog.press('Run');
    await notifications.waitFor(/edge-gateway-005/);
  },

  async 'a script of the editor is saved under a name, after a question'({ workbench, resources, controls }) {
    const { quickInput, dialog, notifications, editors } = workbench;
    await notifications.dismissAll();
    await editors.activate(/^nginx-state\.sh/);
    await quickInput.runCommand('Cloud Assistant: Save as Command…');
    await quickInput.waitFor('Account');
    await quickInput.choose('Alibaba Cloud Sandbox');
    await quickInput.waitFor(/Region of/);
    await quickInput.choose('China (Hangzhou)');
    await quickInput.waitFor(/Name of the command/);
    await quickInput.type('nginx-copy');
    await quickInput.accept();
    for (const asked of ['Description; may be empty', /Working directory/, /Time limit/]) {
      await quickInput.waitFor(asked);
      await quickInput.accept();
    }
    await picture(workbench, 'save');
    const { title } = await dialog.read();
    assert.equal(title, 'Save the script as the command "nginx-copy"?');
    await dialog.press('Save');
    await notifications.waitFor(/Saved: nginx-copy/);
    await resources.row([...commands, 'nginx-copy']);
    assert.equal((await controls.requests()).filter(({ action }) => action === 'CreateCommand').length, 1);
  },

  async 'it is deleted once its name was typed'({ workbench, resources }) {
    const { quickInput, dialog, notifications } = workbench;
    await notifications.dismissAll();
    await resources.chooseFromMenu([...commands, 'nginx-copy'], 'Delete Command…');
    await dialog.press('Delete');
    await quickInput.waitFor(/Type "nginx-copy"/);
    await quickInput.type('nginx-copy');
    await quickInput.accept();
    await notifications.waitFor(/Deleted: nginx-copy/);
    await resources.waitForNoRow([...commands, 'nginx-copy']);
    await picture(workbench, 'deleted');
  },
};

function picture(workbench: Stage['workbench'], name: string): Promise<void> {
  return workbench.screenshot(join(workbench.surroundings.evidence, `${name}.png`));
}
