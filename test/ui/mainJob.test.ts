import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { alibaba, hangzhou, hosts, openSideBar, type Stage } from './pages/cloudAssistant';
import { hangzhouHosts } from './pages/sandboxControls';
import { step, withWorkbench } from './pages/withWorkbench';

const deregister = 'Deregister Managed Instance…';
const runOf = (name: string): string => `Deregister ${name}`;
const markup = '<img src=x onerror=alert(1)>';
const markdown = '[click](command:x) **b**';

test('the main job', async (t) => {
  await withWorkbench({ name: 'main-job', size }, async (workbench) => {
    const stage = await openSideBar(workbench);
    for (const [name, run] of Object.entries(parts)) {
      await step(t, workbench, { name, run: () => run(stage) });
    }
  });
});

test('without an account', async (t) => {
  await withWorkbench({ name: 'welcome', sandbox: false }, async (workbench) => {
    const { sideBar, quickInput, notifications } = workbench;
    await sideBar.open('Cloud Assistant');
    const resources = sideBar.tree('Resources');
    await step(t, workbench, {
      name: 'the view says what it is for and how to begin',
      run: async () => {
        assert.match(await sideBar.welcomeText('Resources'), /No account yet\. Try everything without one/);
        assert.match(await sideBar.welcomeText('Operations'), /Everything that was deleted/);
        await sideBar.pressWelcomeButton('Resources', 'Add Account');
        await quickInput.waitFor('Add account');
        await quickInput.cancel();
      },
    });
    await step(t, workbench, {
      name: 'the tour is one click away',
      run: async () => {
        await sideBar.pressWelcomeLink('Resources', 'Take the tour');
        await until('it has six steps', async () => {
          return (await workbench.page.locator('.getting-started-step').count()) === 6;
        });
      },
    });
    await step(t, workbench, {
      name: 'the sandbox starts in place and can be used at once',
      run: async () => {
        await sideBar.pressWelcomeButton('Resources', 'Try the Sandbox');
        await resources.row([...hosts, 'edge-gateway-005']);
        await resources.chooseFromMenu([...hosts, 'edge-gateway-005'], deregister);
        await workbench.dialog.press('Deregister');
        await notifications.waitFor('Deregistered: edge-gateway-005.');
        await resources.waitForNoRow([...hosts, 'edge-gateway-005']);
      },
    });
    await step(t, workbench, {
      name: 'and can be stopped again',
      run: async () => {
        await workbench.runCommand('Cloud Assistant: Stop the Sandbox');
        await until('the welcome comes back', async () =>
          (await sideBar.welcomeText('Resources')).includes('No account yet'),
        );
      },
    });
  });
});

