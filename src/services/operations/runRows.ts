import * as l10n from '@vscode/l10n';
import { outcomeWords, type OutcomeWords } from '../../core/action';
import type { Exchange } from '../../core/exchange';
import type { State } from '../../core/state';
import { formatCount, formatTime } from '../../util/format';
import { visibleText } from '../../util/visible';
import { actionWritten } from '../actions/declared';
import { triedAgain } from '../actions/retry';
import { hasRecipe } from '../actions/undo';
import { outcomeLabel, outcomes, type Outcome } from '../journal/outcome';
import type { RunRecord, RunTarget } from '../journal/runRecord';
import { saidText } from '../journal/saidText';
import type { TooltipLine } from '../views/tooltip';
import { drawRow, type Drawn, type OperationAbility, type OperationContext } from './row';
import { onlyTarget, runLabel, spokenLabel } from './runLabel';

/** One run. */
export function runRow(run: RunRecord | undefined, context: OperationContext): Drawn {
  if (run === undefined)
    return drawRow({ label: l10n.t('No longer in the journal'), facts: [], icon: 'circle-slash', words: ['run'] });
  const unresolved = run.unresolved.length;
  const mustCheck = unresolved === 0 ? '' : l10n.t('{0} must be checked', formatCount(unresolved, context.language));
  const counted = countsWords(run, context);
  const only = onlyTarget(run);
  const told = only === undefined ? [] : [...onlyWords(only, run, context), only.code ?? ''];
  const facts = [
    ...told,
    stateWords(run),
    run.neverSent === 0 ? '' : l10n.t('{0} never sent', formatCount(run.neverSent, context.language)),
    mustCheck,
    formatTime(run.startedAt, context.language, context.timeZone),
  ];
  const look = runLook(run);
  const parts = drawRow({
    label: runLabel(run, context),
    facts,
    icon: look.icon,
    tone: look.tone,
    words: ['run', run.state, ...(unresolved > 0 ? ['unresolved'] : [])],
    lines: runLines(run, context),
    notes: [
      unresolved === 0
        ? undefined
        : l10n.t(
            'For some resources it is not known whether the call took effect. "Check" reads them again and writes down what it finds.',
          ),
    ],
  });
  const spoken = [spokenLabel(run, context), ...(only === undefined ? counted : []), ...facts].filter((s) => s !== '');
  return {
    ...parts,
    spoken: spoken.map(visibleText).join(', '),
    expand: 'collapsed',
    abilities: runAbilities(run),
  };
}

/** What became of the one resource of a run; its open outcome is told by the state and what must be checked. */
function onlyWords({ outcome }: RunTarget, run: RunRecord, context: OperationContext): string[] {
  return outcome === undefined ? [] : [outcomeLabel(outcome, wordsOf(run.targets, context))];
}

function stateWords({ state }: RunRecord): string {
  switch (state) {
    case 'running':
      return l10n.t('running');
    case 'elsewhere':
      return l10n.t('running in another window');
    case 'ended':
      return '';
    case 'cancelled':
      return l10n.t('cancelled');
    case 'interrupted':
      return l10n.t('did not finish');
    default: {
      const never: never = state;
      return never;
    }
  }
}

/** Some window is at it. */
function isUnderWay(state: RunRecord['state']): boolean {
  return state === 'running' || state === 'elsewhere';
}

function countsWords({ counts, targets }: RunRecord, context: OperationContext): string[] {
  const { language } = context;
  const words = wordsOf(targets, context);
  return outcomes.flatMap((outcome) => {
    const count = counts.get(outcome) ?? 0;
    return count === 0 ? [] : [l10n.t('{0}: {1}', outcomeLabel(outcome, words), formatCount(count, language))];
  });
}

/** The words of the one action of these targets; undefined where they are of several, or of none we know. */
function wordsOf(targets: readonly RunTarget[], { clouds }: OperationContext): OutcomeWords | undefined {
  return outcomeWords([...new Set(targets.flatMap((target) => actionWritten(clouds, target) ?? []))]);
}

function runLook({ state, unresolved, counts }: RunRecord): { icon: string; tone: State['tone'] } {
  if (isUnderWay(state)) return { icon: 'loading~spin', tone: 'muted' };
  if (unresolved.length > 0) return { icon: 'question', tone: 'warning' };
  const bad = (['failed', 'stillThere', 'refused'] as const).some((outcome) => (counts.get(outcome) ?? 0) > 0);
  if (bad) return { icon: 'error', tone: 'bad' };
  return (counts.get('done') ?? 0) > 0 ? { icon: 'check', tone: 'good' } : { icon: 'circle-slash', tone: 'muted' };
}

function runLines(run: RunRecord, context: OperationContext): TooltipLine[] {
  const { language, timeZone } = context;
  const places = new Set(run.targets.map(({ accountName, region }) => `${accountName} · ${region}`));
  return [
    ...outcomeLines(run, context),
    { label: l10n.t('Started'), value: formatTime(run.startedAt, language, timeZone) },
    {
      label: l10n.t('Ended'),
      value:
        run.state === 'elsewhere'
          ? stateWords(run)
          : run.endedAt === undefined
            ? l10n.t('did not finish')
            : formatTime(run.endedAt, language, timeZone),
    },
    ...[...places].slice(0, 10).map((value) => ({ label: l10n.t('Account and region'), value })),
  ];
}

