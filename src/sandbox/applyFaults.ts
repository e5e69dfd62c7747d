import type { Call } from './call';
import type { CommonRefusals } from './commonRefusals';
import type { Fault } from './faults';
import { clientTokenOf } from './idempotency';
import { captivePortal, emptyBody, unavailable } from './interference';
import type { RefusalFacts } from './refusal';
import { Refusal } from './refusal';
import type { Reply } from './reply';

/** Which web page or empty answer stands in for the cloud's own; `emptyBody` only after the change was made. */
export function pageInstead(faults: readonly Fault[]): Reply | undefined {
  if (has(faults, 'captivePortal')) return captivePortal;
  if (has(faults, 'unavailable')) return unavailable;
  return undefined;
}

/** What becomes of a finished answer on its way out. */
export function damaged(reply: Reply, faults: readonly Fault[]): Reply {
  if (has(faults, 'emptyBody')) return emptyBody;
  if (!has(faults, 'truncate')) return reply;
  return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
}

export function has(faults: readonly Fault[], kind: Fault['kind']): boolean {
  return faults.some((fault) => fault.kind === kind);
}

/** How far ahead the server's clock is, in milliseconds. */
export function clockSkew(faults: readonly Fault[]): number {
  return sum(faults.map((fault) => (fault.kind === 'clockSkew' ? fault.ms : 0)));
}

export function delayOf(faults: readonly Fault[]): number {
  return sum(faults.map((fault) => (fault.kind === 'delay' ? fault.ms : 0)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The refusal the faults ask for, if any; thrown after the signature was found good. */
export function refusalOf(faults: readonly Fault[], call: Call, facts: FaultFacts): Refusal | undefined {
  for (const fault of faults) {
    const refusal = refusalOfOne(fault, call, facts);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** What the words of a refusal depend on. */
export interface FaultFacts {
  readonly refusals: CommonRefusals;
  readonly permission: string | undefined;
}

function refusalOfOne(fault: Fault, call: Call, { refusals, permission }: FaultFacts): Refusal | undefined {
  switch (fault.kind) {
    case 'throttle':
      return refusals.throttled(fault.retryAfterMs);
    case 'rateLimit':
      return refusals.throttled(fault.hint === true ? Math.ceil(1000 / fault.perSecond) : undefined);
    case 'refuse':
      return new Refusal(fault.code, wordsOf(fault));
    case 'serverError':
      return refusals.serverError();
    case 'deny':
      return refusals.denied(call, permission);
    case 'expiredToken':
      return refusals.expiredToken();
    case 'forbiddenRegion':
      return refusals.forbiddenRegion(call);
    case 'inProgress':
      return clientTokenOf(call) === undefined ? undefined : refusals.inProgress();
    // These are not refusals: they show before the request is read or after it is answered.
    case 'hang':
    case 'hangAfter':
    case 'resetBefore':
    case 'resetAfter':
    case 'delay':
    case 'clockSkew':
    case 'captivePortal':
    case 'unavailable':
    case 'emptyBody':
    case 'truncate':
    case 'xml':
    case 'oddTypes':
    case 'extraFields':
    case 'lowerCaseErrors':
      return undefined;
    default:
      return unknownFault(fault);
  }
}

function unknownFault(fault: never): never {
  throw new Error(`There is no fault ${JSON.stringify(fault)}.`);
}

function wordsOf({ status, message }: Extract<Fault, { kind: 'refuse' }>): RefusalFacts {
  return { ...(status === undefined ? {} : { status }), ...(message === undefined ? {} : { message }) };
}
