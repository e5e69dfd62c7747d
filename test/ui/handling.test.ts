import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { alibaba, hosts, openSideBar, servers, type Stage } from './pages/cloudAssistant';
import { hangzhouHosts } from './pages/sandboxControls';
import { step, withWorkbench } from './pages/withWorkbench';

test('what is done every day is at hand', async (t) => {
  await withWorkbench({ name: 'handling', size: { width: 1280, height: 1200 } }, async (workbench) => {
    const stage = await openSideBar(workbench);
    await stage.resources.row([...hosts, 'edge-gateway-001']);
    for (const [name, run] of Object.entries(parts)) await step(t, workbench, { name, run: () => run(stage) });
  });
});

function clipboard({ workbench }: Stage): Promise<string> {
  return workbench.page.evaluate(() => navigator.clipboard.readText());
}

async function selected({ resources }: Stage): Promise<string[]> {
  return (await resources.rows()).filter((row) => row.selected).map(({ label }) => label);
}

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'all is read again from the palette'({ workbench, resources }) {
    await workbench.runCommand('Cloud Assistant: Refresh All');
    await resources.row([...hosts, 'edge-gateway-001']);
  },

  async 'copies addresses and a table from the menu'(stage) {
    const { resources, controls } = stage;
    const id = await controls.idOf(hangzhouHosts, 'edge-gateway-001');
    await resources.chooseFromMenu([...hosts, 'edge-gateway-001'], 'Copy Address');
    await until('the address is copied', async () => /^\d+(\.\d+){3}$/.test(await clipboard(stage)));
    const address = await clipboard(stage);
    assert.ok((await resources.row([...hosts, 'edge-gateway-001'])).description.startsWith(address));
    await resources.select([...hosts, 'edge-gateway-001'], [...hosts, 'edge-gateway-005']);
    await resources.chooseFromMenu([...hosts, 'edge-gateway-001'], 'Copy as Table');
    await until('the table is copied', async () => (await clipboard(stage)).split('\n').length === 3);
    const [heading = '', first = ''] = (await clipboard(stage)).split('\n');
    assert.match(heading, /^Name\tID\tState\tAddress\t/);
    assert.ok(first.startsWith(`edge-gateway-001\t${id}\tConnected\t${address}`));
  },

  async 'a row outside a selection of many offers all that can be done to it'(stage) {
    const { workbench, resources } = stage;
    await resources.row([...servers, 'web-01']);
    await resources.select([...hosts, 'edge-gateway-001'], [...hosts, 'edge-gateway-005']);
    const menu = await resources.openMenu([...servers, 'web-01']);
    const items = await menu.items();
    await workbench.screenshot(join(workbench.surroundings.evidence, 'menu-outside.png'));
    for (const title of ['Show Details', 'Refresh', 'Open Response', 'Rename…'])
      assert.ok(items.includes(title), title);
    await menu.close();
    const ofAccount = await resources.openMenu([alibaba]);
    assert.ok((await ofAccount.items()).includes('Show Regions…'));
    await ofAccount.close();
  },

  async 'a group offers a plan for what is in it'(stage) {
    const { workbench, resources } = stage;
    await workbench.runCommand('Cloud Assistant: Group By…');
    await workbench.quickInput.choose('Operating system');
    const group = [...hosts, 'windows'];
    const { description } = await resources.row(group);
    await resources.chooseFromMenu(group, 'Review Deletion Plan…');
    await workbench.editors.waitForActive(/plan/i);
    const text = await workbench.editors.text();
    assert.ok(text.includes(`Deregister ${description} managed instances`), text);
    assert.match(text, /Address: \d+\./);
    assert.equal(await workbench.page.locator('.monaco-editor .unicode-highlight').count(), 0);
    await workbench.screenshot(join(workbench.surroundings.evidence, 'group-plan.png'));
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Cloud Assistant: Group By…');
    await workbench.quickInput.choose('None');
  },

  async 'no row that nobody chose is selected after one went'(stage) {
    const { workbench, resources } = stage;
    await resources.chooseFromMenu([...hosts, 'edge-gateway-001'], 'Deregister Managed Instance…');
    await workbench.dialog.press('Deregister');
    await resources.waitForNoRow([...hosts, 'edge-gateway-001']);
    await workbench.notifications.waitFor('Deregistered: edge-gateway-001.');
    assert.deepEqual(await selected(stage), []);
  },

  async 'Open Settings shows ours, also where VS Code runs on a remote'({ workbench }) {
    await workbench.runCommand('Cloud Assistant: Open Settings');
    await workbench.page.locator('.settings-editor .setting-item-label', { hasText: 'Typed Above' }).waitFor();
  },
};
