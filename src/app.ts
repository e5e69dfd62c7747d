import { randomBytes, randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CallEngine } from './client/callEngine';
import { CloudClient } from './client/cloudClient';
import { Rehearser, type Rehearsal } from './client/rehearser';
import { defaultRetryPolicy } from './client/retry';
import { Sender } from './client/sender';
import { createThrottle } from './client/throttle';
import { createTransport, defaultTransportOptions, type Inspector, type Transport } from './client/transport';
import type { Account, ProviderId } from './core/account';
import type { DryRun } from './core/action';
import type { Exchange } from './core/exchange';
import type { Answers } from './core/input';
import { createPerformer } from './host/actions/perform';
import { PlanDocuments } from './host/actions/planDocuments';
import { createPrompter } from './host/actions/prompter';
import { showSummary } from './host/actions/runMessages';
import { createCommands, type CommandDeps } from './host/commandTable';
import { schemes, type CommandName } from './host/contract/contributions';
import { createDetailsPanels } from './host/details/panel';
import { createNetworkSettings } from './host/environment/networkSettings';
import { createSandboxSwitch, type RunningSandbox } from './host/environment/sandboxSwitch';
import { createSettings, type Settings } from './host/environment/settings';
import { logCall } from './host/exchanges/httpLog';
import { ResponseDocuments } from './host/exchanges/responseDocuments';
import { createOperationsTree } from './host/operations/tree';
import { showRegisteredWith } from './host/resources/registered';
import { exchangeIdOf } from './host/resources/rowNodes';
import { createResourcesTree, type ResourcesTree } from './host/resources/tree';
import { showView } from './host/resources/viewTitle';
import { showError } from './host/ui/showError';
import type { TextSource } from './host/ui/textFiles';
import { createJournalFiles, journalFileName } from './platform/journalFiles';
import { readOptionalFile } from './platform/optionalFile';
import { resolveHost } from './platform/resolveHost';
import { alibabaRoles } from './providers/alibaba/api/sts';
import { providerOf, providers } from './providers/index';
import { volcengineRoles } from './providers/volcengine/api/sts';
import { AccountLevels } from './services/accounts/accountLevels';
import { checkAccount } from './services/accounts/checkAccount';
import { createProfileAccounts } from './services/accounts/createProfileAccounts';
import { createEnvAccounts } from './services/accounts/envAccounts';
import type { Clouds, Memory } from './services/accounts/ports';
import { aliyunFolder } from './services/accounts/profiles/aliyunFolder';
import { AccountRegistry } from './services/accounts/registry';
import { parseSandboxAddress, SandboxAccounts } from './services/accounts/sandboxAccounts';
import { StoredAccounts } from './services/accounts/storedAccounts';
import { AccountGuard } from './services/actions/accountGuard';
import { BusyTargets } from './services/actions/busyTargets';
import { Gate } from './services/actions/gate';
import { Planner, type PlannerOptions } from './services/actions/planner';
import type { Prompter } from './services/actions/ports';
import { checkSafetyPolicy } from './services/actions/safetyPolicy';
import { diagnose, type DiagnoseOptions } from './services/diagnose/diagnose';
import { Responses } from './services/exchanges/exchangeLog';
import { forgetRemoved } from './services/inventory/forgetRemoved';
import { Inventory } from './services/inventory/inventory';
import { Journal } from './services/journal/journal';
import { valueName } from './services/resources/facetValues';
import { RowView } from './services/resources/viewState';
import { systemClock } from './util/clock';
import { formatTime } from './util/format';
import { DisposableStore } from './util/lifecycle';

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

const homePlace = { env: process.env, home: homedir(), windows: process.platform === 'win32' };

const clouds: Clouds = {
  all: providers,
  provider: providerOf,
  kind: (id, kind) => providerOf(id).kinds.find((candidate) => candidate.id === kind),
};

