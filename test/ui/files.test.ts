import { appendFile, cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from '../workbench/paths';
import { until } from '../workbench/until';
import { step, withWorkbench } from './pages/withWorkbench';

const profile = (name: string): string =>
  JSON.stringify({
    profiles: [{ name, mode: 'AK', access_key_id: 'LTAI-example', access_key_secret: 'example-secret' }],
  });

test('files that others write, move and damage', async (t) => {
  // The accounts are nobody's, and nothing is to leave this machine.
  const settings = { 'cloudAssistant.alibabaCloud.endpoint': 'http://127.0.0.1:9' };
  const options = { name: 'files', sandbox: false, settings, size: { width: 1280, height: 800 } };
  await withWorkbench(options, async (workbench) => {
    const { sideBar } = workbench;
    const { home, data } = workbench.surroundings.server;
    const folder = join(home, '.aliyun');
    const resources = sideBar.tree('Resources');
    const written = async (name: string): Promise<void> => {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'config.json'), profile(name));
    };

    await step(t, workbench, {
      name: 'accounts come, go and come back with their folder',
      run: async () => {
        await sideBar.open('Cloud Assistant');
        await written('first');
        await resources.row(['first']);
        await rename(folder, `${folder}.bak`);
        await written('second');
        await resources.row(['second']);
        await rm(folder, { recursive: true });
        await symlink(`${folder}.bak`, folder);
        await resources.row(['first']);
      },
    });

    await step(t, workbench, {
      name: 'a damaged journal costs the damaged lines only',
      run: async () => {
        const journal = join(
          data,
          'data',
          'User',
          'globalStorage',
          'cloud-assistant-explorer.cloud-assistant-explorer',
          'journal',
        );
        await cp(join(repository, 'test', 'fixtures', 'journal'), journal, { recursive: true });
        const damaged = [
          '{"type":"opened","hash":"x","seq":9}',
          'damaged',
          '{"targets":[null],"type":"before","seq":9,"hash":"x"}',
        ];
        await appendFile(join(journal, '2026-01-02T03-30-00-000Z-b.jsonl'), `${damaged.join('\n')}\n`);
        await workbench.reload();
        await sideBar.open('Cloud Assistant');
        const operations = sideBar.tree('Operations');
        await operations.row(['A line of the journal was changed']);
        await operations.row(['A line of the journal cannot be read']);
        // Its outcome stands before its name.
        const run = await until('the run is listed', async () =>
          (await operations.rows()).find(({ label }) => label.endsWith('Deregister 3 managed instances')),
        );
        await operations.row([run.label, 'mi-2']);
      },
    });
  });
});
