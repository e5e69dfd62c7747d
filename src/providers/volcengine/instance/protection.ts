import * as l10n from '@vscode/l10n';
import type { Action, Finding } from '../../../core/action';
import type { Answers, ChoiceInput } from '../../../core/input';
import type { Item } from '../../../core/item';
import { unknownFindings, unreadableParts } from '../../unknown';
import { modifyInstanceAttribute } from './attributeOperations';
import { ecsFields } from './fields';
import { changingFinding, idsOf, isIn } from './power';
import { recordOf, type EcsRecord } from './record';
import { ecsState } from './state';

/** Turning deletion protection on and off. */
export const protectionAction: Action = {
  id: 'changeReleaseProtection',
  operation: modifyInstanceAttribute,
  danger: (answers) => (isOn(answers) ? 'none' : 'interrupts'),
  menu: 'settings',
  ids: { param: 'InstanceId', perCall: 1 },
  inputs: [protectionInput()],
  params: ([id], answers) => ({ InstanceId: id, DeletionProtection: isOn(answers) }),
  offered: (item) => recordOf(item).InstanceChargeType !== 'PrePaid',
  review: {
    findings: (item, _, answers) => findings(recordOf(item), answers),
    sameAs: (item) => sameAs(recordOf(item)),
  },
  goal: {
    type: 'state',
    reached: (item, { answers }) => answers[name] !== undefined && recordOf(item).DeletionProtection === isOn(answers),
    codes: [],
    settlesLater: false,
    undo: (before) => valueOf(before),
  },
  words: {
    button: (answers = {}) => (answers[name] === undefined ? l10n.t('Change') : verb(answers)),
    command: () => l10n.t('Change Release Protection'),
    title: () => l10n.t('Change deletion protection'),
    question,
    task,
    answer: (_, answers) => (isOn(answers) ? l10n.t('deletion protection on') : l10n.t('deletion protection off')),
    consequence: (_, answers) =>
      isOn(answers)
        ? l10n.t('Neither the console nor any program can delete it until the protection is turned off.')
        : l10n.t('Whoever has the permission can delete it from then on.'),
    doing: () => l10n.t('Changing deletion protection'),
    done: () => l10n.t('Changed'),
    outcome: { done: () => l10n.t('changed'), already: () => l10n.t('already in that state') },
  },
};

const name = 'DeletionProtection';

/** Off only where that was chosen: anything else protects. */
function isOn(answers: Answers): boolean {
  return answers[name] !== 'off';
}

function verb(answers: Answers): string {
  return isOn(answers) ? l10n.t('Turn On') : l10n.t('Turn Off');
}

function question(count: number, who: string, answers: Answers): string {
  if (isOn(answers))
    return count === 1
      ? l10n.t('Turn on deletion protection of the ECS instance "{0}"?', who)
      : l10n.t('Turn on deletion protection of {0} ECS instances?', count);
  return count === 1
    ? l10n.t('Turn off deletion protection of the ECS instance "{0}"?', who)
    : l10n.t('Turn off deletion protection of {0} ECS instances?', count);
}

function task(count: number, answers: Answers): string {
  return isOn(answers)
    ? l10n.t('Turn on deletion protection of ECS instances: {0}', count)
    : l10n.t('Turn off deletion protection of ECS instances: {0}', count);
}

/** Only what some of them do not have already; the safest first. */
function protectionInput(): ChoiceInput {
  return {
    type: 'choice',
    name: 'DeletionProtection',
    about: idsOf,
    question: () => l10n.t('Turn deletion protection on or off?'),
    choices: (subjects) => {
      const isNot = (value: boolean): boolean =>
        subjects.length === 0 || subjects.some(({ item }) => recordOf(item).DeletionProtection !== value);
      return [
        ...(isNot(true) ? [{ value: 'on', label: l10n.t('Turn on'), detail: l10n.t('They cannot be deleted.') }] : []),
        ...(isNot(false) ? [{ value: 'off', label: l10n.t('Turn off'), detail: l10n.t('They can be deleted.') }] : []),
      ];
    },
  };
}

function findings(record: EcsRecord, answers: Answers): Finding[] {
  return [
    ...deletingFindings(record),
    ...(record.InstanceChargeType === 'PrePaid' && isOn(answers) ? [subscriptionFinding()] : []),
    ...unknownFindings(record, ecsFields, { said: [name], readable: [] }),
  ];
}

/** Values can be changed in any status but this one. */
export function deletingFindings(record: EcsRecord): Finding[] {
  return isIn(record, 'DELETING') ? [changingFinding(ecsState(record).label())] : [];
}

function subscriptionFinding(): Finding {
  const text = l10n.t(
    'It is a subscription, which cannot be deleted before it ends anyway. The cloud may refuse to protect it.',
  );
  return { level: 'warning', code: 'subscription', text };
}

function valueOf(before: Item): Answers | undefined {
  const value = recordOf(before).DeletionProtection;
  return value === undefined ? undefined : { [name]: value ? 'on' : 'off' };
}

function sameAs(record: EcsRecord): Readonly<Record<string, string | undefined>> {
  const { InstanceName, CreatedAt, Uuid, InstanceChargeType, DeletionProtection } = record;
  return {
    InstanceName,
    CreatedAt,
    Uuid,
    InstanceChargeType,
    DeletionProtection: DeletionProtection?.toString(),
    ...unreadableParts(record, ['InstanceName', 'CreatedAt', 'Uuid', 'InstanceChargeType', name]),
  };
}
