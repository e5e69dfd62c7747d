import * as vscode from 'vscode';
import type { KnownAccounts } from '../compose/accounts';
import type { Core } from '../compose/core';
import type { AccountInfo, ProviderId } from '../core/account';
import type { Place } from '../core/target';
import type { RunReport } from '../services/actions/report';
import { Reports } from '../services/actions/reports';
import { LiveResults } from '../services/commands/liveResults';
import type { RecordedResult } from '../services/commands/recordedResult';
import type { RunRecord } from '../services/journal/runRecord';
import { valueName } from '../services/resources/facetValues';
import { formatTime } from '../util/format';
import type { DisposableStore } from '../util/lifecycle';
import type { AccountsDeps } from './accounts/commands';
import { createPerformer, type Performer } from './actions/perform';
import { PlanDocuments } from './actions/planDocuments';
import { showSummary } from './actions/runMessages';
import { MarkedHosts } from './commands/markedHosts';
import { OutputDocuments } from './commands/outputDocuments';
import { outputOf } from './commands/outputOf';
import { ResultPanels } from './commands/resultPanels';
import { tellRunning } from './commands/runCommands';
import type { ScratchScripts } from './commands/scratchScripts';
import { ScriptDocuments } from './commands/scriptDocuments';
import { createCommands } from './commandTable';
import { schemes } from './contract/contributions';
import { createDetailsPanels, type DetailsPanelsDeps } from './details/panel';
import type { DiagnoseDeps } from './environment/diagnoseCommand';
import { showGivenSandbox, type SandboxSwitch } from './environment/sandboxSwitch';
import { runsElsewhere } from './environment/settings';
import { ResponseDocuments } from './exchanges/responseDocuments';
import { createOperationsTree } from './operations/tree';
import { ActedIn } from './resources/actedIn';
import { showFleet } from './resources/hostsTitle';
import { createFleetTree } from './resources/hostsTree';
import { showRegisteredWith } from './resources/registered';
import { exchangeIdOf } from './resources/rowNodes';
import { createResourcesTree } from './resources/tree';
import { showView } from './resources/viewTitle';
import { showError } from './ui/showError';

export interface HostViews {
  readonly resources: vscode.TreeView<unknown>;
  readonly hosts: vscode.TreeView<unknown>;
  readonly operations: vscode.TreeView<unknown>;
}

export interface HostParts
  extends Pick<AccountsDeps, 'checkAccount'>, Pick<DiagnoseDeps, 'diagnose'>, Pick<DetailsPanelsDeps, 'newNonce'> {
  readonly core: Core<KnownAccounts>;
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly views: HostViews;
  readonly sandbox: SandboxSwitch;
  readonly scratch: ScratchScripts;
}

/** Everything people see and do, over a core: documents, trees, panels, messages and commands. */
export function createHost(store: DisposableStore, parts: HostParts) {
  const { core, context, log, views, sandbox } = parts;
  const documents = createDocuments(store, core);
  const trees = createTrees(store, parts);
  const performer = createPerformer({
    gate: core.gate,
    review: (plan) => documents.planDocuments.open(plan),
    related: (target) => showRegisteredWith(target, { ...core, ...trees, treeView: views.resources }),
  });
  const shown = { ...core, ...documents, ...trees, performer, sandbox, log };
  const show = createMessages(store, shown);
  const results = createResults(store, { ...parts, ...shown, show });
  showGivenSandbox(process.env['CLOUD_ASSISTANT_SANDBOX'], sandbox, show);
  const deps = {
    ...core.known,
    ...parts,
    ...shown,
    ...results,
    treeView: views.resources,
    hostsView: views.hosts,
    operationsView: views.operations,
    showResult: (result: RecordedResult) => results.resultPanels.show(result),
    extensionId: context.extension.id,
    elsewhere: runsElsewhere(context),
    exchangeIdOf: (row: Parameters<typeof exchangeIdOf>[0]) => exchangeIdOf(row, shown),
    openText: (title: string, text: string) => documents.planDocuments.openText(title, text),
  };
  return { ...shown, ...results, run: createCommands(deps, { log, show }) };
}

