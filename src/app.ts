import { randomBytes, randomUUID } from 'node:crypto';
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
import { createTransport, defaultTransportOptions, type Inspector, type Transport } from './client/transport';
import { createCommands } from './host/commands';
import { schemes, type CommandName } from './host/contributions';
import { logCall } from './host/httpLog';
import type { HostServices } from './host/hostServices';
import { createNetworkSettings } from './host/networkSettings';
import { stateName } from './host/filterCommands';
import { createOperationsTree } from './host/operationsTree';
import { createDetailsPanels } from './host/panel';
import { PlanDocuments } from './host/planDocuments';
import { createPrompter } from './host/prompter';
import { ResponseDocuments } from './host/responseDocuments';
import { showSummary } from './host/runMessages';
import { createSandboxSwitch, type RunningSandbox } from './host/sandboxSwitch';
import { createSettings, type Settings } from './host/settings';
import { showError } from './host/showError';
import type { TextSource } from './host/textFiles';
import { createResourcesTree, type ResourcesTree } from './host/tree';
import { showRegisteredWith } from './host/viewCommands';
import { showView } from './host/viewTitle';
import { alibabaRoles } from './providers/alibaba/sts';
import { providerOf, providers } from './providers/index';
import { volcengineRoles } from './providers/volcengine/sts';
import { AccountGuard } from './services/accountGuard';
import { AccountLevels } from './services/accountLevels';
import { AccountRegistry } from './services/accounts';
import { BusyTargets } from './services/busyTargets';
import { checkAccount } from './services/checkAccount';
import { createEnvAccounts } from './services/envAccounts';
import { diagnose, type DiagnoseOptions } from './services/diagnose/diagnose';
import { forgetRemoved } from './services/forgetRemoved';
import { Gate } from './services/gate';
import { Inventory } from './services/inventory';
import { Journal } from './services/journal';
import { Planner, type PlannerOptions } from './services/planner';
import type { Accounts, Clouds, Memory, Prompter } from './services/ports';
import { createProfileAccounts } from './services/profiles/createProfileAccounts';
import { Responses } from './services/responses';
import { RowView } from './services/rowView';
import { checkSafetyPolicy } from './services/safetyPolicy';
import { parseSandboxAddress, SandboxAccounts } from './services/sandboxAccounts';
import { StoredAccounts } from './services/storedAccounts';
import { systemClock } from './util/clock';
import { formatTime } from './util/format';
import { createJournalFiles, journalFileName } from './util/journalFiles';
import { DisposableStore } from './util/lifecycle';
import { readOptionalFile } from './util/optionalFile';
import { resolveHost } from './util/resolveHost';

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
  /** Runs a command; failures are shown, and thrown only for arguments that no command takes. */
  run(name: CommandName, args: readonly unknown[]): Promise<void>;
}

/** How long a cloud may stay silent, in milliseconds. */
const timeoutMs = 30_000;
const callsInFlight = 10;

const clouds: Clouds = {
  all: providers,
  provider: providerOf,
  kind: (id, kind) => providerOf(id).kinds.find((candidate) => candidate.id === kind),
};

