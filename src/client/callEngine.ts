import * as l10n from '@vscode/l10n';
import { keyFingerprint, type Account, type Credentials } from '../core/account';
import { areKeysRefused, CloudError, type Reason } from '../core/cloudError';
import type { Exchange } from '../core/exchange';
import type { HttpResponse } from '../core/http';
import { checkKeys } from '../core/keyRules';
import { dataWithoutSecrets, withoutSecrets } from '../core/knownSecrets';
import type { Operation } from '../core/operation';
import { missingPermission } from '../core/permission';
import type { Provider } from '../core/provider';
import { withoutKnown } from '../core/redactError';
import type { Repeat } from '../core/repeat';
import { parseStrict } from '../core/strictParams';
import type { AnswerError, AnswerFormat } from '../core/wire';
import type { Clock } from '../util/clock';
import { throwLater } from '../util/lifecycle';
import { originOf } from '../util/origin';
import { clockSkew } from './clockSkew';
import { documentedError, isDocumented } from './errorTables';
import { isStillProcessing, mayRetry, retryDelay, type RetryPolicy } from './retry';
import type { Throttle } from './throttle';
import type { Transport } from './transport';

/** One call to be made. The parameters leave out the region: it comes from `region`, so the two cannot differ. */
export interface CallRequest<O extends Operation = Operation> {
  readonly provider: Provider;
  readonly account: Account;
  /** Undefined only for operations that have no region. */
  readonly region: string | undefined;
  readonly operation: O;
  readonly params: Readonly<Record<string, unknown>>;
  /** The ids it is about, for the log. */
  readonly ids?: readonly string[] | undefined;
  /** What it is about, for titles: an id or a short phrase. */
  readonly subject?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** When it aborts, no attempt begins any more. An answer that is out is waited for, which `signal` does not do. */
  readonly stop?: AbortSignal | undefined;
  /** What must still hold when the call goes out, however long it waited for its turn. */
  readonly freshness?: { isStale(): boolean; renew(): Promise<void> } | undefined;
  /** Set for a dry run only: the codes by which the cloud says that it passed, which the record keeps as no failure. */
  readonly passedCodes?: readonly string[] | undefined;
}

/** A call that the cloud carried out. */
export interface CallResult {
  /** As the response schema reads it; unknown fields are kept. */
  readonly value: unknown;
  readonly exchange: Exchange;
  /** The mark of the keys that signed it. */
  readonly signer: string;
}

export interface CallEngineOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly nonce: () => string;
  readonly random: () => number;
  readonly retry: RetryPolicy;
  readonly timeoutMs: () => number;
  readonly format: () => AnswerFormat;
  readonly throttle: Throttle;
  /** What must not be told of any answer, beside the keys. */
  readonly secrets?: (() => readonly string[]) | undefined;
  /** Called once for every call, after its last attempt, with everything that can be shown. */
  readonly onDidCall: (exchange: Exchange, secrets: readonly string[]) => void;
  /** Called before the wait for each attempt after the first. */
  readonly onWillRepeat?: ((repeat: Repeat) => void) | undefined;
}

/** What one attempt ended with. */
interface Answered {
  readonly value: unknown;
  readonly requestId: string | undefined;
  readonly signer: string;
}

/** What the attempts of one call leave behind for the record. */
interface Trail {
  readonly started: Date;
  attempts: number;
  host: string;
  response: HttpResponse | undefined;
  credentials: Credentials | undefined;
  /** The cloud said that an earlier attempt is still being carried out. */
  underWay: boolean;
  /** What must not be told beside the keys. */
  readonly secrets: () => readonly string[];
}

/**
 * Checks, signs, sends, retries by effect, reads and records. Any effect passes here, so nothing but the two
 * doors may import it: `cloudClient` for reads and `destroyer` for what a person has confirmed.
 */
export class CallEngine {
  private calls = 0;

  constructor(private readonly options: CallEngineOptions) {}

  /** Resolves with the checked answer; rejects with `CloudError` and nothing else. */
  async call(request: CallRequest): Promise<CallResult> {
    const trail: Trail = {
      started: this.options.clock.now(),
      attempts: 0,
      host: '',
      response: undefined,
      credentials: undefined,
      underWay: false,
      secrets: this.options.secrets ?? (() => []),
    };
    const id = `${trail.started.getTime().toString(36)}-${(++this.calls).toString(36)}`;
    let outcome: Answered | CloudError;
    try {
      outcome = await this.attemptAll(request, checkParams(request), trail);
    } catch (error) {
      outcome = finalError(CloudError.is(error) ? error : unexpected(error, trail), trail, id);
    }
    const exchange = record(request, trail, id, outcome, this.options.clock.now());
    const { onDidCall } = this.options;
    this.tell(() => onDidCall(exchange, secretsOf(trail)));
    if (outcome instanceof CloudError) throw outcome;
    return { value: outcome.value, exchange, signer: outcome.signer };
  }