/** What the hosts of runs say: kept while this window is open, and shown as it comes. */
function createResults(store: DisposableStore, parts: ResultParts) {
  const { core, context, views, newNonce, outputDocuments, performer, show } = parts;
  const { gate, clock, inventory, language } = core;
  const live = store.add(
    new LiveResults({ runs: gate, now: () => clock.now(), regionName: (place) => inventory.regionName(place) }),
  );
  const marked = new MarkedHosts();
  const resultPanels = store.add(
    new ResultPanels({
      ...{ gate, clock, language, performer, outputDocuments, newNonce, show },
      extensionUri: context.extensionUri,
      mark: (targets) => marked.mark(targets, { ...core, ...parts, treeView: views.resources }),
      others: (id) => live.list().flatMap((one) => (one.current().id === id ? [] : [one.current()])),
      reopen: async (id) => live.get(id) ?? (await core.recordedRuns.reopen(id)),
    }),
  );
  store.add(tellRunning(live));
  store.add(live.onDidBegin((result) => resultPanels.show(result)));
  return { live, marked, resultPanels };
}

type ResultParts = HostParts &
  Documents &
  ReturnType<typeof createTrees> & {
    readonly performer: Performer;
    readonly show: (error: unknown) => Promise<void>;
  };

type Documents = ReturnType<typeof createDocuments>;

/** Answers and plans as read-only tabs. */
function createDocuments(store: DisposableStore, core: HostParts['core']) {
  const { responses, gate, clouds, language, accounts, inventory, journal } = core;
  const responseDocuments = store.add(new ResponseDocuments(responses, clouds));
  const cloudName = (id: ProviderId): string => clouds.provider(id).name();
  const time = (date: Date): string => formatTime(date, language);
  const isPending = (id: string): boolean => gate.planById(id) !== undefined;
  const account = (id: string): AccountInfo | undefined => accounts.get(id);
  const words = { cloudName, time, clouds, account, regionName: (place: Place) => inventory.regionName(place) };
  const reports = store.add(new Reports(gate));
  const run = (id: string): Promise<RunRecord | undefined> => reports.run(id, journal);
  const planDocuments = store.add(new PlanDocuments({ isPending, run, words }));
  const outputDocuments = store.add(new OutputDocuments());
  store.add(vscode.languages.registerCodeLensProvider({ scheme: schemes.plan }, planDocuments));
  store.add(vscode.languages.registerCodeLensProvider({ scheme: schemes.response }, responseDocuments));
  store.add(gate.onDidStart(() => planDocuments.refresh()));
  store.add(journal.onDidChange(() => planDocuments.refreshResults()));
  store.add(vscode.window.onDidChangeVisibleTextEditors((editors) => planDocuments.begin(editors)));
  const scriptDocuments = store.add(new ScriptDocuments({ clouds, inventory, now: () => core.clock.now() }));
  return { responseDocuments, planDocuments, outputDocuments, scriptDocuments };
}

/** The trees, what stands beside their titles, and the details. */
function createTrees(store: DisposableStore, { core, context, views, newNonce }: HostParts) {
  store.add(
    showView(core.view, views.resources, {
      nameOf: (id, value) => valueName(id, value, core),
      language: core.language,
    }),
  );
  const canEdit = ({ id }: { readonly id: string }): boolean => core.known.stored.list().some((own) => own.id === id);
  const rows = { ...core, model: core.resourcesModel, canEdit };
  const actedIn = new ActedIn();
  const tree = store.add(createResourcesTree({ ...rows, actedIn }, views.resources));
  const hosts = store.add(createFleetTree({ rows, fleet: core.fleet, gate: core.gate, actedIn }, views.hosts));
  store.add(showFleet(core.fleet, views.hosts, core.language));
  const operations = store.add(createOperationsTree({ ...core, model: core.operationsModel }));
  const details = store.add(createDetailsPanels({ ...core, extensionUri: context.extensionUri, newNonce }));
  return { tree, hosts, operations, details, actedIn };
}

/** Says what became of runs; returns how a failure is shown. */
function createMessages(
  store: DisposableStore,
  parts: HostParts['core'] & Documents & Pick<HostParts, 'log'> & { readonly performer: Performer },
): (error: unknown) => Promise<void> {
  const { clouds, gate, outputDocuments, responseDocuments } = parts;
  const policyFor = (id: ProviderId, permission: string): string => clouds.provider(id).policyFor(permission);
  const deps = {
    ...parts,
    policyFor,
    outputOf: (report: RunReport) =>
      outputOf(report, (title, text) => outputDocuments.open({ title, text: () => text })),
    openResponse: (exchange: Parameters<ResponseDocuments['open']>[0]) =>
      responseDocuments.open(exchange, { preview: false }),
  };
  const show = (error: unknown): Promise<void> => showError(error, deps);
  store.add(
    gate.onDidRun((report) => {
      showSummary(report, deps).catch(show);
    }),
  );
  return show;
}
