import type { HostFacts, Recorder, Script } from './execution';

/** What a command may look at. */
export interface Call {
  readonly args: readonly string[];
  readonly input: string;
  readonly shell: ShellFacts;
  /** Runs another command of the table, for `xargs`, `env` and `command`. */
  readonly run: (words: readonly string[], input: string) => Result;
  readonly knows: (name: string) => boolean;
}

/** What of the shell commands see. */
export interface ShellFacts {
  readonly files: Map<string, string>;
  readonly variables: Map<string, string>;
  readonly recorder: Recorder;
  readonly script: Script;
  readonly host: HostFacts;
}

export interface Result {
  readonly out?: string;
  readonly error?: string;
  readonly status?: number;
}

export type Commands = Readonly<Record<string, (call: Call) => Result>>;
