import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { hosts, openSideBar, type Stage } from './pages/cloudAssistant';
import { ResultPage } from './pages/resultView';
import { hangzhouHosts } from './pages/sandboxControls';
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
    const { quickInput, editors } = workbench;
    await resources.selectRange([...hosts, 'build-runner-003'], [...hosts, 'build-runner-005']);
    await resources.chooseFromMenu([...hosts, 'build-runner-003'], 'Run Command…');
    await quickInput.waitFor('Script for 3 Linux instances');
    await quickInput.choose('New Script…');
    await editors.waitForActive(/^Untitled-1/);
    await run(stage, script, 'All at once');
    await result.waitForStatus(/^Ended: 1 failed, 2 succeeded$/);
    assert.deepEqual(await result.groups(), ['1 × failed, exit code 3', '2 × succeeded, exit code 0']);
    await result.group(/^2 ×/).getByText('checked on ⟨host name⟩').waitFor();
    assert.deepEqual(await result.hosts(), ['build-runner-005', 'build-runner-003', 'build-runner-004']);
    await workbench.notifications.dismissAll();
    await picture(workbench, 'result');
  },

  async 'what the odd one said is a document after one press, without links'({ workbench, result }) {
    const { editors } = workbench;
    await result.group(/^1 ×/).getByRole('button', { name: 'Open Output: build-runner-005' }).click();
    await editors.waitForActive(/^Output of build-runner-005/);
    assert.match(
      await editors.text(),
      /^1 × failed, exit code 3: build-runner-005\n-+\nchecked on runner-005\.hz\.example\ndisk full\n\n\(Complete: \d+ bytes\.\)/,
    );
    await editors.close('Output of build-runner-005.txt');
  },

  async 'it is compared with what most of the others said'({ workbench, result }) {
    const { editors } = workbench;
    await result.group(/^1 ×/).getByRole('button', { name: 'Compare with Most' }).click();
    const title = await editors.waitForActive(/build-runner-003 ↔ build-runner-005/);
    await picture(workbench, 'compare');
    await editors.close(title);
  },

  async 'and two hosts that are chosen with each other'({ workbench, result }) {
    const { editors } = workbench;
    await result.choose('build-runner-003');
    await result.choose('build-runner-004');
    await result.button('Compare').click();
    await editors.close(await editors.waitForActive(/build-runner-003 ↔ build-runner-004/));
  },

  async 'hosts are found by their state, by what they said, and by their group'({ workbench, result }) {
    await result.button('failed 1').click();
    await shows(result, ['build-runner-005']);
    await result.button('Show All').click();
    await shows(result, ['build-runner-005', 'build-runner-003', 'build-runner-004']);
    await result.filter('DISK FINE');
    await shows(result, ['build-runner-003', 'build-runner-004']);
    await picture(workbench, 'filtered');
    await result.filter('');
    await result.group(/^2 ×/).getByRole('button', { name: 'Only These' }).click();
    await shows(result, ['build-runner-003', 'build-runner-004']);
    await result.button('Show All').click();
    await shows(result, ['build-runner-005', 'build-runner-003', 'build-runner-004']);
  },

  async 'each host is a group of its own when its own name counts'({ result }) {
    const mask = result.frame.getByRole('checkbox', { name: /^Take each host/ });
    await mask.uncheck();
    await until('three groups', async () => (await result.groups()).length === 3);
    await mask.check();
    await until('two groups', async () => (await result.groups()).length === 2);
  },

  async 'all of it is read with the keyboard alone'({ workbench, result }) {
    const { editors, quickInput, page } = workbench;
    await quickInput.runCommand('View: Focus Active Editor Group');
    const focused = result.frame.locator(':focus');
    await until('Tab reaches the odd host', async () => {
      await page.keyboard.press('Tab');
      return (await focused.getAttribute('aria-label').catch(() => null)) === 'Open Output: build-runner-005';
    });
    await page.keyboard.press('Enter');
    await editors.waitForActive(/^Output of build-runner-005/);
    await editors.close('Output of build-runner-005.txt');
    assert.equal(await result.frame.locator('[role=status].spoken').textContent(), 'Ended: 1 failed, 2 succeeded');
  },

  async 'a group is marked: the Hosts view shows it, and the next plan offers it'({ workbench, result }) {
    const { sideBar, quickInput, editors } = workbench;
    await result.group(/^2 ×/).getByRole('button', { name: 'Mark These Hosts' }).click();
    const view = sideBar.tree('Hosts');
    await until('the two hosts are shown', async () => {
      const labels = (await view.rows()).map(({ label }) => label);
      return labels.filter((label) => label.startsWith('build-runner-')).join() === 'build-runner-003,build-runner-004';
    });
    await picture(workbench, 'marked');
    await editors.activate(/Untitled-1/);
    await quickInput.runCommand('Cloud Assistant: Run on Instances…');
    await quickInput.waitFor('Which resources?');
    const labels = await quickInput.labels();
    assert.ok(
      labels.some((label) => label.includes('Marked in a result (2)')),
      labels.join(),
    );
    await workbench.page.keyboard.press('Escape');
  },

  async 'it is run again on what failed, as a plan with a question of its own'(stage) {
    const { workbench, result, controls } = stage;
    const { quickInput, dialog, editors } = workbench;
    await editors.activate(/^Run a command on 3/);
    await result.button('Run Again on Failed…').click();
    await quickInput.waitFor('The same script on which of them?');
    await picture(workbench, 'again');
    assert.equal((await quickInput.labels())[0], 'Failed (1)');
    await workbench.page.keyboard.press('Enter');
    const { title, detail } = await dialog.read();
    assert.equal(title, 'Run the script on "build-runner-005"?');
    assert.match(detail, /Untitled-1, Shell, 3 lines/);
    await dialog.press('Run');
    await result.waitForStatus(/^Ended: 1 failed$/);
    const [first, second] = (await controls.requests()).filter(({ action }) => action === 'RunCommand');
    assert.equal(second?.params['CommandContent'], first?.params['CommandContent']);
    assert.equal(second?.params['InstanceId.1'], await controls.idOf(hangzhouHosts, 'build-runner-005'));
    assert.equal(second.params['InstanceId.2'], undefined);
  },

  async 'two runs are compared'({ workbench, result }) {
    const { editors, quickInput } = workbench;
    await result.button('Compare with Another Run…').click();
    await quickInput.waitFor('Which run?');
    await quickInput.choose('Run a command on 3 managed instances');
    await editors.close(await editors.waitForActive(/ ↔ /));
  },

  async 'what is not UTF-8 is said, and read in the encoding that is chosen'(stage) {
    const { workbench, result, controls } = stage;
    const { quickInput } = workbench;
    await controls.behaves(hangzhouHosts, 'build-runner-004', { gbk: true });
    await run(stage, 'echo "磁盘正常"\n', 'All at once');
    await result.waitForStatus(/^Ended: 3 succeeded$/);
    const odd = result.group(/^1 ×/);
    await odd.getByText(/^Not UTF-8/).waitFor();
    await workbench.notifications.dismissAll();
    await picture(workbench, 'unreadable');
    await odd.getByRole('button', { name: 'Decode As…' }).click();
    await quickInput.choose('GB18030');
    await until(
      'all of them are one group',
      async () => (await result.groups()).join() === '3 × succeeded, exit code 0',
    );
  },

  async 'between two batches one looks at the output first, and lets the run go on from there'(stage) {
    const { workbench, result } = stage;
    await run(stage, 'echo fine\n', 'First one, then ask me, then the rest');
    await workbench.dialog.read();
    await picture(workbench, 'pause');
    await workbench.dialog.press('Look at the Output');
    await result.waitForStatus(/^Paused, nothing further is sent: 1 of 3 have ended$/);
    assert.deepEqual(await result.groups(), ['1 × succeeded, exit code 0', '2 × not sent yet']);
    await picture(workbench, 'paused');
    await result.button('Go On').click();
    await result.waitForStatus(/^Ended: 3 succeeded$/);
  },

  async 'a run is stopped, and the numbers after that are told'(stage) {
    const { workbench, result } = stage;
    await run(stage, 'echo begun\nsleep 50\necho over\n', 'All at once');
    await until('they run', async () => (await result.groups()).join() === '3 × running');
    await picture(workbench, 'running');
    await result.button('Stop').click();
    await result.frame
      .locator('.notice', { hasText: /^Since the stop was requested: 0 stopped before they began/ })
      .waitFor();
    await picture(workbench, 'stopping');
    await result.waitForStatus(/^Ended: 3 stopped$/);
    await result.frame
      .getByText(
        'Since the stop was requested: 0 stopped before they began, 3 stopped while they ran, 0 finished all the same, 0 still going on.',
      )
      .first()
      .waitFor();
    await result.group(/^3 ×/).getByText('begun').waitFor();
  },

  async 'it can be read in the dark and in high contrast'({ workbench }) {
    const { editors, quickInput, notifications } = workbench;
    await notifications.dismissAll();
    await editors.activate(/^Run a command on 3/);
    for (const [theme, name] of [
      ['Dark Modern', 'dark'],
      ['Dark High Contrast', 'high-contrast'],
    ] as const) {
      await quickInput.runCommand('Preferences: Color Theme');
      await quickInput.choose(theme);
      await picture(workbench, name);
    }
  },

  async 'after a reload the result that was in sight comes back from what the cloud keeps'({ workbench, result }) {
    const { editors } = workbench;
    const [first = ''] = (await editors.titles()).filter((title) => title.startsWith('Run a command on 3'));
    await editors.activate(first);
    const groups = await result.groups();
    await workbench.reload();
    await until('the groups are there again', async () => (await result.groups()).join() === groups.join());
    assert.equal(await result.button('Stop').count(), 0);
    await picture(workbench, 'reloaded');
  },
};

