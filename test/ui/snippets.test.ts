import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { hosts, openSideBar, type Stage } from './pages/cloudAssistant';
import { step, withWorkbench } from './pages/withWorkbench';

const ownScript = `# /// cloud-assistant
# name: Ask a server
# effect: reads
# parameter: token
#   description: What the server wants to know
# ///
printf '%s' "$token" | wc -c
`;

test('a snippet with a parameter is chosen, asked about, planned and run on two hosts', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'own scripts '));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'ask.sh'), ownScript);
  await writeFile(join(folder, 'broken.sh'), '# /// cloud-assistant\n# nmae: x\n# ///\n');
  const settings = { 'cloudAssistant.commands.folder': folder };
  await withWorkbench({ name: 'snippets', size: { width: 1280, height: 1000 }, settings }, async (workbench) => {
    const stage = await openSideBar(workbench);
    for (const [name, run] of Object.entries(parts)) await step(t, workbench, { name, run: () => run(stage) });
  });
});

const limit = /Percent from which a disk is told \(limit\)/;

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'snippets and the own folder stand in one list, and what is wrong with a file is told'({
    workbench,
    resources,
  }) {
    const { quickInput } = workbench;
    await resources.selectRange([...hosts, 'build-runner-003'], [...hosts, 'build-runner-004']);
    await resources.chooseFromMenu([...hosts, 'build-runner-003'], 'Run Command…');
    await quickInput.waitFor('Script for 2 Linux instances');
    await picture(workbench, 'list');
    const labels = (await quickInput.labels()).join('\n');
    for (const label of ['New Script…', 'Ask a server', 'broken.sh', 'Disks above a limit'])
      assert.ok(labels.includes(label), labels);
  },

  async 'a value that does not fit is told, Back leads to the list, and the value is part of the question'({
    workbench,
  }) {
    const { quickInput, dialog } = workbench;
    await quickInput.choose('Disks above a limit');
    await quickInput.waitFor(limit);
    await quickInput.type('800');
    await quickInput.accept();
    await quickInput.waitFor(/does not fit the pattern/);
    await picture(workbench, 'parameter');
    // The one button of the title: its key differs by system.
    await workbench.page.locator('.quick-input-widget:visible .quick-input-titlebar .action-label').first().click();
    await quickInput.waitFor('Script for 2 Linux instances');
    await quickInput.choose('Disks above a limit');
    await quickInput.waitFor(limit);
    await quickInput.type('40');
    await quickInput.accept();
    await quickInput.waitFor('How to run it');
    await quickInput.choose('As root or System, 60 seconds at most');
    await quickInput.choose('All at once');
    await picture(workbench, 'question');
    const { detail } = await dialog.read();
    assert.match(detail, /disk-space\.sh, Shell, \d+\s+lines/);
    assert.match(detail, /limit = "40"/);
    await dialog.press('Run');
  },

  async 'both hosts answer the same, with the verdict first'({ workbench, controls }) {
    await ended(workbench, /^2 ✓ Run a command on 2 managed instances/);
    await workbench.editors.waitForActive(/^Run a command on 2/);
    await picture(workbench, 'result');
    const [run] = (await controls.requests()).filter(({ action }) => action === 'RunCommand');
    const content = Buffer.from(String(run?.params['CommandContent']), 'base64').toString();
    assert.match(content, /^#!\/bin\/sh\nlimit='40'\n/);
  },

  async 'a secret is typed unseen and shown nowhere'({ workbench, resources, controls }) {
    const { quickInput, dialog, notifications } = workbench;
    await notifications.dismissAll();
    await resources.click([...hosts, 'build-runner-003']);
    await resources.chooseFromMenu([...hosts, 'build-runner-003'], 'Run Command…');
    await quickInput.choose('Ask a server');
    await quickInput.waitFor(/secret: it is sent within the script/);
    await quickInput.type('canary-4711');
    await picture(workbench, 'secret');
    await quickInput.accept();
    await quickInput.choose('As root or System, 60 seconds at most');
    const { detail } = await dialog.read();
    assert.match(detail, /token = secret, not shown/);
    assert.doesNotMatch(detail, /canary/);
    await picture(workbench, 'secretQuestion');
    await dialog.press('Run');
    await ended(workbench, /^Run build-runner-003 succeeded/);
    assert.equal((await controls.requests()).filter(({ action }) => action === 'RunCommand').length, 2);
  },
};

async function ended({ sideBar }: Stage['workbench'], how: RegExp): Promise<void> {
  await until('a run has ended', async () => {
    const rows = await sideBar.tree('Operations').rows();
    return rows.some(({ label, description }) => how.test(`${label} ${description}`));
  });
}

function picture(workbench: Stage['workbench'], name: string): Promise<void> {
  return workbench.screenshot(join(workbench.surroundings.evidence, `${name}.png`));
}
