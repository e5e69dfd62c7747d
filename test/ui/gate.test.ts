import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { alibaba, hosts, openSideBar, servers, volcengine, type Stage } from './pages/cloudAssistant';
import { hangzhouHosts } from './pages/sandboxControls';
import { step, withWorkbench } from './pages/withWorkbench';

const remove = 'Release or Delete Instance…';
const deregister = 'Deregister Managed Instance…';
const shanghai = [alibaba, 'China (Shanghai)', 'ECS Instances'] as const;
const beijing = [volcengine, 'North China 2 (Beijing)', 'ECS Instances'] as const;
const mixed = [
  [...servers, 'win-jumpbox'],
  [...servers, 'web-01'],
  [...shanghai, 'batch-worker-01'],
  [...beijing, 'nightly-report'],
];

test('the gate', async (t) => {
  await withWorkbench({ name: 'gate', size: { width: 1280, height: 1800 } }, async (workbench) => {
    const stage = await openSideBar(workbench);
    for (const [name, run] of Object.entries(parts)) {
      await step(t, workbench, { name, run: () => run(stage) });
    }
  });
});

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'a selection over two accounts and two regions is one question'(stage) {
    const { workbench, resources } = stage;
    for (const path of mixed) await resources.row(path);
    await askMixed(stage);
    const { title, detail } = await workbench.dialog.read();
    assert.equal(title, 'Delete 3 resources?');
    for (const account of [alibaba, volcengine]) assert.ok(detail.includes(`Account: ${account}`), detail);
    for (const region of ['(cn-hangzhou)', '(cn-shanghai)', '(cn-beijing)']) assert.ok(detail.includes(region), detail);
    assert.match(detail, /Not sent:\n• web-01 .*It is running/);
    assert.match(detail, /The instances are gone for good/);
    assert.match(detail, /destroyed at once/);
    await workbench.dialog.escape();
  },

  async 'Escape at each step sends nothing'(stage) {
    const { workbench, controls } = stage;
    await chooseMixed(stage);
    assert.equal((await workbench.dialog.read()).title, 'Release instances although they are running?');
    await workbench.dialog.escape();
    await askMixed(stage);
    await workbench.dialog.read();
    await workbench.dialog.escape();
    await askMixed(stage);
    await workbench.dialog.press('Delete 3 Resources');
    await workbench.quickInput.waitFor('Type the number of resources, 3, to go on');
    await workbench.quickInput.cancel();
    // The next question can only come when the last one is settled: nothing is on its way any more.
    await chooseMixed(stage);
    await workbench.dialog.read();
    await workbench.dialog.escape();
    assert.deepEqual(await controls.destructive(), []);
  },

  async 'the plan opens as a document and can be run from there'(stage) {
    const { workbench, resources, controls } = stage;
    await askMixed(stage);
    await workbench.dialog.press('Review Plan');
    await workbench.editors.waitForActive(/^Deletion plan .+\.txt$/);
    const plan = await workbench.editors.text();
    assert.match(plan, /Status: not run; nothing was sent/);
    assert.match(plan, /Resources: 3 will be sent, 1 will be refused/);
    assert.match(plan, /Group: 3 of 3/);
    assert.deepEqual(await controls.destructive(), []);
    await workbench.editors.pressAction('Confirm and Run…');
    assert.equal((await workbench.dialog.read()).title, 'Delete 3 resources?');
    await workbench.dialog.press('Delete 3 Resources');
    await workbench.quickInput.waitFor('Type the number of resources, 3, to go on');
    await workbench.quickInput.type('3');
    await workbench.quickInput.accept();
    await workbench.notifications.waitFor(/^3 deleted/);
    await resources.waitForNoRow([...beijing, 'nightly-report']);
    assert.deepEqual((await controls.destructive()).map(({ region }) => region).sort(), [
      'cn-beijing',
      'cn-hangzhou',
      'cn-shanghai',
    ]);
    await until('the plan says that it is over', async () =>
      (await workbench.editors.text()).includes('Status: can no longer be run'),
    );
    await resources.collapse([volcengine]);
    await resources.collapse(shanghai);
    await resources.collapse(servers);
  },

  async 'a cancel in the middle stops the queue and says what was already sent'(stage) {
    const { workbench, resources, controls } = stage;
    const before = (await controls.destructive()).length;
    await resources.selectRange([...hosts, '机房监控-001'], [...hosts, '门店收银-005']);
    await resources.chooseFromMenu([...hosts, '机房监控-002'], deregister);
    await workbench.dialog.press('Deregister');
    await workbench.quickInput.waitFor('Type the number of resources, 11, to go on');
    await controls.faults({ kind: 'delay', ms: 3000, action: 'DeregisterManagedInstance' });
    await workbench.quickInput.type('11');
    await workbench.quickInput.accept();
    await until('calls are under way', async () => (await controls.destructive()).length > before);
    await workbench.notifications.press('Deregistering', 'Cancel');
    const said = await workbench.notifications.waitFor(/Cancelled\./);
    await controls.faults();
    const sent = (await controls.destructive()).length - before;
    assert.ok(sent < 11, `${sent} were sent`);
    assert.match(said.message, new RegExp(`\\b${11 - sent} not sent`));
    const left = (await controls.names(hangzhouHosts)).filter((name) => /^(机房监控|门店收银)-/.test(name));
    await workbench.notifications.press(said.message, 'Open Result');
    await workbench.editors.waitForActive(/^Result .+\.txt$/);
    const result = await workbench.editors.text();
    assert.equal(result.match(/^\[not sent\]/gm)?.length, 11 - sent);
    assert.ok(left.length >= 11 - sent);
  },

  async 'what failed can be tried again, and only that'(stage) {
    const { workbench, resources, operations, controls } = stage;
    const before = (await controls.destructive()).length;
    await controls.faults({ kind: 'serverError', action: 'DeregisterManagedInstance', skip: 1 });
    await resources.selectRange([...hosts, 'build-runner-001'], [...hosts, 'build-runner-002']);
    await resources.chooseFromMenu([...hosts, 'build-runner-001'], deregister);
    await workbench.dialog.press('Deregister');
    const said = await workbench.notifications.waitFor(/^1 deregistered/);
    // A message has two buttons, the most urgent first; the run's menu has them all.
    assert.deepEqual(said.buttons, ['Check Now', 'Open Result']);
    await controls.faults();
    const run = await runLike(operations, /^1 ✓ 1 \S Deregister 2 managed instances$/);
    await operations.chooseFromMenu([run], 'Retry Failed…');
    assert.match((await workbench.dialog.read()).title, /^Deregister the managed instance "build-runner-00[12]"\?$/);
    await workbench.dialog.press('Deregister');
    await workbench.notifications.waitFor(/^Deregistered: build-runner-00[12]\.$/);
    await resources.waitForNoRow([...hosts, 'build-runner-001']);
    await resources.waitForNoRow([...hosts, 'build-runner-002']);
    assert.ok((await controls.destructive()).length > before + 2);
  },

  async 'a deregistered host has a recipe to come back'({ workbench, operations }) {
    const run = await runLike(operations, /^Deregister build-runner-00[12]$/);
    await operations.expand([run]);
    const target = await until('its target is listed', async () =>
      (await operations.rows()).find(({ label }) => /^build-runner-00[12]$/.test(label)),
    );
    await operations.chooseFromMenu([run, target.label], 'Copy Registration Recipe');
    await workbench.notifications.waitFor('The recipe is on the clipboard.');
    const recipe = await workbench.page.evaluate(() => navigator.clipboard.readText());
    assert.match(recipe, /aliyun-service --register/);
    assert.match(recipe, /'--RegionId=cn-hangzhou'|--RegionId='?cn-hangzhou/);
  },

  async 'a run that a reload interrupts must be checked, and can be'(stage) {
    const { workbench, resources, operations, controls } = stage;
    await controls.faults({ kind: 'hangAfter', action: 'DeregisterManagedInstance' });
    await resources.chooseFromMenu([...hosts, 'edge-gateway-005'], deregister);
    await workbench.dialog.press('Deregister');
    await until(
      'the call has arrived',
      async () => !(await controls.names(hangzhouHosts)).includes('edge-gateway-005'),
    );
    await workbench.reload();
    await controls.faults();
    await workbench.sideBar.open('Cloud Assistant');
    const run = 'Deregister edge-gateway-005';
    await operations.waitForDescription([run], /did not finish.*1 must be checked/);
    await operations.pressAction([run], 'Check Unresolved Results');
    await workbench.notifications.waitFor('Checked: 1 deregistered.');
    await until('its outcome is told', async () =>
      /^deregistered/.test((await operations.row([run, 'edge-gateway-005'])).description),
    );
    const labels = (await operations.rows()).map(({ label }) => label);
    assert.ok(
      labels.some((label) => /^\d.* Release 2 ECS instances · /.test(label)),
      labels.join('\n'),
    );
  },

  async 'the journal can be exported'({ workbench }) {
    await workbench.runCommand('Cloud Assistant: Export Journal…');
    await workbench.quickInput.waitFor('Export the journal');
    await workbench.quickInput.accept();
    await workbench.notifications.waitFor(/^Exported \d+ records\.$/);
    const name = `cloud-assistant-journal-${new Date().toISOString().slice(0, 10)}.jsonl`;
    const text = await readFile(join(workbench.surroundings.server.workspace, name), 'utf8');
    const records = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.ok(records.length > 10);
    assert.doesNotMatch(text, /Signature|AccessKeySecret/i);
  },
};

/** The label of the newest run that is called so. */
function runLike(operations: Stage['operations'], label: RegExp): Promise<string> {
  return until(
    `a run ${label} is listed`,
    async () => (await operations.rows()).find((r) => label.test(r.label))?.label,
  );
}

/** Selects the four and chooses the command. */
async function chooseMixed({ resources }: Stage): Promise<void> {
  await resources.select(...mixed);
  await resources.chooseFromMenu([...beijing, 'nightly-report'], remove);
}

/** The same, and leaves running instances alone. */
async function askMixed(stage: Stage): Promise<void> {
  const { dialog } = stage.workbench;
  await chooseMixed(stage);
  await dialog.press('Leave Out');
}
