import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import * as vscode from 'vscode';
import { callCommand } from './support/commands';
import { extension, fileOf, loadedBundles } from './support/extension';
import { watchStart } from './support/watchStart';

// The first file by name: nothing else may have activated the extension before.
describe('activation', () => {
  it('happens with the first command', async function () {
    assert.equal(extension().isActive, false);
    assert.deepEqual(loadedBundles(), []);
    const start = watchStart(fileOf('dist', 'extension.js'));
    const ending = await callCommand('cloudAssistant.copyId', 'nothing we know');
    assert.match(JSON.stringify(ending), /not a resource of the Cloud Assistant views/);
    assert.equal(extension().isActive, true);

    const { loadMs, activateMs, touched, bundles } = await start;
    assert.deepEqual(touched, [], 'activate() reads, writes and calls nothing');
    assert.deepEqual(bundles, ['extension.js'], 'activate() loads nothing else');
    // Generous, because the machine may be busy; the benchmark measures it properly.
    assert.ok(activateMs < 50, `activate() took ${activateMs} ms`);
    if (this.test) this.test.title += `: loaded in ${loadMs.toFixed(1)} ms, activated in ${activateMs.toFixed(1)} ms`;
  });

  it('leaves the network and the sandbox for when they are needed', () => {
    assert.deepEqual(loadedBundles().sort(), ['app.js', 'extension.js']);
  });

  it('rests on a small bundle', () => {
    assert.ok(statSync(fileOf('dist', 'extension.js')).size <= 60_000);
  });

  it('registers every command of the manifest, and no other', async () => {
    // VS Code types a manifest as any.
    const manifest = extension().packageJSON as { contributes: { commands: { command: string }[] } };
    const promised = manifest.contributes.commands.map(({ command }) => command);
    const ours = (await vscode.commands.getCommands(true)).filter((id) => /^cloudAssistant\.\w+$/.test(id));
    assert.deepEqual(ours.sort(), promised.sort());
  });
});
