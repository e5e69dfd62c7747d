import * as l10n from '@vscode/l10n';
import type { Action, ActionWords } from '../core/action';
import type { TextInput } from '../core/input';
import type { Item } from '../core/item';
import type { Operation } from '../core/operation';
import { contentHash } from './savedCommand';
import { unreadableParts } from './unknown';

/** What both clouds tell of a saved command under the same names. */
interface CommandRecord {
  readonly Name?: string | undefined;
  readonly Description?: string | undefined;
  readonly Type?: string | undefined;
  readonly CommandContent?: string | undefined;
}

/** What differs from cloud to cloud in what can be done to a saved command. */
export interface SavedCommandFacts {
  readonly modify: Operation;
  readonly remove: Operation;
  readonly recordOf: (item: Item) => CommandRecord;
  readonly createdAt: (item: Item) => string | undefined;
  /** Why the cloud would refuse a text; undefined where nothing speaks against it. */
  readonly problems: { readonly name: TextRule; readonly description: TextRule };
  /** The code that says that there is no such command. */
  readonly goneCode: string;
  readonly outcomes: NonNullable<Action['outcomes']>;
}

export type TextRule = (text: string) => string | undefined;

/** What can be done to a saved command of one's own. */
export function savedCommandActions(facts: SavedCommandFacts): {
  readonly rename: Action;
  readonly describe: Action;
  readonly remove: Action;
} {
  return { rename: renameCommand(facts), describe: describeCommand(facts), remove: deleteCommand(facts) };
}

function renameCommand(facts: SavedCommandFacts): Action {
  return changeText(facts, {
    id: 'rename',
    name: 'Name',
    question: () => l10n.t('The new name'),
    problem: facts.problems.name,
    words: {
      button: () => l10n.t('Rename'),
      command: () => l10n.t('Rename'),
      title: () => l10n.t('Rename the command'),
      question: (_, name) => l10n.t('Rename the command "{0}"?', name),
      task: (_, { Name = '' }) => l10n.t('Rename a command to "{0}"', Name),
      answer: (_, { Name = '' }) => l10n.t('new name: {0}', Name),
      consequence: () =>
        l10n.t('Runs and schedules go by its ID and stay. What finds it by its old name no longer does.'),
      doing: () => l10n.t('Renaming'),
      done: () => l10n.t('Renamed'),
      outcome: { done: () => l10n.t('renamed'), already: () => l10n.t('already named so') },
    },
  });
}

function describeCommand(facts: SavedCommandFacts): Action {
  return changeText(facts, {
    id: 'changeDescription',
    name: 'Description',
    question: () => l10n.t('The new description'),
    problem: facts.problems.description,
    words: {
      button: () => l10n.t('Change Description'),
      command: () => l10n.t('Change Description'),
      title: () => l10n.t('Change the description of a command'),
      question: (_, name) => l10n.t('Change the description of the command "{0}"?', name),
      task: () => l10n.t('Change the description of a command'),
      answer: (_, { Description = '' }) => l10n.t('new description: {0}', Description),
      consequence: () => l10n.t('Only its description changes.'),
      doing: () => l10n.t('Changing the description'),
      done: () => l10n.t('Changed'),
      outcome: { done: () => l10n.t('changed'), already: () => l10n.t('already described so') },
    },
  });
}

interface TextChange {
  readonly id: string;
  /** The field of the record and the parameter. */
  readonly name: 'Name' | 'Description';
  readonly question: () => string;
  readonly problem: TextRule;
  readonly words: ActionWords;
}

function changeText(facts: SavedCommandFacts, { id, name, question, problem, words }: TextChange): Action {
  const textOf = (item: Item): string => facts.recordOf(item)[name] ?? '';
  const input: TextInput = {
    type: 'text',
    name,
    about: (subjects) => subjects.map((subject) => subject.id),
    question,
    initial: ([subject]) => (subject === undefined ? '' : textOf(subject.item)),
    problem,
  };
  return {
    id,
    operation: facts.modify,
    danger: () => 'none',
    menu: 'settings',
    ids: { param: 'CommandId', perCall: 1, onlyOne: true },
    inputs: [input],
    params: ([CommandId], answers) => ({ CommandId, [name]: answers[name] }),
    review: { findings: () => [], sameAs: (item) => commandSameAs(item, facts) },
    goal: {
      type: 'state',
      reached: (item, { answers }) => answers[name] !== undefined && textOf(item) === answers[name],
      codes: [],
      settlesLater: false,
      undo: (before) => (problem(textOf(before)) === undefined ? { [name]: textOf(before) } : undefined),
    },
    outcomes: facts.outcomes,
    words,
  };
}

function deleteCommand(facts: SavedCommandFacts): Action {
  return {
    id: 'deleteCommand',
    operation: facts.remove,
    menu: 'remove',
    ids: { param: 'CommandId', perCall: 1 },
    inputs: [],
    params: ([CommandId]) => ({ CommandId }),
    review: {
      findings: () => [],
      sameAs: (item) => commandSameAs(item, facts),
      leftBehind: () => [
        l10n.t('Its script is gone with it. To keep a copy, choose "Open Script" first and save what it shows.'),
        l10n.t('What was run with it before stays on record.'),
      ],
    },
    goal: { type: 'gone', codes: [facts.goneCode], settlesLater: false },
    outcomes: facts.outcomes,
    words: {
      button: () => l10n.t('Delete'),
      command: () => l10n.t('Delete Command'),
      title: () => l10n.t('Delete commands'),
      question: (count, name) =>
        count === 1 ? l10n.t('Delete the command "{0}"?', name) : l10n.t('Delete {0} commands?', count),
      task: (count) => (count === 1 ? l10n.t('Delete 1 command') : l10n.t('Delete {0} commands', count)),
      consequence: (count) =>
        count === 1
          ? l10n.t('Nobody can run it any more. It cannot be undone.')
          : l10n.t('Nobody can run them any more. It cannot be undone.'),
      doing: () => l10n.t('Deleting'),
      done: () => l10n.t('Deleted'),
      outcome: { done: () => l10n.t('deleted'), already: () => l10n.t('already gone') },
    },
  };
}

/** Anything here that differs from what was reviewed means another command, or another script. */
export function commandSameAs(
  item: Item,
  { recordOf, createdAt }: SavedCommandFacts,
): Readonly<Record<string, string | undefined>> {
  const { Name, Description, Type, CommandContent } = recordOf(item);
  return {
    Name,
    Description,
    Type,
    'SHA-256': contentHash(CommandContent),
    Created: createdAt(item),
    ...unreadableParts(item, ['Name', 'Description', 'Type']),
  };
}

/** A text of at most so many characters, and of at least one where it is needed. */
export function textRule({ most, isNeeded }: { readonly most: number; readonly isNeeded: boolean }): TextRule {
  return (value) => {
    if (isNeeded && value.trim() === '') return l10n.t('It cannot be empty.');
    return value.length > most ? l10n.t('At most {0} characters.', most) : undefined;
  };
}
