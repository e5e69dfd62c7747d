import * as l10n from '@vscode/l10n';
import type { Action, ActionWords, Finding } from '../core/action';
import type { CommandSupport } from '../core/commands';
import type { Answers, ChoiceInput, Input, ScriptInput, Subject, TextInput } from '../core/input';
import type { Item } from '../core/item';
import type { Saving } from '../core/kind';
import type { Operation } from '../core/operation';
import { decodeScript, scriptLanguages, type Script, type ScriptLanguage } from '../core/script';
import { valueProblem } from './quoting';
import { finished, missingFirstLine } from './runAnswers';
import { languageName } from './runCommand';
import { contentHash } from './savedCommand';
import type { TextRule } from './savedCommandActions';
import { sizeProblem } from './script';

/** What differs from cloud to cloud in how scripts are saved. */
export interface SavingFacts {
  readonly support: CommandSupport;
  readonly create: Operation;
  readonly types: Readonly<Record<ScriptLanguage, string>>;
  readonly recordOf: (item: Item) => SavedRecord;
  readonly problems: { readonly name: TextRule; readonly description: TextRule };
  /** Parameters of the list's operation that find what has this name. */
  readonly named: (name: string) => Record<string, unknown>;
  /** What says that values are put in for these names. */
  readonly parameters: (names: readonly string[]) => Record<string, unknown>;
  /** Where the script of a saved command can be changed; undefined where another one must take its place. */
  readonly modify: Operation | undefined;
  readonly sameAs: (item: Item) => Readonly<Record<string, string | undefined>>;
}

interface SavedRecord {
  readonly Name?: string | undefined;
  readonly CommandContent?: string | undefined;
}

/** Saving scripts as commands. */
export function savedCommandSaving(facts: SavingFacts): Saving {
  const { problems, modify } = facts;
  const create = createAction(facts, 'createCommand', createWords(facts));
  if (modify !== undefined) return { create, edit: editAction(facts, modify), nameProblem: problems.name };
  return { create, replace: createAction(facts, 'replaceCommand', replaceWords(facts)), nameProblem: problems.name };
}

function createAction(facts: SavingFacts, id: string, words: ActionWords): Action {
  return {
    id,
    operation: facts.create,
    menu: 'settings',
    ids: { param: 'Name', perCall: 1, onlyOne: true },
    inputs: inputsOf(facts),
    params: ([Name], answers) => ({ Name, ...contentParams(facts, answers), ...settingParams(facts, answers) }),
    offered: () => false,
    review: { findings: (_item, _now, answers) => scriptFindings(facts, answers), sameAs: () => ({}) },
    goal: {
      type: 'created',
      codes: [],
      settlesLater: false,
      named: facts.named,
      isIt: (item, name, answers) => {
        const { Name, CommandContent } = facts.recordOf(item);
        return Name === name && contentHash(CommandContent) === hashOf(facts, answers);
      },
    },
    kept: keptOf(facts),
    words,
  };
}

/** The script of a saved command becomes another one; everything else of it stays. */
function editAction(facts: SavingFacts, operation: Operation): Action {
  const isIt = (item: Item, answers: Answers): boolean =>
    contentHash(facts.recordOf(item).CommandContent) === hashOf(facts, answers);
  return {
    id: 'changeScript',
    operation,
    menu: 'settings',
    ids: { param: 'CommandId', perCall: 1, onlyOne: true },
    inputs: [scriptInput],
    params: ([CommandId], answers) => ({ CommandId, ...contentParams(facts, answers) }),
    review: { findings: (_item, _now, answers) => scriptFindings(facts, answers), sameAs: facts.sameAs },
    goal: { type: 'state', reached: (item, { answers }) => isIt(item, answers), codes: [], settlesLater: false },
    kept: keptOf(facts),
    words: {
      ...createWords(facts),
      button: () => l10n.t('Change Script'),
      command: () => l10n.t('Change Script'),
      title: () => l10n.t('Change the script of a command'),
      question: (_, name) => l10n.t('Change the script of the command "{0}"?', name),
      task: () => l10n.t('Change the script of a command'),
      consequence: () =>
        l10n.t('It runs the new script from now on, in schedules too. The old script is kept nowhere.'),
      doing: () => l10n.t('Changing the script'),
      done: () => l10n.t('Changed'),
      outcome: { done: () => l10n.t('changed'), already: () => l10n.t('already has this script') },
    },
  };
}

