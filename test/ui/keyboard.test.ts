import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { hosts, openSideBar, type Stage } from './pages/cloudAssistant';
import { step, withWorkbench } from './pages/withWorkbench';
import type { Workbench } from './pages/workbench';

test('a box that the tour opens has the keys', async (t) => {
  await withWorkbench({ name: 'tour', sandbox: false }, async (workbench) => {
    const { page, sideBar } = workbench;
    await sideBar.open('Cloud Assistant');
    await sideBar.pressWelcomeLink('Resources', 'Take the tour');
    await step(t, workbench, {
      name: 'also once its step is done, and at once where we are loaded already',
      run: async () => {
        for (const [way, open] of Object.entries(ways)) {
          await open(workbench);
          await workbench.quickInput.waitFor('Add account');
          await until('the step is done', () => isDone(workbench, accountsStep));
          await keepsKeys(workbench);
          await page.keyboard.type('volc');
          assert.equal((await workbench.quickInput.read())?.value, 'volc', way);
          await page.keyboard.press('Escape');
          await until('the box is closed', async () => (await workbench.quickInput.read()) === undefined);
        }
      },
    });
  });
});

const accountsStep = 'Bring your accounts';

/** How a box is opened while the tour is what a person looks at. */
const ways: Record<string, (workbench: Workbench) => Promise<void>> = {
  'the button': (workbench) => press(workbench, accountsStep, 'Add Account'),
  'the button again': (workbench) => press(workbench, accountsStep, 'Add Account'),
  async 'the button by keyboard'({ page }) {
    const button = page.locator('.getting-started-step.expanded .monaco-button', { hasText: 'Add Account' });
    await button.focus();
    await page.keyboard.press('Enter');
  },
  async 'the palette'(workbench) {
    await workbench.page.locator('.getting-started-step.expanded').focus();
    await workbench.runCommand('Cloud Assistant: Add Account…');
  },
  async 'the step, then its button'(workbench) {
    await workbench.page.locator('.getting-started-step', { hasText: 'Look around' }).click();
    await press(workbench, accountsStep, 'Add Account');
  },
};

/** So often in a row is looked: the tour takes the focus a moment after a press. */
const looks = 15;

/** Waits until the box has the keys and they stay with it. */
async function keepsKeys({ page }: Workbench): Promise<void> {
  let kept = 0;
  await until('the box keeps the keys', async () => {
    kept = (await page.locator('.quick-input-filter input:focus').count()) > 0 ? kept + 1 : 0;
    return kept >= looks;
  });
}

async function isOpen({ page }: Workbench, title: string): Promise<boolean> {
  return page.locator('.getting-started-step.expanded', { hasText: title }).isVisible();
}

async function isDone({ page }: Workbench, title: string): Promise<boolean> {
  const one = page.locator('.getting-started-step', { hasText: title });
  return (await one.locator('.codicon.complete').count()) > 0;
}

/** Presses a button of a step of the tour. */
async function press(workbench: Workbench, title: string, button: string): Promise<void> {
  const one = workbench.page.locator('.getting-started-step', { hasText: title });
  await one.waitFor();
  if (!(await isOpen(workbench, title))) await one.click();
  await one.locator('.monaco-button', { hasText: button }).click();
}

test('a day without the mouse', async (t) => {
  await withWorkbench({ name: 'keyboard', size: { width: 1280, height: 1200 } }, async (workbench) => {
    const stage = await openSideBar(workbench);
    await stage.resources.row([...hosts, 'edge-gateway-001']);
    for (const [name, run] of Object.entries(parts)) await step(t, workbench, { name, run: () => run(stage) });
  });
});

/** What is said of the row that has the focus, where the view has the keys; of a row out of sight nothing. */
async function spoken({ workbench: { page } }: Stage, view: string): Promise<string | undefined> {
  const tree = page.locator(`.part.sidebar [role="tree"][aria-label^=${JSON.stringify(view)}]`);
  return tree.evaluate((list) => {
    if (!list.contains(document.activeElement)) return undefined;
    return document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label') ?? '';
  });
}

