import * as l10n from '@vscode/l10n';
import { CloudError } from '../../core/cloudError';
import { redact } from '../../core/redact';
import { oneLine } from '../../util/plainText';
import { UserError } from '../contract/errors';
import { sentences } from './lists';
import { inMessage } from './plainText';

/** What can be offered beside an error. */
export type ErrorOffer = 'openResponse' | 'copyPolicy' | 'copyRequestId' | 'openPage' | 'showLog';

/** An error as one message and what to offer with it; undefined for a cancellation, which is no error to show. */
export interface ErrorText {
  readonly message: string;
  readonly offers: readonly ErrorOffer[];
}

const longest = 600;

export function errorText(error: unknown): ErrorText | undefined {
  if (CloudError.is(error, 'cancelled') || isCancellation(error)) return undefined;
  if (error instanceof UserError) return { message: clean(error.message), offers: [] };
  if (!CloudError.is(error)) {
    const said = error instanceof Error ? error.message : String(error);
    return { message: clean(l10n.t('Something went wrong: {0}', said)), offers: ['showLog'] };
  }
  const { advice, permission, exchangeId, requestId, recommend } = error;
  const missing = permission === undefined ? undefined : l10n.t('The missing permission is "{0}".', permission);
  const offers: ErrorOffer[] = [
    ...(exchangeId === undefined ? [] : (['openResponse'] as const)),
    ...(permission === undefined ? [] : (['copyPolicy'] as const)),
    ...(requestId === undefined ? [] : (['copyRequestId'] as const)),
    ...(isPage(recommend) ? (['openPage'] as const) : []),
    'showLog',
  ];
  return { message: clean(sentences(saidBy(error), advice, missing)), offers };
}

/** The cloud's words with its code, which is not repeated where the words name it. */
export function saidBy({ code, message }: CloudError): string {
  return code === undefined || message.includes(code) ? message : `${code}: ${message}`;
}

/** What the log says of an error; without secrets. */
export function errorLogText(error: unknown): string {
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return redact(said);
}

export function offerLabel(offer: ErrorOffer): string {
  switch (offer) {
    case 'openResponse':
      return l10n.t('Open Response');
    case 'copyPolicy':
      return l10n.t('Copy Policy Statement');
    case 'copyRequestId':
      return l10n.t('Copy Request ID');
    case 'openPage':
      return l10n.t('Open Help Page');
    case 'showLog':
      return l10n.t('Show Log');
    default: {
      const never: never = offer;
      return never;
    }
  }
}

/** The cloud's recommended page, if it is one: what an answer says is not opened unless it is a web page. */
export function isPage(recommend: string | undefined): recommend is string {
  return recommend !== undefined && URL.canParse(recommend) && new URL(recommend).protocol === 'https:';
}

function clean(message: string): string {
  return inMessage(oneLine(redact(message), longest));
}

function isCancellation(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');
}
