import * as l10n from '@vscode/l10n';
import {
  env,
  Uri,
  ViewColumn,
  window,
  type Disposable,
  type Webview,
  type WebviewOptions,
  type WebviewPanel,
  type WebviewPanelSerializer,
} from 'vscode';
import { parseToHost, type PanelRequest, type ToPanel } from '../../core/panelProtocol';
import { parseTargetKey } from '../../core/parseTarget';
import { targetKey, type Target } from '../../core/target';
import { DetailsModel, type DetailsModelOptions } from '../../services/details/detailsModel';
import { DisposableStore } from '../../util/lifecycle';
import { actionCommands, type ActionCommand } from '../contract/actionCommands';
import { panelType } from '../contract/contributions';
import { execute } from '../contract/execute';
import { panelHtml } from './panelHtml';

export interface DetailsPanelsDeps extends DetailsModelOptions {
  readonly extensionUri: Uri;
  /** Unguessable text for the page's content security policy. */
  readonly newNonce: () => string;
}

/** The details views, one for each resource. */
export interface DetailsPanels extends WebviewPanelSerializer, Disposable {
  /** Opens the details of a resource, or brings them to the front. Throws `TypeError` for a kind no cloud has. */
  show(target: Target): void;
}

export function createDetailsPanels(deps: DetailsPanelsDeps): DetailsPanels {
  const open = new Map<string, { readonly panel: WebviewPanel; readonly store: Disposable }>();
  const attach = (panel: WebviewPanel, target: Target): void => {
    const store = attachModel(panel, target, deps);
    const key = targetKey(target);
    open.set(key, { panel, store });
    panel.onDidDispose(() => {
      store.dispose();
      if (open.get(key)?.panel === panel) open.delete(key);
    });
  };
  return {
    show: (target) => {
      const known = open.get(targetKey(target));
      if (known !== undefined) return known.panel.reveal();
      const kind = deps.clouds.kind(target.provider, target.kind);
      if (kind === undefined) throw new TypeError(`${target.provider} has no ${target.kind}.`);
      const options = { ...webviewOptions(deps), enableFindWidget: true };
      attach(window.createWebviewPanel(panelType, target.id, ViewColumn.Active, options), target);
    },
    deserializeWebviewPanel: (panel, state) => {
      const target = targetIn(state);
      // A state we did not write, or a second tab of what is open already.
      if (
        target === undefined ||
        deps.clouds.kind(target.provider, target.kind) === undefined ||
        open.has(targetKey(target))
      )
        panel.dispose();
      else {
        // What VS Code kept of the options names the folder of the version that made the panel.
        panel.webview.options = webviewOptions(deps);
        attach(panel, target);
      }
      return Promise.resolve();
    },
    dispose: () => {
      for (const { panel } of [...open.values()]) panel.dispose();
    },
  };
}

function webviewOptions({ extensionUri }: DetailsPanelsDeps): WebviewOptions {
  const localResourceRoots = ['dist', 'media'].map((folder) => Uri.joinPath(extensionUri, folder));
  return { enableScripts: true, localResourceRoots };
}

/** In the colours that VS Code's own icons have: a tab does not colour an icon by the theme. */
function iconOf({ extensionUri }: DetailsPanelsDeps): { readonly light: Uri; readonly dark: Uri } {
  const file = (theme: string): Uri => Uri.joinPath(extensionUri, 'media', `details-${theme}.svg`);
  return { light: file('light'), dark: file('dark') };
}

/** The webview keeps the key of its target and nothing else. */
function targetIn(state: unknown): Target | undefined {
  const key: unknown = typeof state === 'object' && state !== null && 'key' in state ? state.key : undefined;
  return typeof key === 'string' ? parseTargetKey(key) : undefined;
}

function attachModel(panel: WebviewPanel, target: Target, deps: DetailsPanelsDeps): Disposable {
  const store = new DisposableStore();
  const model = store.add(new DetailsModel(target, deps));
  const post = (message: ToPanel): void => void panel.webview.postMessage(message);
  const show = (): void => {
    const view = model.view();
    panel.title = view.title;
    post({ type: 'show', view });
  };
  store.add(model.onDidChange(show));
  store.add(
    panel.webview.onDidReceiveMessage((raw: unknown) => {
      const message = parseToHost(raw);
      if (message === undefined) return;
      if (message.type === 'ready') show();
      else void answer(message.id, message.request, model, post);
    }),
  );
  panel.iconPath = iconOf(deps);
  panel.webview.html = pageOf(panel.webview, target, deps);
  void model.open();
  return store;
}

async function answer(
  id: number,
  request: PanelRequest,
  model: DetailsModel,
  post: (message: ToPanel) => void,
): Promise<void> {
  try {
    await carryOut(request, model);
    post({ type: 'answer', id, ok: true });
  } catch (error) {
    post({ type: 'answer', id, ok: false, error: error instanceof Error ? error.message : String(error) });
  }
}

async function carryOut(request: PanelRequest, model: DetailsModel): Promise<void> {
  const { target } = model;
  switch (request.name) {
    case 'refresh':
      return model.refresh();
    case 'copy':
      return env.clipboard.writeText(request.text);
    case 'openResponse': {
      const exchangeId = await model.response();
      if (exchangeId === undefined) throw new Error(l10n.t('There is no answer that shows this resource.'));
      await execute('openResponse', { type: 'response', exchangeId });
      return;
    }
    case 'destroy': {
      // The generated object has exactly these names.
      const command = (Object.keys(actionCommands) as ActionCommand[]).find((id) => id === model.removal);
      if (command === undefined) throw new Error(l10n.t('This cannot be deleted here.'));
      const node = { type: 'resource', target } as const;
      // A run can take long and says itself how it goes and what failed; the view follows through the lists.
      void execute(command, node, [node]).catch(() => undefined);
      return;
    }
    default: {
      const never: never = request;
      return never;
    }
  }
}

function pageOf(webview: Webview, target: Target, { extensionUri, newNonce, language }: DetailsPanelsDeps): string {
  const file = (...path: string[]): string => webview.asWebviewUri(Uri.joinPath(extensionUri, ...path)).toString();
  return panelHtml({
    source: webview.cspSource,
    nonce: newNonce(),
    script: file('dist', 'webview.js'),
    styles: [file('dist', 'codicon.css'), file('media', 'details.css')],
    language,
    title: target.id,
    loading: l10n.t('Loading…'),
  });
}
