import * as l10n from '@vscode/l10n';
import type { Finding } from '../../../core/action';
import type { Item } from '../../../core/item';
import { protecting, protectionName } from '../../protecting';
import { unknownFindings } from '../../unknown';
import { answeredFor } from '../api/answeredFor';
import { modifyInstanceAttribute } from './attributeOperations';
import { attributeFindings, sameInstance } from './attributes';
import { ecsFields } from './fields';
import { recordOf } from './record';

/** Turning release protection on and off. */
export const protectionAction = protecting({
  operation: modifyInstanceAttribute,
  isProtected: (item) => recordOf(item).DeletionProtection,
  offered: (item) => !isSubscription(item) || recordOf(item).DeletionProtection === true,
  findings,
  sameAs,
  // The answer has nothing but its request id.
  outcomes: answeredFor(),
  words: {
    title: () => l10n.t('Change release protection'),
    doing: () => l10n.t('Changing release protection'),
    input: () => l10n.t('Turn release protection on or off?'),
    on: {
      detail: () => l10n.t('They cannot be released.'),
      question: (count, name) =>
        count === 1
          ? l10n.t('Turn on release protection of the ECS instance "{0}"?', name)
          : l10n.t('Turn on release protection of {0} ECS instances?', count),
      task: (count) => l10n.t('Turn on release protection of ECS instances: {0}', count),
      answer: () => l10n.t('release protection on'),
      consequence: () =>
        l10n.t(
          'Neither the console nor any program can release it until the protection is turned off. The cloud itself still can: for overdue payment, or at a release time that was set.',
        ),
    },
    off: {
      detail: () => l10n.t('They can be released.'),
      question: (count, name) =>
        count === 1
          ? l10n.t('Turn off release protection of the ECS instance "{0}"?', name)
          : l10n.t('Turn off release protection of {0} ECS instances?', count),
      task: (count) => l10n.t('Turn off release protection of ECS instances: {0}', count),
      answer: () => l10n.t('release protection off'),
      consequence: () => l10n.t('Whoever has the permission can release it from then on.'),
    },
  },
});

function isSubscription(item: Item): boolean {
  return recordOf(item).InstanceChargeType === 'PrePaid';
}

function findings(item: Item, isOn: boolean): Finding[] {
  return [
    ...attributeFindings(item),
    ...(isSubscription(item) ? [subscriptionFinding(isOn)] : []),
    ...unknownFindings(item, ecsFields, { said: ['InstanceChargeType', protectionName], readable: ['OperationLocks'] }),
  ];
}

/** The page is for pay-as-you-go only; one that was converted may still have the protection of before. */
function subscriptionFinding(isOn: boolean): Finding {
  if (isOn) {
    const text = l10n.t('It is a subscription. Release protection is for pay-as-you-go instances only.');
    return { level: 'refused', code: 'subscription', text };
  }
  const text = l10n.t(
    'It is a subscription, and release protection is for pay-as-you-go instances only. The cloud may refuse.',
  );
  return { level: 'warning', code: 'subscription', text };
}

function sameAs(item: Item): Readonly<Record<string, string | undefined>> {
  const { InstanceChargeType, DeletionProtection } = recordOf(item);
  return {
    InstanceChargeType,
    DeletionProtection: DeletionProtection?.toString(),
    ...sameInstance(item, ['InstanceChargeType', protectionName]),
  };
}