/** High enough to show all rows at once. */
const size = { width: 1280, height: 1800 };

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'account, region and kind lead to the instances'({ resources }) {
    await resources.row([...hosts, 'edge-gateway-005']);
    await resources.waitForDescription(hosts, '24');
    const row = await resources.row([...hosts, 'edge-gateway-005']);
    assert.match(row.description, /^10\.[\d.]+ · Linux · agent 2\.[\d.]+ · Connected$/);
    assert.match(row.spoken, /^managed instance, edge-gateway-005, Connected, 10\.[\d.]+, Linux, agent [\d.]+$/);
    assert.match((await resources.row(hangzhou)).description, /^24\+, \d+\+ disconnected · cn-hangzhou$/);
  },

  async 'the question names instance, account and region and says what will happen'(stage) {
    const { title, detail, buttons } = await ask(stage, 'edge-gateway-005');
    const id = await stage.controls.idOf(hangzhouHosts, 'edge-gateway-005');
    assert.equal(title, 'Deregister the managed instance "edge-gateway-005"?');
    assert.match(detail, /^Account: Alibaba Cloud Sandbox/m);
    assert.match(detail, /^China \(Hangzhou\) \(cn-hangzhou\), Managed Instances: 1$/m);
    const line = detail.split('\n').find((one) => one.startsWith(`• edge-gateway-005 (${id}) – `));
    assert.match(line ?? '', / – 10\.[\d.]+, Connected$/);
    assert.match(detail, /can then no longer send commands or files to this host\. It cannot be undone/);
    assert.match(detail, /Agent stays installed/);
    assert.deepEqual([...buttons].sort(), ['Cancel', 'Deregister', 'Review Plan']);
    await stage.workbench.dialog.escape();
  },

  async 'Escape, Cancel and the cross send nothing'(stage) {
    const { dialog } = stage.workbench;
    for (const turnAway of [() => dialog.escape(), () => dialog.press('Cancel'), () => dialog.close()]) {
      await ask(stage, 'edge-gateway-005');
      await turnAway();
      // The next question can only come when the last one is settled: nothing is on its way any more.
      await ask(stage, 'edge-gateway-005');
      await dialog.escape();
    }
    assert.deepEqual(await stage.controls.destructive(), []);
  },

  async 'confirming shows progress, then the row goes and the answer can be read'(stage) {
    const { workbench, resources, controls } = stage;
    const id = await controls.idOf(hangzhouHosts, 'edge-gateway-005');
    await controls.faults({ kind: 'delay', ms: 1500, action: 'DeregisterManagedInstance' });
    await ask(stage, 'edge-gateway-005');
    await workbench.dialog.press('Deregister');
    const working = await workbench.notifications.waitFor('Deregistering');
    assert.deepEqual([working.progress, working.buttons], [true, ['Cancel']]);
    await resources.waitForDescription([...hosts, 'edge-gateway-005'], /^Deregistering… · .*Connected$/);
    const done = await workbench.notifications.waitFor('Deregistered: edge-gateway-005.');
    assert.deepEqual([done.severity, done.buttons], ['info', ['Open Result', 'Open Response']]);
    await resources.waitForNoRow([...hosts, 'edge-gateway-005']);
    await resources.waitForDescription(hosts, '23');
    await workbench.notifications.press('Deregistered: edge-gateway-005.', 'Open Response');
    await workbench.editors.waitForActive(`DeregisterManagedInstance ${id}.json`);
    const answer = JSON.parse(await workbench.editors.text()) as { Instance: { InstanceId: string } };
    assert.equal(answer.Instance.InstanceId, id);
    await controls.faults();
    assert.deepEqual(
      (await controls.destructive()).map(({ action, params }) => [action, params['InstanceId']]),
      [['DeregisterManagedInstance', id]],
    );
  },

  async 'the Operations view keeps the run and its answer, newest first'({ workbench, operations }) {
    const run = runOf('edge-gateway-005');
    const row = await operations.row([run, 'edge-gateway-005']);
    assert.match(row.description, /^deregistered · mi-/);
    assert.match((await operations.row([run])).description, /^deregistered · /);
    const title = await workbench.editors.activeTitle();
    await workbench.editors.close(title ?? '');
    await operations.click([run, 'edge-gateway-005']);
    await workbench.editors.waitForActive(title ?? '');
    await operations.collapse([run]);
  },

  async 'the palette asks for region and instance and ends in the same question'({
    workbench,
    resources,
    operations,
    controls,
  }) {
    const { quickInput, dialog, notifications } = workbench;
    await resources.click([alibaba]);
    await workbench.runCommand(`Cloud Assistant: ${deregister}`);
    await quickInput.waitFor('Region of "Alibaba Cloud Sandbox"');
    await quickInput.choose('China (Hangzhou)');
    await quickInput.waitFor('Choose what to delete; nothing is sent before you confirm');
    await quickInput.chooseMany(['build-runner-001']);
    assert.match((await dialog.read()).detail, /• build-runner-001 \(mi-/);
    await dialog.press('Deregister');
    await notifications.waitFor('Deregistered: build-runner-001.');
    await resources.waitForNoRow([...hosts, 'build-runner-001']);
    assert.equal((await controls.destructive()).length, 2);
    await until('both runs are listed with their outcome', async () => {
      const listed = (await operations.rows()).filter(({ label }) => label.startsWith('Deregister '));
      return listed.length === 2 && listed.every(({ description }) => description.startsWith('deregistered · '));
    });
    const run = runOf('build-runner-001');
    await operations.row([run, 'build-runner-001']);
    await operations.collapse([run]);
  },

  async 'leaving the palette at any step sends nothing'({ workbench, controls }) {
    const { quickInput } = workbench;
    const before = (await controls.destructive()).length;
    await workbench.runCommand(`Cloud Assistant: ${deregister}`);
    await quickInput.waitFor('Region of "Alibaba Cloud Sandbox"');
    await quickInput.cancel();
    await workbench.runCommand(`Cloud Assistant: ${deregister}`);
    await quickInput.waitFor('Region of "Alibaba Cloud Sandbox"');
    await quickInput.choose('China (Hangzhou)');
    await quickInput.waitFor('Choose what to delete');
    await quickInput.cancel();
    assert.equal(await quickInput.read(), undefined);
    assert.equal(await workbench.dialog.isOpen(), false);
    assert.equal((await controls.destructive()).length, before);
  },

  async 'an instance that is already gone is said to be gone and its row goes'(stage) {
    const { workbench, resources, controls } = stage;
    const before = (await controls.destructive()).length;
    await controls.takeAway(hangzhouHosts, 'build-runner-002');
    const { title, detail } = await ask(stage, 'build-runner-002');
    assert.equal(title, 'It is already gone. There is nothing to do.');
    assert.match(detail, /• build-runner-002 \(mi-\w+\): It no longer exists\./);
    await workbench.dialog.escape();
    await resources.waitForNoRow([...hosts, 'build-runner-002']);
    assert.equal((await controls.destructive()).length, before);
  },

  async 'so is one that goes while the question is open'(stage) {
    const { workbench, resources, controls } = stage;
    await ask(stage, 'build-runner-003');
    await controls.takeAway(hangzhouHosts, 'build-runner-003');
    await workbench.dialog.press('Deregister');
    await workbench.notifications.waitFor('"build-runner-003" was already gone; nothing was changed.');
    await resources.waitForNoRow([...hosts, 'build-runner-003']);
  },

  async 'InvalidInstance.NotFound means the same'(stage) {
    const { workbench, controls } = stage;
    const id = await controls.idOf(hangzhouHosts, 'build-runner-004');
    const lost = { kind: 'refuse', code: 'InvalidInstance.NotFound', action: 'DeregisterManagedInstance', count: 1 };
    await controls.faults(lost);
    await ask(stage, 'build-runner-004');
    await workbench.dialog.press('Deregister');
    const said = '"build-runner-004" was already gone; nothing was changed.';
    await workbench.notifications.press(await waitFor(stage, said), 'Open Response');
    await workbench.editors.waitForActive(`DeregisterManagedInstance ${id}.json`);
    assert.match(await workbench.editors.text(), /"InvalidInstance\.NotFound"/);
    await controls.faults();
  },

  async 'an answer that never comes is read back before anything is said'(stage) {
    const { workbench, resources, controls } = stage;
    await controls.faults({ kind: 'resetAfter', action: 'DeregisterManagedInstance', count: 1 });
    await ask(stage, 'build-runner-005');
    await workbench.dialog.press('Deregister');
    await waitFor(
      stage,
      'Deregistered: build-runner-005. The answer was lost; reading afterwards shows that it is gone.',
    );
    await resources.waitForNoRow([...hosts, 'build-runner-005']);
    await controls.faults();
  },

  async 'several at once are one question and one run'(stage) {
    const { workbench, resources, controls } = stage;
    const before = (await controls.destructive()).length;
    await resources.selectRange([...hosts, 'warehouse-scanner-001'], [...hosts, 'warehouse-scanner-003']);
    const { title, detail } = await ask(stage, 'warehouse-scanner-002');
    assert.equal(title, 'Deregister 3 managed instances?');
    for (const number of [1, 2, 3]) assert.ok(detail.includes(`warehouse-scanner-00${number}`), detail);
    await workbench.dialog.press('Deregister');
    await waitFor(stage, '3 deregistered (warehouse-scanner-001, warehouse-scanner-002, warehouse-scanner-003).');
    await resources.waitForNoRow([...hosts, 'warehouse-scanner-003']);
    assert.equal((await controls.destructive()).length, before + 3);
  },

  async 'a clicked row outside the selection is meant alone'(stage) {
    const { workbench, resources } = stage;
    await resources.select([...hosts, '机房监控-002'], [...hosts, '机房监控-003']);
    const { title, detail } = await ask(stage, '机房监控-001');
    assert.equal(title, 'Deregister the managed instance "机房监控-001"?');
    assert.match(detail, /• 机房监控-001 \(mi-/);
    assert.doesNotMatch(detail, /机房监控-00[23]/);
    await workbench.dialog.escape();
  },

  async 'names are shown as they are, in rows, tooltips, questions and plans'(stage) {
    const { workbench, resources, controls } = stage;
    await controls.edit(hangzhouHosts, 'edge-gateway-001', { InstanceName: '' });
    await resources.pressAction(hosts, 'Refresh');
    await resources.row([...hosts, markup]);
    for (const name of [markup, markdown]) {
      const tooltip = await resources.tooltip([...hosts, name]);
      assert.ok(tooltip.startsWith(`${name}\n`), tooltip);
    }
    await resources.select([...hosts, markup], [...hosts, markdown]);
    const { detail } = await ask(stage, markdown);
    for (const name of [markup, markdown]) assert.ok(detail.includes(name), detail);
    await workbench.dialog.press('Review Plan');
    await workbench.editors.waitForActive(/^Deletion plan .+\.txt$/);
    const plan = await workbench.editors.text();
    for (const name of [markup, markdown]) assert.ok(plan.includes(`[will be sent] ${name} (mi-`), plan);
  },

  async 'the details show every field, exactly, and can be copied'({ workbench, resources, controls }) {
    const { editors, page } = workbench;
    await resources.click([...hosts, markup]);
    await resources.chooseFromMenu([...hosts, markup], 'Show Details');
    await editors.waitForActive(markup);
    const view = editors.webview();
    await view.locator('h1').filter({ hasText: markup }).waitFor();
    assert.equal(await view.locator('img').count(), 0);
    await view.getByRole('checkbox', { name: /^Show empty values/ }).check();
    const record = (await controls.records(hangzhouHosts)).find((one) => one['Hostname'] === markup);
    const labels = await view.locator('dt').evaluateAll((terms) => terms.map((term) => term.getAttribute('title')));
    assert.deepEqual(
      Object.keys(record ?? {}).filter((field) => !labels.includes(field)),
      [],
    );
    await view.getByRole('button', { name: 'Copy Host name' }).click();
    await view.getByRole('status').getByText('Copied.').waitFor();
    const again = view.locator('#said').evaluate((said) => {
      return new Promise((resolve) =>
        new MutationObserver(() => resolve(said.textContent)).observe(said, { childList: true }),
      );
    });
    await view.getByRole('button', { name: 'Copy Host name' }).click();
    assert.equal(await again, '', 'the same words are said anew');
    await view.getByRole('status').getByText('Copied.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), markup);
    const time = view.locator('.value[title^="As sent by the cloud: 20"]').first();
    assert.match(await time.innerText(), /^[A-Z][a-z]{2} \d{1,2}, \d{4}, /);
  },

  async 'the details are in sections, without empty values, and can be filtered'({ workbench }) {
    const view = workbench.editors.webview();
    const labels = () => view.locator('dt').allInnerTexts();
    const headings = await view.locator('h2').allInnerTexts();
    assert.deepEqual(headings.slice(0, 2), ['Identity', 'State and Protection']);
    await view.getByRole('checkbox', { name: /^Show empty values/ }).uncheck();
    assert.equal(await view.locator('.value.missing').count(), 0);
    await view.getByRole('searchbox').fill('host name');
    await view.getByText('Fields shown: 1').waitFor();
    assert.deepEqual(await labels(), ['Host name']);
    await view.getByRole('searchbox').fill('');
    assert.ok((await labels()).length > 5);
  },

  async 'the details can be used with the keyboard alone'({ workbench }) {
    const view = workbench.editors.webview();
    const buttons = view.locator('button, input');
    const count = await buttons.count();
    await buttons.first().focus();
    const reached: (string | undefined)[] = [];
    for (let index = 0; index < count; index++) {
      reached.push(await view.locator(':focus').evaluate((element: HTMLElement) => element.dataset['focus']));
      await workbench.page.keyboard.press('Tab');
    }
    const all = await buttons.evaluateAll((list: HTMLElement[]) => list.map((one) => one.dataset['focus']));
    assert.deepEqual(reached, all);
    await view.getByRole('button', { name: 'Open Response' }).focus();
    await workbench.page.keyboard.press('Enter');
    await workbench.editors.waitForActive(/^DescribeManagedInstances .*\.json$/);
    assert.ok((await workbench.editors.text()).includes('"Hostname": "<img src=x onerror=alert(1)>"'));
  },

  async 'the details can deregister'(stage) {
    const { workbench, resources } = stage;
    await workbench.editors.activate(markup);
    const view = workbench.editors.webview();
    await view.getByRole('button', { name: 'Deregister…' }).focus();
    await workbench.page.keyboard.press('Enter');
    assert.ok((await workbench.dialog.read()).detail.includes(`• ${markup} (mi-`));
    await workbench.dialog.press('Deregister');
    await waitFor(stage, `Deregistered: ${markup}.`);
    await view.getByText('It no longer exists. This is what was last known of it.').waitFor();
    await resources.waitForNoRow([...hosts, markup]);
    const refused = workbench.surroundings.consoleErrors.filter(
      (line) => /Content Security Policy/i.test(line) && /webview\.js|details\.css|codicon|cloud-assistant/.test(line),
    );
    assert.deepEqual(refused, []);
  },

  async 'a region without managed instances says so quietly'({ resources }) {
    const kind = [alibaba, 'Germany (Frankfurt)', 'Managed Instances'];
    await resources.row([...kind, 'Not offered in this region']);
    await resources.waitForDescription(kind, 'not offered in this region');
    await resources.collapse([alibaba, 'Germany (Frankfurt)']);
  },

  async 'a list that cannot be read says why in its place and can be retried'(stage) {
    for (const trouble of troubles) await fails(stage, trouble);
    assert.deepEqual(
      (await stage.workbench.notifications.list()).filter(({ severity }) => severity === 'error'),
      [],
    );
  },
};

interface Trouble {
  readonly fault: string;
  readonly region: string;
  readonly label: RegExp;
  readonly description: RegExp;
}

const troubles: readonly Trouble[] = [
  {
    fault: 'serverError',
    region: 'China (Beijing)',
    label: /^An error occurred when you dispatched the request/,
    description: /^InternalError\.Dispatch · The cloud could not pass the request on/,
  },
  {
    fault: 'resetBefore',
    region: 'China (Shanghai)',
    label: /^The connection to .* broke before the answer came/,
    description: /^Check the network connection/,
  },
  {
    fault: 'captivePortal',
    region: 'China (Shenzhen)',
    label: /a web page arrived \(HTTP 200\): "Network sign-in"/,
    description: /sign-in page of the network/,
  },
  {
    fault: 'truncate',
    region: 'Singapore',
    label: /is cut off or is neither JSON nor XML/,
    description: /answered instead of the cloud/,
  },
];

async function fails({ resources, controls }: Stage, { fault, region, label, description }: Trouble): Promise<void> {
  const kind = [alibaba, region, 'Managed Instances'];
  await controls.faults({ kind: fault, action: 'DescribeManagedInstances' });
  await resources.expand(kind);
  await resources.waitForDescription(kind, 'could not be read');
  const rows = await resources.rows();
  const message = rows[rows.findIndex((row) => row.level === 2 && row.label === region) + 2];
  assert.match(message?.label ?? '', label);
  assert.match(message?.description ?? '', description);
  await controls.faults();
  await resources.pressAction([...kind, message?.label ?? ''], 'Retry');
  await resources.waitForDescription(kind, /^\d+$/);
  await resources.collapse([alibaba, region]);
}

/** Chooses the command in the menu of a host, and waits for the question. */
async function ask({ workbench, resources }: Stage, name: string) {
  await resources.chooseFromMenu([...hosts, name], deregister);
  return workbench.dialog.read();
}

async function waitFor({ workbench }: Stage, message: string): Promise<string> {
  await workbench.notifications.waitFor(message);
  return message;
}
