import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { openSideBar, servers, volcengine, type Stage } from './pages/cloudAssistant';
import type { SandboxTable } from './pages/sandboxControls';
import { step, withWorkbench } from './pages/withWorkbench';

const beijing = [volcengine, 'North China 2 (Beijing)', 'ECS Instances'] as const;
const table: SandboxTable = { provider: 'volcengine', region: 'cn-beijing', kind: 'instance' };
const web = [...beijing, 'web-frontend'] as const;
const remove = 'Delete Instance…';

test('power, protection and names', async (t) => {
  await withWorkbench({ name: 'power', size: { width: 1280, height: 1400 } }, async (workbench) => {
    const stage = await openSideBar(workbench);
    for (const [name, run] of Object.entries(parts)) await step(t, workbench, { name, run: () => run(stage) });
  });
});

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'the menu of a running instance is short, and what deletes it is its last entry'({ workbench, resources }) {
    const menu = await resources.openMenu(web);
    assert.deepEqual((await menu.items()).slice(-6), [
      'Stop…',
      'Restart…',
      'Rename…',
      'Change Release Protection…',
      'More Actions',
      remove,
    ]);
    await picture(workbench, 'menu');
    await menu.close();
  },

  async 'rare actions are behind one entry'({ workbench, resources }) {
    await resources.chooseFromMenu([...beijing, 'nightly-report'], 'More Actions', 'Review Deletion Plan…');
    await workbench.editors.waitForActive(/^Deletion plan .+\.txt$/);
  },

  async 'an instance that is stopped says Stopping, then Stopped, without a refresh'(stage) {
    const { workbench, resources, controls } = stage;
    await chooseHowToStop(stage, () => resources.chooseFromMenu(web, 'Stop…'));
    const { title } = await workbench.dialog.read();
    assert.equal(title, 'Stop the ECS instance "web-frontend"?');
    await workbench.dialog.press('Stop');
    await resources.waitForDescription(web, /Stopping…/);
    await resources.waitForDescription(web, /(^|· )Stopped$/);
    await workbench.notifications.waitFor('Stopped: web-frontend.');
    assert.equal((await controls.records(table)).find(isWeb)?.['Status'], 'STOPPED');
  },

  async 'and so does one that somebody else starts'({ resources, controls }) {
    await controls.edit(table, 'web-frontend', { Status: 'STARTING' });
    await resources.pressAction(beijing, 'Refresh');
    await resources.waitForDescription(web, /Starting…$/);
    await controls.edit(table, 'web-frontend', { Status: 'RUNNING' });
    await resources.waitForDescription(web, /(^|· )Running$/);
  },

  async 'a new name can be taken back from the message'({ workbench, resources, controls }) {
    const { quickInput, notifications } = workbench;
    await resources.chooseFromMenu(web, 'Rename…');
    await quickInput.waitFor('The new name');
    await quickInput.type('frontend');
    await quickInput.accept();
    await resources.row([...beijing, 'frontend']);
    const said = await notifications.waitFor(/^Renamed: /);
    assert.deepEqual(said.buttons, ['Undo', 'Open Result']);
    await picture(workbench, 'undo');
    await notifications.press(said.message, 'Undo');
    await resources.row(web);
    assert.ok((await controls.names(table)).includes('web-frontend'));
  },

  async 'the details offer the same, what deletes it apart and last'({ workbench, resources }) {
    await resources.chooseFromMenu(web, 'Show Details');
    await workbench.editors.waitForActive('web-frontend');
    const view = workbench.editors.webview();
    await view.getByRole('button', { name: 'Stop…' }).waitFor();
    const labels = await view.locator('.actions button').allInnerTexts();
    assert.deepEqual(
      labels.map((label) => label.trim()),
      [
        ...['Refresh', 'Open Response', 'Copy ID'],
        ...['Run Command…', 'Start…', 'Stop…', 'Restart…', 'Change Release Protection…', 'Rename…'],
        'Delete…',
      ],
    );
    const start = view.getByRole('button', { name: 'Start…', exact: true });
    assert.deepEqual(
      [await start.getAttribute('aria-disabled'), await start.getAttribute('title')],
      ['true', 'Not needed: already running.'],
    );
    await picture(workbench, 'details');
  },

  async 'and stop it by the same question'(stage) {
    const { workbench } = stage;
    const view = workbench.editors.webview();
    await chooseHowToStop(stage, () => view.getByRole('button', { name: 'Stop…' }).click());
    assert.equal((await workbench.dialog.read()).title, 'Stop the ECS instance "web-frontend"?');
    await workbench.dialog.escape();
  },

  async 'what stands in the way of a deletion is taken away by plans of their own'(stage) {
    const { workbench, resources, controls } = stage;
    await controls.edit(table, '离线计算-01', { DeletionProtection: true });
    await resources.pressAction(beijing, 'Refresh');
    await resources.select(web, [...beijing, '离线计算-01']);
    await resources.chooseFromMenu(web, 'Release or Delete Instance…');
    const { title, buttons } = await workbench.dialog.read();
    assert.equal(title, 'None of the 2 resources can be deleted now. Nothing was sent.');
    for (const offered of ['Stop (1)…', 'Change Release Protection (1)…'])
      assert.ok(buttons.includes(offered), offered);
    await picture(workbench, 'remedies');
    await chooseHowToStop(stage, () => workbench.dialog.press('Stop (1)…'));
    assert.equal((await workbench.dialog.read()).title, 'Stop the ECS instance "web-frontend"?');
    await workbench.dialog.press('Stop');
    await workbench.notifications.waitFor('Stopped: web-frontend.');
    assert.deepEqual(await controls.destructive(), []);
    await resources.waitForDescription(web, /Stopped$/);
  },

  async 'an instance of the other cloud is stopped in the same way'(stage) {
    const { workbench, resources } = stage;
    const path = [...servers, 'web-01'];
    await chooseHowToStop(stage, () => resources.chooseFromMenu(path, 'Stop…'));
    await workbench.dialog.press('Stop');
    await resources.waitForDescription(path, /Stopping…/);
    await resources.waitForDescription(path, /(^|· )Stopped$/);
  },
};

function isWeb(record: Readonly<Record<string, unknown>>): boolean {
  return record['InstanceName'] === 'web-frontend';
}

/** Answers what is asked before the question of a stop with what is safest: keep it as it is, and shut it down. */
async function chooseHowToStop({ workbench }: Stage, begin: () => Promise<void>): Promise<void> {
  const { quickInput, dialog } = workbench;
  await begin();
  await until('the question of a stop', async () => {
    if (await dialog.isOpen()) {
      const { title, buttons } = await dialog.read();
      if (title.startsWith('Stop ')) return true;
      const harmless = buttons.find((button) => /^Shut Down|^Leave Out|^No/.test(button));
      if (harmless !== undefined) await dialog.press(harmless);
    } else if ((await quickInput.read()) !== undefined) await quickInput.acceptIfOpen();
    return false;
  });
}

function picture(workbench: Stage['workbench'], name: string): Promise<unknown> {
  return workbench.screenshot(join(workbench.surroundings.evidence, `${name}.png`));
}