const all = (subjects: readonly Subject[]): string[] => subjects.map(({ id }) => id);

const scriptInput: ScriptInput = {
  type: 'script',
  name: 'script',
  languages: scriptLanguages,
  about: all,
  question: () => l10n.t('Script to save'),
  valueProblem,
};

function inputsOf({ support, problems }: SavingFacts): Input[] {
  const { leastTimeout, mostTimeout, defaultTimeout } = support.limits;
  const text = (name: string, question: () => string, problem: TextRule, initial = ''): TextInput => ({
    type: 'text',
    name,
    about: all,
    question,
    initial: () => initial,
    problem,
  });
  return [
    scriptInput,
    text(
      'description',
      () => l10n.t('Description; may be empty'),
      (value) => (value === '' ? undefined : problems.description(value)),
    ),
    text(
      'folder',
      () => l10n.t('Working directory; empty for the default of the agent'),
      (value) => (value.length > 200 ? l10n.t('At most {0} characters.', 200) : undefined),
    ),
    text(
      'timeout',
      () => l10n.t('Time limit in seconds, {0} to {1}', leastTimeout, mostTimeout),
      (value) => {
        const seconds = /^\d{1,5}$/.test(value) ? Number(value) : 0;
        return seconds >= leastTimeout && seconds <= mostTimeout
          ? undefined
          : l10n.t('Enter a whole number from {0} to {1}.', leastTimeout, mostTimeout);
      },
      String(defaultTimeout),
    ),
    parametersInput,
  ];
}

/** Asked only where something in the script looks like a parameter. */
const parametersInput: ChoiceInput = {
  type: 'choice',
  name: 'parameters',
  about: (subjects, answers) => (placeholders(scriptIn(answers)).length > 0 ? all(subjects) : []),
  question: () => l10n.t('What {{…}} in the script means'),
  choices: () => [
    { value: 'text', label: l10n.t('Nothing: it stays as it is') },
    {
      value: 'parameters',
      label: l10n.t('Parameters: values are asked for each time it is run'),
      detail: l10n.t('The cloud puts them in as bare text; from here only values that are safe there are taken.'),
    },
  ],
};

/** What is saved is the script itself: values are given to it each time it is run. */
function scriptIn({ script: answer }: Answers): Script | undefined {
  const script = decodeScript(answer);
  return script && { language: script.language, name: script.name, text: script.text };
}

const placeholder = /\{\{[ \t]*([A-Za-z_]\w{0,63})[ \t]*\}\}/g;

function placeholders(script: Script | undefined): string[] {
  return [...new Set([...(script?.text ?? '').matchAll(placeholder)].map(([, name = '']) => name))];
}

function contentParams({ support, types }: SavingFacts, answers: Answers): Record<string, unknown> {
  const script = scriptIn(answers);
  if (script === undefined) return { CommandContent: '', ContentEncoding: 'Base64' };
  const CommandContent = Buffer.from(finished(support, script).content, 'utf8').toString('base64');
  return { Type: types[script.language], CommandContent, ContentEncoding: 'Base64' };
}

function settingParams({ parameters, support }: SavingFacts, answers: Answers): Record<string, unknown> {
  const { description = '', folder = '', timeout = support.limits.defaultTimeout } = answers;
  return {
    ...(description !== '' && { Description: description }),
    ...(folder !== '' && { WorkingDir: folder }),
    Timeout: Number(timeout),
    ...(answers['parameters'] === 'parameters'
      ? { EnableParameter: true, ...parameters(placeholders(scriptIn(answers))) }
      : { EnableParameter: false }),
  };
}

