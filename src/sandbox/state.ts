import { randomBytes as systemRandomBytes } from 'node:crypto';
import type { ProviderId } from '../core/account';
import type { Clock } from '../util/clock';
import { systemClock } from '../util/clock';
import { FaultBox } from './faults';
import type { FleetOptions } from './fleet';
import { buildFleet } from './fleet';
import { NonceBook } from './signature';
import { TokenBook } from './idempotency';
import type { RandomBytes } from './keys';
import { KeyRing } from './keys';
import { RequestLog } from './requestLog';
import type { Store } from './store';

export interface SandboxOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** The same seed gives the same fleet. */
  readonly seed?: string;
  /** Managed instances in the largest ordinary region, 24 by default; other regions have a share of it. */
  readonly size?: number;
  /** So many managed instances in cn-shanghai, for those who want thousands. */
  readonly large?: number;
  /** How long a released instance is still listed (as stopping or deleting), in milliseconds; 0 by default. */
  readonly releaseDelayMs?: number;
  readonly clock?: Clock;
  readonly randomBytes?: RandomBytes;
  /** How long a request may take to arrive in full, in milliseconds. */
  readonly requestTimeoutMs?: number;
  /** Also take orders over HTTP, below a secret path; off by default. */
  readonly control?: boolean;
}

/** Everything a sandbox is made of, so that serving a request is a function of it. */
export interface World {
  store: Store;
  tokens: TokenBook;
  readonly fleet: () => FleetOptions;
  readonly keys: KeyRing;
  readonly nonces: NonceBook;
  readonly faults: FaultBox;
  readonly log: RequestLog;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly releaseDelayMs: number;
}

export function createWorld(options: SandboxOptions): World {
  const { seed = 'sandbox', size = 24, large = 0, releaseDelayMs = 0 } = options;
  const { clock = systemClock, randomBytes = systemRandomBytes } = options;
  const fleet = (): FleetOptions => ({ seed, size, large, now: clock.now() });
  return {
    store: buildFleet(fleet()),
    tokens: new TokenBook(),
    fleet,
    keys: new KeyRing(randomBytes),
    nonces: new NonceBook(),
    faults: new FaultBox(),
    log: new RequestLog(),
    clock,
    randomBytes,
    releaseDelayMs,
  };
}

/** A request id in the cloud's own form: a UUID in upper case, or a time and a number in hexadecimal. */
export function newRequestId({ randomBytes }: World, provider: ProviderId, now: Date): string {
  const hex = randomBytes(16).toString('hex').toUpperCase();
  if (provider === 'volcengine') return `${now.toISOString().replace(/\D/g, '').slice(0, 14)}${hex.slice(0, 18)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
