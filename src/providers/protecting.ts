import * as l10n from '@vscode/l10n';
import type { Action, Finding, Review } from '../core/action';
import type { Answers, ChoiceInput } from '../core/input';
import type { Item } from '../core/item';
import type { Operation } from '../core/operation';

/** What differs between clouds whose instances have a `DeletionProtection` that can be switched. */
export interface Protecting {
  readonly operation: Operation;
  /** Undefined where the record does not say. */
  readonly isProtected: (item: Item) => boolean | undefined;
  readonly offered: (item: Item) => boolean;
  readonly findings: (item: Item, isOn: boolean) => readonly Finding[];
  readonly sameAs: Review['sameAs'];
  readonly outcomes?: Action['outcomes'];
  readonly words: Pick<Action['words'], 'title' | 'doing'> & {
    readonly input: () => string;
    readonly on: SwitchWords;
    readonly off: SwitchWords;
  };
}

/** The words of one of the two values. */
interface SwitchWords {
  /** What the choice means for the instances. */
  readonly detail: () => string;
  readonly question: (count: number, name: string) => string;
  readonly task: (count: number) => string;
  readonly answer: () => string;
  readonly consequence: () => string;
}

export const protectionName = 'DeletionProtection';

/** Off only where that was chosen: anything else protects. */
function isOn(answers: Answers): boolean {
  return answers[protectionName] !== 'off';
}

/** Turning the protection of instances on and off. */
export function protecting(kind: Protecting): Action {
  const { operation, isProtected, offered, findings, sameAs, outcomes, words } = kind;
  const wordsOf = (answers: Answers): SwitchWords => (isOn(answers) ? words.on : words.off);
  return {
    id: 'changeReleaseProtection',
    operation,
    danger: (answers) => (isOn(answers) ? 'none' : 'interrupts'),
    menu: 'settings',
    ids: { param: 'InstanceId', perCall: 1 },
    inputs: [switchInput(kind)],
    params: ([id], answers) => ({ InstanceId: id, DeletionProtection: isOn(answers) }),
    offered,
    review: { findings: (item, _, answers) => findings(item, isOn(answers)), sameAs },
    goal: {
      type: 'state',
      reached: (item, { answers }) => answers[protectionName] !== undefined && isProtected(item) === isOn(answers),
      codes: [],
      settlesLater: false,
      undo: (before) => {
        const value = isProtected(before);
        return value === undefined ? undefined : { [protectionName]: value ? 'on' : 'off' };
      },
    },
    ...(outcomes && { outcomes }),
    words: {
      title: words.title,
      doing: words.doing,
      button: (answers = {}) => (answers[protectionName] === undefined ? l10n.t('Change') : verb(answers)),
      command: () => l10n.t('Change Release Protection'),
      question: (count, name, answers) => wordsOf(answers).question(count, name),
      task: (count, answers) => wordsOf(answers).task(count),
      answer: (_, answers) => wordsOf(answers).answer(),
      consequence: (_, answers) => wordsOf(answers).consequence(),
      done: () => l10n.t('Changed'),
      outcome: { done: () => l10n.t('changed'), already: () => l10n.t('already in that state') },
    },
  };
}

function verb(answers: Answers): string {
  return isOn(answers) ? l10n.t('Turn On') : l10n.t('Turn Off');
}

/** Only what some of them do not have already; the safest first. */
function switchInput({ isProtected, words: { input, on, off } }: Protecting): ChoiceInput {
  return {
    type: 'choice',
    name: protectionName,
    about: (subjects) => subjects.map(({ id }) => id),
    question: input,
    choices: (subjects) => {
      const isNot = (value: boolean): boolean =>
        subjects.length === 0 || subjects.some(({ item }) => isProtected(item) !== value);
      return [
        ...(isNot(true) ? [{ value: 'on', label: l10n.t('Turn on'), detail: on.detail() }] : []),
        ...(isNot(false) ? [{ value: 'off', label: l10n.t('Turn off'), detail: off.detail() }] : []),
      ];
    },
  };
}
