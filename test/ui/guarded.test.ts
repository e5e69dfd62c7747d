import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { SandboxControls } from './pages/sandboxControls';
import { step, withWorkbench, type SandboxAddress } from './pages/withWorkbench';
import type { Workbench } from './pages/workbench';

const region = 'China (Hangzhou)';
const deregister = 'Deregister Managed Instance…';
let address: SandboxAddress | undefined;

/** The sandbox stands in for the real cloud, and one of its keys is in the environment. */
function ownEndpoint(sandbox: SandboxAddress) {
  address = sandbox;
  const { endpoint, accessKeyId, accessKeySecret } = sandbox.alibabaCloud;
  return {
    env: {
      CLOUD_ASSISTANT_SANDBOX: '',
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    },
    settings: { 'cloudAssistant.alibabaCloud.endpoint': endpoint },
  };
}

test('accounts that are guarded', async (t) => {
  const size = { width: 1280, height: 1800 };
  await withWorkbench({ name: 'guarded', prepare: ownEndpoint, size }, async (workbench) => {
    const { sideBar, quickInput, dialog } = workbench;
    const resources = sideBar.tree('Resources');
    const controls = new SandboxControls(workbench.surroundings.sandbox);
    // A name of which nothing can be seen.
    await writeProfiles(workbench.surroundings.server.home, 'prod', '\u3164\u2800');
    await sideBar.open('Cloud Assistant');

    await step(t, workbench, {
      name: 'the mark of an account guards the same key found in the environment, and says why',
      run: async () => {
        await resources.waitForDescription(['Environment'], /environment variables/);
        await changeLevel(workbench, 'prod', 'read-only');
        await resources.waitForDescription(['prod'], /read-only/);
        await resources.waitForDescription(['Environment'], /read-only like "prod"/);
        assert.match(await resources.tooltip(['Environment']), /"prod" \(.*\) with the same key is marked read-only\./);
        const menu = await resources.openMenu(['Environment', region, 'Managed Instances', 'edge-gateway-005']);
        const items = await menu.items();
        assert.deepEqual(
          items.filter((item) => /Deregister/.test(item)),
          [],
        );
        await menu.close();
      },
    });

    await step(t, workbench, {
      name: 'a profile without a name is typed by the one it is shown with',
      run: async () => {
        await changeLevel(workbench, 'prod', 'normal');
        await changeLevel(workbench, 'unnamed', 'production');
        await resources.waitForDescription(['Environment'], /production like "unnamed"/);
        await resources.chooseFromMenu(['unnamed', region, 'Managed Instances', 'build-runner-003'], deregister);
        assert.match((await dialog.read()).detail, /Account: unnamed/);
        await dialog.press('Deregister');
        await quickInput.waitFor('"unnamed" is a production account. Type its name to go on.');
        // An empty answer is none.
        await quickInput.accept();
        await quickInput.waitFor('"unnamed" is a production account. Type its name to go on.');
        assert.deepEqual(await controls.destructive(), []);
        await quickInput.type('unnamed');
        await quickInput.accept();
        await workbench.notifications.waitFor('Deregistered: build-runner-003.');
        assert.equal((await controls.destructive()).length, 1);
      },
    });
  });
});

/** Profiles of the Alibaba Cloud CLI, all with the one key. */
async function writeProfiles(home: string, ...names: readonly string[]): Promise<void> {
  assert.ok(address);
  const { accessKeyId: access_key_id, accessKeySecret: access_key_secret } = address.alibabaCloud;
  const profiles = names.map((name) => ({ name, mode: 'AK', access_key_id, access_key_secret }));
  await mkdir(join(home, '.aliyun'), { recursive: true });
  await writeFile(join(home, '.aliyun', 'config.json'), JSON.stringify({ profiles }));
}

async function changeLevel({ sideBar, quickInput }: Workbench, account: string, level: string): Promise<void> {
  await sideBar.tree('Resources').chooseFromMenu([account], 'Change Protection of Account…');
  await quickInput.waitFor('How much the account is guarded');
  await quickInput.choose(level);
}
