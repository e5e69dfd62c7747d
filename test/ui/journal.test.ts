import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { hosts, openSideBar, type Stage } from './pages/cloudAssistant';
import { step, withWorkbench } from './pages/withWorkbench';

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

async function reload({ workbench }: Stage): Promise<void> {
  await workbench.reload();
  await workbench.sideBar.open('Cloud Assistant');
}

function picture({ workbench }: Stage, name: string): Promise<void> {
  return workbench.screenshot(join(workbench.surroundings.evidence, `${name}.png`));
}

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'a run with an open outcome has a result that is there again after a reload, at its first line'(stage) {
    const { workbench, resources, operations, controls } = stage;
    await resources.row([...hosts, scanners[0] ?? '']);
    await controls.faults({ kind: 'serverError', action: 'DeregisterManagedInstance', count: 1 });
    await resources.selectRange([...hosts, scanners[0] ?? ''], [...hosts, scanners[2] ?? '']);
    await resources.chooseFromMenu([...hosts, scanners[1] ?? ''], deregister);
    await workbench.dialog.press('Deregister');
    const run = await labelled(stage, new RegExp(`^2 ✓ 1 \\? ${task}$`));
    await controls.faults();
    await operations.chooseFromMenu([run], 'Open Result');
    const title = await workbench.editors.waitForActive(/^Result .*\.txt$/);
    assert.match(await workbench.editors.text(), /^Outcome: 2 deregistered, 1 unknown$/m);
    await workbench.page.keyboard.press('ControlOrMeta+End');
    await reload(stage);
    await workbench.editors.waitForActive(title);
    await until('its first line is in sight', () =>
      workbench.page.locator('.editor-instance .view-line', { hasText: 'Result: Deregister 3' }).isVisible(),
    );
    await picture(stage, 'result-after-reload');
    assert.match(await workbench.editors.text(), /^Outcome: 2 deregistered, 1 unknown$/m);
  },

  async 'a check settles it, in the row and in the result alike'(stage) {
    const { workbench, operations } = stage;
    const run = await labelled(stage, new RegExp(`1 \\? ${task}$`));
    await operations.pressAction([run], 'Check Unresolved Results');
    await workbench.notifications.waitFor('Checked: 1 still there. It is written down in the journal.');
    await labelled(stage, new RegExp(`^2 ✓ 1 ✗ ${task}$`));
    await until('the result says so', async () =>
      /^Since the run: 1 unknown → still there$/m.test(await workbench.editors.text()),
    );
    await picture(stage, 'checked');
  },

  async 'and can be tried again after another reload, which the first run takes up'(stage) {
    const { workbench, operations } = stage;
    await reload(stage);
    const run = await labelled(stage, new RegExp(`1 ✗ ${task}$`));
    await operations.chooseFromMenu([run], 'Retry Failed…');
    assert.match((await workbench.dialog.read()).title, /^Deregister the managed instance "warehouse-scanner-/);
    await workbench.dialog.press('Deregister');
    await labelled(stage, new RegExp(`^3 ✓ ${task}$`));
    await until('the result says so', async () => /^Outcome: 3 deregistered$/m.test(await workbench.editors.text()));
    await picture(stage, 'retried');
  },
};
