import { answerCutOff, type CloudError } from '../core/cloudError';
import type { Effect } from '../core/operation';

/** How often and how long to wait, in milliseconds. */
export interface RetryPolicy {
  /** Attempts in all, the first one included. */
  readonly maxAttempts: number;
  readonly baseMs: number;
  readonly capMs: number;
  /** The longest wait the cloud may ask for and still be obeyed. */
  readonly retryAfterCapMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { maxAttempts: 4, baseMs: 300, capMs: 10_000, retryAfterCapMs: 60_000 };

/**
 * Whether a failed call may be sent again without asking anyone.
 * Reads: on network failure, time-out, throttling and server errors.
 * Everything else: only when it surely was not carried out, that is when it never reached the cloud or was
 * throttled or is still being processed. A lost answer is never followed by a second destructive call from here:
 * the run engine reads the resource first.
 */
export function mayRetry(effect: Effect, error: CloudError): boolean {
  if (error.reason === 'cancelled') return false;
  if (error.reason === 'throttled') return error.delivery !== 'unknown' || effect === 'read';
  if (effect !== 'read') return error.delivery === 'notSent' && isTransient(error);
  return isTransient(error) || error.reason === 'server' || error.code === answerCutOff;
}

/** Both clouds' words for "a call with this client token is under way"; asking again with the token is safe. */
const stillProcessing = new Set(['IdempotentProcessing', 'LastTokenProcessing']);

export function isStillProcessing(error: CloudError): boolean {
  return error.code !== undefined && stillProcessing.has(error.code);
}

/** A name that does not resolve, a certificate that is not trusted and a proxy that says no will not change within seconds. */
function isTransient(error: CloudError): boolean {
  if (error.reason === 'timeout') return true;
  return (
    error.reason === 'network' &&
    !/^(ENOTFOUND|ERR_INVALID_URL|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|PROXY_(AUTH|REFUSED|ADDRESS)|CREDENTIALS_)/.test(
      error.code ?? '',
    )
  );
}

/** The wait before attempt `attempt + 1`: what the cloud asks for, or exponential with full jitter. */
export function retryDelay(error: CloudError, attempt: number, random: () => number, policy: RetryPolicy): number {
  if (error.retryAfterMs !== undefined) return Math.min(error.retryAfterMs, policy.retryAfterCapMs);
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
