/** A number with the separators of the language: `48,210`. */
export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(localeOf(language)).format(count);
}

/** A moment in the user's language and time zone, to the second, with the zone: `Nov 21, 2026, 10:04:05 AM GMT+8`. */
export function formatTime(time: Date, language: string, timeZone?: string): string {
  const shape = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  } as const;
  return new Intl.DateTimeFormat(localeOf(language), { ...shape, timeZoneName: 'short', timeZone }).format(time);
}

/** How far back `time` lies, in the largest unit that fits: `2 minutes ago`, `now`. */
export function formatAge(time: Date, now: Date, language: string): string {
  const seconds = Math.max(0, Math.round((now.getTime() - time.getTime()) / 1000));
  const format = new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' });
  for (const [unit, size] of units) if (seconds >= size) return format.format(-Math.floor(seconds / size), unit);
  return format.format(-seconds, 'second');
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** VS Code's language as `Intl` takes it; English when it does not. */
function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
