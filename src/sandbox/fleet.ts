import type { ProviderId } from '../core/account';
import type { KindId } from '../core/target';
import type { Clock } from '../util/clock';
import type { Random } from './random';
import { seededRandom } from './random';

export interface FleetOptions {
  readonly seed: string;
  /** Registered hosts in the largest ordinary region; the others have a share of it. */
  readonly size: number;
  /** When above 0, so many of them in one region instead of its share. */
  readonly large: number;
  readonly clock: Pick<Clock, 'now'>;
}

/** Where a cloud has something, and how much of it compared with the size asked for. */
export interface RegionPlan {
  readonly id: string;
  /** Two letters that appear in the ids of the region. */
  readonly code: string;
  readonly share: number;
}

/** What records are made from. */
export interface Grower {
  readonly random: Random;
  readonly now: Date;
  /** Two letters of the region, for ids. */
  readonly code: string;
}

/** Each kind draws from its own source of chance: more of one does not change the others. */
export function growerOf(options: FleetOptions, provider: ProviderId, plan: RegionPlan, kind: KindId): Grower {
  return {
    random: seededRandom(`${options.seed}/${provider}/${plan.id}/${kind}`),
    now: options.clock.now(),
    code: plan.code,
  };
}
