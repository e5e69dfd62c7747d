/** The code of an answer that ends in the middle, where no length told that more was to come. */
export const answerCutOff = 'ANSWER_CUT_OFF';

/** Why a call failed, the same words for every cloud. */
export type Reason =
  | 'auth'
  | 'permission'
  | 'throttled'
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'quota'
  | 'network'
  | 'timeout'
  | 'cancelled'
  | 'unexpectedAnswer'
  | 'server';

/**
 * What is known about the request itself when a call failed.
 * - `notSent`: it surely never reached the cloud, so nothing can have changed.
 * - `answered`: the cloud refused it in words; it was not carried out.
 * - `unknown`: it may have been carried out. Only a read can tell.
 */
export type Delivery = 'notSent' | 'answered' | 'unknown';

/** What the cloud itself said about a failure, word for word (secrets excepted). */
export interface CloudErrorFacts {
  readonly reason: Reason;
  readonly delivery: Delivery;
  /** The cloud's code, for example `InvalidInstance.NotFound`. */
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** A troubleshooting page the cloud recommends. */
  readonly recommend?: string | undefined;
  /** What to do next, in the user's language. */
  readonly advice?: string | undefined;
  /** How long the cloud asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The permission that is missing, for example `ecs:DeleteActivation`. */
  readonly permission?: string | undefined;
  /** The proxy that did not let it through: scheme, host and port. */
  readonly proxy?: string | undefined;
  /** How many times the call was sent; 0 when it never left. */
  readonly attempts?: number | undefined;
  /** The recorded exchange that shows the raw answer. */
  readonly exchangeId?: string | undefined;
  readonly cause?: unknown;
}

/** Every failure of a cloud call. The message is the cloud's own, or what happened to the connection. */
export class CloudError extends Error {
  readonly reason: Reason;
  readonly delivery: Delivery;
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly recommend: string | undefined;
  readonly advice: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly permission: string | undefined;
  readonly exchangeId: string | undefined;
  readonly proxy: string | undefined;
  readonly attempts: number;

  constructor(message: string, facts: CloudErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'CloudError';
    this.reason = facts.reason;
    this.delivery = facts.delivery;
    this.code = facts.code;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.recommend = facts.recommend;
    this.advice = facts.advice;
    this.retryAfterMs = facts.retryAfterMs;
    this.permission = facts.permission;
    this.exchangeId = facts.exchangeId;
    this.proxy = facts.proxy;
    this.attempts = facts.attempts ?? 0;
  }

  /** Whether `error` is a cloud failure, of one of the given reasons if any are named. */
  static is(error: unknown, ...reasons: readonly Reason[]): error is CloudError {
    return error instanceof CloudError && (reasons.length === 0 || reasons.includes(error.reason));
  }

  /** The same failure with more facts, or in other words. */
  with(facts: Partial<CloudErrorFacts>, message = this.message): CloudError {
    return new CloudError(message, { ...this.facts(), ...facts });
  }

  private facts(): CloudErrorFacts {
    const { reason, delivery, code, status, requestId, recommend, advice } = this;
    const { retryAfterMs, permission, exchangeId, proxy, attempts, cause } = this;
    const said = { reason, delivery, code, status, requestId, recommend, advice };
    return { ...said, retryAfterMs, permission, exchangeId, proxy, attempts, cause };
  }
}

/** Whether the cloud answered that it does not take the keys: they can have been rotated or revoked since they were read. */
export function areKeysRefused(error: unknown): boolean {
  return CloudError.is(error, 'auth') && error.delivery === 'answered';
}
