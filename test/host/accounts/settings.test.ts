import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../workbench/until';
import { callCommand } from '../support/commands';
import { sandbox } from '../support/sandbox';

const alibaba = 'cloudAssistant.alibabaCloud.endpoint';
const host = {
  provider: 'alibabaCloud',
  accountId: 'env:alibabaCloud',
  region: 'cn-hangzhou',
  kind: 'managedInstance',
};

describe('the endpoint of a cloud', () => {
  const given = vscode.workspace.getConfiguration().get<string>(alibaba);
  beforeEach(() => sandbox.reset());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => set(alibaba, given));

  it('is where requests go', async () => {
    const text = await planOf(await anyHost());
    assert.ok(
      (await sandbox.requests()).some(({ action }) => action === 'DescribeManagedInstances'),
      text,
    );
  });

  const clear = 'The endpoint "{0}" would send requests in clear text. Use https; http is for this computer only.';
  const noAddress = 'The endpoint "{0}" is not an address like https://ecs.cn-hangzhou.aliyuncs.com.';
  const more = 'The endpoint "{0}" may only have a scheme, a host and a port.';
  const refused: readonly (readonly [value: unknown, said: string, named: string])[] = [
    ['http://ecs.example.com', clear, 'http://ecs.example.com'],
    ['http://127.0.0.1.example.com', clear, 'http://127.0.0.1.example.com'],
    ['http://192.168.0.1:8080', clear, 'http://192.168.0.1:8080'],
    ['ftp://127.0.0.1', noAddress, 'ftp://127.0.0.1'],
    ['ecs.cn-hangzhou.aliyuncs.com', noAddress, 'ecs.cn-hangzhou.aliyuncs.com'],
    ['https://key:secret@ecs.example.com', more, 'https://ecs.example.com'],
    ['https://ecs.example.com/path?x=1', more, 'https://ecs.example.com'],
    [42, noAddress, '42'],
  ];
  for (const [value, said, named] of refused) {
    it(`stops every call when it is ${JSON.stringify(value)}, and says why`, async () => {
      await set(alibaba, value);
      const text = await planOf(await anyHost());
      assert.ok(text.includes(vscode.l10n.t(said, named)), text);
      assert.ok(!text.includes('key:secret'));
      assert.deepEqual(await sandbox.requests(), []);
    });
  }

  it('cannot be set by a workspace', async () => {
    await set(alibaba, given);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
    const evil = { [alibaba]: 'https://evil.example', 'cloudAssistant.confirm.typedAbove': 1_000, 'editor.tabSize': 7 };
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(evil)));
    const read = (id: string): unknown => vscode.workspace.getConfiguration().get(id);
    await until('the workspace settings count', () => read('editor.tabSize') === 7);
    assert.equal(read(alibaba), given);
    assert.equal(read('cloudAssistant.confirm.typedAbove'), 10);
    await vscode.workspace.fs.delete(file);
  });
});

async function set(id: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
}

async function anyHost() {
  const record = await sandbox.first('alibabaCloud', 'cn-hangzhou', 'managedInstance');
  return { ...host, id: record['InstanceId'] };
}

/** Has a plan made, which reads the target, and returns its document. */
async function planOf(target: unknown): Promise<string> {
  await callCommand('cloudAssistant.reviewPlan', target);
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, 'cloud-assistant-plan');
  return document?.getText() ?? '';
}
