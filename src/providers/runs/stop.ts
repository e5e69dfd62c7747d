import * as l10n from '@vscode/l10n';
import type { Action } from '../../core/action';
import type { CloudRun, CommandSupport } from '../../core/commands';
import type { Item } from '../../core/item';
import { hostRecords } from '../followedRun';

/** What a cloud says of stopping a run. */
export interface StoppableRuns {
  readonly support: CommandSupport;
  readonly runOf: (item: Item) => CloudRun;
  /** The parameter that names the run. */
  readonly param: string;
  /** Codes that mean that nothing of it goes on. */
  readonly endedCodes: readonly string[];
  /** What a stop ends on a host that runs it, where the record tells. */
  readonly ends: (item: Item) => string | undefined;
}

/** Ending a run or a schedule, whoever started it. */
export function stopRunAction({ support, runOf, param, endedCodes, ends }: StoppableRuns): Action {
  return {
    id: 'stopCloudRun',
    operation: support.stop.operation,
    menu: 'run',
    ids: { param, perCall: 1 },
    inputs: [],
    params: ([id = '']) => support.stop.params(id),
    offered: (item) => canStop(runOf(item)),
    review: {
      findings: () => [],
      sameAs: (item) => {
        const { name, createdAt, commandId } = runOf(item);
        return { name, createdAt, commandId };
      },
      leftBehind: (item) => [...lines(runOf(item)), ...[ends(item)].filter((line) => line !== undefined)],
    },
    goal: {
      type: 'state',
      reached: (item) => !runOf(item).isGoingOn,
      isUnderWay: (item) => runOf(item).state === 'Stopping',
      codes: endedCodes,
      settlesLater: true,
      hosts: hostRecords(support),
    },
    words: {
      button: () => l10n.t('Stop'),
      command: () => l10n.t('Stop Run'),
      title: () => l10n.t('Stop runs'),
      question: (count, name) => (count === 1 ? l10n.t('Stop the run "{0}"?', name) : l10n.t('Stop {0} runs?', count)),
      task: (count) => (count === 1 ? l10n.t('Stop 1 run') : l10n.t('Stop {0} runs', count)),
      consequence: () =>
        l10n.t(
          'Instances that have not begun will not run it, and what repeats has no next round. Those that are running it may still finish. What they printed is kept.',
        ),
      doing: () => l10n.t('Stopping'),
      done: () => l10n.t('Stopped'),
      outcome: { done: () => l10n.t('no longer going on'), already: () => l10n.t('already ended') },
    },
  };
}

/** What is being stopped is not asked to stop again. */
function canStop({ isGoingOn, state }: CloudRun): boolean {
  return isGoingOn && state !== 'Stopping';
}

function lines({ isRepeated, schedule }: CloudRun): string[] {
  return isRepeated
    ? [l10n.t('It is a schedule ({0}) and cannot be started again: make a new one.', schedule || '–')]
    : [];
}
