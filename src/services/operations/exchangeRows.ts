import * as l10n from '@vscode/l10n';
import type { CloudError } from '../../core/cloudError';
import type { Exchange } from '../../core/exchange';
import { formatCount, formatTime } from '../../util/format';
import { failuresOf, outcomeOfCall, type CallOutcome } from '../exchanges/callOutcome';
import { causeOf } from '../views/errorCause';
import type { TooltipLine } from '../views/tooltip';
import { drawRow, type Drawn, type OperationContext } from './row';

/** The row that holds all reads. */
export function readsRow(reads: readonly Exchange[], context: OperationContext): Drawn {
  const facts = [callWords(reads.length, context), failedWords(reads, context)];
  const failed = failuresOf(reads, context.clouds) > 0;
  const parts = drawRow({
    label: l10n.t('Read calls'),
    facts,
    icon: failed ? 'warning' : 'cloud-download',
    tone: failed ? 'warning' : undefined,
    words: ['reads'],
  });
  return { ...parts, expand: 'collapsed' };
}

/** The pages of one reading of a list. */
export function groupRow(group: readonly Exchange[], context: OperationContext): Drawn {
  const [newest] = group;
  if (newest === undefined)
    return drawRow({ label: l10n.t('No longer kept'), facts: [], icon: 'circle-slash', words: ['readGroup'] });
  const failed = failuresOf(group, context.clouds) > 0;
  const pages =
    group.length === 1 ? l10n.t('1 page') : l10n.t('{0} pages', formatCount(group.length, context.language));
  const notOffered = group.some((one) => outcomeOfCall(one, context.clouds) === 'notOffered');
  const facts = [
    notOffered ? callOutcomeWords('notOffered') : '',
    newest.region ?? '',
    pages,
    failedWords(group, context),
    timeOfDay(newest.time, context),
  ];
  const parts = drawRow({
    label: newest.action,
    facts,
    icon: failed ? 'error' : 'cloud-download',
    tone: failed ? 'bad' : undefined,
    words: ['readGroup'],
  });
  return { ...parts, expand: 'collapsed' };
}

/** One call and its answer. */
export function responseRow(exchange: Exchange | undefined, context: OperationContext): Drawn {
  if (exchange === undefined)
    return drawRow({ label: l10n.t('No longer kept'), facts: [], icon: 'circle-slash', words: ['response'] });
  const { action, region, status, durationMs, subject, error, effect, dryRun } = exchange;
  const outcome = outcomeOfCall(exchange, context.clouds);
  const failed = outcome === 'failed';
  const facts = [
    callOutcomeWords(outcome),
    failed && error !== undefined ? failureWords(error) : '',
    subject ?? '',
    region ?? '',
    status === undefined ? l10n.t('no answer') : String(status),
    l10n.t('{0} ms', Math.round(durationMs)),
    outcome === 'wouldBeRefused' ? (error?.code ?? '') : '',
  ];
  const parts = drawRow({
    label: dryRun === true ? l10n.t('Dry run of {0}', action) : action,
    facts,
    icon: failed ? 'error' : effect === 'read' || dryRun === true ? 'cloud-download' : 'cloud-upload',
    tone: failed ? 'bad' : undefined,
    words: ['response', failed ? 'failed' : 'answered'],
    lines: exchangeLines(exchange, context),
    notes: [error?.message, error?.advice],
  });
  const denied = error?.permission !== undefined;
  return { ...parts, abilities: ['response', ...(denied ? (['policy'] as const) : [])], click: 'openResponse' };
}

/** Codes of the cloud are looked up; those of the network say less than words. */
function failureWords(error: CloudError): string {
  return error.delivery === 'answered' ? (error.code ?? error.message) : causeOf(error);
}

function callOutcomeWords(outcome: CallOutcome): string {
  switch (outcome) {
    case 'answered':
      return '';
    case 'failed':
      return l10n.t('failed');
    case 'notOffered':
      return l10n.t('not offered in this region');
    case 'wouldBeRefused':
      return l10n.t('would be refused');
    default: {
      const never: never = outcome;
      return never;
    }
  }
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

function callWords(count: number, { language }: OperationContext): string {
  return count === 1 ? l10n.t('1 call') : l10n.t('{0} calls', formatCount(count, language));
}

function failedWords(calls: readonly Exchange[], { language, clouds }: OperationContext): string {
  const failed = failuresOf(calls, clouds);
  return failed === 0 ? '' : l10n.t('{0} failed', formatCount(failed, language));
}

function timeOfDay(time: Date, { language, timeZone }: OperationContext): string {
  return formatTime(time, language, timeZone);
}
