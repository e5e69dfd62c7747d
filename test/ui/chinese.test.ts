import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SandboxControls, hangzhouHosts } from './pages/sandboxControls';
import { step, withWorkbench } from './pages/withWorkbench';

const hosts = ['阿里云沙箱', '华东1（杭州）', '托管实例'];

test('the main job in Chinese', async (t) => {
  await withWorkbench({ name: 'chinese', locale: 'zh-cn', size: { width: 1280, height: 1800 } }, async (workbench) => {
    const { sideBar, dialog, notifications, editors, surroundings } = workbench;
    const controls = new SandboxControls(surroundings.sandbox);
    await sideBar.open('云助手');
    const resources = sideBar.tree('资源');
    await step(t, workbench, {
      name: 'the tree',
      run: async () => {
        const row = await resources.row([...hosts, 'edge-gateway-005']);
        onlyChinese(row.spoken, ['edge-gateway-005', 'Linux', 'agent']);
        assert.match(row.description, / · 已连接$/);
        for (const { label, description, level } of await resources.rows())
          if (level < 4) onlyChinese(`${label} ${description}`, []);
      },
    });
    await step(t, workbench, {
      name: 'the menu',
      run: async () => {
        const menu = await resources.openMenu([...hosts, 'edge-gateway-005']);
        onlyChinese((await menu.items()).join('\n'), []);
        await menu.close();
      },
    });
    await step(t, workbench, {
      name: 'the question, the outcome and the answer',
      run: async () => {
        const id = await controls.idOf(hangzhouHosts, 'edge-gateway-005');
        await resources.chooseFromMenu([...hosts, 'edge-gateway-005'], '注销托管实例…');
        const { title, detail, buttons } = await dialog.read();
        // VS Code adds this one in its own language.
        const ours = buttons.filter((button) => button !== 'Cancel');
        assert.equal(title, '要注销托管实例“edge-gateway-005”吗？');
        onlyChinese(`${title}\n${detail}\n${ours.join('\n')}`, ['edge-gateway-005', id]);
        await dialog.press('注销');
        const done = await notifications.waitFor('已注销：edge-gateway-005。');
        onlyChinese(`${done.message}\n${done.buttons.join('\n')}`, ['edge-gateway-005']);
        await resources.waitForNoRow([...hosts, 'edge-gateway-005']);
        await notifications.press(done.message, '打开结果');
        await editors.waitForActive(/结果/);
        onlyChinese(await editors.text(), ['edge-gateway-005', id, 'DeregisterManagedInstance']);
        for (const row of await sideBar.tree('操作记录').rows())
          onlyChinese(`${row.label} ${row.description}`, ['edge-gateway-005']);
      },
    });
    await step(t, workbench, {
      name: 'the details',
      run: async () => {
        await resources.click([...hosts, '机房监控-001']);
        await resources.chooseFromMenu([...hosts, '机房监控-001'], '查看详情');
        const view = editors.webview();
        await view.locator('h1').filter({ hasText: '机房监控-001' }).waitFor();
        onlyChinese((await view.locator('dt').allInnerTexts()).join('\n'), []);
        onlyChinese(await view.locator('.actions').innerText(), []);
        await view.getByRole('button', { name: '复制 ID' }).click();
        await view.getByRole('status').getByText('已复制。').waitFor();
      },
    });
  });
});

/** Ids, addresses and the clouds' own terms stay as they are in Chinese texts too. */
const terms = [
  /\b[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\b/gi,
  /\b[0-9a-f]{64}\b/g,
  /\bacs:ram::\d+:\S+/g,
  /\b(cn|ap|us|eu)-[a-z]+(-\d)?\b/g,
  /\b(Linux|Windows|Agent|ECS|ID|IP|UTC|JSON|Cloud Assistant)\b/g,
];

function onlyChinese(text: string, names: readonly string[]): void {
  const ours = terms.reduce(
    (rest, term) => rest.replace(term, ''),
    names.reduce((rest, name) => rest.replaceAll(name, ''), text),
  );
  assert.equal(/[A-Za-z]{2,}.*/.exec(ours)?.[0], undefined, text);
}
