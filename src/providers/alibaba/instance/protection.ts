import * as l10n from '@vscode/l10n';
import type { Action, Finding } from '../../../core/action';
import type { Answers, ChoiceInput } from '../../../core/input';
import type { Item } from '../../../core/item';
import { unknownFindings } from '../../unknown';
import { answeredFor } from '../api/answeredFor';
import { modifyInstanceAttribute } from './attributeOperations';
import { attributeFindings, sameInstance } from './attributes';
import { ecsFields } from './fields';
import { idsOf } from './power';
import { recordOf } from './record';

/** Turning release protection on and off. */
export const protectionAction: Action = {
  id: 'changeReleaseProtection',
  operation: modifyInstanceAttribute,
  danger: (answers) => (isOn(answers) ? 'none' : 'interrupts'),
  menu: 'settings',
  ids: { param: 'InstanceId', perCall: 1 },
  inputs: [protectionInput()],
  params: ([id], answers) => ({ InstanceId: id, DeletionProtection: isOn(answers) }),
  offered: (item) => !isSubscription(item) || recordOf(item).DeletionProtection === true,
  review: {
    findings: (item, _, answers) => findings(item, answers),
    sameAs,
  },
  goal: {
    type: 'state',
    reached: (item, { answers }) => answers[name] !== undefined && recordOf(item).DeletionProtection === isOn(answers),
    codes: [],
    settlesLater: false,
    undo: (before) => valueOf(before),
  },
  // The answer has nothing but its request id.
  outcomes: answeredFor(),
  words: {
    button: (answers = {}) => (answers[name] === undefined ? l10n.t('Change') : verb(answers)),
    command: () => l10n.t('Change Release Protection'),
    title: () => l10n.t('Change release protection'),
    question,
    task,
    answer: (_, answers) => (isOn(answers) ? l10n.t('release protection on') : l10n.t('release protection off')),
    consequence: (_, answers) =>
      isOn(answers)
        ? l10n.t(
            'Neither the console nor any program can release it until the protection is turned off. The cloud itself still can: for overdue payment, or at a release time that was set.',
          )
        : l10n.t('Whoever has the permission can release it from then on.'),
    doing: () => l10n.t('Changing release protection'),
    done: () => l10n.t('Changed'),
    outcome: { done: () => l10n.t('changed'), already: () => l10n.t('already in that state') },
  },
};

const name = 'DeletionProtection';

/** Off only where that was chosen: anything else protects. */
function isOn(answers: Answers): boolean {
  return answers[name] !== 'off';
}

function isSubscription(item: Item): boolean {
  return recordOf(item).InstanceChargeType === 'PrePaid';
}

function verb(answers: Answers): string {
  return isOn(answers) ? l10n.t('Turn On') : l10n.t('Turn Off');
}

function question(count: number, who: string, answers: Answers): string {
  if (isOn(answers))
    return count === 1
      ? l10n.t('Turn on release protection of the ECS instance "{0}"?', who)
      : l10n.t('Turn on release protection of {0} ECS instances?', count);
  return count === 1
    ? l10n.t('Turn off release protection of the ECS instance "{0}"?', who)
    : l10n.t('Turn off release protection of {0} ECS instances?', count);
}

function task(count: number, answers: Answers): string {
  return isOn(answers)
    ? l10n.t('Turn on release protection of ECS instances: {0}', count)
    : l10n.t('Turn off release protection of ECS instances: {0}', count);
}

/** Only what some of them do not have already; the safest first. */
function protectionInput(): ChoiceInput {
  return {
    type: 'choice',
    name: 'DeletionProtection',
    about: idsOf,
    question: () => l10n.t('Turn release protection on or off?'),
    choices: (subjects) => {
      const isNot = (value: boolean): boolean =>
        subjects.length === 0 || subjects.some(({ item }) => recordOf(item).DeletionProtection !== value);
      return [
        ...(isNot(true) ? [{ value: 'on', label: l10n.t('Turn on'), detail: l10n.t('They cannot be released.') }] : []),
        ...(isNot(false) ? [{ value: 'off', label: l10n.t('Turn off'), detail: l10n.t('They can be released.') }] : []),
      ];
    },
  };
}

function findings(item: Item, answers: Answers): Finding[] {
  return [
    ...attributeFindings(item),
    ...(isSubscription(item) ? [subscriptionFinding(answers)] : []),
    ...unknownFindings(item, ecsFields, { said: ['InstanceChargeType', name], readable: ['OperationLocks'] }),
  ];
}

/** The page is for pay-as-you-go only; one that was converted may still have the protection of before. */
function subscriptionFinding(answers: Answers): Finding {
  if (isOn(answers)) {
    const text = l10n.t('It is a subscription. Release protection is for pay-as-you-go instances only.');
    return { level: 'refused', code: 'subscription', text };
  }
  const text = l10n.t(
    'It is a subscription, and release protection is for pay-as-you-go instances only. The cloud may refuse.',
  );
  return { level: 'warning', code: 'subscription', text };
}

function valueOf(before: Item): Answers | undefined {
  const value = recordOf(before).DeletionProtection;
  return value === undefined ? undefined : { [name]: value ? 'on' : 'off' };
}

function sameAs(item: Item): Readonly<Record<string, string | undefined>> {
  const { InstanceChargeType, DeletionProtection } = recordOf(item);
  return {
    InstanceChargeType,
    DeletionProtection: DeletionProtection?.toString(),
    ...sameInstance(item, ['InstanceChargeType', name]),
  };
}
