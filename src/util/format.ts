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
  const locale = localeOf(language);
  const zone = new Intl.DateTimeFormat(locale, { timeZoneName: 'short', timeZone })
    .formatToParts(time)
    .find(({ type }) => type === 'timeZoneName')?.value;
  // Chinese would have the zone between date and time.
  return [new Intl.DateTimeFormat(locale, { ...shape, timeZone }).format(time), zone].filter(Boolean).join(' ');
}

/** A moment as short as can be: the time of day where it is of the same day as `now`, the date as well otherwise. */
export function formatShortTime(time: Date, now: Date, language: string): string {
  const day = { month: 'short', day: 'numeric' } as const;
  const locale = localeOf(language);
  const isToday = time.toDateString() === now.toDateString();
  const year = time.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, {
    ...(isToday ? {} : { ...year, ...day }),
    hour: 'numeric',
    minute: '2-digit',
  }).format(time);
}

/** The time of the day in the user's language and time zone, to the second: `10:04:05 AM`. */
export function formatClock(time: Date, language: string): string {
  const shape = { hour: 'numeric', minute: '2-digit', second: '2-digit' } as const;
  return new Intl.DateTimeFormat(localeOf(language), shape).format(time);
}

/** VS Code's language as `Intl` takes it; English when it does not. */
function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
