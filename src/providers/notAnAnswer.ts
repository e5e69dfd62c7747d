import * as l10n from '@vscode/l10n';
import { answerCutOff, CloudError, type CloudErrorFacts } from '../core/cloudError';
import type { HttpResponse } from '../core/http';
import type { Operation } from '../core/operation';

/**
 * What is thrown for everything that is not the cloud's own answer, the same for every cloud: `server` for status 500
 * and above, `throttled` for 429, `unexpectedAnswer` for the rest. Its delivery is `answered` only for a status from
 * 400 to 499 that says the request was not accepted, and `unknown` otherwise: behind a damaged success the change may
 * have been made. A 429 that is not the cloud's own comes from something on the way, and would be followed by a second
 * call: what must not happen twice is looked up instead.
 */
export function notAnAnswer(
  operation: Operation,
  response: HttpResponse,
  said: Pick<CloudErrorFacts, 'requestId' | 'retryAfterMs'> & { readonly message: string },
): CloudError {
  const { status } = response;
  const mustBeOnce = operation.effect === 'run' || operation.effect === 'create';
  const refused = status >= 400 && status < 500 && status !== 408 && !(status === 429 && mustBeOnce);
  const { message, ...facts } = said;
  return new CloudError(message, {
    ...facts,
    ...(isSuccess(status) && isCutOff(response.body) && { code: answerCutOff }),
    reason: status >= 500 ? 'server' : status === 429 ? 'throttled' : 'unexpectedAnswer',
    delivery: refused ? 'answered' : 'unknown',
    status,
    advice: operation.effect === 'read' || refused ? adviceForRead() : adviceForChange(),
  });
}

/** Begins as an answer does, and is none as a whole. */
function isCutOff(body: string): boolean {
  const text = body.trim();
  if (text.startsWith('<')) return !isHtml(text) && !text.endsWith('>');
  if (!text.startsWith('{')) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

export function withoutCode(operation: Operation, response: HttpResponse): string {
  return l10n.t('{0} failed without an error code (HTTP {1}).', operation.action, response.status);
}

/** One odd field does not lose what was read; behind a change only a readable id counts. */
export function isOddId({ effect }: Operation, id: unknown): boolean {
  return effect === 'read' && id !== undefined;
}

export function withoutRequestId(operation: Operation, response: HttpResponse): string {
  return l10n.t(
    "The answer to {0} has no request id, so it is not the cloud's own (HTTP {1}).",
    operation.action,
    response.status,
  );
}

/** What to say of an answer without a word, or of a web page in its place; undefined for any other body. */
export function emptyOrPage({ action }: Operation, { body, status }: HttpResponse): string | undefined {
  const text = body.trim();
  if (text === '') return l10n.t('The answer to {0} was empty (HTTP {1}).', action, status);
  return isHtml(text)
    ? l10n.t('Instead of an answer to {0} a web page arrived (HTTP {1}).', action, status)
    : undefined;
}

export function isHtml(text: string): boolean {
  return /^<(!doctype\s+)?html/i.test(text);
}

function adviceForRead(): string {
  return l10n.t(
    'A proxy, a sign-in page of the network or a gateway may have answered instead of the cloud. Check the network, open the response to see what arrived, then try again.',
  );
}

function adviceForChange(): string {
  return l10n.t('It may have been carried out all the same. Refresh the list to see before you try again.');
}