/** The composition root: the only place where all layers meet. */
export function createApp({ context, log, views }: AppOptions): App {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const store = new DisposableStore();
  const settings = store.add(createSettings({ elsewhere: runsElsewhere(context) }));
  const responses = new Responses();
  const calls = createCalls(store, { settings, responses, log });
  const services = createServices(store, calls, { context, settings, responses });
  const shown = createViews(store, services, { calls, context, views });
  const { tree, operations, details, responseDocuments, planDocuments } = shown;
  const sandbox = store.add(createSandboxSwitch(services.sandboxAccounts, launchSandbox));
  const show = createMessages(store, { ...services, ...shown, log });
  showGivenSandbox(process.env['CLOUD_ASSISTANT_SANDBOX'], (line) => sandbox.show(parseSandboxAddress(line)), show);
  const { language } = services;
  const { client } = calls;
  const host: CommandDeps = {
    ...services,
    ...shown,
    sandbox,
    treeView: views.resources,
    exchangeIdOf: (row) => exchangeIdOf(row, shown),
    openText: (title, text) => planDocuments.openText(title, text),
    diagnose: (account, signal) => diagnose(account, diagnoseOptions(calls, language), signal),
    checkAccount: (account, signal) => checkAccount(account, { client, clouds, language }, signal),
    log,
    extensionId: context.extension.id,
  };
  return {
    resources: tree,
    operations,
    responseDocuments,
    planDocuments,
    details,
    run: createCommands(host, { log, show }),
    dispose: () => store.dispose(),
  };
}

type Calls = ReturnType<typeof createCalls>;
type Services = ReturnType<typeof createServices>;
type Views = ReturnType<typeof createViews>;

/** Whether this runs away from the person's own VS Code, which keeps the secrets. */
function runsElsewhere({ extension }: vscode.ExtensionContext): boolean {
  return vscode.env.remoteName !== undefined && extension.extensionKind === vscode.ExtensionKind.Workspace;
}

interface CallParts {
  readonly settings: Settings;
  readonly responses: Responses;
  readonly log: vscode.LogOutputChannel;
}

/** All that can reach a cloud; only the client goes to those who read, only the gate destroys. */
function createCalls(store: DisposableStore, { settings, responses, log }: CallParts) {
  const transport = openTransport(store);
  const engine = createEngine({ transport, settings, responses, log });
  return { transport, engine, client: new CloudClient(engine), rehearse: createRehearse(engine) };
}

interface ServiceParts {
  readonly context: vscode.ExtensionContext;
  readonly settings: Settings;
  readonly responses: Responses;
}

/** All that works without being looked at. */
function createServices(
  store: DisposableStore,
  { client, transport }: Calls,
  { context, settings, responses }: ServiceParts,
) {
  const language = vscode.env.language;
  const clock = systemClock;
  const known = createAccounts(store, { context, settings, client, transport });
  const { accounts } = known;
  const memory = memoryOf(context.globalState);
  const inventory = new Inventory({ accounts, clouds, client, clock, language, memory, owners: accounts });
  store.add(forgetRemoved(accounts, inventory));
  // What another address said is not what this one would say.
  store.add(settings.onDidChangeEndpoints(() => accounts.list().forEach(({ id }) => inventory.dropAccount(id))));
  const journal = createJournal(context);
  return { ...known, settings, responses, inventory, journal, clouds, clock, language };
}

interface ViewParts {
  readonly calls: Calls;
  readonly context: vscode.ExtensionContext;
  readonly views: AppViews;
}

/** What shows the services; the gate is among it because it asks people. */
function createViews(store: DisposableStore, services: Services, { calls, context, views }: ViewParts) {
  const { language, responses, journal, accounts, stored } = services;
  const view = store.add(
    new RowView({ workspace: memoryOf(context.workspaceState), everywhere: memoryOf(context.globalState) }),
  );
  store.add(showView(view, views.resources, (id, value) => valueName(id, value, services)));
  const responseDocuments = store.add(new ResponseDocuments(responses));
  const words = { cloudName, time: (date: Date): string => formatTime(date, language) };
  const planDocuments: PlanDocuments = store.add(
    new PlanDocuments({ isPending: (id) => gate.planById(id) !== undefined, words }),
  );
  const gate = createGate(services, calls, createPrompter({ cloudName }));
  const shared = { ...services, view, busy: store.add(new BusyTargets(gate)) };
  const tree: ResourcesTree = store.add(
    createResourcesTree({
      ...shared,
      canEdit: ({ id }) => stored.list().some((own) => own.id === id),
      problems: () => accounts.problems(),
    }),
  );
  const hasResult = (run: string): boolean => planDocuments.report(run) !== undefined;
  const operations = store.add(createOperationsTree({ ...shared, journal, hasResult }));
  const newNonce = (): string => randomBytes(18).toString('base64');
  const details = store.add(createDetailsPanels({ ...shared, extensionUri: context.extensionUri, newNonce }));
  const performer = createPerformer({
    gate,
    review: (plan) => planDocuments.open(plan),
    related: (target) => showRegisteredWith(target, { clouds, tree, treeView: views.resources, view }),
  });
  store.add(vscode.languages.registerCodeLensProvider({ scheme: schemes.plan }, planDocuments));
  return { view, responseDocuments, planDocuments, gate, performer, tree, operations, details };
}

