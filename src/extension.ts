import * as vscode from 'vscode';
import type { App } from './app';
import {
  commands,
  outputChannel,
  panelType,
  resultPanelType,
  schemes,
  views,
  type CommandName,
} from './host/contract/contributions';
import type { HostViews } from './host/createHost';
import { LazyTree } from './host/ui/lazyTree';
import { TextFiles } from './host/ui/textFiles';

/** Registers everything and does nothing else: no file is read and no module loaded before something is asked for. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel(outputChannel, { log: true });
  let loading: Promise<App> | undefined;
  const app = (): Promise<App> => (loading ??= load(context, log, treeViews).catch(forget));
  const forget = (error: unknown): never => {
    loading = undefined;
    throw error;
  };
  const resources = new LazyTree(async () => (await app()).resources);
  const hosts = new LazyTree(async () => (await app()).hosts);
  const operations = new LazyTree(async () => (await app()).operations);
  const responses = new TextFiles(async () => (await app()).responseDocuments);
  const plans = new TextFiles(async () => (await app()).planDocuments);
  const outputs = new TextFiles(async () => (await app()).outputDocuments);
  const scripts = new TextFiles(async () => (await app()).scriptDocuments);
  const readOnly = { isReadonly: true, isCaseSensitive: true };
  const treeViews: HostViews = {
    resources: vscode.window.createTreeView(views.resources, {
      treeDataProvider: resources,
      canSelectMany: true,
      showCollapseAll: true,
    }),
    hosts: vscode.window.createTreeView(views.hosts, { treeDataProvider: hosts, canSelectMany: true }),
    operations: vscode.window.createTreeView(views.operations, { treeDataProvider: operations, showCollapseAll: true }),
  };
  context.subscriptions.push(
    log,
    treeViews.resources,
    treeViews.hosts,
    treeViews.operations,
    resources,
    hosts,
    operations,
    responses,
    plans,
    outputs,
    scripts,
    vscode.workspace.registerFileSystemProvider(schemes.response, responses, readOnly),
    vscode.workspace.registerFileSystemProvider(schemes.plan, plans, readOnly),
    vscode.workspace.registerFileSystemProvider(schemes.output, outputs, readOnly),
    vscode.workspace.registerFileSystemProvider(schemes.script, scripts, readOnly),
    vscode.window.registerWebviewPanelSerializer(resultPanelType, {
      deserializeWebviewPanel: async (panel, state) => (await app()).resultPanels.deserializeWebviewPanel(panel, state),
    }),
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, state) => (await app()).details.deserializeWebviewPanel(panel, state),
    }),
    ...names().map((name) =>
      vscode.commands.registerCommand(commands[name], async (...args: unknown[]) => (await app()).run(name, args)),
    ),
  );
}

async function load(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  treeViews: HostViews,
): Promise<App> {
  const { createApp } = await import('./app');
  const app = createApp({ context, log, views: treeViews });
  context.subscriptions.push(app);
  return app;
}

function names(): CommandName[] {
  // The keys of a constant object are exactly its type's keys.
  return Object.keys(commands) as CommandName[];
}
