import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Exchange } from '../../core/exchange';
import type { Clouds } from '../../services/accounts/ports';
import type { Responses } from '../../services/exchanges/exchangeLog';
import { recordRange, type TextRange } from '../../services/exchanges/recordRange';
import { queryOf, rereadIn, rereadOf } from '../../services/exchanges/reread';
import { commands, schemes } from '../contract/contributions';
import type { TextFile, TextSource } from '../ui/textFiles';

const endings = { json: 'json', xml: 'xml', text: 'txt' } as const;

/**
 * The answers of this session as read-only tabs. An address holds ids only: what it shows comes from memory, and once
 * that is gone can be read again.
 */
export class ResponseDocuments implements TextSource, vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly responses: Responses,
    private readonly clouds: Pick<Clouds, 'all'>,
  ) {}

  /**
   * Opens a tab; `preview` lets the next one take its place, as a single click in a list does. `record` is the id of
   * what is to be seen and selected in it.
   */
  async open(
    exchange: Exchange,
    options: { readonly preview: boolean; readonly record?: string | undefined },
  ): Promise<void> {
    const { preview, record } = options;
    const editor = await vscode.window.showTextDocument(addressOf(exchange, this.clouds), { preview });
    if (record !== undefined) select(editor, recordRange(editor.document.getText(), exchange.language, record));
  }

  read(uri: vscode.Uri): TextFile {
    const id = idOf(uri);
    const exchange = this.responses.get(id);
    const text = this.responses.text(id);
    return exchange === undefined || text === undefined
      ? { text: notKept(uri), changedAt: 0 }
      : { text, changedAt: exchange.time.getTime() };
  }

  /** Above an answer that is not kept any more. */
  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    if (this.responses.get(idOf(uri)) !== undefined || rereadIn(uri.query) === undefined) return [];
    const command = { title: l10n.t('Read Again'), command: commands.readAgain, arguments: [uri] };
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** Selects from the end, so that the beginning stays in sight however long it is. */
function select(editor: vscode.TextEditor, range: TextRange | undefined): void {
  if (range === undefined) return;
  const at = (offset: number): vscode.Position => editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(at(range.end), at(range.start));
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.AtTop);
}

function idOf(uri: vscode.Uri): string {
  return uri.path.split('/')[1] ?? '';
}

/** `/<exchange>/DeregisterManagedInstance mi-….json`: unique by the exchange, titled for people. */
function addressOf(exchange: Exchange, clouds: Pick<Clouds, 'all'>): vscode.Uri {
  const { id, action, subject, region, language } = exchange;
  // What comes without an answer is told as JSON.
  const ending = exchange.body === undefined || exchange.body === '' ? endings.json : endings[language];
  const title = [action, subject ?? region].filter((part) => part !== undefined).join(' ');
  const again = rereadOf(exchange, clouds);
  return vscode.Uri.from({
    scheme: schemes.response,
    query: again === undefined ? '' : queryOf(again),
    path: `/${id}/${title.replace(/[/\\?#:*"<>|\p{Cc}]/gu, '-')}.${ending}`,
  });
}

/** After a reload VS Code opens the old tab again. The text fits the tab's language. */
function notKept(uri: vscode.Uri): string {
  const said = l10n.t('This response is no longer available: responses are kept until the window is closed.');
  if (uri.path.endsWith('.json')) return `${JSON.stringify({ note: said }, undefined, 2)}\n`;
  return uri.path.endsWith('.xml') ? `<!-- ${said} -->\n` : `${said}\n`;
}
