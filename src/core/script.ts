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