  /** What happens to the record must not change what is said of the call. */
  private tell(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      throwLater(error);
    }
  }

  private async attemptAll(request: CallRequest, params: Record<string, unknown>, trail: Trail) {
    const { clock, retry, random, throttle, onWillRepeat } = this.options;
    let reread = false;
    for (let tries = 1; ; tries++) {
      const release = await this.enter(request);
      let failure: CloudError;
      try {
        return await this.attempt(request, params, trail);
      } catch (error) {
        if (!CloudError.is(error)) throw error;
        failure = error;
        if (isStillProcessing(error)) trail.underWay = true;
        if (error.reason === 'throttled') throttle.slowDown(request.account.id, request.operation, error.retryAfterMs);
      } finally {
        release();
      }
      // The keys may have been rotated since they were read: an authentication error is an answer, so nothing was done.
      if (areKeysRefused(failure) && !reread) {
        const before = trail.credentials;
        reread = true;
        if (!(await this.changed(request, before))) throw failure;
        continue;
      }
      if (!mayRetry(request.operation.effect, failure) || tries >= retry.maxAttempts) throw failure;
      const error = withoutKnown(failure, secretsOf(trail));
      this.tell(() => onWillRepeat?.(repeatOf(request, { error, attempt: tries + 1, of: retry.maxAttempts })));
      await sleepUnlessCancelled(clock, retryDelay(failure, tries, random, retry), haltOf(request));
    }
  }

  /** Waits for the call's turn; what it rests on is looked at again where the wait was long, without holding a place. */
  private async enter(request: CallRequest): Promise<() => void> {
    for (;;) {
      const release = await this.options.throttle.enter(request.account.id, request.operation, haltOf(request));
      if (request.freshness?.isStale() !== true) return release;
      release();
      await request.freshness.renew();
    }
  }

  private async changed(request: CallRequest, before: Credentials | undefined): Promise<boolean> {
    const now = await request.account.credentials({ refresh: true, ...signalOf(request) });
    return (
      now.accessKeyId !== before?.accessKeyId ||
      now.accessKeySecret !== before.accessKeySecret ||
      now.securityToken !== before.securityToken
    );
  }

  private async attempt(request: CallRequest, params: Record<string, unknown>, trail: Trail): Promise<Answered> {
    const { provider, account, operation, region, signal } = request;
    trail.response = undefined;
    trail.credentials = await account.credentials(signalOf(request));
    checkKeys(trail.credentials, account);
    const endpoint =
      account.endpoint ?? account.hosts?.[operation.product.code] ?? provider.endpoint(operation, region, account.vpc);
    trail.host = originOf(endpoint).host;
    const { clock, nonce, format, timeoutMs, transport } = this.options;
    const http = provider.wire.encode({
      operation,
      params,
      region,
      endpoint,
      credentials: trail.credentials,
      format: format(),
      now: clock.now(),
      nonce: nonce(),
    });
    if (request.stop?.aborted === true) throw stopped();
    trail.attempts++;
    const response = await transport.send(http, { signal, timeoutMs: timeoutMs() });
    trail.response = response;
    const answer = provider.wire.decode(operation, response);
    if (!answer.ok) throw explain(request, answer.error, response, clock.now());
    const value = checkValue(operation, answer.value, answer.requestId);
    // What a change says of each resource goes into results and the journal; records of a list are shown as they are.
    const told = operation.effect === 'read' ? value : dataWithoutSecrets(value, secretsOf(trail));
    return { value: told, requestId: answer.requestId, signer: keyFingerprint(trail.credentials) };
  }
}

/**
 * The failure as it leaves: without secrets, for the clouds echo what was signed, and honest about earlier attempts.
 * "Still being processed" is no refusal: when we stop asking, the call may yet be carried out.
 */
function finalError(error: CloudError, trail: Trail, exchangeId: string): CloudError {
  const unsettled = trail.underWay && (error.delivery === 'notSent' || isStillProcessing(error));
  const said = withoutKnown(error, secretsOf(trail));
  return said.with({ exchangeId, attempts: trail.attempts, ...(unsettled ? { delivery: 'unknown' } : {}) });
}

function signalOf(request: CallRequest): { readonly signal?: AbortSignal } {
  const signal = haltOf(request);
  return signal === undefined ? {} : { signal };
}

/** What ends a wait between attempts: nothing of the call is on its way then. */
function haltOf({ signal, stop }: CallRequest): AbortSignal | undefined {
  return signal === undefined || stop === undefined ? (signal ?? stop) : AbortSignal.any([signal, stop]);
}

function repeatOf(
  { account, region, operation, ids }: CallRequest,
  why: Pick<Repeat, 'error' | 'attempt' | 'of'>,
): Repeat {
  return { account, region, operation, ids, ...why };
}

function stopped(): CloudError {
  return new CloudError(l10n.t('Cancelled.'), { reason: 'cancelled', delivery: 'notSent' });
}

