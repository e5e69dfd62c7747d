import * as l10n from '@vscode/l10n';
import { CloudError } from '../core/cloudError';
import type { Operation } from '../core/operation';
import type { Clock } from '../util/clock';

/**
 * Keeps the calls of one account and API within what the cloud takes: a bound on calls in flight, and a pace that
 * slows down when the cloud says it was too fast and recovers afterwards. Reads and changes wait in two queues that
 * are served in turn, so that a long listing cannot starve a delete.
 */
export interface Throttle {
  /** Resolves with the function that gives the place back. Rejects with `CloudError` (`cancelled`, `notSent`). */
  enter(accountId: string, operation: Operation, signal?: AbortSignal): Promise<() => void>;
  /** The cloud refused a call for coming too fast; `retryAfterMs` is what it asked for, if it did. */
  slowDown(accountId: string, operation: Operation, retryAfterMs: number | undefined): void;
}

export interface ThrottleOptions {
  readonly clock: Clock;
  /** Calls in flight per account and API. */
  readonly maxInFlight: number;
}

/** Spacing between call starts, in milliseconds: where slowing down begins and where it ends. */
const firstSpacingMs = 20;
const maxSpacingMs = 5_000;
/** The longest pause the cloud may ask for and still be obeyed, in milliseconds. */
const maxPauseMs = 60_000;
/** Each call that goes through unharmed shortens the spacing by this share. */
const recovery = 0.97;

export function createThrottle(options: ThrottleOptions): Throttle {
  const lanes = new Map<string, Map<string, Lane>>();
  const laneOf = (accountId: string, { product }: Operation): Lane => {
    let ofAccount = lanes.get(accountId);
    if (ofAccount === undefined) lanes.set(accountId, (ofAccount = new Map<string, Lane>()));
    // An account belongs to one cloud, whose products' codes differ.
    let lane = ofAccount.get(product.code);
    if (lane === undefined) ofAccount.set(product.code, (lane = new Lane(options)));
    return lane;
  };
  return {
    enter: (accountId, operation, signal) =>
      laneOf(accountId, operation).enter(operation.effect === 'read' ? 'read' : 'change', signal),
    slowDown: (accountId, operation, retryAfterMs) => laneOf(accountId, operation).slowDown(retryAfterMs),
  };
}

interface Waiter {
  readonly grant: () => void;
}

class Lane {
  private inFlight = 0;
  private spacingMs = 0;
  private nextStart = 0;
  private lastNow = 0;
  private timer = false;
  private lastServed: 'read' | 'change' = 'read';
  private readonly queues = { read: new Set<Waiter>(), change: new Set<Waiter>() };

  constructor(private readonly options: ThrottleOptions) {}

  enter(queue: 'read' | 'change', signal: AbortSignal | undefined): Promise<() => void> {
    if (signal?.aborted !== true && this.isFree()) {
      this.take();
      return Promise.resolve(this.releaser());
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        if (this.queues[queue].delete(waiter)) reject(cancelledBeforeSending());
      };
      const waiter: Waiter = {
        grant: () => {
          signal?.removeEventListener('abort', leave);
          resolve(this.releaser());
        },
      };
      if (signal?.aborted === true) return reject(cancelledBeforeSending());
      signal?.addEventListener('abort', leave, { once: true });
      this.queues[queue].add(waiter);
      this.serve();
    });
  }

  /** Whether whoever comes now need not wait: nobody else does, and neither the bound nor the pace is reached. */
  private isFree(): boolean {
    const waiting = this.queues.read.size + this.queues.change.size;
    return waiting === 0 && this.inFlight < this.options.maxInFlight && this.now() >= this.nextStart;
  }

  private take(): void {
    this.inFlight++;
    this.nextStart = this.lastNow + this.spacingMs;
  }

  slowDown(retryAfterMs: number | undefined): void {
    const now = this.now();
    this.spacingMs = Math.min(maxSpacingMs, Math.max(firstSpacingMs, this.spacingMs * 1.5));
    this.nextStart = Math.max(this.nextStart, now + Math.min(retryAfterMs ?? this.spacingMs, maxPauseMs));
  }

  /** A clock that was set back must not make the next start a matter of hours. */
  private now(): number {
    const now = this.options.clock.now().getTime();
    if (now < this.lastNow) this.nextStart -= this.lastNow - now;
    this.lastNow = now;
    return now;
  }

  private releaser(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.inFlight--;
      this.spacingMs = this.spacingMs < 1 ? 0 : this.spacingMs * recovery;
      this.serve();
    };
  }

  private serve(): void {
    while (this.inFlight < this.options.maxInFlight) {
      const now = this.now();
      if (now < this.nextStart) return this.serveAt(this.nextStart - now);
      const waiter = this.takeNext();
      if (waiter === undefined) return;
      this.take();
      waiter.grant();
    }
  }

  private serveAt(ms: number): void {
    if (this.timer || this.queues.read.size + this.queues.change.size === 0) return;
    this.timer = true;
    void this.options.clock.sleep(ms).then(() => {
      this.timer = false;
      this.serve();
    });
  }

  /** The two queues take turns while both have someone waiting. */
  private takeNext(): Waiter | undefined {
    const first = this.lastServed === 'read' ? 'change' : 'read';
    const queue = this.queues[first].size > 0 ? first : this.lastServed;
    const [waiter] = this.queues[queue];
    if (waiter === undefined) return undefined;
    this.queues[queue].delete(waiter);
    this.lastServed = queue;
    return waiter;
  }
}

function cancelledBeforeSending(): CloudError {
  return new CloudError(l10n.t('Cancelled.'), { reason: 'cancelled', delivery: 'notSent' });
}