test('a result in Chinese and in a narrow window', async (t) => {
  const options = { name: 'runResultChinese', locale: 'zh-cn', size: { width: 820, height: 1400 } };
  await withWorkbench(options, async (workbench) => {
    const { sideBar, quickInput, dialog, page, editors, notifications } = workbench;
    const result = new ResultPage(editors);
    await sideBar.open('云助手');
    const resources = sideBar.tree('资源');
    await step(t, workbench, {
      name: 'says everything in Chinese, and nothing is cut off',
      run: async () => {
        const row = ['阿里云沙箱', '华东1（杭州）', '托管实例', 'build-runner-003'];
        await resources.selectRange(row, [...row.slice(0, 3), 'build-runner-005']);
        await resources.chooseFromMenu(row, '执行命令…');
        await quickInput.choose('新建脚本…');
        await editors.waitForActive(/^Untitled-1/);
        await page.keyboard.type(script);
        await quickInput.runCommand('云助手: 在实例上执行…');
        await quickInput.choose('编写该脚本时所选的实例（3）');
        await quickInput.choose('以 root 或 System 身份执行，最长 60 秒');
        await quickInput.choose('全部同时执行');
        await dialog.press('执行');
        await result.waitForStatus(/^已结束/);
        await notifications.dismissAll();
        await picture(workbench, 'chinese');
        const left = await result.frame.locator('body').evaluate((body) => body.scrollWidth - body.clientWidth);
        assert.ok(left <= 1, `${left} pixels stick out`);
      },
    });
  });
});

/** Writes the script into the editor and runs it where the first one was begun for. */
async function run({ workbench }: Stage, text: string, how: string): Promise<void> {
  const { quickInput, dialog, editors, page } = workbench;
  await editors.activate(/Untitled-1/);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await quickInput.runCommand('Cloud Assistant: Run on Instances…');
  await quickInput.choose('Those it was begun for (3)');
  await quickInput.choose('As root or System, 60 seconds at most');
  await quickInput.choose(how);
  await dialog.press('Run');
}

async function shows(result: ResultPage, names: readonly string[]): Promise<void> {
  await until(`the hosts ${names.join()} are shown`, async () => (await result.hosts()).join() === names.join());
}

function picture(workbench: Stage['workbench'], name: string): Promise<void> {
  return workbench.screenshot(join(workbench.surroundings.evidence, `${name}.png`));
}
