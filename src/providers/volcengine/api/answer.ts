import * as l10n from '@vscode/l10n';
import type { CloudError } from '../../../core/cloudError';
import type { HttpResponse } from '../../../core/http';
import type { Operation } from '../../../core/operation';
import type { Answer, AnswerError } from '../../../core/wire';
import { asFields, type Fields } from '../../answerFields';
import { emptyOrPage, isOddId, isSuccess, notAnAnswer, withoutCode, withoutRequestId } from '../../notAnAnswer';

/** How long to wait before asking again while the cloud still works on the same client token, in milliseconds. */
const stillProcessingMs = 2000;

/**
 * Reads an answer. `ResponseMetadata.Error` is a refusal at any HTTP status, and a 200 alone is not a success: the
 * envelope must name its request id and must not belong to another action.
 * Everything that is not the cloud's own answer is thrown as `CloudError`: `server` for status 500 and above,
 * `throttled` for 429, `unexpectedAnswer` for the rest. Its delivery is `answered` only for a status from 400 to 499
 * that says the request was not accepted, and `unknown` otherwise: behind a damaged success the change may have been
 * made.
 */
export function readAnswer(operation: Operation, response: HttpResponse): Answer {
  const body = parseObject(response.body);
  if (body === undefined) throw refuse(operation, response, describeBody(operation, response));
  const metadata = asFields(body['ResponseMetadata']);
  const error = metadata === undefined ? olderError(body) : envelopeError(metadata, response);
  if (error !== undefined) return { ok: false, error: { ...error, retryAfterMs: waitHint(error.code, response) } };
  if (!isSuccess(response.status)) throw refuse(operation, response, withoutCode(operation, response));
  const requestId = textField(metadata ?? {}, 'RequestId');
  if (requestId === undefined && !isOddId(operation, metadata?.['RequestId']))
    throw refuse(operation, response, withoutRequestId(operation, response));
  const action = textField(metadata ?? {}, 'Action');
  if (action !== undefined && action !== operation.action) {
    throw refuse(operation, response, ofAnotherCall(operation, action));
  }
  return { ok: true, requestId, value: body['Result'] ?? undefined };
}

/** An `Error` is a failure even when the gateway left its code out; then the number or the status stands in. */
function envelopeError(metadata: Fields, response: HttpResponse): AnswerError | undefined {
  const error = asFields(metadata['Error']);
  if (error === undefined) return undefined;
  const code = textField(error, 'Code') ?? numberField(error, 'CodeN') ?? `HTTP ${response.status}`;
  return refusal(code, textField(error, 'Message'), textField(metadata, 'RequestId'));
}

/** `{HTTPCode, errorcode, message}` without an envelope: an older shape the vendor's Go client also accepts. */
function olderError(body: Fields): AnswerError | undefined {
  const code = textField(body, 'errorcode') ?? numberField(body, 'errorcode');
  return code === undefined ? undefined : refusal(code, textField(body, 'message'), textField(body, 'RequestId'));
}

function refusal(code: string, message: string | undefined, requestId: string | undefined): AnswerError {
  return { code, message: message ?? code, requestId, permission: permissionIn(code, message ?? '') };
}

/** `AccessDenied` names the action that is missing, which need not be the operation that was called. */
function permissionIn(code: string, message: string): string | undefined {
  return code === 'AccessDenied' ? /\b[a-z][a-z0-9_]*:[A-Z][A-Za-z0-9]+/.exec(message)?.[0] : undefined;
}

/** The vendor documents no such header; a gateway on the way may send the standard one. */
function waitHint(code: string, response: HttpResponse): number | undefined {
  const header = response.headers['retry-after']?.trim();
  if (header !== undefined && /^\d{1,6}$/.test(header)) return Number(header) * 1000;
  return code === 'IdempotentProcessing' ? stillProcessingMs : undefined;
}

function refuse(operation: Operation, response: HttpResponse, message: string): CloudError {
  return notAnAnswer(operation, response, { message, retryAfterMs: waitHint('', response) });
}

/** Says what arrived without quoting it: the whole answer can be opened, and pages of others may hold anything. */
function describeBody(operation: Operation, response: HttpResponse): string {
  const { action } = operation;
  const { status } = response;
  const body = response.body.trim();
  return (
    emptyOrPage(operation, response) ??
    l10n.t('The answer to {0} is cut off or is not JSON: {1} characters (HTTP {2}).', action, body.length, status)
  );
}

function ofAnotherCall(operation: Operation, action: string): string {
  return l10n.t('The answer to {0} belongs to another call: "{1}".', operation.action, action.slice(0, 60));
}

function parseObject(body: string): Fields | undefined {
  try {
    return asFields(JSON.parse(body.replace(/^\uFEFF/, '')));
  } catch {
    // Cut off, damaged or no JSON at all; what arrived is described by the caller.
    return undefined;
  }
}

function textField(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Numbers where text is usual; zero is how the gateway says "none". */
function numberField(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'number' && value !== 0 ? String(value) : undefined;
}
