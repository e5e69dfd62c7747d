/** The entry of the sandbox's own bundle, loaded only when somebody tries it. */
export { startSandbox } from './server';
export type { SandboxAccess } from './cloud';
export type { Sandbox } from './server';
export type { SandboxOptions } from './state';
export type { Fault } from './faults';
export type { LoggedRequest } from './requestLog';
