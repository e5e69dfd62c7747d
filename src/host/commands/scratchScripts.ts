import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ScriptLanguage, StoredScript } from '../../core/script';
import type { Target } from '../../core/target';
import { notify } from '../ui/messages';
import { languageIds } from './editorScript';

/** A record whose script is being changed, and the script as it was. */
export interface Edited {
  readonly target: Target;
  readonly text: string;
}

/** Scripts that are being written for resources chosen before. */
export class ScratchScripts {
  private readonly meant = new Map<string, readonly Target[]>();
  private readonly edited = new Map<string, Edited>();

  /** Opens a new document of that language, to be run on these resources. */
  async open(language: ScriptLanguage, targets: readonly Target[], content = ''): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: languageIds[language], content });
    this.meant.set(document.uri.toString(), targets);
    await vscode.window.showTextDocument(document);
    void notify('info', l10n.t('Write the script, then choose "Run on Instances…" in the menu of its editor.'));
  }

  /** Opens a copy of a stored script to be changed. */
  async edit(target: Target, { language, text }: Pick<StoredScript, 'language' | 'text'>): Promise<void> {
    const languageId = language === undefined ? 'plaintext' : languageIds[language];
    const document = await vscode.workspace.openTextDocument({ language: languageId, content: text });
    this.edited.set(document.uri.toString(), { target, text });
    await vscode.window.showTextDocument(document);
    void notify('info', l10n.t('Change the script, then choose "Save as Command…" in the menu of its editor.'));
  }

  /** The stored script that this document began as a copy of. */
  editedIn(document: vscode.TextDocument): Edited | undefined {
    return this.edited.get(document.uri.toString());
  }

  /** The resources that the script of this document was begun for. */
  targetsOf(document: vscode.TextDocument): readonly Target[] {
    return this.meant.get(document.uri.toString()) ?? [];
  }
}
