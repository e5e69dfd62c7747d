import * as l10n from '@vscode/l10n';
import type { Action, Finding } from '../../../core/action';
import type { Item } from '../../../core/item';
import { localTime } from '../../localTime';
import { batchIds, batchParams, isIn, powerFindings, powerOutcomes, sameMachine } from './power';
import { startInstances } from './powerOperations';
import { recordOf, subscription } from './record';

/** Starting stopped instances. */
export const startAction: Action = {
  id: 'startInstances',
  operation: startInstances,
  menu: 'power',
  ids: batchIds,
  inputs: [],
  params: batchParams,
  offered: (item) => isIn(item, 'Stopped'),
  review: {
    findings,
    sameAs: sameMachine,
    leftBehind: billing,
  },
  goal: {
    type: 'state',
    reached: (item) => isIn(item, 'Running'),
    isUnderWay: (item) => isIn(item, 'Starting'),
    codes: [],
    settlesLater: true,
  },
  outcomes: powerOutcomes,
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

function findings(item: Item, now: Date): Finding[] {
  return [...powerFindings(item, 'Stopped'), ...(isEconomical(item) ? [stock()] : []), ...expired(item, now)];
}

/** Whether its processors and memory were given back when it was stopped. */
function isEconomical(item: Item): boolean {
  return recordOf(item).StoppedMode === 'StopCharging';
}

function stock(): Finding {
  const text = l10n.t(
    'It was stopped in economical mode and has given back its vCPUs and memory. Where the zone has none left, it does not start.',
  );
  return { level: 'warning', code: 'economicalMode', text };
}

function expired(item: Item, now: Date): Finding[] {
  if (subscription(item, now) !== 'expired') return [];
  const text = l10n.t(
    'It is a subscription that expired ({0}). The cloud starts it only after it was renewed.',
    localTime(recordOf(item).ExpiredTime),
  );
  return [{ level: 'refused', code: 'expiredSubscription', text }];
}

function billing(item: Item): string[] {
  return isEconomical(item) ? [l10n.t('Its vCPUs and memory are billed again.')] : [];
}
