import type { Exchange } from '../../core/exchange';
import { redact } from '../../core/redact';

/** The part of VS Code's `LogOutputChannel` that is used; the channel adds the time. */
export interface LogSink {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * One line for every call, as `name=value` pairs that the output panel can filter by. Failures are warnings, and
 * errors where the cloud or the network failed. Never an address, a parameter or a secret.
 */
export function logCall(sink: LogSink, exchange: Exchange, secrets: readonly string[]): void {
  const line = redact(lineOf(exchange), secrets);
  const { error } = exchange;
  if (error === undefined || error.reason === 'cancelled') sink.info(line);
  else if (error.reason === 'server' || error.reason === 'network' || error.reason === 'timeout') sink.error(line);
  else sink.warn(line);
}

/** The line before secrets are removed. */
export function lineOf(exchange: Exchange): string {
  const { provider, accountName, region, action, dryRun, status, requestId, durationMs, attempts, error } = exchange;
  const pairs: [string, string | number | undefined][] = [
    ['cloud', provider],
    ['acct', accountName],
    ['region', region],
    ['op', action],
    ['dryrun', dryRun === true ? 'yes' : undefined],
    ['status', status],
    ['req', requestId],
    ['ms', durationMs],
    ['attempts', attempts],
    ['failed', error?.reason],
    ['code', error?.code],
    ['message', error?.message],
  ];
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${word(String(value))}`])).join(' ');
}

/** Quoted as JSON unless it is one plain word: a name with a line break must not look like a line of its own. */
function word(value: string): string {
  return /^[^\s"=\p{C}]+$/u.test(value)
    ? value
    : JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
