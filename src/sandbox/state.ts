import { randomBytes as systemRandomBytes } from 'node:crypto';
import type { ProviderId } from '../core/account';
import type { Clock } from '../util/clock';
import { systemClock } from '../util/clock';
import { perCloud } from './clouds';
import { FaultBox } from './faults';
import type { FleetOptions } from './fleet';
import { TokenBook } from './idempotency';
import type { RandomBytes } from './keys';
import { KeyRing } from './keys';
import type { Regions } from './regions';
import { RequestLog } from './requestLog';
import { NonceBook } from './signature';

export interface SandboxOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** The same seed gives the same fleet. */
  readonly seed?: string;
  /** Managed instances in the largest ordinary region, 24 by default; other regions have a share of it. */
  readonly size?: number;
  /** So many managed instances in cn-shanghai, for those who want thousands. */
  readonly large?: number;
  /**
   * How long a record stays in each state it only passes through (a released instance is listed as stopping or
   * deleting, then it is gone), in milliseconds; 0 by default.
   */
  readonly transitionMs?: number;
  readonly clock?: Clock;
  readonly randomBytes?: RandomBytes;
  /** How long a request may take to arrive in full, in milliseconds. */
  readonly requestTimeoutMs?: number;
  /** Also take orders over HTTP, below a secret path; off by default. */
  readonly control?: boolean;
}

/** Everything a sandbox is made of, so that serving a request is a function of it. */
export interface SandboxState {
  regions: Readonly<Record<ProviderId, Regions>>;
  tokens: TokenBook;
  transitionMs: number;
  readonly fleet: FleetOptions;
  readonly keys: KeyRing;
  readonly nonces: NonceBook;
  readonly faults: FaultBox;
  readonly log: RequestLog;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

export function createState(options: SandboxOptions): SandboxState {
  const { seed = 'sandbox', size = 24, large = 0, transitionMs = 0 } = options;
  const { clock = systemClock, randomBytes = systemRandomBytes } = options;
  const fleet: FleetOptions = { seed, size, large, clock };
  return {
    regions: buildRegions(fleet),
    tokens: new TokenBook(),
    transitionMs,
    fleet,
    keys: new KeyRing(randomBytes),
    nonces: new NonceBook(),
    faults: new FaultBox(),
    log: new RequestLog(),
    clock,
    randomBytes,
  };
}

/** The fleet of a seed: the same seed, options and time give the same records, down to the last id. */
export function buildRegions(fleet: FleetOptions): Readonly<Record<ProviderId, Regions>> {
  return perCloud((cloud) => cloud.buildFleet(fleet));
}
