/** What a script is written in, and with that what runs it. */
export const scriptLanguages = ['shell', 'powershell', 'batch', 'python'] as const;
export type ScriptLanguage = (typeof scriptLanguages)[number];

/** A value that a script is given, as a variable of this name. */
export interface ScriptValue {
  readonly name: string;
  readonly value: string;
  /**
   * Stands in the script that is sent, and in the memory of this window so that the same can be tried again. It is
   * never shown, logged or written down, nor is any hash that could be compared with guesses of it.
   */
  readonly secret?: boolean;
}

/** A script as a person chose it. */
export interface Script {
  readonly language: ScriptLanguage;
  /** Where it comes from, for people: a file's name. */
  readonly name: string;
  readonly text: string;
  /** What was answered for the parameters that it declares. */
  readonly values?: readonly ScriptValue[] | undefined;
  /** How long it may run in seconds, where it says so itself. */
  readonly timeout?: number | undefined;
}

/** A script that a cloud keeps. */
export interface StoredScript {
  /** Undefined for one that is not known here. */
  readonly language: ScriptLanguage | undefined;
  /** What it is called there. */
  readonly name: string;
  readonly description: string;
  readonly text: string;
  /** The text is all of it, byte for byte: it can be run as it is shown. */
  readonly isExact: boolean;
  /** Undefined for what the agent takes. */
  readonly user: string | undefined;
  readonly folder: string | undefined;
  /** In seconds. */
  readonly timeout: number | undefined;
  /** What the cloud would put in for `{{name}}`; undefined where it puts in nothing. */
  readonly parameters: readonly StoredParameter[] | undefined;
  /** What runs it instead of its own first line; empty where nothing does. */
  readonly launcher: string;
}

/** A value that a stored script is given each time it is run. */
export interface StoredParameter {
  readonly name: string;
  readonly description: string;
  /** Undefined where there is none. */
  readonly initial: string | undefined;
  readonly isRequired: boolean;
  /** The only values it may have; empty for any. */
  readonly choices: readonly string[];
}

/** The script as the answer to an input. */
export function encodeScript({ language, name, text, values, timeout }: Script): string {
  return JSON.stringify({ language, name, text, values, timeout });
}

/** The script of an answer; undefined where there is none. */
export function decodeScript(answer: unknown): Script | undefined {
  if (typeof answer !== 'string' || answer === '') return undefined;
  const { language, name, text, values, timeout } = JSON.parse(answer) as Partial<Script>;
  const known = scriptLanguages.find((one) => one === language);
  return known === undefined || typeof name !== 'string' || typeof text !== 'string'
    ? undefined
    : { language: known, name, text, ...(values && { values }), ...(timeout !== undefined && { timeout }) };
}

/** Whether it was given a value that nobody may see. */
export function hasSecrets({ values = [] }: Script): boolean {
  return values.some(({ secret }) => secret === true);
}

/** The script with something else in place of each secret value. */
export function withSecretsAs(script: Script, other: (value: string) => string): Script {
  const values = script.values?.map((one) => (one.secret === true ? { ...one, value: other(one.value) } : one));
  return { ...script, ...(values && { values }) };
}
