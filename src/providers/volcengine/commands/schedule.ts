import type { Schedule } from '../../../core/schedule';

const units: Readonly<Record<string, readonly [ms: number, least: number, most: number]>> = {
  m: [60_000, 5, 60],
  h: [3_600_000, 1, 24],
  d: [86_400_000, 1, 7],
};

export interface RepeatParams {
  readonly RepeatMode?: string | undefined;
  readonly Frequency?: string | undefined;
  readonly LaunchTime?: string | undefined;
  readonly RecurrenceEndTime?: string | undefined;
}

/** When a run repeats; undefined for one that begins at once, `wrong` where the cloud would not take it. */
export function parseRepeat(params: RepeatParams): Schedule | 'wrong' | undefined {
  const { RepeatMode = 'Once', Frequency = '', LaunchTime = '', RecurrenceEndTime = '' } = params;
  if (RepeatMode === 'Once') return undefined;
  const launch = Date.parse(LaunchTime);
  if (Number.isNaN(launch)) return 'wrong';
  if (RepeatMode === 'Fixed') return { type: 'at', time: launch };
  const [, amount = '', unit = ''] = /^(\d+)([mhd])$/.exec(Frequency) ?? [];
  const [ms, least, most] = units[unit] ?? [0, 1, 0];
  const until = Date.parse(RecurrenceEndTime);
  if (Number(amount) < least || Number(amount) > most || Number.isNaN(until)) return 'wrong';
  return { type: 'rate', everyMs: Number(amount) * ms, first: launch, until };
}
