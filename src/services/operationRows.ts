import * as l10n from '@vscode/l10n';
import type { Exchange } from '../core/exchange';
import type { State } from '../core/kind';
import { formatCount, formatTime } from '../util/format';
import { visibleText } from '../util/visible';
import type { Wording } from './fieldText';
import type { JournalProblem } from './journal';
import { operationId, type OperationNode } from './operationNodes';
import type { RunRecord, RunTarget } from './operations';
import type { OperationsModel } from './operationsModel';
import { outcomeLabel, outcomes, type Outcome } from './outcome';
import { hasRecipe } from './recipe';
import type { Tooltip, TooltipLine } from './treeTooltips';

/** What can be done with a row of the Operations view. */
export type OperationAbility = 'response' | 'check' | 'recipe' | 'copy' | 'result' | 'retryFailed';

/** One row as it is drawn, without VS Code. */
export interface OperationRow {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly tone?: State['tone'] | undefined;
  readonly spoken: string;
  readonly expand: 'none' | 'collapsed';
  readonly words: readonly string[];
  readonly abilities: readonly OperationAbility[];
  readonly click?: 'openResponse' | 'loadMore' | undefined;
  readonly tooltip: Tooltip;
}

export interface OperationContext extends Wording {
  readonly model: OperationsModel;
  /** Whether the result of a run can be opened: those of this session can. */
  readonly hasResult: (run: string) => boolean;
}

export function operationRow(node: OperationNode, context: OperationContext): OperationRow {
  return { id: operationId(node), ...drawn(node, context) };
}

type Drawn = Omit<OperationRow, 'id'>;

function drawn(node: OperationNode, context: OperationContext): Drawn {
  const { model } = context;
  switch (node.type) {
    case 'journalProblem':
      return problemRow(node.problem);
    case 'unreadable':
      return row({
        label: l10n.t('The journal could not be read'),
        facts: [model.unreadable ?? ''],
        icon: 'error',
        tone: 'bad',
        words: ['unreadable'],
      });
    case 'reads':
      return readsRow(model.reads(), context);
    case 'readGroup':
      return groupRow(model.group(node.first) ?? [], context);
    case 'response':
      return responseRow(model.exchange(node.exchangeId), context);
    case 'run':
      return runRow(model.run(node.run), context);
    case 'runTarget':
      return targetRow(model.target(node), model.run(node.run), model.exchangeOf(node) !== undefined, context);
    case 'neverSent':
      return neverSentRow(model.run(node.run), context);
    case 'older':
      return {
        ...row({ label: l10n.t('Show older'), facts: [], icon: 'ellipsis', words: ['older'] }),
        abilities: [],
        click: 'loadMore',
      };
    default: {
      const never: never = node;
      return never;
    }
  }
}

interface Parts {
  readonly label: string;
  /** What stands beside the label, most telling first. */
  readonly facts: readonly string[];
  readonly icon: string;
  readonly tone?: State['tone'] | undefined;
  readonly words: readonly string[];
  readonly lines?: readonly TooltipLine[];
  readonly notes?: readonly (string | undefined)[];
}

function row({ label, facts, icon, tone, words, lines = [], notes = [] }: Parts): Drawn {
  const shown = [label, ...facts].map(visibleText).filter((text) => text !== '');
  return {
    label: shown[0] ?? '',
    description: shown.slice(1).join(' · '),
    icon,
    tone,
    spoken: shown.join(', '),
    expand: 'none',
    words,
    abilities: [],
    tooltip: { title: label, lines, notes: notes.filter((note): note is string => note !== undefined && note !== '') },
  };
}

function problemRow(problem: JournalProblem): Drawn {
  const where = problem.line === 0 ? problem.file : l10n.t('{0}, line {1}', problem.file, problem.line);
  const notes = [
    l10n.t('The journal is shown as it is and was not repaired. What it says from there on may not be what happened.'),
  ];
  return row({
    label: problemWords(problem.problem),
    facts: [where],
    icon: 'warning',
    tone: 'warning',
    words: ['journalProblem'],
    notes,
  });
}

function problemWords(problem: JournalProblem['problem']): string {
  switch (problem) {
    case 'notJson':
      return l10n.t('A line of the journal cannot be read');
    case 'cutOff':
      return l10n.t('The last line of the journal was cut off while it was written');
    case 'chainBroken':
      return l10n.t('A line of the journal was removed, added or moved');
    case 'hashWrong':
      return l10n.t('A line of the journal was changed');
    case 'sequence':
      return l10n.t('Numbers of journal lines are missing');
    case 'fileMissing':
      return l10n.t('A file of the journal is missing');
    case 'fileShortened':
      return l10n.t('A file of the journal lost its last lines');
    default: {
      const never: never = problem;
      return never;
    }
  }
}

function readsRow(reads: readonly Exchange[], context: OperationContext): Drawn {
  const facts = [callWords(reads.length, context), failedWords(reads, context)];
  const failed = reads.some(({ error }) => error !== undefined);
  const parts = row({
    label: l10n.t('Reads'),
    facts,
    icon: failed ? 'warning' : 'cloud-download',
    tone: failed ? 'warning' : undefined,
    words: ['reads'],
  });
  return { ...parts, expand: 'collapsed' };
}

