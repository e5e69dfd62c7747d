import { hostCommands } from './hostCommands';
import type { Commands } from './shellCall';
import { textCommands } from './textCommands';

/** Every command there is; none of them touches this machine. */
export const shellCommands: Commands = Object.assign(Object.create(null), textCommands, hostCommands) as Commands;