function outcomeLines(run: RunRecord, context: OperationContext): TooltipLine[] {
  const counted = countsWords(run, context);
  return counted.length === 0 ? [] : [{ label: l10n.t('Outcome'), value: counted.join(l10n.t(', ')) }];
}

function runAbilities(run: RunRecord): OperationAbility[] {
  // What another window is at is for that window to retry and to check; looking changes nothing.
  if (isUnderWay(run.state)) return run.state === 'elsewhere' && run.cloudRuns.length > 0 ? ['hostResults'] : [];
  return [
    ...(run.unresolved.length > 0 ? (['check'] as const) : []),
    'result',
    ...(run.cloudRuns.length > 0 ? (['hostResults'] as const) : []),
    ...(triedAgain(run).length > 0 ? (['retryFailed'] as const) : []),
  ];
}

/** One target of a run, with its answer if that is still kept. */
export function targetRow({ target, run, answer, context }: TargetFacts): Drawn {
  if (target === undefined || run === undefined)
    return drawRow({
      label: l10n.t('No longer in the journal'),
      facts: [],
      icon: 'circle-slash',
      words: ['runTarget'],
    });
  const unresolved = run.unresolved.includes(target);
  const outcome =
    target.outcome === undefined
      ? unresolved
        ? l10n.t('no outcome recorded')
        : l10n.t('in progress')
      : outcomeLabel(target.outcome, wordsOf([target], context));
  const name = target.name === target.id ? [] : [target.id];
  const look = targetLook(target.outcome, unresolved);
  const parts = drawRow({
    label: target.name,
    facts: [outcome, unresolved ? l10n.t('must be checked') : '', target.code ?? '', ...name],
    icon: look.icon,
    tone: look.tone,
    words: ['runTarget', target.outcome ?? 'pending', ...(unresolved ? ['unresolved'] : [])],
    lines: targetLines(target, context),
    notes: [target.message, target.advice, target.note],
  });
  const recipe = target.outcome === 'done' && hasRecipe(context.clouds, target);
  const abilities: OperationAbility[] = [
    'copy',
    ...(answer === undefined ? [] : (['response'] as const)),
    ...(answer?.error?.permission === undefined ? [] : (['policy'] as const)),
    ...(recipe ? (['recipe'] as const) : []),
  ];
  return { ...parts, abilities, click: answer === undefined ? undefined : 'openResponse' };
}

interface TargetFacts {
  readonly target: RunTarget | undefined;
  readonly run: RunRecord | undefined;
  readonly answer: Exchange | undefined;
  readonly context: OperationContext;
}

function targetLook(outcome: Outcome | undefined, unresolved: boolean): { icon: string; tone: State['tone'] } {
  if (unresolved) return { icon: 'question', tone: 'warning' };
  switch (outcome) {
    case undefined:
      return { icon: 'loading~spin', tone: 'muted' };
    case 'done':
      return { icon: 'check', tone: 'good' };
    case 'already':
    case 'notSent':
    case 'stopped':
    case 'stoppedBefore':
      return { icon: 'circle-slash', tone: 'muted' };
    case 'refused':
    case 'failed':
    case 'timedOut':
    case 'notDelivered':
    case 'stillThere':
      return { icon: 'error', tone: 'bad' };
    case 'accepted':
    case 'silent':
    case 'unknown':
    case 'changed':
      return { icon: 'question', tone: 'warning' };
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

function targetLines(target: RunTarget, context: OperationContext): TooltipLine[] {
  const { language, timeZone } = context;
  const since = saidText(target, {
    words: wordsOf([target], context),
    time: (date) => formatTime(date, language, timeZone),
  });
  const { id, accountName, region, action, code, requestId, time } = target;
  return [
    { label: l10n.t('ID'), value: id },
    { label: l10n.t('Account'), value: accountName },
    { label: l10n.t('Region'), value: region },
    ...(action === undefined ? [] : [{ label: l10n.t('Operation'), value: action }]),
    ...(code === undefined ? [] : [{ label: l10n.t('Code'), value: code }]),
    ...(requestId === undefined ? [] : [{ label: l10n.t('Request ID'), value: requestId }]),
    { label: l10n.t('Updated'), value: formatTime(time, language, timeZone) },
    ...(since === undefined ? [] : [{ label: l10n.t('Since the run'), value: since }]),
  ];
}

/** What an interrupted run never sent. */
export function neverSentRow(run: RunRecord | undefined, { language }: OperationContext): Drawn {
  const count = formatCount(run?.neverSent ?? 0, language);
  const notes = [
    l10n.t('Every call is written down before it is sent. Nothing is written down about these, so nothing was sent.'),
  ];
  const parts = drawRow({
    label: l10n.t('{0} never sent', count),
    facts: [],
    icon: 'circle-slash',
    words: ['neverSent'],
    notes,
  });
  return { ...parts, expand: (run?.neverSentTargets.length ?? 0) > 0 ? 'collapsed' : 'none' };
}
