import type { Operation } from '../core/operation';
import type { Call } from './call';
import type { Fault } from './faults';
import { sandboxAccountId } from './keys';
import type { RefusalFacts } from './refusal';
import { Refusal } from './refusal';
import type { Reply } from './reply';
import { captivePortal, emptyBody, unavailable } from './interference';

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
export function refusalOf(faults: readonly Fault[], call: Call, operation: Operation | undefined): Refusal | undefined {
  for (const fault of faults) {
    const refusal = refusalOfOne(fault, call, operation);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function refusalOfOne(fault: Fault, call: Call, operation: Operation | undefined): Refusal | undefined {
  const alibaba = call.provider === 'alibabaCloud';
  switch (fault.kind) {
    case 'throttle':
      return throttled(alibaba, fault.retryAfterMs);
    case 'rateLimit':
      return throttled(alibaba, fault.hint === true ? Math.ceil(1000 / fault.perSecond) : undefined);
    case 'refuse':
      return new Refusal(fault.code, wordsOf(fault));
    case 'serverError':
      return new Refusal(alibaba ? 'InternalError.Dispatch' : 'InternalError');
    case 'deny':
      return denied(call, operation);
    case 'expiredToken':
      return new Refusal(alibaba ? 'InvalidSecurityToken.Expired' : 'InvalidSecretToken', {
        details: ['it has expired'],
      });
    case 'forbiddenRegion':
      return new Refusal(alibaba ? 'Operation.Forbidden' : 'InvalidActionOrVersion', {
        details: [call.action, call.version],
      });
    case 'inProgress':
      return 'ClientToken' in call.params ? new Refusal('IdempotentProcessing') : undefined;
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

function throttled(alibaba: boolean, retryAfterMs: number | undefined): Refusal {
  if (!alibaba) return new Refusal('FlowLimitExceeded');
  const headers: Record<string, string> =
    retryAfterMs === undefined ? {} : { 'x-acs-retry-after': String(retryAfterMs) };
  return new Refusal('Throttling.User', { headers });
}

function denied(call: Call, operation: Operation | undefined): Refusal {
  const permission = operation?.permission ?? `ecs:${call.action}`;
  if (call.provider === 'volcengine') {
    return new Refusal('AccessDenied', {
      details: [permission, `trn:ecs:${call.region}:${sandboxAccountId}:instance/*`],
    });
  }
  const AccessDeniedDetail = {
    AuthAction: permission,
    AuthPrincipalDisplayName: 'sandbox',
    AuthPrincipalOwnerId: sandboxAccountId,
    AuthPrincipalType: 'SubUser',
    NoPermissionType: 'ImplicitDeny',
    PolicyType: 'AccountLevelIdentityBasedPolicy',
    EncodedDiagnosticMessage: 'AQFTQU5EQk9Y',
  };
  return new Refusal('Forbidden.RAM', { extra: { AccessDeniedDetail } });
}