/** The composition root: the only place where all layers meet. */
export function createApp({ context, log, views }: AppOptions): App {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const store = new DisposableStore();
  const language = vscode.env.language;
  const clock = systemClock;
  const settings = store.add(createSettings());
  const responses = new Responses();
  const transport = openTransport(store);
  const engine = createEngine({ transport, settings, responses, log });
  const client = new CloudClient(engine);
  const { accounts, stored, sandboxAccounts, levels } = createAccounts(store, { context, settings, client, transport });
  const inventory = new Inventory({ accounts, clouds, client, clock, language });
  store.add(forgetRemoved(accounts, inventory));
  // What another address said is not what this one would say.
  store.add(settings.onDidChangeEndpoints(() => accounts.list().forEach(({ id }) => inventory.dropAccount(id))));
  const journal = createJournal(context);
  const responseDocuments = store.add(new ResponseDocuments(responses));
  const time = (date: Date): string => formatTime(date, language);
  const cloudName = (id: Parameters<Clouds['provider']>[0]): string => clouds.provider(id).name();
  const planDocuments: PlanDocuments = store.add(
    new PlanDocuments({ isPending: (id) => gate.planById(id) !== undefined, words: { cloudName, time } }),
  );
  const prompter = createPrompter({
    cloudName,
    review: (plan) => planDocuments.open(plan),
    showRegistered: (target) => showRegisteredWith(target, { clouds, tree, treeView: views.resources, view }),
  });
  const gate = createGate({ engine, inventory, accounts, journal, prompter, settings });
  const busy = store.add(new BusyTargets(gate));
  const shared = { inventory, accounts, clouds, responses, busy, clock, language };
  const view = store.add(
    new RowView({ workspace: memoryOf(context.workspaceState), everywhere: memoryOf(context.globalState) }),
  );
  store.add(showView(view, views.resources, (token) => stateName(token, shared)));
  const tree: ResourcesTree = store.add(
    createResourcesTree({
      ...shared,
      view,
      canEdit: ({ id }) => stored.list().some((own) => own.id === id),
      problems: () => accounts.problems(),
    }),
  );
  const operations = store.add(
    createOperationsTree({
      ...shared,
      journal,
      hasResult: (run) => planDocuments.report(run) !== undefined,
    }),
  );
  const details = store.add(
    createDetailsPanels({
      ...shared,
      extensionUri: context.extensionUri,
      newNonce: () => randomBytes(18).toString('base64'),
    }),
  );
  const sandbox = store.add(createSandboxSwitch(sandboxAccounts, launchSandbox));
  const services: HostServices = {
    ...shared,
    stored,
    levels,
    sandbox,
    gate,
    journal,
    responseDocuments,
    planDocuments,
    view,
    tree,
    operations,
    treeView: views.resources,
    showDetails: (target) => details.show(target),
    diagnose: (account, signal) => diagnose(account, diagnoseOptions({ engine, client, transport, language }), signal),
    checkAccount: (account, signal) => checkAccount(account, { client, clouds, language }, signal),
    log,
    extensionId: context.extension.id,
  };
  const show = (error: unknown): Promise<void> =>
    showError(error, {
      log,
      responses,
      responseDocuments,
      policyFor: (id, permission) => clouds.provider(id).policyFor(permission),
    });
  store.add(gate.onDidStart(() => planDocuments.refresh()));
  store.add(
    gate.onDidRun((report) => {
      planDocuments.add(report);
      showSummary(report, {
        responses,
        responseDocuments,
        planDocuments,
        gate,
        policyFor: (id, permission) => clouds.provider(id).policyFor(permission),
      }).catch(show);
    }),
  );
  store.add(vscode.languages.registerCodeLensProvider({ scheme: schemes.plan }, planDocuments));
  showGivenSandbox(process.env['CLOUD_ASSISTANT_SANDBOX'], (line) => sandbox.show(parseSandboxAddress(line)), show);
  return {
    resources: tree,
    operations,
    responseDocuments,
    planDocuments,
    details,
    run: createCommands(services, show),
    dispose: () => store.dispose(),
  };
}

function memoryOf(state: vscode.Memento): Memory {
  return {
    get: (key) => state.get<unknown>(key),
    set: (key, value) => Promise.resolve(state.update(key, value)),
  };
}

interface AccountParts {
  readonly context: vscode.ExtensionContext;
  readonly settings: Settings;
  readonly client: CloudClient;
  readonly transport: Transport;
}

function createAccounts(store: DisposableStore, { context, settings, client, transport }: AccountParts) {
  const endpoint = (provider: Parameters<Settings['endpoint']>[0]) => settings.endpoint(provider);
  const stored = new StoredAccounts(memoryOf(context.globalState), context.secrets, endpoint, randomUUID);
  const sandboxAccounts = new SandboxAccounts();
  const profiles = createProfileAccounts({
    env: process.env,
    home: homedir(),
    windows: process.platform === 'win32',
    endpoint,
    clouds,
    roles: { alibabaCloud: alibabaRoles, volcengine: volcengineRoles },
    client,
    transport,
    clock: systemClock,
  });
  const levels = store.add(new AccountLevels(memoryOf(context.globalState)));
  const sources = [createEnvAccounts(process.env, endpoint), ...profiles, stored, sandboxAccounts];
  const accounts = store.add(new AccountRegistry(sources, levels));
  return { accounts, stored, sandboxAccounts, levels };
}

