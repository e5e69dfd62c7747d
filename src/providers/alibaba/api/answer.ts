import * as l10n from '@vscode/l10n';
import type { CloudError } from '../../../core/cloudError';
import type { HttpResponse } from '../../../core/http';
import type { Operation } from '../../../core/operation';
import { redact } from '../../../core/redact';
import type { Answer, AnswerError } from '../../../core/wire';
import { asFields, type Fields } from '../../answerFields';
import { emptyOrPage, isHtml, isOddId, isSuccess, notAnAnswer, withoutCode, withoutRequestId } from '../../notAnAnswer';
import { parseXml } from '../../xml';

/**
 * Reads an answer of either format, told apart by its content: gateways and proxies send XML whatever was asked.
 * A refusal in the cloud's envelope is an `Answer`. Everything that is not the cloud's own answer is thrown as
 * `CloudError`: `server` for status 500 and above, `throttled` for 429, `unexpectedAnswer` for the rest. Its delivery
 * is `answered` only for a status from 400 to 499 that says the request was not accepted, and `unknown` otherwise:
 * behind a damaged success the change may have been made.
 */
export function readAnswer(operation: Operation, response: HttpResponse): Answer {
  const fields = readFields(response.body);
  if (fields === undefined) throw refuse(operation, response, describeBody(operation, response));
  const error = errorOf(fields, response);
  if (error !== undefined) return { ok: false, error };
  if (!isSuccess(response.status)) throw refuse(operation, response, withoutCode(operation, response));
  const requestId = textField(fields, 'RequestId');
  if (requestId === undefined && !isOddId(operation, field(fields, 'RequestId')))
    throw refuse(operation, response, withoutRequestId(operation, response));
  return { ok: true, requestId, value: fields };
}

function readFields(body: string): Fields | undefined {
  const text = body.replace(/^\uFEFF/, '').trim();
  try {
    if (text.startsWith('{')) return asFields(JSON.parse(text));
    if (text.startsWith('<') && !isHtml(text)) return asFields(parseXml(text).value);
  } catch {
    // Cut off or damaged; what arrived is described by the caller.
  }
  return undefined;
}

/** Codes that some gateways put into successes. */
const successCodes = new Set(['200', 'OK', 'Success', 'success']);

/** The envelope `{RequestId, HostId, Code, Message, Recommend}`; some gateways write it with small initials. */
function errorOf(fields: Fields, response: HttpResponse): AnswerError | undefined {
  const code = textField(fields, 'Code');
  if (code === undefined || (isSuccess(response.status) && successCodes.has(code))) return undefined;
  const recommend = textField(fields, 'Recommend');
  return {
    code,
    message: withoutSecrets(textField(fields, 'Message') ?? code),
    requestId: textField(fields, 'RequestId') ?? response.headers['x-acs-request-id'],
    recommend: recommend !== undefined && /^https:\/\//i.test(recommend) ? recommend : undefined,
    retryAfterMs: retryAfterMs(response),
    permission: textField(asFields(field(fields, 'AccessDeniedDetail')) ?? {}, 'AuthAction'),
  };
}

function field(fields: Fields, name: string): unknown {
  return fields[name] ?? fields[name.charAt(0).toLowerCase() + name.slice(1)];
}

function textField(fields: Fields, name: string): string | undefined {
  const value = field(fields, name);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A refused signature comes with the server's own string to sign, which holds every parameter and token. */
function withoutSecrets(message: string): string {
  return redact(message.replace(/(string to sign is\s*:)[\s\S]*/i, '$1 …'));
}

/** `x-acs-retry-after` counts milliseconds; `Retry-After` seconds, or it names a time by the server's own clock. */
function retryAfterMs(response: HttpResponse): number | undefined {
  const own = Number(response.headers['x-acs-retry-after'] ?? Number.NaN);
  if (own >= 0) return own;
  const standard = response.headers['retry-after'];
  if (standard === undefined) return undefined;
  if (/^\d+$/.test(standard.trim())) return Number(standard) * 1000;
  const wait = Date.parse(standard) - Date.parse(response.headers['date'] ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function refuse(operation: Operation, response: HttpResponse, message: string): CloudError {
  const requestId = response.headers['x-acs-request-id'];
  return notAnAnswer(operation, response, { message, requestId, retryAfterMs: retryAfterMs(response) });
}

/** Says what arrived without quoting more of it than a page's title: pages of others may hold anything. */
function describeBody(operation: Operation, response: HttpResponse): string {
  const { action } = operation;
  const body = response.body.trim();
  const { status } = response;
  const title = isHtml(body) ? titleOf(body) : undefined;
  if (title) return l10n.t('Instead of an answer to {0} a web page arrived (HTTP {1}): "{2}".', action, status, title);
  const kind = response.headers['content-type']?.split(';')[0]?.trim() ?? l10n.t('an unnamed type');
  return (
    emptyOrPage(operation, response) ??
    l10n.t(
      'The answer to {0} is cut off or is neither JSON nor XML: {1} characters of {2} (HTTP {3}).',
      action,
      body.length,
      kind,
      status,
    )
  );
}

function titleOf(page: string): string | undefined {
  const title = /<title[^<>]*>([^<]{1,200})/i.exec(page)?.[1]?.trim().slice(0, 80);
  return title && redact(title);
}
