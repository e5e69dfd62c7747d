import type { Credentials } from '../../core/account';
import type { TemporaryCredentials } from '../../core/roles';
import { SingleFlight } from '../../util/async';
import type { Clock } from '../../util/clock';

/** Temporary keys are renewed this long before they end, in milliseconds. */
export const renewBeforeMs = 5 * 60_000;

interface Kept {
  readonly keys: TemporaryCredentials;
  /** What the keys were got for: other text means other keys. */
  readonly basis: object;
  readonly gotAt: number;
}

/** Keys that were asked for, kept until they are about to end. One request for all who ask at the same time. */
export class KeyCache {
  private readonly kept = new Map<string, Kept>();
  private readonly flights = new SingleFlight<TemporaryCredentials>();
  private readonly numbers = new WeakMap<object, number>();
  private count = 0;

  constructor(private readonly clock: Clock) {}

  /**
   * The keys called `name`. They are got anew when they are about to end, when `basis` is another object than before,
   * and with `refresh`. Where renewing fails although the old ones still last, those are used.
   */
  async get(
    name: string,
    basis: object,
    getAnew: () => Promise<TemporaryCredentials>,
    refresh: boolean,
  ): Promise<Credentials> {
    const kept = this.kept.get(name);
    const mine = kept?.basis === basis ? kept : undefined;
    if (!refresh && mine !== undefined && !this.isEnding(mine)) return plain(mine.keys);
    try {
      const keys = await this.flights.run(`${this.number(basis)} ${name}`, getAnew);
      this.keep(name, basis, keys);
      return plain(keys);
    } catch (error) {
      if (!refresh && mine !== undefined && this.lasts(mine)) return plain(mine.keys);
      throw error;
    }
  }

  clear(): void {
    this.kept.clear();
  }

  private keep(name: string, basis: object, keys: TemporaryCredentials): void {
    if (keys.expires === undefined || Number.isNaN(keys.expires.getTime())) this.kept.delete(name);
    else this.kept.set(name, { keys, basis, gotAt: this.clock.now().getTime() });
  }

  /** Keys that last for less than twice the margin are renewed at half of their time. */
  private isEnding({ keys, gotAt }: Kept): boolean {
    const end = keys.expires?.getTime() ?? 0;
    return this.clock.now().getTime() >= Math.max(end - renewBeforeMs, gotAt + (end - gotAt) / 2);
  }

  private lasts({ keys }: Kept): boolean {
    return (keys.expires?.getTime() ?? 0) > this.clock.now().getTime();
  }

  private number(basis: object): number {
    let number = this.numbers.get(basis);
    if (number === undefined) this.numbers.set(basis, (number = ++this.count));
    return number;
  }
}

function plain({ accessKeyId, accessKeySecret, securityToken }: TemporaryCredentials): Credentials {
  return { accessKeyId, accessKeySecret, ...(securityToken === undefined ? {} : { securityToken }) };
}