/** The strict side: nothing leaves that the operation's declaration does not name. */
function checkParams(request: CallRequest): Record<string, unknown> {
  const { provider, operation, params, region } = request;
  const checked = parseStrict(operation.params, provider.wire.withRegion(operation, params, region));
  if (checked.success) return checked.data;
  const first = checked.error.issues[0];
  const message = l10n.t(
    '{0} was not sent: the parameter "{1}" is missing or wrong.',
    operation.action,
    first?.path.join('.') ?? '',
  );
  throw new CloudError(message, { reason: 'invalid', delivery: 'notSent', cause: checked.error });
}

/** The tolerant side. A mismatch is its own reason: the call succeeded, only our picture of the answer was wrong. */
function checkValue(operation: Operation, value: unknown, requestId: string | undefined): unknown {
  const checked = operation.response.safeParse(value);
  if (checked.success) return checked.data;
  const where = checked.error.issues[0]?.path.join('.') ?? '';
  throw new CloudError(l10n.t('The answer to {0} has an unexpected form at "{1}".', operation.action, where), {
    reason: 'unexpectedAnswer',
    delivery: 'unknown',
    requestId,
    advice: l10n.t('The call itself succeeded. Open the response to see what the cloud said.'),
    cause: checked.error,
  });
}

/** Adds reason and advice to the cloud's own words. */
function explain(request: CallRequest, said: AnswerError, response: HttpResponse, now: Date): CloudError {
  const { provider, operation } = request;
  const known = documentedError(provider, operation, said.code, response.status);
  const reason = known?.reason ?? (response.status >= 500 ? 'server' : 'invalid');
  const mayHaveActed = operation.effect !== 'read' && !isVerdict(request, said.code, response.status, reason);
  const denied = reason === 'permission' ? missingPermission(said.permission, operation) : undefined;
  return new CloudError(said.message, {
    reason,
    delivery: mayHaveActed ? 'unknown' : 'answered',
    code: said.code,
    status: response.status,
    requestId: said.requestId,
    recommend: said.recommend,
    retryAfterMs: said.retryAfterMs,
    advice: clockSkew(said.code, response, now) ?? known?.advice(),
    permission: denied,
  });
}

/** Whether an error answer surely means "not carried out". Behind a server error only words we know are believed. */
function isVerdict({ provider, operation }: CallRequest, code: string, status: number, reason: Reason): boolean {
  if (reason === 'server') return false;
  if (reason === 'throttled' || (status < 500 && status !== 408)) return true;
  return isDocumented(provider, operation, code);
}

function unexpected(error: unknown, trail: Trail): CloudError {
  const message = error instanceof Error ? error.message : String(error);
  return new CloudError(message, {
    reason: 'invalid',
    delivery: trail.attempts === 0 ? 'notSent' : 'unknown',
    cause: error,
  });
}

async function sleepUnlessCancelled(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch {
    // Between attempts nothing of ours is on its way: the last one was answered or never arrived, or it was a read.
    throw stopped();
  }
}

function secretsOf({ credentials, secrets }: Trail): string[] {
  const keys = [credentials?.accessKeySecret, credentials?.securityToken, credentials?.accessKeyId];
  return [...keys, ...secrets()].filter((s): s is string => s !== undefined && s !== '');
}

function record(
  request: CallRequest,
  trail: Trail,
  id: string,
  outcome: { readonly requestId: string | undefined } | CloudError,
  now: Date,
): Exchange {
  const { account, operation, provider, region, ids, subject, passedCodes } = request;
  const failure = outcome instanceof CloudError ? outcome : undefined;
  const passed = failure?.code !== undefined && passedCodes?.includes(failure.code) === true;
  return {
    id,
    time: trail.started,
    provider: provider.id,
    accountId: account.id,
    accountName: account.name,
    region,
    action: operation.action,
    version: operation.product.version,
    effect: operation.effect,
    // A dry run that was answered like the real thing may have been the real thing.
    ...(passedCodes === undefined || failure === undefined ? {} : { dryRun: true }),
    ...(ids === undefined ? {} : { ids }),
    subject,
    host: trail.host,
    attempts: trail.attempts,
    durationMs: now.getTime() - trail.started.getTime(),
    status: trail.response?.status,
    requestId: requestIdOf(outcome, trail),
    body: trail.response?.body,
    language: languageOf(trail.response?.body),
    error: passed ? undefined : failure,
  };
}

function requestIdOf({ requestId }: { readonly requestId: string | undefined }, trail: Trail): string | undefined {
  const said = requestId ?? trail.response?.headers['x-acs-request-id'];
  return said === undefined ? undefined : withoutSecrets(said, secretsOf(trail));
}

function languageOf(body: string | undefined): Exchange['language'] {
  const start = body?.trimStart();
  if (start === undefined || start === '') return 'text';
  if (start.startsWith('{') || start.startsWith('[')) return 'json';
  return start.startsWith('<') && !/^<(!doctype )?html/i.test(start) ? 'xml' : 'text';
}