/** Of the script, or of the one that the journal has the hash of. */
function hashOf({ support }: SavingFacts, answers: Answers): string | undefined {
  const script = scriptIn(answers);
  if (script !== undefined) return finished(support, script).sha256;
  const kept = answers['scriptSha256'];
  return typeof kept === 'string' ? kept : 'none';
}

/** A script may hold a secret: the journal tells one from another and has no text of any. */
function keptOf(facts: SavingFacts): NonNullable<Action['kept']> {
  return {
    params: ({ CommandContent: _, ...params }) => params,
    answers: ({ script, ...answers }) =>
      script === undefined ? answers : { ...answers, scriptSha256: hashOf(facts, { script }) ?? '' },
  };
}

function scriptFindings({ support }: SavingFacts, answers: Answers): Finding[] {
  if (answers['script'] === undefined) return [];
  const script = scriptIn(answers);
  if (script === undefined || script.text.trim() === '')
    return [{ level: 'refused', code: 'noScript', text: l10n.t('There is no script to save.') }];
  const size = sizeProblem(finished(support, script), support.limits.savedContent);
  if (size !== undefined) return [{ level: 'refused', code: 'tooLong', text: size }];
  const first = missingFirstLine(support, script);
  if (first === undefined) return [];
  const added = l10n.t(
    'The cloud asks for a first line that names what runs the script: "{0}" is put before it.',
    first,
  );
  return [{ level: 'warning', code: 'firstLine', text: added }];
}

function createWords(facts: SavingFacts): ActionWords {
  return {
    button: () => l10n.t('Save'),
    command: () => l10n.t('Save as Command'),
    title: () => l10n.t('Save a script as a command'),
    question: (_, name) => l10n.t('Save the script as the command "{0}"?', name),
    task: () => l10n.t('Save a script as a command'),
    answer: (name, answers) => answerWords(facts, name, answers),
    consequence: () =>
      l10n.t(
        'Everybody who may see commands in this region can read the script, and whoever may run commands can run it.',
      ),
    doing: () => l10n.t('Saving the command'),
    done: () => l10n.t('Saved'),
    outcome: { done: () => l10n.t('saved'), already: () => l10n.t('already saved') },
  };
}

function replaceWords(facts: SavingFacts): ActionWords {
  return {
    ...createWords(facts),
    button: () => l10n.t('Replace'),
    title: () => l10n.t('Change the script of a command'),
    question: (_, name) => l10n.t('Replace the command "{0}" by one with the new script?', name),
    task: () => l10n.t('Change the script of a command'),
    consequence: () =>
      l10n.t(
        'The cloud cannot change the script of a command. A new command is made under the same name; only when it is known to exist, the old one is deleted. Its ID is then another one: whatever goes by the old ID must be changed.',
      ),
  };
}

function answerWords({ support }: SavingFacts, name: string, answers: Answers): string | undefined {
  const { description = '', folder = '', timeout = '' } = answers;
  switch (name) {
    case 'script': {
      const script = scriptIn(answers);
      if (script === undefined) return undefined;
      const { lines, sha256 } = finished(support, script);
      const size =
        lines === 1
          ? l10n.t('{0}, 1 line', languageName(script.language))
          : l10n.t('{0}, {1} lines', languageName(script.language), lines);
      return l10n.t('{0} (SHA-256 {1})', size, sha256.slice(0, 12));
    }
    case 'description':
      return description === '' ? undefined : l10n.t('description: {0}', description);
    case 'folder':
      return folder === '' ? undefined : l10n.t('in "{0}"', folder);
    case 'timeout':
      return l10n.t('{0} seconds at most', timeout);
    case 'parameters':
      return answers['parameters'] === 'parameters' ? l10n.t('with parameters') : undefined;
    default:
      return undefined;
  }
}