/** The network as VS Code is told to reach it, for every call. */
function openTransport(store: DisposableStore): Transport & Inspector {
  const network = store.add(createNetworkSettings(process.env));
  const transport = createTransport({ ...defaultTransportOptions, network: () => network.current() });
  store.add({ dispose: () => void transport.close() });
  return transport;
}

interface EngineParts {
  readonly transport: Transport;
  readonly settings: Settings;
  readonly responses: Responses;
  readonly log: vscode.LogOutputChannel;
}

function createEngine({ transport, settings, responses, log }: EngineParts): CallEngine {
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

interface DiagnoseParts {
  readonly engine: CallEngine;
  readonly client: CloudClient;
  readonly transport: Transport & Inspector;
  readonly language: string;
}

function diagnoseOptions({ engine, client, transport, language }: DiagnoseParts): DiagnoseOptions {
  const rehearser = new Rehearser(engine);
  const rehearse: DiagnoseOptions['rehearse'] = (account, region, { operation, params, passedCodes }, ids, signal) => {
    const provider = clouds.provider(account.provider);
    return rehearser.rehearse({ provider, account, region, operation, params: params(ids, {}), signal }, passedCodes);
  };
  return { transport, resolveHost, clock: systemClock, timeoutMs, client, rehearse, clouds, language };
}

/** One file for each window, named so that names sort by time. */
function createJournal(context: vscode.ExtensionContext): Journal {
  const files = createJournalFiles(join(context.globalStorageUri.fsPath, 'journal'));
  const fileName = journalFileName(systemClock.now(), randomBytes(4).toString('hex'));
  return new Journal({ files, clock: systemClock, fileName });
}

interface GateParts {
  readonly engine: CallEngine;
  readonly inventory: Inventory;
  readonly accounts: Accounts;
  readonly journal: Journal;
  readonly prompter: Prompter;
  readonly settings: Settings;
}

function createGate({ engine, inventory, accounts, journal, prompter, settings }: GateParts): Gate {
  const clock = systemClock;
  const newId = randomUUID;
  const rehearser = new Rehearser(engine);
  const rehearse: PlannerOptions['rehearse'] = (account, place, { dryRun }, ids, chosen, signal) => {
    if (dryRun === undefined) throw new TypeError('This action has no dry run.');
    const provider = clouds.provider(place.provider);
    const { operation, params, passedCodes } = dryRun;
    const subject = l10n.t('dry run: {0}', ids.join(' '));
    return rehearser.rehearse(
      { provider, account, region: place.region, operation, params: params(ids, chosen), subject, signal },
      passedCodes,
    );
  };
  const policyFile = {
    read: () => readOptionalFile(join(homedir(), '.aliyun', 'safety-policy.json')),
    env: process.env,
  };
  const planner = new Planner({
    accounts,
    clouds,
    inventory,
    rehearse,
    policy: (product, action) => checkSafetyPolicy(policyFile, product, action),
    clock,
    newId,
  });
  const newGuard = (): AccountGuard =>
    new AccountGuard({ accounts, clouds, identify: (account, signal) => inventory.identify(account, signal) });
  const run = { destroyer: new Destroyer(engine), inventory, clouds, newGuard, journal, clock, newId };
  return new Gate({ planner, prompter, settings, engine: run });
}

/** In its own bundle, loaded only when somebody tries it. */
async function launchSandbox(): Promise<RunningSandbox> {
  const { startSandbox } = await import('./sandbox/index');
  const running = await startSandbox({ releaseDelayMs: 2_000 });
  const { alibabaCloud, volcengine } = running;
  const { endpoint, accessKeyId, accessKeySecret: secretAccessKey } = volcengine;
  return {
    address: { alibabaCloud, volcengine: { endpoint, accessKeyId, secretAccessKey } },
    dispose: () => running.dispose(),
  };
}

/** A sandbox that was started outside, named by the line it prints. */
function showGivenSandbox(
  line: string | undefined,
  use: (line: string) => void,
  show: (error: unknown) => Promise<void>,
): void {
  if (line === undefined || line === '') return;
  try {
    use(line);
  } catch {
    void show(
      new Error(l10n.t('CLOUD_ASSISTANT_SANDBOX is not the line that the sandbox prints; the sandbox is not shown.')),
    );
  }
}
