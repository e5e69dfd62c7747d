import * as l10n from '@vscode/l10n';
import { outcomeWords, type ActionWords } from '../../core/action';
import { untouched, retryable, type RunReport, type TargetResult } from '../../services/actions/report';
import { countOutcomes, isOpen, outcomeLabel, outcomes, type Outcome } from '../../services/journal/outcome';
import { oneLine } from '../../util/plainText';
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
  const message = report.results.length === 1 && only !== undefined ? placedText(only) : countsText(report);
  const notes = [
    reasonText(report),
    report.stopped,
    // What was not sent because of it says so itself.
    report.cancelled && (report.results.length > 1 || only?.outcome !== 'notSent') ? l10n.t('Cancelled.') : undefined,
    leftText(report),
    openText(report),
  ];
  return { severity: severityOf(report), message: sentences(message, ...notes) };
}

/** Whoever has to look after a resource is told where it is. */
function placedText(result: TargetResult): string {
  const said = singleText(result);
  return problems.has(result.outcome) ? l10n.t('{0}: {1}', placeOf(result), said) : said;
}

/** "prod, China (Hangzhou)" */
function placeOf({ group }: TargetResult): string {
  return l10n.t('{0}, {1}', oneLine(group.account.name, 40), group.regionName);
}

function singleText(result: TargetResult): string {
  const { planned, group, outcome, message, advice, note } = result;
  const name = listing([planned.name], 1);
  const isRemoval = group.action.goal.type === 'gone';
  // What ran somewhere neither changed nor removed the resource: only its own words fit.
  if (group.action.goal.type === 'followed' && outcome !== 'done' && outcome !== 'notSent' && outcome !== 'changed')
    return sentences(
      l10n.t('{0}: {1}.', name, outcomeLabel(outcome, group.action.words.outcome)),
      message,
      advice,
      note,
    );
  switch (outcome) {
    case 'done':
      return sentences(l10n.t('{0}: {1}.', group.action.words.done(group.answers), name), note);
    case 'accepted':
      return sentences(
        isRemoval
          ? l10n.t('The cloud accepted the call for "{0}". The deletion is pending.', name)
          : l10n.t('The cloud accepted the call for "{0}". It has not taken effect yet.', name),
        note,
      );
    case 'already':
      return isRemoval
        ? l10n.t('"{0}" was already gone; nothing was changed.', name)
        : l10n.t('"{0}": {1}; nothing was changed.', name, group.action.words.outcome.already());
    case 'refused':
      return sentences(
        isRemoval
          ? l10n.t('The cloud refused to delete "{0}".', name)
          : l10n.t('The cloud refused to change "{0}".', name),
        message,
        advice,
      );
    case 'failed':
    case 'stillThere':
      return sentences(
        isRemoval ? l10n.t('"{0}" could not be deleted.', name) : l10n.t('"{0}" could not be changed.', name),
        message,
        advice,
        note,
      );
    case 'unknown':
      return sentences(
        isRemoval
          ? l10n.t('It is not known whether "{0}" was deleted.', name)
          : l10n.t('It is not known whether "{0}" was changed.', name),
        message,
        note,
      );
    case 'timedOut':
    case 'notDelivered':
    case 'stopped':
    case 'stoppedBefore':
    case 'silent':
      return sentences(
        l10n.t('{0}: {1}.', name, outcomeLabel(outcome, group.action.words.outcome)),
        message,
        advice,
        note,
      );
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

/** Whoever reads of these looks for the resource next. */
const problems: ReadonlySet<Outcome> = new Set(['unknown', 'failed']);

function countsText(report: RunReport): string {
  const counts = countOutcomes(report.results);
  const parts = outcomes.flatMap((outcome) => {
    const count = counts.get(outcome) ?? 0;
    return count === 0 ? [] : [partText(report, outcome, count)];
  });
  return l10n.t('{0}.', parts.join(l10n.t('; ')));
}

function partText(report: RunReport, outcome: Outcome, count: number): string {
  const isProblem = problems.has(outcome);
  const own = report.results.filter((r) => r.outcome === outcome);
  const label = outcomeLabel(outcome, wordsOf(report.results));
  if (count > namesUpTo && !isProblem) return l10n.t('{0} {1}', count, label);
  const [place = '', ...others] = new Set(own.map(placeOf));
  const isSpread = isProblem && others.length > 0;
  const names = own.map((r) => (isSpread ? `${r.planned.name} – ${placeOf(r)}` : r.planned.name));
  const named = l10n.t('{0} {1} ({2})', count, label, listing(names, namesUpTo));
  return isProblem && !isSpread ? l10n.t('{0} in {1}', named, place) : named;
}

/** The words of the one action of these results; undefined where they are of several. */
export function wordsOf(results: readonly TargetResult[]): ActionWords['outcome'] | undefined {
  return outcomeWords([...new Set(results.map(({ group }) => group.action))]);
}

/** Why, where it is the same for all that were not changed; else why the first of those that went wrong. */
function reasonText(report: RunReport): string | undefined {
  if (report.results.length === 1) return undefined;
  const kept = report.results.filter(
    (r) =>
      r.outcome === 'refused' ||
      r.outcome === 'failed' ||
      r.outcome === 'unknown' ||
      // That it was cancelled is said once.
      (r.outcome === 'notSent' && !report.cancelled),
  );
  const said = new Set(kept.map(({ message, advice }) => sentences(message, advice)));
  const [only] = said;
  if (said.size === 1) return only;
  const first = kept.find(({ outcome, message }) => problems.has(outcome) && message !== undefined);
  return first && l10n.t('{0}: {1}', listing([first.planned.name], 1), sentences(first.message, first.advice));
}

function leftText(report: RunReport): string | undefined {
  const left = untouched(report).length;
  return left === 0 || report.results.length === 1
    ? undefined
    : l10n.t('The others were not sent because of another resource in the same call.');
}

function openText(report: RunReport): string | undefined {
  return report.results.some((r) => isOpen(r.outcome))
    ? l10n.t('"Check Unresolved Results" in the Operations view reads them again.')
    : undefined;
}

function severityOf(report: RunReport): RunSummary['severity'] {
  if (report.stopped !== undefined || retryable(report).length > 0) return 'error';
  return report.results.every((r) => r.outcome === 'done' || r.outcome === 'accepted' || r.outcome === 'already')
    ? 'info'
    : 'warning';
}

/** "Release the Rest…" */
export function restLabel(button: string): string {
  return l10n.t('{0} the Rest…', button);
}
