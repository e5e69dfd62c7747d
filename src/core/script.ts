/** What a script is written in, and with that what runs it. */
export const scriptLanguages = ['shell', 'powershell', 'batch', 'python'] as const;
export type ScriptLanguage = (typeof scriptLanguages)[number];

/** A script as a person chose it. */
export interface Script {
  readonly language: ScriptLanguage;
  /** Where it comes from, for people: a file's name. */
  readonly name: string;
  readonly text: string;
}

/** A script that a cloud keeps. */
export interface StoredScript {
  /** Undefined for one that is not known here. */
  readonly language: ScriptLanguage | undefined;
  /** What it is called there. */
  readonly name: string;
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
export function encodeScript({ language, name, text }: Script): string {
  return JSON.stringify({ language, name, text });
}

/** The script of an answer; undefined where there is none. */
export function decodeScript(answer: unknown): Script | undefined {
  if (typeof answer !== 'string' || answer === '') return undefined;
  const { language, name, text } = JSON.parse(answer) as Partial<Script>;
  const known = scriptLanguages.find((one) => one === language);
  return known === undefined || typeof name !== 'string' || typeof text !== 'string'
    ? undefined
    : { language: known, name, text };
}
