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
import { oneLine } from '../../util/plainText';
import { actionCommands, type ActionCommand } from '../contract/actionCommands';
import { panelType } from '../contract/contributions';
import { execute } from '../contract/execute';
import { markOwn } from '../contract/ownRows';
import { webviewHtml } from '../contract/webviewPage';

export interface DetailsPanelsDeps extends DetailsModelOptions {
  readonly extensionUri: Uri;
  /** Unguessable text for the page's content security policy. */
  readonly newNonce: () => string;
}

/** The details views, one for each resource. */
export interface DetailsPanels extends WebviewPanelSerializer, Disposable {
  /** Opens the details of a resource in a tab of their own, or brings them to the front. Throws `TypeError` for a kind no cloud has. */
  show(target: Target): void;
  /** The same in the one tab that is taken by whatever is looked at next; the focus stays where it is. */
  preview(target: Target): void;
}

export function createDetailsPanels(deps: DetailsPanelsDeps): DetailsPanels {
  const open = new Map<string, { readonly panel: WebviewPanel; readonly store: Disposable }>();
  let passing: { readonly panel: WebviewPanel; readonly key: string } | undefined;
  const attach = (panel: WebviewPanel, target: Target): void => {
    const store = attachModel(panel, target, deps);
    const key = targetKey(target);
    open.set(key, { panel, store });
    store.add(
      panel.onDidDispose(() => {
        store.dispose();
        if (open.get(key)?.panel === panel) open.delete(key);
        if (passing?.panel === panel) passing = undefined;
      }),
    );
  };
  const create = (target: Target, preserveFocus: boolean): WebviewPanel => {
    const kind = deps.clouds.kind(target.provider, target.kind);
    if (kind === undefined) throw new TypeError(`${target.provider} has no ${target.kind}.`);
    const options = { ...webviewOptions(deps), enableFindWidget: true };
    const place = { viewColumn: ViewColumn.Active, preserveFocus };
    const panel = window.createWebviewPanel(panelType, target.id, place, options);
    attach(panel, target);
    return panel;
  };
  return {
    show: (target) => {
      const key = targetKey(target);
      const known = open.get(key);
      // What was looked at in passing is kept from now on.
      if (passing?.key === key) passing = undefined;
      if (known === undefined) create(target, false);
      else known.panel.reveal();
    },
    preview: (target) => {
      const key = targetKey(target);
      const known = open.get(key);
      if (known !== undefined) return known.panel.reveal(undefined, true);
      if (passing === undefined) {
        passing = { panel: create(target, true), key };
        return;
      }
      const { panel } = passing;
      open.get(passing.key)?.store.dispose();
      open.delete(passing.key);
      passing = { panel, key };
      attach(panel, target);
      panel.reveal(undefined, true);
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

function attachModel(panel: WebviewPanel, target: Target, deps: DetailsPanelsDeps): DisposableStore {
  const store = new DisposableStore();
  const model = store.add(new DetailsModel(target, deps));
  const post = (message: ToPanel): void => void panel.webview.postMessage(message);
  const show = (): void => {
    const view = model.view();
    panel.title = oneLine(view.title);
    post({ type: 'show', view });
  };
  store.add(model.onDidChange(show));
  store.add(
    panel.webview.onDidReceiveMessage((raw: unknown) => {
      const message = parseToHost(raw);
      if (message === undefined) return;
      if (message.type === 'ready') show();
      // A press in a page that showed another resource, when this one took its place, is about neither.
      else if (message.key === targetKey(target)) void answer(message.id, message.request, model, post);
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
      await execute('openResponse', { type: 'response', exchangeId, record: target.id });
      return;
    }
    case 'act': {
      // The generated object has exactly these names.
      const command = (Object.keys(actionCommands) as ActionCommand[]).find((id) => id === request.action);
      if (command === undefined || !model.has(command)) throw new Error(l10n.t('This cannot be done here.'));
      const node = { type: 'resource', target } as const;
      // Pressed by a person in a view of ours, as a row of our trees is.
      markOwn([node]);
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
  return webviewHtml({
    main: 'details',
    source: webview.cspSource,
    nonce: newNonce(),
    script: file('dist', 'webview.js'),
    styles: [file('dist', 'codicon.css'), file('media', 'details.css')],
    language,
    title: target.id,
    loading: l10n.t('Loading…'),
  });
}
