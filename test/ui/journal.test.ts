import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { hosts, openSideBar, type Stage } from './pages/cloudAssistant';
import { step, withWorkbench } from './pages/withWorkbench';
import { Workbench } from './pages/workbench';

const deregister = 'Deregister Managed Instance…';
const task = 'Deregister 3 managed instances';
const scanners = ['warehouse-scanner-001', 'warehouse-scanner-002', 'warehouse-scanner-003'];

test('the journal outlives its window', async (t) => {
  await withWorkbench({ name: 'journal', size: { width: 1280, height: 900 } }, async (workbench) => {
    const stage = await openSideBar(workbench);
    for (const [name, run] of Object.entries(parts)) await step(t, workbench, { name, run: () => run(stage) });
  });
});

/** The label of the run, whatever stands before its name. */
function labelled({ operations }: Stage, label: RegExp): Promise<string> {
  return until(
    `a run ${label} is listed`,
    async () => (await operations.rows()).find((row) => label.test(row.label))?.label,
  );
}

/** Reloads the window once VS Code has kept what its tabs show, which it does every few seconds. */
async function reload({ workbench }: Stage, tab: string): Promise<void> {
  await until(`VS Code has kept the tab ${tab}`, () => workbench.page.evaluate(isKept, encodeURIComponent(tab)));
  await workbench.reload();
  await workbench.sideBar.open('Cloud Assistant');
}

/** Runs in the page. */
async function isKept(tab: string): Promise<boolean> {
  const databases = await indexedDB.databases();
  const texts = await Promise.all(
    databases.map(
      ({ name = '' }) =>
        new Promise<string>((resolve) => {
          const opening = indexedDB.open(name);
          opening.onerror = () => resolve('');
          opening.onsuccess = () => {
            const database = opening.result;
            const [store] = [...database.objectStoreNames].filter((one) => one === 'ItemTable');
            if (store === undefined) return resolve('');
            const all = database.transaction(store).objectStore(store).getAll();
            all.onsuccess = () => resolve(JSON.stringify(all.result));
            all.onerror = () => resolve('');
          };
        }),
    ),
  );
  return texts.some((text) => text.includes(tab) || text.includes(decodeURIComponent(tab)));
}

function picture({ workbench }: Stage, name: string): Promise<void> {
  return workbench.screenshot(join(workbench.surroundings.evidence, `${name}.png`));
}

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'a run with an open outcome has a result that is there again after a reload, at its first line'(stage) {
    const { workbench, resources, operations, controls } = stage;
    await resources.row([...hosts, scanners[0] ?? '']);
    await controls.faults({ kind: 'serverError', action: 'DeregisterManagedInstance', count: 6 });
    await resources.selectRange([...hosts, scanners[0] ?? ''], [...hosts, scanners[2] ?? '']);
    await resources.chooseFromMenu([...hosts, scanners[1] ?? ''], deregister);
    await workbench.dialog.press('Deregister');
    const run = await labelled(stage, new RegExp(`^3 \\? ${task}$`));
    await controls.faults();
    await operations.chooseFromMenu([run], 'Open Result');
    const title = await workbench.editors.waitForActive(/^Result .*\.txt$/);
    assert.match(await workbench.editors.text(), /^Outcome: 3 unknown$/m);
    await workbench.page.keyboard.press('ControlOrMeta+End');
    await reload(stage, title);
    await workbench.editors.waitForActive(title);
    await until('its first line is in sight', () =>
      workbench.page.locator('.editor-instance .view-line', { hasText: 'Result: Deregister 3' }).isVisible(),
    );
    await picture(stage, 'result-after-reload');
    assert.match(await workbench.editors.text(), /^Outcome: 3 unknown$/m);
  },

  async 'a check settles it, in the row and in the result alike'(stage) {
    const { workbench, operations } = stage;
    const run = await labelled(stage, new RegExp(`^3 \\? ${task}$`));
    await operations.row(['Read calls']);
    await operations.pressAction([run], 'Check Unresolved Results');
    await workbench.notifications.waitFor('Checked: 3 still there. It is written down in the journal.');
    await labelled(stage, new RegExp(`^3 ✗ ${task}$`));
    await until('the result says so', async () =>
      /^Since the run: 3 unknown → still there$/m.test(await workbench.editors.text()),
    );
    await picture(stage, 'checked');
  },

  async 'and can be tried again after another reload, which the first run takes up'(stage) {
    const { workbench, operations } = stage;
    await reload(stage, await workbench.editors.waitForActive(/^Result .*\.txt$/));
    const run = await labelled(stage, new RegExp(`^3 ✗ ${task}$`));
    // What is read while the lists are restored would move the rows under the pointer.
    await operations.row(['Read calls']);
    await operations.chooseFromMenu([run], 'Retry Failed…');
    assert.equal((await workbench.dialog.read()).title, 'Deregister 3 managed instances?');
    await workbench.dialog.press('Deregister');
    await labelled(stage, new RegExp(`^3 ✓ ${task}$`));
    await until('the result says so', async () => /^Outcome: 3 deregistered$/m.test(await workbench.editors.text()));
    await picture(stage, 'retried');
  },

  async 'an answer of an earlier session says so in one sentence and can be read again'(stage) {
    const { workbench, resources } = stage;
    const { editors, page } = workbench;
    await resources.chooseFromMenu([...hosts, 'edge-gateway-005'], 'Open Response');
    const title = await editors.waitForActive(/^DescribeManagedInstances .*\.json$/);
    await reload(stage, title);
    await editors.waitForActive(title);
    await until('it says so', async () => /no longer available/.test(await editors.text()));
    await picture(stage, 'answer-after-reload');
    await page.locator('.codelens-decoration a', { hasText: 'Read Again' }).click();
    await until('the new answer is there', async () => /"RequestId"/.test(await editors.text()));
    await picture(stage, 'answer-read-again');
    assert.equal((await editors.titles()).filter((one) => one === title).length, 1);
  },

  async 'another window sees a run and a mark of this one without a call'(stage) {
    const { workbench, resources, controls } = stage;
    const page = await workbench.page.context().newPage();
    const other = new Workbench(page, workbench.surroundings);
    await other.open();
    const there = await openSideBar(other);
    await there.operations.rows();
    await there.resources.row([...hosts, 'edge-gateway-005']);
    const before = (await controls.requests()).length;
    await workbench.page.bringToFront();
    await resources.chooseFromMenu([...hosts, 'edge-gateway-005'], deregister);
    await workbench.dialog.press('Deregister');
    await workbench.notifications.waitFor('Deregistered: edge-gateway-005.');
    const sent = (await controls.requests()).length;
    await page.bringToFront();
    await labelled(there, /Deregister edge-gateway-005$/);
    await other.screenshot(join(workbench.surroundings.evidence, 'other-window.png'));
    assert.ok(sent > before);
    assert.equal((await controls.requests()).length, sent);
    await page.close();
  },
};
