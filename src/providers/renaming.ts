import * as l10n from '@vscode/l10n';
import type { Action, Review } from '../core/action';
import type { TextInput } from '../core/input';
import type { Item } from '../core/item';
import type { Operation } from '../core/operation';

/** What differs between kinds whose resources have an `InstanceName` that can be changed. */
export interface Renaming {
  readonly operation: Operation;
  readonly nameOf: (item: Item) => string | undefined;
  /** Why the cloud would refuse the name; undefined where nothing speaks against it. */
  readonly problem: (name: string) => string | undefined;
  readonly review: Review;
  readonly outcomes?: Action['outcomes'];
  readonly words: Pick<Action['words'], 'title' | 'question' | 'consequence'> & {
    readonly task: (to: string) => string;
  };
}

/** Giving one resource another name. */
export function renaming({ operation, nameOf, problem, review, outcomes, words }: Renaming): Action {
  return {
    id: 'rename',
    operation,
    danger: () => 'none',
    menu: 'settings',
    ids: { param: 'InstanceId', perCall: 1, onlyOne: true },
    inputs: [nameInput(nameOf, problem)],
    params: ([id], answers) => ({ InstanceId: id, InstanceName: answers['InstanceName'] }),
    review,
    goal: {
      type: 'state',
      reached: (item, { answers: { InstanceName } }) => InstanceName !== undefined && nameOf(item) === InstanceName,
      codes: [],
      settlesLater: false,
      undo: (before) => {
        const InstanceName = nameOf(before) || undefined;
        // The cloud takes a name back only by its own rule, and older names may be of another.
        return InstanceName === undefined || problem(InstanceName) !== undefined ? undefined : { InstanceName };
      },
    },
    ...(outcomes && { outcomes }),
    words: {
      ...words,
      button: () => l10n.t('Rename'),
      command: () => l10n.t('Rename'),
      task: (_, { InstanceName = '' }) => words.task(String(InstanceName)),
      answer: (_, { InstanceName = '' }) => l10n.t('new name: {0}', InstanceName),
      doing: () => l10n.t('Renaming'),
      done: () => l10n.t('Renamed'),
      outcome: { done: () => l10n.t('renamed'), already: () => l10n.t('already named so') },
    },
  };
}

function nameInput(nameOf: Renaming['nameOf'], problem: Renaming['problem']): TextInput {
  return {
    type: 'text',
    name: 'InstanceName',
    about: (subjects) => subjects.map(({ id }) => id),
    question: () => l10n.t('The new name'),
    initial: ([subject]) => (subject === undefined ? '' : (nameOf(subject.item) ?? '')),
    problem,
  };
}
