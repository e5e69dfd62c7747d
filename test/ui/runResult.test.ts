import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { hosts, openSideBar, type Stage } from './pages/cloudAssistant';
import { ResultPage } from './pages/resultView';
import { step, withWorkbench } from './pages/withWorkbench';

const script = [
  'echo "checked on $(hostname)"',
  'if [ "$(hostname)" = "runner-005.hz.example" ]; then echo "disk full"; exit 3; fi',
  'echo "disk fine"',
  '',
].join('\n');

test('what the hosts of a run said is looked at, compared, marked and run again', async (t) => {
  await withWorkbench({ name: 'runResult', size: { width: 1400, height: 1000 } }, async (workbench) => {
    const stage = { ...(await openSideBar(workbench)), result: new ResultPage(workbench.editors) };
    for (const [name, run] of Object.entries(parts)) {
      await step(t, workbench, { name, run: () => run(stage) });
    }
  });
});

interface Place extends Stage {
  readonly result: ResultPage;
}

const parts: Record<string, (stage: Place) => Promise<void>> = {
  async 'a run opens its result, and hosts that said the same are one group, the odd one first'(stage) {
    const { workbench, resources, result } = stage;
    const { quickInput, dialog } = workbench;
    await resources.selectRange([...hosts, 'build-runner-003'], [...hosts, 'build-runner-005']);
    await resources.chooseFromMenu([...hosts, 'build-runner-003'], 'Run Command…');
    await quickInput.waitFor('Script for 3 Linux instances');
    await quickInput.choose('New Script…');
    await workbench.editors.waitForActive(/^Untitled-1/);
    await workbench.page.keyboard.type(script);
    await quickInput.runCommand('Cloud Assistant: Run on Instances…');
    await quickInput.choose('Those it was begun for (3)');
    await quickInput.choose('As root or System, 60 seconds at most');
    await quickInput.choose('All at once');
    await dialog.press('Run');
    await result.waitForStatus(/^Ended/);
    assert.equal(await result.status(), 'Ended: 1 failed, 2 succeeded');
    assert.deepEqual(await result.groups(), ['1 × failed, exit code 3', '2 × succeeded, exit code 0']);
    await picture(workbench, 'result');
  },
};

function picture(workbench: Stage['workbench'], name: string): Promise<void> {
  return workbench.screenshot(join(workbench.surroundings.evidence, `${name}.png`));
}