function groupRow(group: readonly Exchange[], context: OperationContext): Drawn {
  const [newest] = group;
  if (newest === undefined)
    return row({ label: l10n.t('Not kept any more'), facts: [], icon: 'circle-slash', words: ['readGroup'] });
  const failed = group.some(({ error }) => error !== undefined);
  const pages =
    group.length === 1 ? l10n.t('1 page') : l10n.t('{0} pages', formatCount(group.length, context.language));
  const facts = [newest.region ?? '', pages, failedWords(group, context), timeOfDay(newest.time, context)];
  const parts = row({
    label: newest.action,
    facts,
    icon: failed ? 'error' : 'cloud-download',
    tone: failed ? 'bad' : undefined,
    words: ['readGroup'],
  });
  return { ...parts, expand: 'collapsed' };
}

function responseRow(exchange: Exchange | undefined, context: OperationContext): Drawn {
  if (exchange === undefined)
    return row({ label: l10n.t('Not kept any more'), facts: [], icon: 'circle-slash', words: ['response'] });
  const { action, region, status, durationMs, subject, error, effect } = exchange;
  const outcome = error === undefined ? [] : [l10n.t('failed'), error.code ?? error.message];
  const facts = [
    region ?? '',
    subject ?? '',
    status === undefined ? l10n.t('no answer') : String(status),
    l10n.t('{0} ms', Math.round(durationMs)),
    ...outcome,
  ];
  const parts = row({
    label: action,
    facts,
    icon: error !== undefined ? 'error' : effect === 'read' ? 'cloud-download' : 'cloud-upload',
    tone: error === undefined ? undefined : 'bad',
    words: ['response', error === undefined ? 'answered' : 'failed'],
    lines: exchangeLines(exchange, context),
    notes: [error?.message, error?.advice],
  });
  return { ...parts, abilities: ['response'], click: 'openResponse' };
}

function exchangeLines(exchange: Exchange, context: OperationContext): TooltipLine[] {
  const { accountName, region, host, status, requestId, attempts, durationMs, time, error } = exchange;
  return [
    { label: l10n.t('Account'), value: accountName },
    ...(region === undefined ? [] : [{ label: l10n.t('Region'), value: region }]),
    { label: l10n.t('Host'), value: host },
    { label: l10n.t('HTTP status'), value: status === undefined ? l10n.t('no answer') : String(status) },
    ...(error?.code === undefined ? [] : [{ label: l10n.t('Code'), value: error.code }]),
    ...(requestId === undefined ? [] : [{ label: l10n.t('Request ID'), value: requestId }]),
    { label: l10n.t('Attempts'), value: String(attempts) },
    { label: l10n.t('Duration'), value: l10n.t('{0} ms', Math.round(durationMs)) },
    { label: l10n.t('Time'), value: formatTime(time, context.language, context.timeZone) },
  ];
}

