import { nextTimes, type Schedule } from '../../core/schedule';
import type { Plan } from './runBook';

/** More rounds than this are not remembered. */
const mostRounds = 5_000;

/** The rounds of a schedule that was made at `createdAt`. */
export function planOf(schedule: Schedule | undefined, createdAt: number): Plan {
  if (schedule === undefined) return {};
  return {
    roundsUntil: (ms) => nextTimes(schedule, createdAt, mostRounds).filter((time) => time <= ms),
    hasMore: (ms) => nextTimes(schedule, Math.max(ms, createdAt), 1).length > 0,
  };
}
