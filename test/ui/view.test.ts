import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { activations, alibaba, hangzhou, hosts, openSideBar, servers, type Stage } from './pages/cloudAssistant';
import { hangzhouHosts } from './pages/sandboxControls';
import { rowAt } from './pages/treeRows';
import { step, withWorkbench } from './pages/withWorkbench';

test('the view shows what the user wants to see', async (t) => {
  await withWorkbench({ name: 'view' }, async (workbench) => {
    const stage = await openSideBar(workbench);
    await stage.resources.row([...hosts, 'edge-gateway-001']);
    for (const [name, run] of Object.entries(parts)) await step(t, workbench, { name, run: () => run(stage) });
  });
});

/** The rows right below a row. */
async function below({ resources }: Stage, path: readonly string[]): Promise<string[]> {
  await resources.expand(path);
  const rows = await resources.rows();
  const above = rowAt(rows, path);
  const rest = above === undefined ? [] : rows.slice(rows.indexOf(above) + 1);
  const end = rest.findIndex((row) => row.level <= path.length);
  return (end < 0 ? rest : rest.slice(0, end)).filter((row) => row.level === path.length + 1).map((row) => row.label);
}

function waitForRows(stage: Stage, path: readonly string[], wanted: (labels: readonly string[]) => boolean) {
  return until(`the rows below ${path.join(' > ')} are as wanted`, async () => {
    const labels = await below(stage, path);
    return wanted(labels) ? labels : undefined;
  });
}

/** What stands beside the title of the view. */
function title({ workbench }: Stage): Promise<string> {
  const header = workbench.page.locator('.pane-header[aria-label^="Resources"] .description');
  return header.innerText({ timeout: 2_000 }).catch(() => '');
}