function runRow(run: RunRecord | undefined, context: OperationContext): Drawn {
  if (run === undefined)
    return row({ label: l10n.t('Not in the journal any more'), facts: [], icon: 'circle-slash', words: ['run'] });
  const unresolved = run.unresolved.length;
  const mustCheck = unresolved === 0 ? '' : l10n.t('{0} must be checked', formatCount(unresolved, context.language));
  const facts = [
    stateWords(run),
    ...countsWords(run, context),
    mustCheck,
    formatTime(run.startedAt, context.language, context.timeZone),
  ];
  const look = runLook(run);
  const parts = row({
    label: titleOf(run),
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
  return { ...parts, expand: 'collapsed', abilities: runAbilities(run, context) };
}

/** A question when it was asked; by now it is the name of what was done. */
function titleOf({ title, run }: RunRecord): string {
  const name = title
    .split(/[?？]\s*/)
    .filter((part) => part !== '')
    .join(' · ');
  return name === '' ? l10n.t('Run {0}', run) : name;
}

function stateWords({ state }: RunRecord): string {
  switch (state) {
    case 'running':
      return l10n.t('running');
    case 'ended':
      return '';
    case 'cancelled':
      return l10n.t('cancelled');
    case 'interrupted':
      return l10n.t('no end on record');
    default: {
      const never: never = state;
      return never;
    }
  }
}

function countsWords({ counts, neverSent }: RunRecord, { language }: OperationContext): string[] {
  const known = outcomes.flatMap((outcome) => {
    const count = counts.get(outcome) ?? 0;
    return count === 0 ? [] : [l10n.t('{0} {1}', formatCount(count, language), outcomeLabel(outcome))];
  });
  return neverSent === 0 ? known : [...known, l10n.t('{0} never sent', formatCount(neverSent, language))];
}

function runLook({ state, unresolved, counts }: RunRecord): { icon: string; tone: State['tone'] } {
  if (state === 'running') return { icon: 'loading~spin', tone: 'muted' };
  if (unresolved.length > 0 || state === 'interrupted') return { icon: 'question', tone: 'warning' };
  const bad = (counts.get('failed') ?? 0) + (counts.get('refused') ?? 0);
  if (bad > 0) return { icon: 'error', tone: 'bad' };
  return (counts.get('deleted') ?? 0) > 0 ? { icon: 'check', tone: 'good' } : { icon: 'circle-slash', tone: 'muted' };
}

function runLines(run: RunRecord, { language, timeZone }: OperationContext): TooltipLine[] {
  const places = new Set(run.targets.map(({ accountName, region }) => `${accountName} · ${region}`));
  return [
    { label: l10n.t('Started'), value: formatTime(run.startedAt, language, timeZone) },
    {
      label: l10n.t('Ended'),
      value: run.endedAt === undefined ? l10n.t('no end on record') : formatTime(run.endedAt, language, timeZone),
    },
    ...[...places].slice(0, 10).map((value) => ({ label: l10n.t('Account and region'), value })),
  ];
}

function runAbilities(run: RunRecord, { hasResult }: OperationContext): OperationAbility[] {
  const again = (run.counts.get('failed') ?? 0) + (run.counts.get('unknown') ?? 0);
  return [
    ...(run.unresolved.length > 0 ? (['check'] as const) : []),
    ...(hasResult(run.run) ? (['result'] as const) : []),
    ...(hasResult(run.run) && again > 0 ? (['retryFailed'] as const) : []),
  ];
}

function targetRow(
  target: RunTarget | undefined,
  run: RunRecord | undefined,
  answered: boolean,
  context: OperationContext,
): Drawn {
  if (target === undefined || run === undefined)
    return row({ label: l10n.t('Not in the journal any more'), facts: [], icon: 'circle-slash', words: ['runTarget'] });
  const unresolved = run.unresolved.includes(target);
  const outcome =
    target.outcome === undefined
      ? unresolved
        ? l10n.t('no outcome on record')
        : l10n.t('in progress')
      : outcomeLabel(target.outcome);
  const name = target.name === target.id ? [] : [target.id];
  const look = targetLook(target.outcome, unresolved);
  const parts = row({
    label: target.name,
    facts: [outcome, unresolved ? l10n.t('must be checked') : '', target.code ?? '', ...name],
    icon: look.icon,
    tone: look.tone,
    words: ['runTarget', target.outcome ?? 'pending', ...(unresolved ? ['unresolved'] : [])],
    lines: targetLines(target, context),
    notes: [target.message, target.advice, target.note],
  });
  const recipe = target.outcome === 'deleted' && hasRecipe(target);
  const abilities: OperationAbility[] = [
    'copy',
    ...(answered ? (['response'] as const) : []),
    ...(recipe ? (['recipe'] as const) : []),
  ];
  return { ...parts, abilities, click: answered ? 'openResponse' : undefined };
}

function targetLook(outcome: Outcome | undefined, unresolved: boolean): { icon: string; tone: State['tone'] } {
  if (unresolved) return { icon: 'question', tone: 'warning' };
  switch (outcome) {
    case undefined:
      return { icon: 'loading~spin', tone: 'muted' };
    case 'deleted':
      return { icon: 'check', tone: 'good' };
    case 'alreadyGone':
    case 'notSent':
      return { icon: 'circle-slash', tone: 'muted' };
    case 'refused':
    case 'failed':
      return { icon: 'error', tone: 'bad' };
    case 'unknown':
    case 'changed':
      return { icon: 'question', tone: 'warning' };
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

function targetLines(target: RunTarget, { language, timeZone }: OperationContext): TooltipLine[] {
  const { id, accountName, region, action, code, requestId, time } = target;
  return [
    { label: l10n.t('ID'), value: id },
    { label: l10n.t('Account'), value: accountName },
    { label: l10n.t('Region'), value: region },
    ...(action === undefined ? [] : [{ label: l10n.t('Operation'), value: action }]),
    ...(code === undefined ? [] : [{ label: l10n.t('Code'), value: code }]),
    ...(requestId === undefined ? [] : [{ label: l10n.t('Request ID'), value: requestId }]),
    { label: l10n.t('Last word'), value: formatTime(time, language, timeZone) },
  ];
}

function neverSentRow(run: RunRecord | undefined, { language }: OperationContext): Drawn {
  const count = formatCount(run?.neverSent ?? 0, language);
  const notes = [
    l10n.t('Every call is written down before it is sent. Nothing is written down about these, so nothing was sent.'),
  ];
  return row({ label: l10n.t('{0} never sent', count), facts: [], icon: 'circle-slash', words: ['neverSent'], notes });
}

function callWords(count: number, { language }: OperationContext): string {
  return count === 1 ? l10n.t('1 call') : l10n.t('{0} calls', formatCount(count, language));
}

function failedWords(calls: readonly Exchange[], { language }: OperationContext): string {
  const failed = calls.filter(({ error }) => error !== undefined).length;
  return failed === 0 ? '' : l10n.t('{0} failed', formatCount(failed, language));
}

function timeOfDay(time: Date, { language, timeZone }: OperationContext): string {
  return formatTime(time, language, timeZone);
}