/** The label of the row that has the focus, where the view has the keys. */
async function focused({ workbench: { page } }: Stage, view: string): Promise<string | undefined> {
  const tree = page.locator(`.part.sidebar [role="tree"][aria-label^=${JSON.stringify(view)}]`);
  return tree.evaluate((list) => {
    if (!list.contains(document.activeElement)) return undefined;
    const id = list.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.querySelector('.label-name')?.textContent ?? undefined;
  });
}

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'the row after one that was removed has the focus, and none is selected'(stage) {
    const { workbench, resources } = stage;
    const { page } = workbench;
    const rows = await resources.rows();
    const at = rows.findIndex(({ label }) => label === 'edge-gateway-005');
    const next = rows[at + 1]?.label;
    // A click folds the row, and a key unfolds it again.
    await resources.click(hosts);
    await page.keyboard.press('ArrowRight');
    await resources.row([...hosts, 'edge-gateway-005']);
    for (let i = rows.findIndex(({ label }) => label === 'Managed Instances'); i < at; i++)
      await page.keyboard.press('ArrowDown');
    await until('the row has the focus', async () => (await focused(stage, 'Resources')) === 'edge-gateway-005');
    await page.keyboard.press('Shift+F10');
    await page.locator('.monaco-menu').first().waitFor();
    // The last of the menu is what removes it.
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const { title } = await workbench.dialog.read();
    assert.equal(title, 'Deregister the managed instance "edge-gateway-005"?');
    // What a person did not mean is not what Enter alone does.
    await until('the button has the focus', async () => {
      if ((await page.locator('.monaco-dialog-box :focus').innerText()) === 'Deregister') return true;
      await page.keyboard.press('Tab');
      return undefined;
    });
    await page.keyboard.press('Enter');
    await resources.waitForNoRow([...hosts, 'edge-gateway-005']);
    await until('the next row has the focus', async () => (await focused(stage, 'Resources')) === next);
    await workbench.screenshot(join(workbench.surroundings.evidence, 'next.png'));
    await page.keyboard.press('ArrowDown');
    await until(
      'and the keys go on from there',
      async () => (await focused(stage, 'Resources')) === rows[at + 2]?.label,
    );
  },

  async 'so it has in the list of hosts, where it was begun there'(stage) {
    const { workbench } = stage;
    const { page, sideBar } = workbench;
    await sideBar.unfold('Hosts');
    const tree = sideBar.tree('Hosts');
    // Some of it is read already.
    const [note = ''] = await tree.firstLabels(1);
    assert.match(note, /^Not read yet/);
    await tree.click([note]);
    const rows = await until('all is read', async () => {
      const all = await tree.rows();
      return all.every(({ label }) => !/^(Reading|Not read)/.test(label)) && all;
    });
    const at = rows.findIndex(({ label }) => label.startsWith('build-runner'));
    await page.keyboard.press('Home');
    for (let i = 0; i < at; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+F10');
    await page.locator('.monaco-menu').first().waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await workbench.dialog.press('Deregister');
    // Nothing is scrolled meanwhile: the row is to come into sight by itself.
    await workbench.notifications.waitFor(/^Deregistered: build-runner/);
    await until('the next row has the focus', async () => (await spoken(stage, 'Hosts')) === rows[at + 1]?.spoken);
  },

  async 'several hits are shown and marked together'(stage) {
    const { workbench } = stage;
    const { page, quickInput } = workbench;
    await workbench.runCommand('Cloud Assistant: Find Resource…');
    await quickInput.waitFor('Find');
    await page.keyboard.type('edge-gateway');
    await page.keyboard.press('Enter');
    const { placeholder } = await quickInput.waitFor('Choose one to show it');
    const found = /Found: (\d+)/.exec(placeholder)?.[1];
    await workbench.screenshot(join(workbench.surroundings.evidence, 'found.png'));
    // One step up from the first line is the last.
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const tree = workbench.sideBar.tree('Hosts');
    const rows = await until('all are listed', async () => {
      const [note, ...all] = await tree.rows();
      return note?.label === 'Found: “edge-gateway”' && all.length === Number(found) && all;
    });
    assert.ok(rows.every(({ label }) => label.includes('edge-gateway')));
    await page.keyboard.press('ControlOrMeta+a');
    await until('all are selected', async () => (await tree.rows()).every(({ selected }) => selected));
    await workbench.screenshot(join(workbench.surroundings.evidence, 'found-in-hosts.png'));
  },
};
