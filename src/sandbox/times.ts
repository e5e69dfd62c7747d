export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** `2021-01-20T08:57:56Z`, as Cloud Assistant answers and as requests are stamped. */
export function toSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `2017-12-05T22:40Z`: DescribeInstances answers without seconds. */
export function toMinutes(date: Date): string {
  return date.toISOString().replace(/:\d{2}\.\d{3}Z$/, 'Z');
}

/** `2023-06-07T14:58:05+08:00`, as Volcengine writes the times of instances. */
export function toBeijing(date: Date): string {
  return new Date(date.getTime() + 8 * hour).toISOString().replace(/\.\d{3}Z$/, '+08:00');
}

/** The moment `ms` before `now`. */
export function ago(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms);
}
