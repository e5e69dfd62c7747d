import { CallEngine, type CallEngineOptions } from '../client/callEngine';
import { CloudClient } from '../client/cloudClient';
import { Rehearser, type Rehearsal } from '../client/rehearser';
import { defaultRetryPolicy, type RetryPolicy } from '../client/retry';
import { Sender } from '../client/sender';
import { createThrottle } from '../client/throttle';
import type { Account } from '../core/account';
import type { DryRun } from '../core/action';
import type { Answers } from '../core/input';
import type { Repeat } from '../core/repeat';
import { SecretValues } from '../core/secretValues';
import type { Clouds } from '../services/accounts/ports';
import { Emitter, type Event } from '../util/lifecycle';

/** How calls go out and who is told of them. */
export interface CallOptions extends Pick<CallEngineOptions, 'transport' | 'clock' | 'nonce' | 'random' | 'onDidCall'> {
  readonly answerFormat: CallEngineOptions['format'];
  /** How long a cloud may stay silent, in milliseconds. */
  readonly timeoutMs: number;
  /** How many calls of one account may be under way. */
  readonly maxInFlight: number;
  readonly retry?: RetryPolicy;
  readonly onWillRepeat?: CallEngineOptions['onWillRepeat'];
}

type Engine = CallOptions & Pick<CallEngineOptions, 'secrets'>;

/** What is rehearsed, and for whom. */
export interface RehearsalRequest {
  readonly account: Account;
  readonly region: string;
  readonly dryRun: DryRun;
  readonly ids: readonly string[];
  readonly answers?: Answers;
  readonly subject?: string | undefined;
  readonly signal: AbortSignal;
}

/** All that can reach a cloud. */
export interface Calls {
  /** For everybody who only reads. */
  readonly client: CloudClient;
  readonly rehearse: (request: RehearsalRequest) => Promise<Rehearsal>;
  /** For the gate and nobody else. */
  readonly sender: Sender;
  /** Fires when a call is about to be made once more. */
  readonly repeats: Event<Repeat>;
  /** What is taken out of all that is told of calls. */
  readonly secrets: SecretValues;
}

export function composeCalls(options: CallOptions, clouds: Clouds): Calls {
  const repeats = new Emitter<Repeat>();
  if (options.onWillRepeat !== undefined) repeats.event(options.onWillRepeat);
  const secrets = new SecretValues();
  const onWillRepeat = (repeat: Repeat): void => repeats.fire(repeat);
  const engine = createEngine({ ...options, onWillRepeat, secrets: () => secrets.list() });
  const rehearse = rehearsals(engine, clouds);
  return { client: new CloudClient(engine), rehearse, sender: new Sender(engine), repeats: repeats.event, secrets };
}

function rehearsals(engine: CallEngine, clouds: Clouds): Calls['rehearse'] {
  const rehearser = new Rehearser(engine);
  return ({ account, region, dryRun, ids, answers = {}, subject, signal }) => {
    const { operation, params, passedCodes } = dryRun;
    const call = { provider: clouds.provider(account.provider), account, region, operation };
    return rehearser.rehearse({ ...call, params: params(ids, answers), ids, subject, signal }, passedCodes);
  };
}

/** Carries any effect, so nobody but the three above is given it. */
export function createEngine(options: Engine): CallEngine {
  const { clock, answerFormat, timeoutMs, maxInFlight, retry = defaultRetryPolicy } = options;
  return new CallEngine({
    ...options,
    retry,
    timeoutMs: () => timeoutMs,
    format: answerFormat,
    throttle: createThrottle({ clock, maxInFlight }),
  });
}
