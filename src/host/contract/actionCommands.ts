// Written by scripts/contributions.ts from the actions that the kinds declare; `npm run contributions` writes it anew.

/** The commands of actions. */
export const actionCommands = {
  changeDescription: 'cloudAssistant.changeDescription',
  changeReleaseProtection: 'cloudAssistant.changeReleaseProtection',
  deleteActivation: 'cloudAssistant.deleteActivation',
  deleteCommand: 'cloudAssistant.deleteCommand',
  deleteInstance: 'cloudAssistant.deleteInstance',
  deleteInstances: 'cloudAssistant.deleteInstances',
  deregisterManagedInstance: 'cloudAssistant.deregisterManagedInstance',
  disableActivation: 'cloudAssistant.disableActivation',
  releaseInstance: 'cloudAssistant.releaseInstance',
  rename: 'cloudAssistant.rename',
  restartInstances: 'cloudAssistant.restartInstances',
  runCommand: 'cloudAssistant.runCommand',
  startInstances: 'cloudAssistant.startInstances',
  stopCloudRun: 'cloudAssistant.stopCloudRun',
  stopInstances: 'cloudAssistant.stopInstances',
} as const;

export type ActionCommand = keyof typeof actionCommands;
