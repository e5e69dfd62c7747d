import type { Item } from './item';
import { decodeScript, encodeScript, withSecretsAs, type ScriptLanguage, type ScriptValue } from './script';

/** What a person answered to one input: a flag that was set or not, the value of a choice, or a text. */
export type Answer = boolean | string;

/** The answers of one action, by the name of their input. Absent means "not asked for". */
export type Answers = Readonly<Record<string, Answer>>;

/** A resource that an action is about, with its record as it was just read. */
export interface Subject {
  readonly id: string;
  readonly name: string;
  readonly item: Item;
}

interface InputBase {
  /** Unique within the action; the wire parameter where there is just one. */
  readonly name: string;
  /** The ids it is asked about, under the answers given so far; nobody is asked where there is none. */
  readonly about: (subjects: readonly Subject[], answers: Answers, now: Date) => readonly string[];
  /** Asked only where the whole request is about at least so many resources. */
  readonly fromCount?: number;
  readonly question: (count: number) => string;
}

/** A choice that some resources need, never on by default. Asked once for each account and region. */
export interface FlagInput extends InputBase {
  readonly type: 'flag';
  readonly detail: () => string;
  /** The buttons that set it and that do not; "Include" and "Leave Out" where absent. */
  readonly buttons?: () => { readonly yes: string; readonly no: string };
}

/** One of a few values; the first one is the safest and is preselected. Asked once for the whole request. */
export interface ChoiceInput extends InputBase {
  readonly type: 'choice';
  readonly choices: (subjects: readonly Subject[], answers?: Answers) => readonly Choice[];
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
}

/** A line of text. Asked once for the whole request. */
export interface TextInput extends InputBase {
  readonly type: 'text';
  /** What stands in the box first. */
  readonly initial: (subjects: readonly Subject[], answers?: Answers) => string;
  /** Why the cloud would refuse the text; undefined where nothing speaks against it. */
  readonly problem: (value: string, subjects: readonly Subject[]) => string | undefined;
}

/** A script, as `encodeScript` writes it; empty where there is none for these resources. Asked once for the whole request. */
export interface ScriptInput extends InputBase {
  readonly type: 'script';
  readonly languages: readonly ScriptLanguage[];
  /** Why a script of that language cannot be given this value; undefined where it can. */
  readonly valueProblem: (language: ScriptLanguage, value: ScriptValue) => string | undefined;
}

/** Something a person is asked before an action is planned to the end. Answers never come from a command's arguments. */
export type Input = FlagInput | ChoiceInput | TextInput | ScriptInput;

/** The answers with something else in place of each secret value of a script: what is hashed tells nothing of it. */
export function withSecretAnswersAs(
  inputs: readonly Input[],
  answers: Answers,
  other: (value: string) => string,
): Answers {
  const scripts = new Set(inputs.filter(({ type }) => type === 'script').map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => {
      const script = scripts.has(name) ? decodeScript(answer) : undefined;
      return [name, script === undefined ? answer : encodeScript(withSecretsAs(script, other))];
    }),
  );
}

/** The secret values among the answers. */
export function secretAnswers(inputs: readonly Input[], answers: Answers): string[] {
  const found: string[] = [];
  withSecretAnswersAs(inputs, answers, (value) => {
    found.push(value);
    return '';
  });
  return found;
}
