import * as l10n from '@vscode/l10n';
import { CloudError } from '../core/cloudError';

/** A proxy that did not let a request through. The request itself never left this computer. */
export class ProxyFailure extends Error {
  constructor(
    /** Scheme, host and port. */
    readonly proxy: string,
    /** What the proxy answered; undefined when it could not be reached. */
    readonly status: number | undefined,
    cause?: unknown,
  ) {
    super('proxy', cause === undefined ? undefined : { cause });
  }
}

/** What broke, and for whom. */
export interface Failure {
  readonly error: unknown;
  /** The cloud's host. */
  readonly host: string;
  /**
   * It broke before the request could have been written. No code can tell: a connection that was open can be refused,
   * unreachable or broken in its encryption just as well as one that is being made.
   */
  readonly beforeSending: boolean;
}

/** The codes of a certificate that was not accepted have no common prefix. */
const tlsCode = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;
const timeoutCodes = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** A network failure in words. Its `delivery` is `notSent` only where that is certain. */
export function networkError(failure: Failure): CloudError {
  const { error, host } = failure;
  if (error instanceof ProxyFailure) return proxyError(error);
  const code = codeOf(error);
  if (tooLargeCodes.has(code)) return tooLarge(failure, code);
  if (ownFault.test(code)) return notSendable(failure, code);
  const { beforeSending } = failure;
  return new CloudError(beforeSending ? describeUnsent(code, host) : describeBroken(code, host), {
    reason: timeoutCodes.has(code) ? 'timeout' : 'network',
    delivery: beforeSending ? 'notSent' : 'unknown',
    code,
    advice: adviceFor(beforeSending ? code : undefined),
    cause: error,
  });
}

/** Of the answer, of its headers, or of what comes out when it is decompressed. */
const tooLargeCodes = new Set([
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'UND_ERR_HEADERS_OVERFLOW',
  'HPE_HEADER_OVERFLOW',
  'ERR_BUFFER_TOO_LARGE',
]);
/** A request that cannot be written as it is: nothing is wrong with the network, and the next attempt ends alike. */
const ownFault = /^(UND_ERR_(INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)|ERR_INVALID_(ARG|CHAR|HTTP))/;

function notSendable({ error, host, beforeSending }: Failure, code: string): CloudError {
  return new CloudError(l10n.t('The request to "{0}" cannot be written as it is ({1}).', host, code), {
    reason: 'invalid',
    delivery: beforeSending ? 'notSent' : 'unknown',
    code,
    advice: l10n.t('Check the keys and the endpoint of the account for characters that do not belong there.'),
    cause: error,
  });
}

function tooLarge({ error, host }: Failure, code: string): CloudError {
  return new CloudError(l10n.t('The answer of "{0}" is too large to be taken in ({1}).', host, code), {
    reason: 'unexpectedAnswer',
    delivery: 'unknown',
    code,
    cause: error,
  });
}

function proxyError(failure: ProxyFailure): CloudError {
  const { proxy, status } = failure;
  const facts = { reason: 'network', delivery: 'notSent', proxy, cause: failure.cause } as const;
  if (status === 407) {
    return new CloudError(l10n.t('The proxy "{0}" asks for a user and password.', proxy), {
      ...facts,
      code: 'PROXY_AUTH_REQUIRED',
      advice: l10n.t('Put them into http.proxy as http://user:password@host:port, or into http.proxyAuthorization.'),
    });
  }
  if (status !== undefined) {
    return new CloudError(l10n.t('The proxy "{0}" refused the connection (HTTP {1}).', proxy, status), {
      ...facts,
      code: status >= 500 ? 'PROXY_ERROR' : 'PROXY_REFUSED',
      advice: l10n.t(
        'Ask whoever runs the proxy to allow the address, or add it to http.noProxy if it can be reached directly.',
      ),
    });
  }
  const code = codeOf(failure.cause);
  const text = tlsCode.test(code)
    ? l10n.t('The certificate of the proxy "{0}" was not accepted ({1}).', proxy, code)
    : l10n.t('No connection to the proxy "{0}" ({1}).', proxy, code);
  return new CloudError(text, {
    ...facts,
    reason: timeoutCodes.has(code) ? 'timeout' : 'network',
    code,
    advice: tlsCode.test(code)
      ? adviceFor(code)
      : l10n.t('Check http.proxy in the settings, and the proxy variables of the environment.'),
  });
}

/** The innermost code: happy eyeballs wraps the real failures in an AggregateError. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined && code !== 'UND_ERR') return code;
  return error.cause === undefined ? error.name : codeOf(error.cause);
}

function describeUnsent(code: string, host: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return l10n.t('Cannot resolve {0} ({1}).', host, code);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return l10n.t('No connection to "{0}" in time ({1}).', host, code);
  if (tlsCode.test(code)) return l10n.t('The certificate of "{0}" was not accepted ({1}).', host, code);
  return l10n.t('No connection to "{0}" ({1}).', host, code);
}

function describeBroken(code: string, host: string): string {
  return timeoutCodes.has(code)
    ? l10n.t('"{0}" did not answer in time ({1}).', host, code)
    : l10n.t('The connection to "{0}" broke before the answer came ({1}).', host, code);
}

function adviceFor(code: string | undefined): string {
  if (code !== undefined && tlsCode.test(code)) {
    return l10n.t(
      'If your network inspects TLS, add its certificate authority to the system or to NODE_EXTRA_CA_CERTS.',
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return l10n.t('Check the network connection, the proxy settings and the endpoint settings of this extension.');
  }
  return l10n.t('Check the network connection and the proxy settings, then try again.');
}
