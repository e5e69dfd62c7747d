import * as l10n from '@vscode/l10n';
import type { HttpResponse } from '../core/http';

const clockCodes = new Set([
  'InvalidTimeStamp.Expired',
  'InvalidTimestamp',
  'IllegalTimestamp',
  'InvalidTimeStamp.Format',
]);

/** Below this a refusal is not explained by the clock: both clouds allow 15 minutes. */
const worthNamingMs = 60_000;

/** Names a wrong clock, from the answer's `Date`, when the cloud refused a call for its time stamp. */
export function clockSkew(code: string, response: HttpResponse, now: Date): string | undefined {
  if (!clockCodes.has(code)) return undefined;
  const server = Date.parse(response.headers['date'] ?? '');
  if (Number.isNaN(server)) return undefined;
  const ahead = now.getTime() - server;
  if (Math.abs(ahead) < worthNamingMs) return undefined;
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  return ahead > 0
    ? l10n.t("This computer's clock is about {0} minutes ahead of the cloud's. Set the clock, then try again.", minutes)
    : l10n.t("This computer's clock is about {0} minutes behind the cloud's. Set the clock, then try again.", minutes);
}
