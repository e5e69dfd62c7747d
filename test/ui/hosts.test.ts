import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../workbench/until';
import { openSideBar, type Stage } from './pages/cloudAssistant';
import type { Tree } from './pages/tree';
import { step, withWorkbench } from './pages/withWorkbench';

test('the flat list of hosts', async (t) => {
  await withWorkbench({ name: 'hosts', size: { width: 1280, height: 1400 } }, async (workbench) => {
    const stage = await openSideBar(workbench);
    await stage.resources.firstLabels(2);
    for (const [name, run] of Object.entries(parts))
      await step(t, workbench, { name, run: () => run({ ...stage, hosts: workbench.sideBar.tree('Hosts') }) });
  });
});

interface HostsStage extends Stage {
  readonly hosts: Tree;
}

function picture({ workbench }: Stage, name: string): Promise<unknown> {
  return workbench.screenshot(join(workbench.surroundings.evidence, `${name}.png`));
}

/** What stands beside the title of the view. */
function title({ workbench }: Stage): Promise<string> {
  const header = workbench.page.locator('.pane-header[aria-label^="Hosts"] .description');
  return header.innerText({ timeout: 2_000 }).catch(() => '');
}

async function states(hosts: Tree): Promise<string[]> {
  return (await hosts.rows()).map(({ description }) => description.split(' · ').at(-1) ?? '');
}

const parts: Record<string, (stage: HostsStage) => Promise<void>> = {
  async 'is empty until it is asked to read, and calls nobody'(stage) {
    const { workbench, hosts } = stage;
    await workbench.sideBar.unfold('Hosts');
    await hosts.firstLabels(1);
    const [row] = await hosts.rows();
    assert.match(row?.label ?? '', /^Not read yet/);
    await picture(stage, 'unread');
  },

  async 'reads all regions of all accounts into one list, and counts them'(stage) {
    const { hosts, resources } = stage;
    await hosts.click(['Not read yet']);
    await until('all is read', async () => /^\d[\d,]*, \d+ \w+/.test(await title(stage)));
    const rows = await until('all rows are drawn', async () => {
      const drawn = await hosts.rows();
      return drawn.length > 100 && drawn;
    });
    assert.ok(rows.some(({ description }) => description.includes('China (Hangzhou)')));
    await resources.row(['Alibaba Cloud Sandbox']);
    await picture(stage, 'all');
  },

  async 'filters by several values of a facet at once, over everything'(stage) {
    const { workbench, hosts } = stage;
    const { quickInput, sideBar } = workbench;
    await sideBar.pressTitleAction('Hosts', 'Filter Hosts');
    await quickInput.choose('State…');
    await quickInput.chooseMany(['Disconnected', 'Stopped']);
    await until('the title counts', async () => /^\d+ of [\d,]+$/.test(await title(stage)));
    await until('no other state is left', async () => {
      const found = new Set((await states(hosts)).slice(1).filter((state) => state !== ''));
      return [...found].sort().join() === 'Disconnected,Stopped';
    });
    await picture(stage, 'filtered');
  },

  async 'rows of several regions go into one plan'(stage) {
    const { workbench, hosts } = stage;
    const rows = (await hosts.rows()).filter(({ description }) => description.endsWith('Disconnected'));
    const [one, ...others] = rows;
    const regionOf = (description = ''): string => description.split(' · ')[1] ?? '';
    const other = others.find(
      (row) =>
        regionOf(row.description) !== regionOf(one?.description) &&
        row.label !== one?.label &&
        rows.filter(({ label }) => label === row.label).length === 1,
    );
    assert.ok(one !== undefined && other !== undefined);
    await hosts.select([one.label], [other.label]);
    await until('the title counts what is selected', async () => (await title(stage)).startsWith('2 selected'));
    await hosts.chooseFromMenu([other.label], 'More Actions', 'Review Deletion Plan…');
    const text = await until('the plan is open', async () => {
      const shown = await workbench.editors.text();
      return shown.includes(other.label) && shown;
    });
    assert.ok(text.includes(one.label));
    await picture(stage, 'plan');
  },

  async 'is narrow, and after a reload it is filtered as before and calls nobody'(stage) {
    const { workbench, hosts } = stage;
    await workbench.reload();
    await workbench.sideBar.open('Cloud Assistant');
    await until('the filter is on', async () =>
      (await hosts.rows()).some(({ label }) => label.startsWith('Filter: state')),
    );
    await picture(stage, 'reloaded');
    await workbench.runCommand('Cloud Assistant: Show All Hosts');
    await until('the filter is off', async () =>
      (await hosts.rows()).every(({ label }) => !label.startsWith('Filter')),
    );
  },
};
