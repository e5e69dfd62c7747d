import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSideBar, servers, type Stage } from './pages/cloudAssistant';
import type { SandboxTable } from './pages/sandboxControls';
import { step, withWorkbench } from './pages/withWorkbench';

const hangzhouServers: SandboxTable = { provider: 'alibabaCloud', region: 'cn-hangzhou', kind: 'instance' };
const release = 'Release Instance…';
const ledger = [...servers, 'finance-ledger'];

test('what stands in the way of a release, and a name', async (t) => {
  await withWorkbench({ name: 'changes', size: { width: 1280, height: 1800 } }, async (workbench) => {
    const stage = await openSideBar(workbench);
    for (const [name, run] of Object.entries(parts)) {
      await step(t, workbench, { name, run: () => run(stage) });
    }
  });
});

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'a protected instance is not released, and its protection is turned off as a plan of its own'(stage) {
    const { workbench, resources, controls } = stage;
    const { dialog, quickInput, notifications } = workbench;
    await resources.chooseFromMenu(ledger, release);
    const refused = await dialog.read();
    assert.equal(refused.title, 'It cannot be deleted now. Nothing was sent.');
    assert.match(refused.detail, /Release protection is on\. Turn it off first\./);
    await dialog.press('Change Release Protection (1)…');
    await quickInput.waitFor('Turn release protection on or off?');
    await quickInput.choose('Turn off');
    const asked = await dialog.read();
    assert.equal(asked.title, 'Turn off release protection of the ECS instance "finance-ledger"?');
    assert.match(asked.detail, /Whoever has the permission can release it from then on\./);
    assert.ok((await controls.names(hangzhouServers)).includes('finance-ledger'));
    await dialog.press('Turn Off');
    await notifications.waitFor(/^Changed: finance-ledger\./);
  },

  async 'then the release goes through'({ workbench, resources, controls }) {
    const { dialog, quickInput, notifications } = workbench;
    await resources.chooseFromMenu(ledger, release);
    assert.equal((await dialog.read()).title, 'Release the ECS instance "finance-ledger"?');
    await dialog.press('Release');
    await quickInput.waitFor('Type "finance-ledger" to go on');
    await quickInput.type('finance-ledger');
    await quickInput.accept();
    await notifications.waitFor('Released: finance-ledger.');
    await resources.waitForNoRow(ledger);
    assert.ok(!(await controls.names(hangzhouServers)).includes('finance-ledger'));
  },

  async 'an instance is renamed, and gets its old name back at a click'({ workbench, resources, controls }) {
    const { quickInput, notifications } = workbench;
    await resources.chooseFromMenu([...servers, 'web-01'], 'Rename…');
    await quickInput.waitFor('The new name');
    await quickInput.type('1 odd name');
    await quickInput.accept();
    await quickInput.waitFor('It begins with a letter or a Chinese character.');
    await quickInput.type('storefront');
    await quickInput.accept();
    const done = await notifications.waitFor(/^Renamed: /);
    await resources.row([...servers, 'storefront']);
    await notifications.press(done.message, 'Undo');
    await resources.row([...servers, 'web-01']);
    assert.ok((await controls.names(hangzhouServers)).includes('web-01'));
  },
};
