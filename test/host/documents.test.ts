import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { callCommand } from './support/commands';
import { sandbox } from './support/sandbox';

const scheme = 'cloud-assistant-response';
const place = { provider: 'alibabaCloud', accountId: 'sandbox:alibabaCloud', region: 'cn-hangzhou' };

describe('documents', () => {
  before(() => sandbox.reset());
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('show an answer as JSON, laid out, with all that the cloud said', async () => {
    const record = await sandbox.first('alibabaCloud', 'cn-hangzhou', 'managedInstance');
    const document = await openAnswer(await readAgain());
    assert.equal(document.languageId, 'json');
    assert.equal(document.uri.scheme, scheme);
    const text = document.getText();
    // The document is what the cloud sent; its shape is checked right below.
    const answer = JSON.parse(text) as { RequestId: string; Instances: Record<string, unknown>[] };
    assert.match(answer.RequestId, /^[0-9A-F-]{36}$/);
    const instances: unknown = Object.values(answer).find((value) => Array.isArray(value)) ?? answer.Instances;
    const shown = [instances].flat(3).find((row) => isRecord(row) && row['InstanceId'] === record['InstanceId']);
    assert.ok(isRecord(shown), 'the resource is in the answer');
    assert.equal(shown['InstanceName'], record['InstanceName']);
    assert.equal(text.trimEnd(), JSON.stringify(answer, undefined, 2));
  });

  it('show an answer as XML where the cloud answered so', async () => {
    await sandbox.setFaults({ kind: 'xml', provider: 'alibabaCloud' });
    const document = await openAnswer(await readAgain());
    await sandbox.setFaults();
    assert.equal(document.languageId, 'xml');
    assert.match(document.getText(), /<DescribeManagedInstancesResponse>[^]*<RequestId>/);
  });

  it('cannot be written', async () => {
    const document = await openAnswer(await readAgain());
    assert.equal(vscode.workspace.fs.isWritableFileSystem(scheme), false);
    assert.equal(vscode.workspace.fs.isWritableFileSystem('cloud-assistant-plan'), false);
    const before = document.getText();
    await assert.rejects(Promise.resolve(vscode.workspace.fs.writeFile(document.uri, Buffer.from('{}'))));
    await assert.rejects(Promise.resolve(vscode.workspace.fs.delete(document.uri)));
    assert.equal(document.getText(), before);
  });

  const unknown: readonly (readonly [path: string, said: RegExp])[] = [
    ['/none/DescribeRegions.json', /^\{\n {2}"note": ".*no longer available/],
    ['/none/DescribeRegions.xml', /^<!-- .*no longer available/],
    ['/none/DescribeRegions.txt', /no longer available/],
    ['/', /no longer available/],
    ['/../../etc/passwd', /no longer available/],
  ];
  for (const [path, said] of unknown) {
    it(`say that nothing is kept at ${path}`, async () => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path }));
      assert.match(document.getText(), said);
    });
  }

  it('show a plan that sends nothing', async () => {
    const record = await sandbox.first('alibabaCloud', 'cn-hangzhou', 'managedInstance');
    const id = String(record['InstanceId']);
    await callCommand('cloudAssistant.reviewPlan', { ...place, kind: 'managedInstance', id });
    const document = activeDocument('cloud-assistant-plan');
    assert.equal(document.languageId, 'cloud-assistant-plan');
    for (const said of [id, String(record['InstanceName']), 'cn-hangzhou', 'not run; nothing was sent'])
      assert.ok(document.getText().includes(said), said);
    assert.deepEqual(await sandbox.destructive(), []);
    // VS Code types the answers of its own commands as unknown.
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.deepEqual(
      lenses.map((lens) => lens.command?.command),
      ['cloudAssistant.runPlan'],
    );
  });
});

/** Has the list read again, and returns the row whose answer can be opened. */
async function readAgain(): Promise<unknown> {
  const record = await sandbox.first('alibabaCloud', 'cn-hangzhou', 'managedInstance');
  const target = { ...place, kind: 'managedInstance', id: record['InstanceId'] };
  await callCommand('cloudAssistant.reviewPlan', target);
  await callCommand('cloudAssistant.refresh', target);
  return target;
}

async function openAnswer(row: unknown): Promise<vscode.TextDocument> {
  const ending = await callCommand('cloudAssistant.openResponse', row);
  assert.deepEqual(ending, { resolved: true });
  return activeDocument(scheme);
}

function activeDocument(wanted: string): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, wanted);
  assert.ok(document);
  return document;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
