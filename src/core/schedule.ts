/** When something that is repeated runs next. */
export type Schedule =
  | { readonly type: 'rate'; readonly everyMs: number; readonly first: number; readonly until?: number | undefined }
  | { readonly type: 'at'; readonly time: number }
  | { readonly type: 'cron'; readonly fields: CronFields; readonly zone: string };

/** The values that each field allows; `undefined` for any. */
export interface CronFields {
  readonly second: ReadonlySet<number> | undefined;
  readonly minute: ReadonlySet<number> | undefined;
  readonly hour: ReadonlySet<number> | undefined;
  readonly day: ReadonlySet<number> | undefined;
  readonly month: ReadonlySet<number> | undefined;
  readonly weekday: ReadonlySet<number> | undefined;
  readonly year: ReadonlySet<number> | undefined;
}

/** The next times after `after`, in milliseconds, oldest first: fewer where the schedule ends before. */
export function nextTimes(schedule: Schedule, after: number, count: number): number[] {
  switch (schedule.type) {
    case 'at':
      return schedule.time > after ? [schedule.time].slice(0, count) : [];
    case 'rate':
      return ratedTimes(schedule, after, count);
    case 'cron':
      return cronTimes(schedule, after, count);
  }
}

function ratedTimes(
  { everyMs, first, until }: Extract<Schedule, { type: 'rate' }>,
  after: number,
  count: number,
): number[] {
  const from = after < first ? first : first + (Math.floor((after - first) / everyMs) + 1) * everyMs;
  const times = Array.from({ length: count }, (_, index) => from + index * everyMs);
  return until === undefined ? times : times.filter((time) => time <= until);
}

const names: Readonly<Record<string, readonly string[]>> = {
  month: ['', 'JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  // The vendors' cron counts days of the week from Sunday, which is 0 and 7 alike.
  weekday: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};

const ranges = [
  ['second', 0, 59],
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day', 1, 31],
  ['month', 1, 12],
  ['weekday', 0, 7],
  ['year', 1970, 2099],
] as const;

/** The fields `second minute hour day month weekday [year]`; undefined for what is no such text. */
export function parseCron(text: string): CronFields | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 6 && parts.length !== 7) return undefined;
  const values: Record<string, ReadonlySet<number> | undefined> = {};
  for (const [index, [name, least, most]] of ranges.entries()) {
    const field = parseField(parts[index] ?? '*', { least, most, names: names[name] ?? [] });
    if (field === 'wrong') return undefined;
    values[name] = name === 'weekday' && field?.has(7) === true ? new Set([...field, 0]) : field;
  }
  // Each of the names has been given a value.
  return values as unknown as CronFields;
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

function parseField(text: string, range: Range): ReadonlySet<number> | undefined | 'wrong' {
  if (text === '*' || text === '?') return undefined;
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const found = parsePart(part, range);
    if (found === undefined) return 'wrong';
    for (const value of found) values.add(value);
  }
  return values;
}

function parsePart(part: string, range: Range): number[] | undefined {
  const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
  if (match === null) return undefined;
  const [, from = '', to, step] = match;
  const first = from === '*' ? range.least : numberOf(from, range);
  const last =
    from === '*' ? range.most : to === undefined ? (step === undefined ? first : range.most) : numberOf(to, range);
  const by = Number(step ?? 1);
  const isOff =
    first === undefined || last === undefined || by < 1 || first < range.least || last > range.most || first > last;
  if (isOff) return undefined;
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, index) => first + index * by);
}

function numberOf(text: string, { names: known }: Range): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = known.indexOf(text.toUpperCase());
  return index === -1 ? undefined : index;
}

/** A schedule that names no day within eight years names none. */
const mostDays = 3_000;
const dayMs = 86_400_000;

function cronTimes({ fields, zone }: Extract<Schedule, { type: 'cron' }>, after: number, count: number): number[] {
  const times: number[] = [];
  const start = after + offsetOf(zone, after);
  const firstDay = Math.floor(start / dayMs);
  for (let day = firstDay; day < firstDay + mostDays && times.length < count; day++) {
    if (!isDay(fields, new Date(day * dayMs))) continue;
    for (const local of timesOfDay(fields, day * dayMs)) {
      const time = local - offsetOf(zone, local - offsetOf(zone, local));
      if (time > after) times.push(time);
      if (times.length >= count) break;
    }
  }
  return times;
}

function isDay({ day, month, weekday, year }: CronFields, date: Date): boolean {
  const fits = (set: ReadonlySet<number> | undefined, value: number): boolean => set?.has(value) ?? true;
  return (
    fits(year, date.getUTCFullYear()) &&
    fits(month, date.getUTCMonth() + 1) &&
    fits(day, date.getUTCDate()) &&
    fits(weekday, date.getUTCDay())
  );
}

function* timesOfDay({ hour, minute, second }: CronFields, from: number): Iterable<number> {
  for (const h of inOrder(hour, 23))
    for (const m of inOrder(minute, 59))
      for (const s of inOrder(second, 59)) yield from + ((h * 60 + m) * 60 + s) * 1_000;
}

function inOrder(set: ReadonlySet<number> | undefined, most: number): readonly number[] {
  return set === undefined ? Array.from({ length: most + 1 }, (_, index) => index) : [...set].sort((a, b) => a - b);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. `GMT+8:00` is a zone too. */
export function offsetOf(zone: string, at: number): number {
  const fixed = /^(?:GMT|UTC)([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(zone);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0);
    return (fixed[1] === '-' ? -minutes : minutes) * 60_000;
  }
  if (/^(UTC|GMT|Z)$/i.test(zone)) return 0;
  const parts = formatFor(zone).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour') % 24,
    part('minute'),
    part('second'),
  );
  return local - Math.floor(at / 1_000) * 1_000;
}

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

/** Whether this machine knows a zone of this name. */
export function isZone(zone: string): boolean {
  if (/^(?:GMT|UTC)(?:[+-]\d{1,2}(?::?\d{2})?)?$/i.test(zone)) return true;
  try {
    formatFor(zone);
    return /\//.test(zone);
  } catch {
    return false;
  }
}

/** The moment of `2026-01-02 03:04:05 Asia/Shanghai`, in milliseconds; undefined for any other text. Without a zone it is UTC. */
export function parseLocalTime(text: string): number | undefined {
  const match = /^\s*(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)(?:\s+(\S+))?\s*$/.exec(text);
  if (match === null) return undefined;
  const [, day = '', clock = '', zone = 'UTC'] = match;
  const local = Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
  if (!isZone(zone) || Number.isNaN(local)) return undefined;
  // A day that no month has is another day for `Date.parse` of some engines.
  if (new Date(local).toISOString().slice(0, 10) !== day) return undefined;
  return local - offsetOf(zone, local - offsetOf(zone, local));
}
