import * as l10n from '@vscode/l10n';
import type { Action, Finding } from '../../../core/action';
import type { Answers, ChoiceInput, Subject } from '../../../core/input';
import type { Item } from '../../../core/item';
import {
  batchIds,
  batchParams,
  forceInput,
  idsOf,
  isIn,
  isRunning,
  powerFindings,
  powerOutcomes,
  sameMachine,
} from './power';
import { stopInstances } from './powerOperations';
import { recordOf } from './record';

/** Stopping running instances, billed further or not. */
export const stopAction: Action = {
  id: 'stopInstances',
  operation: stopInstances,
  menu: 'power',
  ids: batchIds,
  inputs: [stoppedMode(), forceInput('ForceStop')],
  params,
  offered: (item) => isIn(item, 'Running'),
  review: {
    findings: (item, _, answers) => findings(item, answers),
    sameAs: sameMachine,
    leftBehind,
  },
  goal: {
    type: 'state',
    reached: (item) => isIn(item, 'Stopped'),
    isUnderWay: (item) => isIn(item, 'Stopping'),
    codes: [],
    settlesLater: true,
  },
  outcomes: powerOutcomes,
  words: {
    button: () => l10n.t('Stop'),
    command: () => l10n.t('Stop'),
    title: () => l10n.t('Stop instances'),
    question: (count, name) =>
      count === 1 ? l10n.t('Stop the ECS instance "{0}"?', name) : l10n.t('Stop {0} ECS instances?', count),
    task: (count) => (count === 1 ? l10n.t('Stop 1 ECS instance') : l10n.t('Stop {0} ECS instances', count)),
    answer: (name, answers) => {
      if (name === 'ForceStop')
        return answers[name] === true ? l10n.t('cut the power instead of shutting down (ForceStop)') : undefined;
      return isEconomical(answers)
        ? l10n.t('economical mode (StoppedMode=StopCharging)')
        : l10n.t('keep it billed (StoppedMode=KeepCharging)');
    },
    consequence: (count) =>
      count === 1
        ? l10n.t('Everything that runs on the instance ends, Cloud Assistant commands too.')
        : l10n.t(
            'Everything that runs on the instances ends, Cloud Assistant commands too. Each is stopped by itself: one that is refused does not hold up the others.',
          ),
    doing: () => l10n.t('Stopping'),
    done: () => l10n.t('Stopped'),
    outcome: { done: () => l10n.t('stopped'), already: () => l10n.t('already stopped') },
  },
};

/** The mode is always said: an account can have economical mode as its default, which nobody asked for here. */
function params(ids: readonly string[], answers: Answers): Record<string, unknown> {
  return {
    ...batchParams(ids),
    StoppedMode: isEconomical(answers) ? 'StopCharging' : 'KeepCharging',
    ForceStop: answers['ForceStop'] === true,
  };
}

function isEconomical(answers: Answers): boolean {
  return answers['StoppedMode'] === 'StopCharging';
}

/** Economical mode is for pay-as-you-go instances in a VPC without local disks. */
function canBeEconomical(item: Item): boolean {
  const { InstanceChargeType, VpcAttributes, LocalStorageAmount } = recordOf(item);
  return InstanceChargeType === 'PostPaid' && Boolean(VpcAttributes?.VpcId) && !LocalStorageAmount;
}

function findings(item: Item, answers: Answers): Finding[] {
  return [
    ...powerFindings(item, 'Running'),
    ...(isEconomical(answers) ? economicalFindings(item) : keptFindings(item)),
  ];
}

function economicalFindings(item: Item): Finding[] {
  if (!canBeEconomical(item)) {
    const text = l10n.t(
      'Economical mode is for pay-as-you-go instances in a VPC without local disks. The cloud may refuse, or stop it and bill it as before.',
    );
    return [{ level: 'warning', code: 'economicalUnsupported', text }];
  }
  const text = l10n.t(
    'It gives back its vCPUs and memory. Where the zone has none left later, it does not start again.',
  );
  return [{ level: 'warning', code: 'mayNotStart', text }];
}

function keptFindings(item: Item): Finding[] {
  if (recordOf(item).InstanceChargeType !== 'PostPaid') return [];
  const text = l10n.t('It is billed as before while it is stopped.');
  return [{ level: 'warning', code: 'stillBilled', text }];
}

function leftBehind(item: Item, answers: Answers): string[] {
  if (!isEconomical(answers)) return [];
  const { EipAddress, PublicIpAddress } = recordOf(item);
  const elastic = EipAddress?.IpAddress;
  const [address] = PublicIpAddress;
  return [
    l10n.t('Its disks stay and are billed.'),
    ...(elastic ? [l10n.t('Public IP address {0} stays and is billed.', elastic)] : []),
    ...(address
      ? [l10n.t('Its public IP address {0} is given back: it gets another one when it starts again.', address)]
      : []),
  ];
}

function stoppedMode(): ChoiceInput {
  const fits = (subject: Subject): boolean => isRunning(subject) && canBeEconomical(subject.item);
  return {
    type: 'choice',
    name: 'StoppedMode',
    about: (subjects) => idsOf(subjects.filter(fits)),
    question: () => l10n.t('What of the bill while they are stopped?'),
    choices: () => [
      {
        value: 'KeepCharging',
        label: l10n.t('Keep everything and stay billed'),
        detail: l10n.t('vCPUs and memory stay reserved, so they start again at any time.'),
      },
      {
        value: 'StopCharging',
        label: l10n.t('Economical mode'),
        detail: l10n.t('vCPUs and memory are given back and no longer billed; disks and elastic IP addresses are.'),
      },
    ],
  };
}
