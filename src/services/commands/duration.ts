import * as l10n from '@vscode/l10n';
import type { HostResult } from './runResult';

/** How long it ran: "1.4 s", "3 min 5 s"; empty where that is not known. */
export function durationOf({ startedAt, finishedAt }: Pick<HostResult, 'startedAt' | 'finishedAt'>): string {
  const ms = millisecondsOf({ startedAt, finishedAt });
  if (ms === undefined) return '';
  const seconds = ms / 1_000;
  if (seconds < 60) return l10n.t('{0} s', Number(seconds.toFixed(seconds < 10 ? 1 : 0)));
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return l10n.t('{0} min {1} s', minutes, whole % 60);
  return l10n.t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}

/** Undefined where it did not begin, did not end, or its times make no sense. */
export function millisecondsOf({
  startedAt,
  finishedAt,
}: Pick<HostResult, 'startedAt' | 'finishedAt'>): number | undefined {
  const ms = Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '');
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
