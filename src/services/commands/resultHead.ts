import * as l10n from '@vscode/l10n';
import type { ResultButton, ResultCount, ResultLook, ResultView } from '../../core/resultProtocol';
import { stateLabel, stateLook } from './hostStates';
import { againChoices } from './runAgain';
import { isOpenState, stopCounts, type HostResult, type RunResult } from './runResult';

/** What can be done from where the result is shown. */
export interface ResultMeans {
  /** The run is in our hands while it goes on. */
  readonly canControl: boolean;
  readonly canRunAgain: boolean;
  /** There is another result to compare it with. */
  readonly hasOthers: boolean;
}

/** Hosts by the words of their state, those that need a person first. */
export function countsOf(hosts: readonly HostResult[], { states }: Pick<ResultLook, 'states'>): ResultCount[] {
  const byLabel = new Map<string, { first: HostResult; count: number }>();
  for (const host of hosts) {
    const label = stateLabel(host);
    const known = byLabel.get(label);
    if (known === undefined) byLabel.set(label, { first: host, count: 1 });
    else known.count++;
  }
  return [...byLabel]
    .sort(([, a], [, b]) => rankOf(a.first) - rankOf(b.first))
    .map(([label, { first, count }]) => ({
      label,
      count,
      ...stateLook(first.state),
      isChosen: states.includes(label),
    }));
}

/** What went wrong comes before what is open, and that before what is well. */
export function rankOf({ state }: Pick<HostResult, 'state'>): number {
  const { tone } = stateLook(state);
  if (tone === 'bad') return 0;
  if (isOpenState(state)) return 2;
  return tone === 'warning' ? 1 : tone === 'muted' ? 3 : 4;
}

export function statusOf(result: RunResult): ResultView['status'] {
  const { hosts, stage } = result;
  const answered = hosts.filter(({ state }) => !isOpenState(state)).length;
  const progress = l10n.t('{0} of {1} have ended', answered, hosts.length);
  switch (stage) {
    case 'running':
      return { icon: 'loading~spin', tone: 'muted', text: l10n.t('Running: {0}', progress), isBusy: true };
    case 'paused':
      return {
        icon: 'debug-pause',
        tone: 'warning',
        text: l10n.t('Paused, nothing further is sent: {0}', progress),
        isBusy: false,
      };
    case 'stopping':
      return { icon: 'debug-stop', tone: 'warning', text: l10n.t('Stop requested: {0}', progress), isBusy: true };
    case 'ended':
      return endedStatus(result);
    default: {
      const never: never = stage;
      return never;
    }
  }
}

function endedStatus({ hosts }: RunResult): ResultView['status'] {
  const counts = countsOf(hosts, { states: [] });
  const worst = hosts.toSorted((a, b) => rankOf(a) - rankOf(b))[0];
  const { icon, tone } = stateLook(worst?.state ?? 'done');
  const parts = counts.map(({ label, count }) => l10n.t('{0} {1}', count, label));
  return { icon, tone, text: l10n.t('Ended: {0}', parts.join(l10n.t(', '))), isBusy: false };
}

/** The numbers after a stop, in one sentence; undefined where nobody stopped it. */
export function stopText(result: RunResult): string | undefined {
  const counts = stopCounts(result);
  if (counts === undefined) return undefined;
  const parts = [
    l10n.t('{0} stopped before they began', counts.before),
    ...(counts.during === 0 ? [] : [l10n.t('{0} stopped while they ran', counts.during)]),
    l10n.t('{0} finished all the same', counts.finished),
    l10n.t('{0} still going on', counts.goingOn),
  ];
  return l10n.t('Since the stop was requested: {0}.', parts.join(l10n.t(', ')));
}

export function noticesOf(result: RunResult): ResultView['notices'] {
  const stop = stopText(result);
  return [
    ...(stop === undefined ? [] : [{ icon: 'debug-stop', tone: 'warning', text: stop } as const]),
    ...(result.stopped === undefined ? [] : [{ icon: 'warning', tone: 'warning', text: result.stopped } as const]),
  ];
}

export function buttonsOf(result: RunResult, means: ResultMeans): ResultButton[] {
  const isOver = result.stage === 'ended';
  return [
    ...(means.canControl && !isOver ? controlButtons(result) : []),
    ...(isOver && means.canRunAgain && againChoices(result).length > 0
      ? [{ do: 'runAgain', label: l10n.t('Run Again on Failed…'), icon: 'debug-rerun' } as const]
      : []),
    { do: 'openAll', label: l10n.t('Open All Output'), icon: 'go-to-file' },
    { do: 'copyAs', label: l10n.t('Copy As…'), icon: 'copy' },
    ...(means.hasOthers
      ? [{ do: 'compareRuns', label: l10n.t('Compare with Another Run…'), icon: 'diff' } as const]
      : []),
  ];
}

function controlButtons({ stage, hosts }: RunResult): ResultButton[] {
  const isStopping = stage === 'stopping';
  const stopped = isStopping ? l10n.t('A stop was requested already.') : undefined;
  const isAllSent = hosts.every(({ state }) => state !== 'notYet');
  const disabled = stopped ?? (isAllSent ? l10n.t('Everything was sent already.') : undefined);
  return [
    stage === 'paused'
      ? { do: 'goOn', label: l10n.t('Go On'), icon: 'debug-continue' }
      : { do: 'pause', label: l10n.t('Pause'), icon: 'debug-pause', disabled },
    { do: 'stop', label: l10n.t('Stop'), icon: 'debug-stop', disabled: stopped },
  ];
}
