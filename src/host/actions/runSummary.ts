import * as l10n from '@vscode/l10n';
import type { DestroyAction } from '../../core/kind';
import { countOutcomes, isOpen, outcomeLabel, outcomes, type Outcome } from '../../services/journal/outcome';
import { untouched, retryable, type RunReport, type TargetResult } from '../../services/actions/report';
import { listing, sentences } from '../ui/lists';

/** What is said when a run is over. */
export interface RunSummary {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
}

const namesUpTo = 3;

/** Counts by outcome, with names where there are few, and the reason where there is only one. */
export function summaryOf(report: RunReport): RunSummary {
  const [only] = report.results;
  const message = report.results.length === 1 && only !== undefined ? singleText(only) : countsText(report);
  const notes = [
    reasonText(report),
    report.stopped,
    report.cancelled ? l10n.t('Cancelled.') : undefined,
    leftText(report),
    openText(report),
  ];
  return { severity: severityOf(report), message: sentences(message, ...notes) };
}

function singleText(result: TargetResult): string {
  const { planned, group, outcome, message, advice, note } = result;
  const name = listing([planned.name], 1);
  switch (outcome) {
    case 'deleted':
      return sentences(l10n.t('{0}: {1}.', group.action.words.done(), name), note);
    case 'accepted':
      return sentences(l10n.t('The cloud accepted the call for "{0}", which is not gone yet.', name), note);
    case 'alreadyGone':
      return l10n.t('"{0}" was already gone; nothing was changed.', name);
    case 'refused':
      return sentences(l10n.t('The cloud refused to delete "{0}".', name), message, advice);
    case 'failed':
      return sentences(l10n.t('"{0}" could not be deleted.', name), message, advice, note);
    case 'unknown':
      return sentences(l10n.t('It is not known whether "{0}" was deleted.', name), message, note);
    case 'notSent':
      return sentences(l10n.t('Nothing was sent for "{0}".', name), message, note, advice);
    case 'changed':
      return sentences(l10n.t('"{0}" was not touched.', name), message);
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

function countsText(report: RunReport): string {
  const counts = countOutcomes(report.results);
  const parts = outcomes.flatMap((outcome) => {
    const count = counts.get(outcome) ?? 0;
    return count === 0 ? [] : [partText(report, outcome, count)];
  });
  return l10n.t('{0}.', parts.join(l10n.t('; ')));
}

function partText(report: RunReport, outcome: Outcome, count: number): string {
  const names = report.results.filter((r) => r.outcome === outcome).map((r) => r.planned.name);
  return count <= namesUpTo
    ? l10n.t('{0} {1} ({2})', count, outcomeLabel(outcome), listing(names, namesUpTo))
    : l10n.t('{0} {1}', count, outcomeLabel(outcome));
}

/** Why, where it is the same for all that were not deleted. */
function reasonText(report: RunReport): string | undefined {
  if (report.results.length === 1) return undefined;
  const kept = report.results.filter(
    (r) => r.outcome === 'refused' || r.outcome === 'failed' || r.outcome === 'notSent',
  );
  const said = new Set(kept.map(({ message, advice }) => sentences(message, advice)));
  const [only] = said;
  return said.size === 1 ? only : undefined;
}

function leftText(report: RunReport): string | undefined {
  const left = untouched(report).length;
  return left === 0 || report.results.length === 1
    ? undefined
    : l10n.t('Those not sent were left alone because of another resource of the same call.');
}

function openText(report: RunReport): string | undefined {
  return report.results.some((r) => isOpen(r.outcome))
    ? l10n.t('"Check What Became of It" in the Operations view looks again.')
    : undefined;
}

function severityOf(report: RunReport): RunSummary['severity'] {
  if (report.stopped !== undefined || retryable(report).length > 0) return 'error';
  return report.results.every((r) => r.outcome === 'deleted' || r.outcome === 'accepted' || r.outcome === 'alreadyGone')
    ? 'info'
    : 'warning';
}

/** "Release the Rest…" */
export function restLabel(verb: DestroyAction['verb']): string {
  switch (verb) {
    case 'deregister':
      return l10n.t('Deregister the Rest…');
    case 'delete':
      return l10n.t('Delete the Rest…');
    case 'release':
      return l10n.t('Release the Rest…');
    default: {
      const never: never = verb;
      return never;
    }
  }
}
