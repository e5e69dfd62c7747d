import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { SandboxControls } from './pages/sandboxControls';
import { step, withWorkbench, type SandboxAddress } from './pages/withWorkbench';
import type { Workbench } from './pages/workbench';

const name = 'Head Office';
const wrongSecret = 'thisSecretIsWrong0123456789abcd';
const hosts = [name, 'China (Hangzhou)', 'Managed Instances'];
let address: SandboxAddress | undefined;

/** No sandbox account: the sandbox stands in for the real cloud, by the setting for its address. */
function ownEndpoint(sandbox: SandboxAddress) {
  address = sandbox;
  return {
    env: { CLOUD_ASSISTANT_SANDBOX: '' },
    settings: { 'cloudAssistant.alibabaCloud.endpoint': sandbox.alibabaCloud.endpoint },
  };
}

test('accounts added by hand', async (t) => {
  const size = { width: 1280, height: 1800 };
  await withWorkbench({ name: 'accounts', prepare: ownEndpoint, keepsSecrets: true, size }, async (workbench) => {
    assert.ok(address);
    const keys = address.alibabaCloud;
    const { sideBar, quickInput, dialog, notifications } = workbench;
    await sideBar.open('Cloud Assistant');
    const resources = sideBar.tree('Resources');
    const controls = new SandboxControls(workbench.surroundings.sandbox);

    await step(t, workbench, {
      name: 'a wrong secret is refused in words and not kept',
      run: async () => {
        await sideBar.pressWelcomeButton('Resources', 'Add Account');
        await enter(workbench, { keyId: keys.accessKeyId, secret: wrongSecret });
        const { title, detail, buttons } = await dialog.read();
        assert.equal(title, 'The cloud did not accept the keys. They were not kept.');
        assert.match(detail, /SignatureDoesNotMatch/);
        assert.ok(!detail.includes(wrongSecret));
        assert.deepEqual([...buttons].sort(), ['Cancel', 'Change Keys', 'Try Again']);
        await dialog.press('Cancel');
        assert.match(await sideBar.welcomeText('Resources'), /No account yet/);
      },
    });

    await step(t, workbench, {
      name: 'the right ones are checked with a call and kept',
      run: async () => {
        await workbench.runCommand('Cloud Assistant: Add Account…');
        await enter(workbench, { keyId: keys.accessKeyId, secret: keys.accessKeySecret });
        await notifications.waitFor(`The account "${name}" was added. Its keys belong to account 1000000000000001`);
        await resources.row([...hosts, 'edge-gateway-005']);
      },
    });

    await step(t, workbench, {
      name: 'the account is still there after a reload',
      run: async () => {
        await workbench.reload();
        await sideBar.open('Cloud Assistant');
        await resources.row([...hosts, 'edge-gateway-005']);
      },
    });

    await step(t, workbench, {
      name: 'a production account asks for its name before anything is deleted',
      run: async () => {
        await changeLevel(workbench, 'production');
        await resources.waitForDescription([name], /production/);
        await resources.chooseFromMenu([...hosts, 'edge-gateway-005'], 'Deregister Managed Instance…');
        assert.match((await dialog.read()).detail, /Account: Head Office .*production/);
        await dialog.press('Deregister');
        await quickInput.waitFor('"Head Office" is a production account. Type its name to go on.');
        await quickInput.cancel();
        assert.deepEqual(await controls.destructive(), []);
      },
    });

    await step(t, workbench, {
      name: 'a read-only account offers nothing that deletes',
      run: async () => {
        await changeLevel(workbench, 'read-only');
        await resources.waitForDescription([name], /read-only/);
        const menu = await resources.openMenu([...hosts, 'edge-gateway-005']);
        assert.deepEqual(
          (await menu.items()).filter((item) => /Deregister|Deletion/.test(item)),
          [],
        );
        await menu.close();
      },
    });

    await step(t, workbench, {
      name: 'secrets are in no log, no tab and no file',
      run: async () => {
        // What went well and changed nothing is not in the log at its usual level; what failed is.
        await controls.faults({ kind: 'deny', action: 'DescribeManagedInstances' });
        await resources.pressAction([...hosts], 'Refresh');
        const log = await workbench.output.waitFor('Cloud Assistant', /DescribeManagedInstances/);
        await controls.faults();
        const secrets = [keys.accessKeySecret, wrongSecret];
        for (const secret of secrets) assert.ok(!log.includes(secret));
        const { server } = workbench.surroundings;
        assert.deepEqual(await filesWith(server.workspace, secrets), []);
        assert.deepEqual(await filesWith(server.home, secrets), []);
        assert.deepEqual(await filesWith(server.data, secrets), []);
      },
    });

    await step(t, workbench, {
      name: 'a removed account is gone',
      run: async () => {
        await resources.chooseFromMenu([name], 'Remove Account…');
        assert.match((await dialog.read()).detail, /Nothing in the cloud changes/);
        await dialog.press('Remove Account');
        assert.match(await sideBar.welcomeText('Resources'), /No account yet/);
        await workbench.reload();
        await sideBar.open('Cloud Assistant');
        assert.match(await sideBar.welcomeText('Resources'), /No account yet/);
      },
    });
  });
});

/** Goes through the steps of adding an account. */
async function enter(
  { quickInput, page }: Workbench,
  { keyId, secret }: { keyId: string; secret: string },
): Promise<void> {
  await quickInput.waitFor('Cloud');
  await quickInput.choose('Alibaba Cloud');
  await quickInput.waitFor('What to call the account');
  await quickInput.type(name);
  await quickInput.accept();
  await quickInput.waitFor('Access key ID');
  await quickInput.type(keyId);
  await quickInput.accept();
  await quickInput.waitFor('Access key secret');
  assert.equal(
    await page.locator('.quick-input-widget:visible .quick-input-filter input').getAttribute('type'),
    'password',
  );
  await quickInput.type(secret);
  await quickInput.accept();
  await quickInput.waitFor('STS security token');
  await quickInput.accept();
  await quickInput.waitFor('How much the account is guarded');
  await quickInput.choose('normal');
}

async function changeLevel({ sideBar, quickInput }: Workbench, level: string): Promise<void> {
  await sideBar.tree('Resources').chooseFromMenu([name], 'Change Protection of Account…');
  await quickInput.waitFor('How much the account is guarded');
  await quickInput.choose(level);
}

/** The files below a directory that hold one of the texts. */
async function filesWith(directory: string, texts: readonly string[]): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const held = await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file, 'latin1').catch(() => '');
      return texts.some((text) => content.includes(text)) ? [file] : [];
    }),
  );
  return held.flat();
}
