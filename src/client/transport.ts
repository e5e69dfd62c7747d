import * as l10n from '@vscode/l10n';
import type { Agent, Dispatcher } from 'undici';
import { CloudError } from '../core/cloudError';
import type { HttpRequest, HttpResponse } from '../core/http';

/** Sends one request once. Never retries, never follows redirects. */
export interface Transport {
  /** Rejects with `CloudError` whose `delivery` says whether the request can have reached the cloud. */
  send(request: HttpRequest, options: SendOptions): Promise<HttpResponse>;
  close(): Promise<void>;
}

export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long the cloud may stay silent, in milliseconds, before headers and between parts of the body. */
  readonly timeoutMs: number;
}

export interface TransportOptions {
  readonly connectTimeoutMs: number;
  /** A larger answer is refused, in bytes. */
  readonly maxAnswerBytes: number;
}

export const defaultTransportOptions: TransportOptions = { connectTimeoutMs: 10_000, maxAnswerBytes: 64 * 1024 * 1024 };

/** The only way to the network. undici is loaded on the first call: it costs more than all the rest of the client. */
export function createTransport(options: TransportOptions = defaultTransportOptions): Transport {
  let agent: Promise<Agent> | undefined;
  const load = async (): Promise<Agent> => {
    const undici = await import('undici');
    return new undici.Agent({
      connect: { timeout: options.connectTimeoutMs },
      maxResponseSize: options.maxAnswerBytes,
      keepAliveTimeout: 4_000,
      pipelining: 1,
    });
  };
  return {
    send: async (request, sendOptions) => sendWith(await (agent ??= load()), request, sendOptions),
    close: async () => {
      const loaded = agent;
      agent = undefined;
      await (await loaded)?.destroy();
    },
  };
}

async function sendWith(dispatcher: Dispatcher, request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
  const { signal, timeoutMs } = options;
  if (isAborted(signal)) throw cancelled('notSent');
  const { origin, pathname, search } = new URL(request.url);
  try {
    const answer = await dispatcher.request({
      origin,
      path: pathname + search,
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal: signal ?? null,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      // Volcengine deletes by GET: undici must not treat any of our calls as free to repeat.
      idempotent: false,
    });
    return { status: answer.statusCode, headers: flatHeaders(answer.headers), body: await answer.body.text() };
  } catch (error) {
    throw isAborted(signal) ? cancelled('unknown') : networkError(error, new URL(origin).hostname);
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function cancelled(delivery: 'notSent' | 'unknown'): CloudError {
  return new CloudError(l10n.t('Cancelled.'), { reason: 'cancelled', delivery });
}

const notSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
]);

/** TLS failures happen before anything is sent; their codes have no common prefix. */
const tlsCode = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;
const timeoutCodes = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

function networkError(error: unknown, host: string): CloudError {
  const code = codeOf(error);
  const notSent = notSentCodes.has(code) || tlsCode.test(code);
  return new CloudError(describe(code, host), {
    reason: timeoutCodes.has(code) ? 'timeout' : 'network',
    delivery: notSent ? 'notSent' : 'unknown',
    code,
    advice: adviceFor(code),
    cause: error,
  });
}

/** The innermost code: happy eyeballs wraps the real failures in an AggregateError. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined && code !== 'UND_ERR') return code;
  return error.cause === undefined ? error.name : codeOf(error.cause);
}

function describe(code: string, host: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return l10n.t('The name "{0}" could not be resolved ({1}).', host, code);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return l10n.t('No connection to "{0}" in time ({1}).', host, code);
  if (timeoutCodes.has(code)) return l10n.t('"{0}" did not answer in time ({1}).', host, code);
  if (tlsCode.test(code)) return l10n.t('The certificate of "{0}" was not accepted ({1}).', host, code);
  if (notSentCodes.has(code)) return l10n.t('No connection to "{0}" ({1}).', host, code);
  return l10n.t('The connection to "{0}" broke before the answer came ({1}).', host, code);
}

function adviceFor(code: string): string {
  if (tlsCode.test(code)) {
    return l10n.t(
      'If your network inspects TLS, add its certificate authority to the system or to NODE_EXTRA_CA_CERTS.',
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return l10n.t('Check the network connection, the proxy settings and the endpoint settings of this extension.');
  }
  return l10n.t('Check the network connection and the proxy settings, then try again.');
}
