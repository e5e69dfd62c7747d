import type { CommandSupport } from '../core/commands';
import type { Script } from '../core/script';

const placeholder = /\{\{([^{}\r\n]{1,200})\}\}/g;

/** What stands between double braces in a script. */
export interface Placeholders {
  /** What the cloud puts in itself: its stored secrets and parameters, and what it knows of the run. */
  readonly cloud: readonly string[];
  /** What nobody puts in. */
  readonly other: readonly string[];
}

/** The `{{…}}` of a script, each once. Only the body counts: values are data, whatever stands in them. */
export function placeholdersOf({ cloudValue }: Pick<CommandSupport, 'cloudValue'>, { text }: Script): Placeholders {
  const all = Array.from(text.matchAll(placeholder), ([, name = '']) => name.trim());
  // Templates of programs, as `{{.Names}}` of docker, are no names that a cloud looks for.
  const names = [...new Set(all)].filter((name) => /^\w[\w:./-]*$/.test(name));
  return { cloud: names.filter(cloudValue), other: names.filter((name) => !cloudValue(name)) };
}

/** Whether the cloud is asked to put something in: only for what is its own, for it quotes nothing. */
export function wantsCloudValues(support: CommandSupport, script: Script | undefined): boolean {
  return script !== undefined && placeholdersOf(support, script).cloud.length > 0;
}
