import * as l10n from '@vscode/l10n';
import type { Finding } from '../../../core/action';
import type { Item } from '../../../core/item';
import { protecting, protectionName } from '../../protecting';
import { unknownFindings, unreadableParts } from '../../unknown';
import { modifyInstanceAttribute } from './attributeOperations';
import { ecsFields } from './fields';
import { changingFinding, isIn } from './power';
import { recordOf, type EcsRecord } from './record';
import { ecsState } from './state';

/** Turning deletion protection on and off. */
export const protectionAction = protecting({
  operation: modifyInstanceAttribute,
  isProtected: (item) => recordOf(item).DeletionProtection,
  offered: (item) => recordOf(item).InstanceChargeType !== 'PrePaid',
  findings,
  sameAs,
  words: {
    title: () => l10n.t('Change deletion protection'),
    doing: () => l10n.t('Changing deletion protection'),
    input: () => l10n.t('Turn deletion protection on or off?'),
    on: {
      detail: () => l10n.t('They cannot be deleted.'),
      question: (count, name) =>
        count === 1
          ? l10n.t('Turn on deletion protection of the ECS instance "{0}"?', name)
          : l10n.t('Turn on deletion protection of {0} ECS instances?', count),
      task: (count) => l10n.t('Turn on deletion protection of ECS instances: {0}', count),
      answer: () => l10n.t('deletion protection on'),
      consequence: () =>
        l10n.t('Neither the console nor any program can delete it until the protection is turned off.'),
    },
    off: {
      detail: () => l10n.t('They can be deleted.'),
      question: (count, name) =>
        count === 1
          ? l10n.t('Turn off deletion protection of the ECS instance "{0}"?', name)
          : l10n.t('Turn off deletion protection of {0} ECS instances?', count),
      task: (count) => l10n.t('Turn off deletion protection of ECS instances: {0}', count),
      answer: () => l10n.t('deletion protection off'),
      consequence: () => l10n.t('Whoever has the permission can delete it from then on.'),
    },
  },
});

function findings(item: Item, isOn: boolean): Finding[] {
  const record = recordOf(item);
  return [
    ...deletingFindings(record),
    ...(record.InstanceChargeType === 'PrePaid' && isOn ? [subscriptionFinding()] : []),
    ...unknownFindings(record, ecsFields, { said: [protectionName], readable: [] }),
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

function sameAs(item: Item): Readonly<Record<string, string | undefined>> {
  const record = recordOf(item);
  const { InstanceName, CreatedAt, Uuid, InstanceChargeType, DeletionProtection } = record;
  return {
    InstanceName,
    CreatedAt,
    Uuid,
    InstanceChargeType,
    DeletionProtection: DeletionProtection?.toString(),
    ...unreadableParts(record, ['InstanceName', 'CreatedAt', 'Uuid', 'InstanceChargeType', protectionName]),
  };
}
