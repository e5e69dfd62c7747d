import type { Clock } from '../../../src/util/clock';

/** A clock whose hand is moved by the test; sleepers wake in the order of their times. */
export class ManualClock implements Clock {
  private time = Date.parse('2026-01-02T03:04:05Z');
  private sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  now(): Date {
    return new Date(this.time);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.sleepers = this.sleepers.filter((s) => s !== sleeper);
        reject(new Error('cancelled'));
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const sleeper = { at: this.time + ms, wake };
      this.sleepers.push(sleeper);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** Moves on, waking whoever's time has come; everything that becomes ready runs before this resolves. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await settled();
      const [next] = this.sleepers.filter((s) => s.at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.sleepers = this.sleepers.filter((s) => s !== next);
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
    this.time = end;
  }

  /** As a person sets a clock: nobody's wait ends by it. */
  set(ms: number): void {
    this.time += ms;
  }
}

/** Lets everything that is ready run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