const parts: Record<string, (stage: Stage) => Promise<void>> = {
  async 'rows follow while text is typed, and the filter can be left again'(stage) {
    const { workbench } = stage;
    const { quickInput, sideBar } = workbench;
    await sideBar.pressTitleAction('Resources', 'Filter');
    await quickInput.choose('Text…');
    await quickInput.type('edge-gateway');
    await waitForRows(stage, hosts, (rows) => rows.length > 0 && rows.every((row) => row.startsWith('edge-gateway')));
    await quickInput.cancel();
    await waitForRows(stage, hosts, (rows) => rows.length > 10);
  },

  async 'filters by text, says so, and clears the filter from a row'(stage) {
    const { workbench, resources } = stage;
    const { quickInput, sideBar } = workbench;
    await sideBar.pressTitleAction('Resources', 'Filter');
    await quickInput.choose('Text…');
    await quickInput.type('edge-gateway');
    await quickInput.accept();
    await resources.waitForDescription(hosts, /^2 of 24$/);
    await until('the title says the filter', async () => /“edge-gateway”/.test(await title(stage)));
    await workbench.screenshot(join(workbench.surroundings.evidence, 'filtered.png'));
    await sideBar.pressTitleAction('Resources', 'Filter');
    await quickInput.choose('Text…');
    await quickInput.type('no such thing');
    await quickInput.accept();
    // A list without a match is left out; the row at the top says why.
    await resources.waitForNoRow(hosts);
    await workbench.screenshot(join(workbench.surroundings.evidence, 'no-match.png'));
    await resources.pressAction(['Filter: “no such thing”'], 'Clear Filter');
    await resources.waitForDescription(hosts, '24');
    await resources.row([...hosts, 'edge-gateway-001']);
    assert.equal(await title(stage), '');
  },

  async 'filters by state with the words of the rows'(stage) {
    const { workbench, resources } = stage;
    const { quickInput, sideBar } = workbench;
    await sideBar.pressTitleAction('Resources', 'Filter');
    await quickInput.choose('State…');
    await quickInput.choose('Disconnected');
    await resources.waitForDescription(hosts, /^\d+ of 24$/);
    const rows = (await resources.rows()).filter((row) => row.level === 4);
    assert.ok(rows.length > 0 && rows.every((row) => row.description.endsWith('Disconnected')));
    await workbench.runCommand('Cloud Assistant: Clear Filter');
    await resources.waitForDescription(hosts, '24');
  },

  async 'groups by operating system'(stage) {
    const { workbench, resources } = stage;
    await workbench.runCommand('Cloud Assistant: Group By…');
    await workbench.quickInput.choose('Operating system');
    await waitForRows(stage, hosts, (rows) => rows.join() === 'linux,windows');
    await resources.row([...hosts, 'linux', 'edge-gateway-001']);
    assert.match(await title(stage), /grouped by OS/);
    await workbench.screenshot(join(workbench.surroundings.evidence, 'grouped.png'));
  },

  async 'finds by name in every region and reveals the row in its group'(stage) {
    const { workbench, resources } = stage;
    const { quickInput } = workbench;
    await workbench.runCommand('Cloud Assistant: Find Resource…');
    await quickInput.type('edge-gateway-001');
    await quickInput.accept();
    await quickInput.waitFor(/^Found: 7\. Choose/);
    await workbench.page.keyboard.press('ArrowDown');
    await quickInput.accept();
    await until('the row is selected', async () =>
      (await resources.rows()).some((row) => row.selected && row.label === 'edge-gateway-001'),
    );
    await workbench.runCommand('Cloud Assistant: Group By…');
    await quickInput.choose('None');
    await waitForRows(stage, hosts, (rows) => rows.includes('edge-gateway-001'));
  },

  async 'shows the instances that were registered with an activation'(stage) {
    const { workbench, resources } = stage;
    await resources.expand(activations);
    const used = (await resources.rows()).find(
      (row) => row.level === 4 && /\b5 of.*(Usable|Used up)/.test(row.description),
    );
    const name = used?.label ?? (await below(stage, activations))[0] ?? '';
    await resources.chooseFromMenu([...activations, name], 'Show Registered Instances');
    await until('the title says the activation', async () => /activation:/.test(await title(stage)));
    await resources.waitForDescription(hosts, /^\d+ of 24$/);
    assert.deepEqual(await below(stage, activations), [name]);
    await workbench.screenshot(join(workbench.surroundings.evidence, 'registered.png'));
    await workbench.runCommand('Cloud Assistant: Clear Filter');
    await waitForRows(stage, hosts, (rows) => rows.length === 24);
  },

  async 'a list without permission offers the policy that would grant it'(stage) {
    const { workbench, resources, controls } = stage;
    const list = [alibaba, 'China (Shanghai)', 'Activations'];
    const before = await below(stage, list);
    await controls.faults({ kind: 'deny', action: 'DescribeActivations' });
    await resources.pressAction(list, 'Refresh');
    const [row = '', ...rest] = await waitForRows(stage, list, ([label]) =>
      /^No permission: ecs:DescribeActivations/.test(label ?? ''),
    );
    assert.deepEqual(rest, before);
    await workbench.screenshot(join(workbench.surroundings.evidence, 'denied.png'));
    await resources.pressAction([...list, row], 'Copy Policy Statement');
    await workbench.notifications.waitFor(
      'The policy statement for "ecs:DescribeActivations" is on the clipboard. Give it to whoever manages permissions.',
    );
    await controls.faults();
    await resources.click([...list, row]);
    await resources.waitForNoRow([...list, row]);
    assert.deepEqual(await below(stage, list), before);
  },

  async 'Ctrl+C copies the ID of the selected row, Alt+Enter shows its details'({ workbench, resources, controls }) {
    const { page, editors } = workbench;
    await resources.click([...hosts, 'edge-gateway-001']);
    await page.keyboard.press('ControlOrMeta+C');
    const id = await controls.idOf(hangzhouHosts, 'edge-gateway-001');
    await until(
      'the ID is on the clipboard',
      async () => (await page.evaluate(() => navigator.clipboard.readText())) === id,
    );
    await page.keyboard.press('Alt+Enter');
    await editors.waitForActive('edge-gateway-001');
  },

  async 'a region that is not listed is added by its ID, also where regions may not be listed, and taken away again'(
    stage,
  ) {
    const { workbench, resources, controls } = stage;
    const { quickInput } = workbench;
    await resources.chooseFromMenu([alibaba], 'Add Region…');
    await quickInput.type('Not One');
    await quickInput.accept();
    await quickInput.waitFor('A region ID has small letters');
    await quickInput.type('cn-gov-1');
    await quickInput.accept();
    await resources.row([alibaba, 'cn-gov-1']);
    await controls.faults({ kind: 'deny', action: 'DescribeRegions' });
    await resources.pressAction([alibaba], 'Refresh');
    const [reason = '', ...rest] = await waitForRows(stage, [alibaba], ([label]) =>
      /^No permission: ecs:DescribeRegions$/.test(label ?? ''),
    );
    assert.deepEqual(rest, ['cn-gov-1']);
    await workbench.screenshot(join(workbench.surroundings.evidence, 'regions-denied.png'));
    await controls.faults();
    await resources.click([alibaba, reason]);
    await resources.row([alibaba, 'Singapore']);
    await resources.chooseFromMenu([alibaba], 'Remove Added Regions…');
    await quickInput.chooseMany(['cn-gov-1']);
    await resources.waitForNoRow([alibaba, 'cn-gov-1']);
  },

  async 'hides regions and kinds, and says how many are shown'(stage) {
    const { workbench, resources } = stage;
    const { quickInput } = workbench;
    await resources.chooseFromMenu([alibaba], 'Show Regions…');
    await quickInput.waitFor('Regions of');
    await quickInput.untick(['Singapore', 'US (Silicon Valley)']);
    await resources.waitForDescription([alibaba], /7 of 9 regions/);
    await resources.waitForNoRow([alibaba, 'Singapore']);
    await resources.chooseFromMenu([alibaba], 'Show Kinds of Resources…');
    await quickInput.waitFor('Kinds of resources');
    await quickInput.untick(['ECS Instances']);
    await resources.waitForNoRow(servers);
    const left = ['Managed Instances', 'Activations', 'Commands', 'Public Commands', 'Runs'];
    assert.deepEqual(await below(stage, hangzhou), left);
  },
};
