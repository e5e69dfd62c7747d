import * as z from 'zod/mini';
import { providerIds } from '../core/account';

/** Which calls a fault hits: all that fit, after `skip` of them, `count` times or until the faults are set anew. */
const scope = {
  provider: z.optional(z.enum(providerIds)),
  action: z.optional(z.union([z.string(), z.array(z.string())])),
  region: z.optional(z.string()),
  skip: z.optional(z.int().check(z.minimum(0))),
  count: z.optional(z.int().check(z.minimum(1))),
};

const milliseconds = z.number().check(z.minimum(0));

/**
 * What can go wrong on purpose. Nothing here is left to chance: which call is hit follows from the scope alone.
 * - `throttle`: `Throttling.User` or `FlowLimitExceeded`, with a hint how long to wait if one is given.
 * - `rateLimit`: calls above `perSecond` (a bucket of `burst`, at first full) are throttled.
 * - `delay`: the answer comes `ms` after the change. `hang`, `hangAfter`: it never comes, and nothing or all was done.
 * - `resetBefore`, `resetAfter`: the connection breaks before or after the change was made.
 * - `truncate`: the answer ends in its middle, complete by its length. `emptyBody`: success without a word.
 * - `captivePortal`: a sign-in page with status 200. `unavailable`: a web page with 503.
 * - `serverError`: the cloud's own 500.
 * - `xml`: XML although JSON was asked for.
 * - `oddTypes`: numbers and booleans as text, null for what is empty, bare lists wrapped or wrapped lists bare.
 * - `lowerCaseErrors`: error envelopes with small initials.
 * - `deny`: the policy does not allow it. `expiredToken`: the temporary key ran out.
 * - `clockSkew`: the server's clock, and the `Date` header with it, is `ms` ahead.
 * - `extraFields`: members no page documents.
 * - `forbiddenRegion`: the operation is not offered, or not permitted, in the region.
 * - `inProgress`: another call with the same client token has not ended.
 * - `refuse`: any code, with the documented status and message where there are some.
 */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('throttle'), retryAfterMs: z.optional(milliseconds), ...scope }),
  z.strictObject({
    kind: z.literal('rateLimit'),
    perSecond: z.number().check(z.positive()),
    burst: z.optional(z.number().check(z.minimum(1))),
    hint: z.optional(z.boolean()),
    ...scope,
  }),
  z.strictObject({ kind: z.literal('delay'), ms: milliseconds, ...scope }),
  z.strictObject({ kind: z.literal('clockSkew'), ms: z.number(), ...scope }),
  z.strictObject({
    kind: z.literal('oddTypes'),
    what: z.enum(['countsAsText', 'nulls', 'wrappedLists', 'flatLists']),
    ...scope,
  }),
  z.strictObject({
    kind: z.literal('refuse'),
    code: z.string(),
    status: z.optional(z.int()),
    message: z.optional(z.string()),
    ...scope,
  }),
  z.strictObject({
    kind: z.enum([
      'hang',
      'hangAfter',
      'resetBefore',
      'resetAfter',
      'truncate',
      'emptyBody',
      'captivePortal',
      'unavailable',
      'serverError',
      'xml',
      'lowerCaseErrors',
      'deny',
      'expiredToken',
      'extraFields',
      'forbiddenRegion',
      'inProgress',
    ]),
    ...scope,
  }),
]);

export type Fault = z.output<typeof faultSchema>;

/** What a fault is matched against. */
export interface FaultTarget {
  readonly provider: string;
  readonly action: string;
  readonly region: string;
}

interface ActiveFault {
  readonly fault: Fault;
  seen: number;
  hits: number;
  /** Calls a rate limit still allows, and when that was counted. */
  tokens: number;
  countedAt: number;
}

/** The faults switched on, and how often each was met. */
export class FaultBox {
  private active: ActiveFault[] = [];

  /** Replaces all faults; their counts start anew. */
  set(faults: readonly Fault[]): void {
    this.active = faults.map((fault) => ({ fault, seen: 0, hits: 0, tokens: Number.NaN, countedAt: 0 }));
  }

  list(): readonly (Fault & { readonly hits: number })[] {
    return this.active.map(({ fault, hits }) => ({ ...fault, hits }));
  }

  /** The faults that a call of a stranger meets. Nothing is counted: whoever has no key uses up no fault. */
  look(target: FaultTarget): readonly Fault[] {
    return this.active.filter((entry) => threatens(entry, target)).map(({ fault }) => fault);
  }

  /** The faults that hit this call, in the order they were given. Asking counts: once per call. */
  take(target: FaultTarget, now: Date): readonly Fault[] {
    return this.active.filter((entry) => strikes(entry, target, now)).map(({ fault }) => fault);
  }
}

/** Whether the fault would hit the call if it came next; rates, which only counting tells, hit nobody. */
function threatens({ fault, seen, hits }: ActiveFault, target: FaultTarget): boolean {
  if (!fits(fault, target) || fault.kind === 'rateLimit') return false;
  return seen >= (fault.skip ?? 0) && hits < (fault.count ?? Infinity);
}

function strikes(entry: ActiveFault, target: FaultTarget, now: Date): boolean {
  const { fault } = entry;
  if (!fits(fault, target)) return false;
  entry.seen += 1;
  if (entry.seen <= (fault.skip ?? 0) || entry.hits >= (fault.count ?? Infinity)) return false;
  if (fault.kind === 'rateLimit' && takeToken(entry, fault.perSecond, fault.burst ?? fault.perSecond, now))
    return false;
  entry.hits += 1;
  return true;
}

function fits(fault: Fault, target: FaultTarget): boolean {
  const actions = fault.action === undefined ? undefined : [fault.action].flat();
  return (
    (fault.provider === undefined || fault.provider === target.provider) &&
    (actions === undefined || actions.includes(target.action)) &&
    (fault.region === undefined || fault.region === target.region)
  );
}

/** A token bucket: refilled by time, at first full. */
function takeToken(entry: ActiveFault, perSecond: number, burst: number, now: Date): boolean {
  const time = now.getTime();
  const refilled = entry.tokens + ((time - entry.countedAt) / 1000) * perSecond;
  entry.tokens = Math.min(burst, Number.isNaN(refilled) ? burst : refilled);
  entry.countedAt = time;
  if (entry.tokens < 1) return false;
  entry.tokens -= 1;
  return true;
}
