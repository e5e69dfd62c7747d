import * as l10n from '@vscode/l10n';
import type { Action } from '../../../core/action';
import { outcomes } from './outcomes';
import { batchIds, forceInput, forceWords, isIn, powerFindings, sameMachine } from './power';
import { rebootInstances } from './powerOperations';
import { recordOf } from './record';

/** Restarting running instances. */
export const restartAction: Action = {
  id: 'restartInstances',
  operation: rebootInstances,
  menu: 'power',
  ids: batchIds,
  inputs: [forceInput],
  params: (ids, answers) => ({ InstanceIds: [...ids], ForceStop: answers['ForceStop'] === true }),
  offered: (item) => isIn(recordOf(item), 'RUNNING'),
  review: {
    findings: (item) => powerFindings(recordOf(item), 'RUNNING'),
    sameAs: (item) => sameMachine(recordOf(item)),
  },
  goal: {
    type: 'state',
    // The record has no time of its last start, so that it restarted is known only where it was seen to.
    reached: (item, { seenUnderWay }) => seenUnderWay && isIn(recordOf(item), 'RUNNING'),
    isUnderWay: (item) => isIn(recordOf(item), 'REBOOTING', 'STOPPING', 'STARTING'),
    codes: [],
    settlesLater: true,
  },
  outcomes,
  words: {
    button: () => l10n.t('Restart'),
    command: () => l10n.t('Restart'),
    title: () => l10n.t('Restart instances'),
    question: (count, name) =>
      count === 1 ? l10n.t('Restart the ECS instance "{0}"?', name) : l10n.t('Restart {0} ECS instances?', count),
    task: (count) => (count === 1 ? l10n.t('Restart 1 ECS instance') : l10n.t('Restart {0} ECS instances', count)),
    answer: (name, answers) => forceWords(answers[name]),
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
