import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../workbench/until';
import { extension, loadedBundles } from '../support/extension';
import { sandbox } from '../support/sandbox';

// The first file by name: nothing else may have activated the extension before.
describe('activation', () => {
  it('happens when a view is shown, which then asks the clouds', async () => {
    assert.equal(extension().isActive, false);
    await vscode.commands.executeCommand('cloudAssistant.resources.focus');
    await until('the extension is active', () => extension().isActive);
    await until('the rest is loaded', () => loadedBundles().includes('app.js'));
  });

  it('leaves the built-in sandbox alone', async () => {
    await sandbox.requests();
    assert.ok(!loadedBundles().some((name) => name.includes('sandbox')));
  });
});
