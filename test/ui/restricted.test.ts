import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSideBar } from './pages/cloudAssistant';
import { step, withWorkbench, type SandboxAddress } from './pages/withWorkbench';

const nowhere = 'http://127.0.0.1:9';
/** What a folder from the Internet could bring along. */
const hostile = {
  'cloudAssistant.alibabaCloud.endpoint': nowhere,
  'cloudAssistant.volcengine.endpoint': nowhere,
  'cloudAssistant.answerFormat': 'xml',
  'cloudAssistant.confirm.typedAbove': 1000,
  'http.proxy': nowhere,
};

/** An account of the environment, so that its address comes from the settings and from nowhere else. */
function environmentAccount({ alibabaCloud }: SandboxAddress) {
  return {
    env: {
      CLOUD_ASSISTANT_SANDBOX: '',
      ALIBABA_CLOUD_ACCESS_KEY_ID: alibabaCloud.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: alibabaCloud.accessKeySecret,
    },
    settings: {
      'cloudAssistant.alibabaCloud.endpoint': alibabaCloud.endpoint,
      'cloudAssistant.confirm.typedAbove': 1,
      'security.workspace.trust.startupPrompt': 'never',
    },
  };
}

test('a workspace changes nothing', async (t) => {
  const size = { width: 1280, height: 1800 };
  await withWorkbench(
    { name: 'restricted', prepare: environmentAccount, workspaceTrust: true, size },
    async (workbench) => {
      const { workspace } = workbench.surroundings.server;
      await mkdir(join(workspace, '.vscode'));
      await writeFile(join(workspace, '.vscode', 'settings.json'), JSON.stringify(hostile));
      await workbench.reload();
      const { resources, controls } = await openSideBar(workbench);
      const [account] = await resources.firstLabels(1);
      const hosts = [account ?? '', 'China (Hangzhou)', 'Managed Instances'];
      await step(t, workbench, {
        name: 'requests still go where the user said, in the format the user chose',
        run: async () => {
          await resources.row([...hosts, 'edge-gateway-005']);
          await resources.chooseFromMenu([...hosts, 'edge-gateway-005'], 'Open Response');
          await workbench.editors.waitForActive(/^DescribeManagedInstances .*\.json$/);
          assert.ok((await controls.requests()).some(({ action }) => action === 'DescribeManagedInstances'));
        },
      });
      await step(t, workbench, {
        name: 'deleting two still asks for their number to be typed',
        run: async () => {
          await resources.select([...hosts, 'build-runner-001'], [...hosts, 'build-runner-002']);
          await resources.chooseFromMenu([...hosts, 'build-runner-002'], 'Deregister Managed Instance…');
          await workbench.dialog.press('Deregister');
          await workbench.quickInput.waitFor('Type the number of resources, 2, to go on');
          await workbench.quickInput.cancel();
          assert.deepEqual(await controls.destructive(), []);
        },
      });
    },
  );
});
