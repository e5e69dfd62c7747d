import type { ProviderId } from '../../core/account';
import { actionCommands } from './actionCommands';

/**
 * What package.json promises, as types: ids are written here once and nowhere else in the code.
 * `test/unit/manifest.test.ts` compares both ways. Loads nothing: activation loads this file.
 */

export const views = {
  resources: 'cloudAssistant.resources',
  hosts: 'cloudAssistant.hosts',
  operations: 'cloudAssistant.operations',
} as const;

/** Menus behind a row of another menu. */
export const submenus = { moreActions: 'cloudAssistant.moreActions' } as const;

export const schemes = {
  /** One answer of a cloud, word for word but for secrets. */
  response: 'cloud-assistant-response',
  /** Scripts that clouds keep. */
  script: 'cloud-assistant-script',
  /** Plans before and results after they ran. */
  plan: 'cloud-assistant-plan',
  /** What hosts printed; kept until the window is closed. */
  output: 'cloud-assistant-output',
} as const;

/** Plans and results: plain text whose long lines wrap. */
export const planLanguage = 'cloud-assistant-plan';
/** What hosts printed: the same, and nothing in it is a link. */
export const outputLanguage = 'cloud-assistant-output';

export const panelType = 'cloudAssistant.details';
/** What the hosts of a run said. */
export const resultPanelType = 'cloudAssistant.result';

export const outputChannel = 'Cloud Assistant';

/** What a command is given: by a row `(clicked, selected[])`, by a person nothing, by others anything. */
export const commands = {
  ...actionCommands,
  reviewPlan: 'cloudAssistant.reviewPlan',
  narrowPlan: 'cloudAssistant.narrowPlan',
  runPlan: 'cloudAssistant.runPlan',
  runOnInstances: 'cloudAssistant.runOnInstances',
  showRunResult: 'cloudAssistant.showRunResult',
  pauseRun: 'cloudAssistant.pauseRun',
  goOnRun: 'cloudAssistant.goOnRun',
  stopRun: 'cloudAssistant.stopRun',
  openScript: 'cloudAssistant.openScript',
  runStored: 'cloudAssistant.runStored',
  editStored: 'cloudAssistant.editStored',
  saveAsCommand: 'cloudAssistant.saveAsCommand',
  showDetails: 'cloudAssistant.showDetails',
  previewDetails: 'cloudAssistant.previewDetails',
  openResponse: 'cloudAssistant.openResponse',
  readAgain: 'cloudAssistant.readAgain',
  refresh: 'cloudAssistant.refresh',
  refreshAll: 'cloudAssistant.refreshAll',
  retry: 'cloudAssistant.retry',
  loadMore: 'cloudAssistant.loadMore',
  loadAll: 'cloudAssistant.loadAll',
  find: 'cloudAssistant.find',
  filter: 'cloudAssistant.filter',
  clearFilter: 'cloudAssistant.clearFilter',
  groupBy: 'cloudAssistant.groupBy',
  showRegions: 'cloudAssistant.showRegions',
  showKinds: 'cloudAssistant.showKinds',
  hideEmptyRegions: 'cloudAssistant.hideEmptyRegions',
  showEmptyRegions: 'cloudAssistant.showEmptyRegions',
  addRegion: 'cloudAssistant.addRegion',
  removeRegions: 'cloudAssistant.removeRegions',
  showRegistered: 'cloudAssistant.showRegistered',
  readRunResult: 'cloudAssistant.readRunResult',
  showInOperations: 'cloudAssistant.showInOperations',
  stopLoading: 'cloudAssistant.stopLoading',
  readHosts: 'cloudAssistant.readHosts',
  refreshHosts: 'cloudAssistant.refreshHosts',
  stopHosts: 'cloudAssistant.stopHosts',
  filterHosts: 'cloudAssistant.filterHosts',
  clearHosts: 'cloudAssistant.clearHosts',
  chooseHosts: 'cloudAssistant.chooseHosts',
  exportHosts: 'cloudAssistant.exportHosts',
  showInResources: 'cloudAssistant.showInResources',
  addAccount: 'cloudAssistant.addAccount',
  renameAccount: 'cloudAssistant.renameAccount',
  changeAccountLevel: 'cloudAssistant.changeAccountLevel',
  reenterKeys: 'cloudAssistant.reenterKeys',
  removeAccount: 'cloudAssistant.removeAccount',
  diagnoseConnection: 'cloudAssistant.diagnoseConnection',
  trySandbox: 'cloudAssistant.trySandbox',
  stopSandbox: 'cloudAssistant.stopSandbox',
  copyId: 'cloudAssistant.copyId',
  copyName: 'cloudAssistant.copyName',
  copyAddress: 'cloudAssistant.copyAddress',
  copyHostName: 'cloudAssistant.copyHostName',
  copyTable: 'cloudAssistant.copyTable',
  copyRecipe: 'cloudAssistant.copyRecipe',
  copyPolicy: 'cloudAssistant.copyPolicy',
  openResult: 'cloudAssistant.openResult',
  retryFailed: 'cloudAssistant.retryFailed',
  checkRun: 'cloudAssistant.checkRun',
  exportJournal: 'cloudAssistant.exportJournal',
  showLog: 'cloudAssistant.showLog',
  openSettings: 'cloudAssistant.openSettings',
} as const;

