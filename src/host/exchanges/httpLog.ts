import type { Exchange } from '../../core/exchange';
import { redact } from '../../core/redact';
import type { Repeat } from '../../core/repeat';
import { outcomeOfCall } from '../../services/exchanges/callOutcome';

/** The part of VS Code's `LogOutputChannel` that is used; the channel adds the time. */
export interface LogSink {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * One line for every call, as `name=value` pairs that the output panel can filter by. What changed nothing is of
 * interest to whoever looks for it; failures are warnings, and errors where the cloud or the network failed. Never an
 * address, a parameter or a secret.
 */
export function logCall(sink: LogSink, exchange: Exchange, { secrets, clouds }: LogFacts): void {
  const line = redact(lineOf(exchange), secrets);
  const { error, effect, dryRun } = exchange;
  const outcome = outcomeOfCall(exchange, clouds);
  if (outcome !== 'failed' || error === undefined || error.reason === 'cancelled')
    sink[effect === 'read' || dryRun === true ? 'debug' : 'info'](line);
  else if (error.reason === 'server' || error.reason === 'network' || error.reason === 'timeout') sink.error(line);
  else sink.warn(line);
}

export interface LogFacts {
  /** What must not be seen, beside what marks itself as a secret. */
  readonly secrets: readonly string[];
  readonly clouds: Parameters<typeof outcomeOfCall>[1];
}

/** One line for every attempt after the first, with what was wrong with the one before. */
export function logRepeat(sink: LogSink, { account, region, operation, ids, error, attempt, of }: Repeat): void {
  const line = lineOfPairs([
    ['repeat', `${attempt}/${of}`],
    ['cloud', account.provider],
    ['acct', account.name],
    ['region', region],
    ['op', operation.action],
    ['id', ids?.join(',')],
    ['failed', error.reason],
    ['code', error.code],
    ['req', error.requestId],
    ['message', error.message],
  ]);
  sink[operation.effect === 'read' ? 'debug' : 'info'](redact(line));
}

/** The line before secrets are removed. */
export function lineOf(exchange: Exchange): string {
  const { provider, accountName, region, action, ids, dryRun, status, requestId, durationMs, attempts, error } =
    exchange;
  return lineOfPairs([
    ['cloud', provider],
    ['acct', accountName],
    ['region', region],
    ['op', action],
    ['id', ids?.join(',')],
    ['dryrun', dryRun === true ? 'yes' : undefined],
    ['status', status],
    ['req', requestId],
    ['ms', durationMs],
    ['attempts', attempts],
    ['failed', error?.reason],
    ['code', error?.code],
    ['message', error?.message],
  ]);
}

function lineOfPairs(pairs: readonly (readonly [string, string | number | undefined])[]): string {
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
