import * as l10n from '@vscode/l10n';
import type { ScheduleWriting } from '../../../core/commands';
import { parseLocalTime, type Schedule } from '../../../core/schedule';

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

/** This cloud has a first time, an interval and an end, and no cron; they are written like those of other clouds. */
export const schedules: ScheduleWriting = {
  examples: () =>
    l10n.t(
      'When: at(2027-01-31 02:30:00 Asia/Shanghai), or rate(1h) from 2027-01-31 02:30:00 Asia/Shanghai until 2027-02-28 02:30:00 Asia/Shanghai',
    ),
  initial: '',
  read: (text) => {
    const repeat = repeatIn(text.trim());
    if (repeat === undefined || parseRepeat(repeat) === 'wrong') return { ok: false, problem: problemOf(text) };
    return { ok: true, repeat: { ...repeat } };
  },
};

function repeatIn(text: string): RepeatParams | undefined {
  const at = /^at\(([^)]+)\)$/.exec(text);
  if (at !== null) {
    const LaunchTime = stampOf(at[1]);
    return LaunchTime === undefined ? undefined : { RepeatMode: 'Fixed', LaunchTime };
  }
  const rate = /^rate\((\w+)\) from (\S+ \S+(?: \S+)?) until (\S+ \S+(?: \S+)?)$/.exec(text.replace(/\s+/g, ' '));
  const LaunchTime = stampOf(rate?.[2]);
  const RecurrenceEndTime = stampOf(rate?.[3]);
  if (LaunchTime === undefined || RecurrenceEndTime === undefined || LaunchTime >= RecurrenceEndTime) return undefined;
  return { RepeatMode: 'Rate', Frequency: rate?.[1], LaunchTime, RecurrenceEndTime };
}

function stampOf(text: string | undefined): string | undefined {
  const time = text === undefined ? undefined : parseLocalTime(text);
  return time === undefined ? undefined : new Date(time).toISOString().replace('.000Z', 'Z');
}

function problemOf(text: string): string {
  return /[*?]/.test(text)
    ? l10n.t('Volcengine has no cron. Use at(…), or rate(…) from … until ….')
    : l10n.t(
        'rate takes 5 to 60 minutes, 1 to 24 hours or 1 to 7 days, with a first time and an end after it; at takes one time.',
      );
}
