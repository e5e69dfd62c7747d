import * as l10n from '@vscode/l10n';
import type { Action, Finding } from '../../../core/action';
import { localTime } from '../../localTime';
import { outcomes } from './outcomes';
import { batchIds, isIn, powerFindings, sameMachine } from './power';
import { startInstances } from './powerOperations';
import { recordOf, subscription, type EcsRecord } from './record';

/** Starting stopped instances. */
export const startAction: Action = {
  id: 'startInstances',
  operation: startInstances,
  menu: 'power',
  ids: batchIds,
  inputs: [],
  params: (ids) => ({ InstanceIds: [...ids] }),
  offered: (item) => isIn(recordOf(item), 'STOPPED'),
  review: {
    findings: (item, now) => findings(recordOf(item), now),
    sameAs: (item) => sameMachine(recordOf(item)),
    leftBehind: (item) => billing(recordOf(item)),
  },
  goal: {
    type: 'state',
    reached: (item) => isIn(recordOf(item), 'RUNNING'),
    isUnderWay: (item) => isIn(recordOf(item), 'STARTING'),
    codes: [],
    settlesLater: true,
  },
  outcomes,
  words: {
    button: () => l10n.t('Start'),
    command: () => l10n.t('Start'),
    title: () => l10n.t('Start instances'),
    question: (count, name) =>
      count === 1 ? l10n.t('Start the ECS instance "{0}"?', name) : l10n.t('Start {0} ECS instances?', count),
    task: (count) => (count === 1 ? l10n.t('Start 1 ECS instance') : l10n.t('Start {0} ECS instances', count)),
    consequence: (count) =>
      count === 1
        ? l10n.t('The instance boots, which takes about a minute. What is billed only while it runs is billed again.')
        : l10n.t(
            'The instances boot, each by itself: one that is refused does not hold up the others. What is billed only while they run is billed again.',
          ),
    doing: () => l10n.t('Starting'),
    done: () => l10n.t('Started up'),
    outcome: { done: () => l10n.t('started'), already: () => l10n.t('already running') },
  },
};

function findings(record: EcsRecord, now: Date): Finding[] {
  return [...powerFindings(record, 'STOPPED'), ...(isEconomical(record) ? [stock()] : []), ...expired(record, now)];
}

/** Whether its processors and memory were given back when it was stopped. */
function isEconomical({ StoppedMode }: EcsRecord): boolean {
  return StoppedMode?.toLowerCase() === 'stopcharging';
}

function stock(): Finding {
  const text = l10n.t(
    'It was stopped in economical mode and has given back its vCPUs and memory. Where the zone has none left, it does not start.',
  );
  return { level: 'warning', code: 'economicalMode', text };
}

function expired(record: EcsRecord, now: Date): Finding[] {
  if (subscription(record, now) !== 'expired') return [];
  const text = l10n.t(
    'It is a subscription that expired ({0}). The cloud starts it only after it was renewed.',
    localTime(record.ExpiredAt),
  );
  return [{ level: 'refused', code: 'expiredSubscription', text }];
}

function billing(record: EcsRecord): string[] {
  return isEconomical(record) ? [l10n.t('Its vCPUs and memory are billed again.')] : [];
}
