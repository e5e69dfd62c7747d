import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSideBar, servers, type Stage } from './pages/cloudAssistant';
import { step, withWorkbench } from './pages/withWorkbench';

test('a plan that is read first', async (t) => {
  await withWorkbench({ name: 'plan' }, async (workbench) => {
    const stage = await openSideBar(workbench);
    for (const [name, run] of Object.entries(parts)) await step(t, workbench, { name, run: () => run(stage) });
  });
});

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'opens before anything is asked, and says what will be'(stage) {
    const { workbench, resources } = stage;
    for (const name of ['web-01', 'win-jumpbox']) await resources.row([...servers, name]);
    await resources.select([...servers, 'web-01'], [...servers, 'win-jumpbox']);
    await workbench.runCommand('Cloud Assistant: Review Deletion Plan…');
    await workbench.quickInput.choose('Selected in the Resources view (2)');
    await workbench.editors.waitForActive(/^Deletion plan 2 resources\.txt$/);
    const plan = await workbench.editors.text();
    assert.match(plan, /^Asked before it runs: .*\?$/m);
    assert.match(plan, /^\[asked first\] web-01 /m);
    await workbench.screenshot(join(workbench.surroundings.evidence, 'asked-first.png'));
  },

  async 'has resources taken out of it, and sends only what remains'(stage) {
    const { workbench, controls } = stage;
    const { editors, quickInput, dialog } = workbench;
    await editors.pressAction('Leave Resources Out of the Plan…');
    await quickInput.waitFor('Untick what is to be left out; nothing is sent');
    await workbench.screenshot(join(workbench.surroundings.evidence, 'leave-out.png'));
    await quickInput.untick(['win-jumpbox']);
    await quickInput.accept();
    await editors.waitForActive(/^Deletion plan web-01\.txt$/);
    assert.doesNotMatch(await editors.text(), /win-jumpbox/);
    assert.ok(!(await editors.titles()).some((title) => title.startsWith('Deletion plan 2')));
    assert.deepEqual(await controls.destructive(), []);
    await editors.pressAction('Confirm and Run…');
    await dialog.press('Include');
    assert.match((await dialog.read()).detail, /web-01/);
    assert.doesNotMatch((await dialog.read()).detail, /win-jumpbox/);
    await dialog.escape();
    assert.deepEqual(await controls.destructive(), []);
  },
};
