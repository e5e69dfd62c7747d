// Written by scripts/contributions.ts from the actions that the kinds declare. Run `npm run contributions` after a change.

/** The commands of actions, without their prefix. */
export const actionCommands = ['deleteActivation', 'deleteInstances', 'deregisterManagedInstance'] as const;

export type ActionCommand = (typeof actionCommands)[number];
