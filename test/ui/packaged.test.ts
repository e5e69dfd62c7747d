import { join } from 'node:path';
import { test } from 'node:test';
import { runNpm } from '../workbench/npm';
import { repository } from '../workbench/paths';
import { hosts } from './pages/cloudAssistant';
import { withWorkbench } from './pages/withWorkbench';

test('the package installs and runs', async () => {
  await runNpm(['run', '--silent', 'package'], repository);
  const extension = { vsix: join(repository, 'cloud-assistant-explorer.vsix') };
  await withWorkbench({ name: 'packaged', extension, sandbox: false }, async (workbench) => {
    await workbench.sideBar.open('Cloud Assistant');
    await workbench.sideBar.pressWelcomeButton('Resources', 'Try the Sandbox');
    const resources = workbench.sideBar.tree('Resources');
    await resources.row([...hosts, 'edge-gateway-005']);
    await resources.chooseFromMenu([...hosts, 'edge-gateway-005'], 'Show Details');
    await workbench.editors.webview().locator('h1').filter({ hasText: 'edge-gateway-005' }).waitFor();
    await resources.chooseFromMenu([...hosts, 'edge-gateway-005'], 'Deregister Managed Instance…');
    await workbench.dialog.press('Deregister');
    await workbench.notifications.press(
      (await workbench.notifications.waitFor('Deregistered: edge-gateway-005.')).message,
      'Open Response',
    );
    await workbench.editors.waitForActive(/^DeregisterManagedInstance mi-.*\.json$/);
  });
});
