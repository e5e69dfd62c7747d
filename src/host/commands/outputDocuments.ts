import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { outputLanguage, schemes } from '../contract/contributions';
import type { TextFile, TextSource } from '../ui/textFiles';

/** A text as a document: its title, and what it says. */
export interface OutputText {
  readonly title: string;
  readonly text: () => string;
}

/** So many are kept, the newest. */
const kept = 50;

/**
 * What hosts printed, as read-only tabs. In memory only, since it can hold secrets: after a reload a tab says that it is
 * no longer there.
 */
export class OutputDocuments implements TextSource, vscode.Disposable {
  private readonly texts = new Map<string, () => string>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChange = this.changed.event;
  private last = 0;

  async open(output: OutputText): Promise<void> {
    const document = await this.documentOf(this.keep(output));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  /** Shows two of them side by side, with what differs. */
  async compare(left: OutputText, right: OutputText): Promise<void> {
    const [before, after] = [this.keep(left), this.keep(right)];
    for (const uri of [before, after]) await this.documentOf(uri);
    const title = `${left.title} ↔ ${right.title}`;
    await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: false });
  }

  read(uri: vscode.Uri): TextFile {
    const text = this.texts.get(idOf(uri));
    return text === undefined
      ? {
          text: `${l10n.t('What hosts print is kept until the window is closed: this is no longer there.')}\n`,
          changedAt: 0,
        }
      : { text: text(), changedAt: 1 };
  }

  dispose(): void {
    this.changed.dispose();
  }

  private keep({ title, text }: OutputText): vscode.Uri {
    const id = String(++this.last);
    this.texts.set(id, text);
    const [oldest] = this.texts.keys();
    if (this.texts.size > kept && oldest !== undefined) this.texts.delete(oldest);
    return vscode.Uri.from({ scheme: schemes.output, path: `/${id}/${fileName(title)}` });
  }

  private async documentOf(uri: vscode.Uri): Promise<vscode.TextDocument> {
    return vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), outputLanguage);
  }
}

function idOf({ path }: vscode.Uri): string {
  return path.split('/')[1] ?? '';
}

/** As a file may be called where it is saved. */
function fileName(title: string): string {
  return `${title
    .replace(/[\\/:*?"<>|：？\p{C}]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, 80)}.txt`;
}
