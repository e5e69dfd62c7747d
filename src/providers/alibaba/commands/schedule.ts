import * as l10n from '@vscode/l10n';
import type { ScheduleWriting } from '../../../core/commands';
import { isZone, parseCron, parseLocalTime, type Schedule } from '../../../core/schedule';

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const leastMs = 60_000;
const mostMs = 7 * 86_400_000;

/**
 * What `Frequency` says of a run that is made at `createdAt`: `rate(5m)`, `at(2026-01-02 03:04:05 Asia/Shanghai)`, or
 * cron with a zone. Undefined where the cloud would not take it. Cron without a zone goes by the clock of each host;
 * then the times are those of `hostZone`.
 */
export function parseFrequency(text: string, createdAt: number, hostZone = 'UTC'): Schedule | undefined {
  const rate = /^\s*rate\((\d+)([smhd])\)\s*$/.exec(text);
  if (rate !== null) {
    const everyMs = Number(rate[1]) * (units[rate[2] ?? ''] ?? 0);
    // The first round comes after one whole interval.
    return everyMs < leastMs || everyMs > mostMs ? undefined : { type: 'rate', everyMs, first: createdAt + everyMs };
  }
  return parseAt(text) ?? parseZonedCron(text, hostZone);
}

function parseAt(text: string): Schedule | undefined {
  const match = /^\s*at\((\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?: [^)]+)?)\)\s*$/.exec(text);
  const time = match === null ? undefined : parseLocalTime(match[1] ?? '');
  return time === undefined ? undefined : { type: 'at', time };
}

function parseZonedCron(text: string, hostZone: string): Schedule | undefined {
  const parts = text.trim().split(/\s+/);
  const last = parts.at(-1) ?? '';
  const hasZone = parts.length > 6 && isZone(last);
  const fields = parseCron((hasZone ? parts.slice(0, -1) : parts).join(' '));
  return fields === undefined ? undefined : { type: 'cron', fields, zone: hasZone ? last : hostZone };
}

/** Whether a cron expression leaves the zone to each host. */
export function isWithoutZone(text: string): boolean {
  const parts = text.trim().split(/\s+/);
  return !/^\s*(rate|at)\(/.test(text) && !(parts.length > 6 && isZone(parts.at(-1) ?? ''));
}

/** Schedules as the vendor's console has them. */
export const schedules: ScheduleWriting = {
  examples: () =>
    l10n.t(
      'When: rate(10m), at(2027-01-31 02:30:00 Asia/Shanghai), or cron with second and zone: 0 30 2 * * ? Asia/Shanghai',
    ),
  initial: 'rate(1h)',
  read: (text) => {
    const Frequency = text.trim();
    if (parseFrequency(Frequency, 0) === undefined) return { ok: false, problem: problemOf(Frequency) };
    if (isWithoutZone(Frequency)) {
      const problem = l10n.t('Add a time zone, for example Asia/Shanghai: without one every host goes by its own.');
      return { ok: false, problem };
    }
    return { ok: true, repeat: { RepeatMode: 'Period', Frequency } };
  },
};

function problemOf(text: string): string {
  if (text.startsWith('rate'))
    return l10n.t('rate takes 60 seconds to 7 days: rate(60s), rate(5m), rate(12h), rate(7d).');
  if (text.startsWith('at'))
    return l10n.t('at takes a date, a time and a time zone: at(2027-01-31 02:30:00 Asia/Shanghai).');
  return l10n.t('cron has second, minute, hour, day, month, weekday, if need be the year, and a time zone.');
}
