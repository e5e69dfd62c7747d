import type { HostSystem } from '../../core/commands';

/** A text in both languages; where only one was written, it is both. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** What a person is asked before a script runs. */
export interface ScriptParameter {
  /** The variable that the script reads. */
  readonly name: string;
  readonly description: Words | undefined;
  /** What stands in the box first. An empty one says that the value may be empty. */
  readonly initial: string | undefined;
  /** What the whole value must fit. */
  readonly pattern: string | undefined;
  /** The values there are to choose from. */
  readonly values: readonly string[] | undefined;
  /** Typed unseen, and never shown, logged or written down. */
  readonly secret: boolean;
}

/**
 * What a script says of itself. Nothing of it is proof: a script that says that it only reads is asked about like any
 * other.
 */
export interface ScriptHeader {
  readonly name: Words | undefined;
  readonly description: Words | undefined;
  readonly effect: 'reads' | 'changes';
  /** The systems it is for; undefined for those that its language runs on. */
  readonly systems: readonly HostSystem[] | undefined;
  /** In seconds. */
  readonly timeout: number | undefined;
  readonly parameters: readonly ScriptParameter[];
}

export interface HeaderProblem {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface ReadHeader {
  /** Undefined where there is none, and where it has problems. */
  readonly header: ScriptHeader | undefined;
  readonly problems: readonly HeaderProblem[];
}
