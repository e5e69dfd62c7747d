import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CallEngine } from './client/callEngine';
import { CloudClient } from './client/cloudClient';
import { Destroyer } from './client/destroyer';
import { Rehearser } from './client/rehearser';
import { defaultRetryPolicy } from './client/retry';
import { createThrottle } from './client/throttle';
import { createTransport } from './client/transport';
import type { CommandName } from './host/contributions';
import { logCall } from './host/httpLog';
import { createSettings, type Settings } from './host/settings';
import type { TextSource } from './host/textFiles';
import { providerOf, providers } from './providers/index';
import { AccountGuard } from './services/accountGuard';
import { AccountRegistry } from './services/accounts';
import { createEnvAccounts } from './services/envAccounts';
import { Gate } from './services/gate';
import { Inventory } from './services/inventory';
import { Journal } from './services/journal';
import { Planner, type PlannerOptions } from './services/plan';
import type { Clouds, Prompter } from './services/ports';
import { Responses } from './services/responses';
import { checkSafetyPolicy } from './services/safetyPolicy';
import { parseSandboxAddress, SandboxAccounts } from './services/sandboxAccounts';
import { StoredAccounts } from './services/storedAccounts';
import { systemClock } from './util/clock';
import { createJournalFiles } from './util/journalFiles';
import { DisposableStore } from './util/lifecycle';
import { readOptionalFile } from './util/optionalFile';

export interface AppViews {
  readonly resources: vscode.TreeView<unknown>;
  readonly operations: vscode.TreeView<unknown>;
}

export interface AppOptions {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly views: AppViews;
}

/** Everything that is loaded on first use. */
export interface App extends vscode.Disposable {
  readonly resources: vscode.TreeDataProvider<unknown>;
  readonly operations: vscode.TreeDataProvider<unknown>;
  readonly responseDocuments: TextSource;
  readonly planDocuments: TextSource;
  readonly details: vscode.WebviewPanelSerializer;
  /** Runs a command; failures are shown, never thrown. */
  run(name: CommandName, args: readonly unknown[]): Promise<void>;
}

const timeoutMs = 30_000;
const callsInFlight = 10;

/** The composition root: the only place where all layers meet. */
export function createApp({ context, log }: AppOptions): App {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const store = new DisposableStore();
  const settings = store.add(createSettings());
  const accounts = createAccounts(context, settings);
  store.add(accounts.registry);
  if (process.env['CLOUD_ASSISTANT_SANDBOX'] !== undefined) accounts.sandbox.show(parseSandboxAddress(process.env['CLOUD_ASSISTANT_SANDBOX']));
  const responses = new Responses();
  const engine = createEngine(store, settings, responses, log);
  const client = new CloudClient(engine);
  const inventory = new Inventory({ accounts: accounts.registry, clouds, client, clock: systemClock, language: vscode.env.language });
  void inventory;
  const empty = { getChildren: () => [], getTreeItem: () => new vscode.TreeItem('') };
  const noText: TextSource = { read: () => ({ text: '', changedAt: 0 }), onDidChange: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event };
  return {
    resources: empty,
    operations: empty,
    responseDocuments: noText,
    planDocuments: noText,
    details: { deserializeWebviewPanel: () => Promise.resolve() },
    run: async (name) => {
      await vscode.window.showInformationMessage(name);
    },
    dispose: () => store.dispose(),
  };
}

const clouds: Clouds = {
  all: providers,
  provider: providerOf,
  kind: (id, kind) => providerOf(id).kinds.find((k) => k.id === kind),
};

function createAccounts(context: vscode.ExtensionContext, settings: Settings) {
  const endpoint = (provider: Parameters<Settings['endpoint']>[0]) => settings.endpoint(provider);
  const memory = { get: (key: string) => context.globalState.get<unknown>(key), set: (key: string, value: unknown) => Promise.resolve(context.globalState.update(key, value)) };
  const stored = new StoredAccounts(memory, context.secrets, endpoint, randomUUID);
  const sandbox = new SandboxAccounts();
  return { stored, sandbox, registry: new AccountRegistry([createEnvAccounts(process.env, endpoint), stored, sandbox]) };
}

function createEngine(store: DisposableStore, settings: Settings, responses: Responses, log: vscode.LogOutputChannel): CallEngine {
  const transport = createTransport();
  store.add({ dispose: () => void transport.close() });
  return new CallEngine({
    transport,
    clock: systemClock,
    nonce: randomUUID,
    random: Math.random,
    retry: defaultRetryPolicy,
    timeoutMs: () => timeoutMs,
    format: () => settings.answerFormat(),
    throttle: createThrottle({ clock: systemClock, maxInFlight: callsInFlight }),
    onDidCall: (exchange, secrets) => {
      responses.add(exchange, secrets);
      logCall(log, exchange, secrets);
    },
  });
}
