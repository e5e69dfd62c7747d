import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ScriptLanguage } from '../../core/commands';
import type { Target } from '../../core/target';
import { notify } from '../ui/messages';
import { languageIds } from './editorScript';

/** Scripts that are being written for resources chosen before. */
export class ScratchScripts {
  private readonly meant = new Map<string, readonly Target[]>();

  /** Opens a new document of that language, to be run on these resources. */
  async open(language: ScriptLanguage, targets: readonly Target[], content = ''): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: languageIds[language], content });
    this.meant.set(document.uri.toString(), targets);
    await vscode.window.showTextDocument(document);
    void notify('info', l10n.t('Write the script, then choose "Run on Instances…" in the menu of its editor.'));
  }

  /** The resources that the script of this document was begun for. */
  targetsOf(document: vscode.TextDocument): readonly Target[] {
    return this.meant.get(document.uri.toString()) ?? [];
  }
}
