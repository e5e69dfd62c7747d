import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import * as ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { until } from '../workbench/until';
import { hangzhou, hosts, openSideBar, type Stage } from './pages/cloudAssistant';
import { ResultPage } from './pages/resultView';
import { hangzhouHosts } from './pages/sandboxControls';
import { step, withWorkbench, type SandboxAddress } from './pages/withWorkbench';

const runs = [...hangzhou, 'Runs'] as const;
const regionId = 'cn-hangzhou';

test('runs that others started are seen, read and stopped; schedules are made and stopped', async (t) => {
  let address: SandboxAddress | undefined;
  const prepare = (given: SandboxAddress) => {
    address = given;
    return {};
  };
  await withWorkbench({ name: 'runs', size: { width: 1280, height: 1000 }, prepare }, async (workbench) => {
    const stage = { ...(await openSideBar(workbench)), result: new ResultPage(workbench.editors) };
    const place = { ...stage, address: address ?? assert.fail() };
    for (const [name, run] of Object.entries(parts)) await step(t, workbench, { name, run: () => run(place) });
  });
});

interface Place extends Stage {
  readonly result: ResultPage;
  readonly address: SandboxAddress;
}

/** Somebody else runs a script on two hosts, with the vendor's own SDK. */
async function foreignRun({ address, controls }: Place, name: string, commandContent: string): Promise<void> {
  const { endpoint, accessKeyId, accessKeySecret } = address.alibabaCloud;
  const keys = { accessKeyId, accessKeySecret, endpoint: new URL(endpoint).host, regionId, protocol: 'http' };
  const sdk = new ecs.default(new $OpenApiUtil.Config(keys));
  const names = ['build-runner-003', 'build-runner-004'];
  const instanceId = await Promise.all(names.map((host) => controls.idOf(hangzhouHosts, host)));
  const request = {
    regionId,
    type: 'RunShellScript',
    commandContent,
    instanceId,
    name,
    terminationMode: 'ProcessTree',
  };
  await sdk.runCommand(new ecs.RunCommandRequest(request));
}

const parts: Record<string, (stage: Place) => Promise<void>> = {
  async 'a run that somebody else started is a row of its region'(stage) {
    const { workbench, resources } = stage;
    await foreignRun(stage, 'nightly-check', 'echo "checked on $(hostname)"\n');
    await resources.expand([...runs]);
    await resources.waitForDescription([...runs, 'nightly-check'], /^2 instances · .*Succeeded$/);
    await picture(workbench, 'list');
  },

  async 'what its hosts said is read from the cloud'({ workbench, resources, result }) {
    await resources.chooseFromMenu([...runs, 'nightly-check'], 'Show What Instances Said');
    await result.waitForStatus(/^Ended: 2 succeeded$/);
    await result.group(/^2 ×/).getByText('checked on').waitFor();
    await picture(workbench, 'result');
  },

  async 'one that goes on is stopped after a question, and its hosts are told in numbers'(stage) {
    const { workbench, resources } = stage;
    await foreignRun(stage, 'endless', 'echo begun; sleep 55\n');
    await resources.chooseFromMenu([...runs], 'Refresh');
    await resources.waitForDescription([...runs, 'endless'], /Running/);
    await resources.chooseFromMenu([...runs, 'endless'], 'Stop Run…');
    const { title, detail } = await workbench.dialog.read();
    assert.equal(title, 'Stop the run "endless"?');
    assert.match(detail, /ProcessTree/);
    await picture(workbench, 'stop');
    await workbench.dialog.press('Stop');
    await workbench.notifications.waitFor(/Still going on: 0\./);
    await resources.waitForDescription([...runs, 'endless'], /Stopped/);
  },

  async 'a schedule is made with its next times in the question, listed as ours, and stopped'(stage) {
    const { workbench, resources } = stage;
    const { quickInput, editors, dialog, notifications } = workbench;
    await resources.chooseFromMenu([...hosts, 'build-runner-003'], 'Run Command…');
    await quickInput.choose('New Script…');
    await editors.waitForActive(/^Untitled-1/);
    await workbench.page.keyboard.type('uptime\n');
    await quickInput.runCommand('Cloud Assistant: Run on Instances…');
    await quickInput.choose('Those it was begun for (1)');
    await quickInput.waitFor('How to run it');
    await quickInput.choose('On a schedule…');
    await quickInput.waitFor('When: rate(10m)');
    await picture(workbench, 'when');
    await quickInput.accept();
    for (const box of ['User to run it as', 'Working directory', 'Time limit in seconds']) {
      await quickInput.waitFor(box);
      await quickInput.accept();
    }
    const { title, detail } = await dialog.read();
    assert.equal(title, 'Run the script on "build-runner-003" on a schedule?');
    assert.match(detail, /It runs at about: .+, and so on until it is stopped\./);
    await picture(workbench, 'schedule');
    await dialog.press('Schedule');
    await notifications.waitFor(/It goes on until it is stopped, also when VS Code is closed/);
    const row = await until('the schedule is listed', async () =>
      (await resources.rows()).find(({ description }) => /rate\(1h\).*started here.*Scheduled/.test(description)),
    );
    await picture(workbench, 'scheduled');
    await resources.chooseFromMenu([...runs, row.label], 'Stop Run…');
    await dialog.press('Stop');
    await resources.waitForDescription([...runs, row.label], /Stopped/);
  },
};

function picture(workbench: Stage['workbench'], name: string): Promise<void> {
  return workbench.screenshot(join(workbench.surroundings.evidence, `${name}.png`));
}
