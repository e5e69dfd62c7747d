import * as l10n from '@vscode/l10n';
import { CloudError } from '../../core/cloudError';
import type { Answers } from '../../core/input';
import type { Item } from '../../core/item';
import { redactData } from '../../core/redact';
import type { Place } from '../../core/target';
import { asSent } from '../../core/unreadable';
import type { Outcome } from '../journal/outcome';
import type { JournalOutcome } from '../journal/records';
import type { PlanGroup, PlanTarget } from './plan';
import type { TargetResult } from './report';
import { hasAlready, isRefused } from './review';

/** The same text for the same call and no other, as far as it may be written down. */
export function callKey(group: PlanGroup, targets: readonly PlanTarget[]): string {
  const { action, place, answers } = group;
  const ids = targets.map((t) => t.target.id);
  return callKeyOf(place, action.operation.action, redactParams(action.params(ids, answers)));
}

/** The same of a call that was written down. */
export function callKeyOf(place: Place, operation: string, params: Readonly<Record<string, unknown>>): string {
  // As JSON: what is undefined is not written down.
  return JSON.stringify([place.provider, place.accountId, place.region, operation, params]);
}

/** What is not as it was reviewed, in words; undefined when everything is. */
function differenceOf(group: PlanGroup, planned: PlanTarget, item: Item): string | undefined {
  if (planned.item === undefined) return l10n.t('It could not be reviewed before. Make a new plan.');
  const now = group.action.review.sameAs(item);
  const names = [...new Set([...Object.keys(planned.fingerprint), ...Object.keys(now)])];
  const changed = names.filter((name) => planned.fingerprint[name] !== now[name]);
  if (changed.length === 0) return undefined;
  const details = changed.map((name) => `${name}: ${planned.fingerprint[name] ?? '–'} → ${now[name] ?? '–'}`);
  return l10n.t('Changed since it was reviewed: {0}', details.join('; '));
}

/** What becomes of a target that is not as it was reviewed; undefined when it may be sent. */
export function notAsReviewed(group: PlanGroup, planned: PlanTarget, item: Item | undefined): TargetResult | undefined {
  const { goal } = group.action;
  if (item === undefined && goal.type === 'gone')
    return { group, planned, outcome: 'already', note: l10n.t('It was gone before the call was sent.') };
  if (goal.type === 'created')
    return item && { group, planned, outcome: 'already', note: l10n.t('It was there before the call was sent.') };
  if (item === undefined) return { group, planned, outcome: 'notSent', message: l10n.t('It no longer exists.') };
  if (hasAlready(group.action, item, group.answers))
    return {
      group,
      planned,
      outcome: 'already',
      note: l10n.t('It was already in that state before the call was sent.'),
    };
  const message = differenceOf(group, planned, item);
  return message === undefined ? undefined : { group, planned, outcome: 'changed', message };
}

/** What becomes of a target that could not be read just before its call: nothing was sent, and it can be tried again. */
export function notReadAgain(group: PlanGroup, planned: PlanTarget, error: unknown): TargetResult {
  const note = l10n.t('It could not be read again just before the call, so it was not sent.');
  return { ...factsOf(group, planned, 'notSent', asCloudError(error)), note, mayRetry: true };
}

/** Whether the cloud would surely refuse the record as it is now, under the chosen options. */
export function refusedNow(group: PlanGroup, item: Item, now: Date): boolean {
  return isRefused(group.action.review.findings(item, now, group.answers), group.answers);
}

/** Whether a refusal says something of the named resources, and not of the caller or the moment. */
export function isAboutTargets(error: CloudError): boolean {
  return CloudError.is(error, 'notFound', 'conflict', 'invalid');
}

/** `refused` where the cloud will say the same again, `failed` where another try may go through. */
export function refusalOutcome(error: CloudError): Outcome {
  if (error.reason === 'cancelled') return 'notSent';
  return CloudError.is(error, 'permission', 'notFound', 'conflict', 'invalid', 'quota') ? 'refused' : 'failed';
}

/** A result with the words of the error behind it. */
export function factsOf(group: PlanGroup, planned: PlanTarget, outcome: Outcome, error: CloudError): TargetResult {
  const { code, message, permission, requestId, exchangeId } = error;
  // An administrator grants names.
  const missing = permission === undefined ? undefined : l10n.t('The missing permission is "{0}".', permission);
  // What to do about an error is not what to do about a call that may have been carried out: the note says that. And
  // where it is so already, nothing is left to do; what a cloud advises then is about the others of a batch.
  const isSettled = outcome !== 'unknown' && outcome !== 'done' && outcome !== 'already';
  const advice = (isSettled && [error.advice, missing].filter((part) => part !== undefined).join(' ')) || undefined;
  return { group, planned, outcome, code, message, advice, permission, requestId, exchangeId };
}

/** What the journal keeps of a result. */
export function outcomeOf(result: TargetResult): JournalOutcome {
  const { outcome, code, message, advice, note } = result;
  return { id: result.planned.target.id, outcome, code, message, advice, note };
}

/** Why a target will be refused, in one text. */
export function reasons(planned: PlanTarget): string {
  return planned.findings
    .filter((f) => f.level === 'refused')
    .map((f) => f.text)
    .join(' ');
}

export function asCloudError(error: unknown): CloudError {
  if (CloudError.is(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CloudError(message, { reason: 'invalid', delivery: 'notSent', cause: error });
}

export function redactParams(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // What goes in is an object of parameters, so what comes out is one.
  return redactData(params) as Record<string, unknown>;
}

export function redactAnswers(answers: Answers): Answers {
  // As above, of flags and texts.
  return redactData(answers) as Answers;
}

export function redactItem(item: Item | undefined): Item | undefined {
  // A record that goes in comes out as one.
  return item === undefined ? undefined : redactParams(asSent(item) as Item);
}
