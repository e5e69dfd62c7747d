import type { HostBehaviour } from '../hostBehaviour';
import type { Execution, HostFacts, Script } from './execution';
import { play } from './play';
import type { RunHost } from './runBook';

export interface Sent {
  readonly script: Omit<Script, 'user' | 'folder'>;
  readonly user: string | undefined;
  readonly folder: string | undefined;
  /** The cloud's codes for what a host does not have. */
  readonly codes: { readonly user: string; readonly folder: string };
}

/** One host of a run: what it will say is known at once, and told as the clock goes on. */
export function hostOf(facts: HostFacts, behaviour: HostBehaviour, sent: Sent): RunHost {
  const user = sent.user ?? (facts.system === 'linux' ? 'root' : 'System');
  const folder = sent.folder ?? (facts.system === 'linux' ? '/root' : 'C:\\Windows\\System32');
  const execution = override(behaviour) ?? play({ ...sent.script, user, folder }, facts);
  const refusal = missing(user, folder, sent.codes);
  return { id: facts.id, behaviour, execution, ...(refusal === undefined ? {} : { refusal }) };
}

function override({ output, exitCode }: HostBehaviour): Execution | undefined {
  if (output === undefined && exitCode === undefined) return undefined;
  const text = Buffer.from(output ?? '', 'base64').toString('latin1');
  return { pieces: [{ atMs: 0, text, isBytes: true }], exitCode: exitCode ?? 0, durationMs: 0 };
}

const users = new Set(['root', 'ops', 'nginx', 'system', 'administrator', 'ecs-assist-user']);

function missing(user: string, folder: string, codes: Sent['codes']): string | undefined {
  if (!users.has(user.toLowerCase())) return codes.user;
  return /missing|nowhere/.test(folder) ? codes.folder : undefined;
}
