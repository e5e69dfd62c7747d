import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ScriptLanguage, StoredScript } from '../../core/script';
import type { Target } from '../../core/target';
import { placeOf } from '../../core/target';
import type { Clouds } from '../../services/accounts/ports';
import { queryOf, rereadIn } from '../../services/exchanges/reread';
import type { Inventory } from '../../services/inventory/inventory';
import { schemes } from '../contract/contributions';
import type { TextFile, TextSource } from '../ui/textFiles';

const endings: Readonly<Record<ScriptLanguage, string>> = {
  shell: 'sh',
  powershell: 'ps1',
  batch: 'bat',
  python: 'py',
};

export interface ScriptDocumentsDeps {
  readonly clouds: Pick<Clouds, 'kind'>;
  readonly inventory: Pick<Inventory, 'lookup'>;
  readonly now: () => Date;
}

/**
 * Scripts that clouds keep, as read-only tabs: plain text in the language of the script. An address names the record;
 * what a tab shows stays what it was when it was opened.
 */
export class ScriptDocuments implements TextSource, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChange = this.changed.event;
  private readonly shown = new Map<string, TextFile>();

  constructor(private readonly deps: ScriptDocumentsDeps) {}

  async open(target: Target, script: StoredScript): Promise<void> {
    const uri = addressOf(target, script);
    const known = this.shown.get(uri.toString());
    if (known?.text !== script.text) {
      this.shown.set(uri.toString(), { text: script.text, changedAt: this.deps.now().getTime() });
      if (known !== undefined) this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    }
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** After a reload VS Code opens the old tab again: then the cloud is asked. */
  async read(uri: vscode.Uri): Promise<TextFile> {
    const known = this.shown.get(uri.toString());
    if (known !== undefined) return known;
    const about = rereadIn(uri.query);
    const kind = about && this.deps.clouds.kind(about.place.provider, about.kind);
    if (about?.id === undefined || kind?.script === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const item = (await this.deps.inventory.lookup(about.place, about.kind, [about.id])).get(about.id);
    const script = item && kind.script(item);
    if (script === undefined) throw vscode.FileSystemError.FileNotFound(l10n.t('This script no longer exists.'));
    const file = { text: script.text, changedAt: this.deps.now().getTime() };
    this.shown.set(uri.toString(), file);
    return file;
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** The name makes the title and the language; who reads the address sees ids and nothing of the script. */
function addressOf(target: Target, { name, language }: StoredScript): vscode.Uri {
  const plain = name.replace(/[/\\?#:*"<>|\p{Cc}]/gu, '-').replace(/\.(sh|ps1|bat|py)$/i, '');
  const ending = language === undefined ? 'txt' : endings[language];
  return vscode.Uri.from({
    scheme: schemes.script,
    path: `/${target.id}/${plain || target.id}.${ending}`,
    query: queryOf({ place: placeOf(target), kind: target.kind, id: target.id }),
  });
}
