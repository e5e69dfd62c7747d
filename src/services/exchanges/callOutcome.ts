import type { Reason } from '../../core/cloudError';
import type { Exchange } from '../../core/exchange';
import type { Clouds } from '../accounts/ports';

/** What an error says of a call. Not all of them are failures: some are answers to what was asked. */
export type CallOutcome = 'answered' | 'failed' | 'notOffered' | 'wouldBeRefused';

export function outcomeOfCall(exchange: Exchange, clouds: Pick<Clouds, 'all'>): CallOutcome {
  const { error, effect, provider, dryRun } = exchange;
  if (error === undefined) return 'answered';
  if (dryRun === true && error.delivery === 'answered' && !brokenReasons.has(error.reason)) return 'wouldBeRefused';
  const codes = clouds.all.find(({ id }) => id === provider)?.unsupportedRegionCodes ?? [];
  return effect === 'read' && error.code !== undefined && codes.includes(error.code) ? 'notOffered' : 'failed';
}

/** Reasons that say nothing of what a dry run asks: it did not take place. */
const brokenReasons: ReadonlySet<Reason> = new Set(['auth', 'throttled', 'server', 'unexpectedAnswer']);

export function failuresOf(calls: readonly Exchange[], clouds: Pick<Clouds, 'all'>): number {
  return calls.filter((exchange) => outcomeOfCall(exchange, clouds) === 'failed').length;
}
