import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { parseResultToHost, type ResultRequest, type ResultToPage } from '../../core/resultProtocol';
import { ResultModel } from '../../services/commands/resultModel';
import type { ResultSource } from '../../services/commands/runResult';
import type { Clock } from '../../util/clock';
import { formatClock } from '../../util/format';
import { DisposableStore } from '../../util/lifecycle';
import { oneLine } from '../../util/plainText';
import { resultPanelType } from '../contract/contributions';
import { webviewHtml } from '../contract/webviewPage';
import { ResultActions, type ResultActionDeps } from './resultActions';

export interface ResultPanelsDeps extends ResultActionDeps {
  readonly extensionUri: vscode.Uri;
  /** Unguessable text for the page's content security policy. */
  readonly newNonce: () => string;
  readonly clock: Clock;
  /** The result of a tab that VS Code brings back; undefined where nothing is kept of it. */
  readonly reopen: (id: string) => Promise<ResultSource | undefined>;
}

/** What the hosts of runs said, a tab for each run. */
export class ResultPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly open = new Map<string, vscode.WebviewPanel>();

  constructor(private readonly deps: ResultPanelsDeps) {}

  /** Opens the tab of a result, or brings it to the front. */
  show(source: ResultSource): void {
    const { id, title } = source.current();
    const known = this.open.get(id);
    if (known !== undefined) return known.reveal();
    const place = { viewColumn: vscode.ViewColumn.Active, preserveFocus: false };
    const options = { ...this.options(), enableFindWidget: true };
    this.attach(vscode.window.createWebviewPanel(resultPanelType, title, place, options), source);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const id = idIn(state);
    const source = id === undefined || this.open.has(id) ? undefined : await this.deps.reopen(id);
    // Nothing is kept of what hosts printed: a tab without it has nothing to show.
    if (source === undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = this.options();
    this.attach(panel, source);
  }

  dispose(): void {
    for (const panel of [...this.open.values()]) panel.dispose();
  }

  private attach(panel: vscode.WebviewPanel, source: ResultSource): void {
    const { id, title, startedAt } = source.current();
    this.open.set(id, panel);
    const store = attachModel(panel, source, this.deps);
    store.add(
      panel.onDidDispose(() => {
        store.dispose();
        if (this.open.get(id) === panel) this.open.delete(id);
      }),
    );
    // The same is often run again: the time tells one tab from another.
    panel.title = l10n.t('{0}, {1}', oneLine(title, 60), formatClock(startedAt, this.deps.language));
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(this.deps.extensionUri, 'media', `details-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.html = this.page(panel.webview, title);
  }

  private options(): vscode.WebviewOptions {
    const localResourceRoots = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(this.deps.extensionUri, folder));
    return { enableScripts: true, localResourceRoots };
  }

  private page(webview: vscode.Webview, title: string): string {
    const file = (...path: string[]): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.deps.extensionUri, ...path)).toString();
    return webviewHtml({
      main: 'result',
      source: webview.cspSource,
      nonce: this.deps.newNonce(),
      script: file('dist', 'result.js'),
      styles: [file('dist', 'codicon.css'), file('media', 'details.css'), file('media', 'result.css')],
      language: this.deps.language,
      title,
      loading: l10n.t('Loading…'),
    });
  }
}

/** The webview keeps the id of its run and nothing else. */
function idIn(state: unknown): string | undefined {
  const id: unknown = typeof state === 'object' && state !== null && 'id' in state ? state.id : undefined;
  return typeof id === 'string' ? id : undefined;
}

function attachModel(panel: vscode.WebviewPanel, source: ResultSource, deps: ResultPanelsDeps): DisposableStore {
  const store = new DisposableStore();
  const { clock, language, others } = deps;
  const context = () => ({
    language,
    canControl: source.control !== undefined,
    canRunAgain: source.isOwn !== false,
    hasOthers: others(source.current().id).length > 0,
  });
  const model = store.add(new ResultModel(source, { clock, context }));
  const actions = new ResultActions(model, source, deps);
  const post = (message: ResultToPage): void => void panel.webview.postMessage(message);
  const show = (): void => post({ type: 'show', view: model.shown().view });
  store.add(model.onDidChange(show));
  store.add(
    panel.webview.onDidReceiveMessage((raw: unknown) => {
      const message = parseResultToHost(raw);
      if (message === undefined) return;
      if (message.type === 'ready') show();
      else void answer(message.id, message.request, { model, actions, post });
    }),
  );
  return store;
}

interface Answering {
  readonly model: ResultModel;
  readonly actions: ResultActions;
  readonly post: (message: ResultToPage) => void;
}

async function answer(id: number, request: ResultRequest, { model, actions, post }: Answering): Promise<void> {
  try {
    if (request.name === 'look') model.lookAt(request.look);
    else await actions.carryOut(request);
    post({ type: 'answer', id, ok: true });
  } catch (error) {
    post({ type: 'answer', id, ok: false, error: error instanceof Error ? error.message : String(error) });
  }
}
