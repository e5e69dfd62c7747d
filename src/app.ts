import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Transport } from './client/transport';
import { composeAccounts, type KnownAccounts } from './compose/accounts';
import { composeChecks } from './compose/checks';
import { composeCore, type CoreOptions } from './compose/core';
import { followWindows, journalIn, machineParts, openTransport, policyIn, userPlace } from './compose/machine';
import type { ProviderId } from './core/account';
import { createPrompter } from './host/actions/prompter';
import { askScript } from './host/commands/askScript';
import { ScratchScripts } from './host/commands/scratchScripts';
import { editorSource, newSource, noneSource, type ScriptSource } from './host/commands/scriptSources';
import { folderSource, shippedSource } from './host/commands/snippetSources';
import { storedSource } from './host/commands/storedScripts';
import type { CommandName } from './host/contract/contributions';
import { createHost, type HostViews } from './host/createHost';
import { memoryOf } from './host/environment/memory';
import { createNetworkSettings } from './host/environment/networkSettings';
import { createSandboxSwitch, type RunningSandbox } from './host/environment/sandboxSwitch';
import { createSettings, runsElsewhere, type Settings } from './host/environment/settings';
import { logCall, logRepeat } from './host/exchanges/httpLog';
import type { TextSource } from './host/ui/textFiles';
import { cliFolder } from './providers/alibaba/accounts/cliFolder';
import { providerOf, providers } from './providers/index';
import type { Memory } from './services/accounts/ports';
import { parseSandboxAddress } from './services/accounts/sandboxAccounts';
import { DisposableStore } from './util/lifecycle';
import { joinPath } from './util/paths';

export interface AppOptions {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly views: HostViews;
}

/** Everything that is loaded on first use. */
export interface App extends vscode.Disposable {
  readonly resources: vscode.TreeDataProvider<unknown>;
  readonly hosts: vscode.TreeDataProvider<unknown>;
  readonly operations: vscode.TreeDataProvider<unknown>;
  readonly responseDocuments: TextSource;
  readonly planDocuments: TextSource;
  readonly outputDocuments: TextSource;
  readonly scriptDocuments: TextSource;
  readonly details: vscode.WebviewPanelSerializer;
  readonly resultPanels: vscode.WebviewPanelSerializer;
  /** Runs a command; failures are shown, and thrown only for arguments that no command takes. */
  run(name: CommandName, args: readonly unknown[]): Promise<void>;
}

/** The composition root: the only place where all layers meet. */
export function createApp({ context, log, views }: AppOptions): App {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const store = new DisposableStore();
  const settings = store.add(createSettings({ elsewhere: runsElsewhere(context), home: userPlace.home }));
  const network = store.add(createNetworkSettings(process.env));
  const transport = openTransport(store, () => network.current());
  const scratch = new ScratchScripts();
  // Where a script can come from, in the order of the list.
  const sources: ScriptSource[] = [
    editorSource,
    newSource(scratch),
    noneSource,
    folderSource({ scratch, folder: () => settings.commandsFolder() }),
    shippedSource({ scratch, folder: () => joinPath(context.extensionUri.fsPath, 'snippets') }),
  ];
  const prompter = createPrompter({
    cloudName: (id) => providerOf(id).name(),
    askScript: (input, targets) => askScript({ input, targets }, sources),
  });
  const everywhere = store.add(followWindows(context.globalStorageUri.fsPath, memoryOf(context.globalState)));
  const core = store.add(composeCore(coreOptions({ context, log, settings, transport, prompter, everywhere })));
  // What another address said is not what this one would say.
  store.add(
    settings.onDidChangeEndpoints(() => core.accounts.list().forEach(({ id }) => core.inventory.dropAccount(id))),
  );
  sources.splice(2, 0, storedSource({ ...core, clouds: core.clouds }));
  const host = createHost(store, {
    core,
    context,
    log,
    views,
    scratch,
    newNonce: () => randomBytes(18).toString('base64'),
    sandbox: store.add(createSandboxSwitch(core.known.sandboxAccounts, launchSandbox)),
    ...composeChecks(core, transport, policy),
  });
  return { ...host, resources: host.tree, dispose: () => store.dispose() };
}

/** The one vendor's tool that has a safety policy guards both clouds. */
const policy = policyIn(cliFolder(userPlace));

interface Outside extends Pick<AppOptions, 'context' | 'log'> {
  readonly settings: Settings;
  readonly transport: Transport;
  readonly prompter: CoreOptions<never>['prompter'];
  readonly everywhere: Memory;
}

/** What the core is given of VS Code and of the machine. */
function coreOptions({ context, log, settings, transport, prompter, everywhere }: Outside): CoreOptions<KnownAccounts> {
  const machine = machineParts(policy);
  const endpoint = (provider: ProviderId) => settings.endpoint(provider);
  const own = { ...userPlace, ...machine, endpoint, memory: everywhere, secrets: context.secrets };
  return {
    ...machine,
    providers,
    transport,
    prompter,
    settings,
    answerFormat: () => settings.answerFormat(),
    language: vscode.env.language,
    accounts: (parts) => composeAccounts(own, parts),
    journal: journalIn(context.globalStorageUri.fsPath, randomBytes(4).toString('hex')),
    memory: { workspace: memoryOf(context.workspaceState), everywhere },
    onDidCall: (exchange, secrets) => logCall(log, exchange, { secrets, clouds: { all: providers } }),
    onWillRepeat: (repeat) => logRepeat(log, repeat),
  };
}

/** In its own bundle, loaded only when somebody tries it. */
async function launchSandbox(): Promise<RunningSandbox> {
  const { startSandbox } = await import('./sandbox/index');
  const running = await startSandbox({ transitionMs: 2_000 });
  const address = parseSandboxAddress(JSON.stringify(running.announcement));
  return { address, dispose: () => running.dispose() };
}
