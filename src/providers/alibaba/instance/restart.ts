import * as l10n from '@vscode/l10n';
import type { Action, Asked } from '../../../core/action';
import type { Item } from '../../../core/item';
import { batchIds, batchParams, forceInput, isIn, powerFindings, powerOutcomes, sameMachine } from './power';
import { rebootInstances } from './powerOperations';
import { recordOf } from './record';

/** Restarting running instances. */
export const restartAction: Action = {
  id: 'restartInstances',
  operation: rebootInstances,
  menu: 'power',
  ids: batchIds,
  inputs: [forceInput('ForceReboot')],
  params: (ids, answers) => ({ ...batchParams(ids), ForceReboot: answers['ForceReboot'] === true }),
  offered: (item) => isIn(item, 'Running'),
  review: {
    findings: (item) => powerFindings(item, 'Running'),
    sameAs: sameMachine,
  },
  goal: {
    type: 'state',
    reached: hasRestarted,
    isUnderWay: (item) => isIn(item, 'Stopping', 'Starting'),
    codes: [],
    settlesLater: true,
  },
  outcomes: powerOutcomes,
  words: {
    button: () => l10n.t('Restart'),
    command: () => l10n.t('Restart'),
    title: () => l10n.t('Restart instances'),
    question: (count, name) =>
      count === 1 ? l10n.t('Restart the ECS instance "{0}"?', name) : l10n.t('Restart {0} ECS instances?', count),
    task: (count) => (count === 1 ? l10n.t('Restart 1 ECS instance') : l10n.t('Restart {0} ECS instances', count)),
    answer: (name, answers) =>
      answers[name] === true ? l10n.t('cut the power instead of shutting down (ForceReboot)') : undefined,
    consequence: (count) =>
      count === 1
        ? l10n.t('Everything that runs on the instance ends, Cloud Assistant commands too. Then it boots again.')
        : l10n.t(
            'Everything that runs on the instances ends, Cloud Assistant commands too. Each is restarted by itself: one that is refused does not hold up the others.',
          ),
    doing: () => l10n.t('Restarting'),
    done: () => l10n.t('Restarted'),
    outcome: { done: () => l10n.t('restarted'), already: () => l10n.t('already restarted') },
  },
};

/** Times have minutes only, so that one of the same minute proves nothing. */
function hasRestarted(item: Item, { before, seenUnderWay }: Asked): boolean {
  if (!isIn(item, 'Running')) return false;
  const earlier = before === undefined ? undefined : recordOf(before).StartTime;
  const later = recordOf(item).StartTime;
  return seenUnderWay || (Boolean(earlier) && Boolean(later) && earlier !== later);
}
