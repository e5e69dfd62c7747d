import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { callCommand } from '../support/commands';
import { extension } from '../support/extension';

/** VS Code keeps the English of a title beside its translation. */
type Translated = string | { readonly value: string; readonly original: string };

interface Manifest {
  readonly displayName: string;
  readonly contributes: {
    readonly commands: readonly { readonly title: Translated }[];
    readonly views: Readonly<Record<string, readonly { readonly name: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { markdownDescription?: string }>> };
  };
}

describe('in Chinese', () => {
  it('VS Code finds the sentences', () => {
    assert.equal(vscode.env.language, 'zh-cn');
    assert.ok(Object.keys(vscode.l10n.bundle ?? {}).length > 100);
  });

  it('titles, views and settings have Chinese names', () => {
    // VS Code types a manifest as any.
    const { contributes } = extension().packageJSON as Manifest;
    const texts = [
      ...contributes.commands.map(({ title }) => (typeof title === 'string' ? title : title.value)),
      ...Object.values(contributes.views).flatMap((views) => views.map(({ name }) => name)),
      ...Object.values(contributes.configuration.properties).map((setting) => setting.markdownDescription ?? ''),
    ];
    assert.deepEqual(
      texts.filter((text) => !/\p{Script=Han}/u.test(text)),
      [],
    );
  });

  it('a refusal is said in Chinese', async () => {
    const ending = await callCommand('cloudAssistant.deregisterManagedInstance', 42);
    assert.match(JSON.stringify(ending), /未发送任何请求/);
  });
});
