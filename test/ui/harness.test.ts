import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from '../workbench/paths';
import { step, withWorkbench } from './pages/withWorkbench';
import type { Workbench } from './pages/workbench';

const tinyExtension = { directory: join(repository, 'test', 'workbench', 'fixtures', 'tiny-extension') };

test('the page objects drive a workbench', async (t) => {
  const options = { name: 'harness', extension: tinyExtension, sandbox: false };
  await withWorkbench(options, async (workbench) => {
    await workbench.sideBar.open('Tiny');
    for (const [name, run] of Object.entries(parts)) {
      await step(t, workbench, { name, run: () => run(workbench) });
    }
  });
});

test('an extension speaks Chinese', async () => {
  const options = { name: 'harness-chinese', extension: tinyExtension, sandbox: false, locale: 'zh-cn' };
  await withWorkbench(options, async (workbench) => {
    await workbench.sideBar.open('小型');
    const rows = await workbench.sideBar.tree('行').rows();
    assert.deepEqual(
      rows.map((row) => row.label),
      ['水果', 'Stone', 'Cloud'],
    );
    await workbench.output.waitFor('Tiny', /started in zh-cn/);
    await workbench.screenshot(join(workbench.surroundings.evidence, 'chinese.png'));
  });
});

const parts: Record<string, (workbench: Workbench) => Promise<void>> = {
  async 'reads and expands a tree'({ sideBar }) {
    const tree = sideBar.tree('Rows');
    await tree.row(['Fruit', 'Plum']);
    const rows = await tree.rows();
    assert.deepEqual(
      rows.map((row) => `${row.level} ${row.label}`),
      ['1 Fruit', '2 Apple', '2 Pear', '2 Plum', '1 Stone', '1 Cloud'],
    );
    assert.equal(rows[0]?.expanded, true);
    assert.equal(rows[1]?.expanded, undefined);
    await tree.waitForDescription(['Fruit', 'Pear'], 'short');
    await tree.collapse(['Fruit']);
    await tree.waitForNoRow(['Fruit', 'Apple']);
    await tree.expand(['Fruit']);
  },

  async 'scrolls through a long tree'({ sideBar }) {
    await sideBar.pressTitleAction('Rows', 'Refresh');
    const tree = sideBar.tree('Rows');
    await tree.row(['Fruit', 'Many', 'Item 60']);
    const labels = (await tree.rows()).map((row) => row.label);
    assert.equal(labels.filter((label) => label.startsWith('Item')).length, 60);
    await tree.click(['Fruit', 'Many', 'Item 45']);
    assert.deepEqual(
      (await tree.rows()).filter((row) => row.selected).map((row) => row.label),
      ['Item 45'],
    );
    await tree.click(['Stone']);
    await tree.collapse(['Fruit', 'Many']);
  },

  async 'selects rows and chooses from their menu'({ sideBar, dialog }) {
    const tree = sideBar.tree('Rows');
    await tree.select(['Fruit', 'Apple'], ['Cloud']);
    await tree.chooseFromMenu(['Cloud'], 'Erase');
    assert.equal((await dialog.read()).title, 'Erase Apple, Cloud?');
    await dialog.press('Cancel');
    await tree.selectRange(['Fruit', 'Apple'], ['Fruit', 'Plum']);
    const selected = (await tree.rows()).filter((row) => row.selected).map((row) => row.label);
    assert.deepEqual(selected, ['Apple', 'Pear', 'Plum']);
    const menu = await tree.openMenu(['Stone']);
    assert.deepEqual(await menu.items(), ['Erase', 'More']);
    await menu.close();
  },

  async 'reads and answers a modal dialog'({ sideBar, dialog, notifications }) {
    const tree = sideBar.tree('Rows');
    await tree.chooseFromMenu(['Stone'], 'More', 'Erase');
    const { title, detail, buttons } = await dialog.read();
    assert.equal(title, 'Erase Stone?');
    assert.equal(detail, 'This cannot be undone.');
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Erase', 'Keep a Copy']);
    await dialog.press('Keep a Copy');
    assert.equal(await dialog.isOpen(), false);
    await notifications.waitFor('Answered Keep a Copy for Stone.');
    await tree.chooseFromMenu(['Cloud'], 'Erase');
    await dialog.escape();
    await notifications.waitFor('Answered undefined for Cloud.');
  },

  async 'reads, answers and dismisses notifications'({ notifications, output }) {
    const shown = await notifications.waitFor('for Stone');
    assert.deepEqual(shown, {
      message: 'Answered Keep a Copy for Stone.',
      buttons: ['Undo'],
      severity: 'info',
      progress: false,
    });
    await notifications.press('for Stone', 'Undo');
    await output.waitFor('Tiny', /button: Undo/);
    await notifications.dismiss('for Cloud');
    await notifications.waitForNone(/for Cloud/);
  },

  async 'follows progress'({ notifications, runCommand }) {
    await runCommand('Tiny: Work');
    const working = await notifications.waitFor('Working');
    assert.deepEqual(working, {
      message: 'Working: step 1 of 2',
      buttons: ['Cancel'],
      severity: 'info',
      progress: true,
    });
    await notifications.press('Working', 'Cancel');
    const failed = await notifications.waitFor('Work cancelled.');
    assert.equal(failed.severity, 'error');
    assert.deepEqual([...failed.buttons].sort(), ['Copy', 'Details']);
    assert.ok((await notifications.list()).length > 0);
    await notifications.press('Work cancelled.', 'Copy');
  },

  async 'answers quick picks and input boxes'({ sideBar, quickInput, output }) {
    assert.match(await sideBar.welcomeText('Notes'), /Nothing here yet/);
    await sideBar.pressWelcomeButton('Notes', 'Ask');
    assert.equal((await quickInput.waitFor('Pick one')).title, 'Colour');
    assert.deepEqual(await quickInput.labels(), ['Red', 'Blue', 'Black']);
    await quickInput.choose('Blue');
    await quickInput.waitFor('Pick some');
    await quickInput.chooseMany(['North', 'West']);
    assert.equal((await quickInput.waitFor('A name')).value, 'Ann');
    await quickInput.type('two words');
    await quickInput.waitFor('No spaces, please.');
    await quickInput.type('Bob');
    await quickInput.waitFor('A name');
    await quickInput.accept();
    await output.waitFor('Tiny', /asked: Blue North\+West Bob/);
  },

  async 'knows the palette and leaves a quick pick'({ quickInput, runCommand }) {
    assert.deepEqual(await quickInput.commandsFor('Tiny: Open'), ['Tiny: Open Document', 'Tiny: Open Panel']);
    await runCommand('Tiny: Ask');
    await quickInput.waitFor('Pick one');
    await quickInput.cancel();
    await quickInput.waitFor('Pick some');
    await quickInput.cancel();
    await quickInput.waitFor('A name');
    await quickInput.cancel();
    assert.equal(await quickInput.read(), undefined);
  },

  async 'reads a document, lines out of sight included'({ sideBar, editors }) {
    await sideBar.tree('Rows').pressAction(['Stone'], 'Open Document');
    await editors.waitForActive('numbers.json');
    const numbers = JSON.parse(await editors.text()) as unknown[];
    assert.equal(numbers.length, 400);
    assert.deepEqual(numbers[399], { index: 399, text: 'Line  399' });
  },

  async 'talks to a webview'({ editors, runCommand }) {
    await runCommand('Tiny: Open Panel');
    await editors.waitForActive(/Panel/);
    await editors.webview().locator('#hello').click();
    await editors.webview().getByText('heard hello').waitFor();
    assert.deepEqual(await editors.titles(), ['numbers.json', 'Tiny Panel']);
    await editors.activate('numbers.json');
    await editors.close('Tiny Panel');
    assert.deepEqual(await editors.titles(), ['numbers.json']);
  },

  async 'takes a picture'(workbench) {
    await workbench.screenshot(join(workbench.surroundings.evidence, 'end.png'));
    assert.equal(workbench.surroundings.consoleErrors.filter((line) => /tiny/i.test(line)).length, 0);
  },
};