/** Says what became of runs; returns how a failure is shown. */
function createMessages(
  store: DisposableStore,
  parts: Services & Views & Pick<AppOptions, 'log'>,
): (error: unknown) => Promise<void> {
  const { gate, planDocuments } = parts;
  const openResponse = (exchange: Exchange) => parts.responseDocuments.open(exchange, { preview: false });
  const deps = { ...parts, policyFor, openResponse };
  const show = (error: unknown): Promise<void> => showError(error, deps);
  store.add(gate.onDidStart(() => planDocuments.refresh()));
  store.add(
    gate.onDidRun((report) => {
      planDocuments.add(report);
      showSummary(report, deps).catch(show);
    }),
  );
  return show;
}

function cloudName(id: ProviderId): string {
  return clouds.provider(id).name();
}

/** The policy statement that grants a permission. */
function policyFor(id: ProviderId, permission: string): string {
  return clouds.provider(id).policyFor(permission);
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
  const endpoint = (provider: ProviderId) => settings.endpoint(provider);
  const stored = new StoredAccounts(memoryOf(context.globalState), context.secrets, endpoint, randomUUID);
  const sandboxAccounts = new SandboxAccounts();
  const profiles = createProfileAccounts({
    ...homePlace,
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

function createEngine({ transport, settings, responses, log }: CallParts & Pick<Calls, 'transport'>): CallEngine {
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

/** What is rehearsed, and for whom. */
interface RehearsalRequest {
  readonly account: Account;
  readonly region: string;
  readonly dryRun: DryRun;
  readonly ids: readonly string[];
  readonly answers?: Answers;
  readonly subject?: string;
  readonly signal: AbortSignal;
}

function createRehearse(engine: CallEngine) {
  const rehearser = new Rehearser(engine);
  return ({ account, region, dryRun, ids, answers = {}, subject, signal }: RehearsalRequest): Promise<Rehearsal> => {
    const { operation, params, passedCodes } = dryRun;
    const call = { provider: clouds.provider(account.provider), account, region, operation };
    return rehearser.rehearse({ ...call, params: params(ids, answers), subject, signal }, passedCodes);
  };
}

/** The safety policy of the `aliyun` CLI, read anew each time. */
const policy: PlannerOptions['policy'] = (product, action) => {
  const policyFile = {
    read: () => readOptionalFile(join(aliyunFolder(homePlace), 'safety-policy.json')),
    env: process.env,
  };
  return checkSafetyPolicy(policyFile, product, action);
};

function diagnoseOptions({ transport, client, rehearse }: Calls, language: string): DiagnoseOptions {
  return {
    transport,
    resolveHost,
    clock: systemClock,
    timeoutMs,
    client,
    clouds,
    language,
    rehearse: (account, region, dryRun, ids, signal) => rehearse({ account, region, dryRun, ids, signal }),
    policy,
  };
}

/** One file for each window, named so that names sort by time. */
function createJournal(context: vscode.ExtensionContext): Journal {
  const files = createJournalFiles(join(context.globalStorageUri.fsPath, 'journal'));
  const fileName = journalFileName(systemClock.now(), randomBytes(4).toString('hex'));
  return new Journal({ files, clock: systemClock, fileName });
}

function createGate(services: Services, calls: Calls, prompter: Prompter): Gate {
  const { inventory, accounts, journal, settings, clock } = services;
  const newId = randomUUID;
  const rehearse: PlannerOptions['rehearse'] = (account, { region }, { review: { dryRun } }, ids, answers, signal) => {
    if (dryRun === undefined) throw new TypeError('This action has no dry run.');
    const subject = l10n.t('dry run: {0}', ids.join(' '));
    return calls.rehearse({ account, region, dryRun, ids, answers, subject, signal });
  };
  const planner = new Planner({
    accounts,
    clouds,
    inventory,
    rehearse,
    policy,
    clock,
    newId,
  });
  const newGuard = (): AccountGuard =>
    new AccountGuard({ accounts, clouds, identify: (account, signal) => inventory.identify(account, signal) });
  const run = { sender: new Sender(calls.engine), inventory, clouds, newGuard, journal, clock, newId };
  return new Gate({ planner, prompter, settings, engine: run });
}

/** In its own bundle, loaded only when somebody tries it. */
async function launchSandbox(): Promise<RunningSandbox> {
  const { startSandbox } = await import('./sandbox/index');
  const running = await startSandbox({ transitionMs: 2_000 });
  return {
    address: parseSandboxAddress(JSON.stringify(running.announcement)),
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
