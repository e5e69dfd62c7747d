import { isZone, offsetOf, parseCron, type Schedule } from '../../../core/schedule';

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
  const match = /^\s*at\((\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?: ([^)]+))?\)\s*$/.exec(text);
  if (match === null) return undefined;
  const zone = match[3]?.trim() ?? 'UTC';
  const local = Date.parse(`${match[1]}T${match[2]}Z`);
  return isZone(zone) && !Number.isNaN(local) ? { type: 'at', time: local - offsetOf(zone, local) } : undefined;
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