export type CommandName = keyof typeof commands;

/** Commands that make no sense without a row, or that are the same as another: hidden from the palette. */
export const itemOnly: readonly CommandName[] = [
  'openScript',
  'runStored',
  'editStored',
  'deleteInstance',
  'releaseInstance',
  'previewDetails',
  'readAgain',
  'retry',
  'loadMore',
  'loadAll',
  'showRegistered',
  'readRunResult',
  'showInOperations',
  'showInResources',
  'copyId',
  'copyName',
  'copyAddress',
  'copyHostName',
  'copyTable',
  'copyRecipe',
  'copyPolicy',
  'openResult',
  'retryFailed',
  'checkRun',
];

/** Tokens of a row's `contextValue`, joined by `+`: menus match them as `/\bcan\.details\b/`, never kinds or clouds. */
export const abilities = {
  details: 'can.details',
  script: 'can.script',
  editScript: 'can.editScript',
  refresh: 'can.refresh',
  retry: 'can.retry',
  loadMore: 'can.loadMore',
  clearFilter: 'can.clearFilter',
  showEmpty: 'can.showEmpty',
  clearHosts: 'can.clearHosts',
  readHosts: 'can.readHosts',
  stopHosts: 'can.stopHosts',
  copy: 'can.copy',
  address: 'can.address',
  nameAccount: 'can.nameAccount',
  reviewGroup: 'can.reviewGroup',
  response: 'can.response',
  policy: 'can.policy',
  result: 'can.result',
  retryFailed: 'can.retryFailed',
  check: 'can.check',
  recipe: 'can.recipe',
  editAccount: 'can.editAccount',
  protect: 'can.protect',
  diagnose: 'can.diagnose',
  choose: 'can.choose',
  stop: 'can.stop',
  registered: 'can.registered',
  hostResults: 'can.hostResults',
  ownRun: 'can.ownRun',
} as const;

/** The token that offers an action: `can.stopInstances`. */
export function abilityOf(action: string): string {
  return `can.${action}`;
}

/** Keys of `when` clauses that we set. */
export const contextKeys = {
  sandboxRunning: 'cloudAssistant.sandboxRunning',
  /** Whether a filter is on. */
  filtered: 'cloudAssistant.filtered',
  /** Whether the flat list shows only a part of the hosts. */
  hostsFiltered: 'cloudAssistant.hostsFiltered',
  /** Whether the flat list is being read. */
  hostsReading: 'cloudAssistant.hostsReading',
  /** Whether empty regions are left out. */
  emptyHidden: 'cloudAssistant.emptyHidden',
  /** Whether a script that was sent from this window is still running. */
  runGoingOn: 'cloudAssistant.runGoingOn',
  /** Paths of the open plans that can still be run. */
  pendingPlans: 'cloudAssistant.pendingPlans',
} as const;

/** What replaces the address of a cloud, for every cloud. */
export const endpointSettings = {
  alibabaCloud: 'cloudAssistant.alibabaCloud.endpoint',
  volcengine: 'cloudAssistant.volcengine.endpoint',
} as const satisfies Record<ProviderId, string>;

export const settings = {
  answerFormat: 'cloudAssistant.answerFormat',
  typedAbove: 'cloudAssistant.confirm.typedAbove',
  commandsFolder: 'cloudAssistant.commands.folder',
} as const;

export type SettingId = (typeof settings)[keyof typeof settings] | (typeof endpointSettings)[ProviderId];
